//! A secret on the clipboard, for a minute.

use std::time::Duration;
use tauri::{AppHandle, Runtime};
use tauri_plugin_clipboard_manager::ClipboardExt;
use vocabulary::Secret;
use wizard::{Failure, FailureCode};

/// How long a secret stays on the clipboard.
pub const STAY: Duration = Duration::from_secs(60);

/// Puts the secret on the clipboard, marked so that clipboard histories leave it out where the system can, and takes
/// it away after [`STAY`], but only if it is still there: what was copied since is the user's.
///
/// # Errors
/// [`ClipboardFailed`](FailureCode::ClipboardFailed).
pub fn copy<R: Runtime>(app: &AppHandle<R>, secret: Secret) -> Result<(), Failure> {
    app.clipboard().write_secret(secret.expose()).map_err(|_| refused())?;
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(STAY).await;
        let still_there = app.clipboard().read_text().is_ok_and(|text| text == secret.expose());
        if still_there && app.clipboard().clear().is_err() {
            tracing::warn!("the clipboard could not be cleared");
        }
    });
    Ok(())
}

/// Puts text that is no secret on the clipboard.
///
/// # Errors
/// [`ClipboardFailed`](FailureCode::ClipboardFailed).
pub fn copy_text<R: Runtime>(app: &AppHandle<R>, text: &str) -> Result<(), Failure> {
    app.clipboard().write_text(text).map_err(|_| refused())
}

fn refused() -> Failure {
    Failure::new(FailureCode::ClipboardFailed, "the clipboard did not take the text")
}
