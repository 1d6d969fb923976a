//! `domain check`, `domain watch` and `domain bulk` against the name servers of `tests/dns-lab`, one file each.
//!
//! `the_lab` starts the lab and this program again inside it, which then runs the tests marked as ignored. Run
//! outside the lab those fail; they are never passed over.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod check;
#[path = "../common/mod.rs"]
mod common;
mod list;
mod watch;

use common::{Run, signpost};
use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;

fn lab_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/dns-lab")
}

#[test]
fn the_lab() {
    let sources = [include_str!("check.rs"), include_str!("list.rs"), include_str!("watch.rs")];
    let own_tests =
        sources.iter().flat_map(|text| text.lines()).filter(|line| line.starts_with("#[ignore")).count();
    let output = Command::new("bash")
        .arg(lab_folder().join("up.sh"))
        .arg(std::env::current_exe().unwrap())
        .arg("--ignored")
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}\n{err}");
    assert!(
        out.contains(&format!("test result: ok. {own_tests} passed; 0 failed; 0 ignored")),
        "{out}\n{err}"
    );
}

fn lab_file(name: &str) -> PathBuf {
    let lab =
        std::env::var("DNS_LAB").expect("this test runs inside the lab; the test the_lab starts it there");
    PathBuf::from(lab).join(name)
}

fn token() -> String {
    std::fs::read_to_string(lab_file("token")).unwrap().trim().to_owned()
}

/// The arguments of a check in the lab.
fn arguments(domain: &str, more: &[&str]) -> Vec<String> {
    let roots = lab_file("roots").to_str().unwrap().to_owned();
    let args = ["domain", "check", domain, "--roots", &roots].into_iter().chain(more.iter().copied());
    args.map(str::to_owned).collect()
}

fn check(domain: &str, more: &[&str]) -> Run {
    let args = arguments(domain, more);
    signpost(&args.iter().map(String::as_str).collect::<Vec<_>>())
}

fn check_json(domain: &str, more: &[&str]) -> (i32, Value) {
    let run = check(domain, &[&["--json"], more].concat());
    assert_eq!(run.err, "");
    (run.status, run.json())
}

fn publish(domain: &str, value: &str) {
    let script = lab_folder().join("publish.sh");
    assert!(Command::new("bash").arg(script).args([domain, value]).status().unwrap().success());
}
