use crate::HttpService;
use account_api::Account;
use async_trait::async_trait;
use std::sync::Arc;
use vocabulary::Secret;
use wizard::ports::{AccountService, SecretKind, SecretStore, Services};
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
}

impl Connections {
    /// The service on this computer, and where the access tokens of others are kept.
    pub fn new(local: Arc<dyn LocalService>, secrets: Arc<dyn SecretStore>) -> Self {
        Self { local, secrets }
    }

    async fn local(&self, email: &str) -> Result<HttpService, Failure> {
        let access = self.local.access(email).await?;
        HttpService::new(&access.url, access.token)
    }

    async fn remote(&self, project: &Project, url: &str, token: Option<Secret>) -> Result<Account, Failure> {
        let needed =
            || Failure::new(FailureCode::InvalidInput, "an access token is needed").on("access-token");
        let token = token.filter(|token| !token.expose().trim().is_empty()).ok_or_else(needed)?;
        let token = Secret::new(token.expose().trim().to_owned());
        let service = HttpService::new(url, token.clone())?;
        let account = account_for(&service, project).await?;
        self.secrets.keep(&project.keyring_name(), SecretKind::AccessToken, &token).await?;
        Ok(account)
    }
}

#[async_trait]
impl Services for Connections {
    async fn connect(&self, project: &Project) -> Result<Arc<dyn AccountService>, Failure> {
        let service = match &project.backend {
            Backend::ThisComputer => self.local(&project.admin_email).await?,
            Backend::AccountService { url } => {
                let token = self.secrets.secret(&project.keyring_name(), SecretKind::AccessToken).await?;
                let token = token.ok_or_else(|| {
                    Failure::new(FailureCode::SignedOut, "the access token is not in the keyring")
                        .hint("sign-in-again")
                })?;
                HttpService::new(url, token)?
            }
            Backend::Portal | Backend::HandOver => return Err(no_service()),
        };
        Ok(Arc::new(service))
    }

    async fn enrol(&self, project: &Project, access_token: Option<Secret>) -> Result<Account, Failure> {
        match &project.backend {
            Backend::ThisComputer => account_for(&self.local(&project.admin_email).await?, project).await,
            Backend::AccountService { url } => self.remote(project, url, access_token).await,
            Backend::Portal | Backend::HandOver => Err(no_service()),
        }
    }
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
