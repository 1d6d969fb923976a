use super::is_hand_over;
use std::path::PathBuf;
use tauri::RunEvent;

/// The Finder gives files as an event, to the program that runs.
pub fn opened(event: &RunEvent) -> Option<PathBuf> {
    let RunEvent::Opened { urls } = event else { return None };
    urls.iter().filter_map(|url| url.to_file_path().ok()).find(|path| is_hand_over(path))
}
