//! Step 2: the service registered as an application in the identity provider.

use super::{Context, Draft, StepView};
use crate::project::Project;
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, StepId, Timestamp};

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "AppRegistrationStep")]
pub struct AppRegistration {
    /// The application's name in the identity provider; free.
    pub app_name: String,
    /// The identity provider's id of the tenant, used for links to the exact portal page; optional.
    pub tenant_id: String,
    /// When the admin said that the configuration in the identity provider is done.
    pub marked_at: Option<Timestamp>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[serde(rename = "AppRegistrationEdit")]
pub enum Edit {
    /// The application's name.
    AppName {
        /// As typed.
        value: String,
    },
    /// The tenant's id.
    TenantId {
        /// As typed.
        value: String,
    },
}

/// Changes the project.
pub fn apply(project: &mut Project, edit: Edit) {
    let data = &mut project.app_registration;
    match edit {
        Edit::AppName { value } => data.app_name = value,
        Edit::TenantId { value } => data.tenant_id = value.trim().to_owned(),
    }
}

/// What is true now.
pub fn view(context: &Context<'_>) -> StepView {
    let data = &context.project.app_registration;
    let known = context.project.integration().and_then(|known| known.app_registration.as_ref());
    let name = data.app_name.trim();
    let mut draft = Draft::new(StepId::AppRegistration);
    draft.started = !name.is_empty() || context.any_confirmed(StepId::AppRegistration);
    draft.missing = context.unconfirmed(StepId::AppRegistration);
    draft.missing.extend(context.mark_missing(StepId::AppRegistration, data.marked_at, known));
    draft.done_at = context.marked_at(StepId::AppRegistration, data.marked_at);
    if !name.is_empty() {
        draft.evidence.push(Finding::info("app-named").with("name", name));
    }
    if name != data.app_name && !name.is_empty() {
        draft.findings.push(Finding::info("app-name-blanks"));
    }
    draft.settle(context.now)
}
