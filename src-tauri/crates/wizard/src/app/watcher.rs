mod accepted;
mod gone;

pub(super) use gone::Gone;

use accepted::Accepted;

use super::domains::parse_typed;
use super::{Wizard, unpoisoned};
use crate::error::{Failure, FailureCode};
use crate::ports::{Comparison, WatchStore};
use crate::steps::domains::{days_left, is_gone as is_record_gone};
use crate::watching::{Lost, MOST, News, Seen, Subject, WatchList, WatchListView, Watched, settles};
use crate::{Project, ProjectView};
use account_api::DomainState;
use domain_check::{Report, Verdict};
use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use time::Duration;
use vocabulary::Timestamp;

/// What looks saw that is no news is written this often while they go on: with many records, each would write them all.
/// What is lost by a crash is looked at again.
const BETWEEN_SAVES: Duration = Duration::seconds(5);

/// Looks at the records of the watch list when their time comes, and daily at those of accepted domains that are not on
/// it. It knows when, and what is news; whoever drives it sleeps for [`Watcher::wait`] and then has each of
/// [`Watcher::due`] and [`Watcher::accepted_due`] looked at.
pub struct Watcher {
    wizard: Arc<Wizard>,
    store: Arc<dyn WatchStore>,
    state: Mutex<State>,
    accepted: Mutex<Accepted>,
    /// Whom to ask for comparison, as the settings are at that moment.
    whom: Whom,
}

/// Says whom to ask for comparison.
type Whom = Box<dyn Fn() -> Comparison + Send + Sync>;

#[derive(Default)]
struct State {
    list: WatchList,
    under_way: HashSet<String>,
    /// The one that was taken away last, so that it can come back.
    removed: Option<Watched>,
    /// When the list was last written.
    saved_at: Option<Timestamp>,
    /// Whether something was seen since then.
    unsaved: bool,
    /// Why the list could not be read or saved.
    problem: Option<FailureCode>,
}

impl Watcher {
    /// Goes on with what is on the disk. A list that cannot be read is told in every view; watching begins anew then.
    pub fn open(wizard: Arc<Wizard>, store: Arc<dyn WatchStore>) -> Self {
        let state = match store.load() {
            Ok(list) => State { list, ..State::default() },
            Err(failure) => {
                tracing::warn!(code = failure.code.as_str(), "the watch list could not be read");
                State { problem: Some(failure.code), ..State::default() }
            }
        };
        Self {
            wizard,
            store,
            state: Mutex::new(state),
            accepted: Mutex::default(),
            whom: Box::new(Comparison::nobody),
        }
    }

    /// Has it ask resolvers for comparison too: once the name servers of a record agree, never before, and none again
    /// while it only would repeat itself.
    #[must_use]
    pub fn comparing(self, whom: impl Fn() -> Comparison + Send + Sync + 'static) -> Self {
        Self { whom: Box::new(whom), ..self }
    }

    /// What is watched, the newest first.
    pub fn view(&self) -> WatchListView {
        let (state, now) = (unpoisoned(&self.state), self.wizard.now());
        let view = |watched: &Watched| watched.view(state.under_way.contains(&watched.subject.id()), now);
        WatchListView {
            now,
            entries: state.list.entries.iter().rev().map(view).collect(),
            problem: state.problem,
        }
    }

    /// How many records are looked at when their time comes.
    pub fn active(&self) -> usize {
        unpoisoned(&self.state).list.entries.iter().filter(|watched| watched.is_active()).count()
    }

    /// Watches the TXT record `label` of any domain. `seen` is what somebody has just seen of it.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput), [`WatchListFull`](FailureCode::WatchListFull), or why the list could
    /// not be saved.
    pub fn watch_record(
        &self,
        domain: &str,
        label: &str,
        expected: Option<&str>,
        seen: Option<Report>,
    ) -> Result<WatchListView, Failure> {
        let parsed = parse_typed(domain)?;
        let subject = Subject::Record {
            domain: parsed.domain.to_string(),
            label: label.to_owned(),
            expected: expected.map(str::to_owned),
        };
        self.add(subject, parsed.unicode, seen)
    }

    /// Watches a domain of a project.
    ///
    /// # Errors
    /// As [`watch_record`](Self::watch_record), or why the project cannot be read.
    pub fn watch_project_domain(&self, project: &str, domain: &str) -> Result<WatchListView, Failure> {
        let opened = self.wizard.store.load(project)?;
        let entry = opened.domains.entry(domain).ok_or_else(|| {
            Failure::new(FailureCode::InvalidInput, "the project has no such domain").on("domain")
        })?;
        let subject = Subject::Project { project: project.to_owned(), domain: domain.to_owned() };
        self.add(subject, entry.unicode.clone(), entry.report.clone())
    }

