//! Licences, sources and advisories of the dependencies, by cargo-deny and `deny.toml`.

use crate::process;
use crate::tools;
use crate::trouble::Outcome;
use crate::workspace::Workspace;

/// Checks bans, licences and sources from what is here, then advisories, whose database has to be fetched.
pub(crate) fn check(workspace: &Workspace) -> Outcome<()> {
    let deny = tools::program(workspace, tools::CARGO_DENY)?;
    process::run(workspace.command(&deny).args(["check", "bans", "licenses", "sources"]))?;
    if !process::succeeds(workspace.command(&deny).arg("fetch").arg("db")) {
        println!("The advisory database cannot be fetched from here: advisories were not checked.");
        return Ok(());
    }
    process::run(workspace.command(&deny).args(["check", "--disable-fetch", "advisories"]))
}
