//! Where things lie.

use crate::process;
use crate::trouble::{Outcome, Trouble};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The shell's package, and the feature that puts the built user interface inside the program.
pub(crate) const SHELL: &str = "signpost-desktop";
pub(crate) const SHELL_FEATURES: &str = "signpost-desktop/bundled-ui";
/// One set of features for every call over the whole workspace, so that nothing is compiled twice.
pub(crate) const ALL_FEATURES: &str = "signpost-desktop/bundled-ui,xtask/measure";

/// The checkout and its target folder.
pub(crate) struct Workspace {
    /// The folder of the root Cargo.toml.
    pub(crate) root: PathBuf,
    /// Cargo's target folder; everything that tasks make lies below it.
    pub(crate) target: PathBuf,
}

impl Workspace {
    /// Asks cargo.
    pub(crate) fn find() -> Outcome<Self> {
        let mut ask = Command::new(cargo_program());
        ask.args(["metadata", "--no-deps", "--format-version", "1"]);
        let answer = process::output(&mut ask)?;
        let answer: serde_json::Value = serde_json::from_str(&answer).map_err(|error| {
            Trouble::Unreadable { program: "cargo metadata".into(), reason: error.to_string() }
        })?;
        Ok(Self { root: path_in(&answer, "workspace_root")?, target: path_in(&answer, "target_directory")? })
    }

    /// `cargo` in the root.
    pub(crate) fn cargo(&self) -> Command {
        self.command(cargo_program())
    }

    /// Any program, started in the root.
    pub(crate) fn command(&self, program: impl Into<OsString>) -> Command {
        let mut command = Command::new(program.into());
        command.current_dir(&self.root);
        command
    }

    /// A folder below the target folder, made if needed.
    pub(crate) fn scratch(&self, name: impl AsRef<Path>) -> Outcome<PathBuf> {
        let folder = self.target.join(name);
        std::fs::create_dir_all(&folder).map_err(Trouble::at(&folder))?;
        Ok(folder)
    }

    /// The same, with nothing in it from before.
    pub(crate) fn empty_scratch(&self, name: &str) -> Outcome<PathBuf> {
        let folder = self.target.join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(Trouble::at(&folder))?;
        }
        self.scratch(name)
    }

    /// A program that cargo built in the given profile folder (`debug` or `release`).
    pub(crate) fn built(&self, profile: &str, program: &str) -> PathBuf {
        self.target.join(profile).join(format!("{program}{}", std::env::consts::EXE_SUFFIX))
    }
}

fn cargo_program() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn path_in(answer: &serde_json::Value, key: &str) -> Outcome<PathBuf> {
    let path = answer.get(key).and_then(serde_json::Value::as_str);
    path.map(PathBuf::from)
        .ok_or_else(|| Trouble::Unreadable { program: "cargo metadata".into(), reason: format!("no {key}") })
}
