//! Linux: whether there is a place for icons depends on the desktop.

use std::time::Duration;
use tauri::RunEvent;
use zbus::blocking::connection::Builder;
use zbus::blocking::fdo::PropertiesProxy;
use zbus::names::InterfaceName;

/// The panel is on the same computer: it answers at once or not at all.
const PATIENCE: Duration = Duration::from_secs(2);

/// Who keeps the list of icons (StatusNotifierItem, freedesktop.org), and whether a panel shows them.
const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// Whether a panel shows icons of programs.
pub(super) fn shows_icons() -> bool {
    ask().unwrap_or(false)
}

/// Whether the user asked for the window without starting the program again.
pub(super) const fn asks_for_window(_: &RunEvent) -> bool {
    false
}

fn ask() -> zbus::Result<bool> {
    let bus = Builder::session()?.method_timeout(PATIENCE).build()?;
    let proxy =
        PropertiesProxy::builder(&bus).destination(WATCHER)?.path("/StatusNotifierWatcher")?.build()?;
    let shown = proxy.get(InterfaceName::try_from(WATCHER)?, "IsStatusNotifierHostRegistered")?;
    Ok(bool::try_from(shown)?)
}
