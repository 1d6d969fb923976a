//! What the commands share.

use crate::discovered::Discovered;
use crate::local_service::EmbeddedService;
use crate::own_guides::OwnGuidesView;
use crate::places::Places;
use crate::settings::SettingsFile;
use crate::watching::Watching;
use adapters::BrowserSignIns;
use domain_check::PublicResolver;
use std::collections::HashMap;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use texts::Texts;
use tokio::sync::Notify;
use wizard::ports::ProvisioningEndpoints;
use wizard::{Failure, FailureCode, Wizard};

/// The shell's state, managed by Tauri.
pub struct Shell {
    /// The core.
    pub wizard: Arc<Wizard>,
    /// The folder for guides of the user's own, as it was when it was read last.
    pub own_guides: Mutex<OwnGuidesView>,
    /// What is looked at again and again.
    pub watching: Arc<Watching>,
    /// Where things are kept.
    pub places: Places,
    /// The program's settings.
    pub settings: Arc<SettingsFile>,
    /// The account service on this computer.
    pub local: Arc<EmbeddedService>,
    /// Sign-ins to account services in the browser.
    pub browser: Arc<BrowserSignIns>,
    /// The file dropped last.
    pub dropped: Dropped,
    /// The file the program was given to open.
    pub given: Dropped,
    /// Work that can be cancelled.
    pub runs: Runs,
    /// What zones and their DNS hosts said about themselves.
    pub discovered: Discovered,
    /// How SCIM endpoints are asked.
    pub scim_endpoints: Arc<dyn ProvisioningEndpoints>,
    /// The DNS hosts that are known.
    pub hosts: &'static dns_hosts::Table,
    /// The words, for what is written outside of the window.
    pub texts: Texts,
    /// The public resolvers the program comes with.
    pub public_resolvers: Vec<PublicResolver>,
    /// Whether name server checks start from a lab and not from the root servers.
    pub dns_lab: Option<String>,
}

/// The file dropped last.
#[derive(Debug, Default)]
pub struct Dropped(Mutex<Option<PathBuf>>);

impl Dropped {
    /// Remembers a path.
    pub fn put(&self, path: PathBuf) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(path);
    }

    /// Takes it; a path is good for one reading.
    pub fn take(&self) -> Option<PathBuf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Is ready when work is told to end.
pub type Stop = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Work under a name, so that it can be cancelled from the window.
#[derive(Debug, Default)]
pub struct Runs(Mutex<HashMap<String, Arc<Notify>>>);

impl Runs {
    /// Does the work until it is done or cancelled; cancelling drops it.
    ///
    /// # Errors
    /// [`Cancelled`](FailureCode::Cancelled), or the work's own failure.
    pub async fn run<T>(
        &self,
        name: &str,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let cancel = Arc::new(Notify::new());
        self.lock().insert(name.to_owned(), Arc::clone(&cancel));
        let outcome = tokio::select! {
            outcome = work => outcome,
            () = cancel.notified() => Err(Failure::new(FailureCode::Cancelled, "cancelled from the window")),
        };
        self.lock().remove(name);
        outcome
    }

    /// Does work that ends by itself, and in order, soon after it is told to: `stop` is what it is told by.
    pub async fn run_to_stop<T, W: Future<Output = T>>(&self, name: &str, work: impl FnOnce(Stop) -> W) -> T {
        let cancel = Arc::new(Notify::new());
        self.lock().insert(name.to_owned(), Arc::clone(&cancel));
        let outcome = work(Box::pin(async move { cancel.notified().await })).await;
        self.lock().remove(name);
        outcome
    }

    /// Cancels the work of that name, if it is going on.
    pub fn cancel(&self, name: &str) {
        if let Some(cancel) = self.lock().get(name) {
            cancel.notify_one();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Notify>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
