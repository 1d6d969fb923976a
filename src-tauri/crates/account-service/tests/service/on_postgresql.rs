//! All tests again, on a PostgreSQL server instead of SQLite files.

use crate::place::{SERVER, TEMPLATE};
use account_service::{Config, Database, Service, SystemClock};
use std::process::Command;
use test_support::postgresql::Server;

/// Runs this program again. `ONLY=NAME` in the environment runs the tests with that in their names.
#[tokio::test]
async fn all_tests_pass_on_postgresql() {
    let server = Server::start();
    server.run("createdb", &[TEMPLATE]);
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        database: Database::from_url(&server.url(TEMPLATE)).unwrap(),
        key_file: Some(folder.path().join("key.pem")),
        ..Config::local("")
    };
    Service::open(config, SystemClock).await.unwrap().close().await;
    // Each test has a key of its own.
    server.run("psql", &["--dbname", TEMPLATE, "--command", "DELETE FROM service_key"]);
    let mut tests = Command::new(std::env::current_exe().unwrap());
    tests
        .args(["--skip", "all_tests_pass_on_postgresql", "--test-threads=4"])
        .args(std::env::var("ONLY").ok());
    let output = tests.env(SERVER, server.url("")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(!said.contains(" 0 passed"), "{said}");
}
