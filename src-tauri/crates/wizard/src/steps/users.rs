//! Step 6: people put into the groups, now or later.

use super::{Context, Draft, Proof, StepView, mark_missing};
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, StepId, Timestamp};

/// What is entered; now or later is one of the guide's confirmations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "UsersStep")]
pub struct Users {
    /// When the admin said that the step is done.
    pub marked_at: Option<Timestamp>,
}

/// What is true now.
pub fn view(context: &Context<'_>) -> StepView {
    let data = &context.project.users;
    let known = context.project.known.as_ref();
    let mut draft = Draft::new(StepId::Users);
    draft.started = context.any_confirmed(StepId::Users);
    draft.done_at = data.marked_at;
    draft.missing = context.unconfirmed(StepId::Users);
    draft
        .missing
        .extend(mark_missing(data.marked_at, known.and_then(|known| known.integration.users.as_ref())));
    if let Some(arrivals) = known.map(|known| &known.arrivals).filter(|arrivals| arrivals.user_count > 0) {
        draft.proof = Proof::Evidence;
        draft.evidence.push(
            Finding::info("users-arrived")
                .with("users", arrivals.user_count)
                .with("groups", arrivals.group_count),
        );
    }
    for said in ["users-added", "users-later"] {
        if context.project.confirmed.contains_key(said) {
            draft.evidence.push(Finding::info(said));
        }
    }
    draft.settle(context.now)
}
