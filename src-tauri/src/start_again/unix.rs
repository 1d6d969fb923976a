//! Linux and macOS: this process becomes the new one, so that whoever started it does not lose it.

use std::os::unix::process::CommandExt;
use std::process::Command;

/// Comes back only when it failed.
pub(super) fn again(variable: &str, next: u32) {
    let Ok(program) = std::env::current_exe() else { return };
    let error =
        Command::new(program).args(std::env::args_os().skip(1)).env(variable, next.to_string()).exec();
    tracing::warn!(%error, "the program could not be started again");
}