    fn add(&self, subject: Subject, unicode: String, seen: Option<Report>) -> Result<WatchListView, Failure> {
        let (id, now) = (subject.id(), self.wizard.now());
        self.change(|state| {
            if let Some(known) = state.list.entry_mut(&id) {
                known.pause(false, now);
                return Ok(());
            }
            if state.list.entries.len() >= MOST {
                let full = Failure::new(FailureCode::WatchListFull, "no more records can be watched");
                return Err(full);
            }
            state.list.entries.push(Watched::new(subject, unicode, seen, now));
            Ok(())
        })
    }

    /// Lets a record rest, or goes on with it.
    ///
    /// # Errors
    /// Why the list could not be saved.
    pub fn pause(&self, id: &str, paused: bool) -> Result<WatchListView, Failure> {
        let now = self.wizard.now();
        self.change(|state| {
            if let Some(watched) = state.list.entry_mut(id) {
                watched.pause(paused, now);
            }
            Ok(())
        })
    }

    /// Stops watching a record; [`restore`](Self::restore) brings it back.
    ///
    /// # Errors
    /// Why the list could not be saved.
    pub fn remove(&self, id: &str) -> Result<WatchListView, Failure> {
        self.change(|state| {
            if let Some(place) = state.list.entries.iter().position(|watched| watched.subject.id() == id) {
                state.removed = Some(state.list.entries.remove(place));
            }
            Ok(())
        })
    }

    /// Stops watching a domain that is not in its project any more.
    ///
    /// # Errors
    /// Why the list could not be saved.
    pub fn forget_project_domain(&self, project: &str, domain: &str) -> Result<(), Failure> {
        let subject = Subject::Project { project: project.to_owned(), domain: domain.to_owned() };
        self.change(|state| {
            state.list.entries.retain(|watched| watched.subject != subject);
            Ok(())
        })?;
        Ok(())
    }

    /// Brings the record back that was taken away last.
    ///
    /// # Errors
    /// Why the list could not be saved.
    pub fn restore(&self) -> Result<WatchListView, Failure> {
        self.change(|state| {
            let known = |watched: &Watched, state: &State| {
                state.list.entries.iter().any(|other| other.subject == watched.subject)
            };
            if let Some(watched) = state.removed.take().filter(|watched| !known(watched, state)) {
                state.list.entries.push(watched);
            }
            Ok(())
        })
    }

    /// How long nothing has to be looked at.
    pub fn wait(&self) -> Duration {
        let now = self.wizard.now();
        let accepted = unpoisoned(&self.accepted).wait(now);
        let state = unpoisoned(&self.state);
        state.waiting().filter_map(|watched| watched.wait(now)).chain([accepted]).min().unwrap_or(accepted)
    }

    /// Whose time has come, the longest overdue first. After the computer slept each is due once, however long it slept.
    pub fn due(&self) -> Vec<String> {
        let (state, now) = (unpoisoned(&self.state), self.wizard.now());
        let is_due = |watched: &&Watched| watched.wait(now).is_some_and(Duration::is_zero);
        let mut due: Vec<&Watched> = state.waiting().filter(is_due).collect();
        due.sort_by_key(|watched| watched.watch.next_check());
        due.into_iter().map(|watched| watched.subject.id()).collect()
    }

    /// Looks at a record now, whatever its schedule. What it means is taken into the list as it is by then: a record that
    /// was taken away meanwhile stays away. `None` when it means what it meant before. Dropping the future calls the look
    /// off.
    ///
    /// # Errors
    /// Why the list could not be saved.
    pub async fn look(&self, id: &str) -> Result<Option<News>, Failure> {
        let Some((subject, _under_way)) = self.begin(id) else { return Ok(None) };
        let seen = match &subject {
            Subject::Record { domain, label, expected } => {
                self.look_at_record(id, domain, label, expected.as_deref()).await
            }
            Subject::Project { project, domain } => self.look_at_project(project, domain).await,
        };
        self.take(id, seen)
    }

    async fn look_at_record(
        &self,
        id: &str,
        domain: &str,
        label: &str,
        expected: Option<&str>,
    ) -> Result<Look, Failure> {
        let mut report = self.wizard.check_any_domain(domain, label, expected).await?;
        if let Some(last) = self.last(id) {
            report = report.following(&last);
        }
        if let Some(whom) = self.whom_to_ask(&report) {
            report = self.wizard.compare_report(report, &whom).await;
        }
        Ok(Look { seen: Seen { settled: settles(&report), report }, accepted: false, lost: None })
    }

    async fn look_at_project(&self, project: &str, domain: &str) -> Result<Look, Failure> {
        let view = self.wizard.look_at_domain(project, domain, false, &|_| {}).await?;
        let report = view.project.domains.entry(domain).and_then(|entry| entry.report.as_ref());
        let view = match report.and_then(|report| self.whom_to_ask(report)) {
            Some(whom) => self.wizard.compare_domain(project, domain, &whom).await?,
            None => view,
        };
        seen_in(view, domain, self.wizard.now())
    }

    fn last(&self, id: &str) -> Option<Report> {
        unpoisoned(&self.state).list.entry_mut(id)?.watch.last.clone()
    }

