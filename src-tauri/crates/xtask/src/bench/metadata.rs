//! One metadata parse: as a whole process, beside xmllint, and inside a process.

use super::Build;
use super::measure::process_time;
use super::table::{Row, shown};
use crate::process;
use crate::trouble::{Outcome, Trouble};
use std::fs;
use std::process::Command;
use std::time::Duration;

/// The `measure` program writes the document and says how long one parse takes in it.
pub(super) fn measure(build: &Build<'_>) -> Outcome<Vec<Row>> {
    let folder = build.workspace.scratch("bench")?;
    let mut rows = Vec::new();
    for (name, words) in [("Entra's", "entra"), ("a federation's, 1000 entities", "aggregate")] {
        let document = folder.join(format!("{words}.xml"));
        let inside = process::output(Command::new(build.measured("measure")).arg(words).arg(&document))?;
        let size = fs::metadata(&document).map_err(Trouble::at(&document))?.len() / 1024;
        let ours = inspect_time(build, &document)?;
        let mut xmllint = Command::new("xmllint");
        xmllint.args(["--noout", "--huge"]).arg(&document);
        let theirs = process_time(&mut xmllint, build.rounds)?;
        let what = format!("metadata, {name} ({size} KiB), whole process");
        rows.push(Row::beside(&what, ours, "xmllint --noout (well-formedness only)", theirs));
        rows.push(Row::new(
            format!("metadata, {name}, read and judged in process"),
            shown(nanoseconds(&inside)?),
        ));
    }
    Ok(rows)
}

/// Exit status 1 says that something was found to say about the document: it was inspected all the same.
fn inspect_time(build: &Build<'_>, document: &std::path::Path) -> Outcome<Duration> {
    let mut shell = Command::new("sh");
    shell.args(["-c", r#""$0" metadata inspect --json "$1" || [ $? -eq 1 ]"#]);
    process_time(shell.arg(build.measured("signpost")).arg(document), build.rounds)
}

fn nanoseconds(text: &str) -> Outcome<Duration> {
    let number = text.trim().parse().map(Duration::from_nanos);
    number.map_err(|_| Trouble::Unreadable { program: "measure".into(), reason: text.to_owned() })
}
