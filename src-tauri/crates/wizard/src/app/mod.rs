//! The use cases, one method each. Every one reads the project, asks the ports, saves, and answers with the view.
//!
//! - [`projects`](self): make, open, refresh, remove
//! - `metadata`: a document by file, paste or address, and what is chosen from it
//! - `domains`, `saml`, `provisioning`: what the steps 1, 4 and 5 can do beyond being filled in
//! - `licence_keys`: what the account is licensed for
//! - `support`: what is sent to a service that its support sets up
//! - `portal`: what is taken from and entered into the service's portal by hand
//! - `broker`: what a broker of single sign-on holds, and what is sent to it
//! - `polis`: the directory that Polis holds
//! - `keycloak`: the switch in Keycloak, and where groups lead
//! - `sending`: push, conflicts, activation
//! - `sharing`: the domains of two projects of one organization
//! - `sign_in`: an answer that is checked here
//! - `switching`: another identity provider, or another place for the settings
//! - `certificates`: all certificates, and those that are looked at by themselves
//! - `together`: steps that somebody else does, and the dossier
//! - `watcher`: what is looked at again and again, and when
//!
//! A network answer is never waited for while a project is held: it is merged into whatever the project is by then,
//! so a field typed meanwhile is not lost.

mod broker;
mod certificates;
mod domains;
mod editing;
mod keycloak;
mod licence_keys;
mod metadata;
mod polis;
mod portal;
mod projects;
mod provisioning;
mod saml;
mod sending;
mod sharing;
mod sign_in;
mod support;
mod switching;
mod together;
mod watcher;

pub use domains::DomainsAdded;
pub use metadata::MetadataFrom;
pub use sending::Keep;
pub use watcher::Watcher;

use crate::error::{Failure, FailureCode};
use crate::ports::{
    AccountService, Clock, DomainChecker, MetadataFetcher, ProjectStore, SecretStore, Services,
};
use crate::project::Project;
use crate::rollover;
use crate::view::{Connection, ProjectView};
use guides::{Guide, Library};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use vocabulary::Timestamp;

/// The core behind every shell: the ports, and who answered last.
pub struct Wizard {
    store: Arc<dyn ProjectStore>,
    secrets: Arc<dyn SecretStore>,
    services: Arc<dyn Services>,
    checker: Arc<dyn DomainChecker>,
    metadata: Arc<dyn MetadataFetcher>,
    clock: Arc<dyn Clock>,
    library: RwLock<&'static Library>,
    connections: Mutex<HashMap<String, Connection>>,
    documents: Mutex<HashMap<String, metadata::Document>>,
    saving: Mutex<()>,
    gone: watcher::Gone,
}

/// The answers to the core's questions.
pub struct Ports {
    /// Where the projects are kept.
    pub store: Arc<dyn ProjectStore>,
    /// Where the secrets are kept.
    pub secrets: Arc<dyn SecretStore>,
    /// Which account service a project talks to.
    pub services: Arc<dyn Services>,
    /// What the delegated name servers say.
    pub checker: Arc<dyn DomainChecker>,
    /// What is behind an address.
    pub metadata: Arc<dyn MetadataFetcher>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
}

impl Wizard {
    /// The core over its ports and the embedded guides.
    ///
    /// # Errors
    /// [`NoGuide`](FailureCode::NoGuide) when the guides that are part of the program do not read, which a test
    /// keeps from being shipped.
    pub fn new(ports: Ports) -> Result<Self, Failure> {
        let library =
            Library::embedded().map_err(|error| Failure::new(FailureCode::NoGuide, error.to_string()))?;
        Ok(Self::with_guides(ports, library))
    }

    /// The core over its ports and these guides.
    pub fn with_guides(ports: Ports, library: &'static Library) -> Self {
        let Ports { store, secrets, services, checker, metadata, clock } = ports;
        Self {
            store,
            secrets,
            services,
            checker,
            metadata,
            clock,
            library: RwLock::new(library),
            connections: Mutex::default(),
            documents: Mutex::default(),
            saving: Mutex::default(),
            gone: watcher::Gone::default(),
        }
    }

    /// The guides.
    pub fn library(&self) -> &'static Library {
        *self.library.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes other guides from now on.
    pub fn use_guides(&self, library: &'static Library) {
        *self.library.write().unwrap_or_else(PoisonError::into_inner) = library;
    }

