//! The list of projects, and a project as a whole.

use super::Here;
use crate::ipc_error::Answer;
use crate::once_page;
use account_api::AuditLog;
use tauri::AppHandle;
use vocabulary::Secret;
use wizard::{NewProject, ProjectSummary, ProjectView};

/// Every project; those that cannot be opened come last, with the reason.
#[tauri::command]
#[specta::specta]
pub async fn list_projects(here: Here<'_>) -> Answer<Vec<ProjectSummary>> {
    Ok(here.wizard.projects()?)
}

/// Makes a project and its account at the service. An access token is needed for a service at a URL.
#[tauri::command]
#[specta::specta]
pub async fn create_project(
    here: Here<'_>,
    asked: NewProject,
    access_token: Option<String>,
) -> Answer<ProjectView> {
    let id = uuid::Uuid::new_v4().to_string();
    Ok(here.wizard.create(id, asked, access_token.map(Secret::new)).await?)
}

/// The project as it was left.
#[tauri::command]
#[specta::specta]
pub async fn open_project(here: Here<'_>, id: String) -> Answer<ProjectView> {
    Ok(here.wizard.open(&id)?)
}

/// Asks the service for its state and judges everything anew.
#[tauri::command]
#[specta::specta]
pub async fn refresh_project(here: Here<'_>, id: String) -> Answer<ProjectView> {
    Ok(here.wizard.refresh(&id).await?)
}

/// Takes a project out of the list.
#[tauri::command]
#[specta::specta]
pub async fn remove_project(here: Here<'_>, id: String) -> Answer<()> {
    Ok(here.wizard.remove(&id)?)
}

/// Brings a removed project back.
#[tauri::command]
#[specta::specta]
pub async fn restore_project(here: Here<'_>, id: String) -> Answer<ProjectView> {
    Ok(here.wizard.restore(&id)?)
}

/// Remembers the screen that is open.
#[tauri::command]
#[specta::specta]
pub async fn remember_place(here: Here<'_>, id: String, place: String) -> Answer<()> {
    Ok(here.wizard.remember_place(&id, &place)?)
}

/// Signs in to the project's service with a new access token, or with the sign-in that was made in the browser.
#[tauri::command]
#[specta::specta]
pub async fn sign_in(here: Here<'_>, id: String, access_token: Option<String>) -> Answer<ProjectView> {
    Ok(here.wizard.sign_in(&id, access_token.map(Secret::new)).await?)
}

/// Signs in to the account service at a URL in the system's browser. What comes of it stays in the shell until a project
/// takes it. Can be cancelled as `run`.
#[tauri::command]
#[specta::specta]
pub async fn sign_in_in_browser(app: AppHandle, here: Here<'_>, url: String, run: String) -> Answer<()> {
    let work = once_page::sign_in(&app, &here.texts, &here.browser, &url);
    Ok(here.runs.run(&run, work).await?)
}

/// Who did what at the service.
#[tauri::command]
#[specta::specta]
pub async fn audit_log(here: Here<'_>, id: String) -> Answer<AuditLog> {
    Ok(here.wizard.audit(&id).await?)
}
