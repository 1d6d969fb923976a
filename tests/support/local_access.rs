//! How an account service on this computer is set up, and reached.

use account_service::{Config, Running, Service};
use adapters::{Connections, LocalAccess, LocalService};
use async_trait::async_trait;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use wizard::Failure;
use wizard::ports::SecretStore;

/// One on a free port, with its data in that folder.
pub(crate) fn config(folder: &Path) -> Config {
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    Config { listen, ..Config::local(folder.join("service")) }
}

/// What leads to it.
pub(crate) fn connections(running: &Running, secrets: Arc<dyn SecretStore>) -> Connections {
    Connections::new(Arc::new(Local(running.service.clone())), secrets)
}

struct Local(Service);

#[async_trait]
impl LocalService for Local {
    async fn access(&self, email: &str) -> Result<LocalAccess, Failure> {
        let token = self.0.issue_access_token(email).await.unwrap();
        Ok(LocalAccess { url: self.0.public_url(), token })
    }
}
