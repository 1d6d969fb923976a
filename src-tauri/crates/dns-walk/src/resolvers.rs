use crate::ask::{Turns, ask};
use crate::collect::Walker;
use crate::https::{self, NoAnswer};
use crate::rows::{millis, outcome};
use crate::wire::{self, Question};
use domain_check::{Outcome, PublicResolver, Role, ServerAnswer};
use hickory_resolver::proto::rr::{Name, RecordType};
use reqwest::Client;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// So long a resolver is waited for over HTTPS.
const PATIENCE: Duration = Duration::from_secs(3);

/// What to do about a resolver that does not answer over HTTPS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fallback {
    Port53,
    None,
}

/// The resolvers this computer is set to use could not be read.
#[derive(Debug, thiserror::Error)]
#[error("the resolvers this computer uses could not be read: {0}")]
pub struct SystemResolversUnknown(pub String);

/// The resolvers this computer is set to use, as the system lists them. Rules for single domains (VPN) are not seen.
///
/// # Errors
/// When the system's settings cannot be read.
pub fn system_resolvers() -> Result<Vec<SocketAddr>, SystemResolversUnknown> {
    let (config, _) = hickory_resolver::system_conf::read_system_conf()
        .map_err(|error| SystemResolversUnknown(error.to_string()))?;
    let mut resolvers: Vec<SocketAddr> =
        config.name_servers().iter().map(|server| SocketAddr::new(server.ip, 53)).collect();
    resolvers.dedup();
    Ok(resolvers)
}

/// Reads `IP` or `IP:PORT`; an IPv6 address with a port stands in brackets. `None` when it is neither.
pub fn parse_resolver(text: &str) -> Option<SocketAddr> {
    let text = text.trim();
    let plain = || text.parse::<IpAddr>().ok().map(|address| SocketAddr::new(address, 53));
    text.parse().ok().or_else(plain)
}

