use crate::browser_sign_in::BrowserSignIns;
use crate::browser_sign_in::session::Session;
use crate::{HttpService, KeycloakServer, PolisServer, SystemClock};
use account_api::Account;
use async_trait::async_trait;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use vocabulary::{Secret, Timestamp};
use wizard::broker::{Broker, Kind};
use wizard::keycloak::Keycloak;
use wizard::polis::Polis;
use wizard::ports::{AccountService, Clock, SecretKind, SecretStore, Services};
use wizard::{Backend, Failure, FailureCode, Project};

/// How the account service on this computer is reached.
#[derive(Debug, Clone)]
pub struct LocalAccess {
    /// Its address, `http://localhost:PORT`.
    pub url: String,
    /// A token of this run of the program; it is never kept.
    pub token: Secret,
}

/// The account service on this computer; the shell starts it when it is first asked for.
#[async_trait]
pub trait LocalService: Send + Sync {
    /// How it is reached in the name of this user.
    ///
    /// # Errors
    /// [`LocalServiceFailed`](FailureCode::LocalServiceFailed), [`PortTaken`](FailureCode::PortTaken), or why its
    /// folder cannot be used.
    async fn access(&self, email: &str) -> Result<LocalAccess, Failure>;
}

/// Connects projects with the account service they name.
pub struct Connections {
    local: Arc<dyn LocalService>,
    secrets: Arc<dyn SecretStore>,
    browser: Arc<BrowserSignIns>,
    clock: Arc<dyn Clock>,
    renewing: std::sync::Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

impl Connections {
    /// The service on this computer, and where the access tokens of others are kept.
    pub fn new(local: Arc<dyn LocalService>, secrets: Arc<dyn SecretStore>) -> Self {
        let (browser, clock) = (Arc::default(), Arc::new(SystemClock));
        Self { local, secrets, browser, clock, renewing: std::sync::Mutex::default() }
    }

    /// Takes over what was signed in to in the browser.
    #[must_use]
    pub fn with_browser(self, browser: Arc<BrowserSignIns>, clock: Arc<dyn Clock>) -> Self {
        Self { browser, clock, ..self }
    }

    async fn local(&self, email: &str) -> Result<HttpService, Failure> {
        let access = self.local.access(email).await?;
        HttpService::new(&access.url, access.token)
    }

    /// Signs a project in: with the token that was pasted, or with what the browser brought.
    async fn remote(&self, project: &Project, url: &str, token: Option<Secret>) -> Result<Account, Failure> {
        let pasted = token.map(|token| Secret::new(token.expose().trim().to_owned()));
        let pasted = pasted.filter(|token| !token.expose().is_empty());
        let (token, kept) = match (pasted, self.browser.taken(url)) {
            (Some(token), _) => (token.clone(), token),
            (None, Some(session)) => {
                let session = if session.access_token(self.now()).is_some() {
                    session
                } else {
                    session.renewed(self.now()).await?
                };
                let token = session.access_token(self.now()).ok_or_else(signed_out)?;
                // The next try finds it as this one did, until a project has it.
                self.browser.put(url, session.clone());
                (token, session.kept())
            }
            (None, None) => {
                let needed = Failure::new(FailureCode::InvalidInput, "an access token is needed");
                return Err(needed.on("access-token"));
            }
        };
        let service = HttpService::new(url, token)?;
        let account = account_for(&service, project).await?;
        self.secrets.keep(&project.keyring_name(), SecretKind::AccessToken, &kept).await?;
        self.browser.taken(url);
        Ok(account)
    }

    /// The token to go with now. Of several who need a new one at the same time one gets it, and the others wait for
    /// that: a refresh token is good once.
    async fn token(&self, name: &str) -> Result<Secret, Failure> {
        let kept = self.kept(name).await?;
        let Some(session) = Session::read(&kept) else { return Ok(kept) };
        if let Some(token) = session.access_token(self.now()) {
            return Ok(token);
        }
        let turn = {
            let mut renewing = self.renewing.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(renewing.entry(name.to_owned()).or_default())
        };
        let _turn = turn.lock().await;
        let kept = self.kept(name).await?;
        let Some(session) = Session::read(&kept) else { return Ok(kept) };
        if let Some(token) = session.access_token(self.now()) {
            return Ok(token);
        }
        let session = session.renewed(self.now()).await?;
        self.secrets.keep(name, SecretKind::AccessToken, &session.kept()).await?;
        session.access_token(self.now()).ok_or_else(signed_out)
    }

