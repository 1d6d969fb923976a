//! The registries' servers, remembered from one domain to the next: whoever checks thousands of domains below one
//! registry asks the root servers once. What a registry says of a domain is asked anew for each.

use crate::level::Level;
use domain_check::{Delegation, is_registry};
use hickory_resolver::proto::rr::Name;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

/// So many registries are remembered.
const MOST: usize = 512;

/// No registry is remembered longer, whatever the TTL of its delegation.
const LONGEST: Duration = Duration::from_secs(3600);

/// So many ways from the root are kept apart before those that nobody goes any more are forgotten.
const MANY_WAYS: usize = 64;

/// A registry's servers, and the referrals that led there.
#[derive(Debug, Clone)]
pub(crate) struct Registry {
    pub(crate) level: Level,
    pub(crate) steps: Vec<Delegation>,
    until: Instant,
}

/// What all walks of one [`Walker`](crate::Walker) and its clones know of registries. Only zones under which names are
/// registered are remembered, never the zone of a domain, and only once a server of theirs was of use.
#[derive(Debug, Default)]
pub(crate) struct Registries {
    known: Mutex<HashMap<Name, Registry>>,
    ways: Mutex<HashMap<Name, Arc<tokio::sync::Mutex<()>>>>,
    turn: AtomicUsize,
}

impl Registries {
    /// The closest registry above the name, while the TTLs of the referrals to it last.
    pub(crate) fn closest(&self, name: &Name) -> Option<Registry> {
        let (known, now) = (self.known(), Instant::now());
        let above = known.values().filter(|known| known.until > now && known.level.zone.zone_of(name));
        above.max_by_key(|known| known.level.zone.num_labels()).cloned()
    }

    /// Remembers a registry one of whose servers has just been of use; `steps` are the referrals from the root to it.
    pub(crate) fn remember(&self, level: &Level, steps: &[Delegation]) {
        let ttl = steps.iter().map(|step| step.ttl).min().unwrap_or_default();
        let lasts = Duration::from_secs(ttl.into()).min(LONGEST);
        if level.zone.is_root() || lasts.is_zero() || !is_registry(&crate::wire::text(&level.zone)) {
            return;
        }
        let (mut known, now) = (self.known(), Instant::now());
        if known.get(&level.zone).is_some_and(|known| known.until > now) {
            return;
        }
        known.retain(|_, known| known.until > now);
        if known.len() >= MOST
            && let Some(first) =
                known.iter().min_by_key(|(_, known)| known.until).map(|(zone, _)| zone.clone())
        {
            known.remove(&first);
        }
        let registry = Registry { level: level.clone(), steps: steps.to_vec(), until: now + lasts };
        known.insert(level.zone.clone(), registry);
    }

    /// None of the remembered servers was of use: who serves the registry is asked for again.
    pub(crate) fn forget(&self, zone: &Name) {
        self.known().remove(zone);
    }

    /// Lets one walk at a time find a registry nobody knows yet. The first goes on and holds the way until what is
    /// returned is dropped; the others wait for that, and then look whether it is known.
    pub(crate) async fn go_first(&self, name: &Name) -> Option<OwnedMutexGuard<()>> {
        let way = {
            let mut ways = self.ways.lock().unwrap_or_else(PoisonError::into_inner);
            if ways.len() >= MANY_WAYS {
                ways.retain(|_, way| Arc::strong_count(way) > 1);
            }
            Arc::clone(ways.entry(name.trim_to(1)).or_default())
        };
        match Arc::clone(&way).try_lock_owned() {
            Ok(first) => Some(first),
            Err(_) => {
                drop(way.lock().await);
                None
            }
        }
    }

    /// Which of so many servers of a registry is asked first, so that the questions are shared between them.
    pub(crate) fn first_of(&self, count: usize) -> usize {
        self.turn.fetch_add(1, Ordering::Relaxed).checked_rem(count).unwrap_or_default()
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Name, Registry>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire;

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

    #[tokio::test(start_paused = true)]
    async fn so_many_are_remembered_and_those_that_end_first_make_room() {
        let registries = Registries::default();
        for index in 0..=MOST {
            tokio::time::advance(Duration::from_millis(1)).await;
            registries.remember(&level(&format!("tld{index}")), &[step("", 3600)]);
        }
        assert_eq!(registries.known().len(), MOST);
        assert!(
            registries.closest(&name("a.tld0")).is_none() && registries.closest(&name("a.tld1")).is_some()
        );
    }

    #[tokio::test]
    async fn one_goes_first_and_the_others_wait_for_it_and_for_nobody_else() {
        let registries = Arc::new(Registries::default());
        let first = registries.go_first(&name("a.test")).await;
        assert!(first.is_some() && registries.go_first(&name("a.example")).await.is_some());
        let waiting = Arc::clone(&registries);
        let others = tokio::spawn(async move { waiting.go_first(&name("b.test")).await.is_some() });
        tokio::task::yield_now().await;
        assert!(!others.is_finished());
        drop(first);
        assert!(!others.await.unwrap(), "it need not hold anybody up");
    }
}
