//! The whole product in its real window: WebDriver, a display and a keyring of its own, and name servers of its own.
//!
//! `the_window` starts the lab and the session around itself and runs the journeys inside, one after the other.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod app;
mod bad_day;
mod by_hand;
mod desktop;
mod hand_over;
mod journey;
mod keyboard;
mod okta;
mod pingone;
mod provisioner;
mod pymetrics;
mod sign_in;
mod switching;
mod watching;

use std::path::{Path, PathBuf};
use std::process::Command;

/// Where everything of one run lies.
const FOLDER: &str = "SIGNPOST_E2E";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs one of the ignored tests below in the DNS lab, in a session of its own.
fn inside(test: &str, settings: &[(&str, &str)]) {
    let folder = tempfile::tempdir().unwrap();
    // A window that never answers must end the test, not hold it.
    let status = Command::new("timeout")
        .args(["--kill-after=10", "600", "unshare", "-Urn", "bash"])
        .arg(root().join("tests/dns-lab/up.sh"))
        .arg("bash")
        .arg(root().join("tests/e2e/session.sh"))
        .arg(folder.path().join("home"))
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder.path())
        .env("RUST_BACKTRACE", "0")
        .envs(settings.iter().copied())
        .status()
        .expect("unshare is missing: apt-get install util-linux");
    assert!(status.success(), "{test} failed inside the lab");
}

fn folder() -> PathBuf {
    PathBuf::from(std::env::var_os(FOLDER).expect("this test is run by the one without `inner` in its name"))
}

#[test]
fn from_nothing_to_active_and_back() {
    inside("inner_journey", &[]);
}

#[test]
fn from_nothing_to_active_and_back_by_keyboard_alone() {
    inside("inner_keyboard_journey", &[]);
}

#[test]
fn by_hand_into_the_portal() {
    inside("inner_by_hand", &[]);
}

#[test]
fn okta_from_nothing_to_active() {
    inside("inner_okta", &[]);
}

#[test]
fn pingone_from_nothing_to_active() {
    inside("inner_pingone", &[]);
}

#[test]
fn a_step_handed_from_one_program_to_another() {
    inside("inner_hand_over", &[]);
}

#[test]
fn pymetrics_to_waiting_and_on_to_confirmed() {
    inside("inner_pymetrics", &[]);
}

#[test]
fn another_provider_another_place_and_shared_domains() {
    inside("inner_switching", &[]);
}

#[test]
fn killed_in_the_middle_of_every_step() {
    inside("inner_kill", &[]);
}

#[test]
fn without_a_keyring() {
    inside("inner_no_keyring", &[("KEYRING", "none")]);
}

#[test]
fn with_a_locked_keyring() {
    inside("inner_locked_keyring", &[("KEYRING", "locked")]);
}

#[test]
fn on_a_bad_day() {
    inside("inner_bad_day", &[]);
}

#[test]
fn watching_without_a_window() {
    inside("inner_watching", &[]);
}

#[tokio::test]
#[ignore = "run inside the lab by from_nothing_to_active_and_back"]
async fn inner_journey() {
    journey::to_active_and_back(&folder()).await;
}

#[tokio::test]
#[ignore = "run inside the lab by from_nothing_to_active_and_back_by_keyboard_alone"]
async fn inner_keyboard_journey() {
    journey::by_keyboard_alone(&folder()).await;
}

#[tokio::test]
#[ignore = "run inside the lab by by_hand_into_the_portal"]
async fn inner_by_hand() {
    by_hand::to_confirmed_active(&folder()).await;
}

#[tokio::test]
#[ignore = "run inside the lab by okta_from_nothing_to_active"]
async fn inner_okta() {
    okta::to_active(&folder()).await;
}

#[tokio::test]
#[ignore = "run inside the lab by pingone_from_nothing_to_active"]
async fn inner_pingone() {
    pingone::to_active(&folder()).await;
}

#[tokio::test]
#[ignore = "run inside the lab by a_step_handed_from_one_program_to_another"]
async fn inner_hand_over() {
    hand_over::there_and_back(&folder()).await;
}

#[tokio::test]
#[ignore = "run inside the lab by pymetrics_to_waiting_and_on_to_confirmed"]
async fn inner_pymetrics() {
    pymetrics::to_waiting_and_on_to_confirmed(&folder()).await;
}

#[tokio::test]
#[ignore = "run inside the lab by another_provider_another_place_and_shared_domains"]
async fn inner_switching() {
    switching::there_and_back(&folder()).await;
}

#[tokio::test]
#[ignore = "run inside the lab by killed_in_the_middle_of_every_step"]
async fn inner_kill() {
    journey::killed_and_resumed(&folder()).await;
}

#[tokio::test]
#[ignore = "run inside the lab by without_a_keyring"]
async fn inner_no_keyring() {
    bad_day::no_keyring(&folder()).await;
}

#[tokio::test]
#[ignore = "run inside the lab by with_a_locked_keyring"]
async fn inner_locked_keyring() {
    bad_day::locked_keyring(&folder()).await;
}

#[tokio::test]
#[ignore = "run inside the lab by on_a_bad_day"]
async fn inner_bad_day() {
    bad_day::everything_else(&folder()).await;
}

#[tokio::test]
#[ignore = "run inside the lab by watching_without_a_window"]
async fn inner_watching() {
    watching::without_a_window(&folder()).await;
}
