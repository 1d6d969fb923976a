//! Everything that has to hold, in parts: quick ones first, a failed one does not stop the others.

use crate::fuzz;
use crate::node;
use crate::packages::{self, Purpose};
use crate::process;
use crate::python;
use crate::session::Session;
use crate::tools;
use crate::trouble::Outcome;
use crate::ui;
use crate::workspace::{ALL_FEATURES, Workspace};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Options of `cargo xtask test`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only the part of this name (may be given several times); preparation is always done.
    #[arg(long, value_name = "NAME", value_parser = known_part)]
    only: Vec<String>,
    /// Name the parts and end.
    #[arg(long)]
    list: bool,
    /// Instead of the parts, fuzz every target for a minute, or for so many seconds each.
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, default_missing_value = "60")]
    fuzz: Option<u32>,
}

/// One thing that has to hold.
struct Part {
    name: &'static str,
    heading: &'static str,
    check: fn(&Workspace) -> Outcome<()>,
    /// Always done, because others stand on it.
    prepares: bool,
    /// Done on this system; other systems lack what it needs.
    here: bool,
}

const LINUX: bool = cfg!(target_os = "linux");

const PARTS: &[Part] = &[
    preparation("packages", "System packages", |_| packages::ensure(Purpose::Test)),
    preparation("ui-packages", "The user interface's packages", ui::install_packages),
    Part { here: LINUX, ..preparation("python-packages", "SCIM programs of others", python::for_tests) },
    Part { here: LINUX, ..preparation("peers", "Identity providers and a broker of others", peers) },
    part("format", "Rust formatting", |workspace| cargo(workspace, &["fmt", "--all", "--check"])),
    part("ui-check", "The user interface's types", |workspace| npm(workspace, "check")),
    part("ui-lint", "The user interface's lints", |workspace| npm(workspace, "lint")),
    part("ui-unit", "The user interface's unit tests", |workspace| npm(workspace, "test")),
    part("ui-build", "The user interface's build", |workspace| npm(workspace, "build")),
    Part { here: LINUX, ..part("screens", "Every screen in a browser, with accessibility rules", screens) },
    part("clippy", "Rust lints", clippy),
    part("rust", "Rust tests: units, properties, drift of generated files, documentation", rust_tests),
    Part { here: LINUX, ..part("window", "The real window, end to end", window) },
];

const fn part(name: &'static str, heading: &'static str, check: fn(&Workspace) -> Outcome<()>) -> Part {
    Part { name, heading, check, prepares: false, here: true }
}

const fn preparation(
    name: &'static str,
    heading: &'static str,
    check: fn(&Workspace) -> Outcome<()>,
) -> Part {
    Part { prepares: true, ..part(name, heading, check) }
}

