//! Not too many questions to one server at a time, whoever asks them, and fewer where it shows that it has enough.

use crate::config::Config;
use crate::strain::Strain;
use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep, sleep_until};

const SECOND: Duration = Duration::from_secs(1);

/// From so many servers on, those that were not asked in the last second are forgotten.
const MANY_SERVERS: usize = 1024;

/// The times of so many questions are kept where nothing limits them, which is only in a lab: a fifth of them lost in a
/// second slows a server down there, however many more it was asked. Everywhere else all of a second are kept.
const KEPT: usize = 64;

/// So many datagrams are on the way to one server at most: more do not fit into the buffer that a socket usually has, and
/// would be lost before the server sees them.
const ON_THE_WAY: usize = 256;

/// A question that may be sent. Kept until its answer is there or is not waited for any more, since it takes a place on
/// the way to the server.
#[derive(Debug)]
pub(crate) struct Turn {
    _place: Option<OwnedSemaphorePermit>,
}

/// One server: when the last questions went to it, the oldest first, and what it let be known. Who waits for its lock
/// waits in line; leaving the line costs nobody a turn.
#[derive(Debug)]
struct Server {
    sent: tokio::sync::Mutex<VecDeque<Instant>>,
    strain: Mutex<Strain>,
    places: Arc<Semaphore>,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            sent: tokio::sync::Mutex::default(),
            strain: Mutex::default(),
            places: Arc::new(Semaphore::new(ON_THE_WAY)),
        }
    }
}

/// How many questions a second one server gets, over all domains that are asked about.
#[derive(Debug)]
pub(crate) struct Pace {
    per_second: Option<NonZeroUsize>,
    servers: Mutex<HashMap<IpAddr, Arc<Server>>>,
}

impl Pace {
    /// The pace of [`crate::Limits::per_second`].
    pub(crate) fn of(config: &Config) -> Self {
        Self { per_second: config.limits.per_second, servers: Mutex::default() }
    }

    /// As fast as can be.
    #[cfg(test)]
    pub(crate) fn free() -> Self {
        Self { per_second: None, servers: Mutex::default() }
    }

    /// Waits until one more question may be sent to the server.
    pub(crate) async fn turn(&self, server: IpAddr) -> Turn {
        let server = self.server(server);
        // Never closed, so there is always a place.
        let place = Arc::clone(&server.places).acquire_owned().await.ok();
        let mut sent = server.sent.lock().await;
        loop {
            let rest = server.strain().next(Instant::now(), sent.back().copied());
            let full = self.per_second.and_then(|most| sent.len().checked_sub(most.get()));
            let free = full.and_then(|index| sent.get(index)).map(|oldest| *oldest + SECOND);
            match rest.max(free) {
                Some(until) if until > Instant::now() => sleep_until(until).await,
                _ => break,
            }
        }
        sent.push_back(Instant::now());
        let kept = self.per_second.map_or(KEPT, NonZeroUsize::get);
        while sent.len() > kept {
            sent.pop_front();
        }
        Turn { _place: place }
    }

    /// Takes note of a datagram to which nothing came, though the server answers otherwise.
    pub(crate) fn lose(&self, server: IpAddr, asked_at: Instant) {
        let sent = self.server(server).sent();
        if self.server(server).strain().lose(Instant::now(), sent, self.per_second) {
            self.slow_down(server, asked_at, false);
        }
    }

    /// Takes note of an answer, by UDP or another way.
    pub(crate) fn serve(&self, server: IpAddr, is_refusal: bool, by_udp: bool) {
        self.server(server).strain().serve(Instant::now(), is_refusal, by_udp);
    }

    /// Whether the server is asked much, and takes it.
    pub(crate) fn takes_many(&self, server: IpAddr) -> bool {
        let server = self.server(server);
        let sent = server.sent();
        server.strain().takes_many(Instant::now(), sent)
    }

