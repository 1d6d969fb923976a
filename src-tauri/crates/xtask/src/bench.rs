//! What the program costs, measured here and now, beside named peers in the same run; nothing is remembered and nothing
//! is guessed.

mod aggregate;
mod domain;
mod inside;
mod many;
mod measure;
mod metadata;
mod peers;
mod response;
mod scim;
mod size;
mod table;
mod window;

use crate::effort;
use crate::packages::{self, Purpose};
use crate::process;
use crate::trouble::{Outcome, Trouble};
use crate::ui;
use crate::workspace::{ALL_FEATURES, SHELL, Workspace};
use table::{Row, print_table};

/// Options of `cargo xtask bench`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Measure the development build: quicker to have, slower in everything.
    #[arg(long)]
    dev: bool,
    /// How often each thing is done; the median counts.
    #[arg(long, default_value_t = 15)]
    rounds: usize,
    /// Only the part of this name (may be given several times): window, size, metadata, domain, many, aggregate, response,
    /// scim.
    #[arg(long, value_name = "NAME", value_parser = known_part)]
    only: Vec<String>,
    /// Called by itself inside a DNS lab.
    #[arg(long, hide = true)]
    inside: Option<inside::Lab>,
}

/// The builds that are measured.
struct Build<'w> {
    workspace: &'w Workspace,
    dev: bool,
    rounds: usize,
}

/// The profile of everything but the window: quick code, and not the slow link of a release.
const MEASURED: &str = "measured";

impl Build<'_> {
    /// A program as it is shipped.
    fn shipped(&self, name: &str) -> std::path::PathBuf {
        self.workspace.built(if self.dev { "debug" } else { "release" }, name)
    }

    /// A program of the profile for measurements.
    fn measured(&self, name: &str) -> std::path::PathBuf {
        self.workspace.built(if self.dev { "debug" } else { MEASURED }, name)
    }
}

/// Something that is measured.
struct Part {
    name: &'static str,
    measure: fn(&Build<'_>) -> Outcome<Vec<Row>>,
    /// It needs the window, as it is shipped.
    shipped: bool,
}

const PARTS: [Part; 8] = [
    Part { name: "window", measure: window::measure, shipped: true },
    Part { name: "size", measure: size::measure, shipped: true },
    Part { name: "metadata", measure: metadata::measure, shipped: false },
    Part { name: "domain", measure: domain::measure, shipped: false },
    Part { name: "many", measure: many::measure, shipped: false },
    Part { name: "aggregate", measure: aggregate::measure, shipped: false },
    Part { name: "response", measure: response::measure, shipped: false },
    Part { name: "scim", measure: scim::measure, shipped: false },
];

fn known_part(name: &str) -> Result<String, String> {
    let names = PARTS.map(|part| part.name);
    if names.contains(&name) {
        Ok(name.to_owned())
    } else {
        Err(format!("the parts are: {}", names.join(", ")))
    }
}

/// Builds, measures and prints a table.
pub(crate) fn bench(workspace: &Workspace, arguments: &Arguments) -> Outcome<()> {
    let build = Build { workspace, dev: arguments.dev, rounds: arguments.rounds.max(1) };
    if let Some(lab) = arguments.inside {
        return inside::measure(&build, lab);
    }
    packages::ensure(Purpose::Bench)?;
    let wanted =
        |part: &&Part| arguments.only.is_empty() || arguments.only.iter().any(|name| name == part.name);
    let parts: Vec<&Part> = PARTS.iter().filter(wanted).collect();
    compile(&build, parts.iter().any(|part| part.shipped))?;
    let (mut rows, mut failed) = (Vec::new(), Vec::new());
    for part in parts {
        println!("Measuring: {}", part.name);
        match (part.measure)(&build) {
            Ok(found) => rows.extend(found),
            Err(trouble) => failed.push(format!("{}: {trouble}", part.name)),
        }
    }
    println!("\nThe {} build on {}, median of {} rounds:\n", build.name(), machine(), build.rounds);
    print_table(&rows);
    if arguments.only.is_empty() {
        effort::print()?;
    }
    let missed = rows.iter().filter(|row| row.missed()).count();
    if missed > 0 {
        println!("\n{missed} of the targets are missed.");
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Trouble::Needed(format!("not measured: {}", failed.join("; "))))
    }
}

impl Build<'_> {
    fn name(&self) -> &'static str {
        if self.dev { "development" } else { "measured (window and size: release)" }
    }
}

fn compile(build: &Build<'_>, with_window: bool) -> Outcome<()> {
    let mut measured = build.workspace.cargo();
    measured.args(["build", "--package", "cli", "--package", "xtask", "--features", "xtask/measure"]);
    measured.args(["--bin", "signpost", "--bin", "measure"]);
    if !build.dev {
        measured.args(["--profile", MEASURED]);
    }
    process::run(&mut measured)?;
    if !with_window {
        return Ok(());
    }
    ui::install_packages(build.workspace)?;
    ui::build_if_changed(build.workspace)?;
    let mut shipped = build.workspace.cargo();
    shipped.args(["build", "--package", SHELL, "--package", "cli", "--bin", SHELL, "--bin", "signpost"]);
    shipped.args(["--features", ALL_FEATURES]);
    if !build.dev {
        shipped.arg("--release");
    }
    process::run(&mut shipped)
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let about = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        about.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown processor");
    format!("{cores} cores of {}", model.trim_start_matches([' ', '\t', ':']))
}
