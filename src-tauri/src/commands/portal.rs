//! The service's portal, by hand.

use super::Here;
use super::saml::{choose_xml, read_file};
use crate::ipc_error::Answer;
use tauri::{AppHandle, Window};
use wizard::ProjectView;
use wizard::app::MetadataFrom;
use wizard::portal::Edit as PortalEdit;

/// Changes what was taken from the portal, or what was ticked as standing there.
#[tauri::command]
#[specta::specta]
pub async fn edit_portal(here: Here<'_>, id: String, edit: PortalEdit) -> Answer<ProjectView> {
    Ok(here.wizard.edit_portal(&id, edit)?)
}

/// Asks for the file with the service's metadata and reads it; nothing when the choice is called off.
#[tauri::command]
#[specta::specta]
pub async fn choose_sp_metadata(
    app: AppHandle,
    window: Window,
    here: Here<'_>,
    id: String,
) -> Answer<Option<ProjectView>> {
    let Some(path) = choose_xml(&app, &window).await else { return Ok(None) };
    let (bytes, from) = read_file(&path)?;
    Ok(Some(here.wizard.read_sp_metadata(&id, &bytes, &from)?))
}

/// Reads pasted metadata of the service.
#[tauri::command]
#[specta::specta]
pub async fn paste_sp_metadata(here: Here<'_>, id: String, text: String) -> Answer<ProjectView> {
    Ok(here.wizard.read_sp_metadata(&id, text.as_bytes(), &MetadataFrom::Paste)?)
}
