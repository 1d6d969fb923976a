//! The generated files that are committed: typed IPC for the user interface, the OpenAPI document.
//!
//! The tests that compare them write them instead when told so by the environment.

use crate::process;
use crate::trouble::Outcome;
use crate::ui;
use crate::workspace::{SHELL, SHELL_FEATURES, Workspace};

/// Writes both anew.
pub(crate) fn regenerate(workspace: &Workspace) -> Outcome<()> {
    ui::install_packages(workspace)?;
    ui::build_if_changed(workspace)?;
    let mut bindings = workspace.cargo();
    bindings
        .args(["test", "--package", SHELL, "--features", SHELL_FEATURES, "bindings"])
        .env("UPDATE_BINDINGS", "1");
    process::run(&mut bindings)?;
    let mut document = workspace.cargo();
    document.args(["test", "--package", "account-service", "openapi"]).env("UPDATE_OPENAPI", "1");
    process::run(&mut document)?;
    println!("\nWhat changed:");
    process::run(workspace.command("git").args(["status", "--short", "ui/src/bindings", "docs/openapi.json"]))
}
