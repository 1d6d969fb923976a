//! Sign-ins through Polis, as far as Polis tells of them.

use super::Traces;
use crate::project::Project;
use crate::sign_in::{SignInView, check, check_received};
use account_api::SignInPurpose;
use guides::Guide;
use serde::{Deserialize, Serialize};
use vocabulary::Timestamp;

/// The sign-ins that failed, ready to be shown. They tell who somebody is, and are kept nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIns {
    /// The newest first.
    pub failed: Vec<FailedSignIn>,
    /// Whether there are more, which were not looked at.
    pub more: bool,
    /// When Polis was asked.
    pub asked_at: Timestamp,
}

/// A sign-in that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedSignIn {
    /// What Polis calls it.
    pub id: String,
    /// When it was, by the clock of Polis.
    pub at: Option<Timestamp>,
    /// What Polis says went wrong.
    pub error: String,
    /// The answer of the identity provider beside what is expected; of what Polis says when it kept no answer.
    pub sign_in: SignInView,
}

/// The newest sign-in that was begun from here. What became of it only the person at the browser sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "TestedInPolis")]
pub struct Tested {
    /// When its page was opened.
    pub begun_at: Timestamp,
    /// When somebody said that it ended at the default redirect URL with a code.
    #[serde(default)]
    pub came_through_at: Option<Timestamp>,
}

impl SignIns {
    /// Judges what Polis wrote down; the answers in it as an answer that somebody has, at the time that Polis had it.
    pub(crate) fn of(traces: Traces, project: &Project, guide: &Guide, now: Timestamp) -> Self {
        // Polis knows one kind of sign-in.
        let purpose = SignInPurpose::Portal;
        let failed = traces.traces.into_iter().map(|trace| {
            let text = trace.response.as_deref().unwrap_or(&trace.error);
            let at = trace.at;
            let checked = match at {
                Some(at) => check_received(project, guide, purpose, text.as_bytes(), at),
                None => check(project, guide, purpose, text.as_bytes(), now),
            };
            let sign_in = SignInView::of_given(checked, purpose, project, guide);
            FailedSignIn { id: trace.id, at, error: trace.error, sign_in: sign_in.refused(at) }
        });
        Self { failed: failed.collect(), more: traces.more, asked_at: now }
    }
}
