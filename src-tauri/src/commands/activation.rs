//! Single sign-on on and off.

use super::Here;
use crate::ipc_error::Answer;
use wizard::ProjectView;

/// Switches single sign-on on when nothing is missing.
#[tauri::command]
#[specta::specta]
pub async fn activate(here: Here<'_>, id: String) -> Answer<ProjectView> {
    Ok(here.wizard.activate(&id).await?)
}

/// Switches single sign-on off.
#[tauri::command]
#[specta::specta]
pub async fn deactivate(here: Here<'_>, id: String) -> Answer<ProjectView> {
    Ok(here.wizard.deactivate(&id).await?)
}
