//! A real account service on this computer, and the way to it.

#[path = "local_access.rs"]
mod local_access;

use account_service::{Running, Service};
use adapters::{Connections, SystemClock};
use std::path::Path;
use std::sync::Arc;
use vocabulary::Timestamp;
use wizard::ports::{Clock, SecretStore};

/// Starts one with its data in that folder, and what leads to it.
pub(crate) async fn start(folder: &Path, secrets: Arc<dyn SecretStore>) -> (Running, Connections) {
    let running = Service::start(local_access::config(folder), SystemTime).await.unwrap();
    let connections = local_access::connections(&running, secrets);
    (running, connections)
}

struct SystemTime;

impl account_service::Clock for SystemTime {
    fn now(&self) -> Timestamp {
        SystemClock.now()
    }
}
