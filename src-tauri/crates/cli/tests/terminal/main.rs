//! The program as it is typed: every command, as text and as JSON, with the exit status of each way it can end.
//! `domain check` against name servers is in `lab`.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod account_service;
mod cert;
#[path = "../common/mod.rs"]
mod common;
#[cfg(target_os = "linux")]
mod disk_full;
mod explain;
mod guide;
#[cfg(target_os = "linux")]
mod keycloak;
mod metadata;
#[cfg(target_os = "linux")]
mod metadata_address;
#[cfg(target_os = "linux")]
mod operate;
#[cfg(target_os = "linux")]
mod polis;
mod record;
#[cfg(target_os = "linux")]
mod rehearse;
mod response;
#[cfg(target_os = "linux")]
mod response_of_peers;
mod usage;

use common::{Run, finished, program};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;
use tempfile::TempDir;
use test_support::TestCertificate;
use vocabulary::Timestamp;

#[expect(clippy::disallowed_methods, reason = "the program under test judges by the computer's clock")]
fn now() -> Timestamp {
    Timestamp::new(time::OffsetDateTime::now_utc())
}

/// Runs the program with bytes on standard input.
fn signpost_reading(args: &[&str], input: &[u8]) -> Run {
    let mut child = program(args).stdin(Stdio::piped()).spawn().unwrap();
    // The program may stop reading early; what it says then is what the test looks at.
    let _ = child.stdin.take().unwrap().write_all(input);
    finished(child.wait_with_output().unwrap())
}

/// A certificate that is valid from and to so many days from now.
fn certificate(from: i64, until: i64) -> TestCertificate {
    let day = |days| now().plus(time::Duration::days(days));
    test_support::certificate("signing.contoso.test", day(from), day(until))
}

/// A file with these bytes; it lives as long as the folder.
fn file(bytes: impl AsRef<[u8]>) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("input");
    std::fs::write(&path, bytes).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}
