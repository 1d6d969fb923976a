//! A real account service on this computer, and the way to it.

use account_service::{Config, Running, Service};
use adapters::{Connections, LocalAccess, LocalService, SystemClock};
use async_trait::async_trait;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use vocabulary::Timestamp;
use wizard::Failure;
use wizard::ports::{Clock, SecretStore};

/// Starts one with its data in that folder, and what leads to it.
pub(crate) async fn start(folder: &Path, secrets: Arc<dyn SecretStore>) -> (Running, Connections) {
    let config = Config {
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        ..Config::local(folder.join("service"))
    };
    let running = Service::start(config, SystemTime).await.unwrap();
    let connections = Connections::new(Arc::new(Local(running.service.clone())), secrets);
    (running, connections)
}

struct SystemTime;

impl account_service::Clock for SystemTime {
    fn now(&self) -> Timestamp {
        SystemClock.now()
    }
}

struct Local(Service);

#[async_trait]
impl LocalService for Local {
    async fn access(&self, email: &str) -> Result<LocalAccess, Failure> {
        let token = self.0.issue_access_token(email).await.unwrap();
        Ok(LocalAccess { url: self.0.public_url(), token })
    }
}