    /// Nobody before the name servers agree: a resolver that is asked earlier remembers that nothing is there.
    fn whom_to_ask(&self, report: &Report) -> Option<Comparison> {
        report.resolvers_may_be_asked().then(|| (self.whom)()).filter(|whom| !whom.is_nobody())
    }

    fn begin(&self, id: &str) -> Option<(Subject, UnderWay<'_>)> {
        let mut state = unpoisoned(&self.state);
        let subject = state.list.entry_mut(id)?.subject.clone();
        let begun = state.under_way.insert(id.to_owned());
        begun.then(|| (subject, UnderWay { watcher: self, id: id.to_owned() }))
    }

    fn take(&self, id: &str, look: Result<Look, Failure>) -> Result<Option<News>, Failure> {
        let (now, mut news) = (self.wizard.now(), None);
        let mut state = unpoisoned(&self.state);
        let Some(watched) = state.list.entry_mut(id) else { return Ok(None) };
        match look {
            Ok(look) => news = take(watched, look),
            Err(failure) if is_gone(&failure) => {
                state.list.entries.retain(|watched| watched.subject.id() != id);
            }
            Err(failure) => {
                tracing::info!(code = failure.code.as_str(), "a watched record was not looked at");
                watched.take_failure(now);
            }
        }
        let waits =
            state.saved_at.is_some_and(|saved| (Duration::ZERO..BETWEEN_SAVES).contains(&now.since(saved)));
        state.unsaved = true;
        if news.is_some() || !waits {
            self.save(&mut state, now)?;
        }
        Ok(news)
    }

    fn save(&self, state: &mut State, now: Timestamp) -> Result<(), Failure> {
        let saved = self.store.save(&state.list);
        // What was seen holds until the program ends, also where it cannot be written.
        state.problem = saved.as_ref().err().map(|failure| failure.code);
        (state.saved_at, state.unsaved) = (Some(now), false);
        saved
    }

    /// Writes what was seen and is not written yet, when the looks have come to a rest.
    ///
    /// # Errors
    /// Why the list could not be saved.
    pub fn flush(&self) -> Result<(), Failure> {
        let mut state = unpoisoned(&self.state);
        if state.unsaved { self.save(&mut state, self.wizard.now()) } else { Ok(()) }
    }

    fn change(
        &self,
        change: impl FnOnce(&mut State) -> Result<(), Failure>,
    ) -> Result<WatchListView, Failure> {
        let mut state = unpoisoned(&self.state);
        if state.problem == Some(FailureCode::WatchListNewer) {
            return Err(Failure::new(FailureCode::WatchListNewer, "the watch list is of a newer version"));
        }
        let before = state.list.clone();
        change(&mut state)?;
        if state.list != before {
            self.save(&mut state, self.wizard.now())?;
        }
        drop(state);
        Ok(self.view())
    }
}

impl State {
    /// Those nobody is looking at.
    fn waiting(&self) -> impl Iterator<Item = &Watched> {
        self.list.entries.iter().filter(|watched| !self.under_way.contains(&watched.subject.id()))
    }
}

impl WatchList {
    fn entry_mut(&mut self, id: &str) -> Option<&mut Watched> {
        self.entries.iter_mut().find(|watched| watched.subject.id() == id)
    }
}

/// A look that goes on; it ends with this.
struct UnderWay<'a> {
    watcher: &'a Watcher,
    id: String,
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        unpoisoned(&self.watcher.state).under_way.remove(&self.id);
    }
}

/// What a look came to.
struct Look {
    seen: Seen,
    /// Whether the service has accepted the domain.
    accepted: bool,
    /// The record of an accepted domain is gone.
    lost: Option<Lost>,
}

fn take(watched: &mut Watched, Look { seen, accepted, lost }: Look) -> Option<News> {
    let report = seen.report.clone();
    let (subject, unicode) = (watched.subject.clone(), watched.unicode.clone());
    watched.take(seen).then_some(News { subject, unicode, report, accepted, lost })
}

/// What a project has about a domain after a look, and whether the service has accepted it.
fn seen_in(view: ProjectView, domain: &str, now: Timestamp) -> Result<Look, Failure> {
    let project: Project = view.project;
    let report = project.domains.entry(domain).and_then(|entry| entry.report.clone());
    let report = report.ok_or_else(|| {
        Failure::new(FailureCode::InvalidInput, "the project has no such domain").on("domain")
    })?;
    let is_gone = is_record_gone(&project, domain);
    let accepted = project.known_domain(domain).is_some_and(|known| known.state == DomainState::Verified);
    let published = project.backend.is_by_hand() && report.verdict == Verdict::Verified;
    Ok(Look {
        seen: Seen { report, settled: (accepted && !is_gone) || published },
        accepted: accepted && !is_gone,
        lost: is_gone.then(|| Lost { days_left: days_left(&project, domain, now) }),
    })
}

/// Whether there is nothing any more that could be watched.
fn is_gone(failure: &Failure) -> bool {
    failure.code == FailureCode::ProjectMissing
        || (failure.code == FailureCode::InvalidInput && failure.field.as_deref() == Some("domain"))
}
