//! The database. Nothing outside this module writes SQL.
//!
//! - [`settings`]: what the steps write, one JSON document an account
//! - [`change`]: compare the version, write and bump it in one transaction
//! - [`accounts`], [`people`], [`domains`], [`licence_keys`], [`scim_tokens`], [`resources`], [`sign_in_tests`],
//!   [`sign_ins`], [`audit`]: the tables

pub(crate) mod accounts;
pub(crate) mod audit;
pub(crate) mod change;
pub(crate) mod domains;
pub(crate) mod licence_keys;
pub(crate) mod people;
pub(crate) mod resources;
pub(crate) mod scim_tokens;
pub(crate) mod settings;
pub(crate) mod sign_in_tests;
pub(crate) mod sign_ins;

use crate::StartError;
use crate::config::Database;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::path::Path;
use std::time::Duration;
use vocabulary::Timestamp;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// A transaction that has the right to write from its start on, so that what it read cannot change under it.
pub(crate) type Writing = sqlx::Transaction<'static, sqlx::Sqlite>;

/// Opens the database and brings its schema up to date. Every commit is on the disk when it is answered.
pub(crate) async fn open(database: &Database) -> Result<SqlitePool, StartError> {
    if let Some(directory) = database.directory() {
        make_private_directory(directory).map_err(|source| StartError::directory(directory, source))?;
    }
    let file = database.file();
    let options = SqliteConnectOptions::new()
        .filename(&file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5));
    let pool = SqlitePoolOptions::new()
        .max_connections(4)
        .acquire_timeout(Duration::from_secs(10))
        .connect_with(options)
        .await
        .map_err(|source| StartError::database(&file, source))?;
    match MIGRATIONS.run(&pool).await {
        Ok(()) => Ok(pool),
        Err(source) => {
            pool.close().await;
            Err(StartError::migration(&file, source))
        }
    }
}

/// Begins a transaction that writes.
pub(crate) async fn writing(pool: &SqlitePool) -> sqlx::Result<Writing> {
    pool.begin_with("BEGIN IMMEDIATE").await
}

/// Whether the database answers.
pub(crate) async fn probe(pool: &SqlitePool) -> sqlx::Result<()> {
    sqlx::query_scalar::<_, i64>("SELECT count(*) FROM accounts").fetch_one(pool).await.map(|_| ())
}

/// A moment out of a column.
pub(crate) fn moment(seconds: i64) -> sqlx::Result<Timestamp> {
    Timestamp::from_unix(seconds)
        .ok_or_else(|| sqlx::Error::Decode("a moment outside the years 0 to 9999".into()))
}

/// A moment out of a column that may be empty.
pub(crate) fn moment_if(seconds: Option<i64>) -> sqlx::Result<Option<Timestamp>> {
    seconds.map(moment).transpose()
}

/// A number out of a column, where a negative one cannot be.
pub(crate) fn number<T: TryFrom<i64>>(value: i64) -> sqlx::Result<T> {
    T::try_from(value).map_err(|_| sqlx::Error::Decode("a number out of range".into()))
}

/// JSON out of a column.
pub(crate) fn json<T: serde::de::DeserializeOwned>(text: &str) -> sqlx::Result<T> {
    serde_json::from_str(text).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// JSON for a column.
pub(crate) fn json_text<T: serde::Serialize>(value: &T) -> sqlx::Result<String> {
    serde_json::to_string(value).map_err(|error| sqlx::Error::Encode(error.into()))
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
