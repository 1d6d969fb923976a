//! The user interface's side: Node.js, its packages and its build.

use crate::process;
use crate::trouble::{Outcome, Trouble};
use crate::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// The oldest Node.js that the build tools take.
const OLDEST_NODE: (u32, u32) = (20, 19);
const NODE_ADVICE: &str = "install Node.js 20.19 or newer (it brings npm), then run the same command again";

/// `npm` with these words, in `ui/`.
pub(crate) fn npm(workspace: &Workspace, words: &[&str]) -> Outcome<Command> {
    let npm =
        process::find("npm").ok_or_else(|| Trouble::Needed(format!("npm is missing: {NODE_ADVICE}")))?;
    let mut command = workspace.command(npm);
    command.current_dir(workspace.root.join("ui")).args(words);
    Ok(command)
}

/// Installs the packages of the lock file, unless the installed ones are as new as it.
pub(crate) fn install_packages(workspace: &Workspace) -> Outcome<()> {
    check_node()?;
    let ui = workspace.root.join("ui");
    let installed = modified(&ui.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= modified(&ui.join("package-lock.json")) {
        println!("The user interface's packages are installed.");
        return Ok(());
    }
    println!("Installing the user interface's packages (npm ci).");
    process::run(&mut npm(workspace, &["ci", "--no-audit", "--no-fund"])?)
}

/// Builds `ui/dist` when a source is newer than it.
pub(crate) fn build_if_changed(workspace: &Workspace) -> Outcome<()> {
    let ui = workspace.root.join("ui");
    let built = modified(&ui.join("dist/index.html"));
    if built.is_some() && built >= newest_source(&ui) {
        println!("The user interface is built and up to date.");
        return Ok(());
    }
    process::run(&mut npm(workspace, &["run", "build"])?)
}

fn check_node() -> Outcome<()> {
    let node =
        process::find("node").ok_or_else(|| Trouble::Needed(format!("Node.js is missing: {NODE_ADVICE}")))?;
    let answer = process::output(Command::new(node).arg("--version"))?;
    match version(&answer) {
        Some(found) if found >= OLDEST_NODE => Ok(()),
        Some((major, minor)) => {
            Err(Trouble::Needed(format!("this is Node.js {major}.{minor}, which is too old: {NODE_ADVICE}")))
        }
        None => Err(Trouble::Unreadable { program: "node --version".into(), reason: answer }),
    }
}

/// Reads `v20.19.4` as (20, 19).
fn version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.trim().trim_start_matches('v').split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

fn newest_source(ui: &Path) -> Option<SystemTime> {
    const MADE: [&str; 4] = ["node_modules", "dist", "dist-fake", "test-results"];
    files_below(ui, &MADE).iter().filter_map(|file| modified(file)).max()
}

/// Every file below a folder, leaving out folders of these names.
pub(crate) fn files_below(folder: &Path, left_out: &[&str]) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let wanted = entries.filter(|entry| !left_out.iter().any(|name| entry.file_name() == *name));
    let nested = wanted.map(|entry| entry.path()).map(|path| match path.is_dir() {
        true => files_below(&path, left_out),
        false => vec![path],
    });
    nested.flatten().collect()
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|about| about.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_node_says_about_itself() {
        assert_eq!(version("v20.19.4\n"), Some((20, 19)));
        assert_eq!(version("v9.0.0"), Some((9, 0)));
        assert_eq!(version("not a version"), None);
        assert!((22, 0) >= OLDEST_NODE && (20, 18) < OLDEST_NODE);
    }
}
