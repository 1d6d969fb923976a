use async_trait::async_trait;
use keyring::{Entry, Error};
use vocabulary::Secret;
use wizard::ports::{SecretKind, SecretStore};
use wizard::{Failure, FailureCode};

/// The operating system's keyring: Keychain on macOS, Credential Manager on Windows, Secret Service on Linux.
#[derive(Debug, Clone)]
pub struct Keyring {
    service: String,
}

impl Keyring {
    /// Entries under this name, as the keyring's own viewer shows it.
    pub fn new(service: &str) -> Self {
        Self { service: service.to_owned() }
    }

    /// Keyrings may ask the user and block, so they are asked off the async threads.
    async fn ask<T: Send + 'static>(
        &self,
        project: &str,
        kind: SecretKind,
        question: impl FnOnce(&Entry) -> keyring::Result<T> + Send + 'static,
    ) -> Result<Option<T>, Failure> {
        let (service, user) = (self.service.clone(), entry_name(project, kind));
        let answer = tokio::task::spawn_blocking(move || question(&Entry::new(&service, &user)?)).await;
        match answer.map_err(|_| unavailable("the keyring's answer was lost"))? {
            Ok(value) => Ok(Some(value)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(failure(&error)),
        }
    }
}

#[async_trait]
impl SecretStore for Keyring {
    async fn secret(&self, project: &str, kind: SecretKind) -> Result<Option<Secret>, Failure> {
        Ok(self.ask(project, kind, Entry::get_password).await?.map(Secret::new))
    }

    async fn keep(&self, project: &str, kind: SecretKind, secret: &Secret) -> Result<(), Failure> {
        let secret = secret.clone();
        let kept = self.ask(project, kind, move |entry| entry.set_password(secret.expose())).await?;
        kept.ok_or_else(|| unavailable("the keyring made no entry"))
    }

    async fn forget(&self, project: &str, kind: SecretKind) -> Result<(), Failure> {
        self.ask(project, kind, Entry::delete_credential).await.map(|_| ())
    }
}

fn entry_name(project: &str, kind: SecretKind) -> String {
    let kind = match kind {
        SecretKind::AccessToken => "access-token",
        SecretKind::ScimToken => "scim-token",
    };
    format!("{kind}/{project}")
}

/// A keyring that answers but is locked, or was never created, can be opened by the user; one that does not answer
/// cannot.
fn failure(error: &Error) -> Failure {
    match error {
        Error::NoStorageAccess(_) => {
            Failure::new(FailureCode::KeyringLocked, "the keyring is locked or was never created")
                .hint("unlock-keyring")
        }
        _ => unavailable("no keyring answers"),
    }
}

fn unavailable(why: &str) -> Failure {
    Failure::new(FailureCode::KeyringUnavailable, why).hint("start-keyring")
}