    async fn kept(&self, name: &str) -> Result<Secret, Failure> {
        self.secrets.secret(name, SecretKind::AccessToken).await?.ok_or_else(signed_out)
    }

    async fn broker_secret(&self, project: &Project, kind: Kind) -> Result<Secret, Failure> {
        let kept = self.secrets.secret(&project.keyring_name(), SecretKind::AccessToken).await?;
        let none =
            || Failure::new(kind.without_secret(), format!("the keyring has no secret for {}", kind.name()));
        kept.ok_or_else(none)
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

#[async_trait]
impl Services for Connections {
    async fn connect(&self, project: &Project) -> Result<Arc<dyn AccountService>, Failure> {
        let service = match &project.backend {
            Backend::ThisComputer => self.local(&project.admin_email).await?,
            Backend::AccountService { url } => {
                HttpService::new(url, self.token(&project.keyring_name()).await?)?
            }
            Backend::Polis(_) | Backend::Keycloak(_) | Backend::Portal | Backend::HandOver => {
                return Err(no_service());
            }
        };
        Ok(Arc::new(service))
    }

    async fn enrol(&self, project: &Project, access_token: Option<Secret>) -> Result<Account, Failure> {
        match &project.backend {
            Backend::ThisComputer => account_for(&self.local(&project.admin_email).await?, project).await,
            Backend::AccountService { url } => self.remote(project, url, access_token).await,
            Backend::Polis(_) | Backend::Keycloak(_) | Backend::Portal | Backend::HandOver => {
                Err(no_service())
            }
        }
    }

    async fn broker(&self, project: &Project, secret: Option<Secret>) -> Result<Arc<dyn Broker>, Failure> {
        let kind = project.backend.broker().ok_or_else(no_service)?;
        let Some(given) = secret else {
            return broker(&project.backend, &self.broker_secret(project, kind).await?);
        };
        let secret = Secret::new(given.expose().trim().to_owned());
        let broker = broker(&project.backend, &secret)?;
        broker.look().await?;
        self.secrets.keep(&project.keyring_name(), SecretKind::AccessToken, &secret).await?;
        Ok(broker)
    }

    async fn polis(&self, project: &Project) -> Result<Arc<dyn Polis>, Failure> {
        let place = project.backend.polis().ok_or_else(no_service)?;
        let key = self.broker_secret(project, Kind::Polis).await?;
        Ok(Arc::new(PolisServer::new(place, &key)?))
    }

    async fn keycloak(&self, project: &Project) -> Result<Arc<dyn Keycloak>, Failure> {
        let place = project.backend.keycloak().ok_or_else(no_service)?;
        let secret = self.broker_secret(project, Kind::Keycloak).await?;
        Ok(Arc::new(KeycloakServer::new(place, &secret)?))
    }
}

/// Nothing is sent yet.
fn broker(backend: &Backend, secret: &Secret) -> Result<Arc<dyn Broker>, Failure> {
    match backend {
        Backend::Polis(place) => Ok(Arc::new(PolisServer::new(place, secret)?)),
        Backend::Keycloak(place) => Ok(Arc::new(KeycloakServer::new(place, secret)?)),
        Backend::ThisComputer | Backend::AccountService { .. } | Backend::Portal | Backend::HandOver => {
            Err(no_service())
        }
    }
}

fn signed_out() -> Failure {
    Failure::new(FailureCode::SignedOut, "the keyring has no token that is good").hint("sign-in-again")
}

fn no_service() -> Failure {
    Failure::new(FailureCode::EnteredByHand, "what is entered by hand or sent to support answers nobody")
}

/// The user's account of the project's organization: the one it has, the one of that name, or a new one.
async fn account_for(service: &HttpService, project: &Project) -> Result<Account, Failure> {
    let me = service.me().await?;
    let known = |account: &&Account| match &project.account {
        Some(id) => account.id == *id,
        None => account.name == project.organization,
    };
    match (me.accounts.iter().find(known), &project.account) {
        (Some(account), _) => Ok(account.clone()),
        (None, Some(_)) => Err(Failure::new(FailureCode::AccountMissing, "the account is not this user's")),
        (None, None) => service.create_account(&project.organization).await,
    }
}
