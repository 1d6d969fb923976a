//! A service that its own support sets up: the package that is sent there.

use super::Here;
use crate::files;
use crate::ipc_error::Answer;
use crate::package;
use tauri::{AppHandle, Window};
use tauri_plugin_opener::OpenerExt;
use wizard::support::Edit as SupportEdit;
use wizard::{Failure, FailureCode, ProjectView};

/// Changes what is agreed with the service's support, or how far the package is.
#[tauri::command]
#[specta::specta]
pub async fn edit_support(here: Here<'_>, id: String, edit: SupportEdit) -> Answer<ProjectView> {
    Ok(here.wizard.edit_support(&id, edit)?)
}

/// Saves the package as a zip archive where the user says; the path, nothing when called off.
#[tauri::command]
#[specta::specta]
pub async fn save_package(
    app: AppHandle,
    window: Window,
    here: Here<'_>,
    id: String,
) -> Answer<Option<String>> {
    let project = here.wizard.open(&id)?.project;
    let archive = package::zipped(&here.wizard.package(&id)?.files)?;
    let name = format!("{}-{}.zip", files::plain_name(&project.organization), project.service);
    Ok(files::save(&app, &window, &name, "ZIP", &archive).await?)
}

/// Opens the letter in the mail program. It carries no file: the package is attached by hand.
#[tauri::command]
#[specta::specta]
pub async fn write_package_mail(app: AppHandle, here: Here<'_>, id: String) -> Answer<()> {
    let address = here.wizard.package(&id)?.letter.mailto();
    let opened = app.opener().open_url(address, None::<&str>);
    Ok(opened.map_err(|error| Failure::new(FailureCode::MailNotOpened, error.to_string()))?)
}
