//! Step 5.

use super::Here;
use crate::ipc_error::Answer;
use crate::secret_clipboard;
use account_api::ScimCalls;
use scim_rehearsal::{Progress, Rehearsal};
use serde::{Deserialize, Serialize};
use tauri::AppHandle;
use tauri_specta::Event;
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

/// Has a new bearer token issued and kept in the keyring; the old one works on for so many days, or stops at once.
#[tauri::command]
#[specta::specta]
pub async fn issue_scim_token(here: Here<'_>, id: String, keep_days: u8) -> Answer<ProjectView> {
    Ok(here.wizard.issue_scim_token(&id, keep_days).await?)
}

/// Ends the bearer token with those last characters.
#[tauri::command]
#[specta::specta]
pub async fn revoke_scim_token(here: Here<'_>, id: String, hint: String) -> Answer<ProjectView> {
    Ok(here.wizard.revoke_scim_token(&id, &hint).await?)
}

/// Puts the bearer token on the clipboard for a minute. The window never gets it.
#[tauri::command]
#[specta::specta]
pub async fn copy_scim_token(app: AppHandle, here: Here<'_>, id: String) -> Answer<()> {
    let token = here.wizard.scim_token(&id).await?;
    Ok(secret_clipboard::copy(&app, token)?)
}

/// Asks the service what the identity provider has sent.
#[tauri::command]
#[specta::specta]
pub async fn scim_calls(here: Here<'_>, id: String) -> Answer<ScimCalls> {
    Ok(here.wizard.scim_calls(&id).await?)
}

/// A rehearsal has made a check.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct RehearsalProgress {
    /// The name the rehearsal runs under.
    pub run: String,
    /// How far it is.
    pub so_far: Progress,
}

/// Plays what the identity provider will send. Can be cancelled as `run`: it takes away what it made before it ends.
#[tauri::command]
#[specta::specta]
pub async fn rehearse_provisioning(
    app: AppHandle,
    here: Here<'_>,
    id: String,
    run: String,
) -> Answer<Rehearsal> {
    let tell = |so_far: Progress| {
        if (RehearsalProgress { run: run.clone(), so_far }).emit(&app).is_err() {
            tracing::warn!("the window did not hear how far a rehearsal is");
        }
    };
    let name: String = run.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let endpoints = &*here.scim_endpoints;
    let work = |stop| here.wizard.rehearse_provisioning(&id, endpoints, &name, stop, &tell);
    Ok(here.runs.run_to_stop(&run, work).await?)
}
