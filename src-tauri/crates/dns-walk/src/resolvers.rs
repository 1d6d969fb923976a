use crate::ask::ask;
use crate::collect::{Walker, millis, outcome};
use crate::wire::{self, Question};
use domain_check::{Role, ServerAnswer};
use hickory_resolver::proto::rr::RecordType;
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;
use tokio::task::JoinSet;

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

    async fn ask_resolver(&self, question: Question, resolver: SocketAddr, role: Role) -> ServerAnswer {
        self.pace.turn(resolver.ip()).await;
        let (asked_at, start) = ((self.clock)(), Instant::now());
        let reply = ask(resolver, &question, &self.config.limits, &self.pace).await;
        ServerAnswer {
            server: shown(resolver),
            address: Some(resolver.ip()),
            role,
            txt: outcome(&reply, &question.name),
            zone: None,
            asked_at,
            took_ms: millis(start.elapsed()),
        }
    }
}

fn shown(resolver: SocketAddr) -> String {
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
