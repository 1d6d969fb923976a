//! What `signpost account-service` does; the command line only reads arguments and prints.

use crate::clock::SystemClock;
use crate::config::{CHALLENGE_HOST, Config, Database};
use crate::told_to_end::ToldToEnd;
use crate::{Service, StartError, TlsFiles, TrustedProxies};
use std::net::SocketAddr;
use std::path::PathBuf;
use vocabulary::Secret;

/// What `signpost account-service serve` is told.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// Where the data lie.
    pub database: Database,
    /// The URL under which browsers and identity providers reach the service.
    pub public_url: Option<String>,
    /// How the service walks to a domain's name servers.
    pub dns: dns_walk::Config,
    /// The file with the service's own key, as in [`Config`].
    pub key_file: Option<PathBuf>,
    /// The certificate with which the service speaks TLS itself.
    pub tls: Option<TlsFiles>,
    /// The proxies whose word is taken for who asks.
    pub trusted_proxies: TrustedProxies,
    /// Whether an account needs a licence key, as in [`Config`].
    pub require_licence_key: bool,
}

/// A service that is ready.
#[derive(Debug, Clone)]
pub struct Ready {
    /// The address it listens on.
    pub address: SocketAddr,
    /// Where browsers and identity providers reach it.
    pub public_url: String,
    /// While there is no user: the one-time code for `/setup`. It is for the terminal, and kept nowhere.
    pub setup_code: Option<Secret>,
}

/// Serves until interrupted (Ctrl-C, or SIGTERM where there is one). `ready` is called once, when requests are taken.
///
/// # Errors
/// Everything of [`StartError`].
pub async fn run_from_cli(options: ServeOptions, ready: impl FnOnce(&Ready)) -> Result<(), StartError> {
    let config = Config {
        database: options.database,
        listen: options.listen,
        public_url: options.public_url,
        dns: options.dns,
        challenge_host: CHALLENGE_HOST.to_owned(),
        key_file: options.key_file,
        tls: options.tls,
        trusted_proxies: options.trusted_proxies,
        require_licence_key: options.require_licence_key,
    };
    let running = Service::start(config, SystemClock).await?;
    let address = running.local_addr();
    // Listened for before anybody is told that the service is ready: who knows it may end it at once.
    let told_to_end = ToldToEnd::listen();
    let setup_code = running.service.setup_code().await?;
    ready(&Ready { address, public_url: running.service.public_url(), setup_code });
    told_to_end.wait().await;
    running.stop().await.map_err(|source| StartError::listen(address, source))
}

/// Makes sure that the person has an account of that name and issues an access token; the service may be running.
///
/// # Errors
/// Everything of [`StartError`] that is about the data, the e-mail address and the name.
pub async fn token_from_cli(
    database: Database,
    key_file: Option<PathBuf>,
    email: &str,
    organization: &str,
) -> Result<Secret, StartError> {
    let config = Config { database, key_file, ..Config::local("") };
    let service = Service::open(config, SystemClock).await?;
    service.ensure_owner(email, organization, None).await?;
    let token = service.issue_access_token(email).await;
    service.close().await;
    token
}
