//! Single sign-on on and off.

use super::Here;
use crate::ipc_error::Answer;
use wizard::ProjectView;

/// Switches single sign-on on when nothing is missing, or nothing but a sign-in that was seen to work and the
/// organization's name was typed.
#[tauri::command]
#[specta::specta]
pub async fn activate(here: Here<'_>, id: String, without_sign_in: Option<String>) -> Answer<ProjectView> {
    Ok(here.wizard.activate(&id, without_sign_in).await?)
}

/// Switches single sign-on off.
#[tauri::command]
#[specta::specta]
pub async fn deactivate(here: Here<'_>, id: String) -> Answer<ProjectView> {
    Ok(here.wizard.deactivate(&id).await?)
}
