//! The icon of a program whose window is closed, on desktops that have a place for it.

#[cfg_attr(target_os = "linux", path = "linux.rs")]
#[cfg_attr(target_os = "macos", path = "macos.rs")]
#[cfg_attr(windows, path = "windows.rs")]
mod desktop;

use crate::start::show;
use crate::window;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tauri::menu::{MenuBuilder, MenuItemBuilder};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager, RunEvent};
use tokio::sync::oneshot;

/// The icon's name within the program.
const ID: &str = "watching";

/// Whether this desktop shows such icons. It can change while the program runs, as panels come and go.
pub async fn is_shown() -> bool {
    tauri::async_runtime::spawn_blocking(desktop::shows_icons).await.unwrap_or(false)
}

/// Brings the window back where the system says that the user asks for it.
pub fn on_run_event(app: &AppHandle, event: &RunEvent) {
    if desktop::asks_for_window(event) {
        show(app);
    }
}

/// Puts the icon up or takes it down; answers whether one can be seen on this desktop.
pub async fn set(app: &AppHandle, wanted: bool) -> bool {
    let shown = is_shown().await;
    let (told, answer) = oneshot::channel();
    let handle = app.clone();
    let asked = app.run_on_main_thread(move || {
        let put_up = wanted && shown && put_up(&handle);
        if !put_up {
            drop(handle.remove_tray_by_id(ID));
        }
        told.send(put_up).ok();
    });
    let put_up = asked.is_ok() && answer.await.unwrap_or(false);
    if wanted { put_up } else { shown }
}

/// The library for it is loaded now, and where it is missing that is a panic of the crate that loads it.
fn put_up(app: &AppHandle) -> bool {
    if app.tray_by_id(ID).is_some() {
        return true;
    }
    let built = catch_unwind(AssertUnwindSafe(|| build(app)));
    match built {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the tray icon could not be put up");
            false
        }
        Err(_) => {
            tracing::warn!("the library for tray icons is missing");
            false
        }
    }
}

fn build(app: &AppHandle) -> tauri::Result<()> {
    let texts = &app.state::<crate::state::Shell>().texts;
    let text = |id: &str| texts.text(id, []).unwrap_or_else(|| id.to_owned());
    let open = MenuItemBuilder::with_id("open", text("tray-open")).build(app)?;
    let quit = MenuItemBuilder::with_id("quit", text("watch-quit")).build(app)?;
    let menu = MenuBuilder::new(app).items(&[&open, &quit]).build()?;
    let mut icon =
        TrayIconBuilder::with_id(ID).menu(&menu).tooltip(text("tray-tooltip")).on_menu_event(|app, event| {
            match event.id().as_ref() {
                "open" => show(app),
                "quit" => window::quit(app),
                _ => {}
            }
        });
    if let Some(picture) = app.default_window_icon() {
        icon = icon.icon(picture.clone());
    }
    icon.build(app).map(drop)
}
