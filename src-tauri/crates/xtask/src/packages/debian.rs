//! Debian and Ubuntu: compare with dpkg, install with apt.

use super::Package;
use crate::process;
use crate::trouble::{Outcome, Trouble};
use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// How often an installation is tried: another apt may be running, and its clean-up can take our downloads away.
const ATTEMPTS: u32 = 3;

/// Refreshes the lists and installs `$@`, with a guard that keeps new daemons (the DNS lab's) from being started.
/// A guard that was there before is put back.
const INSTALL: &str = r#"
set -eu
guard=/usr/sbin/policy-rc.d
kept=$guard.kept-by-signpost
restore() { rm -f "$guard"; if [ -e "$kept" ]; then mv "$kept" "$guard"; fi; }
if [ -e "$guard" ] && ! grep -q signpost-guard "$guard"; then mv "$guard" "$kept"; fi
trap restore EXIT
trap 'exit 130' INT TERM HUP
printf '#!/bin/sh\n# signpost-guard\nexit 101\n' > "$guard"
chmod 755 "$guard"
export DEBIAN_FRONTEND=noninteractive
apt-get -q update || echo 'The package lists could not be refreshed; going on with those at hand.'
apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 install "$@"
"#;

/// Whether this system installs with apt.
pub(super) fn is_here() -> bool {
    Path::new("/etc/debian_version").exists() && process::find("apt-get").is_some()
}

/// Installs what is missing.
pub(super) fn ensure(needed: &[Package]) -> Outcome<()> {
    let missing = missing(needed)?;
    if missing.is_empty() {
        println!("All {} system packages are installed.", needed.len());
        return Ok(());
    }
    println!("{} of {} system packages are missing:", missing.len(), needed.len());
    for package in &missing {
        println!("  {:<24} {}", package.name, package.why);
    }
    install(&missing)
}

fn missing(needed: &[Package]) -> Outcome<Vec<Package>> {
    let installed = installed()?;
    let provided = |package: &Package| package.or_program.is_some_and(|name| process::find(name).is_some());
    let absent = needed.iter().filter(|package| !installed.contains(package.name) && !provided(package));
    Ok(absent.copied().collect())
}

fn installed() -> Outcome<BTreeSet<String>> {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat", "${db:Status-Status} ${Package}\n"]);
    Ok(read_installed(&process::output(&mut query)?))
}

fn read_installed(listing: &str) -> BTreeSet<String> {
    listing.lines().filter_map(|line| line.strip_prefix("installed ")).map(str::to_owned).collect()
}

fn install(missing: &[Package]) -> Outcome<()> {
    let names: Vec<&str> = missing.iter().map(|package| package.name).collect();
    for attempt in 1..ATTEMPTS {
        match process::run_named(&mut install_command(&names)?, &by_hand(&names)) {
            Ok(()) => return Ok(()),
            Err(trouble) => println!("Attempt {attempt} did not work ({trouble}). Trying again."),
        }
        wait_for_other_apt();
    }
    process::run_named(&mut install_command(&names)?, &by_hand(&names))
        .map_err(|trouble| Trouble::Needed(format!("{trouble}\nTo do it by hand: {}", by_hand(&names))))
}

/// Waits for apt processes that hold the package lists or the archive, at most two minutes.
fn wait_for_other_apt() {
    let busy = || process::succeeds(Command::new("sh").args(["-c", OTHER_APT]));
    process::wait_until(Duration::from_secs(120), || (!busy()).then_some(()));
}

const OTHER_APT: &str = r#"for name in /proc/[0-9]*/comm; do
  case "$(cat "$name" 2>/dev/null)" in apt|apt-get|aptitude|dpkg|unattended-upgr) exit 0;; esac
done; exit 1"#;

/// The script as root: directly, or through sudo, which may ask for a password only at a terminal.
fn install_command(names: &[&str]) -> Outcome<Command> {
    let mut command = match (is_root()?, process::find("sudo")) {
        (true, _) => Command::new("sh"),
        (false, None) => return Err(Trouble::Needed(format!("as root, type: {}", by_hand(names)))),
        (false, Some(sudo)) => {
            let mut command = Command::new(sudo);
            if !std::io::stdin().is_terminal() {
                command.arg("-n");
            }
            command.arg("sh");
            command
        }
    };
    command.args(["-c", INSTALL, "install"]).args(names).stdin(Stdio::inherit());
    Ok(command)
}

fn is_root() -> Outcome<bool> {
    Ok(process::output(Command::new("id").arg("-u"))?.trim() == "0")
}

fn by_hand(names: &[&str]) -> String {
    format!("apt-get install --no-install-recommends {}", names.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_that_was_removed_is_not_installed() {
        let listing = "installed curl\nconfig-files knot\ninstalled libc6\nnot-installed nsd\n";
        let found = read_installed(listing);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["curl", "libc6"]);
    }
}
