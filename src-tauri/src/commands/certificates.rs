//! Certificates & expiry over all projects, and certificates that are looked at by themselves.

use super::Here;
use super::together::words;
use crate::files;
use crate::ipc_error::Answer;
use tauri::{AppHandle, Window};
use vocabulary::Secret;
use wizard::certificates::{CertificateList, CertificateReport, MAX_BYTES};
use wizard::{Failure, FailureCode};

/// Every certificate of every project, the earliest end first.
#[tauri::command]
#[specta::specta]
pub async fn list_certificates(here: Here<'_>) -> Answer<CertificateList> {
    Ok(here.wizard.certificates()?)
}

/// Looks at pasted certificates. The text is wiped afterwards: it may hold a private key, which is refused.
#[tauri::command]
#[specta::specta]
pub async fn inspect_certificates(here: Here<'_>, text: String) -> Answer<CertificateReport> {
    let text = Secret::new(text);
    Ok(here.wizard.inspect_certificates(text.expose().as_bytes())?)
}

/// Asks for a file with certificates and looks at it; nothing when called off.
#[tauri::command]
#[specta::specta]
pub async fn choose_certificates(
    app: AppHandle,
    window: Window,
    here: Here<'_>,
) -> Answer<Option<CertificateReport>> {
    let endings = ["cer", "crt", "pem", "der", "p7b", "p7c", "txt"];
    let bytes = files::choose(&app, &window, "X.509", &endings, MAX_BYTES).await?;
    Ok(bytes.map(|bytes| here.wizard.inspect_certificates(&bytes)).transpose()?)
}

/// Looks at the file that was dropped onto the window.
#[tauri::command]
#[specta::specta]
pub async fn read_dropped_certificates(here: Here<'_>) -> Answer<CertificateReport> {
    let nothing = || Failure::new(FailureCode::NothingChosen, "no file was dropped");
    let bytes = files::read(&here.dropped.take().ok_or_else(nothing)?, MAX_BYTES)?;
    Ok(here.wizard.inspect_certificates(&bytes)?)
}

/// Saves reminders for a calendar where the user says, of one project or of all; the path, nothing when called off.
#[tauri::command]
#[specta::specta]
pub async fn save_reminders(
    app: AppHandle,
    window: Window,
    here: Here<'_>,
    project: Option<String>,
) -> Answer<Option<String>> {
    let texts = words()?;
    let words = |id: &str, args: &[(&str, &str)]| texts.text(id, args.iter().copied()).unwrap_or_default();
    let calendar = here.wizard.reminders(project.as_deref(), words)?;
    Ok(files::save(&app, &window, "certificates.ics", "iCalendar", &calendar).await?)
}
