use super::Wizard;
use crate::error::{Failure, FailureCode};
use crate::ports::{ProvisioningEndpoints, SecretKind, Written};
use crate::project::Project;
use crate::view::ProjectView;
use account_api::{ScimCalls, ScimToken};
use scim_rehearsal::{Cast, Part, Progress, Provider, Rehearsal, rehearse};
use time::Duration;
use vocabulary::Secret;

/// How often a token is revoked again when others keep changing the settings.
const ATTEMPTS: usize = 5;

impl Wizard {
    /// Has the service issue a new SCIM bearer token and keeps it in the keyring; the old one works on for so many days,
    /// or stops at once. The keyring is tried first, so that no token is issued that could not be kept. Of Polis it takes the
    /// directory's, which has one for as long as it is there.
    ///
    /// # Errors
    /// [`KeyringUnavailable`](FailureCode::KeyringUnavailable), [`KeyringLocked`](FailureCode::KeyringLocked), or
    /// why the service did not issue one.
    pub async fn issue_scim_token(&self, id: &str, keep_days: u8) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        if project.backend.polis().is_some() {
            return Box::pin(self.take_directory(id, None)).await;
        }
        let name = project.keyring_name();
        self.try_keyring(&name).await?;
        let (service, account) = self.service(&project).await?;
        let keep_until = (keep_days > 0).then(|| self.now().plus(Duration::days(keep_days.into())));
        let token = self.heard(id, service.issue_scim_token(&account, keep_until).await)?;
        self.secrets.keep(&name, SecretKind::ScimToken, &token).await?;
        let hint = hint(&token);
        self.update(id, |project, now| {
            // Should the service not be heard now, this is no token from elsewhere all the same.
            if let Some(known) = project.known.as_mut() {
                let token = ScimToken { hint: hint.clone(), issued_at: now, used_at: None, ends_at: None };
                known.integration.scim.token = Some(token);
            }
            project.scim.token_hint = Some(hint);
            project.note(now, "scim-token-issued", &[]);
            Ok(())
        })?;
        self.refresh(id).await
    }

    /// Ends a SCIM bearer token at the service, and forgets it when it is the one in the keyring.
    ///
    /// # Errors
    /// What the service answers, or why the keyring does not forget it.
    pub async fn revoke_scim_token(&self, id: &str, hint: &str) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        let (service, account) = self.service(&project).await?;
        let mut version = match project.integration() {
            Some(known) => known.version,
            None => self.heard(id, service.integration(&account).await)?.version,
        };
        let mut integration = None;
        for _ in 0..ATTEMPTS {
            match self.heard(id, service.revoke_scim_token(&account, version, hint).await) {
                Ok(Written::Done(now)) => {
                    integration = Some(now);
                    break;
                }
                // Whatever else was changed meanwhile, nobody wants the token back.
                Ok(Written::Stale(now)) => version = now.version,
                // It is gone: ended by somebody else, or by a request whose answer was lost.
                Err(failure) if failure.code == FailureCode::AccountMissing => {
                    integration = Some(Box::new(self.heard(id, service.integration(&account).await)?));
                    break;
                }
                Err(failure) => return Err(failure),
            }
        }
        let busy = || Failure::new(FailureCode::Conflict, "others keep changing the settings");
        let integration = integration.ok_or_else(busy)?;
        let is_kept = project.scim.token_hint.as_deref() == Some(hint);
        if is_kept {
            self.secrets.forget(&project.keyring_name(), SecretKind::ScimToken).await?;
        }
        self.edit(id, |project, now| {
            project.take_integration(*integration, now);
            project.scim.token_hint = project.scim.token_hint.take().filter(|kept| kept != hint);
            project.note(now, "scim-token-revoked", &[("hint", hint)]);
        })
    }

    /// Keeps the bearer token that the service's portal showed in the keyring, and nowhere else.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) on `scim-token` with the finding's code in `hints` when the text
    /// cannot be a token, [`KeyringUnavailable`](FailureCode::KeyringUnavailable) or
    /// [`KeyringLocked`](FailureCode::KeyringLocked). Nothing is kept then.
    pub async fn keep_scim_token(&self, id: &str, token: Secret) -> Result<ProjectView, Failure> {
        let token = Secret::new(token.expose().trim().to_owned());
        if let Some(finding) = crate::portal::shape::judge_token(token.expose()) {
            let refused = Failure::new(FailureCode::InvalidInput, "the text cannot be a bearer token");
            return Err(refused.on("scim-token").hint(&finding.code));
        }
        let name = self.store.load(id)?.keyring_name();
        self.secrets.keep(&name, SecretKind::ScimToken, &token).await?;
        let hint = hint(&token);
        self.edit(id, |project, now| {
            project.scim.token_hint = Some(hint);
            project.note(now, "scim-token-kept", &[]);
        })
    }

    /// Writing is what tells a keyring that works from one that only answers.
    pub(super) async fn try_keyring(&self, name: &str) -> Result<(), Failure> {
        let kept = self.secrets.secret(name, SecretKind::ScimToken).await?;
        let trial = kept.clone().unwrap_or_else(|| Secret::new("trial".to_owned()));
        self.secrets.keep(name, SecretKind::ScimToken, &trial).await?;
        if kept.is_none() {
            self.secrets.forget(name, SecretKind::ScimToken).await?;
        }
        Ok(())
    }

    /// The SCIM bearer token, for the clipboard.
    ///
    /// # Errors
    /// [`SecretMissing`](FailureCode::SecretMissing) when this computer does not have it, or why the keyring does
    /// not answer.
    pub async fn scim_token(&self, id: &str) -> Result<Secret, Failure> {
        let name = self.store.load(id)?.keyring_name();
        let token = self.secrets.secret(&name, SecretKind::ScimToken).await?;
        token.ok_or_else(|| {
            Failure::new(FailureCode::SecretMissing, "the bearer token is not in this keyring")
        })
    }
}

