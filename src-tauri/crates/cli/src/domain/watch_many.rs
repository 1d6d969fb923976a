//! `signpost domain watch`.

use super::watch::interrupted;
use super::watch_state::{Kept, StateFile};
use super::{Check, Look, is_label, label, text};
use crate::args::DomainWatch;
use crate::clock;
use crate::failure::{Failure, Status};
use crate::input;
use crate::output::{Output, Reader};
use crate::runtime::run_async;
use dns_walk::Walker;
use domain_check::{DomainName, MAX_LIST_BYTES, ParsedDomain, PublicResolver, Report, Verdict, parse_list};
use serde_json::json;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use vocabulary::Timestamp;

/// So many domains are looked at beside each other.
const AT_ONCE: usize = 20;

/// So long at most nobody looks at the clock.
const LONGEST_NAP: Duration = Duration::from_secs(20);

/// What was seen is written down this often while much is looked at.
const BETWEEN_SAVES: Duration = Duration::from_secs(1);

/// One record that is watched.
struct Watched {
    check: Arc<Check>,
    kept: Kept,
    under_way: bool,
}

/// Watches the records of all domains until each is right, or, with `--once`, looks at those whose time has come.
pub(crate) fn watch(args: &DomainWatch, output: &Output) -> Result<Status, Failure> {
    let config = args.start.config()?;
    let public = if args.public_resolvers { config.resolvers.clone() } else { Vec::new() };
    let walker = Walker::new(config, Arc::new(clock::now));
    let checks = checks(args, &walker, &public)?;
    let state = args.state.as_deref().map(StateFile::open).transpose()?;
    let now = clock::now();
    let kept =
        |check: &Check| state.as_ref().and_then(|state| state.kept(check)).unwrap_or(Kept::new(check, now));
    let watched = checks.into_iter().map(|check| Watched {
        kept: kept(&check),
        check: Arc::new(check),
        under_way: false,
    });
    let list = List { watched: watched.collect(), state, saved: Instant::now(), dirty: false };
    run_async(list.run(args.once, output))?
}

/// The domains of the command and of the list, each record once.
fn checks(args: &DomainWatch, walker: &Walker, public: &[PublicResolver]) -> Result<Vec<Check>, Failure> {
    if !args.name.split('.').all(is_label) {
        return Err(Failure::unusable("record-label-invalid").with("label", &args.name));
    }
    let mut wanted: Vec<(ParsedDomain, Option<String>)> = Vec::new();
    for domain in &args.domains {
        wanted.push((DomainName::parse(domain).map_err(Failure::refused)?, None));
    }
    if let Some(list) = &args.list {
        for row in parse_list(&input::read(list, MAX_LIST_BYTES)?).map_err(Failure::refused)? {
            wanted.push((row.domain.map_err(Failure::refused)?, row.expected));
        }
    }
    let mut checks: Vec<Check> = Vec::new();
    for (parsed, expected) in wanted {
        let label = label(&args.name, &parsed.domain)?;
        let expected = expected.or_else(|| args.expect.clone());
        let expected = expected
            .ok_or_else(|| Failure::unusable("watch-expects-nothing").with("domain", &parsed.unicode))?;
        let mut check = Check::of(walker.clone(), parsed, label, Some(expected));
        check.public = public.to_vec();
        if !checks.iter().any(|other| other.record() == check.record()) {
            checks.push(check);
        }
    }
    Ok(checks)
}

struct List {
    watched: Vec<Watched>,
    state: Option<StateFile>,
    saved: Instant,
    dirty: bool,
}

impl List {
    /// Ends when every record is right, at Ctrl-C, when nobody reads any more, or, once, when nothing is due.
    async fn run(mut self, once: bool, output: &Output) -> Result<Status, Failure> {
        let mut interrupted = pin!(interrupted());
        let mut looks = JoinSet::new();
        loop {
            self.begin(&mut looks, clock::now());
            if looks.is_empty() && (once || self.is_settled()) {
                break;
            }
            let nap = self.nap(clock::now());
            let full = looks.len() >= AT_ONCE;
            let done = tokio::select! {
                Some(done) = looks.join_next() => done.map_err(|error| panicked(&error))?,
                () = tokio::time::sleep(nap), if !full => continue,
                () = &mut interrupted => break,
            };
            if self.take(done, output)? == Reader::Gone {
                break;
            }
            self.save_now_and_then()?;
        }
        self.save()?;
        Ok(self.status())
    }

