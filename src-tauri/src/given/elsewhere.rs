use std::path::PathBuf;
use tauri::RunEvent;

/// Windows and Linux give files as arguments only.
pub const fn opened(_: &RunEvent) -> Option<PathBuf> {
    None
}
