//! Programs of others that are measured beside ours, installed below the target folder in pinned versions.

use crate::trouble::Outcome;
use crate::workspace::Workspace;
use crate::{node, python};
use std::path::PathBuf;

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
    node::environment(workspace, "bench-peers/node", &script(workspace, "package.json"))
}
