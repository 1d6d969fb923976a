//! One zone on the way down: its name servers, and what they say about a name below.

use crate::ask::Reply;
use crate::session::Session;
use crate::wire;
use domain_check::is_registry;
use hickory_resolver::proto::op::{Message, ResponseCode};
use hickory_resolver::proto::rr::{Name, RecordType};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::IpAddr;
use std::sync::Arc;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

/// A zone and the servers its parent names for it.
#[derive(Debug, Clone)]
pub(crate) struct Level {
    pub(crate) zone: Name,
    pub(crate) servers: Vec<Server>,
    pub(crate) ttl: u32,
    /// A server of the zone above that answered.
    pub(crate) parent: Option<IpAddr>,
}

/// A name server; without addresses when none could be found.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) name: String,
    pub(crate) addresses: Vec<IpAddr>,
}

/// What a server of a zone says about a name below the zone.
#[derive(Debug)]
pub(crate) enum Reading {
    /// Others are responsible.
    Referral(Referral),
    /// It is responsible itself; the zone it answers from, when the answer shows it.
    Authority { apex: Option<Name>, message: Box<Message> },
}

/// A delegation strictly down towards the name.
#[derive(Debug, Clone)]
pub(crate) struct Referral {
    pub(crate) zone: Name,
    pub(crate) servers: Vec<Name>,
    pub(crate) glue: Vec<(Name, Vec<IpAddr>)>,
    pub(crate) ttl: u32,
}

/// A server that was asked on the way and was of no use.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) server: String,
    pub(crate) address: Option<IpAddr>,
    pub(crate) reply: Reply,
}

impl Level {
    /// Every server at every address it has.
    pub(crate) fn asked(&self) -> Vec<(String, IpAddr)> {
        let of = |server: &Server| {
            let name = server.name.clone();
            server.addresses.iter().map(move |address| (name.clone(), *address)).collect::<Vec<_>>()
        };
        self.servers.iter().flat_map(of).collect()
    }

    /// In the order in which they are asked. Thousands of domains are below one registry and with one DNS host, whose
    /// first server would be asked most and hold up all others: those of a registry take turns, and which one of a host
    /// comes first is a matter of the domain, the same every time that it is looked at.
    fn targets(&self, session: &Session) -> Vec<(String, IpAddr)> {
        let mut targets = self.asked();
        targets.sort_by_key(|(_, address)| address.is_ipv6());
        let v4 = targets.partition_point(|(_, address)| address.is_ipv4());
        let first = if is_registry(&wire::text(&self.zone)) {
            session.known.registries.first_of(v4)
        } else {
            first_for(&self.zone, v4)
        };
        targets[..v4].rotate_left(first);
        targets
    }

    /// Asks the zone's servers, one after another without waiting long, until one says something of use.
    pub(crate) async fn consult(
        &self,
        session: &Arc<Session>,
        name: &Name,
        kind: RecordType,
    ) -> Result<(IpAddr, Reading), Vec<Failure>> {
        let mut failures: Vec<Failure> = self.servers.iter().filter_map(Server::without_address).collect();
        let mut waiting = self.targets(session).into_iter();
        let mut asked = JoinSet::new();
        let mut next_at = Instant::now();
        loop {
            tokio::select! {
                Some(Ok((server, address, reply))) = asked.join_next() => {
                    match self.read(name, reply) {
                        Ok(reading) => return Ok((address, reading)),
                        Err(reply) => failures.push(Failure { server, address: Some(address), reply }),
                    }
                    next_at = Instant::now();
                }
                () = sleep_until(next_at), if waiting.len() > 0 => {
                    next_at = Instant::now() + session.config.limits.next_server_after;
                    if let Some((server, address)) = waiting.next() {
                        let (session, name) = (Arc::clone(session), name.clone());
                        asked.spawn(async move { (server, address, session.ask(address, &name, kind).await) });
                    }
                }
                else => return Err(failures),
            }
        }
    }

    /// Only two things are of use: an authoritative answer, or a referral strictly down towards the name. Anything
    /// else (refused, failed, a referral up or sideways) is handed back.
    pub(crate) fn read(&self, name: &Name, reply: Reply) -> Result<Reading, Reply> {
        let Reply::Message(message) = reply else { return Err(reply) };
        if !matches!(message.metadata.response_code, ResponseCode::NoError | ResponseCode::NXDomain) {
            return Err(Reply::Message(message));
        }
        if let Some(referral) = self.referral(name, &message) {
            return Ok(Reading::Referral(referral));
        }
        if !message.metadata.authoritative {
            return Err(Reply::Message(message));
        }
        let apex = wire::apex(&message).filter(|apex| self.zone.zone_of(apex) && apex.zone_of(name));
        Ok(Reading::Authority { apex, message: message.message })
    }

    fn referral(&self, name: &Name, message: &Message) -> Option<Referral> {
        if !message.answers.is_empty() || wire::apex(message).is_some() {
            return None;
        }
        let (zone, servers, ttl) = wire::name_servers(&message.authorities)?;
        let down = self.zone.zone_of(&zone) && zone != self.zone && zone.zone_of(name);
        if !down {
            return None;
        }
        let glue = servers
            .iter()
            .filter(|server| self.zone.zone_of(server))
            .map(|server| (server.clone(), wire::addresses(&message.additionals, server)))
            .filter(|(_, addresses)| !addresses.is_empty())
            .collect();
        Some(Referral { zone, servers, glue, ttl })
    }
}

/// Which of so many servers is asked first for a zone: another one for another zone.
fn first_for(zone: &Name, count: usize) -> usize {
    let mut hasher = DefaultHasher::new();
    zone.hash(&mut hasher);
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    hasher.finish().checked_rem(count).and_then(|first| usize::try_from(first).ok()).unwrap_or_default()
}

impl Server {
    fn without_address(&self) -> Option<Failure> {
        let failure = Failure { server: self.name.clone(), address: None, reply: Reply::Silent };
        self.addresses.is_empty().then_some(failure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_of_a_host_share_the_domains_and_each_domain_keeps_its_own() {
        let mut asked = [0; 3];
        for number in 0..3000 {
            let zone = wire::name(&format!("contoso-{number}.test")).unwrap();
            let first = first_for(&zone, asked.len());
            assert_eq!(first_for(&zone, asked.len()), first);
            asked[first] += 1;
        }
        assert!(asked.iter().all(|share| (900..1100).contains(share)), "{asked:?}");
        assert_eq!(first_for(&Name::root(), 0), 0);
    }
}