    /// The guide of a project.
    ///
    /// # Errors
    /// [`NoGuide`](FailureCode::NoGuide).
    pub fn guide(&self, project: &Project) -> Result<&'static Guide, Failure> {
        self.library().guide(&project.service, &project.idp).ok_or_else(|| {
            let pair = format!("{} with {}", project.service, project.idp);
            Failure::new(FailureCode::NoGuide, format!("there is no guide for {pair}")).with("pair", pair)
        })
    }

    /// The guide of a project, whole.
    ///
    /// # Errors
    /// Why the project cannot be read, or [`NoGuide`](FailureCode::NoGuide).
    pub fn guide_of(&self, id: &str) -> Result<Guide, Failure> {
        self.guide(&self.store.load(id)?).cloned()
    }

    /// Whether a page may be opened in the browser: https, on a host that a guide or a service profile names.
    pub fn may_open(&self, address: &str) -> bool {
        let host = |address: &str| {
            url::Url::parse(address).ok().filter(|url| url.scheme() == "https")?.host_str().map(str::to_owned)
        };
        let Some(wanted) = host(address) else { return false };
        let library = self.library();
        let services = library.services().iter().flat_map(|service| service.links.all());
        let services = services.map(str::to_owned);
        let portals = library.identity_providers().iter().filter_map(|idp| idp.portal_url.clone());
        let parts = library.guides().iter().flat_map(Guide::all).flat_map(|page| &page.parts);
        let parts = parts
            .filter_map(|part| part.portal.as_ref()?.link.as_ref())
            .map(|link| link.replace("{tenant_id}", ""));
        services.chain(portals).chain(parts).any(|known| host(&known).as_deref() == Some(wanted.as_str()))
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Reads the project, changes it, saves it, in one piece.
    fn update<R>(
        &self,
        id: &str,
        change: impl FnOnce(&mut Project, Timestamp) -> Result<R, Failure>,
    ) -> Result<(Project, R), Failure> {
        let _saving = unpoisoned(&self.saving);
        let before = self.store.load(id)?;
        let mut project = before.clone();
        let outcome = change(&mut project, self.now())?;
        rollover::observe(&mut project, self.now());
        if project == before {
            return Ok((project, outcome));
        }
        project.saved_at = self.now();
        self.describe(&mut project);
        rollover::observe(&mut project, self.now());
        let project = self.store.save(&project)?;
        self.gone.note(&before, &project);
        Ok((project, outcome))
    }

    /// What the portal has by what was ticked, or support by what was sent; the steps are judged by it as by a
    /// service's own answer.
    fn describe(&self, project: &mut Project) {
        let Ok(guide) = self.guide(project) else { return };
        if project.backend.is_by_hand() {
            project.known = Some(crate::portal::known(project, &guide.service.txt_label));
        }
        if project.backend.is_by_support() {
            project.known = Some(crate::support::known(project, guide));
        }
    }

    fn edit(&self, id: &str, change: impl FnOnce(&mut Project, Timestamp)) -> Result<ProjectView, Failure> {
        let (project, ()) = self.update(id, |project, now| {
            change(project, now);
            Ok(())
        })?;
        self.view(project)
    }

    fn view(&self, project: Project) -> Result<ProjectView, Failure> {
        let connection =
            unpoisoned(&self.connections).get(&project.id).copied().unwrap_or(Connection::Unknown);
        Ok(ProjectView::new(project.clone(), self.guide(&project)?, connection, self.now()))
    }

    async fn service(&self, project: &Project) -> Result<(Arc<dyn AccountService>, String), Failure> {
        if project.task.is_some() {
            let why = "the step was handed over without a service";
            return Err(Failure::new(FailureCode::TaskWithoutService, why));
        }
        if !project.backend.has_service() {
            return Err(no_service(project));
        }
        let service = self.services.connect(project).await;
        let service = service.inspect_err(|failure| self.saw(&project.id, failure))?;
        let account = project.account.clone().ok_or_else(|| {
            Failure::new(FailureCode::AccountMissing, "the project has no account at the service yet")
        })?;
        Ok((service, account))
    }

    /// Remembers how the service answered, for the connection state.
    fn heard<T>(&self, id: &str, answer: Result<T, Failure>) -> Result<T, Failure> {
        match &answer {
            Ok(_) => self.connected(id, Connection::Connected),
            Err(failure) => self.saw(id, failure),
        }
        answer
    }

    fn saw(&self, id: &str, failure: &Failure) {
        let connection = match failure.code {
            FailureCode::ServiceUnreachable
            | FailureCode::LocalServiceFailed
            | FailureCode::PortTaken
            | FailureCode::PolisUnreachable
            | FailureCode::PolisAnswerUnknown
            | FailureCode::KeycloakUnreachable
            | FailureCode::KeycloakAnswerUnknown
            | FailureCode::NotAnAccountService => Connection::Offline,
            FailureCode::SignedOut
            | FailureCode::SecretMissing
            | FailureCode::PolisKeyRefused
            | FailureCode::KeycloakSecretMissing
            | FailureCode::KeycloakSignInRefused
            | FailureCode::KeycloakTokenRefused => Connection::SignedOut,
            _ => return,
        };
        self.connected(id, connection);
    }

    fn connected(&self, id: &str, connection: Connection) {
        unpoisoned(&self.connections).insert(id.to_owned(), connection);
    }
}

/// Why there is no service to ask.
fn no_service(project: &Project) -> Failure {
    if project.backend.is_by_support() {
        return Failure::new(FailureCode::SetUpBySupport, "the service is set up by its support");
    }
    Failure::new(FailureCode::EnteredByHand, "the settings are entered into the service's portal by hand")
}

/// A panic elsewhere must not make the program unable to save.
fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
