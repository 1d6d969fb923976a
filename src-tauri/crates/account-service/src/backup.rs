//! A copy of a SQLite database that is in use, with the service's key beside it: a service starts on it as it is.

use crate::StartError;
use crate::config::Database;
use crate::sign_in::key;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Writes all that is answered by now into the new file `to`, and a copy of the key file beside it, as
/// `to` with `.saml-key.pem` for its ending. The service may run and write meanwhile.
///
/// # Errors
/// [`StartError::BackupByServer`] when the data lie on a database server, [`StartError::BackupExists`] when there is
/// such a file, and when one cannot be read or written. Then there is no file `to`.
pub async fn backup(
    database: &Database,
    key_file: Option<PathBuf>,
    to: &Path,
) -> Result<PathBuf, StartError> {
    if let Database::Server(server) = database {
        return Err(StartError::BackupByServer { server: server.shown() });
    }
    let key_to = key::beside(to);
    if let Some(path) = [to, &key_to].into_iter().find(|path| path.exists()) {
        return Err(StartError::BackupExists { path: path.to_owned() });
    }
    let key = key_file.unwrap_or_else(|| key::beside(&database.place()));
    let key = std::fs::read(&key).map_err(|source| StartError::directory(&key, source))?;
    let unfinished = to.with_extension(format!("part-{}", uuid::Uuid::new_v4().simple()));
    let written = copy(&database.place(), &unfinished).await.and_then(|()| {
        let finish = || -> io::Result<()> {
            std::fs::File::open(&unfinished)?.sync_all()?;
            key::write_private(&key_to, &key)?;
            // It has its name only when it is whole. A link, unlike a renaming, replaces nothing.
            std::fs::hard_link(&unfinished, to)
        };
        finish().map_err(|source| StartError::directory(to, source))
    });
    // The link is another name of the same file; after a failure nothing is to stay.
    let removed = std::fs::remove_file(&unfinished);
    written?;
    removed.map_err(|source| StartError::directory(&unfinished, source))?;
    Ok(key_to)
}

async fn copy(file: &Path, to: &Path) -> Result<(), StartError> {
    let failed = |source| StartError::database(file, source);
    let text = to.to_str().ok_or_else(|| StartError::UnreadablePath { path: to.to_owned() })?;
    // SQLite writes into an empty file, and leaves it to its owner.
    key::write_private(to, &[]).map_err(|source| StartError::directory(to, source))?;
    let options = SqliteConnectOptions::new().filename(file).busy_timeout(Duration::from_secs(10));
    let mut connection = options.connect().await.map_err(failed)?;
    let copied = sqlx::query("VACUUM INTO $1").bind(text).execute(&mut connection).await;
    connection.close().await.map_err(failed)?;
    copied.map(|_| ()).map_err(|source| StartError::database(to, source))
}
