//! The guides.

use super::Here;
use crate::ipc_error::Answer;
use guides::Guide;
use wizard::ProjectView;
use wizard::walk::Edit as WalkEdit;

/// The guide of a project, whole.
#[tauri::command]
#[specta::specta]
pub async fn guide(here: Here<'_>, id: String) -> Answer<Guide> {
    Ok(here.wizard.guide_of(&id)?)
}

/// Says what was seen at a hop of a test that is walked by hand.
#[tauri::command]
#[specta::specta]
pub async fn edit_walk(here: Here<'_>, id: String, edit: WalkEdit) -> Answer<ProjectView> {
    Ok(here.wizard.edit_walk(&id, edit)?)
}
