use crate::ask::Reply;
use crate::config::Config;
use crate::level::{Failure, Level};
use crate::pace::Pace;
use crate::progress::Progress;
use crate::session::Session;
use crate::walk::{Arrival, Walk, is_known_at};
use crate::wire;
use domain_check::{
    Collected, DomainName, MisplacedAnswer, Outcome, Place, Role, ServerAnswer, WalkEnd, places,
};
use hickory_resolver::proto::rr::{Name, RecordType};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
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
        self.collect_with(domain, host, expected, |_| {}).await
    }

    /// Like [`Walker::collect`]; `on_row` hears of each delegated server as soon as it has answered or was given up.
    pub async fn collect_with(
        &self,
        domain: &DomainName,
        host: &str,
        expected: Option<&str>,
        mut on_row: impl FnMut(&ServerAnswer) + Send,
    ) -> Collected {
        let mut progress = Progress::new(&self.clock);
        let job = Job {
            walker: self,
            session: Arc::new(Session::new(self.config.clone(), Arc::clone(&self.pace))),
            domain,
            host,
            expected,
        };
        tokio::select! {
            () = job.run(&mut progress, &mut on_row) => {}
            () = job.session.held_back.sleep_besides(self.config.limits.whole) => {
                tracing::warn!("the time for one domain was up before every server was asked");
            }
        }
        progress.finish(domain, host, &self.clock)
    }
}

/// One domain.
struct Job<'a> {
    walker: &'a Walker,
    session: Arc<Session>,
    domain: &'a DomainName,
    host: &'a str,
    expected: Option<&'a str>,
}

impl Job<'_> {
    async fn run(&self, progress: &mut Progress, on_row: &mut (dyn FnMut(&ServerAnswer) + Send)) {
        let names = (wire::name(&format!("{}.{}", self.host, self.domain)), wire::name(self.domain.as_str()));
        let (Some(name), Some(domain)) = names else { return };
        let walk = Walk { session: &self.session, detours: 0 };
        let started = (Instant::now(), (self.walker.clock)());
        match walk.down_to(&name, &mut |step| progress.step(step)).await {
            Arrival::Zone(level) => {
                progress.zone = Some(wire::text(&level.zone));
                self.ask_delegated(&level, &name, progress, on_row).await;
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
                progress.end = stuck(&zone, &failures);
                let role = if zone.is_root() { Role::Root } else { Role::Parent };
                progress.servers =
                    failures.into_iter().map(|failure| failed(failure, role, &name, started)).collect();
            }
        }
    }

    /// Every server at every address at once; the first that answers without the expected value is asked for the
    /// places where a misplaced record turns up, while the others are still being waited for.
    async fn ask_delegated(
        &self,
        level: &Level,
        name: &Name,
        progress: &mut Progress,
        on_row: &mut (dyn FnMut(&ServerAnswer) + Send),
    ) {
        let mut rows = self.start_rows(level, name, progress, on_row);
        let mut places = JoinSet::new();
        let mut places_asked = false;
        loop {
            tokio::select! {
                Some(Ok(row)) = rows.join_next() => {
                    if !places_asked && self.leaves_open(&row) {
                        places_asked = true;
                        self.start_places(level, &row, &mut places);
                    }
                    if !is_other_way_open(level, &row) {
                        on_row(&row);
                        progress.servers.push(row);
                    }
                }
                Some(Ok(answer)) = places.join_next() => progress.misplaced.push(answer),
                else => break,
            }
        }
        progress.misplaced.sort_by_key(|answer| answer.place as u8);
    }

    fn start_rows(
        &self,
        level: &Level,
        name: &Name,
        progress: &mut Progress,
        on_row: &mut (dyn FnMut(&ServerAnswer) + Send),
    ) -> JoinSet<ServerAnswer> {
        let mut rows = JoinSet::new();
        for server in &level.servers {
            if server.addresses.is_empty() {
                let row = self.row_without_address(&server.name);
                on_row(&row);
                progress.servers.push(row);
            }
            for address in &server.addresses {
                let (session, clock) = (Arc::clone(&self.session), Arc::clone(&self.walker.clock));
                let (server, zone, name, address) =
                    (server.name.clone(), level.zone.clone(), name.clone(), *address);
                rows.spawn(async move { row(&session, &clock, server, address, &zone, &name).await });
            }
        }
        rows
    }

    fn row_without_address(&self, server: &str) -> ServerAnswer {
        ServerAnswer {
            server: server.to_owned(),
            address: None,
            role: Role::Delegated,
            txt: Outcome::NoAddress,
            zone: None,
            asked_at: (self.walker.clock)(),
            took_ms: 0,
        }
    }

    /// Whether the server answered with authority, but not with the expected value.
    fn leaves_open(&self, row: &ServerAnswer) -> bool {
        let Outcome::Answered(answer) = &row.txt else { return false };
        let right = |text: &str| answer.values.iter().any(|value| value.0 == text.as_bytes());
        answer.authoritative && !self.expected.is_some_and(right)
    }

    fn start_places(&self, level: &Level, row: &ServerAnswer, places_set: &mut JoinSet<MisplacedAnswer>) {
        let Some(address) = row.address else { return };
        let probe = format!("signpost-{:016x}", RandomState::new().build_hasher().finish());
        for (place, text) in places(self.domain, self.host, &wire::text(&level.zone), &probe) {
            let Some(name) = wire::name(&text).filter(|name| level.zone.zone_of(name)) else { continue };
            let (session, server) = (Arc::clone(&self.session), row.server.clone());
            places_set.spawn(misplaced(session, server, address, place, text, name));
        }
    }
}

