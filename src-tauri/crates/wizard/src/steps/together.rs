//! What becomes of a step's view when somebody else has the step, or when it is all that was handed over.

use super::{Context, Proof, StepState, StepView};
use domain_check::Verdict;
use vocabulary::{Severity, StepId};

/// What only the service, or whoever is connected to it, can bring about.
const NEEDS_THE_SERVICE: &[&str] = &[
    "mark-unsent",
    "domain-unsent",
    "backup-login-unsent",
    "backup-login-missing",
    "backup-login-never-signed-in",
    "scim-token-missing",
];

/// The view as the people who share the step see it.
pub(super) fn shared(context: &Context<'_>, view: StepView) -> StepView {
    if context.project.task.is_some() {
        return alone(context, view);
    }
    let Some(given) = context.project.handovers.iter().find(|one| one.step == view.step) else { return view };
    let waits =
        matches!(view.state, StepState::NotStarted | StepState::InProgress | StepState::Waiting { .. });
    let state = match view.state {
        _ if given.conflict.is_some() => StepState::NeedsAttention { severity: Severity::Warning },
        _ if waits => StepState::Waiting { for_whom: given.to.clone(), since: given.at },
        state => state,
    };
    StepView { owner: given.to.clone(), state, ..view }
}

/// Without a service: done when everything is there that can be done without one.
fn alone(context: &Context<'_>, mut view: StepView) -> StepView {
    let published = published(context);
    view.unsent = false;
    view.missing.retain(|missing| {
        let code = missing.code.as_ref();
        let settled = published && code == "domain-not-accepted";
        !settled && !NEEDS_THE_SERVICE.contains(&code)
    });
    let open =
        matches!(view.state, StepState::NotStarted | StepState::InProgress | StepState::Waiting { .. });
    if open && view.missing.is_empty() {
        let by = if view.step == StepId::Domains { Proof::Evidence } else { Proof::Word };
        view.state = StepState::Done { by, at: context.project.saved_at };
    }
    view
}

fn published(context: &Context<'_>) -> bool {
    let verified = |report: &domain_check::Report| report.verdict == Verdict::Verified;
    context.project.domains.entries.iter().all(|entry| entry.report.as_ref().is_some_and(verified))
}
