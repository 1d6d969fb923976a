//! Step 3.

use super::Here;
use crate::ipc_error::Answer;
use wizard::ProjectView;
use wizard::steps::groups::Edit as GroupsEdit;

/// Changes one field.
#[tauri::command]
#[specta::specta]
pub async fn edit_groups(here: Here<'_>, id: String, edit: GroupsEdit) -> Answer<ProjectView> {
    Ok(here.wizard.edit_groups(&id, edit)?)
}
