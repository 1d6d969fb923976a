pub use crate::server_url::ServerUrl;
use crate::{StartError, TlsFiles, TrustedProxies};
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
    /// The file with the service's own key, made when it is missing. `None` for a file beside the SQLite file; nodes
    /// of a database server all need the same one.
    pub key_file: Option<PathBuf>,
    /// The certificate with which the service speaks TLS itself; `None` for plain HTTP, behind a proxy or on loopback.
    pub tls: Option<TlsFiles>,
    /// The proxies whose word is taken for who asks.
    pub trusted_proxies: TrustedProxies,
    /// Whether an account is set up only once a licence key of a subscription that is licensed per user is registered.
    pub require_licence_key: bool,
}

/// Where the data lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// A directory, made when it is missing, with the file `account-service.sqlite` in it.
    Directory(PathBuf),
    /// A SQLite file, made when it is missing.
    File(PathBuf),
    /// A database of a PostgreSQL server, version 15 or newer, which several nodes may share.
    Server(ServerUrl),
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
            key_file: None,
            tls: None,
            trusted_proxies: TrustedProxies::default(),
            require_licence_key: false,
        }
    }

    pub(crate) fn key_file(&self) -> Result<PathBuf, StartError> {
        match (&self.key_file, &self.database) {
            (Some(file), _) => Ok(file.clone()),
            (None, Database::Server(_)) => Err(StartError::NoKeyFile),
            (None, file) => Ok(crate::sign_in::key::beside(&file.place())),
        }
    }
}

impl Database {
    /// Understands `sqlite:FILE` and `sqlite://FILE`, and what [`ServerUrl::parse`] does.
    ///
    /// # Errors
    /// [`StartError::UnknownDatabase`], [`StartError::InsecureDatabase`].
    pub fn from_url(url: &str) -> Result<Self, StartError> {
        let Some(rest) = url.strip_prefix("sqlite:") else { return ServerUrl::parse(url).map(Self::Server) };
        let file = rest.strip_prefix("//").unwrap_or(rest);
        if file.is_empty() || file.contains('?') {
            return Err(StartError::UnknownDatabase);
        }
        Ok(Self::File(PathBuf::from(file)))
    }

    /// The SQLite file, or the server and the database on it, without user and password.
    pub fn place(&self) -> PathBuf {
        match self {
            Self::Directory(directory) => directory.join("account-service.sqlite"),
            Self::File(file) => file.clone(),
            Self::Server(server) => server.shown().into(),
        }
    }

    /// The directory that has to exist.
    pub(crate) fn directory(&self) -> Option<&Path> {
        match self {
            Self::Directory(directory) => Some(directory),
            Self::File(file) => file.parent().filter(|parent| !parent.as_os_str().is_empty()),
            Self::Server(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_url_names_a_sqlite_file_or_a_server() {
        let file = |path: &str| Database::File(PathBuf::from(path));
        assert_eq!(Database::from_url("sqlite:data/a.db").unwrap(), file("data/a.db"));
        assert_eq!(Database::from_url("sqlite:///var/lib/a.db").unwrap(), file("/var/lib/a.db"));
        let server = Database::from_url("postgres://ada:hush@localhost/a").unwrap();
        assert_eq!(server.place(), Path::new("postgres://localhost/a"));
        for bad in ["sqlite:", "mysql://localhost/a", "a.db"] {
            assert!(matches!(Database::from_url(bad), Err(StartError::UnknownDatabase)), "{bad}");
        }
    }
}
