use super::Wizard;
use crate::error::{Failure, FailureCode};
use crate::project::{Conflict, Project};
use crate::push::{Change, Pushed, changes, push};
use crate::steps::scim::is_about_kept_token;
use crate::steps::{Context, saml, view};
use crate::view::ProjectView;
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, Severity, StepId, worst};

/// Which side of a conflict is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Keep {
    /// What was entered here.
    Mine,
    /// What the service has.
    Theirs,
}

impl Wizard {
    /// Sends what a step has that the service has not.
    ///
    /// A conflict is no failure: it stands in the project until it is decided by [`resolve`](Self::resolve).
    ///
    /// # Errors
    /// [`ErrorsOpen`](FailureCode::ErrorsOpen), [`WarningsOpen`](FailureCode::WarningsOpen),
    /// [`NothingToSend`](FailureCode::NothingToSend), or what the service answers. What was entered stays.
    pub async fn push(&self, id: &str, step: StepId) -> Result<ProjectView, Failure> {
        Box::pin(self.pushed(id, step)).await
    }

    async fn pushed(&self, id: &str, step: StepId) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        if step == StepId::Saml && project.backend.broker().is_some() {
            return self.send_to_broker(id).await;
        }
        if !project.backend.has_service() {
            return Err(super::no_service(&project));
        }
        if step == StepId::Domains {
            let (view, kept_back) = self.try_domains(id).await?;
            return kept_back.map_or(Ok(view), Err);
        }
        let project = self.known(id).await?;
        self.fit_to_send(&project, step)?;
        for change in changes(&project, step) {
            if !self.send(id, step, &change).await? {
                break;
            }
        }
        self.open(id)
    }

    /// As [`push`](Self::push), but being out of reach of the service leaves the change unsent instead of failing.
    pub(super) async fn push_or_keep(&self, id: &str, step: StepId) -> Result<ProjectView, Failure> {
        let unsent = |code| {
            matches!(
                code,
                FailureCode::ServiceUnreachable
                    | FailureCode::SignedOut
                    | FailureCode::SecretMissing
                    | FailureCode::EnteredByHand
                    | FailureCode::SetUpBySupport
                    | FailureCode::TaskWithoutService
                    | FailureCode::PolisUnreachable
                    | FailureCode::PolisKeyRefused
                    | FailureCode::KeycloakUnreachable
                    | FailureCode::KeycloakSecretMissing
                    | FailureCode::KeycloakSignInRefused
                    | FailureCode::KeycloakTokenRefused
            )
        };
        match self.push(id, step).await {
            Err(failure) if unsent(failure.code) => self.open(id),
            other => other,
        }
    }

    /// The project with the service's state known, which every write is based on.
    async fn known(&self, id: &str) -> Result<Project, Failure> {
        let project = self.store.load(id)?;
        if project.known.is_some() {
            return Ok(project);
        }
        let (service, account) = self.service(&project).await?;
        let integration = self.heard(id, service.integration(&account).await)?;
        let (project, ()) = self.update(id, |project, now| {
            project.take_integration(integration, now);
            Ok(())
        })?;
        Ok(project)
    }

    pub(super) fn fit_to_send(&self, project: &Project, step: StepId) -> Result<(), Failure> {
        let context = Context { project, guide: self.guide(project)?, now: self.now() };
        let view = view(step, &context);
        let stops = |finding: &&Finding| finding.severity == Severity::Error || !is_about_kept_token(finding);
        match worst(view.open().filter(stops)) {
            Some(Severity::Error) => Err(Failure::new(FailureCode::ErrorsOpen, "errors are open")),
            Some(Severity::Warning) => {
                Err(Failure::new(FailureCode::WarningsOpen, "warnings are not ticked"))
            }
            _ if step == StepId::Saml && project.saml.values.is_none() => {
                Err(Failure::new(FailureCode::NothingToSend, "no identity provider values were read"))
            }
            _ => Ok(()),
        }
    }

    /// Sends one change; false when it met a conflict.
    pub(super) async fn send(&self, id: &str, step: StepId, change: &Change) -> Result<bool, Failure> {
        let project = self.known(id).await?;
        let (service, account) = self.service(&project).await?;
        let known = project.integration().cloned().ok_or_else(|| {
            Failure::new(FailureCode::ServiceUnreachable, "the service's state is not known")
        })?;
        let pushed = self.heard(id, push(service.as_ref(), &account, known, change).await)?;
        let (_, done) = self.update(id, |project, now| match pushed {
            Pushed::Done(integration) => {
                project.take_integration(*integration, now);
                project.conflict.take_if(|conflict| conflict.step == step);
                sent(project, change, now);
                project.note(now, "sent", &[("step", step.as_str())]);
                Ok(true)
            }
            Pushed::Conflict { current, fields } => {
                project.take_integration(*current, now);
                project.conflict = Some(Conflict { step, fields, at: now });
                project.note(now, "conflict", &[("step", step.as_str())]);
                Ok(false)
            }
        })?;
        Ok(done)
    }

    /// Decides the conflict that stands in the project.
    ///
    /// # Errors
    /// As [`push`](Self::push) when *mine* is kept.
    pub async fn resolve(&self, id: &str, keep: Keep) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        let Some(conflict) = project.conflict else { return self.open(id) };
        let step = conflict.step;
        self.update(id, |project, now| {
            project.conflict = None;
            if keep == Keep::Theirs {
                take_theirs(project, step, now);
            }
            project.note(now, "conflict-resolved", &[("step", step.as_str())]);
            Ok(())
        })?;
        match keep {
            Keep::Mine => self.push(id, step).await,
            Keep::Theirs => self.open(id),
        }
    }

    /// Switches single sign-on on when nothing is missing. Whoever insists on doing without a sign-in that was seen to
    /// work types the organization's name, `without_sign_in`.
    ///
    /// # Errors
    /// [`ActivationBlocked`](FailureCode::ActivationBlocked) while something is missing; the view says what.
    /// [`NameDiffers`](FailureCode::NameDiffers) when what was typed is not the organization's name.
    pub async fn activate(&self, id: &str, without_sign_in: Option<String>) -> Result<ProjectView, Failure> {
        let view = self.refresh(id).await?;
        let activation = &view.activation;
        let insists = without_sign_in.filter(|_| activation.can_insist);
        if activation.active || activation.missing.is_empty() {
            return self.switch(id, Change::Switch(true)).await;
        }
        let Some(typed) = insists else {
            let count = activation.missing.len();
            return Err(Failure::new(FailureCode::ActivationBlocked, format!("{count} things are missing"))
                .with("count", count));
        };
        let known = view.project.integration().map(|known| known.organization.as_str());
        if known != Some(typed.trim()) {
            let why = "it is not the organization's name";
            return Err(Failure::new(FailureCode::NameDiffers, why).on("without-sign-in"));
        }
        self.switch(id, Change::ActivateUntested(typed.trim().to_owned())).await
    }

    /// Switches single sign-on off; everybody signs in as before.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn deactivate(&self, id: &str) -> Result<ProjectView, Failure> {
        self.switch(id, Change::Switch(false)).await
    }

    async fn switch(&self, id: &str, change: Change) -> Result<ProjectView, Failure> {
        let backend = self.store.load(id)?.backend;
        let on = change == Change::Switch(true);
        if backend.polis().is_some() {
            return Box::pin(self.switch_at_polis(id, on)).await;
        }
        if backend.keycloak().is_some() {
            return Box::pin(self.switch_at_keycloak(id, on)).await;
        }
        if backend.is_by_hand() {
            return self.switched_in_portal(id, on);
        }
        Box::pin(self.send(id, StepId::Domains, &change)).await?;
        let happened = match change {
            Change::ActivateUntested(_) => "activated-untested",
            Change::Switch(false) => "deactivated",
            _ => "activated",
        };
        self.edit(id, |project, now| {
            project.conflict.take_if(|conflict| conflict.fields.iter().any(|field| field.field == "active"));
            project.note(now, happened, &[]);
        })
    }
}

