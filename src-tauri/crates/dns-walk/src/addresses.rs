//! The addresses of name servers that stand in other zones than those they serve, remembered from one domain to the
//! next: thousands of domains have the same few name servers.

use crate::memory::{Firsts, Memory};
use crate::session::Session;
use crate::walk::addresses_of;
use crate::wire;
use domain_check::{Outcome, ServerAnswer};
use hickory_resolver::proto::rr::Name;
use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OwnedMutexGuard;

/// The addresses of so many name servers are remembered.
const MOST: usize = 4096;

/// What all walks of one [`Walker`](crate::Walker) and its clones know of name servers. A name without an address is
/// asked for again each time: somebody may be giving it one.
#[derive(Debug)]
pub(crate) struct Addresses {
    known: Memory<Vec<IpAddr>>,
    firsts: Firsts,
}

impl Default for Addresses {
    fn default() -> Self {
        Self { known: Memory::with_room_for(MOST), firsts: Firsts::default() }
    }
}

impl Addresses {
    /// The addresses of a name server, while their TTL lasts.
    pub(crate) fn of(&self, server: &Name) -> Option<Vec<IpAddr>> {
        self.known.of(server)
    }

    /// Remembers what was found, for the shortest of the TTLs, in seconds.
    pub(crate) fn remember(&self, server: &Name, found: &Found) {
        if !found.addresses.is_empty() {
            self.known.keep(server, || found.addresses.clone(), found.ttl);
        }
    }

    /// A server did not answer where it was remembered to be: it may have moved.
    fn forget(&self, server: &Name) {
        self.known.forget(server);
    }

    /// Lets one walk at a time find a name server nobody knows yet; as [`Firsts::go_first`].
    pub(crate) async fn go_first(&self, server: &Name) -> Option<OwnedMutexGuard<()>> {
        self.firsts.go_first(server.clone()).await
    }
}

/// Addresses, and for how many seconds they may be kept.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) addresses: Vec<IpAddr>,
    pub(crate) ttl: u32,
}

impl Found {
    /// Both kinds of addresses of one name. Where it has none of one kind, the TTL of the other counts.
    pub(crate) fn of([v4, v6]: [Self; 2]) -> Self {
        let ttl = [&v4, &v6].into_iter().filter(|found| !found.addresses.is_empty()).map(|found| found.ttl);
        Self { ttl: ttl.min().unwrap_or_default(), addresses: [v4.addresses, v6.addresses].concat() }
    }

    pub(crate) const fn nothing() -> Self {
        Self { addresses: Vec::new(), ttl: 0 }
    }
}

/// The name servers that one look took from memory, with their addresses.
#[derive(Debug, Default)]
pub(crate) struct FromMemory(Mutex<HashMap<String, Vec<IpAddr>>>);

impl FromMemory {
    pub(crate) fn note(&self, server: &Name, addresses: &[IpAddr]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(wire::text(server), addresses.to_vec());
    }

    fn of(&self, server: &str) -> Option<Vec<IpAddr>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(server).cloned()
    }
}

/// Whether a server that gave no answer of use stands at other addresses by now than those that were remembered. What
/// was remembered of it is forgotten in any case.
pub(crate) async fn have_moved(session: &Arc<Session>, servers: &[ServerAnswer]) -> bool {
    let failed = servers.iter().filter(|server| !serves(&server.txt)).map(|server| server.server.as_str());
    let mut moved = false;
    for server in failed.collect::<BTreeSet<_>>() {
        let Some((before, name)) = session.from_memory.of(server).zip(wire::name(server)) else { continue };
        session.known.addresses.forget(&name);
        let now = addresses_of(Arc::clone(session), name, 0).await;
        moved |= !now.is_empty() && now != before;
    }
    moved
}

fn serves(txt: &Outcome) -> bool {
    matches!(txt, Outcome::Answered(answer) if answer.authoritative)
}
