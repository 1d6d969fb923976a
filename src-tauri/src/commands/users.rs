//! Step 6.

use super::Here;
use crate::ipc_error::Answer;
use wizard::ProjectView;

/// Asks the service who has arrived.
#[tauri::command]
#[specta::specta]
pub async fn look_for_users(here: Here<'_>, id: String) -> Answer<ProjectView> {
    Ok(here.wizard.refresh(&id).await?)
}