    /// Takes note of a sign that the server had enough of the questions; whether so many were sent to it that it may
    /// have. Few questions make it rest only when the sign is `certain`. The question in question was `asked_at` that time.
    pub(crate) fn slow_down(&self, server: IpAddr, asked_at: Instant, certain: bool) -> bool {
        let server = self.server(server);
        let sent = server.sent();
        server.strain().add(Instant::now(), asked_at, sent, self.per_second, certain)
    }

    fn server(&self, server: IpAddr) -> Arc<Server> {
        let mut servers = self.servers.lock().unwrap_or_else(PoisonError::into_inner);
        if servers.len() >= MANY_SERVERS {
            servers.retain(|_, server| is_busy(server));
        }
        Arc::clone(servers.entry(server).or_default())
    }
}

impl Server {
    /// How many questions were sent in the last second. `None` while somebody who waits holds the lock: then the server
    /// is busy, and rests already or will be asked slowly.
    fn sent(&self) -> Option<usize> {
        self.sent.try_lock().map(|sent| lately(&sent)).ok()
    }

    fn strain(&self) -> std::sync::MutexGuard<'_, Strain> {
        self.strain.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many questions were sent in the last second.
fn lately(sent: &VecDeque<Instant>) -> usize {
    sent.iter().rev().take_while(|at| at.elapsed() < SECOND).count()
}

/// Whether somebody waits for a turn, or had one within the last second, or the server had enough a while ago.
fn is_busy(server: &Arc<Server>) -> bool {
    Arc::strong_count(server) > 1
        || server.strain().is_felt(Instant::now())
        || server.sent.try_lock().is_ok_and(|sent| sent.back().is_some_and(|last| last.elapsed() < SECOND))
}

/// For how long at least one question for a domain had to wait for its turn.
#[derive(Debug, Default)]
pub(crate) struct HeldBack(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    questions: u32,
    since: Option<Instant>,
    before: Duration,
}

impl HeldBack {
    /// Counts the time of a wait.
    pub(crate) async fn during<T>(&self, wait: impl Future<Output = T>) -> T {
        let _counted = Counted::new(self);
        wait.await
    }

    /// Sleeps for `time` without what is held back meanwhile.
    pub(crate) async fn sleep_besides(&self, time: Duration) {
        let start = Instant::now();
        while let Some(left) =
            (time + self.total()).checked_sub(start.elapsed()).filter(|left| !left.is_zero())
        {
            sleep(left).await;
        }
    }

    fn total(&self) -> Duration {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.before + waiting.since.map(|since| since.elapsed()).unwrap_or_default()
    }

