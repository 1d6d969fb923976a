//! The account service on this computer: started when it is first asked for, on a port that was chosen once.
//!
//! The port is part of the assertion consumer service URL that is typed into the identity provider, so it is kept in
//! a file and never changed on the quiet. The access token lives as long as the program runs and is kept nowhere.

use account_service::{Config, Database, Running, Service, StartError, SystemClock};
use adapters::{LocalAccess, LocalService};
use async_trait::async_trait;
use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use tokio::sync::Mutex;
use vocabulary::Secret;
use wizard::{Failure, FailureCode};

/// The embedded service, running or not.
pub struct EmbeddedService {
    folder: PathBuf,
    dns: dns_walk::Config,
    started: Mutex<Option<Started>>,
}

struct Started {
    running: Running,
    tokens: HashMap<String, Secret>,
}

impl EmbeddedService {
    /// A service that keeps its data in this folder and looks at domains as `dns` says.
    pub fn new(folder: PathBuf, dns: dns_walk::Config) -> Self {
        Self { folder, dns, started: Mutex::new(None) }
    }

    /// Ends it, if it runs: what was begun is answered and the database is closed.
    pub async fn stop(&self) {
        let started = self.started.lock().await.take();
        if let Some(started) = started
            && let Err(error) = started.running.stop().await
        {
            tracing::warn!(%error, "the local account service did not end cleanly");
        }
    }

    async fn start(&self) -> Result<Running, Failure> {
        let port_file = self.folder.join("port");
        let kept = kept_port(&port_file)?;
        let config = Config {
            database: Database::Directory(self.folder.clone()),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, kept.unwrap_or(0))),
            dns: self.dns.clone(),
            ..Config::local(self.folder.clone())
        };
        let running = Service::start(config, SystemClock).await.map_err(|error| failure(&error, kept))?;
        if kept.is_none() {
            std::fs::write(&port_file, running.local_addr().port().to_string())
                .map_err(|error| unwritable(&port_file, &error))?;
        }
        Ok(running)
    }
}

#[async_trait]
impl LocalService for EmbeddedService {
    async fn access(&self, email: &str) -> Result<LocalAccess, Failure> {
        let mut started = self.started.lock().await;
        if started.is_none() {
            *started = Some(Started { running: self.start().await?, tokens: HashMap::new() });
        }
        let Some(Started { running, tokens }) = started.as_mut() else {
            return Err(Failure::new(FailureCode::LocalServiceFailed, "the local service is not there"));
        };
        let token = match tokens.get(email) {
            Some(token) => token.clone(),
            None => {
                let issued = running.service.issue_access_token(email).await;
                let token = issued.map_err(|error| failure(&error, None))?;
                tokens.insert(email.to_owned(), token.clone());
                token
            }
        };
        Ok(LocalAccess { url: running.service.public_url(), token })
    }
}

fn kept_port(file: &Path) -> Result<Option<u16>, Failure> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(text.trim().parse().ok()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unwritable(file, &error)),
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(FailureCode::LocalServiceFailed, format!("{}: {error}", path.display()))
        .with("path", path.display())
}

fn failure(error: &StartError, port: Option<u16>) -> Failure {
    let code = match error {
        StartError::AddressInUse { .. } => FailureCode::PortTaken,
        StartError::ReadOnly { .. } => FailureCode::FolderReadOnly,
        StartError::DiskFull { .. } => FailureCode::DiskFull,
        StartError::Email => FailureCode::InvalidInput,
        _ => FailureCode::LocalServiceFailed,
    };
    Failure::new(code, error.to_string()).with("port", port.map(|port| port.to_string()).unwrap_or_default())
}
