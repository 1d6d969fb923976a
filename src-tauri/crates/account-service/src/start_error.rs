use crate::config::ServerUrl;
use sqlx::error::DatabaseError;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Why the service could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// Another program listens at the address.
    #[error("another program already listens on {address}")]
    AddressInUse {
        /// The address.
        address: SocketAddr,
    },
    /// The computer does not allow listening at the address, or does not have it.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The data may not be written.
    #[error("{} cannot be written", path.display())]
    ReadOnly {
        /// The directory or the file.
        path: PathBuf,
    },
    /// There is no room for the data.
    #[error("the disk that holds {} is full", path.display())]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// A newer version of the service has written the data. They were left as they are.
    #[error("{} was written by a newer version of the service", path.display())]
    NewerSchema {
        /// The file.
        path: PathBuf,
    },
    /// The file is not a database of this service, or is damaged. It was left as it is.
    #[error("{} is damaged, or is not a database of the account service", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// Another program holds the database.
    #[error("another program holds {}", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// The kind of database is not one that the service can use.
    #[error("only sqlite:FILE and postgres://HOST/DATABASE can be used")]
    UnknownDatabase,
    /// The URL of the database asks for TLS that verifies nothing.
    #[error("sslmode has to be verify-full, verify-ca or disable")]
    InsecureDatabase,
    /// The database server cannot be reached.
    #[error("{server} cannot be reached: {reason}")]
    ServerUnreachable {
        /// The server and the database, without user and password.
        server: String,
        /// What was said.
        reason: String,
    },
    /// The database server did not let the service in, or has no such database.
    #[error("{server} does not let the service in: {reason}")]
    ServerRefused {
        /// The server and the database, without user and password.
        server: String,
        /// What was said.
        reason: String,
    },
    /// The database server is older than PostgreSQL 15.
    #[error("{server} is older than PostgreSQL 15")]
    ServerTooOld {
        /// The server and the database, without user and password.
        server: String,
    },
    /// Nothing says where the service's key lies, and there is no SQLite file beside which it would.
    #[error("with a database server, the file of the service's key has to be named")]
    NoKeyFile,
    /// The other nodes of the database have another key.
    #[error("{} is not the key that the other nodes of {server} have", path.display())]
    OtherKey {
        /// The file of the key.
        path: PathBuf,
        /// The server and the database, without user and password.
        server: String,
    },
    /// Only one of the TLS certificate and its key is named.
    #[error("a TLS certificate needs its key, and a key its certificate")]
    HalfTls,
    /// The TLS certificate or its key cannot be used.
    #[error("{} cannot be used for TLS: {reason}", path.display())]
    Tls {
        /// The file.
        path: PathBuf,
        /// What was said.
        reason: String,
    },
    /// A database server makes its own backups.
    #[error("{server} is backed up with pg_dump")]
    BackupByServer {
        /// The server and the database, without user and password.
        server: String,
    },
    /// There is such a file already, and a backup replaces nothing.
    #[error("{} is there already", path.display())]
    BackupExists {
        /// The file.
        path: PathBuf,
    },
    /// The path of the SQLite file is not Unicode.
    #[error("the path {} cannot be used, because it is not Unicode", path.display())]
    UnreadablePath {
        /// The file.
        path: PathBuf,
    },
    /// The public URL is not one that browsers could open.
    #[error("the public URL has to be http:// or https:// with a host and nothing after it")]
    PublicUrl,
    /// The e-mail address of the owner will not do.
    #[error("the e-mail address cannot be read")]
    Email,
    /// The organization's name or the account's id will not do.
    #[error(
        "the name of the organization has 1 to 100 characters, an account id small letters, digits and hyphens"
    )]
    AccountName,
    /// A token that is replaced cannot stay good for so long, or too many are good still.
    #[error("a token that is replaced stays good for at most 90 days, and five of them at most")]
    TokenOverlap,
    /// The system failed in another way.
    #[error("cannot use {}: {source}", path.display())]
    Storage {
        /// The file or directory.
        path: PathBuf,
        /// What was said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// SQLite's primary result codes (<https://sqlite.org/rescode.html>) that mean something to whoever starts the
/// service.
mod code {
    pub(super) const BUSY: u32 = 5;
    pub(super) const LOCKED: u32 = 6;
    pub(super) const READ_ONLY: u32 = 8;
    pub(super) const CORRUPT: u32 = 11;
    pub(super) const FULL: u32 = 13;
    pub(super) const CANNOT_OPEN: u32 = 14;
    pub(super) const NOT_A_DATABASE: u32 = 26;
}

/// The primary result code of SQLite, when the error has one.
pub(crate) fn sqlite_code(error: &sqlx::Error) -> Option<u32> {
    let error = error.as_database_error()?.try_downcast_ref::<sqlx::sqlite::SqliteError>()?;
    error.code()?.parse::<u32>().ok().map(|extended| extended & 0xff)
}

/// The SQLSTATE of PostgreSQL, five letters and digits (<https://www.postgresql.org/docs/15/errcodes-appendix.html>),
/// when the error has one.
fn sqlstate(error: &sqlx::Error) -> Option<&str> {
    error.as_database_error()?.try_downcast_ref::<sqlx::postgres::PgDatabaseError>().map(|error| error.code())
}

/// Whether the error passes: the database is held, full or out of reach, or two writers were in each other's way.
pub(crate) fn is_passing(error: &sqlx::Error) -> bool {
    let passing = [code::BUSY, code::LOCKED, code::READ_ONLY, code::FULL, code::CANNOT_OPEN];
    // 08: connection, 25006: read-only, 40: rolled back, 53: resources, 55P03: lock, 57: ended by the operator.
    let passes = |state: &str| {
        ["08", "40", "53", "57"].iter().any(|class| state.starts_with(class))
            || matches!(state, "25006" | "55P03")
    };
    matches!(error, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_))
        || sqlite_code(error).is_some_and(|code| passing.contains(&code))
        || sqlstate(error).is_some_and(passes)
}

