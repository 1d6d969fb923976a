//! What all steps have: confirmations, the mark at their end, sending, conflicts.

use super::Here;
use crate::ipc_error::Answer;
use vocabulary::StepId;
use wizard::ProjectView;
use wizard::app::Keep;

/// Gives or takes back one of the guide's confirmations.
#[tauri::command]
#[specta::specta]
pub async fn confirm(here: Here<'_>, id: String, confirmation: String, given: bool) -> Answer<ProjectView> {
    Ok(here.wizard.confirm(&id, &confirmation, given)?)
}

/// Says that the configuration in the identity provider is done, or takes that back, and sends it.
#[tauri::command]
#[specta::specta]
pub async fn mark_step(here: Here<'_>, id: String, step: StepId, done: bool) -> Answer<ProjectView> {
    Ok(here.wizard.mark(&id, step, done).await?)
}

/// Sends what the step has that the service has not.
#[tauri::command]
#[specta::specta]
pub async fn push_step(here: Here<'_>, id: String, step: StepId) -> Answer<ProjectView> {
    Ok(here.wizard.push(&id, step).await?)
}

/// Decides a conflict.
#[tauri::command]
#[specta::specta]
pub async fn resolve_conflict(here: Here<'_>, id: String, keep: Keep) -> Answer<ProjectView> {
    Ok(here.wizard.resolve(&id, keep).await?)
}