    fn change(&self, change: impl FnOnce(&mut Waiting)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// One question that waits; a wait that is given up ends too.
struct Counted<'a>(&'a HeldBack);

impl<'a> Counted<'a> {
    fn new(held_back: &'a HeldBack) -> Self {
        held_back.change(|waiting| {
            waiting.questions += 1;
            waiting.since.get_or_insert_with(Instant::now);
        });
        Self(held_back)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.change(|waiting| {
            waiting.questions -= 1;
            if waiting.questions == 0 {
                waiting.before += waiting.since.take().map(|since| since.elapsed()).unwrap_or_default();
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::task::JoinSet;

    const SERVER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const OTHER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    fn pace() -> Arc<Pace> {
        Arc::new(Pace::of(&Config::default()))
    }

    #[tokio::test(start_paused = true)]
    async fn no_second_has_more_questions_than_allowed_and_none_waits_without_need() {
        let (pace, start) = (pace(), Instant::now());
        let mut asked = JoinSet::new();
        for index in 0..250u64 {
            let pace = Arc::clone(&pace);
            asked.spawn(async move {
                sleep(Duration::from_millis(index % 7 * 90)).await;
                pace.turn(SERVER).await;
                Instant::now()
            });
        }
        let mut times = asked.join_all().await;
        times.sort();
        for pair in times.windows(51) {
            assert!(pair[50] - pair[0] >= SECOND, "{:?}", pair[50] - pair[0]);
        }
        let whole = times[249] - start;
        assert!(whole >= 4 * SECOND && whole <= 5 * SECOND, "{whole:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_busy_server_holds_back_nobody_elses_questions() {
        let (pace, start) = (pace(), Instant::now());
        for _ in 0..50 {
            pace.turn(SERVER).await;
        }
        pace.turn(OTHER).await;
        assert_eq!(start.elapsed(), Duration::ZERO);
        pace.turn(SERVER).await;
        assert!(start.elapsed() >= SECOND);
    }

    #[tokio::test(start_paused = true)]
    async fn a_question_that_is_given_up_costs_no_turn() {
        let (pace, start) = (pace(), Instant::now());
        for _ in 0..50 {
            pace.turn(SERVER).await;
        }
        for _ in 0..100 {
            let given_up = tokio::time::timeout(Duration::from_millis(5), pace.turn(SERVER)).await;
            assert!(given_up.is_err());
        }
        pace.turn(SERVER).await;
        assert!(start.elapsed() <= SECOND + Duration::from_millis(10), "{:?}", start.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn in_a_lab_nothing_is_held_back() {
        let pace = Pace::free();
        let start = Instant::now();
        for _ in 0..1000 {
            pace.turn(SERVER).await;
        }
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    /// How many of 100 questions that are asked beside each other are sent in each of the first seconds.
    async fn sent_in_each_second(pace: &Arc<Pace>) -> Vec<usize> {
        let start = Instant::now();
        let mut asked = JoinSet::new();
        for _ in 0..100 {
            let pace = Arc::clone(pace);
            asked.spawn(async move {
                pace.turn(SERVER).await;
                usize::try_from(start.elapsed().as_millis() / 1000).unwrap()
            });
        }
        asked.join_all().await.into_iter().fold(Vec::new(), |mut counts, second| {
            counts.resize(counts.len().max(second + 1), 0);
            counts[second] += 1;
            counts
        })
    }

    #[tokio::test(start_paused = true)]
    async fn a_server_that_has_enough_rests_gets_half_and_slowly_more_again() {
        let pace = pace();
        assert_eq!(sent_in_each_second(&pace).await, [50, 50]);
        assert!(pace.slow_down(SERVER, Instant::now(), false));
        let slower = sent_in_each_second(&pace).await;
        assert_eq!(slower[..4], [0, 25, 25, 25], "{slower:?}");
        assert!(pace.slow_down(SERVER, Instant::now(), false));
        let slower = sent_in_each_second(&pace).await;
        assert_eq!(slower[..4], [0, 0, 12, 12], "{slower:?}");
        sleep(Duration::from_secs(60)).await;
        assert_eq!(sent_in_each_second(&pace).await, [50, 50]);
    }

    #[tokio::test(start_paused = true)]
    async fn many_signs_at_once_are_one_and_a_server_that_was_hardly_asked_is_not_busy() {
        let pace = pace();
        pace.turn(SERVER).await;
        let early = Instant::now();
        assert!(!pace.slow_down(SERVER, early, false), "one question");
        sleep(Duration::from_secs(60)).await;
        for _ in 0..50 {
            pace.turn(SERVER).await;
        }
        for _ in 0..50 {
            assert!(pace.slow_down(SERVER, Instant::now(), false));
        }
        let sent = Instant::now();
        let slower = sent_in_each_second(&pace).await;
        assert_eq!(slower[..3], [0, 25, 25], "{slower:?}");
        assert!(pace.slow_down(SERVER, sent, false), "about a question of before the rest");
        pace.turn(SERVER).await;
        assert!(sent.elapsed() < Duration::from_secs(6), "no second rest: {:?}", sent.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn a_server_takes_many_when_it_was_asked_many_serves_somebody_and_had_not_enough() {
        let pace = pace();
        let ask_many = async || {
            for _ in 0..50 {
                pace.turn(SERVER).await;
            }
        };
        ask_many().await;
        assert!(!pace.takes_many(SERVER), "nobody is served");
        pace.serve(SERVER, false, true);
        assert!(pace.takes_many(SERVER));
        assert!(!pace.takes_many(OTHER));
        sleep(2 * SECOND).await;
        pace.serve(SERVER, false, true);
        assert!(!pace.takes_many(SERVER), "it was hardly asked");
        ask_many().await;
        sleep(SECOND - Duration::from_millis(10)).await;
        assert!(pace.takes_many(SERVER), "just served");
        pace.slow_down(SERVER, Instant::now(), true);
        pace.serve(SERVER, false, true);
        assert!(!pace.takes_many(SERVER), "it had enough");
    }

    #[tokio::test(start_paused = true)]
    async fn what_a_network_loses_of_itself_slows_nobody_down_and_more_does() {
        let pace = pace();
        assert_eq!(sent_in_each_second(&pace).await, [50, 50]);
        pace.serve(SERVER, false, true);
        pace.lose(SERVER, Instant::now());
        pace.lose(SERVER, Instant::now());
        sleep(2 * SECOND).await;
        assert_eq!(sent_in_each_second(&pace).await, [50, 50], "two losses");
        for _ in 0..3 {
            sleep(2 * SECOND).await;
            pace.serve(SERVER, false, true);
            pace.lose(SERVER, Instant::now());
        }
        assert_eq!(sent_in_each_second(&pace).await, [50, 50], "one now and then");
        pace.serve(SERVER, false, true);
        for _ in 0..10 {
            pace.lose(SERVER, Instant::now());
        }
        let slower = sent_in_each_second(&pace).await;
        assert_eq!(slower[..3], [0, 25, 25], "{slower:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_server_that_never_answers_by_udp_did_not_get_too_much() {
        let pace = pace();
        assert_eq!(sent_in_each_second(&pace).await, [50, 50]);
        pace.serve(SERVER, false, false);
        for _ in 0..50 {
            pace.lose(SERVER, Instant::now());
        }
        sleep(SECOND).await;
        assert_eq!(sent_in_each_second(&pace).await, [50, 50]);
        pace.serve(SERVER, false, true);
        for _ in 0..50 {
            pace.lose(SERVER, Instant::now());
        }
        assert_eq!(sent_in_each_second(&pace).await[..2], [0, 25]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_fifth_lost_slows_a_server_down_also_while_others_wait_for_their_turn() {
        for (lost, expected) in [(9, [49, 50]), (10, [24, 25])] {
            let pace = pace();
            for _ in 0..50 {
                pace.turn(SERVER).await;
            }
            let in_line = tokio::spawn({
                let pace = Arc::clone(&pace);
                async move { pace.turn(SERVER).await }
            });
            tokio::task::yield_now().await;
            pace.serve(SERVER, false, true);
            for _ in 0..lost {
                pace.lose(SERVER, Instant::now());
            }
            in_line.await.unwrap();
            let then = sent_in_each_second(&pace).await;
            assert_eq!(then[..2], expected, "{lost} lost: {then:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_are_on_the_way_to_a_server_than_its_socket_takes() {
        let pace = Pace::free();
        let mut on_the_way = Vec::new();
        for _ in 0..ON_THE_WAY {
            on_the_way.push(pace.turn(SERVER).await);
        }
        let one_more = async || tokio::time::timeout(SECOND, pace.turn(SERVER)).await;
        assert!(one_more().await.is_err());
        pace.turn(OTHER).await;
        on_the_way.pop();
        assert!(one_more().await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn servers_that_are_not_asked_any_more_are_forgotten() {
        let pace = pace();
        for server in 0..3000u32 {
            pace.turn(IpAddr::V4(server.into())).await;
            tokio::time::advance(Duration::from_millis(10)).await;
        }
        assert!(pace.servers.lock().unwrap().len() <= MANY_SERVERS);
    }

    #[tokio::test(start_paused = true)]
    async fn time_held_back_does_not_count() {
        let (held_back, start) = (HeldBack::default(), Instant::now());
        let wait = |seconds| held_back.during(sleep(Duration::from_secs(seconds)));
        tokio::join!(held_back.sleep_besides(15 * SECOND), wait(8), wait(10));
        let whole = start.elapsed();
        assert!(whole >= 25 * SECOND && whole < 26 * SECOND, "{whole:?}");
    }
}