fn sent(project: &mut Project, change: &Change, now: vocabulary::Timestamp) {
    match change {
        Change::Groups(_) => project.groups.sent_at = Some(now),
        Change::IdentityProvider(_) => project.saml.sent_at = Some(now),
        Change::Scim(_)
        | Change::SamlOptions(_)
        | Change::Mark(..)
        | Change::BackupLogin(_)
        | Change::Switch(_)
        | Change::ActivateUntested(_) => {}
    }
}

/// Takes the service's side of a step over.
fn take_theirs(project: &mut Project, step: StepId, now: vocabulary::Timestamp) {
    let Some(theirs) = project.integration().cloned() else { return };
    let marked = |mark: Option<account_api::Mark>| mark.map(|mark| mark.at);
    match step {
        StepId::Domains => {}
        StepId::AppRegistration => project.app_registration.marked_at = marked(theirs.app_registration),
        StepId::Groups => project.groups.take(&theirs.groups, now),
        StepId::Saml => {
            saml::take(project, theirs.identity_provider.as_ref(), now);
            project.saml.marked_at = marked(theirs.saml);
        }
        StepId::Scim => {
            project.scim.enabled = theirs.scim.enabled;
            project.scim.marked_at = marked(theirs.scim.mark);
        }
        StepId::Users => project.users.marked_at = marked(theirs.users),
        StepId::BackupLogin => {
            project.backup_login.email = theirs.backup_login.map(|login| login.email).unwrap_or_default();
        }
    }
}
