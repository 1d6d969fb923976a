//! One domain check, inside the DNS lab, beside dig.

use super::measure::process_time;
use super::table::{Row, shown};
use super::{Build, inside};
use crate::process;
use crate::trouble::{Outcome, Trouble};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const DOMAIN: &str = "healthy.test";
const RECORD: &str = "_parallels-challenge.healthy.test";
/// One of its two servers never answers.
const HALF_SILENT: &str = "halfsilent.test";
/// The lab's servers on the way: root, registry, primary, secondary.
const SERVERS: [&str; 4] = ["@127.10.0.1", "@127.10.0.2", "@127.10.1.1", "@127.10.1.2"];
/// So long after the last answer the verdict is there.
const MOST: Duration = Duration::from_millis(10);

/// Starts ourselves again inside the lab, which has a network of its own.
pub(super) fn measure(build: &Build<'_>) -> Outcome<Vec<Row>> {
    let mut lab = build.workspace.command("bash");
    lab.arg("tests/dns-lab/up.sh");
    inside::rows(build, lab, "cases")
}

/// Inside the lab.
pub(super) fn measure_inside(build: &Build<'_>) -> Outcome<Vec<Row>> {
    let lab = PathBuf::from(std::env::var_os("DNS_LAB").unwrap_or_default());
    let token = lab.join("token");
    let token = std::fs::read_to_string(&token).map_err(Trouble::at(token))?;
    let (roots, token) = (lab.join("roots"), token.trim());
    let mut ours = Command::new(build.measured("signpost"));
    ours.args(["domain", "check", DOMAIN, "--expect", token, "--roots"]).arg(&roots);
    let ours = process_time(&mut ours, build.rounds)?;
    let mut theirs = Command::new("dig");
    theirs.arg("+norecurse").args(SERVERS.iter().flat_map(|server| [*server, RECORD, "TXT"]));
    let theirs = process_time(&mut theirs, build.rounds)?;
    let what = "domain check, root to every delegated server, whole process";
    Ok(vec![
        Row::beside(what, ours, "dig, the same four servers asked for TXT", theirs),
        verdict(build, &roots, token, DOMAIN, "all servers answer")?,
        verdict(build, &roots, token, HALF_SILENT, "one server is dead")?,
    ])
}

/// The time from the slowest answer of a delegated server to the verdict, in one process.
fn verdict(build: &Build<'_>, roots: &Path, token: &str, domain: &str, case: &str) -> Outcome<Row> {
    let mut measure = Command::new(build.measured("measure"));
    let rounds = build.rounds.to_string();
    measure.args(["verdict", domain, token, &rounds]).arg(roots);
    let said = process::output(&mut measure)?;
    let time = said.trim().parse().map(Duration::from_nanos);
    let time = time.map_err(|_| Trouble::Unreadable { program: "measure".into(), reason: said.clone() })?;
    let row = Row::new(format!("domain check, {case}: from the slowest answer to the verdict"), shown(time));
    Ok(row.target("at most 10 ms", time <= MOST))
}
