use crate::ask::Reply;
use crate::config::Config;
use crate::delegated::Delegated;
use crate::level::Failure;
use crate::pace::Pace;
use crate::progress::Progress;
use crate::session::{Known, Session};
use crate::walk::{Arrival, Walk, is_known_at};
use crate::{addresses, around, rows, wire};
use domain_check::{Collected, DomainName, Outcome, Path, Role, ServerAnswer, WalkEnd};
use hickory_resolver::proto::rr::Name;
use std::net::IpAddr;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Instant;
use vocabulary::Timestamp;

/// Tells the current time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Asks the name servers of domains, from the root servers down.
#[derive(Clone)]
pub struct Walker {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) pace: Arc<Pace>,
    pub(crate) known: Arc<Known>,
}

impl std::fmt::Debug for Walker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Walker").field("config", &self.config).finish_non_exhaustive()
    }
}

impl Walker {
    /// A walker that starts at `config.roots`. Its clones share the pace at which each server is asked, and who serves
    /// the registries, and where name servers stand.
    pub fn new(config: Config, clock: Clock) -> Self {
        let pace = Arc::new(Pace::of(&config));
        Self { config, clock, pace, known: Arc::default() }
    }

    pub(crate) fn session(&self) -> Session {
        Session::new(self.config.clone(), Arc::clone(&self.pace), Arc::clone(&self.known))
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

    /// Like [`Walker::collect`]; `on_change` hears who is asked as soon as that is known, of each delegated server as
    /// soon as it has answered or was given up, and of what else was found. [`SoFar::collected`] can be judged each time: a
    /// server that stays silent holds up nobody's row but its own.
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
        let ended = self.look(domain, host, expected, former, &mut progress, &mut on_change).await;
        if ended.is_break() {
            return progress.finish(domain, host, &self.clock);
        }
        // A name server does not stand any more where it was remembered to be: all is looked at as if nothing had been.
        let mut anew = progress.anew();
        let _ = self.look(domain, host, expected, former, &mut anew, &mut on_change).await;
        anew.finish(domain, host, &self.clock)
    }

    /// One look, of a session of its own. It goes on where a name server turned out to have moved.
    async fn look(
        &self,
        domain: &DomainName,
        host: &str,
        expected: Option<&str>,
        former: &[String],
        progress: &mut Progress,
        on_change: OnChange<'_>,
    ) -> ControlFlow<()> {
        let job = Job { walker: self, session: Arc::new(self.session()), domain, host, expected, former };
        let run = async {
            job.run(progress, on_change).await;
            addresses::have_moved(&job.session, &progress.servers).await
        };
        tokio::select! {
            moved = run => if moved { ControlFlow::Continue(()) } else { ControlFlow::Break(()) },
            () = job.session.held_back.sleep_besides(self.config.limits.whole) => {
                tracing::warn!("the time for one domain was up before every server was asked");
                ControlFlow::Break(())
            }
        }
    }
}

/// How far a look has come.
#[derive(Clone, Copy)]
pub struct SoFar<'a> {
    /// The zone that holds the name.
    pub zone: &'a str,
    /// The delegated servers that have answered or were given up, in the order in which they did.
    pub servers: &'a [ServerAnswer],
    /// Those that are still waited for, by name and address.
    pub waiting: &'a [(String, IpAddr)],
    /// Whether the last of `servers` is new.
    pub(crate) is_row: bool,
    pub(crate) job: &'a Job<'a>,
    pub(crate) progress: &'a Progress,
}

impl std::fmt::Debug for SoFar<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SoFar")
            .field("servers", &self.servers)
            .field("waiting", &self.waiting)
            .finish_non_exhaustive()
    }
}

impl<'a> SoFar<'a> {
    /// The server that has just answered or was given up; `None` when the asking only begins, or something beside the
    /// rows was found.
    pub fn newest(&self) -> Option<&'a ServerAnswer> {
        self.servers.last().filter(|_| self.is_row)
    }

    /// Everything that is known by now, as if those that are still waited for had not been asked.
    pub fn collected(&self) -> Collected {
        let Job { walker, domain, host, .. } = self.job;
        let mut progress = self.progress.clone();
        progress.end = WalkEnd::Delegated;
        progress.finish(domain, host, &walker.clock)
    }
}

/// Who hears how far a look has come.
pub(crate) type OnChange<'a> = &'a mut (dyn FnMut(SoFar<'_>) + Send);

/// One domain.
pub(crate) struct Job<'a> {
    pub(crate) walker: &'a Walker,
    pub(crate) session: Arc<Session>,
    pub(crate) domain: &'a DomainName,
    pub(crate) host: &'a str,
    expected: Option<&'a str>,
    pub(crate) former: &'a [String],
}

impl Job<'_> {
    async fn run(&self, progress: &mut Progress, on_change: OnChange<'_>) {
        let names = (wire::name(&format!("{}.{}", self.host, self.domain)), wire::name(self.domain.as_str()));
        let (Some(name), Some(domain)) = names else { return };
        let walk = Walk { session: &self.session, detours: 0 };
        let started = (Instant::now(), (self.walker.clock)());
        match walk.down_to(&name, &mut |step| progress.step(step)).await {
            Arrival::Zone(level, spoken) => {
                progress.zone = Some(wire::text(&level.zone));
                Delegated::new(self, &level, &name).ask(spoken, progress, on_change).await;
                if around::all_from_a_resolver(&progress.servers)
                    && around::answers_for_nobody(&self.session, &name).await
                {
                    progress.surroundings.path =
                        Path::Intercepted { by: self.session.config.nobody.to_string() };
                }
                // Only now: when time runs out before, too few servers were asked to decide anything.
                progress.end = WalkEnd::Delegated;
            }
            Arrival::Registry { level, address } => {
                let parent = wire::text(&level.zone);
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

    /// Whether the server answered with authority, but not with the expected value.
    pub(crate) fn leaves_open(&self, txt: &Outcome) -> bool {
        let Outcome::Answered(answer) = txt else { return false };
        let right = |text: &str| answer.values.iter().any(|value| value.0 == text.as_bytes());
        answer.authoritative && !self.expected.is_some_and(right)
    }
}
