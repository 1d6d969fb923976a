//! The developer's commands. `cargo xtask help` lists them.
//!
//! - [`run`]: from a clean clone to the Signpost window
//! - [`test`]: everything that has to hold, in parts
//! - [`bindings`]: write the generated files anew (typed IPC, OpenAPI document)
//! - [`bench`]: what the program costs, measured
//! - [`guide_data`]: what is wrong with the files that guides are made of
//! - [`effort`]: what the guides ask of an administrator, beside the vendors' own
//! - [`fuzz`]: libFuzzer on everything that reads bytes from outside
//! - [`cross`]: type-check for Windows and macOS from Linux
//! - [`deny`]: licences, sources and advisories of the dependencies
//! - [`pictures`]: one picture of every screen into `docs/pictures`
//! - [`icons`]: the icon files from `icons/signpost.svg`
//!
//! They stand on [`packages`] (what the system must have), [`ui`] (npm), [`session`] (a display and a keyring of
//! our own), [`tools`] (programs from crates) and [`process`].
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a developer's command talks to its terminal")]

mod bench;
mod bindings;
mod cross;
mod deny;
mod effort;
mod fuzz;
mod guide_data;
mod icons;
mod node;
mod packages;
mod pictures;
mod process;
mod python;
mod run;
mod session;
mod test;
mod tools;
mod trouble;
mod ui;
mod workspace;

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use trouble::Outcome;
use workspace::Workspace;

/// Developer commands for Signpost.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing, build the program and start it.
    Run(run::Arguments),
    /// Check everything, part by part; the last line is `N passed, N failed`.
    Test(test::Arguments),
    /// Regenerate ui/src/bindings and the OpenAPI document.
    Bindings,
    /// Measure start-up, memory, size, DNS and SAML, beside the programs of others.
    Bench(bench::Arguments),
    /// Work on the files that guides are made of.
    #[command(subcommand)]
    Guides(guide_data::Task),
    /// Type-check the whole program for Windows and macOS.
    CheckTargets(cross::Arguments),
    /// Check licences, sources and advisories of the dependencies.
    Deny,
    /// Make a picture of every screen in docs/pictures.
    Pictures,
    /// Make the icon files from icons/signpost.svg.
    Icons,
}

fn main() -> ExitCode {
    let task = Arguments::parse().task;
    match Workspace::find().and_then(|workspace| perform(&task, &workspace)) {
        Ok(code) => code,
        Err(trouble) => {
            eprintln!("\nxtask: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: &Task, workspace: &Workspace) -> Outcome<ExitCode> {
    match task {
        Task::Run(arguments) => run::run(workspace, arguments)?,
        Task::Test(arguments) => return test::test(workspace, arguments),
        Task::Bindings => bindings::regenerate(workspace)?,
        Task::Bench(arguments) => bench::bench(workspace, arguments)?,
        Task::Guides(task) => guide_data::perform(workspace, task)?,
        Task::CheckTargets(arguments) => cross::check_targets(workspace, arguments)?,
        Task::Deny => deny::check(workspace)?,
        Task::Pictures => pictures::make(workspace)?,
        Task::Icons => icons::make(workspace)?,
    }
    Ok(ExitCode::SUCCESS)
}