async fn misplaced(
    session: Arc<Session>,
    server: String,
    address: IpAddr,
    place: Place,
    text: String,
    name: Name,
) -> MisplacedAnswer {
    let reply = session.ask(address, &name, RecordType::TXT).await;
    MisplacedAnswer { place, name: text, server, outcome: outcome(&reply, &name) }
}

async fn row(
    session: &Session,
    clock: &Clock,
    server: String,
    address: IpAddr,
    zone: &Name,
    name: &Name,
) -> ServerAnswer {
    let (asked_at, start) = (clock(), Instant::now());
    let txt = async { (session.ask(address, name, RecordType::TXT).await, millis(start.elapsed())) };
    let ((txt, took_ms), soa) = tokio::join!(txt, session.ask(address, zone, RecordType::SOA));
    let zone = match &soa {
        Reply::Message(message) => wire::zone_version(message),
        _ => None,
    };
    let txt = outcome(&txt, name);
    ServerAnswer { server, address: Some(address), role: Role::Delegated, txt, zone, asked_at, took_ms }
}

/// A server that this computer can reach at another address is not reported for the address it cannot.
fn is_other_way_open(level: &Level, row: &ServerAnswer) -> bool {
    row.txt == Outcome::NoRoute
        && row.address.is_some_and(|address| address.is_ipv6())
        && level
            .servers
            .iter()
            .any(|server| server.name == row.server && server.addresses.iter().any(IpAddr::is_ipv4))
}

pub(crate) fn outcome(reply: &Reply, name: &Name) -> Outcome {
    match reply {
        Reply::Message(message) => Outcome::Answered(wire::answer(message, name)),
        Reply::Silent => Outcome::Silent,
        Reply::Unreadable => Outcome::Unreadable,
        Reply::NoRoute => Outcome::NoRoute,
    }
}

pub(crate) fn millis(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis()).unwrap_or(u32::MAX)
}

fn stuck(zone: &Name, failures: &[Failure]) -> WalkEnd {
    let silent = failures.iter().all(|failure| matches!(failure.reply, Reply::Silent | Reply::NoRoute));
    if zone.is_root() && silent {
        return WalkEnd::NoNetwork;
    }
    WalkEnd::Unreachable { zone: wire::text(zone) }
}

fn failed(
    failure: Failure,
    role: Role,
    name: &Name,
    (start, asked_at): (Instant, Timestamp),
) -> ServerAnswer {
    let txt = match failure.address {
        Some(_) => outcome(&failure.reply, name),
        None => Outcome::NoAddress,
    };
    ServerAnswer {
        server: failure.server,
        address: failure.address,
        role,
        txt,
        zone: None,
        asked_at,
        took_ms: millis(start.elapsed()),
    }
}
