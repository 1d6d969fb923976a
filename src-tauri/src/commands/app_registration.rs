//! Step 2.

use super::Here;
use crate::ipc_error::Answer;
use wizard::ProjectView;
use wizard::steps::app_registration::Edit as AppRegistrationEdit;

/// Changes one field.
#[tauri::command]
#[specta::specta]
pub async fn edit_app_registration(
    here: Here<'_>,
    id: String,
    edit: AppRegistrationEdit,
) -> Answer<ProjectView> {
    Ok(here.wizard.edit_app_registration(&id, edit)?)
}
