//! Another identity provider, or another place for the settings, and back.

use super::Here;
use crate::ipc_error::Answer;
use vocabulary::Secret;
use wizard::ProjectView;
use wizard::switch::{Plan, Target};

/// What a change would do; nothing is changed.
#[tauri::command]
#[specta::specta]
pub async fn plan_switch(here: Here<'_>, id: String, target: Target) -> Answer<Plan> {
    Ok(here.wizard.plan_switch(&id, target)?)
}

/// Makes the change. An access token is needed for a service at a URL that the project was not at before.
#[tauri::command]
#[specta::specta]
pub async fn switch_project(
    here: Here<'_>,
    id: String,
    target: Target,
    access_token: Option<String>,
) -> Answer<ProjectView> {
    Ok(here.wizard.switch_to(&id, target, access_token.map(Secret::new)).await?)
}

/// Goes back to where the last change came from.
#[tauri::command]
#[specta::specta]
pub async fn undo_switch(here: Here<'_>, id: String) -> Answer<ProjectView> {
    Ok(here.wizard.undo_switch(&id).await?)
}
