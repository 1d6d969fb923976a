//! Fuzzing with libFuzzer, on the ordinary toolchain: the instruments are options of the compiler's back end.

use crate::process;
use crate::trouble::{Outcome, Trouble};
use crate::workspace::Workspace;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the back end adds to every function: edges that were taken, and values that were compared.
const INSTRUMENTS: &[&str] = &[
    "--cfg=fuzzing",
    "-Cdebug-assertions",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// The targets; each is a file in `fuzz/fuzz_targets`.
const TARGETS: &[&str] = &["certificate", "dns_answer", "metadata", "response", "scim_filter"];

/// Builds all targets, and runs each for so many seconds from documents as they really come.
///
/// # Errors
/// When a target crashes, hangs or takes too much memory; the input that did it is kept, and named.
pub(crate) fn run(workspace: &Workspace, seconds: u32) -> Outcome<()> {
    let folder = workspace.scratch("fuzz")?;
    let programs = build(workspace, &folder)?;
    seeds(workspace, &folder.join("seeds"))?;
    let mut found = Vec::new();
    for target in TARGETS {
        match one(&folder, &programs, target, seconds) {
            Ok(figures) => println!("{target}: {figures}"),
            Err(trouble) => found.push(format!("{target}: {trouble}")),
        }
    }
    if found.is_empty() { Ok(()) } else { Err(Trouble::Needed(found.join("\n"))) }
}

fn build(workspace: &Workspace, folder: &Path) -> Outcome<PathBuf> {
    let host = process::output(Command::new("rustc").args(["--print", "host-tuple"]))?;
    let host = host.trim();
    let mut cargo = workspace.cargo();
    // With a target of its own, build scripts and macros stay without instruments.
    cargo.args(["build", "--manifest-path", "fuzz/Cargo.toml", "--release", "--target", host]);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", INSTRUMENTS.join("\u{1f}")).env("CARGO_TARGET_DIR", folder);
    process::run(&mut cargo)?;
    Ok(folder.join(host).join("release"))
}

fn seeds(workspace: &Workspace, folder: &Path) -> Outcome<()> {
    let mut measure = workspace.cargo();
    measure.args(["run", "--package", "xtask", "--features", "measure", "--bin", "measure", "--", "seeds"]);
    process::run(measure.arg(folder))
}

fn one(folder: &Path, programs: &Path, target: &str, seconds: u32) -> Outcome<String> {
    let (corpus, crashes) = (folder.join("corpus").join(target), folder.join("crashes").join(target));
    for needed in [&corpus, &crashes] {
        std::fs::create_dir_all(needed).map_err(Trouble::at(needed))?;
    }
    let mut fuzz = Command::new(programs.join(target));
    fuzz.arg(format!("-max_total_time={seconds}")).args([
        "-timeout=10",
        "-rss_limit_mb=2048",
        "-print_final_stats=1",
    ]);
    fuzz.arg(format!("-artifact_prefix={}/", crashes.display()));
    fuzz.arg(&corpus).arg(folder.join("seeds").join(target));
    fuzz.stdin(Stdio::null()).stdout(Stdio::null());
    let cannot = |source| Trouble::CannotStart { program: target.to_owned(), source };
    let output = fuzz.output().map_err(cannot)?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() {
        return Ok(figures(&said));
    }
    let last: Vec<&str> = said.lines().rev().take(40).collect();
    for line in last.iter().rev() {
        println!("{line}");
    }
    Err(Trouble::Needed(format!("an input was found that fails; it is in {}", crashes.display())))
}

/// Executions, covered edges and the corpus, out of what libFuzzer says.
fn figures(said: &str) -> String {
    let runs = said.lines().rev().find(|line| line.starts_with("Done ")).unwrap_or("no figures");
    let after = |line: &str, name: &str| -> Option<String> {
        line.split(name).nth(1)?.split_whitespace().next().map(str::to_owned)
    };
    let last = said.lines().rev().find(|line| line.contains(" cov: ")).unwrap_or_default();
    let figure = |name| after(last, name).unwrap_or_else(|| "?".to_owned());
    format!("{runs}, {} edges covered, {} inputs kept", figure(" cov: "), figure(" corp: "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_from_the_last_lines() {
        let said = "#2\tINITED cov: 60 ft: 61 corp: 1/1b exec/s: 0 rss: 27Mb\n\
                    #196097\tDONE   cov: 460 ft: 1837 corp: 557/29Kb lim: 1539 exec/s: 49024 rss: 29Mb\n\
                    Done 196097 runs in 4 second(s)\n";
        assert_eq!(figures(said), "Done 196097 runs in 4 second(s), 460 edges covered, 557/29Kb inputs kept");
    }

    #[test]
    fn every_target_has_its_file() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../fuzz/fuzz_targets");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        files.sort();
        assert_eq!(files, TARGETS);
    }
}
