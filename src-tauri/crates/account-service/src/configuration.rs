//! What the service is told, by arguments, the environment and a file, in one schema.

use crate::config::{Database, ServerUrl};
use crate::{StartError, TrustedProxies};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use vocabulary::Secret;

/// Environment variables with this in front of a key in capitals say what the key does.
const PREFIX: &str = "SIGNPOST_SERVICE_";

/// The address that is listened on unless something else is said.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);

/// What may be said. Each field is a key of the file, an environment variable and an argument.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// The address to listen on; port 0 takes a free one. `127.0.0.1:8080` unless said otherwise.
    pub listen: Option<SocketAddr>,
    /// The folder with the service's data.
    pub data: Option<PathBuf>,
    /// The database, as in [`Database::from_url`], instead of a file in that folder.
    pub database_url: Option<Secret>,
    /// A file with that URL in it.
    pub database_url_file: Option<PathBuf>,
    /// The file of the service's own key. Beside the SQLite file, or in the folder, unless said otherwise.
    pub key_file: Option<PathBuf>,
    /// The URL under which browsers and identity providers reach the service.
    pub public_url: Option<String>,
    /// A file with the service's TLS certificate and those between it and an authority, PEM.
    pub tls_certificate: Option<PathBuf>,
    /// A file with the private key of that certificate, PEM.
    pub tls_key: Option<PathBuf>,
    /// The networks of the proxies whose `X-Forwarded-For` is believed; those on this computer unless said otherwise.
    pub trusted_proxies: Option<TrustedProxies>,
    /// Whether an account is set up only once a licence key is registered, as in [`Config`](crate::Config).
    #[serde(default, deserialize_with = "yes_or_no")]
    pub require_licence_key: Option<bool>,
}

/// A file has `true`, and an environment variable the text of it.
fn yes_or_no<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "this is `true` or `false`")]
    enum Said {
        Bool(bool),
        Text(String),
    }
    match Said::deserialize(deserializer)? {
        Said::Bool(said) => Ok(Some(said)),
        Said::Text(text) => text.parse().map(Some).map_err(|_| D::Error::custom("this is `true` or `false`")),
    }
}

/// What cannot be understood, and where it stands.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {what}")]
pub struct ConfigurationError {
    /// The file with the line, or the environment.
    pub place: String,
    /// What is wrong. It never quotes what was read, which may hold a password.
    pub what: String,
}

impl Configuration {
    /// Reads a TOML file.
    ///
    /// # Errors
    /// When it cannot be read, or has a key that does not exist or a value that will not do.
    pub fn from_file(file: &Path) -> Result<Self, ConfigurationError> {
        let text = std::fs::read_to_string(file).map_err(|error| ConfigurationError {
            place: file.display().to_string(),
            what: error.to_string(),
        })?;
        toml::from_str(&text).map_err(|error| {
            let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            let line = line.map(|line| format!(", line {line}")).unwrap_or_default();
            ConfigurationError {
                place: format!("{}{line}", file.display()),
                what: error.message().to_owned(),
            }
        })
    }

