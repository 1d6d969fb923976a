use crate::harness::{Harness, OWNER};
use crate::place::Place;
use account_service::{Config, Database, Service, StartError, SystemClock};
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

async fn refused(config: Config) -> StartError {
    Service::start(config, SystemClock).await.err().expect("it must not start")
}

#[tokio::test]
async fn a_port_in_use_is_named() {
    let first = Harness::start().await;
    let directory = tempfile::tempdir().unwrap();
    let listen = first.running.local_addr();
    let error = refused(Config { listen, ..Config::local(directory.path()) }).await;
    assert!(matches!(error, StartError::AddressInUse { address } if address == listen), "{error}");
}

#[tokio::test]
async fn an_address_of_another_computer_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let listen: SocketAddr = "192.0.2.1:80".parse().unwrap();
    let error = refused(Config { listen, ..Config::local(directory.path()) }).await;
    assert!(matches!(error, StartError::Listen { .. }), "{error}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_as_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("account-service.sqlite");
    let content = "not a database, but somebody's notes\n".repeat(100);
    std::fs::write(&file, &content).unwrap();
    let error = refused(Config::local(directory.path())).await;
    assert!(matches!(error, StartError::Damaged { .. }), "{error}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), content);
}

#[tokio::test]
async fn data_of_a_newer_version_are_left_as_they_are() {
    let service = Harness::start_in(Place::file()).await;
    let directory = service.stop().await.directory;
    let file = directory.path().join("account-service.sqlite");
    let pool = sqlx::SqlitePool::connect(file.to_str().unwrap()).await.unwrap();
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
        VALUES (9999, 'newer', true, x'00', 0)";
    sqlx::query(newer).execute(&pool).await.unwrap();
    pool.close().await;
    written_back(&file).await;
    let before = std::fs::read(&file).unwrap();
    let error = refused(Config::local(directory.path())).await;
    assert!(matches!(error, StartError::NewerSchema { .. }), "{error}");
    written_back(&file).await;
    assert!(std::fs::read(&file).unwrap() == before, "the file was changed");
}

/// Waits until the last connection is closed: connections close on threads of their own, and the last one brings
/// everything into the file and takes the log beside it away.
async fn written_back(file: &Path) {
    let log = file.with_extension("sqlite-wal");
    let start = Instant::now();
    while log.exists() {
        assert!(start.elapsed() < Duration::from_secs(30), "the file is still open");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_directory_that_cannot_be_made_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("a-file");
    std::fs::write(&file, "x").unwrap();
    let error = refused(Config::local(file.join("below"))).await;
    assert!(matches!(error, StartError::Storage { .. } | StartError::ReadOnly { .. }), "{error}");
}

#[tokio::test]
async fn a_database_that_somebody_holds_is_named() {
    let service = Harness::start_in(Place::file()).await;
    let directory = service.stop().await.directory;
    let file = directory.path().join("account-service.sqlite");
    let holder = sqlx::SqlitePool::connect(file.to_str().unwrap()).await.unwrap();
    let _held = holder.begin_with("BEGIN EXCLUSIVE").await.unwrap();
    let service = Service::open(Config::local(directory.path()), SystemClock).await;
    let error = match service {
        Ok(service) => service.ensure_owner(OWNER, "Other", None).await.expect_err("it must not be writable"),
        Err(error) => error,
    };
    assert!(matches!(error, StartError::Locked { .. }), "{error}");
}

#[tokio::test]
async fn a_public_url_that_no_browser_could_open_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let public_url = Some("id.contoso.test".to_owned());
    let error = refused(Config { public_url, ..Config::local(directory.path()) }).await;
    assert!(matches!(error, StartError::PublicUrl), "{error}");
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn the_public_url_is_in_every_url() {
    let directory = tempfile::tempdir().unwrap();
    let public_url = Some("https://id.contoso.test/".to_owned());
    let database = Database::File(directory.path().join("data.db"));
    let config = Config { public_url, database, ..Config::local("") };
    let running = Service::start(config, SystemClock).await.unwrap();
    assert_eq!(running.service.public_url(), "https://id.contoso.test");
    running.stop().await.unwrap();
    assert!(directory.path().join("data.db").exists());
}

#[tokio::test]
async fn owner_and_account_are_made_once() {
    let service = Harness::start().await;
    let inner = &service.running.service;
    let first = inner.ensure_owner("grace@contoso.test", "Fabrikam", None).await.unwrap();
    let again = inner.ensure_owner(" Grace@contoso.test", "Fabrikam", None).await.unwrap();
    assert_eq!(first, again);
    let joined = inner.ensure_owner("grace@contoso.test", "ignored", Some("contoso")).await.unwrap();
    assert_eq!(joined.name, "Contoso Ltd.");
    assert!(matches!(inner.ensure_owner("grace", "X", None).await, Err(StartError::Email)));
    assert!(matches!(inner.ensure_owner(OWNER, " ", None).await, Err(StartError::AccountName)));
    assert!(matches!(inner.ensure_owner(OWNER, "X", Some("../x")).await, Err(StartError::AccountName)));
}

#[cfg(unix)]
#[tokio::test]
async fn the_data_are_the_users_own() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("new").join("data");
    let running = Service::start(Config::local(&data), SystemClock).await.unwrap();
    assert_eq!(std::fs::metadata(&data).unwrap().permissions().mode() & 0o777, 0o700);
    running.stop().await.unwrap();
}
