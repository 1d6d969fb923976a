//! Step 4.

use super::Here;
use crate::files;
use crate::ipc_error::Answer;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::{AppHandle, Window};
use tauri_plugin_dialog::DialogExt;
use wizard::app::MetadataFrom;
use wizard::metadata::EntitiesFound;
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
    read(&here, id, path).await
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
        Some(path) => read(&here, id, path).await.map(Some),
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
    let wizard = Arc::clone(&here.wizard);
    aside(move || wizard.choose_entity(&id, &entity_id)).await
}

/// Looks for identity providers in the document that was read last.
#[tauri::command]
#[specta::specta]
pub async fn find_entities(here: Here<'_>, id: String, text: String) -> Answer<EntitiesFound> {
    Ok(here.wizard.find_entities(&id, &text)?)
}

/// Reads the metadata at an https address, which learns that somebody asks. Can be cancelled under the name `run`.
#[tauri::command]
#[specta::specta]
pub async fn fetch_metadata(
    here: Here<'_>,
    id: String,
    url: String,
    allow_private: bool,
    run: String,
) -> Answer<ProjectView> {
    fetch(&here, id, Some((url, allow_private)), &run).await
}

/// Reads the metadata at the remembered address again. Can be cancelled under the name `run`.
#[tauri::command]
#[specta::specta]
pub async fn fetch_metadata_again(here: Here<'_>, id: String, run: String) -> Answer<ProjectView> {
    fetch(&here, id, None, &run).await
}

/// Checks the signature of the document that was read last, however large it is.
#[tauri::command]
#[specta::specta]
pub async fn check_metadata_signature(here: Here<'_>, id: String) -> Answer<ProjectView> {
    let wizard = Arc::clone(&here.wizard);
    aside(move || wizard.check_metadata_signature(&id)).await
}

/// Switches what the service does beyond the usual when somebody signs in.
#[tauri::command]
#[specta::specta]
pub async fn set_saml_options(
    here: Here<'_>,
    id: String,
    options: account_api::SamlOptions,
) -> Answer<ProjectView> {
    Ok(here.wizard.set_saml_options(&id, options).await?)
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
    Ok(files::save(&app, &window, "metadata.xml", "XML", &xml).await?)
}

/// A file is read in passing: it may have 100 MB.
async fn read(here: &Here<'_>, id: String, path: PathBuf) -> Answer<ProjectView> {
    let wizard = Arc::clone(&here.wizard);
    let from = MetadataFrom::File(name(&path));
    aside(move || wizard.read_document(&id, files::document(path), from)).await
}

async fn fetch(
    here: &Here<'_>,
    id: String,
    address: Option<(String, bool)>,
    run: &str,
) -> Answer<ProjectView> {
    let (document, from) = here.runs.run(run, here.wizard.fetch_metadata(&id, address)).await?;
    let wizard = Arc::clone(&here.wizard);
    aside(move || wizard.read_document(&id, document, from)).await
}

/// Does work that takes its time without holding up what else the window asks.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T, Failure> + Send + 'static) -> Answer<T> {
    let done = tauri::async_runtime::spawn_blocking(work).await;
    Ok(done.map_err(|error| Failure::new(FailureCode::FileUnreadable, error.to_string()))??)
}

/// Asks for a file; nothing when the choice is called off.
pub(super) async fn choose_xml(app: &AppHandle, window: &Window) -> Option<PathBuf> {
    let dialog = app.dialog().file().set_parent(window).add_filter("XML", &["xml"]).add_filter("*", &["*"]);
    let chosen = tauri::async_runtime::spawn_blocking(move || dialog.blocking_pick_file()).await;
    chosen.ok().flatten().and_then(|path| path.into_path().ok())
}

/// The bytes of a metadata file, and its name.
pub(super) fn read_file(path: &Path) -> Result<(Vec<u8>, MetadataFrom), Failure> {
    let name = name(path);
    let bytes = bounded(path).map_err(|error| {
        Failure::new(FailureCode::FileUnreadable, format!("{}: {error}", path.display())).with("file", &name)
    })?;
    Ok((bytes, MetadataFrom::File(name)))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// One byte more than the limit tells that a file is over it; the rest of a huge file is never read.
fn bounded(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(saml::LIMIT_BY_FILE).unwrap_or(u64::MAX).saturating_add(1);
    std::fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}
