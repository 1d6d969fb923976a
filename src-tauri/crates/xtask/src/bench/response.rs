//! One SAML response of 4 KB, validated inside a process: ours by criterion, others by their own clocks.

use super::table::{Row, shown};
use super::{Build, MEASURED, peers};
use crate::process;
use crate::trouble::{Outcome, Trouble};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// What is measured by criterion, as `account-service/benches/response.rs` names it, and how it is to be called here.
const OURS: [(&str, &str); 2] = [("one-verifier", "bergshamra alone"), ("two-verifiers", "both verifiers")];
/// The most for a whole validation with two verifiers.
const MOST: Duration = Duration::from_micros(500);

/// Measures ours, then the peers with the same document.
pub(super) fn measure(build: &Build<'_>) -> Outcome<Vec<Row>> {
    let mut bench = build.workspace.cargo();
    bench.args(["bench", "--package", "account-service", "--bench", "response", "--profile"]);
    process::run(bench.arg(if build.dev { "dev" } else { MEASURED }))?;
    let mut rows = Vec::new();
    let mut last = Duration::ZERO;
    for (name, how) in OURS {
        let Some(time) = estimate(&build.workspace.target, name)? else { continue };
        last = time;
        let what = format!("a response of 4 KB, validated whole, {how}");
        rows.push(Row::new(what, shown(time)).target("under 500 µs", time < MOST));
    }
    let what = "a response of 4 KB, validated";
    let folder = build.workspace.scratch("bench")?;
    let (document, certificate) = (folder.join("response.xml"), folder.join("response.pem"));
    process::run(Command::new(build.measured("measure")).arg("response").args([&document, &certificate]))?;
    rows.push(match peers::python(build.workspace) {
        Ok(python) => {
            let mut peer = Command::new(python);
            peer.arg(peers::script(build.workspace, "signature.py"))
                .args([&document, &certificate])
                .arg("often");
            Row::beside(what, last, "python xmlsec (signature only)", nanoseconds(&mut peer)?)
        }
        Err(trouble) => Row::missing(what, shown(last), "python xmlsec", &trouble.to_string()),
    });
    rows.push(match peers::node(build.workspace) {
        Ok(folder) => {
            let mut peer = Command::new("node");
            peer.arg(peers::script(build.workspace, "response.mjs")).args([&document, &certificate]);
            Row::beside(what, last, "node-saml (whole)", nanoseconds(peer.current_dir(folder))?)
        }
        Err(trouble) => Row::missing(what, shown(last), "node-saml", &trouble.to_string()),
    });
    Ok(rows)
}

fn nanoseconds(command: &mut Command) -> Outcome<Duration> {
    let said = process::output(command)?;
    let time = said.trim().parse().map(Duration::from_nanos);
    time.map_err(|_| Trouble::Unreadable { program: "a peer".into(), reason: said })
}

/// The median that criterion wrote down, in nanoseconds; `None` when there is no such measurement.
fn estimate(target: &Path, name: &str) -> Outcome<Option<Duration>> {
    let file = target.join("criterion/response").join(name).join("new/estimates.json");
    if !file.is_file() {
        return Ok(None);
    }
    let text = fs::read_to_string(&file).map_err(Trouble::at(&file))?;
    let estimates: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let median = estimates["median"]["point_estimate"].as_f64();
    let median = median.ok_or(Trouble::Unreadable { program: "criterion".into(), reason: text })?;
    Ok(Some(Duration::from_secs_f64(median / 1e9)))
}
