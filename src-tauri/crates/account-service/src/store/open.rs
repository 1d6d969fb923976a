//! Opens the database of either kind and brings its schema up to date.

use super::Pool;
use super::pool::PATIENCE;
use super::writer::Writer;
use crate::StartError;
use crate::config::{Database, ServerUrl};
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Executor};
use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, Instant};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRESQL: Migrator = sqlx::migrate!("migrations/postgres");

/// So many read a SQLite file at once; what is written goes through one more.
const FILE_CONNECTIONS: u32 = 4;

/// Of every connection to a file.
const FILE_SETTINGS: &str = "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000";

/// So many connections a node holds at most; several nodes share what the server allows (100 by default).
const SERVER_CONNECTIONS: u32 = 16;

/// So often two programs that bring one file up to date at the same moment make room for each other.
const ATTEMPTS: u32 = 20;
const MAKING_ROOM: Duration = Duration::from_secs(2);
const BREATH: Duration = Duration::from_millis(50);

/// The oldest PostgreSQL that is tested.
const OLDEST_SERVER: u32 = 150_000;

/// Opens the database and brings its schema up to date. Every commit is on the disk when it is answered.
pub(crate) async fn open(database: &Database) -> Result<Pool, StartError> {
    sqlx::any::install_default_drivers();
    match database {
        Database::Server(server) => open_server(server).await,
        Database::Directory(_) | Database::File(_) => open_file(database).await,
    }
}

/// SQLite waits for a writer, but not for a program that is just turning a new file to its log, or closes it as the last
/// one.
async fn open_file(database: &Database) -> Result<Pool, StartError> {
    if let Some(directory) = database.directory() {
        make_private_directory(directory).map_err(|source| StartError::directory(directory, source))?;
    }
    let asked = Instant::now();
    loop {
        match open_file_once(database).await {
            Err(StartError::Locked { .. }) if asked.elapsed() < MAKING_ROOM => {
                tokio::time::sleep(BREATH).await;
            }
            other => return other,
        }
    }
}

async fn open_file_once(database: &Database) -> Result<Pool, StartError> {
    let file = database.place();
    let failed = |source| StartError::database(&file, source);
    let options = SqliteConnectOptions::new()
        .filename(&file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5));
    let mut connection = options.connect().await.map_err(failed)?;
    let migrated = migrate_file(&mut connection).await;
    // The file is closed before anybody hears of an error: a newer one must be left as it is.
    connection.close().await.map_err(failed)?;
    migrated.map_err(|source| StartError::migration(&file, source))?;

    let url = file_url(&file).ok_or_else(|| StartError::UnreadablePath { path: file.clone() })?;
    let options = AnyConnectOptions::from_str(&url).map_err(failed)?;
    let connections = AnyPoolOptions::new()
        .max_connections(FILE_CONNECTIONS)
        .acquire_timeout(PATIENCE)
        // Nothing lies between us and a file that could be lost, and asking costs as much as a small statement.
        .test_before_acquire(false)
        .after_connect(|connection, _| {
            Box::pin(async move { connection.execute(FILE_SETTINGS).await.map(|_| ()) })
        })
        .connect_with(options.clone())
        .await
        .map_err(failed)?;
    Ok(Pool::of_file(connections, Writer::start(options, FILE_SETTINGS)))
}

/// SQLite has no lock for migrations: of two programs the slower one finds the step done, or the file held.
async fn migrate_file(connection: &mut sqlx::SqliteConnection) -> Result<(), MigrateError> {
    let mut attempt = 1;
    loop {
        match SQLITE.run_direct(None, connection, false).await {
            Err(MigrateError::Execute(_) | MigrateError::ExecuteMigration(..)) if attempt < ATTEMPTS => {
                attempt += 1;
                tokio::time::sleep(BREATH).await;
            }
            other => return other,
        }
    }
}

async fn open_server(server: &ServerUrl) -> Result<Pool, StartError> {
    let failed = |source| StartError::server(server, source);
    let options = PgConnectOptions::from_str(server.url()).map_err(failed)?.application_name("signpost");
    let mut connection = tokio::time::timeout(PATIENCE, options.connect())
        .await
        .unwrap_or(Err(sqlx::Error::PoolTimedOut))
        .map_err(failed)?;
    if connection.server_version_num().is_some_and(|version| version < OLDEST_SERVER) {
        return Err(StartError::ServerTooOld { server: server.shown() });
    }
    // The steps are done under a lock of the server's, so that nodes may start at the same moment.
    let migrated = POSTGRESQL.run_direct(None, &mut connection, false).await;
    connection.close().await.map_err(failed)?;
    migrated.map_err(|source| StartError::server_migration(server, source))?;

    let connections = AnyPoolOptions::new()
        .max_connections(SERVER_CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .connect_with(AnyConnectOptions::from_str(server.url()).map_err(failed)?)
        .await
        .map_err(failed)?;
    Ok(Pool::of_server(connections))
}

/// The URL of a file. All but letters and digits is escaped, so that nothing in a path has a meaning in it.
fn file_url(file: &Path) -> Option<String> {
    let mut url = String::from("sqlite:");
    for byte in file.to_str()?.bytes() {
        if byte.is_ascii_alphanumeric() {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(url)
}

#[cfg(unix)]
fn make_private_directory(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make_private_directory(path: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_database_are_at_the_same_step() {
        let newest = |migrator: &Migrator| migrator.iter().map(|step| step.version).max();
        assert_eq!(newest(&SQLITE), newest(&POSTGRESQL));
        for migrator in [&SQLITE, &POSTGRESQL] {
            let numbers: Vec<i64> = migrator.iter().map(|step| step.version).collect();
            assert!(numbers.is_sorted_by(|one, next| one < next), "two steps have one number: {numbers:?}");
        }
    }

    #[test]
    fn nothing_in_a_path_has_a_meaning_in_the_url() {
        assert_eq!(
            file_url(Path::new("/a b/../c?d#%.db")).unwrap(),
            "sqlite:%2Fa%20b%2F%2E%2E%2Fc%3Fd%23%25%2Edb"
        );
    }
}
