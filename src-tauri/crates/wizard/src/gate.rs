//! What is missing before *Activate*: the steps say it, and the service has the last word.

use crate::project::Project;
use crate::steps::{StepState, StepView};
use account_api::Status;
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, StepId, Timestamp};

/// What the service says while no sign-in to its portal was seen to work.
const NO_SIGN_IN: &str = "no-portal-sign-in";

/// What the service says while it wants a licence key first, and the account has none that is licensed per user.
const NO_LICENCE_KEY: &str = "no-licence-key";

/// The finding for that.
pub(crate) const LICENCE_KEY_MISSING: &str = "licence-key-missing";

/// The finding for what only the service knows, whatever else the step lacks.
fn of_service(blocker: &str) -> Option<&'static str> {
    match blocker {
        NO_SIGN_IN => Some("sign-in-not-tested"),
        NO_LICENCE_KEY => Some(LICENCE_KEY_MISSING),
        _ => None,
    }
}

/// Whether single sign-on is on, and what is missing while it is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Activation {
    /// Whether it is on, as the service said last.
    pub active: bool,
    /// Since when.
    pub since: Option<Timestamp>,
    /// What is missing, in the order of the steps; empty when it can be switched on.
    pub missing: Vec<Missing>,
    /// Whether nothing is missing but a sign-in that was seen to work, which can be done without by insisting.
    pub can_insist: bool,
    /// What is different about the switch elsewhere from what is known here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Finding>,
}

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Missing {
    /// The step to go to.
    pub step: StepId,
    /// What is missing there.
    pub finding: Finding,
}

/// The gate as it stands: everything a step lacks or has open, then whatever only the service knows.
pub fn activation(project: &Project, steps: &[StepView]) -> Activation {
    let integration = project.integration();
    let mut missing: Vec<Missing> = steps.iter().flat_map(lacks).collect();
    for blocker in integration.iter().flat_map(|integration| &integration.blockers) {
        if let Some(finding) = of_service(&blocker.code) {
            missing.push(Missing { step: blocker.step, finding: Finding::info(finding) });
        } else if !missing.iter().any(|known| known.step == blocker.step) {
            let finding = Finding::info("service-blocks").with("blocker", &blocker.code);
            let finding = finding.with("subject", blocker.subject.as_deref().unwrap_or_default());
            missing.push(Missing { step: blocker.step, finding });
        }
    }
    if integration.is_none() && missing.is_empty() {
        missing.push(Missing { step: StepId::Domains, finding: Finding::info("service-not-seen") });
    }
    // Without the key nothing else can be saved.
    missing.sort_by_key(|missing| (missing.finding.code != LICENCE_KEY_MISSING, missing.step));
    let untested = |one: &Missing| one.finding.code == "sign-in-not-tested";
    Activation {
        can_insist: !missing.is_empty() && missing.iter().all(untested),
        active: integration.is_some_and(|integration| integration.status == Status::Active),
        since: integration.and_then(|integration| integration.activated_at),
        missing,
        notes: crate::polis::judge_switch(project).into_iter().collect(),
    }
}

fn lacks(view: &StepView) -> Vec<Missing> {
    if matches!(view.state, StepState::NotNeeded { .. }) && !view.unsent {
        return Vec::new();
    }
    let mut lacks: Vec<Finding> = view.open().chain(&view.missing).cloned().collect();
    if lacks.is_empty() && view.unsent {
        lacks.push(Finding::info("step-unsent"));
    }
    lacks.into_iter().map(|finding| Missing { step: view.step, finding }).collect()
}
