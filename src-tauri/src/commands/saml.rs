//! Step 4.

use super::Here;
use crate::ipc_error::Answer;
use std::io::Read;
use std::path::{Path, PathBuf};
use tauri::{AppHandle, Window};
use tauri_plugin_dialog::{DialogExt, FilePath};
use wizard::app::MetadataFrom;
use wizard::rollover::Edit as RolloverEdit;
use wizard::steps::saml::Edit as SamlEdit;
use wizard::{Failure, FailureCode, ProjectView};

/// Types one of the three values, or ticks a warning.
#[tauri::command]
#[specta::specta]
pub async fn edit_saml(here: Here<'_>, id: String, edit: SamlEdit) -> Answer<ProjectView> {
    Ok(here.wizard.edit_saml(&id, edit)?)
}

/// Decides something about the change of signing certificates, and sends what follows from it.
#[tauri::command]
#[specta::specta]
pub async fn edit_rollover(here: Here<'_>, id: String, edit: RolloverEdit) -> Answer<ProjectView> {
    Ok(here.wizard.edit_rollover(&id, edit).await?)
}

/// Reads the file that was dropped onto the window.
#[tauri::command]
#[specta::specta]
pub async fn read_dropped_metadata(here: Here<'_>, id: String) -> Answer<ProjectView> {
    let nothing = || Failure::new(FailureCode::NothingChosen, "no file was dropped");
    let path = here.dropped.take().ok_or_else(nothing)?;
    read(&here, &id, &path)
}

/// Asks for a file and reads it; nothing when the choice is called off.
#[tauri::command]
#[specta::specta]
pub async fn choose_metadata(
    app: AppHandle,
    window: Window,
    here: Here<'_>,
    id: String,
) -> Answer<Option<ProjectView>> {
    match choose_xml(&app, &window).await {
        Some(path) => read(&here, &id, &path).map(Some),
        None => Ok(None),
    }
}

/// Reads pasted metadata.
#[tauri::command]
#[specta::specta]
pub async fn paste_metadata(here: Here<'_>, id: String, text: String) -> Answer<ProjectView> {
    Ok(here.wizard.read_metadata(&id, text.into_bytes(), MetadataFrom::Paste)?)
}

/// Chooses one identity provider of the document that was read last.
#[tauri::command]
#[specta::specta]
pub async fn choose_entity(here: Here<'_>, id: String, entity_id: String) -> Answer<ProjectView> {
    Ok(here.wizard.choose_entity(&id, &entity_id)?)
}

/// Saves the service's SP metadata where the user says; answers with the path, nothing when called off.
#[tauri::command]
#[specta::specta]
pub async fn save_sp_metadata(
    app: AppHandle,
    window: Window,
    here: Here<'_>,
    id: String,
) -> Answer<Option<String>> {
    let xml = here.wizard.sp_metadata(&id).await?;
    let dialog =
        app.dialog().file().set_parent(&window).set_file_name("metadata.xml").add_filter("XML", &["xml"]);
    let chosen = tauri::async_runtime::spawn_blocking(move || dialog.blocking_save_file()).await;
    let Some(path) = chosen.ok().flatten().and_then(|path: FilePath| path.into_path().ok()) else {
        return Ok(None);
    };
    write(&path, &xml)?;
    Ok(Some(path.display().to_string()))
}

fn read(here: &Here<'_>, id: &str, path: &Path) -> Answer<ProjectView> {
    let (bytes, from) = read_file(path)?;
    Ok(here.wizard.read_metadata(id, bytes, from)?)
}

/// Asks for a file; nothing when the choice is called off.
pub(super) async fn choose_xml(app: &AppHandle, window: &Window) -> Option<PathBuf> {
    let dialog = app.dialog().file().set_parent(window).add_filter("XML", &["xml"]).add_filter("*", &["*"]);
    let chosen = tauri::async_runtime::spawn_blocking(move || dialog.blocking_pick_file()).await;
    chosen.ok().flatten().and_then(|path| path.into_path().ok())
}

/// The bytes of a metadata file, and its name.
pub(super) fn read_file(path: &Path) -> Result<(Vec<u8>, MetadataFrom), Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = bounded(path).map_err(|error| {
        Failure::new(FailureCode::FileUnreadable, format!("{}: {error}", path.display())).with("file", &name)
    })?;
    Ok((bytes, MetadataFrom::File(name)))
}

/// One byte more than the limit tells that a file is over it; the rest of a huge file is never read.
fn bounded(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(saml::LIMIT_BY_FILE).unwrap_or(u64::MAX).saturating_add(1);
    std::fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn write(path: &PathBuf, xml: &str) -> Result<(), Failure> {
    std::fs::write(path, xml).map_err(|error| {
        let why = format!("{}: {error}", path.display());
        Failure::new(FailureCode::StorageFailed, why).with("path", path.display())
    })
}
