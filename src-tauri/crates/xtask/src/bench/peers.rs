//! Programs of others that are measured beside ours, installed below the target folder in pinned versions.

use crate::process;
use crate::trouble::{Outcome, Trouble};
use crate::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the scripts for them lie, below the root.
const SCRIPTS: &str = "src-tauri/crates/xtask/src/bench/peers";

/// One of the scripts.
pub(super) fn script(workspace: &Workspace, name: &str) -> PathBuf {
    workspace.root.join(SCRIPTS).join(name)
}

/// The Python that has them.
///
/// # Errors
/// When they cannot be installed; the text says how to do it by hand.
pub(super) fn python(workspace: &Workspace) -> Outcome<PathBuf> {
    let wanted = script(workspace, "requirements.txt");
    let folder = workspace.scratch("bench-peers/python")?;
    let python = folder.join("bin/python");
    once(&folder, &wanted, || {
        process::run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        process::run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "-r"]).arg(&wanted))
    })
    .map_err(by_hand("python3 -m venv DIR, then DIR/bin/pip install -r", &wanted))?;
    Ok(python)
}

/// The folder in which Node.js finds them.
///
/// # Errors
/// When they cannot be installed; the text says how to do it by hand.
pub(super) fn node(workspace: &Workspace) -> Outcome<PathBuf> {
    let wanted = script(workspace, "package.json");
    let folder = workspace.scratch("bench-peers/node")?;
    once(&folder, &wanted, || {
        let own = folder.join("package.json");
        fs::copy(&wanted, &own).map_err(Trouble::at(&own))?;
        let quietly = ["install", "--no-audit", "--no-fund", "--ignore-scripts"];
        process::run(Command::new("npm").args(quietly).current_dir(&folder))
    })
    .map_err(by_hand("npm install, in a folder with", &wanted))?;
    Ok(folder)
}

/// Installs unless exactly what is wanted was installed before.
fn once(folder: &Path, wanted: &Path, install: impl FnOnce() -> Outcome<()>) -> Outcome<()> {
    let stamp = folder.join("installed");
    let wanted = fs::read_to_string(wanted).map_err(Trouble::at(wanted))?;
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    install()?;
    fs::write(&stamp, wanted).map_err(Trouble::at(&stamp))
}

fn by_hand(how: &str, wanted: &Path) -> impl FnOnce(Trouble) -> Trouble {
    let how = format!("by hand: {how} {}", wanted.display());
    move |trouble| Trouble::Needed(format!("{trouble} ({how})"))
}
