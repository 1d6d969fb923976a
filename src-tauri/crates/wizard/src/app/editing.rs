use super::Wizard;
use crate::error::{Failure, FailureCode};
use crate::steps::Context;
use crate::steps::{app_registration, backup_login, groups, mark_mut, scim, users, view};
use crate::view::ProjectView;
use crate::walk;
use vocabulary::StepId;

impl Wizard {
    /// Changes step 2.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub fn edit_app_registration(
        &self,
        id: &str,
        edit: app_registration::Edit,
    ) -> Result<ProjectView, Failure> {
        self.edit(id, |project, _| app_registration::apply(project, edit))
    }

    /// Changes step 3.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub fn edit_groups(&self, id: &str, edit: groups::Edit) -> Result<ProjectView, Failure> {
        self.edit(id, |project, _| groups::apply(project, edit))
    }

    /// Changes step 5 and sends it. Out of reach of the service it stays unsent.
    ///
    /// # Errors
    /// Why it could not be saved, or why the service does not take it.
    pub async fn switch_scim(&self, id: &str, edit: scim::Edit) -> Result<ProjectView, Failure> {
        self.edit(id, |project, _| scim::apply(project, edit))?;
        self.push_or_keep(id, StepId::Scim).await
    }

    /// Changes step 6.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub fn edit_users(&self, id: &str, edit: users::Edit) -> Result<ProjectView, Failure> {
        self.edit(id, |project, now| users::apply(project, edit, now))
    }

    /// Changes step 7.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub fn edit_backup_login(&self, id: &str, edit: backup_login::Edit) -> Result<ProjectView, Failure> {
        self.edit(id, |project, _| backup_login::apply(project, edit))
    }

    /// Says what was seen at a hop of a test that is walked by hand, or takes that back.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) for what the guide does not have, or why it could not be saved.
    pub fn edit_walk(&self, id: &str, edit: walk::Edit) -> Result<ProjectView, Failure> {
        let change = |project: &mut crate::Project, now| {
            let guide = self.guide(project)?;
            walk::apply(project, guide, edit, now)
        };
        let (project, ()) = self.update(id, change)?;
        self.view(project)
    }

    /// Gives or takes back one of the guide's confirmations. Of a choice, giving one takes back the others.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) when the guide asks for no such confirmation.
    pub fn confirm(&self, id: &str, confirmation: &str, given: bool) -> Result<ProjectView, Failure> {
        let (project, ()) = self.update(id, |project, now| {
            let guide = self.guide(project)?;
            let asked = guide.confirmation(confirmation).ok_or_else(|| {
                Failure::new(FailureCode::InvalidInput, "the guide asks for no such confirmation")
                    .on("confirmation")
            })?;
            for page in guide.all().filter(|_| asked.one_of.is_some()) {
                let others = page.confirmations.iter().filter(|other| other.one_of == asked.one_of);
                others.for_each(|other| {
                    project.confirmed.remove(&other.id);
                });
            }
            if given {
                project.confirmed.entry(asked.id.clone()).or_insert(now);
                project.note(now, "confirmed", &[("confirmation", confirmation)]);
            } else {
                project.confirmed.remove(confirmation);
                self.withdraw_marks(project);
            }
            Ok(())
        })?;
        self.view(project)
    }

    /// A mark stands on its confirmations: without one of them it is taken back.
    fn withdraw_marks(&self, project: &mut crate::Project) {
        let Ok(guide) = self.guide(project) else { return };
        for step in [StepId::AppRegistration, StepId::Saml, StepId::Scim, StepId::Users] {
            let lacks = !Context { project, guide, now: project.saved_at }.unconfirmed(step).is_empty();
            if let Some(mark) = mark_mut(project, step).filter(|_| lacks) {
                *mark = None;
            }
        }
    }

    /// Says that the configuration in the identity provider is done for step 2, 4, 5 or 6, or takes that back, and
    /// sends it. Out of reach of the service it stays unsent.
    ///
    /// # Errors
    /// [`ConfirmationMissing`](FailureCode::ConfirmationMissing) while the guide's confirmations are not given.
    pub async fn mark(&self, id: &str, step: StepId, done: bool) -> Result<ProjectView, Failure> {
        let (project, ()) = self.update(id, |project, now| {
            let guide = self.guide(project)?;
            let unconfirmed = Context { project, guide, now }.unconfirmed(step);
            if let Some(open) = unconfirmed.first().filter(|_| done) {
                let confirmation = open.args.get("confirmation").cloned().unwrap_or_default();
                let failure = Failure::new(
                    FailureCode::ConfirmationMissing,
                    format!("{confirmation} is not confirmed"),
                );
                return Err(failure.on(confirmation.clone()).with("confirmation", confirmation));
            }
            let mark = mark_mut(project, step).ok_or_else(|| {
                Failure::new(FailureCode::InvalidInput, format!("step {step} is not marked by word"))
                    .on("step")
            })?;
            *mark = done.then_some(now);
            project.note(now, if done { "marked" } else { "unmarked" }, &[("step", step.as_str())]);
            Ok(())
        })?;
        let guide = self.guide(&project)?;
        let now = self.now();
        let step_view = view(step, &Context { project: &project, guide, now });
        let ready = !step_view.findings.iter().any(|finding| finding.is_error());
        if ready && step != StepId::Saml {
            return self.push_or_keep(id, step).await;
        }
        if step == StepId::Saml && project.saml.values.is_some() && project.saml.sent_at.is_some() {
            return self.push_or_keep(id, step).await;
        }
        self.view(project)
    }
}