/// Does the parts one after the other; fails when one of them failed.
pub(crate) fn test(workspace: &Workspace, arguments: &Arguments) -> Outcome<ExitCode> {
    if arguments.list {
        PARTS.iter().for_each(|part| println!("{:<12} {}", part.name, part.heading));
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(seconds) = arguments.fuzz {
        packages::ensure(Purpose::Test)?;
        return fuzz::run(workspace, seconds).map(|()| ExitCode::SUCCESS);
    }
    let wanted = |part: &&Part| part.prepares || arguments.only.is_empty() || is_named(part, &arguments.only);
    let (here, elsewhere): (Vec<_>, Vec<_>) = PARTS.iter().filter(wanted).partition(|part| part.here);
    for part in elsewhere {
        println!("Not checked on this system, only on Linux: {}.", part.heading);
    }
    let results: Vec<_> = here.iter().map(|part| (*part, perform(workspace, part))).collect();
    Ok(summary(&results))
}

fn known_part(name: &str) -> Result<String, String> {
    let names: Vec<_> = PARTS.iter().map(|part| part.name).collect();
    if names.contains(&name) {
        Ok(name.to_owned())
    } else {
        Err(format!("the parts are: {}", names.join(", ")))
    }
}

fn is_named(part: &Part, names: &[String]) -> bool {
    names.iter().any(|name| name == part.name)
}

/// How one part went and how long it took.
struct Done {
    outcome: Outcome<()>,
    took: Duration,
}

fn perform(workspace: &Workspace, part: &Part) -> Done {
    println!("\n=== {} ({})", part.heading, part.name);
    let start = Instant::now();
    let outcome = (part.check)(workspace);
    let done = Done { outcome, took: start.elapsed() };
    println!("--- {}: {}", part.name, verdict(&done));
    done
}

fn verdict(done: &Done) -> String {
    let seconds = done.took.as_secs_f32();
    match &done.outcome {
        Ok(()) => format!("passed in {seconds:.1} s"),
        Err(trouble) => format!("FAILED after {seconds:.1} s: {trouble}"),
    }
}

fn summary(results: &[(&Part, Done)]) -> ExitCode {
    println!("\n=== Summary");
    for (part, done) in results {
        println!("{:<12} {}", part.name, verdict(done));
    }
    let failed = results.iter().filter(|(_, done)| done.outcome.is_err()).count();
    println!("{} passed, {failed} failed", results.len() - failed);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn cargo(workspace: &Workspace, words: &[&str]) -> Outcome<()> {
    process::run(workspace.cargo().args(words))
}

fn npm(workspace: &Workspace, script: &str) -> Outcome<()> {
    process::run(&mut ui::npm(workspace, &["run", script])?)
}

/// The browser is the one the system packages bring, in the place where they put it.
fn screens(workspace: &Workspace) -> Outcome<()> {
    npm(workspace, "test:screens")
}

/// What answers sign-in requests, and the broker that is set up, in tests that look for them there.
fn peers(workspace: &Workspace) -> Outcome<()> {
    let wanted = workspace.root.join("src-tauri/crates/test-support/peers");
    python::environment(workspace, "test-peers/python", &wanted.join("requirements.txt"))?;
    node::environment(workspace, "test-peers/node", &wanted.join("package.json")).map(drop)
}

fn clippy(workspace: &Workspace) -> Outcome<()> {
    ui::build_if_changed(workspace)?;
    cargo(
        workspace,
        &["clippy", "--workspace", "--all-targets", "--features", ALL_FEATURES, "--", "-D", "warnings"],
    )
}

fn rust_tests(workspace: &Workspace) -> Outcome<()> {
    ui::build_if_changed(workspace)?;
    let session = own_session(workspace)?;
    let mut tests = workspace.cargo();
    tests.args(["test", "--workspace", "--features", ALL_FEATURES, "--no-fail-fast"]);
    process::run_tests(session.enter(&mut tests))
}

/// `test = false` in the root Cargo.toml keeps this one out of `cargo test --workspace`; the same words otherwise, so
/// that nothing is compiled again. It makes its own session, because it also needs its own network.
fn window(workspace: &Workspace) -> Outcome<()> {
    ui::build_if_changed(workspace)?;
    let driver = tools::program(workspace, tools::TAURI_DRIVER)?;
    let mut tests = workspace.cargo();
    tests.args([
        "test",
        "--workspace",
        "--features",
        ALL_FEATURES,
        "--test",
        "e2e",
        "--",
        "--nocapture",
        "--test-threads=1",
    ]);
    process::run_tests(tests.env("TAURI_DRIVER", &driver))
}

/// A display and a keyring that are not the developer's own.
fn own_session(workspace: &Workspace) -> Outcome<Session> {
    if !LINUX {
        return Ok(Session::default());
    }
    let folder = workspace.empty_scratch("test-session")?;
    Session::default().with_display(&folder)?.with_keyring(&folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_a_name_of_its_own() {
        let mut names: Vec<_> = PARTS.iter().map(|part| part.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), PARTS.len());
        assert!(names.iter().all(|name| known_part(name).is_ok()));
        assert!(known_part("nothing").is_err());
    }
}
