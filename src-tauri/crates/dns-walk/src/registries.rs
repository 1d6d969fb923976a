//! The registries' servers, remembered from one domain to the next: whoever checks thousands of domains below one
//! registry asks the root servers once. What a registry says of a domain is asked anew for each.

use crate::level::Level;
use crate::memory::{Firsts, Memory};
use domain_check::{Delegation, is_registry};
use hickory_resolver::proto::rr::Name;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::OwnedMutexGuard;

/// So many registries are remembered.
const MOST: usize = 512;

/// A registry's servers, and the referrals that led there.
#[derive(Debug, Clone)]
pub(crate) struct Registry {
    pub(crate) level: Level,
    pub(crate) steps: Vec<Delegation>,
}

/// What all walks of one [`Walker`](crate::Walker) and its clones know of registries. Only zones under which names are
/// registered are remembered, never the zone of a domain, and only once a server of theirs was of use.
#[derive(Debug)]
pub(crate) struct Registries {
    known: Memory<Registry>,
    firsts: Firsts,
    turn: AtomicUsize,
}

impl Default for Registries {
    fn default() -> Self {
        Self { known: Memory::with_room_for(MOST), firsts: Firsts::default(), turn: AtomicUsize::default() }
    }
}

impl Registries {
    /// The closest registry above the name, while the TTLs of the referrals to it last.
    pub(crate) fn closest(&self, name: &Name) -> Option<Registry> {
        self.known.closest(name)
    }

    /// Remembers a registry one of whose servers has just been of use; `steps` are the referrals from the root to it.
    pub(crate) fn remember(&self, level: &Level, steps: &[Delegation]) {
        if level.zone.is_root() || !is_registry(&crate::wire::text(&level.zone)) {
            return;
        }
        let ttl = steps.iter().map(|step| step.ttl).min().unwrap_or_default();
        self.known.keep(&level.zone, || Registry { level: level.clone(), steps: steps.to_vec() }, ttl);
    }

    /// None of the remembered servers was of use: who serves the registry is asked for again.
    pub(crate) fn forget(&self, zone: &Name) {
        self.known.forget(zone);
    }

    /// Lets one walk at a time find a registry nobody knows yet; as [`Firsts::go_first`].
    pub(crate) async fn go_first(&self, name: &Name) -> Option<OwnedMutexGuard<()>> {
        self.firsts.go_first(name.trim_to(1)).await
    }

    /// Which of so many servers of a registry is asked first, so that the questions are shared between them.
    pub(crate) fn first_of(&self, count: usize) -> usize {
        self.turn.fetch_add(1, Ordering::Relaxed).checked_rem(count).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::LONGEST;
    use crate::wire;
    use std::time::Duration;

    fn name(text: &str) -> Name {
        wire::name(text).unwrap()
    }

    fn level(zone: &str) -> Level {
        Level { zone: name(zone), servers: Vec::new(), ttl: 300, parent: None }
    }

    fn step(zone: &str, ttl: u32) -> Delegation {
        Delegation { zone: zone.to_owned(), servers: Vec::new(), ttl }
    }

    #[tokio::test(start_paused = true)]
    async fn a_registry_is_remembered_for_the_shortest_ttl_on_the_way_and_no_domain_is() {
        let registries = Registries::default();
        registries.remember(&level("co.uk"), &[step("uk", 60), step("co.uk", 300)]);
        registries.remember(&level("contoso.co.uk"), &[step("uk", 60), step("contoso.co.uk", 300)]);
        registries.remember(&level("test"), &[step("test", 0)]);
        registries.remember(&level("com"), &[step("com", 172_800)]);
        let closest = |text: &str| registries.closest(&name(text)).map(|known| wire::text(&known.level.zone));
        assert_eq!(closest("_x.contoso.co.uk").as_deref(), Some("co.uk"));
        assert_eq!((closest("contoso.uk"), closest("contoso.test")), (None, None));
        tokio::time::advance(Duration::from_secs(61)).await;
        assert_eq!(closest("_x.contoso.co.uk"), None);
        assert_eq!(closest("contoso.com").as_deref(), Some("com"));
        tokio::time::advance(LONGEST).await;
        assert_eq!(closest("contoso.com"), None, "an hour at most");
    }
}