impl Wizard {
    /// Plays what the project's identity provider will send to the SCIM endpoint of the service, reads back what became of
    /// it, and takes it all away again. An identity provider whose requests are not known is played by all that are.
    /// Nothing is changed in the project. `run` is in every name that is made; `stop` ends it early, and cleans up too.
    ///
    /// # Errors
    /// [`SecretMissing`](FailureCode::SecretMissing), why the keyring does not answer, or
    /// [`InvalidInput`](FailureCode::InvalidInput) when there is no base URL that can be asked. What the endpoint does
    /// is in the rehearsal.
    pub async fn rehearse_provisioning(
        &self,
        id: &str,
        endpoints: &dyn ProvisioningEndpoints,
        run: &str,
        stop: impl Future<Output = ()> + Send,
        tell: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<Rehearsal, Failure> {
        let project = self.store.load(id)?;
        let token = self.scim_token(id).await?;
        let base_url = project.integration().map(|known| known.scim.base_url.clone()).unwrap_or_default();
        let endpoint = endpoints.endpoint(&base_url, &token)?;
        let cast = Cast::new(run, &address_domain(&project));
        Ok(rehearse(&*endpoint, &cast, &Part::of(&played(&project.idp)), stop, tell).await)
    }
}

impl Wizard {
    /// The newest SCIM requests that the service has answered. They are kept nowhere here.
    ///
    /// # Errors
    /// Why the service cannot be asked; [`AccountMissing`](FailureCode::AccountMissing) also of an older service, which
    /// does not tell.
    pub async fn scim_calls(&self, id: &str) -> Result<ScimCalls, Failure> {
        let project = self.store.load(id)?;
        let (service, account) = self.service(&project).await?;
        self.heard(id, service.scim_calls(&account).await)
    }
}

/// Whose requests are sent.
fn played(idp: &str) -> Vec<Provider> {
    match idp {
        "entra" => vec![Provider::Entra],
        "okta" => vec![Provider::Okta],
        "pingone" => vec![Provider::PingOne],
        _ => Provider::ALL.to_vec(),
    }
}

/// Services may take addresses of the organization's own domains only.
fn address_domain(project: &Project) -> String {
    let own = project.domains.entries.first().map(|entry| entry.name.to_string());
    own.unwrap_or_else(|| "example.com".to_owned())
}

/// The last four characters, as the service shows them too.
pub(super) fn hint(token: &Secret) -> String {
    let text = token.expose();
    let start = text.char_indices().rev().nth(3).map_or(0, |(index, _)| index);
    text[start..].to_owned()
}
