//! Programs from crates, installed below the target folder and nowhere else.

use crate::process;
use crate::trouble::Outcome;
use crate::workspace::Workspace;
use std::path::PathBuf;

/// Speaks WebDriver to the real window.
pub(crate) const TAURI_DRIVER: (&str, &str) = ("tauri-driver", "2.1.0");
/// Judges licences, sources and advisories of dependencies.
pub(crate) const CARGO_DENY: (&str, &str) = ("cargo-deny", "0.20");

/// The program of a crate, from the PATH or from `target/tools`, installed there when it is missing.
pub(crate) fn program(workspace: &Workspace, (name, version): (&str, &str)) -> Outcome<PathBuf> {
    if let Some(found) = process::find(name) {
        return Ok(found);
    }
    let tools = workspace.scratch("tools")?;
    let program = tools.join("bin").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if !program.is_file() {
        println!("{name} is missing: installing it into {}.", tools.display());
        process::run(
            workspace.cargo().args(["install", name, "--locked", "--version", version, "--root"]).arg(&tools),
        )?;
    }
    Ok(program)
}
