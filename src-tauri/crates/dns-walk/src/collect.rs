use crate::ask::{Heard, Reply, Way};
use crate::config::Config;
use crate::level::{Failure, Level};
use crate::pace::Pace;
use crate::progress::Progress;
use crate::session::Session;
use crate::walk::{Arrival, Walk, is_known_at};
use crate::wire;
use crate::{around, dnssec};
use domain_check::{
    Answer, Collected, Dnssec, DomainName, MisplacedAnswer, Outcome, Path, Place, Role, ServerAnswer,
    Surroundings, TxtValue, WalkEnd, places,
};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{Name, RecordType};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use vocabulary::Timestamp;

/// A server that limits how often it is asked is left alone for so long.
const BACK_OFF: Duration = Duration::from_secs(1);

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
    /// `former` are the names of servers the domain may have had before: they are asked when the record is on none of
    /// the delegated ones, and decide nothing.
    pub async fn collect_with(
        &self,
        domain: &DomainName,
        host: &str,
        expected: Option<&str>,
        former: &[String],
        mut on_row: impl FnMut(&ServerAnswer) + Send,
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
    former: &'a [String],
}

/// What is asked beside the rows.
enum Beside {
    Misplaced(MisplacedAnswer),
    Spf(Vec<TxtValue>),
    Dnssec(Dnssec),
}

/// The answer of one server, and what it says about the zone.
struct Row {
    answer: ServerAnswer,
    own_servers: Vec<String>,
    primary: Option<String>,
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
                progress.end = stuck(&zone, &failures);
                progress.surroundings.path = self.path(&progress.end, &zone, &failures, &name).await;
                let role = if zone.is_root() { Role::Root } else { Role::Parent };
                progress.servers =
                    failures.into_iter().map(|failure| failed(failure, role, &name, started)).collect();
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
        on_row: &mut (dyn FnMut(&ServerAnswer) + Send),
    ) {
        let mut rows = self.start_rows(level, name, progress, on_row);
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
                    if !is_other_way_open(level, &row.answer) {
                        on_row(&row.answer);
                        progress.servers.push(row.answer);
                    }
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

    fn start_rows(
        &self,
        level: &Level,
        name: &Name,
        progress: &mut Progress,
        on_row: &mut (dyn FnMut(&ServerAnswer) + Send),
    ) -> JoinSet<Row> {
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

    fn start_places(&self, level: &Level, row: &ServerAnswer, own: &Name, beside: &mut JoinSet<Beside>) {
        let Some(address) = row.address else { return };
        let (session, own) = (Arc::clone(&self.session), own.clone());
        beside.spawn(async move { Beside::Spf(around::spf(session, address, own).await) });
        let probe = format!("signpost-{:016x}", RandomState::new().build_hasher().finish());
        for (place, text) in places(self.domain, self.host, &wire::text(&level.zone), &probe) {
            let Some(name) = wire::name(&text).filter(|name| level.zone.zone_of(name)) else { continue };
            let (session, server) = (Arc::clone(&self.session), row.server.clone());
            beside.spawn(misplaced(session, server, address, place, text, name));
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
) -> Beside {
    let reply = session.ask(address, &name, RecordType::TXT).await;
    Beside::Misplaced(MisplacedAnswer { place, name: text, server, outcome: outcome(&reply, &name) })
}

async fn row(
    session: &Session,
    clock: &Clock,
    server: String,
    address: IpAddr,
    zone: &Name,
    name: &Name,
) -> Row {
    let (asked_at, start) = (clock(), Instant::now());
    let txt = async { (session.ask(address, name, RecordType::TXT).await, millis(start.elapsed())) };
    let ((txt, took_ms), soa, ns) = tokio::join!(
        txt,
        session.ask(address, zone, RecordType::SOA),
        session.ask(address, zone, RecordType::NS)
    );
    let odd = [&txt, &soa, &ns].into_iter().all(avoids_edns);
    let without_edns = odd && (is_told(&txt) || session.drops_edns(address, zone).await);
    let soa = message(&soa);
    let (txt, limited) = again_if_limited(session, address, name, txt, soa.or(message(&ns))).await;
    let mut txt = outcome(&txt, name);
    if let Outcome::Answered(answer) = &mut txt {
        answer.without_edns = without_edns;
        answer.limited = limited;
    }
    let version = soa.and_then(|soa| wire::zone_version(soa));
    Row {
        own_servers: message(&ns).map(|ns| wire::own_servers(ns, zone)).unwrap_or_default(),
        primary: soa.and_then(|soa| wire::primary(soa)),
        answer: ServerAnswer {
            server,
            address: Some(address),
            role: Role::Delegated,
            txt,
            zone: version,
            asked_at,
            took_ms,
        },
    }
}

fn message(reply: &Reply) -> Option<&Heard> {
    match reply {
        Reply::Message(heard) => Some(heard),
        _ => None,
    }
}

/// Whether the answer came by another way than the first datagram, and not because it was too long for that.
fn avoids_edns(reply: &Reply) -> bool {
    message(reply).is_some_and(|heard| heard.way != Way::Udp && !heard.cut)
}

/// Whether the server itself said that it does not take EDNS.
fn is_told(reply: &Reply) -> bool {
    message(reply).is_some_and(|heard| heard.edns_refused)
}

/// A server that refuses one question and answers another of the same zone limits how often it is asked: it is asked
/// once more, later.
async fn again_if_limited(
    session: &Session,
    address: IpAddr,
    name: &Name,
    first: Reply,
    other: Option<&Heard>,
) -> (Reply, bool) {
    let refused = |reply: &Reply| {
        message(reply).is_some_and(|heard| heard.metadata.response_code == ResponseCode::Refused)
    };
    let serves = other.is_some_and(|heard| {
        heard.metadata.authoritative && heard.metadata.response_code == ResponseCode::NoError
    });
    if !refused(&first) || !serves {
        return (first, false);
    }
    tokio::time::sleep(BACK_OFF).await;
    let again = session.ask(address, name, RecordType::TXT).await;
    (if matches!(again, Reply::Message(_)) { again } else { first }, true)
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
        Reply::Message(heard) => Outcome::Answered(Answer { cut: heard.cut, ..wire::answer(heard, name) }),
        Reply::Silent => Outcome::Silent,
        Reply::Closed => Outcome::Closed,
        Reply::Cut => Outcome::Cut,
        Reply::Unreadable => Outcome::Unreadable,
        Reply::NoRoute => Outcome::NoRoute,
    }
}

pub(crate) fn millis(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis()).unwrap_or(u32::MAX)
}

fn stuck(zone: &Name, failures: &[Failure]) -> WalkEnd {
    let silent = failures
        .iter()
        .all(|failure| matches!(failure.reply, Reply::Silent | Reply::Closed | Reply::NoRoute));
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
