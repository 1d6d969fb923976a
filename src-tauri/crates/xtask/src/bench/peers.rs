//! Programs of others that are measured beside ours, installed below the target folder in pinned versions.

use crate::process;
use crate::python::{self, by_hand, once};
use crate::trouble::{Outcome, Trouble};
use crate::workspace::Workspace;
use std::fs;
use std::path::PathBuf;
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
    python::environment(workspace, "bench-peers/python", &wanted)
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
