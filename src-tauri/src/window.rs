//! Files dragged onto the window. The window hears of a file's name only; the path stays here, so that nothing but a
//! file the user dropped or chose is ever read.

use crate::state::Shell;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, DragDropEvent, Manager, Runtime, Url, Window, WindowEvent};
use tauri_specta::Event;

/// Files are over the window, or have left it.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct FileHover {
    /// Whether they are over it.
    pub over: bool,
}

/// A file was dropped; [`read_dropped_metadata`](crate::commands::saml::read_dropped_metadata) reads it.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct FileDropped {
    /// Its name without the folder.
    pub name: String,
    /// How many were dropped; only the first is taken.
    pub count: u32,
}

/// The window is about to close: whatever is typed and not saved has to be saved now.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct Closing;

/// How long the window has to save what was typed last, when it is closed.
const LAST_WORDS: Duration = Duration::from_millis(600);

/// Watches a window.
pub fn on_event(window: &Window, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            close_after_saving(window.clone());
        }
        WindowEvent::DragDrop(drag) => on_drag(window, drag),
        _ => {}
    }
}

/// Keeps the window on the program's own pages: everything else opens in the browser, or not at all.
pub fn guard<R: Runtime>() -> TauriPlugin<R> {
    tauri::plugin::Builder::new("own-pages").on_navigation(|_, url| is_own_page(url)).build()
}

fn is_own_page(url: &Url) -> bool {
    let served =
        matches!((url.scheme(), url.host_str()), ("tauri", _) | ("http" | "https", Some("tauri.localhost")));
    let development = tauri::is_dev() && url.host_str() == Some("localhost");
    served || development || url.as_str() == "about:blank"
}

fn close_after_saving(window: Window) {
    tauri::async_runtime::spawn(async move {
        if Closing.emit(&window).is_ok() {
            tokio::time::sleep(LAST_WORDS).await;
        }
        let closed = if goes_on(&window) { window.hide() } else { window.destroy() };
        if closed.is_err() {
            tracing::warn!("the window could not be closed");
        }
    });
}

/// Ends the program as closing its window does: what is typed and not saved is saved first.
pub fn quit(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if Closing.emit(&app).is_ok() {
            tokio::time::sleep(LAST_WORDS).await;
        }
        app.exit(0);
    });
}

/// Whether the program stays when its window is closed: the user asked for it, and there is something to watch.
fn goes_on(window: &Window) -> bool {
    let shell = window.state::<Shell>();
    shell.settings.current().keep_watching && shell.watching.watcher.active() > 0
}

fn on_drag(window: &Window, drag: &DragDropEvent) {
    let sent = match drag {
        DragDropEvent::Enter { .. } => FileHover { over: true }.emit(window),
        DragDropEvent::Leave => FileHover { over: false }.emit(window),
        DragDropEvent::Drop { paths, .. } => {
            let Some(path) = paths.first() else { return };
            window.state::<Shell>().dropped.put(path.clone());
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let count = u32::try_from(paths.len()).unwrap_or(u32::MAX);
            FileHover { over: false }.emit(window).and_then(|()| FileDropped { name, count }.emit(window))
        }
        _ => Ok(()),
    };
    if sent.is_err() {
        tracing::warn!("the window did not hear of a dropped file");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_program_s_own_pages_open_in_the_window() {
        let own = |url: &str| is_own_page(&Url::parse(url).unwrap());
        assert!(own("tauri://localhost/#/p/1") && own("http://tauri.localhost/"));
        assert!(!own("https://entra.microsoft.com/") && !own("https://tauri.localhost.example/"));
        assert!(!own("data:text/html,x") && !own("file:///etc/passwd"));
    }
}
