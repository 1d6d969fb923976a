use crate::ask::Reply;
use crate::config::Config;
use crate::level::{Failure, Level};
use crate::pace::Pace;
use crate::progress::Progress;
use crate::rows::{self, Row};
use crate::session::Session;
use crate::walk::{Arrival, Walk, is_known_at};
use crate::wire;
use crate::{around, dnssec};
use domain_check::{
    Collected, Dnssec, DomainName, MisplacedAnswer, Outcome, Path, Role, ServerAnswer, Surroundings,
    TxtValue, WalkEnd, places,
};
use hickory_resolver::proto::rr::Name;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;
use tokio::task::JoinSet;
use vocabulary::Timestamp;

/// Tells the current time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Asks the name servers of domains, from the root servers down.
#[derive(Clone)]
pub struct Walker {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) pace: Arc<Pace>,
}

impl std::fmt::Debug for Walker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Walker").field("config", &self.config).finish_non_exhaustive()
    }
}

impl Walker {
    /// A walker that starts at `config.roots`. Its clones share the pace at which each server is asked.
    pub fn new(config: Config, clock: Clock) -> Self {
        let pace = Arc::new(Pace::of(&config));
        Self { config, clock, pace }
    }

    /// Asks every delegated name server of the domain for the TXT record `host` below it.
    ///
    /// `expected` only decides whether it is worth asking for a misplaced record too. Never fails: what went wrong
    /// is part of what was collected. Ends within [`crate::Limits::whole`] and the time questions were held back; dropping the future ends it at once.
    pub async fn collect(&self, domain: &DomainName, host: &str, expected: Option<&str>) -> Collected {
        self.collect_with(domain, host, expected, &[], |_| {}).await
    }

    /// Like [`Walker::collect`]; `on_row` hears of each delegated server as soon as it has answered or was given up.
    /// `former` as in [`Walker::collect_telling`].
    pub async fn collect_with(
        &self,
        domain: &DomainName,
        host: &str,
        expected: Option<&str>,
        former: &[String],
        mut on_row: impl FnMut(&ServerAnswer) + Send,
    ) -> Collected {
        let on_change = |so_far: SoFar<'_>| so_far.newest().into_iter().for_each(&mut on_row);
        self.collect_telling(domain, host, expected, former, on_change).await
    }

    /// Like [`Walker::collect`]; `on_change` hears who is asked as soon as that is known, and of each delegated server as
    /// soon as it has answered or was given up.
    /// `former` are the names of servers the domain may have had before: they are asked when the record is on none of
    /// the delegated ones, and decide nothing.
    pub async fn collect_telling(
        &self,
        domain: &DomainName,
        host: &str,
        expected: Option<&str>,
        former: &[String],
        mut on_change: impl FnMut(SoFar<'_>) + Send,
    ) -> Collected {
        let mut progress = Progress::new(&self.clock);
        let job = Job {
            walker: self,
            session: Arc::new(Session::new(self.config.clone(), Arc::clone(&self.pace))),
            domain,
            host,
            expected,
            former,
        };
        tokio::select! {
            () = job.run(&mut progress, &mut on_change) => {}
            () = job.session.held_back.sleep_besides(self.config.limits.whole) => {
                tracing::warn!("the time for one domain was up before every server was asked");
            }
        }
        progress.finish(domain, host, &self.clock)
    }
}

/// How far a look has come.
#[derive(Debug, Clone, Copy)]
pub struct SoFar<'a> {
    /// The zone that holds the name.
    pub zone: &'a str,
    /// The delegated servers that have answered or were given up, in the order in which they did.
    pub servers: &'a [ServerAnswer],
    /// Those that are still waited for, by name and address.
    pub waiting: &'a [(String, IpAddr)],
    /// Whether the last of `servers` is new.
    is_row: bool,
}

