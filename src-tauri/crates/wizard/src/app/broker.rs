use super::Wizard;
use crate::broker::{Broker, Held, document, observe};
use crate::error::{Failure, FailureCode};
use crate::project::{Project, invalid};
use crate::view::ProjectView;
use std::sync::Arc;
use vocabulary::{Finding, Secret, StepId};

impl Wizard {
    /// Reads what the broker of a project holds. When it cannot be asked, what was seen last stays.
    pub(super) async fn look_at_broker(&self, project: Project) -> Result<ProjectView, Failure> {
        match self.held(&project).await {
            Ok(held) => {
                let view = self.take_held(&project, &held)?;
                let is_polis = project.backend.polis().is_some();
                if is_polis { self.look_who_arrived(&project).await } else { Ok(view) }
            }
            Err(failure) => {
                tracing::info!(code = failure.code.as_str(), "what the broker holds was not read");
                self.view(project)
            }
        }
    }

    /// Sends the identity provider's values to the broker, and reads back what it has. What stands in the way is in the
    /// step's findings then.
    ///
    /// # Errors
    /// As [`push`](Self::push), or why there is no answer.
    pub(super) async fn send_to_broker(&self, id: &str) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        // What was said of an earlier try, or is wrong there, is no reason not to try again.
        let mut own = project.clone();
        own.portal.broker.clear();
        own.portal.connection.clear();
        self.fit_to_send(&own, StepId::Saml)?;
        let nothing = || Failure::new(FailureCode::NothingToSend, "no identity provider values were read");
        let metadata = document(&project).ok_or_else(nothing)?;
        let broker = self.broker(&project).await?;
        let sent = self.heard(id, broker.send(&metadata, self.now()).await)?;
        let held = self.heard(id, broker.look().await)?;
        let refused = project.backend.broker().filter(|_| sent.findings.iter().any(Finding::is_error));
        let code = refused.map_or("sent", |kind| kind.codes().not_taken);
        self.update(id, |now_there, now| {
            if now_there.backend == project.backend {
                now_there.portal.broker = sent.findings;
                now_there.note(now, code, &[("step", StepId::Saml.as_str())]);
            }
            Ok(())
        })?;
        self.take_held(&project, &held)
    }

    /// Tries the secret of a broker, and keeps it; false when the project is at none.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) on the secret's field without one, or why it is not taken.
    pub(super) async fn sign_in_to_broker(
        &self,
        project: &Project,
        secret: Option<Secret>,
    ) -> Result<bool, Failure> {
        let Some(kind) = project.backend.broker() else { return Ok(false) };
        let secret = secret.ok_or_else(|| invalid(kind.secret_field(), "is needed"))?;
        self.services.broker(project, Some(secret)).await?;
        Ok(true)
    }

    async fn broker(&self, project: &Project) -> Result<Arc<dyn Broker>, Failure> {
        let broker = self.services.broker(project, None).await;
        broker.inspect_err(|failure| self.saw(&project.id, failure))
    }

    async fn held(&self, project: &Project) -> Result<Held, Failure> {
        let broker = self.broker(project).await?;
        self.heard(&project.id, broker.look().await)
    }

    /// What the broker said of what it was asked to do.
    pub(super) fn take_said(&self, asked: &Project, findings: Vec<Finding>) -> Result<(), Failure> {
        self.update(&asked.id, |now_there, _| {
            if now_there.backend == asked.backend {
                now_there.portal.broker = findings;
            }
            Ok(())
        })
        .map(drop)
    }

    pub(super) fn take_held(&self, asked: &Project, held: &Held) -> Result<ProjectView, Failure> {
        self.edit(&asked.id, |project, now| {
            // A late answer of a broker that the project has left says nothing.
            if project.backend == asked.backend {
                observe(project, held, now);
            }
        })
    }
}