    /// Begins to look at those whose time has come, the longest overdue first.
    fn begin(&mut self, looks: &mut JoinSet<(usize, Look)>, now: Timestamp) {
        let mut due: Vec<usize> =
            (0..self.watched.len()).filter(|place| self.watched[*place].is_due(now)).collect();
        due.sort_by_key(|place| self.watched[*place].kept.watch.next_check());
        for place in due.into_iter().take(AT_ONCE.saturating_sub(looks.len())) {
            let watched = &mut self.watched[place];
            watched.under_way = true;
            let check = Arc::clone(&watched.check);
            let watch = watched.kept.watch.clone();
            looks.spawn(async move { (place, check.look(Some(&watch)).await) });
        }
    }

    fn nap(&self, now: Timestamp) -> Duration {
        let waiting = self.watched.iter().filter(|watched| watched.is_open() && !watched.under_way);
        let wait = waiting.map(|watched| watched.kept.watch.wait(now)).min();
        wait.and_then(|wait| wait.try_into().ok()).unwrap_or(LONGEST_NAP).min(LONGEST_NAP)
    }

    fn take(&mut self, (place, mut look): (usize, Look), output: &Output) -> Result<Reader, Failure> {
        let watched = &mut self.watched[place];
        watched.under_way = false;
        self.dirty = true;
        let news = watched.kept.take(look.report.clone());
        if let Some(known) = &watched.kept.watch.last
            && known.checked_at == look.report.checked_at
        {
            look.report.clone_from(known);
        }
        if news { watched.tell(&look, output) } else { Ok(Reader::Listening) }
    }

    fn is_settled(&self) -> bool {
        self.watched.iter().all(|watched| !watched.is_open())
    }

    fn save_now_and_then(&mut self) -> Result<(), Failure> {
        if self.saved.elapsed() < BETWEEN_SAVES { Ok(()) } else { self.save() }
    }

    fn save(&mut self) -> Result<(), Failure> {
        if let Some(state) = self.state.as_ref().filter(|_| self.dirty) {
            state.save(self.watched.iter().map(|watched| &watched.kept))?;
        }
        (self.dirty, self.saved) = (false, Instant::now());
        Ok(())
    }

    fn status(&self) -> Status {
        let verdicts = || self.watched.iter().map(|watched| watched.kept.verdict());
        if verdicts().all(|verdict| verdict == Some(Verdict::Verified)) {
            return Status::Good;
        }
        let unreached = verdicts().all(|verdict| verdict == Some(Verdict::Unreachable));
        if unreached { Status::Environment } else { Status::NotGood }
    }
}

impl Watched {
    /// Whether it is still looked for.
    fn is_open(&self) -> bool {
        self.kept.verdict() != Some(Verdict::Verified)
    }

    fn is_due(&self, now: Timestamp) -> bool {
        self.is_open() && !self.under_way && self.kept.watch.wait(now).is_zero()
    }

    fn tell(&self, look: &Look, output: &Output) -> Result<Reader, Failure> {
        let words = &output.words;
        let next = self.is_open().then(|| self.kept.watch.next_check());
        let mut document = self.check.document(words, look);
        document["next_check"] = json!(next);
        output.line(&line(words, &look.report, next), &document)
    }
}

fn line(words: &crate::words::Words, report: &Report, next: Option<Timestamp>) -> String {
    let mut line = format!("{}  {}  {}", report.checked_at, report.unicode, text::outcome(words, report));
    if let Some(next) = next {
        text::add(&mut line, &words.text("cli-watch-next", &[("at", &next.to_string())]));
    }
    line
}

fn panicked(error: &tokio::task::JoinError) -> Failure {
    Failure::environment("runtime-failed").with("reason", error)
}
