//! Measurements that happen in a network of their own: we are started again in there and print our rows.

use super::table::Row;
use super::{Build, domain, many};
use crate::process;
use crate::trouble::{Outcome, Trouble};
use std::process::Command;

/// Where a measurement can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Lab {
    /// `tests/dns-lab/up.sh`
    Cases,
    /// `tests/dns-lab/many.sh`
    Many,
}

/// Runs ourselves by the lab's script, which takes a command, and reads the rows.
pub(super) fn rows(build: &Build<'_>, mut lab: Command, name: &str) -> Outcome<Vec<Row>> {
    let again = std::env::current_exe().map_err(Trouble::at("xtask"))?;
    lab.arg(again).args(["bench", "--inside", name, "--rounds", &build.rounds.to_string()]);
    if build.dev {
        lab.arg("--dev");
    }
    let said = process::output(&mut lab)?;
    let unreadable = || Trouble::Unreadable { program: "the DNS lab".into(), reason: said.clone() };
    said.lines().map(|line| Row::from_json(line).ok_or_else(unreadable)).collect()
}

/// In there: measures and prints.
pub(super) fn measure(build: &Build<'_>, lab: Lab) -> Outcome<()> {
    let rows = match lab {
        Lab::Cases => domain::measure_inside(build)?,
        Lab::Many => many::measure_inside(build)?,
    };
    for row in rows {
        println!("{}", row.to_json());
    }
    Ok(())
}
