use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The label below a domain at which the record that proves control of it is published.
pub const CHALLENGE_HOST: &str = "_parallels-challenge";

/// Where the service keeps its data, listens, and how it is reached.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the data lie.
    pub database: Database,
    /// The address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The URL under which browsers and identity providers reach the service, without a path; `None` for
    /// `http://localhost:PORT`, which identity providers take over plain HTTP only for loopback.
    pub public_url: Option<String>,
    /// How the service walks to a domain's name servers.
    pub dns: dns_walk::Config,
    /// The label of the TXT record.
    pub challenge_host: String,
}

/// Where the data lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// A directory, made when it is missing, with the file `account-service.sqlite` in it.
    Directory(PathBuf),
    /// A SQLite file, made when it is missing.
    File(PathBuf),
}

impl Config {
    /// The service on this computer only, at a free port, with its data in `directory`.
    pub fn local(directory: impl Into<PathBuf>) -> Self {
        Self {
            database: Database::Directory(directory.into()),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            public_url: None,
            dns: dns_walk::Config::default(),
            challenge_host: CHALLENGE_HOST.to_owned(),
        }
    }
}

impl Database {
    /// Understands `sqlite:FILE` and `sqlite://FILE`; `None` for any other kind of database.
    pub fn from_url(url: &str) -> Option<Self> {
        let rest = url.strip_prefix("sqlite:")?;
        let file = rest.strip_prefix("//").unwrap_or(rest);
        (!file.is_empty() && !file.contains('?')).then(|| Self::File(PathBuf::from(file)))
    }

    /// The SQLite file.
    pub fn file(&self) -> PathBuf {
        match self {
            Self::Directory(directory) => directory.join("account-service.sqlite"),
            Self::File(file) => file.clone(),
        }
    }

    /// The directory that has to exist.
    pub(crate) fn directory(&self) -> Option<&Path> {
        match self {
            Self::Directory(directory) => Some(directory),
            Self::File(file) => file.parent().filter(|parent| !parent.as_os_str().is_empty()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_url_names_a_sqlite_file() {
        let file = |path: &str| Some(Database::File(PathBuf::from(path)));
        assert_eq!(Database::from_url("sqlite:data/a.db"), file("data/a.db"));
        assert_eq!(Database::from_url("sqlite:///var/lib/a.db"), file("/var/lib/a.db"));
        assert_eq!(Database::from_url("postgres://localhost/a"), None);
        assert_eq!(Database::from_url("sqlite:"), None);
    }
}
