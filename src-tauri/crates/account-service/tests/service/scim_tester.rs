//! The compliance checks of `scim2-tester`, a SCIM client that is not ours.

use crate::harness::Harness;
use crate::provisioning::Client;
use std::path::{Path, PathBuf};
use tokio::process::Command;

fn program() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let program = target.join("test-python/bin/scim2");
    assert!(program.is_file(), "{} is missing: cargo xtask test --only python-packages", program.display());
    program
}

/// Every check there is, against a service over any database.
pub(crate) async fn complies(service: &Harness) {
    let client = Client::of(service).await;
    let mut command = Command::new(program());
    command.args(["--url", &service.url("/scim/v2"), "test"]);
    // By the environment: arguments are seen by everybody on the computer.
    command.env("SCIM_CLI_HEADERS", format!("Authorization: Bearer {}", client.token));
    let output = command.output().await.unwrap();
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");
    let passed = said.lines().filter(|line| line.starts_with("SUCCESS")).count();
    assert!(passed >= 130, "only {passed} checks were made: {said}");
    assert!(said.lines().all(|line| !line.starts_with("ERROR")), "{said}");
}

#[tokio::test]
async fn every_check_of_scim2_tester_passes() {
    complies(&Harness::start().await).await;
}
