//! All tests again, on a PostgreSQL server instead of SQLite files.

use crate::place::{SERVER, TEMPLATE};
use account_service::{Config, Database, Service, StartError, SystemClock};
use std::path::Path;
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
    a_dump_restores(&server, folder.path()).await;
    let mut tests = Command::new(std::env::current_exe().unwrap());
    tests
        .args(["--skip", "all_tests_pass_on_postgresql", "--test-threads=4"])
        .args(std::env::var("ONLY").ok());
    let output = tests.env(SERVER, server.url("")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(!said.contains(" 0 passed"), "{said}");
}

/// The commands of docs/operate.md.
async fn a_dump_restores(server: &Server, folder: &Path) {
    let config = |database: &str, key: &str| Config {
        database: Database::from_url(&server.url(database)).unwrap(),
        key_file: Some(folder.join(key)),
        ..Config::local("")
    };
    server.run("createdb", &["--template", TEMPLATE, "origin"]);
    let service = Service::open(config("origin", "own.pem"), SystemClock).await.unwrap();
    let account = service.ensure_owner("ada@contoso.test", "Contoso", None).await.unwrap();
    let dump = folder.join("signpost.dump");
    let dump = dump.to_str().unwrap();
    // The node goes on.
    server.run("pg_dump", &["--format=custom", "--file", dump, "origin"]);
    service.close().await;
    server.run("createdb", &["restored"]);
    server.run("pg_restore", &["--no-owner", "--dbname=restored", dump]);
    let restored = Service::open(config("restored", "own.pem"), SystemClock).await.unwrap();
    let found = restored.ensure_owner("ada@contoso.test", "Contoso", None).await.unwrap();
    assert_eq!(found.id, account.id);
    restored.close().await;
    let key_was_lost = Service::open(config("restored", "another.pem"), SystemClock).await;
    assert!(matches!(key_was_lost, Err(StartError::OtherKey { .. })));
}
