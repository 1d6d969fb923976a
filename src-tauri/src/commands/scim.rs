//! Step 5.

use super::Here;
use crate::ipc_error::Answer;
use crate::secret_clipboard;
use tauri::AppHandle;
use vocabulary::Secret;
use wizard::ProjectView;
use wizard::steps::scim::Edit as ScimEdit;

/// Switches provisioning and sends that.
#[tauri::command]
#[specta::specta]
pub async fn edit_scim(here: Here<'_>, id: String, edit: ScimEdit) -> Answer<ProjectView> {
    Ok(here.wizard.switch_scim(&id, edit).await?)
}

/// Keeps the bearer token of the service's portal in the keyring.
#[tauri::command]
#[specta::specta]
pub async fn keep_scim_token(here: Here<'_>, id: String, token: String) -> Answer<ProjectView> {
    Ok(here.wizard.keep_scim_token(&id, Secret::new(token)).await?)
}

/// Has a new bearer token issued and kept in the keyring; the old one stops working.
#[tauri::command]
#[specta::specta]
pub async fn issue_scim_token(here: Here<'_>, id: String) -> Answer<ProjectView> {
    Ok(here.wizard.issue_scim_token(&id).await?)
}

/// Puts the bearer token on the clipboard for a minute. The window never gets it.
#[tauri::command]
#[specta::specta]
pub async fn copy_scim_token(app: AppHandle, here: Here<'_>, id: String) -> Answer<()> {
    let token = here.wizard.scim_token(&id).await?;
    Ok(secret_clipboard::copy(&app, token)?)
}
