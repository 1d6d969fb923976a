//! What the user interface shows of a project, computed here so that it never decides anything itself.

use crate::gate::{Activation, activation};
use crate::project::Project;
use crate::steps::{Context, StepView, views};
use guides::Guide;
use serde::{Deserialize, Serialize};
use vocabulary::{StepId, Timestamp};

/// One project, ready to be shown. It holds no secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProjectView {
    /// Everything entered.
    pub project: Project,
    /// The service's full name.
    pub service_name: String,
    /// The service's name inside a sentence.
    pub service_short_name: String,
    /// The identity provider's full name.
    pub idp_name: String,
    /// The identity provider's name inside a sentence.
    pub idp_short_name: String,
    /// The seven steps.
    pub steps: Vec<StepView>,
    /// How many of them are settled.
    pub settled: u8,
    /// The step to continue with; `None` when all are settled.
    pub next: Option<StepId>,
    /// Whether single sign-on is on, and what is missing.
    pub activation: Activation,
    /// How the service answered last.
    pub connection: Connection,
    /// The time this was computed at.
    pub now: Timestamp,
}

/// How the service answered last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Connection {
    /// It has not been asked since the program was started.
    Unknown,
    /// It answered.
    Connected,
    /// It did not answer; what is shown is what was seen last.
    Offline,
    /// It does not know the access token.
    SignedOut,
}

impl ProjectView {
    /// The view of a project at a time.
    pub fn new(project: Project, guide: &Guide, connection: Connection, now: Timestamp) -> Self {
        let steps = views(&Context { project: &project, guide, now });
        let settled = steps.iter().filter(|view| view.state.is_settled()).count();
        Self {
            service_name: guide.service.name.clone(),
            service_short_name: guide.service.short_name.clone(),
            idp_name: guide.identity_provider.name.clone(),
            idp_short_name: guide.identity_provider.short_name.clone(),
            settled: u8::try_from(settled).unwrap_or(u8::MAX),
            next: next(&steps),
            activation: activation(&project, &steps),
            steps,
            project,
            connection,
            now,
        }
    }
}

/// The first step that asks for attention; else the first open one whose predecessors are settled and that nobody
/// else is waited for; else the first open one.
fn next(steps: &[StepView]) -> Option<StepId> {
    use crate::steps::StepState::{NeedsAttention, Waiting};
    let settled = |step: &StepId| steps.iter().any(|view| view.step == *step && view.state.is_settled());
    let open = || steps.iter().filter(|view| !view.state.is_settled());
    let attention = open().find(|view| matches!(view.state, NeedsAttention { .. }));
    let ready = || open().find(|view| !matches!(view.state, Waiting { .. }) && view.step.follows().iter().all(settled));
    attention.or_else(ready).or_else(|| open().next()).map(|view| view.step)
}
