//! From the root servers down to the zone that holds a name.

use crate::addresses::Found;
use crate::level::{Failure, Level, Reading, Referral, Server};
use crate::registries::Registry;
use crate::session::Session;
use crate::wire;
use domain_check::{Delegation, is_registry};
use hickory_resolver::proto::op::{Message, ResponseCode};
use hickory_resolver::proto::rr::{Name, RecordType};
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::OwnedMutexGuard;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// No name has more zones above it that are worth following.
const MAX_LEVELS: usize = 16;

/// Name servers named in zones whose name servers are named in zones …: so deep, not deeper.
const MAX_DETOURS: u8 = 4;

/// So many servers of one zone are looked at.
const MAX_SERVERS: usize = 16;

/// Where the way down ended.
pub(crate) enum Arrival {
    /// At the servers of the zone that holds the name, and what the first of them said of it, if one did.
    Zone(Level, Option<Spoken>),
    /// A registry's own servers answer, from this address, instead of referring further.
    Registry { level: Level, address: IpAddr },
    /// No server of this zone was of use.
    Stuck { zone: Name, failures: Vec<Failure> },
}

/// What a server said of the name when it was asked for TXT, with authority.
pub(crate) struct Spoken {
    pub(crate) address: IpAddr,
    pub(crate) message: Box<Message>,
}

/// One way down, noted step by step, so that what was found is not lost when time runs out.
pub(crate) struct Walk<'a> {
    pub(crate) session: &'a Arc<Session>,
    pub(crate) detours: u8,
}

impl Walk<'_> {
    /// Follows the delegations towards a name. `on_step` hears of every referral.
    pub(crate) async fn down_to(&self, name: &Name, on_step: &mut (dyn FnMut(Delegation) + Send)) -> Arrival {
        let registries = &self.session.known.registries;
        let mut first = match self.session.closest(name) {
            None if registries.closest(name).is_none() => {
                unless_long(self.session, self.detours, registries.go_first(name)).await
            }
            _ => None,
        };
        let (mut level, mut steps) = self.start(name);
        let mut remembered = !steps.is_empty();
        for _ in 0..MAX_LEVELS {
            let (address, reading) = match level.consult(self.session, name, RecordType::TXT).await {
                Ok(found) => found,
                Err(_) if remembered => {
                    registries.forget(&level.zone);
                    (level, steps, remembered) = (self.session.root(), Vec::new(), false);
                    continue;
                }
                Err(_) if !is_registry(&wire::text(&level.zone)) => return Arrival::Zone(level, None),
                Err(failures) => return Arrival::Stuck { zone: level.zone, failures },
            };
            if remembered {
                steps.iter().cloned().for_each(&mut *on_step);
                remembered = false;
            }
            registries.remember(&level, &steps);
            if !level.zone.is_root() {
                drop(first.take());
            }
            match reading {
                Reading::Referral(referral) => {
                    level = self.follow(referral, address).await;
                    steps.push(level.as_delegation());
                    on_step(level.as_delegation());
                }
                Reading::Authority { apex, message } => {
                    return self.arrive(level, address, name, apex, message, on_step).await;
                }
            }
        }
        Arrival::Stuck { zone: level.zone, failures: Vec::new() }
    }

    /// Where the way begins, and the referrals that are spared: at a zone that this look has found already, at a
    /// registry that an earlier one has found, or at the root.
    fn start(&self, name: &Name) -> (Level, Vec<Delegation>) {
        if let Some(level) = self.session.closest(name) {
            return (level, Vec::new());
        }
        match self.session.known.registries.closest(name) {
            Some(Registry { level, steps }) => (level, steps),
            None => (self.session.root(), Vec::new()),
        }
    }

    /// The server is responsible. It may serve a zone below the one it was asked for, without a referral between.
    async fn arrive(
        &self,
        level: Level,
        address: IpAddr,
        name: &Name,
        apex: Option<Name>,
        message: Box<Message>,
        on_step: &mut (dyn FnMut(Delegation) + Send),
    ) -> Arrival {
        let apex = match apex {
            Some(apex) => Some(apex),
            None if message.answers.is_empty() => None,
            None => self.apex_at(&level, address, name).await,
        };
        if let Some(apex) = apex.filter(|apex| *apex != level.zone)
            && let Some(below) = self.level_at(address, &level, &apex).await
        {
            on_step(below.as_delegation());
            return Arrival::Zone(below, Some(Spoken { address, message }));
        }
        if is_registry(&wire::text(&level.zone)) {
            return Arrival::Registry { level, address };
        }
        Arrival::Zone(level, Some(Spoken { address, message }))
    }

    async fn apex_at(&self, level: &Level, address: IpAddr, name: &Name) -> Option<Name> {
        let reply = self.session.ask(address, name, RecordType::SOA).await;
        let crate::ask::Reply::Message(message) = reply else { return None };
        wire::apex(&message).filter(|apex| level.zone.zone_of(apex) && apex.zone_of(name))
    }

    /// The servers a zone names for itself, asked at a server that serves both it and its parent.
    async fn level_at(&self, address: IpAddr, parent: &Level, apex: &Name) -> Option<Level> {
        let reply = self.session.ask(address, apex, RecordType::NS).await;
        let crate::ask::Reply::Message(message) = reply else { return None };
        let (zone, servers, ttl) = wire::name_servers(&message.answers).filter(|(zone, ..)| zone == apex)?;
        let glue = servers
            .iter()
            .filter(|server| parent.zone.zone_of(server))
            .map(|server| (server.clone(), wire::addresses(&message.additionals, server)))
            .filter(|(_, addresses)| !addresses.is_empty())
            .collect();
        Some(self.follow(Referral { zone, servers, glue, ttl }, address).await)
    }

    /// Finds the addresses the referral does not bring along.
    async fn follow(&self, referral: Referral, parent: IpAddr) -> Level {
        let mut lookups = JoinSet::new();
        let mut servers = Vec::new();
        for name in referral.servers.iter().take(MAX_SERVERS) {
            match referral.glue.iter().find(|(owner, _)| owner == name) {
                Some((_, addresses)) => servers.push(server(name, addresses.clone())),
                None => {
                    let (session, detours, name) = (Arc::clone(self.session), self.detours, name.clone());
                    lookups.spawn(async move {
                        let addresses = addresses_of(session, name.clone(), detours).await;
                        server(&name, addresses)
                    });
                }
            }
        }
        while let Some(found) = lookups.join_next().await {
            servers.extend(found.ok());
        }
        servers.sort_by(|a, b| a.name.cmp(&b.name));
        let level = Level { zone: referral.zone, servers, ttl: referral.ttl, parent: Some(parent) };
        self.session.remember(&level);
        level
    }
}

