//! The record of an accepted domain that is gone: it is watched from then on, and told.

use super::{State, Watcher};
use crate::app::unpoisoned;
use crate::error::Failure;
use crate::project::Project;
use crate::steps::domains::{days_left, is_gone};
use crate::watching::{Lost, MOST, News, Subject, Watched};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

/// Accepted domains whose record has turned out to be gone, until the watcher takes them.
#[derive(Default)]
pub(in crate::app) struct Gone {
    found: Mutex<Vec<Subject>>,
    /// So many looks are not over yet: the service may still say how many days are left.
    held: AtomicUsize,
    wake: OnceLock<Box<dyn Fn() + Send + Sync>>,
}

impl Gone {
    /// Compares a project with what it was.
    pub(in crate::app) fn note(&self, before: &Project, now: &Project) {
        let names = now.domains.entries.iter().map(|entry| &entry.name);
        let newly = names.filter(|name| is_gone(now, name) && !is_gone(before, name));
        let newly: Vec<Subject> =
            newly.map(|name| Subject::Project { project: now.id.clone(), domain: name.clone() }).collect();
        if newly.is_empty() {
            return;
        }
        unpoisoned(&self.found).extend(newly);
        self.wake();
    }

    /// Has nothing taken up before what is returned is dropped.
    pub(in crate::app) fn hold(&self) -> Hold<'_> {
        self.held.fetch_add(1, Ordering::SeqCst);
        Hold(self)
    }

    fn take(&self) -> Vec<Subject> {
        if self.held.load(Ordering::SeqCst) > 0 {
            return Vec::new();
        }
        std::mem::take(&mut *unpoisoned(&self.found))
    }

    fn wake(&self) {
        if let Some(wake) = self.wake.get() {
            wake();
        }
    }
}

/// A look that is not over yet.
pub(in crate::app) struct Hold<'a>(&'a Gone);

impl Drop for Hold<'_> {
    fn drop(&mut self) {
        self.0.held.fetch_sub(1, Ordering::SeqCst);
        if !unpoisoned(&self.0.found).is_empty() {
            self.0.wake();
        }
    }
}

impl Watcher {
    /// Has `wake` called when [`take_up_gone`](Self::take_up_gone) has something to take up. The first one counts.
    pub fn wake_by(&self, wake: impl Fn() + Send + Sync + 'static) {
        if self.wizard.gone.wake.set(Box::new(wake)).is_err() {
            tracing::warn!("somebody else is woken already");
        }
    }

    /// Watches the accepted domains whose record is gone, from now on and as often as at the beginning, and says which
    /// they are. One that rests, because somebody said so, goes on resting.
    ///
    /// # Errors
    /// Why the list could not be saved.
    pub fn take_up_gone(&self) -> Result<Vec<News>, Failure> {
        let found = self.wizard.gone.take();
        let mut news: Vec<News> =
            found.into_iter().filter_map(|subject| self.news_of_gone(subject)).collect();
        news.retain(|news| !self.is_told(news));
        if !news.is_empty() {
            self.change(|state| {
                news.iter().for_each(|news| self.take_up(state, news));
                Ok(())
            })?;
        }
        Ok(news)
    }

    /// Whether a look of the watch itself has told it.
    fn is_told(&self, News { subject, report, .. }: &News) -> bool {
        let mut state = unpoisoned(&self.state);
        let known = state.list.entry_mut(&subject.id());
        known.is_some_and(|known| known.settled_at.is_none() && known.told == report.headline())
    }

    fn news_of_gone(&self, subject: Subject) -> Option<News> {
        let Subject::Project { project, domain } = &subject else { return None };
        let project = self.wizard.store.load(project).ok()?;
        let entry = project.domains.entry(domain)?;
        let lost = Lost { days_left: days_left(&project, domain, self.wizard.now()) };
        let (unicode, report) = (entry.unicode.clone(), entry.report.clone()?);
        Some(News { subject, unicode, report, accepted: false, lost: Some(lost) })
    }

    fn take_up(&self, state: &mut State, news: &News) {
        let now = self.wizard.now();
        if let Some(known) = state.list.entry_mut(&news.subject.id()) {
            known.unsettle(now);
            known.told = news.report.headline();
        } else if state.list.entries.len() < MOST {
            let report = Some(news.report.clone());
            let mut watched = Watched::new(news.subject.clone(), news.unicode.clone(), report, now);
            watched.told = news.report.headline();
            state.list.entries.push(watched);
        } else {
            tracing::warn!(
                "the watch list is full; the record of an accepted domain is gone and is not watched"
            );
        }
    }
}