    /// Reads the variables that begin with `SIGNPOST_SERVICE_`; an empty one says nothing.
    ///
    /// # Errors
    /// When one names no key, or its value will not do.
    pub fn from_environment(
        variables: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ConfigurationError> {
        let own =
            variables.filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?.to_lowercase(), value)));
        let table: toml::Table = own
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| (key, toml::Value::String(value)))
            .collect();
        table.try_into().map_err(|error: toml::de::Error| ConfigurationError {
            place: format!("the environment variables {PREFIX}…"),
            what: error.message().to_owned(),
        })
    }

    /// This, and where it says nothing, the other.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        let says_database = self.database_url.is_some() || self.database_url_file.is_some();
        let below = |one| if says_database { None } else { one };
        let below_file = if says_database { None } else { other.database_url_file };
        Self {
            listen: self.listen.or(other.listen),
            data: self.data.or(other.data),
            database_url: self.database_url.or_else(|| below(other.database_url)),
            database_url_file: self.database_url_file.or(below_file),
            key_file: self.key_file.or(other.key_file),
            public_url: self.public_url.or(other.public_url),
            tls_certificate: self.tls_certificate.or(other.tls_certificate),
            tls_key: self.tls_key.or(other.tls_key),
            trusted_proxies: self.trusted_proxies.or(other.trusted_proxies),
            require_licence_key: self.require_licence_key.or(other.require_licence_key),
        }
    }

    /// The address to listen on.
    pub fn listen(&self) -> SocketAddr {
        self.listen.unwrap_or(LISTEN)
    }

    /// The database, and the file of the key where that is not beside it; `folder` is for when nothing says where the
    /// data lie.
    ///
    /// # Errors
    /// [`StartError::UnknownDatabase`], [`StartError::InsecureDatabase`], and when the file with the URL cannot be read.
    pub fn database(&self, folder: &Path) -> Result<(Database, Option<PathBuf>), StartError> {
        let folder = self.data.as_deref().unwrap_or(folder);
        let url = match (&self.database_url, &self.database_url_file) {
            (Some(url), _) => Some(url.clone()),
            (None, Some(file)) => Some(read_secret(file)?),
            (None, None) => None,
        };
        let database = match url {
            Some(url) => Database::from_url(url.expose())?,
            None => Database::Directory(folder.to_owned()),
        };
        let in_folder =
            matches!(database, Database::Server(_)).then(|| folder.join("account-service.saml-key.pem"));
        Ok((database, self.key_file.clone().or(in_folder)))
    }

    /// The files of the TLS certificate and its key.
    ///
    /// # Errors
    /// [`StartError::HalfTls`] when only one of them is said.
    pub fn tls(&self) -> Result<Option<crate::TlsFiles>, StartError> {
        match (&self.tls_certificate, &self.tls_key) {
            (Some(certificate), Some(key)) => {
                Ok(Some(crate::TlsFiles { certificate: certificate.clone(), key: key.clone() }))
            }
            (None, None) => Ok(None),
            _ => Err(StartError::HalfTls),
        }
    }

    /// What is said, as a file would say it. Of the database's URL user and password are left out.
    pub fn text(&self) -> String {
        let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        let url = self.database_url.as_ref().map(|url| match ServerUrl::parse(url.expose()) {
            Ok(server) => server.shown(),
            Err(_) if url.expose().starts_with("sqlite:") => url.expose().to_owned(),
            Err(_) => "(not understood)".to_owned(),
        });
        let said = [
            ("listen", Some(self.listen().to_string())),
            ("data", path(&self.data)),
            ("database_url", url),
            ("database_url_file", path(&self.database_url_file)),
            ("key_file", path(&self.key_file)),
            ("public_url", self.public_url.clone()),
            ("tls_certificate", path(&self.tls_certificate)),
            ("tls_key", path(&self.tls_key)),
            ("trusted_proxies", self.trusted_proxies.as_ref().map(ToString::to_string)),
        ];
        let lines = said
            .into_iter()
            .filter_map(|(key, value)| Some(format!("{key} = {}\n", toml::Value::String(value?))));
        let required = self.require_licence_key.map(|required| format!("require_licence_key = {required}\n"));
        lines.chain(required).collect()
    }
}