fn server(name: &Name, addresses: Vec<IpAddr>) -> Server {
    Server { name: wire::text(name), addresses }
}

impl Level {
    fn as_delegation(&self) -> Delegation {
        Delegation {
            zone: wire::text(&self.zone),
            servers: self.servers.iter().map(|server| server.name.clone()).collect(),
            ttl: self.ttl,
        }
    }
}

/// Both kinds of addresses of a name server: those that are remembered, or else by a way down of its own; empty when it
/// has none or is too far away.
pub(crate) fn addresses_of(
    session: Arc<Session>,
    name: Name,
    detours: u8,
) -> Pin<Box<dyn Future<Output = Vec<IpAddr>> + Send>> {
    Box::pin(async move {
        if detours >= MAX_DETOURS {
            return Vec::new();
        }
        let remembered = || {
            let addresses = session.known.addresses.of(&name)?;
            session.from_memory.note(&name, &addresses);
            Some(addresses)
        };
        if let Some(addresses) = remembered() {
            return addresses;
        }
        let _first = unless_long(&session, detours, session.known.addresses.go_first(&name)).await;
        if let Some(addresses) = remembered() {
            return addresses;
        }
        let found = find_addresses(&session, &name, detours).await;
        session.known.addresses.remember(&name, &found);
        found.addresses
    })
}

/// On a detour nobody waits for long: two would wait for each other for ever.
async fn unless_long(
    session: &Session,
    detours: u8,
    first: impl Future<Output = Option<OwnedMutexGuard<()>>>,
) -> Option<OwnedMutexGuard<()>> {
    if detours == 0 {
        return first.await;
    }
    timeout(session.config.limits.fallback_after, first).await.ok().flatten()
}

async fn find_addresses(session: &Arc<Session>, name: &Name, detours: u8) -> Found {
    let walk = Walk { session, detours: detours + 1 };
    let level = match walk.down_to(name, &mut |_| {}).await {
        Arrival::Zone(level, _) | Arrival::Registry { level, .. } => level,
        Arrival::Stuck { .. } => return Found::nothing(),
    };
    let (v4, v6) = tokio::join!(
        addresses_at(session, &level, name, RecordType::A),
        addresses_at(session, &level, name, RecordType::AAAA)
    );
    Found::of([v4, v6])
}

async fn addresses_at(session: &Arc<Session>, level: &Level, name: &Name, kind: RecordType) -> Found {
    match level.consult(session, name, kind).await {
        Ok((_, Reading::Authority { message, .. })) => {
            let addresses = wire::addresses(&message.answers, name);
            Found { ttl: wire::ttl_of(&message.answers, name), addresses }
        }
        _ => Found::nothing(),
    }
}

/// Whether a registry's server knows the domain although it names no servers for it; `None` when it does not say.
pub(crate) async fn is_known_at(session: &Session, address: IpAddr, domain: &Name) -> Option<bool> {
    let reply = session.ask(address, domain, RecordType::SOA).await;
    let crate::ask::Reply::Message(message) = reply else { return None };
    match message.metadata.response_code {
        ResponseCode::NXDomain => Some(false),
        ResponseCode::NoError => Some(true),
        _ => None,
    }
}
