use crate::StartError;
use std::fmt;
use url::{Host, Url};
use vocabulary::Secret;

/// The URL of a database on a PostgreSQL server. It may hold a password, so it is never printed whole.
#[derive(Clone)]
pub struct ServerUrl {
    url: Secret,
    shown: String,
}

impl ServerUrl {
    /// Understands `postgres://[USER[:PASSWORD]@]HOST[:PORT]/DATABASE` and the parameters of libpq after a `?`
    /// (`host=/DIRECTORY` for a socket, `sslmode`, `sslrootcert`, …). A password that is not in it is looked for where
    /// libpq does (`PGPASSWORD`, `PGPASSFILE`).
    ///
    /// A server on another computer is reached over TLS with its certificate verified (`sslmode=verify-full`), unless
    /// the URL says `verify-ca`, or `disable` for a network that is private.
    ///
    /// # Errors
    /// [`StartError::UnknownDatabase`] for another kind of URL, or one without host or database;
    /// [`StartError::InsecureDatabase`] for a mode that looks like TLS and verifies nothing.
    pub fn parse(text: &str) -> Result<Self, StartError> {
        let mut url = Url::parse(text).map_err(|_| StartError::UnknownDatabase)?;
        if !matches!(url.scheme(), "postgres" | "postgresql") {
            return Err(StartError::UnknownDatabase);
        }
        let parameter = |name: &str| {
            let found = url.query_pairs().find(|(key, _)| key == name);
            found.map(|(_, value)| value.into_owned())
        };
        let host =
            parameter("host").or_else(|| url.host_str().map(str::to_owned)).filter(|host| !host.is_empty());
        let database = parameter("dbname").unwrap_or_else(|| url.path().trim_start_matches('/').to_owned());
        let Some(host) = host.filter(|_| !database.is_empty()) else {
            return Err(StartError::UnknownDatabase);
        };
        let port = parameter("port").or_else(|| url.port().map(|port| port.to_string()));
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        match parameter("sslmode").or_else(|| parameter("ssl-mode")).as_deref() {
            Some("verify-full" | "verify-ca" | "disable") => {}
            None if is_here(&host) => {}
            None => {
                url.query_pairs_mut().append_pair("sslmode", "verify-full");
            }
            Some(_) => return Err(StartError::InsecureDatabase),
        }
        Ok(Self { shown: format!("postgres://{host}{port}/{database}"), url: Secret::new(url.into()) })
    }

    /// Server and database, without user and password.
    pub fn shown(&self) -> String {
        self.shown.clone()
    }

    pub(crate) fn url(&self) -> &str {
        self.url.expose()
    }
}

/// Whether the server is on this computer, reached over a socket or the loopback interface.
fn is_here(host: &str) -> bool {
    host.starts_with('/')
        || match Host::parse(host) {
            Ok(Host::Domain(name)) => name == "localhost",
            Ok(Host::Ipv4(address)) => address.is_loopback(),
            Ok(Host::Ipv6(address)) => address.is_loopback(),
            Err(_) => false,
        }
}

impl fmt::Debug for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl PartialEq for ServerUrl {
    fn eq(&self, other: &Self) -> bool {
        self.url() == other.url()
    }
}

impl Eq for ServerUrl {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_user_nor_password_is_shown() {
        let url = ServerUrl::parse("postgresql://ada:hush%20hush@db.contoso.test:5433/signpost").unwrap();
        assert_eq!(
            format!("{url:?} {}", url.shown()).replace("postgres://db.contoso.test:5433/signpost", ""),
            " "
        );
        assert!(url.url().ends_with("/signpost?sslmode=verify-full"));
    }

    #[test]
    fn another_computer_is_reached_with_verification_or_openly() {
        let sent = |text: &str| ServerUrl::parse(text).map(|url| url.url().to_owned());
        for kept in [
            "postgres://localhost/a",
            "postgres://127.0.0.1/a",
            "postgres://[::1]:5433/a",
            "postgres://localhost/a?host=/run/postgresql",
            "postgres://db/a?sslmode=disable",
            "postgres://db/a?sslmode=verify-ca&sslrootcert=/etc/ca.pem",
        ] {
            assert_eq!(sent(kept).unwrap(), kept);
        }
        for mode in ["prefer", "allow", "require"] {
            let refused = sent(&format!("postgres://db/a?sslmode={mode}"));
            assert!(matches!(refused, Err(StartError::InsecureDatabase)), "{refused:?}");
        }
        for unknown in
            ["postgres:///a", "postgres://localhost", "postgres://localhost/", "https://localhost/a"]
        {
            assert!(matches!(sent(unknown), Err(StartError::UnknownDatabase)), "{unknown}");
        }
    }
}
