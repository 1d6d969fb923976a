//! What a rehearsal has done so far. It outlives the sequence that is cut short.

use crate::rehearsal::Check;
use std::sync::{Mutex, MutexGuard, PoisonError};

#[derive(Debug, Default)]
pub(crate) struct Record(Mutex<State>);

#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) checks: Vec<Check>,
    pub(crate) made: Vec<Made>,
    /// Somebody wants it to end: nothing more is asked.
    pub(crate) is_stopping: bool,
    /// A change is on its way. Whoever does not wait for its answer cleans up before it is made.
    pub(crate) is_changing: bool,
}

/// A user or group that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Made {
    /// `/Users` or `/Groups`.
    pub(crate) endpoint: &'static str,
    /// `userName` or `displayName` as it was sent first.
    pub(crate) name: String,
    /// Once the answer has come.
    pub(crate) id: Option<String>,
    /// Whether it was deleted and not found afterwards, or refused.
    pub(crate) is_gone: bool,
}

impl Record {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that something is about to be made: the answer may never come.
    pub(crate) fn intend(&self, endpoint: &'static str, name: &str) {
        let made = Made { endpoint, name: name.to_owned(), id: None, is_gone: false };
        self.state().made.push(made);
    }

    /// Edits the newest note of that name.
    pub(crate) fn settle(&self, endpoint: &str, name: &str, edit: impl FnOnce(&mut Made)) {
        let mut state = self.state();
        let made = state.made.iter_mut().rev().find(|made| made.endpoint == endpoint && made.name == name);
        if let Some(made) = made {
            edit(made);
        }
    }

    pub(crate) fn gone(&self, endpoint: &str, id: &str) {
        let mut state = self.state();
        let is_it = |made: &&mut Made| made.endpoint == endpoint && made.id.as_deref() == Some(id);
        if let Some(made) = state.made.iter_mut().find(is_it) {
            made.is_gone = true;
        }
    }

    /// What may still be there, groups first: their members are users.
    pub(crate) fn open(&self) -> Vec<Made> {
        let state = self.state();
        let open = |endpoint: &'static str| {
            state.made.iter().filter(move |made| made.endpoint == endpoint && !made.is_gone).cloned()
        };
        open("/Groups").chain(open("/Users")).collect()
    }
}