/// Whether PostgreSQL could not keep a text: one with U+0000, or one too long for an index (2,704 bytes).
pub(crate) fn is_unkeepable(error: &sqlx::Error) -> bool {
    sqlstate(error).is_some_and(|state| matches!(state, "22021" | "22P05" | "54000"))
}

impl StartError {
    pub(crate) fn listen(address: SocketAddr, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::AddrInUse => Self::AddressInUse { address },
            _ => Self::Listen { address, source },
        }
    }

    pub(crate) fn directory(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            _ => Self::Storage { path, source: source.into() },
        }
    }

    pub(crate) fn database(path: &Path, source: sqlx::Error) -> Self {
        let path = path.to_owned();
        match sqlite_code(&source) {
            Some(code::READ_ONLY) => Self::ReadOnly { path },
            Some(code::CANNOT_OPEN) if !may_write(&path) => Self::ReadOnly { path },
            Some(code::FULL) => Self::DiskFull { path },
            Some(code::BUSY | code::LOCKED) => Self::Locked { path },
            Some(code::CORRUPT | code::NOT_A_DATABASE) => Self::Damaged { path },
            _ => Self::Storage { path, source: source.into() },
        }
    }

    /// Of a failure to reach a server, or to be let in.
    pub(crate) fn server(server: &ServerUrl, source: sqlx::Error) -> Self {
        let (server, reason) = (server.shown(), source.to_string());
        match sqlstate(&source) {
            // 28: who is asking, 3D: no such database, 42501: without the right to.
            Some(state) if state.starts_with("28") || state.starts_with("3D") || state == "42501" => {
                Self::ServerRefused { server, reason }
            }
            Some(_) if !is_passing(&source) => Self::Storage { path: server.into(), source: source.into() },
            _ => Self::ServerUnreachable { server, reason },
        }
    }

    pub(crate) fn server_migration(server: &ServerUrl, source: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError;
        match source {
            MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => {
                Self::server(server, source)
            }
            other => Self::migration(Path::new(&server.shown()), other),
        }
    }

    pub(crate) fn migration(path: &Path, source: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError;
        match source {
            MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => {
                Self::database(path, source)
            }
            MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => {
                Self::NewerSchema { path: path.to_owned() }
            }
            MigrateError::VersionMismatch(_) | MigrateError::Dirty(_) => {
                Self::Damaged { path: path.to_owned() }
            }
            other => Self::Storage { path: path.to_owned(), source: other.into() },
        }
    }
}

fn may_write(file: &Path) -> bool {
    let target = if file.exists() { Some(file) } else { file.parent() };
    target.and_then(|path| path.metadata().ok()).is_some_and(|metadata| !metadata.permissions().readonly())
}