impl Walker {
    /// Asks resolvers for the TXT record at `name`, for comparison; never part of a verdict.
    ///
    /// Ask only when the delegated name servers agree: a resolver that is asked before the record exists remembers
    /// "does not exist" for as long as the zone allows. `role` is [`Role::Resolver`] or [`Role::System`].
    pub async fn ask_resolvers(&self, name: &str, resolvers: &[SocketAddr], role: Role) -> Vec<ServerAnswer> {
        let Some(name) = wire::name(name) else { return Vec::new() };
        let mut asked = JoinSet::new();
        for (index, resolver) in resolvers.iter().enumerate() {
            let question = Question { recursive: true, ..Question::new(&name, RecordType::TXT) };
            let (walker, resolver) = (self.clone(), *resolver);
            asked.spawn(async move { (index, walker.ask_resolver(question, resolver, role).await) });
        }
        let mut rows = asked.join_all().await;
        rows.sort_by_key(|(index, _)| *index);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// Asks public resolvers for the TXT record at `name`, over HTTPS, and on port 53 where that does not work; for
    /// comparison, never part of a verdict. They learn the name. Ask only when
    /// [`domain_check::Report::resolvers_may_be_asked`].
    pub async fn ask_public(&self, name: &str, resolvers: &[PublicResolver]) -> Vec<ServerAnswer> {
        self.ask_operators(name, resolvers, Fallback::Port53).await
    }

    /// The same over HTTPS alone, for a network that holds port 53 back or answers on it itself. Those that have no URL
    /// are not asked.
    pub async fn ask_public_over_https(&self, name: &str, resolvers: &[PublicResolver]) -> Vec<ServerAnswer> {
        self.ask_operators(name, resolvers, Fallback::None).await
    }

    /// The resolvers this computer uses: those of [`Config::own_resolvers`](crate::Config::own_resolvers), or else what
    /// the system says.
    ///
    /// # Errors
    /// When the system's settings cannot be read.
    pub fn own_resolvers(&self) -> Result<Vec<SocketAddr>, SystemResolversUnknown> {
        self.config.own_resolvers.clone().map_or_else(system_resolvers, Ok)
    }

    async fn ask_operators(
        &self,
        name: &str,
        resolvers: &[PublicResolver],
        fallback: Fallback,
    ) -> Vec<ServerAnswer> {
        let Some(name) = wire::name(name).filter(|_| !resolvers.is_empty()) else { return Vec::new() };
        let client = https::client(resolvers, PATIENCE);
        let mut asked = JoinSet::new();
        for (index, resolver) in resolvers.iter().enumerate() {
            let question = Question { recursive: true, ..Question::new(&name, RecordType::TXT) };
            let (walker, resolver, client) = (self.clone(), resolver.clone(), client.clone());
            asked.spawn(
                async move { (index, walker.ask_operator(question, resolver, client, fallback).await) },
            );
        }
        let mut rows = asked.join_all().await;
        rows.sort_by_key(|(index, _)| *index);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    async fn ask_operator(
        &self,
        question: Question,
        resolver: PublicResolver,
        client: Option<Client>,
        fallback: Fallback,
    ) -> ServerAnswer {
        let (asked_at, start) = ((self.clock)(), Instant::now());
        let over_https = match client.zip(resolver.url.as_deref()) {
            Some((client, url)) => https::ask(&client, url, &question).await,
            None => Err(NoAnswer::Connection),
        };
        let txt = match over_https {
            Ok(message) => Outcome::Answered(wire::answer(&message, &question.name)),
            Err(NoAnswer::Telling(outcome)) => *outcome,
            Err(NoAnswer::Connection) if fallback == Fallback::None => Outcome::Silent,
            Err(NoAnswer::Connection) => {
                let plain =
                    self.ask_resolver(question, SocketAddr::new(resolver.address, 53), Role::Resolver);
                plain.await.txt
            }
        };
        ServerAnswer {
            server: resolver.operator,
            address: Some(resolver.address),
            role: Role::Resolver,
            txt,
            zone: None,
            asked_at,
            took_ms: millis(start.elapsed()),
        }
    }

    /// Whether a resolver answers over HTTPS. It is asked for the name servers of the root, so that it does not learn
    /// what is looked for, and remembers nothing about it.
    pub(crate) async fn reaches_resolvers(&self) -> bool {
        let resolvers = &self.config.resolvers;
        let Some(client) = https::client(resolvers, PATIENCE) else { return false };
        let mut asked = JoinSet::new();
        for url in resolvers.iter().filter_map(|resolver| resolver.url.clone()) {
            let question = Question { recursive: true, ..Question::new(&Name::root(), RecordType::NS) };
            let client = client.clone();
            asked.spawn(async move { https::ask(&client, &url, &question).await.is_ok() });
        }
        while let Some(answered) = asked.join_next().await {
            if answered.unwrap_or(false) {
                return true;
            }
        }
        false
    }

    async fn ask_resolver(&self, question: Question, resolver: SocketAddr, role: Role) -> ServerAnswer {
        let (asked_at, start) = ((self.clock)(), Instant::now());
        let reply =
            ask(resolver, &question, &self.config.limits, &Turns::new(&self.pace, &Arc::default())).await;
        ServerAnswer {
            server: resolver_name(resolver),
            address: Some(resolver.ip()),
            role,
            txt: outcome(&reply, &question.name),
            zone: None,
            asked_at,
            took_ms: millis(start.elapsed()),
        }
    }
}

/// What the row of a resolver that has no other name is called: its address, with the port where that is not 53.
pub fn resolver_name(resolver: SocketAddr) -> String {
    if resolver.port() == 53 { resolver.ip().to_string() } else { resolver.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resolver_is_an_address_with_or_without_a_port() {
        let read = |text| parse_resolver(text).map(|address| address.to_string());
        assert_eq!(read("8.8.8.8").unwrap(), "8.8.8.8:53");
        assert_eq!(read("127.0.0.1:5353").unwrap(), "127.0.0.1:5353");
        assert_eq!(read("2001:db8::1").unwrap(), "[2001:db8::1]:53");
        assert_eq!(read("[2001:db8::1]:5353").unwrap(), "[2001:db8::1]:5353");
        assert_eq!(read("dns.google"), None);
    }
}
