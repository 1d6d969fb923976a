//! What is remembered from one domain to the next, each thing for its TTL.

use hickory_resolver::proto::rr::Name;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

/// Nothing is remembered longer, whatever its TTL.
pub(crate) const LONGEST: Duration = Duration::from_secs(3600);

/// So many ways are kept apart before those that nobody goes any more are forgotten.
const MANY_WAYS: usize = 64;

/// Things by name, each until its TTL ends. Of those that are too many, the ones that end first make room.
#[derive(Debug)]
pub(crate) struct Memory<T> {
    most: usize,
    kept: Mutex<HashMap<Name, Kept<T>>>,
}

#[derive(Debug)]
struct Kept<T> {
    what: T,
    until: Instant,
}

impl<T: Clone> Memory<T> {
    /// Room for so many things.
    pub(crate) fn with_room_for(most: usize) -> Self {
        Self { most, kept: Mutex::default() }
    }

    /// What is remembered under that name.
    pub(crate) fn of(&self, name: &Name) -> Option<T> {
        let now = Instant::now();
        self.kept().get(name).filter(|kept| kept.until > now).map(|kept| kept.what.clone())
    }

    /// What is remembered under the name itself or the closest one above it.
    pub(crate) fn closest(&self, name: &Name) -> Option<T> {
        let (kept, now) = (self.kept(), Instant::now());
        let above = kept.iter().filter(|(zone, kept)| kept.until > now && zone.zone_of(name));
        above.max_by_key(|(zone, _)| zone.num_labels()).map(|(_, kept)| kept.what.clone())
    }

    /// Remembers it for `ttl` seconds. What is remembered already stays as it is, and until when it was: a TTL counts
    /// from the first time something was said.
    pub(crate) fn keep(&self, name: &Name, what: impl FnOnce() -> T, ttl: u32) {
        let lasts = Duration::from_secs(ttl.into()).min(LONGEST);
        if lasts.is_zero() {
            return;
        }
        let (mut kept, now) = (self.kept(), Instant::now());
        if kept.get(name).is_some_and(|kept| kept.until > now) {
            return;
        }
        kept.retain(|_, kept| kept.until > now);
        if kept.len() >= self.most
            && let Some(first) = kept.iter().min_by_key(|(_, kept)| kept.until).map(|(name, _)| name.clone())
        {
            kept.remove(&first);
        }
        kept.insert(name.clone(), Kept { what: what(), until: now + lasts });
    }

    /// It was of no use.
    pub(crate) fn forget(&self, name: &Name) {
        self.kept().remove(name);
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<Name, Kept<T>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets one walk at a time find something out that nobody knows yet.
#[derive(Debug, Default)]
pub(crate) struct Firsts {
    ways: Mutex<HashMap<Name, Arc<tokio::sync::Mutex<()>>>>,
}

impl Firsts {
    /// The first goes on and holds the way until what is returned is dropped; the others wait for that, and then look
    /// whether it is known.
    pub(crate) async fn go_first(&self, name: Name) -> Option<OwnedMutexGuard<()>> {
        let way = {
            let mut ways = self.ways.lock().unwrap_or_else(PoisonError::into_inner);
            if ways.len() >= MANY_WAYS {
                ways.retain(|_, way| Arc::strong_count(way) > 1);
            }
            Arc::clone(ways.entry(name).or_default())
        };
        match Arc::clone(&way).try_lock_owned() {
            Ok(first) => Some(first),
            Err(_) => {
                drop(way.lock().await);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire;

    fn name(text: &str) -> Name {
        wire::name(text).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn each_is_remembered_for_its_ttl_from_the_first_time_and_an_hour_at_most() {
        let memory = Memory::with_room_for(10);
        let (short, long) = (name("ns1.dnshost.test"), name("ns2.dnshost.test"));
        memory.keep(&short, || 1, 60);
        memory.keep(&long, || 2, 172_800);
        memory.keep(&name("ns3.dnshost.test"), || 3, 0);
        assert_eq!(memory.of(&name("ns3.dnshost.test")), None);
        tokio::time::advance(Duration::from_secs(59)).await;
        memory.keep(&short, || 4, 60);
        assert_eq!(memory.of(&short), Some(1));
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!((memory.of(&short), memory.of(&long)), (None, Some(2)));
        memory.keep(&short, || 5, 60);
        assert_eq!(memory.of(&short), Some(5));
        memory.forget(&short);
        assert_eq!(memory.of(&short), None);
        tokio::time::advance(LONGEST).await;
        assert_eq!(memory.of(&long), None);
    }

    #[tokio::test(start_paused = true)]
    async fn so_many_are_remembered_and_those_that_end_first_make_room() {
        let memory = Memory::with_room_for(100);
        for index in 0..=100 {
            tokio::time::advance(Duration::from_millis(1)).await;
            memory.keep(&name(&format!("tld{index}")), || index, 3600);
        }
        assert_eq!(memory.kept().len(), 100);
        assert_eq!((memory.of(&name("tld0")), memory.of(&name("tld1"))), (None, Some(1)));
    }

    #[tokio::test]
    async fn one_goes_first_and_the_others_wait_for_it_and_for_nobody_else() {
        let firsts = Arc::new(Firsts::default());
        let first = firsts.go_first(name("test")).await;
        assert!(first.is_some() && firsts.go_first(name("example")).await.is_some());
        let waiting = Arc::clone(&firsts);
        let others = tokio::spawn(async move { waiting.go_first(name("test")).await.is_some() });
        tokio::task::yield_now().await;
        assert!(!others.is_finished());
        drop(first);
        assert!(!others.await.unwrap(), "it need not hold anybody up");
    }
}