fn read_secret(file: &Path) -> Result<Secret, StartError> {
    let text = std::fs::read_to_string(file)
        .map_err(|source| StartError::Storage { path: file.to_owned(), source: source.into() })?;
    Ok(Secret::new(text.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(variables: &[(&str, &str)]) -> Result<Configuration, ConfigurationError> {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Configuration::from_environment(variables.iter().map(own))
    }

    fn file(text: &str) -> Result<Configuration, ConfigurationError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("service.toml");
        std::fs::write(&path, text).unwrap();
        Configuration::from_file(&path)
    }

    #[test]
    fn arguments_go_before_the_environment_and_that_before_the_file() {
        let file = file("listen = \"127.0.0.1:1\"\npublic_url = \"https://file.test\"\nkey_file = \"/file\"")
            .unwrap();
        let environment = environment(&[
            ("SIGNPOST_SERVICE_LISTEN", "127.0.0.1:2"),
            ("SIGNPOST_SERVICE_PUBLIC_URL", "https://environment.test"),
            ("SIGNPOST_SERVICE_KEY_FILE", ""),
            ("SIGNPOST_LOG", "debug"),
        ]);
        let arguments = Configuration { listen: Some("127.0.0.1:3".parse().unwrap()), ..Default::default() };
        let all = arguments.over(environment.unwrap()).over(file);
        assert_eq!(
            all.text(),
            "listen = \"127.0.0.1:3\"\nkey_file = \"/file\"\npublic_url = \"https://environment.test\"\n"
        );
        assert_eq!(Configuration::default().text(), "listen = \"127.0.0.1:8080\"\n");
    }

    #[test]
    fn a_database_that_is_said_above_hides_both_ways_to_say_it_below() {
        let below = file("database_url = \"postgres://localhost/below\"").unwrap();
        let above = Configuration { database_url_file: Some("/above".into()), ..Default::default() };
        let all = above.over(below);
        assert!(all.database_url.is_none() && all.database_url_file.is_some());
    }

    #[test]
    fn a_key_that_does_not_exist_is_an_error_with_its_line_and_no_secret() {
        let error = file("listen = \"127.0.0.1:1\"\nlisten_on = 3").unwrap_err();
        assert!(error.place.ends_with("service.toml, line 2") && error.what.contains("listen_on"), "{error}");
        let error = file("database_url = [\"postgres://ada:hush@localhost/a\"]").unwrap_err();
        assert!(!error.to_string().contains("hush"), "{error}");
        let error = environment(&[("SIGNPOST_SERVICE_LISTEN_ON", "x")]).unwrap_err();
        assert!(error.to_string().contains("listen_on"), "{error}");
        assert!(environment(&[("SIGNPOST_SERVICE_LISTEN", "everywhere")]).is_err());
    }

    #[test]
    fn trusted_proxies_are_a_list_or_a_text_with_commas() {
        let list = file("trusted_proxies = [\"10.0.0.0/8\", \"192.0.2.1\"]").unwrap();
        let text = environment(&[("SIGNPOST_SERVICE_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1")]).unwrap();
        assert_eq!(list.trusted_proxies, text.trusted_proxies);
        assert_eq!(file(&text.text()).unwrap().trusted_proxies, text.trusted_proxies);
        let above = Configuration { trusted_proxies: "::1".parse().ok(), ..Default::default() };
        assert!(above.over(list).text().contains("trusted_proxies = \"::1/128\""));
        for bad in ["\"0.0.0.0/0\"", "[\"proxy\"]", "[]", "3"] {
            let error = file(&format!("trusted_proxies = {bad}")).unwrap_err();
            assert!(error.what.contains("trusted_proxies are networks"), "{error}");
        }
    }

    #[test]
    fn whether_a_licence_key_is_required_is_true_or_false_in_a_file_and_in_the_environment() {
        let required = |value| environment(&[("SIGNPOST_SERVICE_REQUIRE_LICENCE_KEY", value)]);
        let above = required("false").unwrap();
        let below = file("require_licence_key = true").unwrap();
        assert_eq!((above.require_licence_key, below.require_licence_key), (Some(false), Some(true)));
        assert!(below.text().ends_with("require_licence_key = true\n"), "{}", below.text());
        assert_eq!(file(&below.text()).unwrap().require_licence_key, Some(true));
        assert_eq!(above.over(below).require_licence_key, Some(false));
        assert!(required("yes").unwrap_err().what.contains("`true` or `false`"));
        assert!(file("require_licence_key = 1").is_err());
    }

    #[test]
    fn no_password_is_shown() {
        let said =
            environment(&[("SIGNPOST_SERVICE_DATABASE_URL", "postgres://ada:hush@localhost/a")]).unwrap();
        assert!(said.text().contains("database_url = \"postgres://localhost/a\""), "{}", said.text());
        assert!(!format!("{said:?}{}", said.text()).contains("hush"));
    }
}
