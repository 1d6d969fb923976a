use super::Wizard;
use super::provisioning::hint;
use crate::error::{Failure, FailureCode};
use crate::polis::{Held, Polis, document, observe};
use crate::ports::SecretKind;
use crate::project::Project;
use crate::view::ProjectView;
use std::sync::Arc;
use vocabulary::{Finding, StepId};

impl Wizard {
    /// Reads what Polis holds. When it cannot be asked, what was seen last stays.
    pub(super) async fn look_at_polis(&self, project: Project) -> Result<ProjectView, Failure> {
        match self.held(&project).await {
            Ok(held) => self.take_held(&project, &held),
            Err(failure) => {
                tracing::info!(code = failure.code.as_str(), "what Polis holds was not read");
                self.view(project)
            }
        }
    }

    /// Sends the identity provider's values to Polis, and reads back what it has. What stands in the way is in the
    /// step's findings then.
    ///
    /// # Errors
    /// As [`push`](Self::push), or why there is no answer.
    pub(super) async fn send_to_polis(&self, id: &str) -> Result<ProjectView, Failure> {
        let (project, ()) = self.update(id, |project, _| {
            // What was said of an earlier try is no reason not to try again.
            project.portal.polis.clear();
            Ok(())
        })?;
        self.fit_to_send(&project, StepId::Saml)?;
        let nothing = || Failure::new(FailureCode::NothingToSend, "no identity provider values were read");
        let metadata = document(&project).ok_or_else(nothing)?;
        let polis = self.polis(&project).await?;
        let sent = self.heard(id, polis.send(&metadata, self.now()).await)?;
        let held = self.heard(id, polis.look().await)?;
        let refused = sent.findings.iter().any(Finding::is_error);
        self.update(id, |now_there, now| {
            if now_there.backend == project.backend {
                now_there.portal.polis = sent.findings;
                let code = if refused { "polis-not-taken" } else { "sent" };
                now_there.note(now, code, &[("step", StepId::Saml.as_str())]);
            }
            Ok(())
        })?;
        self.take_held(&project, &held)
    }

    /// Takes the directory of Polis, which is made when there is none: its address into the project, its bearer token into
    /// the keyring, which is tried first.
    ///
    /// # Errors
    /// Why the keyring does not take the token, or there is no directory.
    pub(super) async fn directory_at_polis(&self, project: &Project) -> Result<ProjectView, Failure> {
        let (id, name) = (&project.id, project.keyring_name());
        self.try_keyring(&name).await?;
        let polis = self.polis(project).await?;
        let directory = self.heard(id, polis.directory(&project.idp).await)?;
        self.secrets.keep(&name, SecretKind::ScimToken, &directory.token).await?;
        self.edit(id, |now_there, now| {
            if now_there.backend == project.backend {
                now_there.portal.scim_base_url = directory.base_url;
                now_there.scim.token_hint = Some(hint(&directory.token));
                now_there.note(now, "scim-token-kept", &[]);
            }
        })
    }

    async fn polis(&self, project: &Project) -> Result<Arc<dyn Polis>, Failure> {
        let polis = self.services.polis(project, None).await;
        polis.inspect_err(|failure| self.saw(&project.id, failure))
    }

    async fn held(&self, project: &Project) -> Result<Held, Failure> {
        let polis = self.polis(project).await?;
        self.heard(&project.id, polis.look().await)
    }

    fn take_held(&self, asked: &Project, held: &Held) -> Result<ProjectView, Failure> {
        self.edit(&asked.id, |project, now| {
            // A late answer of a Polis that the project has left says nothing.
            if project.backend == asked.backend {
                observe(project, held, now);
            }
        })
    }
}
