//! Stand-ins for the C tools of another system: they make the files they are asked for, empty.
//! That is enough for a type-check, because nothing is ever linked.

use crate::trouble::{Outcome, Trouble};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Output is named by `-o FILE`, or by `-FoFILE` in Microsoft's way; `@FILE` holds more words.
const COMPILER: &str = r#"#!/bin/sh
while [ $# -gt 0 ]; do
  case "$1" in
    -o) : > "$2"; shift;;
    -Fo?*|/Fo?*) : > "${1#?Fo}";;
  esac
  shift
done
"#;

/// The archive is the word that ends in .a or .lib, or `-out:FILE` in Microsoft's way.
const ARCHIVER: &str = r#"#!/bin/sh
for word in "$@"; do
  case "$word" in
    -out:*|/out:*|-OUT:*|/OUT:*) : > "${word#?????}";;
    @*) ;;
    *.a|*.lib) : > "$word";;
  esac
done
"#;

/// The resource compiler's output is named by `/fo FILE`; build scripts know it by the first line it prints.
const RESOURCES: &str = r#"#!/bin/sh
echo 'OVERVIEW: Resource Converter'
while [ $# -gt 0 ]; do
  case "$1" in /fo|-fo|/FO) : > "$2"; shift;; esac
  shift
done
"#;

const TOOLS: [(&str, &str); 3] = [("cc", COMPILER), ("ar", ARCHIVER), ("llvm-rc", RESOURCES)];

/// Writes them into a folder.
pub(super) fn write_tools(folder: &Path) -> Outcome<()> {
    fs::create_dir_all(folder).map_err(Trouble::at(folder))?;
    for (name, script) in TOOLS {
        let tool = folder.join(name);
        fs::write(&tool, script).map_err(Trouble::at(&tool))?;
        make_executable(&tool)?;
    }
    Ok(())
}

/// Tells build scripts for the target to use them.
pub(super) fn set_tools<'c>(command: &'c mut Command, folder: &Path, target: &str) -> &'c mut Command {
    let target = target.replace('-', "_");
    command.env(format!("CC_{target}"), folder.join("cc")).env(format!("CXX_{target}"), folder.join("cc"));
    command
        .env(format!("AR_{target}"), folder.join("ar"))
        .env(format!("RC_{target}"), folder.join("llvm-rc"));
    // aws-lc-sys: no assembler and no CMake, its own list of files instead.
    command.env("AWS_LC_SYS_PREBUILT_NASM", "1").env("AWS_LC_SYS_CMAKE_BUILDER", "0")
}

#[cfg(unix)]
fn make_executable(file: &Path) -> Outcome<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).map_err(Trouble::at(file))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> Outcome<()> {
    Ok(())
}
