//! The walk against real name servers: knot, nsd, dnsdist and unbound in `tests/dns-lab`.
//!
//! `the_lab` starts the lab and this program again inside it, which then runs the tests marked as ignored. Run
//! outside the lab those fail; they are never passed over.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod common;
mod findings;
mod hosts;
mod pace;
mod repairs;
mod resolvers;
mod silence;

use common::lab_folder;
use std::process::Command;

/// The tests that run inside the lab, but for those that mend what the others find broken.
const INSIDE: &str = concat!(
    include_str!("findings.rs"),
    include_str!("hosts.rs"),
    include_str!("pace.rs"),
    include_str!("resolvers.rs"),
    include_str!("silence.rs"),
);

#[test]
fn the_lab() {
    let own_tests = INSIDE.lines().filter(|line| line.starts_with("#[ignore")).count();
    run_inside(&["--skip", "mended_"], own_tests);
}

#[test]
fn a_lab_is_mended() {
    run_inside(&["mended_"], 1);
}

/// Runs some of the tests inside a lab of their own, and sees that so many pass.
fn run_inside(which: &[&str], own_tests: usize) {
    let output = Command::new("bash")
        .arg(lab_folder().join("up.sh"))
        .arg(std::env::current_exe().unwrap())
        .args(["--ignored", "--test-threads=4"])
        .args(which)
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}\n{err}");
    assert!(
        out.contains(&format!("test result: ok. {own_tests} passed; 0 failed; 0 ignored")),
        "{out}\n{err}"
    );
}

#[test]
fn every_finding_that_servers_bring_up_stands_in_the_table_and_is_brought_up_here() {
    let table = include_str!("../../../../../docs/domain-findings.md");
    let by_typing = ["domain-", "list-", "shared-"];
    let by_servers = ["domain-unregistered", "domain-parked", "domain-on-hold"];
    for code in domain_check::CODES {
        let typed = by_typing.iter().any(|begin| code.starts_with(begin)) && !by_servers.contains(code);
        if !typed && *code != "txt-present" {
            assert!(
                table.contains(&format!("`{code}`")),
                "{code} stands in no row of docs/domain-findings.md"
            );
        }
        assert!(
            typed || *code == "txt-present" || INSIDE.contains(&format!("\"{code}\"")),
            "no server brings up {code}"
        );
    }
}
