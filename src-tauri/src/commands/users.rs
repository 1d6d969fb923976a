//! Step 6.

use super::Here;
use crate::ipc_error::Answer;
use wizard::ProjectView;
use wizard::steps::users::Edit as UsersEdit;

/// Ticks a warning, or takes the tick back.
#[tauri::command]
#[specta::specta]
pub async fn edit_users(here: Here<'_>, id: String, edit: UsersEdit) -> Answer<ProjectView> {
    Ok(here.wizard.edit_users(&id, edit)?)
}

/// Asks the service who has arrived.
#[tauri::command]
#[specta::specta]
pub async fn look_for_users(here: Here<'_>, id: String) -> Answer<ProjectView> {
    Ok(here.wizard.refresh(&id).await?)
}
