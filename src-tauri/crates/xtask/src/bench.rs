//! What the program costs, measured here and now; nothing is remembered and nothing is guessed.

mod domain;
mod measure;
mod metadata;
mod size;
mod window;

use crate::effort;
use crate::packages::{self, Purpose};
use crate::process;
use crate::trouble::{Outcome, Trouble};
use crate::ui;
use crate::workspace::{ALL_FEATURES, SHELL, Workspace};
use measure::{Row, print_table};

/// Options of `cargo xtask bench`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Measure the development build: quicker to have, slower in everything.
    #[arg(long)]
    dev: bool,
    /// How often each thing is done; the median counts.
    #[arg(long, default_value_t = 15)]
    rounds: usize,
    /// Called by itself inside the DNS lab.
    #[arg(long, hide = true)]
    inside_dns_lab: bool,
}

/// The build that is measured.
struct Build<'w> {
    workspace: &'w Workspace,
    /// `release` or `debug`, as cargo names the folder.
    profile: &'static str,
    rounds: usize,
}

impl Build<'_> {
    fn program(&self, name: &str) -> std::path::PathBuf {
        self.workspace.built(self.profile, name)
    }
}

/// Builds, measures and prints a table.
pub(crate) fn bench(workspace: &Workspace, arguments: &Arguments) -> Outcome<()> {
    let profile = if arguments.dev { "debug" } else { "release" };
    let build = Build { workspace, profile, rounds: arguments.rounds.max(1) };
    if arguments.inside_dns_lab {
        return domain::measure_inside(&build);
    }
    packages::ensure(Purpose::Test)?;
    compile(&build)?;
    let (mut rows, mut failed) = (Vec::new(), Vec::new());
    for (name, measure) in MEASUREMENTS {
        println!("Measuring: {name}");
        match measure(&build) {
            Ok(found) => rows.extend(found),
            Err(trouble) => failed.push(format!("{name}: {trouble}")),
        }
    }
    println!("\nThe {profile} build on {}, median of {} rounds:\n", machine(), build.rounds);
    print_table(&rows);
    effort::print()?;
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Trouble::Needed(format!("not measured: {}", failed.join("; "))))
    }
}

type Measurement = fn(&Build<'_>) -> Outcome<Vec<Row>>;

const MEASUREMENTS: [(&str, Measurement); 4] = [
    ("window", window::measure),
    ("size", size::measure),
    ("metadata parse", metadata::measure),
    ("domain check", domain::measure),
];

fn compile(build: &Build<'_>) -> Outcome<()> {
    ui::install_packages(build.workspace)?;
    ui::build_if_changed(build.workspace)?;
    let mut compile = build.workspace.cargo();
    compile.args(["build", "--package", SHELL, "--package", "cli", "--package", "xtask", "--bin", SHELL]);
    compile.args([
        "--bin",
        "signpost",
        "--bin",
        "measure",
        "--features",
        ALL_FEATURES,
        "--features",
        "xtask/measure",
    ]);
    if build.profile == "release" {
        compile.arg("--release");
    }
    process::run(&mut compile)
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let about = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        about.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown processor");
    format!("{cores} cores of {}", model.trim_start_matches([' ', '\t', ':']))
}
