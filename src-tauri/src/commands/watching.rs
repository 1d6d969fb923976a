//! What is looked at again and again, and whether that goes on when the window is closed.

use super::Here;
use crate::ipc_error::Answer;
use crate::{tray, watching, window};
use serde::Serialize;
use tauri::AppHandle;
use wizard::watching::WatchListView;

/// What is watched, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn watch_list(here: Here<'_>) -> Answer<WatchListView> {
    Ok(here.watching.watcher.view())
}

/// Watches the TXT record `label` of any domain; the first look is at once.
#[tauri::command]
#[specta::specta]
pub async fn watch_record(
    here: Here<'_>,
    text: String,
    label: String,
    expected: Option<String>,
) -> Answer<WatchListView> {
    let list = here.watching.watcher.watch_record(&text, &label, expected.as_deref(), None)?;
    here.watching.changed();
    Ok(list)
}

/// Watches a domain of a project until the service has accepted it.
#[tauri::command]
#[specta::specta]
pub async fn watch_project_domain(here: Here<'_>, id: String, name: String) -> Answer<WatchListView> {
    let list = here.watching.watcher.watch_project_domain(&id, &name)?;
    here.watching.changed();
    Ok(list)
}

/// Lets a watched record rest, or goes on with it.
#[tauri::command]
#[specta::specta]
pub async fn pause_watch(here: Here<'_>, watched: String, paused: bool) -> Answer<WatchListView> {
    let list = here.watching.watcher.pause(&watched, paused)?;
    here.watching.changed();
    Ok(list)
}

/// Stops watching a record.
#[tauri::command]
#[specta::specta]
pub async fn remove_watch(here: Here<'_>, watched: String) -> Answer<WatchListView> {
    Ok(here.watching.watcher.remove(&watched)?)
}

/// Brings the record back that was taken off the list last.
#[tauri::command]
#[specta::specta]
pub async fn restore_watch(here: Here<'_>) -> Answer<WatchListView> {
    let list = here.watching.watcher.restore()?;
    here.watching.changed();
    Ok(list)
}

/// Looks at a watched record now. Whoever asked for it is looking: nobody is notified.
#[tauri::command]
#[specta::specta]
pub async fn check_watched(app: AppHandle, here: Here<'_>, watched: String) -> Answer<WatchListView> {
    here.watching.watcher.look(&watched).await?;
    watching::list_changed(&app);
    here.watching.changed();
    Ok(here.watching.watcher.view())
}

/// Whether watching goes on when the window is closed, and what is seen of it then.
#[derive(Debug, Serialize, specta::Type)]
pub struct Background {
    /// Whether it goes on.
    keep_watching: bool,
    /// Whether this desktop shows an icon of the program then.
    tray: bool,
}

/// Whether watching goes on when the window is closed.
#[tauri::command]
#[specta::specta]
pub async fn background(here: Here<'_>) -> Answer<Background> {
    Ok(Background { keep_watching: here.settings.current().keep_watching, tray: tray::is_shown().await })
}

/// Says whether watching goes on when the window is closed.
#[tauri::command]
#[specta::specta]
pub async fn keep_watching(app: AppHandle, here: Here<'_>, keep: bool) -> Answer<Background> {
    here.settings.change(|settings| settings.keep_watching = keep)?;
    let tray = tray::set(&app, keep).await;
    Ok(Background { keep_watching: keep, tray })
}

/// Ends the program, whatever the settings say. What is watched is watched again at the next start.
#[tauri::command]
#[specta::specta]
pub async fn quit(app: AppHandle) -> Answer<()> {
    window::quit(&app);
    Ok(())
}
