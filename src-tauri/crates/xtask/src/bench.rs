//! What the program costs, measured here and now; nothing is remembered and nothing is guessed.
use crate::trouble::Outcome;
use crate::workspace::Workspace;

/// Options of `cargo xtask bench`.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

/// Measures and prints a table.
pub(crate) fn bench(_: &Workspace, _: &Arguments) -> Outcome<()> {
    Ok(())
}
