//! The program itself: how it starts, how it looks, what it copies and opens.

use super::Here;
use crate::ipc_error::Answer;
use crate::own_guides::{OwnGuides, OwnGuidesView};
use crate::secret_clipboard;
use crate::settings::Appearance;
use crate::state::Shell;
use guides::Delivery;
use serde::Serialize;
use std::path::Path;
use std::sync::PoisonError;
use tauri::AppHandle;
use tauri_plugin_opener::OpenerExt;
use wizard::{Failure, FailureCode};

/// What the window needs before it shows anything.
#[derive(Debug, Serialize, specta::Type)]
pub struct StartView {
    /// The program's version.
    pub version: String,
    /// Light, dark, or as the system.
    pub appearance: Appearance,
    /// The last screen; none on the first start.
    pub place: Option<String>,
    /// The services, each with the identity providers there is a guide for.
    pub services: Vec<ServiceChoice>,
    /// Where the projects are kept.
    pub projects_folder: String,
    /// Guides of the user's own.
    pub own_guides: OwnGuidesView,
    /// Set when name server checks start from a lab and not from the root servers.
    pub dns_lab: Option<String>,
}

/// A service that can be set up.
#[derive(Debug, Serialize, specta::Type)]
pub struct ServiceChoice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The label of its TXT record; empty when no domain is proven to it.
    pub txt_label: String,
    /// How the values of the identity provider reach it.
    pub delivery: Delivery,
    /// Who sets it up from what is sent, where that is how they do.
    pub set_up_by: Option<String>,
    /// The identity providers there is a guide for.
    pub idps: Vec<Choice>,
}

/// Something that can be chosen.
#[derive(Debug, Serialize, specta::Type)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// What the window needs before it shows anything.
#[tauri::command]
#[specta::specta]
pub async fn start(here: Here<'_>) -> Answer<StartView> {
    Ok(shown(&here))
}

/// Reads the folder for guides of the user's own again.
#[tauri::command]
#[specta::specta]
pub async fn read_own_guides(here: Here<'_>) -> Answer<StartView> {
    let read = OwnGuides::read(&here.places.guides(), Some(here.wizard.library()));
    let read = read.map_err(|error| Failure::new(FailureCode::NoGuide, error.to_string()))?;
    here.wizard.use_guides(read.library);
    *here.own_guides.lock().unwrap_or_else(PoisonError::into_inner) = read.view;
    Ok(shown(&here))
}

fn shown(here: &Shell) -> StartView {
    let settings = here.settings.current();
    let library = here.wizard.library();
    let idps = |service: &str| {
        let choices = library.choices(service).into_iter().filter(|choice| choice.has_guide);
        choices
            .map(|choice| choice.identity_provider)
            .map(|idp| Choice { id: idp.id, name: idp.name })
            .collect()
    };
    let service = |service: &guides::Service| ServiceChoice {
        id: service.id.clone(),
        name: service.name.clone(),
        txt_label: service.txt_label.clone(),
        delivery: service.delivery,
        set_up_by: service.hand_over.as_ref().map(|hand_over| hand_over.to.clone()),
        idps: idps(&service.id),
    };
    StartView {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        appearance: settings.appearance,
        place: settings.place,
        services: library.services().iter().map(service).collect(),
        projects_folder: here.places.projects().display().to_string(),
        own_guides: here.own_guides.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        dns_lab: here.dns_lab.clone(),
    }
}

/// Takes light, dark, or as the system.
#[tauri::command]
#[specta::specta]
pub async fn set_appearance(here: Here<'_>, appearance: Appearance) -> Answer<()> {
    Ok(here.settings.change(|settings| settings.appearance = appearance)?)
}

/// Remembers the screen that is open outside of a project.
#[tauri::command]
#[specta::specta]
pub async fn remember_screen(here: Here<'_>, place: String) -> Answer<()> {
    Ok(here.settings.change(|settings| settings.place = Some(place))?)
}

/// Puts a value on the clipboard.
#[tauri::command]
#[specta::specta]
pub async fn copy_text(app: AppHandle, text: String) -> Answer<()> {
    Ok(secret_clipboard::copy_text(&app, &text)?)
}

/// Opens a page of a portal, of the service or of a DNS host in the browser. Pages that neither the guides nor the table
/// of DNS hosts name are refused.
#[tauri::command]
#[specta::specta]
pub async fn open_url(app: AppHandle, here: Here<'_>, url: String) -> Answer<()> {
    let refused = |why: &str| Failure::new(FailureCode::LinkNotAllowed, why).with("url", &url);
    if !here.hosts.has_panel(&url) && !here.wizard.may_open(&url) {
        return Err(refused("no guide names a page of that host").into());
    }
    Ok(app.opener().open_url(&url, None::<&str>).map_err(|error| refused(&error.to_string()))?)
}

/// Shows the folder the projects are kept in.
#[tauri::command]
#[specta::specta]
pub async fn show_projects_folder(app: AppHandle, here: Here<'_>) -> Answer<()> {
    Ok(show_folder(&app, &here.places.projects())?)
}

/// Shows the folder for guides of the user's own; makes it, when it is not there yet.
#[tauri::command]
#[specta::specta]
pub async fn show_guides_folder(app: AppHandle, here: Here<'_>) -> Answer<()> {
    let folder = here.places.guides();
    std::fs::create_dir_all(&folder).map_err(|error| {
        Failure::new(FailureCode::StorageFailed, error.to_string()).with("path", folder.display())
    })?;
    Ok(show_folder(&app, &folder)?)
}

fn show_folder(app: &AppHandle, folder: &Path) -> Result<(), Failure> {
    let opened = app.opener().open_path(folder.to_string_lossy(), None::<&str>);
    opened.map_err(|error| {
        Failure::new(FailureCode::StorageFailed, error.to_string()).with("path", folder.display())
    })
}

/// Cancels work that is going on under that name.
#[tauri::command]
#[specta::specta]
pub async fn cancel(here: Here<'_>, run: String) -> Answer<()> {
    here.runs.cancel(&run);
    Ok(())
}
