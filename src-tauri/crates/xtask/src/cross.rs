//! Type-check for Windows and macOS from Linux.
//!
//! Checking needs the target's standard library but no linker and no foreign C compiler: the library is checked from
//! source (`-Z build-std`) by Debian's own compiler, whose sources are packaged beside it, and C code is waved
//! through by a compiler that only makes empty files. Nothing is installed; everything lies in `target/cross`.

mod pretend;

use crate::process;
use crate::trouble::{Outcome, Trouble};
use crate::ui;
use crate::workspace::{ALL_FEATURES, Workspace};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGETS: [&str; 2] = ["x86_64-pc-windows-msvc", "aarch64-apple-darwin"];
/// The compiler, its library for build scripts, and the library's sources; what they load at run time is looked up.
const PACKAGES: [&str; 3] = ["rustc-web", "libstd-rust-web-dev", "rust-web-src"];
const WRONG_SYSTEM: &str = "the packaged compiler comes from Debian 12; elsewhere type `rustup target add TARGET` and \
     `cargo check --workspace --target TARGET` on the system itself";

/// Options of `cargo xtask check-targets`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only this target.
    #[arg(long, value_parser = TARGETS)]
    target: Option<String>,
}

/// Type-checks the whole program for each target; the first that fails ends it.
pub(crate) fn check_targets(workspace: &Workspace, arguments: &Arguments) -> Outcome<()> {
    ui::install_packages(workspace)?;
    ui::build_if_changed(workspace)?;
    let compiler = Compiler::unpacked(workspace)?;
    let wanted =
        TARGETS.iter().filter(|target| arguments.target.as_deref().is_none_or(|only| only == **target));
    for target in wanted {
        println!("\n=== {target}");
        compiler.check(workspace, target)?;
        println!("--- {target}: everything type-checks.");
    }
    Ok(())
}

/// Debian's Rust, unpacked below the target folder.
struct Compiler {
    folder: PathBuf,
}

impl Compiler {
    fn unpacked(workspace: &Workspace) -> Outcome<Self> {
        let compiler = Self { folder: workspace.scratch("cross")? };
        let complete = compiler.folder.join("complete");
        if !complete.is_file() {
            compiler.unpack()?;
            fs::write(&complete, "").map_err(Trouble::at(&complete))?;
        }
        pretend::write_tools(&compiler.tools())?;
        Ok(compiler)
    }

    fn unpack(&self) -> Outcome<()> {
        let archives = self.folder.join("archives");
        fs::create_dir_all(&archives).map_err(Trouble::at(&archives))?;
        let mut download = Command::new("apt-get");
        download.current_dir(&archives).arg("download").args(packages()?);
        process::run(&mut download)?;
        for archive in ui::files_below(&archives, &[]) {
            process::run(Command::new("dpkg").arg("-x").arg(archive).arg(self.folder.join("root")))?;
        }
        Ok(())
    }

    fn check(&self, workspace: &Workspace, target: &str) -> Outcome<()> {
        let mut check = workspace.command("nice");
        check.arg(workspace.cargo().get_program());
        check.args(["check", "-Z", "build-std=std,panic_abort", "--target", target]);
        check.args(["--workspace", "--lib", "--bins", "--features", ALL_FEATURES]);
        check.arg("--target-dir").arg(self.folder.join("build"));
        check.env("RUSTC", self.usr().join("bin/rustc")).env("RUSTC_BOOTSTRAP", "1");
        check.env("LD_LIBRARY_PATH", self.usr().join("lib/x86_64-linux-gnu"));
        process::run(pretend::set_tools(&mut check, &self.tools(), target))
    }

    fn usr(&self) -> PathBuf {
        self.folder.join("root/usr")
    }

    fn tools(&self) -> PathBuf {
        self.folder.join("tools")
    }
}

/// The packages above and the versioned ones they load at run time (their own part of the library, LLVM).
fn packages() -> Outcome<Vec<String>> {
    if !Path::new("/etc/debian_version").exists() {
        return Err(Trouble::Needed(WRONG_SYSTEM.into()));
    }
    let library = dependency("libstd-rust-web-dev", "libstd-rust-web-")?;
    let llvm = dependency(&library, "libllvm")?;
    Ok(PACKAGES.map(str::to_owned).into_iter().chain([library, llvm]).collect())
}

fn dependency(package: &str, beginning: &str) -> Outcome<String> {
    let listing = process::output(Command::new("apt-cache").args(["depends", package]))?;
    let names = listing.lines().filter_map(|line| line.trim().strip_prefix("Depends: "));
    let found = names.map(str::trim).find(|name| name.starts_with(beginning));
    found
        .map(str::to_owned)
        .ok_or_else(|| Trouble::Needed(format!("{package} names no {beginning}*: {WRONG_SYSTEM}")))
}
