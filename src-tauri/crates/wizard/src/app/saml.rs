use super::Wizard;
use crate::error::Failure;
use crate::project::Project;
use crate::push::{Change, changes};
use crate::rollover;
use crate::steps::saml as step;
use crate::view::ProjectView;
use account_api::SamlOptions;
use vocabulary::StepId;

impl Wizard {
    /// Changes step 4.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub fn edit_saml(&self, id: &str, edit: step::Edit) -> Result<ProjectView, Failure> {
        self.edit(id, |project, now| step::apply(project, edit, now))
    }

    /// Decides something about the change of signing certificates, and sends what follows from it. Out of reach of the
    /// service it stays unsent.
    ///
    /// # Errors
    /// As [`rollover::apply`], or why the service does not take it; the decision stays.
    pub async fn edit_rollover(&self, id: &str, edit: rollover::Edit) -> Result<ProjectView, Failure> {
        let (project, ()) = self.update(id, |project, now| rollover::apply(project, edit, now))?;
        if project.backend.abilities().takes_identity_provider && !changes(&project, StepId::Saml).is_empty()
        {
            return self.push_or_keep(id, StepId::Saml).await;
        }
        self.view(project)
    }

    /// Switches what the service does beyond the usual when somebody signs in. Nothing of it is kept here. When somebody
    /// else switched something meanwhile, nothing is changed, and the view shows what there is.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn set_saml_options(&self, id: &str, options: SamlOptions) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        if !project.backend.has_service() {
            return Err(super::no_service(&project));
        }
        if Box::pin(self.send(id, StepId::Saml, &Change::SamlOptions(options))).await? {
            return self.open(id);
        }
        self.edit(id, |project, _| project.conflict = None)
    }

    /// While a signing certificate is being changed: which one the sign-ins were signed with that the service saw.
    pub(super) async fn look_for_sign_ins(&self, project: Project) -> Result<Project, Failure> {
        if !rollover::waits_for_sign_in(&project) {
            return Ok(project);
        }
        let (service, account) = self.service(&project).await?;
        let tests = match self.heard(&project.id, service.sign_in_tests(&account).await) {
            Ok(tests) => tests,
            Err(failure) => {
                tracing::info!(code = failure.code.as_str(), "the sign-in tests were not read");
                return Ok(project);
            }
        };
        let (project, ()) = self.update(&project.id, |project, now| {
            rollover::sign_ins_seen(project, &tests, now);
            Ok(())
        })?;
        Ok(project)
    }

    /// The service's SP metadata, for the identity provider's upload.
    ///
    /// # Errors
    /// Why the service cannot be asked; by hand into a portal, [`NothingToSend`](crate::FailureCode::NothingToSend) while
    /// a value is missing and [`ErrorsOpen`](crate::FailureCode::ErrorsOpen) while one cannot be right.
    pub async fn sp_metadata(&self, id: &str) -> Result<String, Failure> {
        let project = self.store.load(id)?;
        if project.backend.is_by_hand() {
            return super::portal::sp_metadata(&project);
        }
        let (service, account) = self.service(&project).await?;
        self.heard(id, service.sp_metadata(&account).await)
    }
}
