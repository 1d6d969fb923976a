//! Notifications of the system. Where the system tells of a click on one, it leads to what it is about; elsewhere it is
//! only read.

#[cfg(target_os = "linux")]
mod linux;

use tauri::AppHandle;

/// What is done when a notification is clicked.
pub type OnClick = Box<dyn FnOnce() + Send>;

/// A notification.
pub struct Note {
    /// What it is about.
    pub title: String,
    /// What is true.
    pub text: String,
    /// The word for going there, where the desktop shows one.
    pub open: String,
    /// Goes there. Only Linux tells of clicks: the plugin for notifications hears of none on Windows and macOS.
    pub on_click: OnClick,
}

/// Shows it, without waiting for the desktop.
pub fn show(app: &AppHandle, note: Note) {
    let app = app.clone();
    tauri::async_runtime::spawn_blocking(move || {
        if !is_shown(&app, note) {
            tracing::warn!("the system did not take a notification");
        }
    });
}

#[cfg(target_os = "linux")]
fn is_shown(_: &AppHandle, note: Note) -> bool {
    linux::show(note).inspect_err(|error| tracing::info!(%error, "no notification was shown")).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn is_shown(app: &AppHandle, note: Note) -> bool {
    use tauri_plugin_notification::NotificationExt;
    app.notification().builder().title(note.title).body(note.text).show().is_ok()
}
