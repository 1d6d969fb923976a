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
    #[error("only SQLite databases can be used: sqlite:FILE")]
    UnknownDatabase,
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
    let text = error.as_database_error()?.code()?;
    text.parse::<u32>().ok().map(|extended| extended & 0xff)
}

/// Whether the error passes: the database is held, full or out of reach.
pub(crate) fn is_passing(error: &sqlx::Error) -> bool {
    let passing = [code::BUSY, code::LOCKED, code::READ_ONLY, code::FULL, code::CANNOT_OPEN];
    matches!(error, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_))
        || sqlite_code(error).is_some_and(|code| passing.contains(&code))
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
