//! Step 7.

use super::Here;
use crate::ipc_error::Answer;
use wizard::ProjectView;
use wizard::steps::backup_login::Edit as BackupLoginEdit;

/// Changes one field.
#[tauri::command]
#[specta::specta]
pub async fn edit_backup_login(here: Here<'_>, id: String, edit: BackupLoginEdit) -> Answer<ProjectView> {
    Ok(here.wizard.edit_backup_login(&id, edit)?)
}
