//! One domain check, inside the DNS lab, beside dig.

use super::Build;
use super::measure::{Row, process_time};
use crate::process;
use crate::trouble::{Outcome, Trouble};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

const DOMAIN: &str = "healthy.test";
const RECORD: &str = "_parallels-challenge.healthy.test";
/// The lab's servers on the way: root, registry, primary, secondary.
const SERVERS: [&str; 4] = ["@127.10.0.1", "@127.10.0.2", "@127.10.1.1", "@127.10.1.2"];

/// Starts ourselves again inside the lab, which has a network of its own.
pub(super) fn measure(build: &Build<'_>) -> Outcome<Vec<Row>> {
    let again = std::env::current_exe().map_err(Trouble::at("xtask"))?;
    let mut lab = build.workspace.command("bash");
    lab.arg("tests/dns-lab/up.sh").arg(again).args(["bench", "--inside-dns-lab"]);
    lab.args(["--rounds", &build.rounds.to_string()]);
    if build.profile == "debug" {
        lab.arg("--dev");
    }
    let times = read_times(&process::output(&mut lab)?)?;
    let what = "domain check, root to every delegated server, whole process";
    Ok(vec![Row::beside(what, times.0, "dig, the same four servers asked for TXT", times.1)])
}

/// Inside the lab: prints our time and dig's, in nanoseconds.
pub(super) fn measure_inside(build: &Build<'_>) -> Outcome<()> {
    let lab = PathBuf::from(std::env::var_os("DNS_LAB").unwrap_or_default());
    let token = lab.join("token");
    let token = std::fs::read_to_string(&token).map_err(Trouble::at(token))?;
    let mut ours = Command::new(build.program("signpost"));
    ours.args(["domain", "check", DOMAIN, "--expect", token.trim(), "--roots"]).arg(lab.join("roots"));
    let ours = process_time(&mut ours, build.rounds)?;
    let mut theirs = Command::new("dig");
    theirs.arg("+norecurse").args(SERVERS.iter().flat_map(|server| [*server, RECORD, "TXT"]));
    let theirs = process_time(&mut theirs, build.rounds)?;
    println!("{} {}", ours.as_nanos(), theirs.as_nanos());
    Ok(())
}

fn read_times(text: &str) -> Outcome<(Duration, Duration)> {
    let mut numbers = text.split_whitespace().map(|word| word.parse().map(Duration::from_nanos));
    match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(Ok(ours)), Some(Ok(theirs)), None) => Ok((ours, theirs)),
        _ => Err(Trouble::Unreadable { program: "the DNS lab".into(), reason: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_numbers_and_nothing_else_are_an_answer() {
        assert_eq!(read_times("5 7\n").unwrap(), (Duration::from_nanos(5), Duration::from_nanos(7)));
        assert!(read_times("5").is_err());
        assert!(read_times("not measured").is_err());
    }
}
