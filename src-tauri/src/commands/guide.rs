//! The guides.

use super::Here;
use crate::ipc_error::Answer;
use guides::Guide;

/// The guide of a project, whole.
#[tauri::command]
#[specta::specta]
pub async fn guide(here: Here<'_>, id: String) -> Answer<Guide> {
    Ok(here.wizard.guide_of(&id)?)
}
