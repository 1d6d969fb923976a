//! What is put on the disk: the two programs. The web view belongs to the system.

use super::Build;
use super::table::Row;
use crate::trouble::{Outcome, Trouble};
use crate::workspace::SHELL;
use std::fs;

/// The program files as built (the release build is stripped).
pub(super) fn measure(build: &Build<'_>) -> Outcome<Vec<Row>> {
    [(SHELL, "installed size of the window's program"), ("signpost", "installed size of the command line")]
        .into_iter()
        .map(|(program, what)| {
            let file = build.shipped(program);
            let bytes = fs::metadata(&file).map_err(Trouble::at(&file))?.len();
            Ok(Row::new(what, format!("{:.1} MB", bytes as f64 / 1e6)))
        })
        .collect()
}
