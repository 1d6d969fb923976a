//! Programs of others from PyPI, installed below the target folder and nowhere else.

use crate::process;
use crate::trouble::{Outcome, Trouble};
use crate::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The versions of what the tests use, below the root.
const FOR_TESTS: &str = "src-tauri/crates/xtask/src/test-requirements.txt";

/// Where the tests look for them, below the target folder.
const TESTS: &str = "test-python";

/// What the tests use: a SCIM server and a SCIM client that are not ours.
pub(crate) fn for_tests(workspace: &Workspace) -> Outcome<()> {
    environment(workspace, TESTS, &workspace.root.join(FOR_TESTS)).map(drop)
}

/// The Python of an environment below the target folder that has what is wanted.
///
/// # Errors
/// When it cannot be installed; the text says how to do it by hand.
pub(crate) fn environment(workspace: &Workspace, folder: &str, wanted: &Path) -> Outcome<PathBuf> {
    let folder = workspace.scratch(folder)?;
    let python = folder.join("bin/python");
    once(&folder, wanted, || {
        process::run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        process::run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "-r"]).arg(wanted))
    })
    .map_err(by_hand("python3 -m venv DIR, then DIR/bin/pip install -r", wanted))?;
    Ok(python)
}

/// Installs unless exactly what is wanted was installed before.
pub(crate) fn once(folder: &Path, wanted: &Path, install: impl FnOnce() -> Outcome<()>) -> Outcome<()> {
    let stamp = folder.join("installed");
    let wanted = fs::read_to_string(wanted).map_err(Trouble::at(wanted))?;
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    install()?;
    // A new file in the place of the old one: a copy of the target folder that is made of links must not say of itself
    // what was installed here.
    let unfinished = folder.join("installed.new");
    fs::write(&unfinished, wanted).map_err(Trouble::at(&unfinished))?;
    fs::rename(&unfinished, &stamp).map_err(Trouble::at(&stamp))
}

/// Adds how to do it without this program.
pub(crate) fn by_hand(how: &str, wanted: &Path) -> impl FnOnce(Trouble) -> Trouble {
    let how = format!("by hand: {how} {}", wanted.display());
    move |trouble| Trouble::Needed(format!("{trouble} ({how})"))
}
