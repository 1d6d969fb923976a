//! macOS, Windows and other Linux systems: look for the tools and say the one command to type.

use crate::process;
use crate::trouble::{Outcome, Trouble};
use std::process::Command;

const FEDORA: &str = "sudo dnf install gcc-c++ make file webkit2gtk4.1-devel gtk3-devel librsvg2-devel libxdo-devel openssl-devel dbus-devel";
const ARCH: &str = "sudo pacman -S --needed base-devel file webkit2gtk-4.1 gtk3 librsvg xdotool openssl dbus";
const SUSE: &str = "sudo zypper install gcc-c++ make file webkit2gtk3-devel gtk3-devel librsvg-devel xdotool-devel libopenssl-devel dbus-1-devel";

/// Checks that the program can be built here.
pub(super) fn check() -> Outcome<()> {
    if cfg!(target_os = "macos") {
        return check_macos();
    }
    if cfg!(windows) {
        return check_windows();
    }
    check_linux()
}

fn check_macos() -> Outcome<()> {
    if process::succeeds(Command::new("xcode-select").arg("-p")) {
        println!("Xcode's command line tools are installed.");
        return Ok(());
    }
    Err(needed("Xcode's command line tools are missing", "xcode-select --install"))
}

fn check_windows() -> Outcome<()> {
    if !has_msvc() {
        return Err(needed(
            "the MSVC build tools are missing",
            "winget install Microsoft.VisualStudio.2022.BuildTools --override \"--wait --passive --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended\"",
        ));
    }
    if !has_web_view() {
        return Err(needed("WebView2 is missing", "winget install Microsoft.EdgeWebView2Runtime"));
    }
    println!("MSVC build tools and WebView2 are installed.");
    Ok(())
}

fn has_msvc() -> bool {
    let programs = std::env::var_os("ProgramFiles(x86)").unwrap_or_default();
    let finder = std::path::Path::new(&programs).join("Microsoft Visual Studio/Installer/vswhere.exe");
    let tools = "Microsoft.VisualStudio.Component.VC.Tools.x86.x64";
    let mut ask = Command::new(finder);
    ask.args(["-latest", "-products", "*", "-requires", tools, "-property", "installationPath"]);
    process::find("cl").is_some() || process::output(&mut ask).is_ok_and(|path| !path.trim().is_empty())
}

/// WebView2 writes its version under one of these keys (Microsoft's distribution guide).
fn has_web_view() -> bool {
    const CLIENT: &str = r"Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    let places = [r"HKLM\SOFTWARE\WOW6432Node\", r"HKLM\SOFTWARE\", r"HKCU\Software\"];
    places.iter().any(|place| {
        process::succeeds(Command::new("reg").args(["query", &format!("{place}{CLIENT}"), "/v", "pv"]))
    })
}

fn check_linux() -> Outcome<()> {
    if process::succeeds(Command::new("pkg-config").args([
        "--exists",
        "webkit2gtk-4.1",
        "gtk+-3.0",
        "dbus-1",
    ])) {
        println!("webkit2gtk 4.1, GTK 3 and D-Bus are installed.");
        return Ok(());
    }
    Err(needed("libraries of the window are missing (webkit2gtk 4.1, GTK 3, D-Bus)", linux_command()))
}

fn linux_command() -> &'static str {
    let managers = [("dnf", FEDORA), ("pacman", ARCH), ("zypper", SUSE)];
    let known = managers.iter().find(|(program, _)| process::find(program).is_some());
    known.map_or("install their development packages with this system's package manager", |(_, command)| {
        command
    })
}

fn needed(what: &str, command: &str) -> Trouble {
    Trouble::Needed(format!("{what}. Type this, then run the same command again:\n  {command}"))
}
