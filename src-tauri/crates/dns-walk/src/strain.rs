//! What a server lets be known about how much it takes.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::time::Duration;
use tokio::time::Instant;

/// The first rest; it doubles with every sign that comes soon after the last one.
const REST: Duration = Duration::from_secs(1);
const LONGEST_REST: Duration = Duration::from_secs(30);

/// So long after the last sign, twice as much is asked again.
const EASING: Duration = Duration::from_secs(10);

/// With so many questions in a second, a refusal may be about their number.
const MANY: usize = 10;

/// More than so many a second are not slowed down any more.
const MOST_COUNTED: usize = 128;

/// Datagrams get lost on every network; a server that drops questions because they are many drops more than these: so
/// many in a second, and one of so many.
const FEW_LOST: usize = 3;
const SHARE_LOST: usize = 5;

/// Losses are noticed within so long of each other when they have one cause.
const TOGETHER: Duration = Duration::from_secs(1);

/// The signs of one server that it had enough.
#[derive(Debug, Default)]
pub(crate) struct Strain {
    felt: Option<Felt>,
    /// When the last losses were noticed, the oldest first.
    lost: VecDeque<Instant>,
    /// When it last answered a question of anybody's, other than by refusing it.
    served: Option<Instant>,
    /// When it last answered by UDP.
    by_udp: Option<Instant>,
}

#[derive(Debug, Clone, Copy)]
struct Felt {
    rest_until: Instant,
    rest: Duration,
    per_second: NonZeroUsize,
    busy: bool,
}

impl Strain {
    /// A datagram to which nothing came, though the server answers otherwise, after so many questions in the last second
    /// (`None`: others wait for their turn, so as many as it gets, or more than are counted where nothing limits them).
    /// Whether losses are more by now than a network has of itself. Where UDP never gets through, or too late, it is not
    /// the number that is too much.
    pub(crate) fn lose(&mut self, now: Instant, sent: Option<usize>, most: Option<NonZeroUsize>) -> bool {
        let allowed = || self.per_second(now).or(most).map_or(MOST_COUNTED, NonZeroUsize::get);
        let sent = sent.unwrap_or_else(allowed);
        self.lost.retain(|at| now.saturating_duration_since(*at) < TOGETHER);
        if self.lost.len() < MOST_COUNTED {
            self.lost.push_back(now);
        }
        let lost = self.lost.len();
        let is_udp_open = self.by_udp.is_some_and(|at| now.saturating_duration_since(at) < EASING);
        is_udp_open && lost >= FEW_LOST && lost * SHARE_LOST >= sent
    }

    /// Takes note of an answer by UDP or another way.
    pub(crate) const fn serve(&mut self, now: Instant, is_refusal: bool, by_udp: bool) {
        if !is_refusal {
            self.served = Some(now);
        }
        if by_udp {
            self.by_udp = Some(now);
        }
    }

    /// Whether the server, of which so many questions were asked in the last second, takes them: then a refusal of
    /// everything about one zone is likely to be about the zone. Of a server that is hardly asked nothing is known.
    pub(crate) fn takes_many(&self, now: Instant, sent: Option<usize>) -> bool {
        let lately = |at: Instant| now.saturating_duration_since(at) < TOGETHER;
        sent.is_none_or(|sent| sent >= MANY) && !self.is_felt(now) && self.served.is_some_and(lately)
    }

    /// A sign that the server had enough, after so many questions in the last second (`None`: more than are counted).
    /// Says whether they were many; few are a reason to rest only when the sign is `certain`. A sign about a question
    /// that was `asked_at` a time before the last rest ended says nothing new.
    pub(crate) fn add(
        &mut self,
        now: Instant,
        asked_at: Instant,
        sent: Option<usize>,
        most: Option<NonZeroUsize>,
        certain: bool,
    ) -> bool {
        let earlier = self.felt.filter(|felt| now < felt.rest_until + EASING);
        if let Some(felt) = earlier.filter(|felt| asked_at < felt.rest_until) {
            return felt.busy;
        }
        let many = sent.is_none_or(|sent| sent >= MANY);
        if !many && !certain {
            return false;
        }
        let allowed = self.per_second(now).or(most).map_or(usize::MAX, NonZeroUsize::get);
        let was = allowed.min(sent.unwrap_or(usize::MAX)).min(MOST_COUNTED);
        let rest = earlier.map_or(REST, |felt| (felt.rest * 2).min(LONGEST_REST));
        let per_second = NonZeroUsize::new(was / 2).unwrap_or(NonZeroUsize::MIN);
        let busy = many || earlier.is_some_and(|felt| felt.busy);
        self.felt = Some(Felt { rest_until: now + rest, rest, per_second, busy });
        busy
    }

    /// When the next question may be sent, after the last one was `sent_at` that time: after the rest, and then evenly,
    /// since many at once are what was too much. `None` when the server lets nothing be known.
    pub(crate) fn next(&self, now: Instant, sent_at: Option<Instant>) -> Option<Instant> {
        let felt = self.felt?;
        let evenly = sent_at
            .zip(self.per_second(now))
            .map(|(sent_at, per_second)| sent_at + Duration::from_secs(1).div_f64(per_second.get() as f64));
        Some(felt.rest_until).max(evenly)
    }

    /// How many questions a second it gets by now; `None` when as many as before.
    fn per_second(&self, now: Instant) -> Option<NonZeroUsize> {
        let felt = self.felt?;
        let eased = now.saturating_duration_since(felt.rest_until).as_secs() / EASING.as_secs();
        let factor = 1usize.checked_shl(u32::try_from(eased).ok()?).and_then(NonZeroUsize::new)?;
        Some(felt.per_second.saturating_mul(factor)).filter(|more| more.get() <= MOST_COUNTED)
    }

    /// Whether it still slows anything down.
    pub(crate) fn is_felt(&self, now: Instant) -> bool {
        self.felt.is_some_and(|felt| now < felt.rest_until + EASING * 6)
    }
}
