//! Windows: the taskbar has a place for icons.

use tauri::RunEvent;

/// Whether there is a place for icons.
pub(super) const fn shows_icons() -> bool {
    true
}

/// Whether the user asked for the window without starting the program again.
pub(super) const fn asks_for_window(_: &RunEvent) -> bool {
    false
}