impl<'a> SoFar<'a> {
    /// The server that has just answered or was given up; `None` when the asking only begins.
    pub fn newest(&self) -> Option<&'a ServerAnswer> {
        self.servers.last().filter(|_| self.is_row)
    }
}

/// Who hears how far a look has come.
type OnChange<'a> = &'a mut (dyn FnMut(SoFar<'_>) + Send);

/// One domain.
struct Job<'a> {
    walker: &'a Walker,
    session: Arc<Session>,
    domain: &'a DomainName,
    host: &'a str,
    expected: Option<&'a str>,
    former: &'a [String],
}

/// What is asked beside the rows.
enum Beside {
    Misplaced(MisplacedAnswer),
    Spf(Vec<TxtValue>),
    Dnssec(Dnssec),
}

impl Job<'_> {
    async fn run(&self, progress: &mut Progress, on_change: OnChange<'_>) {
        let names = (wire::name(&format!("{}.{}", self.host, self.domain)), wire::name(self.domain.as_str()));
        let (Some(name), Some(domain)) = names else { return };
        let walk = Walk { session: &self.session, detours: 0 };
        let started = (Instant::now(), (self.walker.clock)());
        match walk.down_to(&name, &mut |step| progress.step(step)).await {
            Arrival::Zone(level) => {
                progress.zone = Some(wire::text(&level.zone));
                self.ask_delegated(&level, &name, progress, on_change).await;
                if around::all_from_a_resolver(&progress.servers)
                    && around::answers_for_nobody(&self.session, &name).await
                {
                    progress.surroundings.path =
                        Path::Intercepted { by: self.session.config.nobody.to_string() };
                }
                // Only now: when time runs out before, too few servers were asked to decide anything.
                progress.end = WalkEnd::Delegated;
            }
            Arrival::Registry { zone, address } => {
                let parent = wire::text(&zone);
                progress.end = match is_known_at(&self.session, address, &domain).await {
                    Some(false) => WalkEnd::Unregistered { parent },
                    Some(true) => WalkEnd::NotDelegated { parent },
                    None => WalkEnd::Unreachable { zone: parent },
                };
            }
            Arrival::Stuck { zone, failures } => {
                progress.end = rows::stuck(&zone, &failures);
                progress.surroundings.path = self.path(&progress.end, &zone, &failures, &name).await;
                let role = if zone.is_root() { Role::Root } else { Role::Parent };
                progress.servers =
                    failures.into_iter().map(|failure| rows::failed(failure, role, &name, started)).collect();
            }
        }
    }

    /// What the network does to the questions, when not even the root could be asked.
    async fn path(&self, end: &WalkEnd, zone: &Name, failures: &[Failure], name: &Name) -> Path {
        if zone.is_root()
            && let Some(path) = around::intercepted(&self.session, failures, name).await
        {
            return path;
        }
        let has_route = failures.iter().any(|failure| !matches!(failure.reply, Reply::NoRoute));
        if *end == WalkEnd::NoNetwork && has_route && self.walker.reaches_resolvers().await {
            return Path::Blocked;
        }
        Path::Open
    }

    /// Every server at every address at once; the first that answers without the expected value is asked for the
    /// places where a misplaced record turns up, while the others are still being waited for.
    async fn ask_delegated(
        &self,
        level: &Level,
        name: &Name,
        progress: &mut Progress,
        on_change: OnChange<'_>,
    ) {
        let zone = wire::text(&level.zone);
        let mut waiting = level.asked();
        for server in level.servers.iter().filter(|server| server.addresses.is_empty()) {
            progress.servers.push(rows::without_address(&server.name, (self.walker.clock)()));
            let servers = &progress.servers;
            on_change(SoFar { zone: &zone, servers, waiting: &waiting, is_row: true });
        }
        let servers = &progress.servers;
        on_change(SoFar { zone: &zone, servers, waiting: &waiting, is_row: false });
        let mut rows = self.start_rows(level, name);
        let mut beside = JoinSet::new();
        self.start_dnssec(level, &mut beside);
        let mut places_asked = false;
        loop {
            tokio::select! {
                Some(Ok(row)) = rows.join_next() => {
                    if !places_asked && self.leaves_open(&row.answer) {
                        places_asked = true;
                        self.start_places(level, &row.answer, name, &mut beside);
                    }
                    if progress.surroundings.own_servers.is_empty() {
                        progress.surroundings.own_servers = row.own_servers;
                    }
                    progress.surroundings.primary = progress.surroundings.primary.take().or(row.primary);
                    let own = (row.answer.server.clone(), row.answer.address);
                    waiting.retain(|(server, address)| (server, Some(*address)) != (&own.0, own.1));
                    let is_row = !rows::is_other_way_open(level, &row.answer);
                    progress.servers.extend(is_row.then_some(row.answer));
                    on_change(SoFar { zone: &zone, servers: &progress.servers, waiting: &waiting, is_row });
                }
                Some(Ok(answer)) = beside.join_next() => match answer {
                    Beside::Misplaced(answer) => progress.misplaced.push(answer),
                    Beside::Spf(values) => progress.surroundings.spf = values,
                    Beside::Dnssec(dnssec) => progress.surroundings.dnssec = dnssec,
                },
                else => break,
            }
        }
        progress.misplaced.sort_by_key(|answer| answer.place as u8);
        progress.surroundings.alias = around::follow_alias(&self.session, &mut progress.servers).await;
        if progress.servers.iter().all(|row| self.leaves_open(row)) {
            let Surroundings { own_servers, primary, .. } = &progress.surroundings;
            let candidates =
                own_servers.iter().chain(primary).chain(self.former).cloned().collect::<Vec<_>>();
            progress.surroundings.former =
                around::ask_former(&self.session, level, name, candidates.into_iter()).await;
        }
    }

    fn start_dnssec(&self, level: &Level, beside: &mut JoinSet<Beside>) {
        let Some(parent) = level.parent else { return };
        let (session, level, now) = (Arc::clone(&self.session), level.clone(), (self.walker.clock)());
        beside.spawn(async move { Beside::Dnssec(dnssec::look(&session, parent, &level, now).await) });
    }

    fn start_rows(&self, level: &Level, name: &Name) -> JoinSet<Row> {
        let mut rows = JoinSet::new();
        for (server, address) in level.asked() {
            let (session, clock) = (Arc::clone(&self.session), Arc::clone(&self.walker.clock));
            let (zone, name) = (level.zone.clone(), name.clone());
            rows.spawn(async move { rows::ask(&session, &clock, server, address, &zone, &name).await });
        }
        rows
    }

    /// Whether the server answered with authority, but not with the expected value.
    fn leaves_open(&self, row: &ServerAnswer) -> bool {
        let Outcome::Answered(answer) = &row.txt else { return false };
        let right = |text: &str| answer.values.iter().any(|value| value.0 == text.as_bytes());
        answer.authoritative && !self.expected.is_some_and(right)
    }

    fn start_places(&self, level: &Level, row: &ServerAnswer, own: &Name, beside: &mut JoinSet<Beside>) {
        let Some(address) = row.address else { return };
        let (session, own) = (Arc::clone(&self.session), own.clone());
        beside.spawn(async move { Beside::Spf(around::spf(session, address, own).await) });
        let probe = format!("signpost-{:016x}", RandomState::new().build_hasher().finish());
        for (place, text) in places(self.domain, self.host, &wire::text(&level.zone), &probe) {
            let Some(name) = wire::name(&text).filter(|name| level.zone.zone_of(name)) else { continue };
            let (session, server) = (Arc::clone(&self.session), row.server.clone());
            beside.spawn(async move {
                Beside::Misplaced(rows::misplaced(&session, server, address, place, text, name).await)
            });
        }
    }
}
