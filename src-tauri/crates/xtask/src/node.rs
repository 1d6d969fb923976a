//! Libraries from npm in pinned versions, installed below the target folder.

use crate::process;
use crate::python::{by_hand, once};
use crate::trouble::{Outcome, Trouble};
use crate::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder in which Node.js finds what a `package.json` wants, below the target folder.
///
/// # Errors
/// When it cannot be installed; the text says how to do it by hand.
pub(crate) fn environment(workspace: &Workspace, folder: &str, wanted: &Path) -> Outcome<PathBuf> {
    let folder = workspace.scratch(folder)?;
    once(&folder, wanted, || {
        let own = folder.join("package.json");
        fs::copy(wanted, &own).map_err(Trouble::at(&own))?;
        let quietly = ["install", "--no-audit", "--no-fund", "--ignore-scripts"];
        process::run(Command::new("npm").args(quietly).current_dir(&folder))
    })
    .map_err(by_hand("npm install, in a folder with", wanted))?;
    Ok(folder)
}
