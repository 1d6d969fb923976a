//! macOS: the menu bar has a place for icons, and the Dock one for asking for the window.

use tauri::RunEvent;

/// Whether there is a place for icons.
pub(super) const fn shows_icons() -> bool {
    true
}

/// Whether the user asked for the window without starting the program again.
pub(super) fn asks_for_window(event: &RunEvent) -> bool {
    matches!(event, RunEvent::Reopen { .. })
}
