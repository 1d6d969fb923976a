//! The record of an accepted domain has to stay. Where nobody watches it, it is looked at once a day, so that its loss is
//! noticed also while its project is closed.

use super::Watcher;
use crate::app::unpoisoned;
use crate::error::Failure;
use crate::project::Project;
use crate::watching::{DAILY, Subject};
use account_api::DomainState;
use std::collections::HashMap;
use time::Duration;
use vocabulary::Timestamp;

/// So often it is read from the projects which domains are accepted.
const ROUND: Duration = Duration::HOUR;

/// The accepted domains that nobody watches, and when each is due.
#[derive(Default)]
pub(super) struct Accepted {
    read_at: Option<Timestamp>,
    due: HashMap<Subject, Timestamp>,
    /// When a look began, whatever came of it.
    begun: HashMap<Subject, Timestamp>,
}

impl Accepted {
    pub(super) fn wait(&self, now: Timestamp) -> Duration {
        let round = self.read_at.map_or(now, |at| at.plus(ROUND));
        let next = self.due.values().copied().chain([round]).min().unwrap_or(round);
        // A clock that was set back makes nobody wait longer than a round.
        next.since(now).clamp(Duration::ZERO, ROUND)
    }

    fn is_time_to_read(&self, now: Timestamp) -> bool {
        self.read_at.is_none_or(|at| !(Duration::ZERO..ROUND).contains(&now.since(at)))
    }

    fn take(&mut self, projects: &[Project], now: Timestamp) {
        self.read_at = Some(now);
        self.due.clear();
        for (subject, looked_at) in projects.iter().flat_map(accepted_of) {
            let last = self.begun.get(&subject).copied().max(looked_at);
            self.due.insert(subject, last.map_or(now, |last| last.plus(DAILY)));
        }
        let due = &self.due;
        self.begun.retain(|subject, _| due.contains_key(subject));
    }
}

/// The accepted domains of a project, and when each was looked at last.
fn accepted_of(project: &Project) -> impl Iterator<Item = (Subject, Option<Timestamp>)> {
    let entries = project.domains.entries.iter().filter(move |_| project.task.is_none());
    entries.filter_map(move |entry| {
        project.known_domain(&entry.name).filter(|known| known.state == DomainState::Verified)?;
        let subject = Subject::Project { project: project.id.clone(), domain: entry.name.clone() };
        Some((subject, entry.report.as_ref().map(|report| report.checked_at)))
    })
}

impl Watcher {
    /// The accepted domains whose daily look has come, but for those on the watch list: they have a time of their own,
    /// or rest because somebody said so.
    pub fn accepted_due(&self) -> Vec<Subject> {
        let now = self.wizard.now();
        let mut accepted = unpoisoned(&self.accepted);
        if accepted.is_time_to_read(now) {
            match self.wizard.store.readable() {
                Ok(projects) => accepted.take(&projects, now),
                Err(failure) => {
                    tracing::warn!(code = failure.code.as_str(), "the projects could not be read");
                    accepted.read_at = Some(now);
                }
            }
        }
        let is_watched = |subject: &Subject| {
            let id = subject.id();
            unpoisoned(&self.state).list.entries.iter().any(|watched| watched.subject.id() == id)
        };
        accepted.due.retain(|subject, _| !is_watched(subject));
        let due = accepted.due.iter().filter(|(_, at)| **at <= now);
        due.map(|(subject, _)| subject.clone()).collect()
    }

    /// Looks at the record of an accepted domain. That it is gone is told by [`take_up_gone`](Self::take_up_gone).
    ///
    /// # Errors
    /// Why the project could not be read or saved.
    pub async fn look_at_accepted(&self, subject: &Subject) -> Result<(), Failure> {
        let now = self.wizard.now();
        {
            let mut accepted = unpoisoned(&self.accepted);
            // Somebody looks already.
            if accepted.due.remove(subject).is_none() {
                return Ok(());
            }
            accepted.begun.insert(subject.clone(), now);
        }
        let Subject::Project { project, domain } = subject else { return Ok(()) };
        self.wizard.look_at_domain(project, domain, false, &|_| {}).await.map(|_| ())
    }
}
