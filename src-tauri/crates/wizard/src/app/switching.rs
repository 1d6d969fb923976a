use super::{Wizard, unpoisoned};
use crate::error::{Failure, FailureCode};
use crate::project::{Backend, Project};
use crate::switch::{Guides, Plan, Target, apply, check, plan, undo};
use crate::view::{Connection, ProjectView};
use vocabulary::Secret;

impl Wizard {
    /// What a change of the identity provider or of the backend would do. Nothing is changed.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) for what the project has already, [`NoGuide`](FailureCode::NoGuide),
    /// or why the project cannot be read.
    pub fn plan_switch(&self, id: &str, target: Target) -> Result<Plan, Failure> {
        let (project, target) = (self.store.load(id)?, target.checked()?);
        plan(&project, self.guides_of(&project, &target)?, &target, self.now())
    }

    /// Changes the identity provider or the backend. What does not carry over is kept in the project, and nothing is
    /// switched off anywhere. A service that the project was not at before gets its account first; for one at a URL the
    /// access token is tried before it is kept.
    ///
    /// # Errors
    /// As [`plan_switch`](Self::plan_switch), or why the service did not take the project; nothing is changed then.
    pub async fn switch_to(
        &self,
        id: &str,
        target: Target,
        access_token: Option<Secret>,
    ) -> Result<ProjectView, Failure> {
        let (project, target) = (self.store.load(id)?, target.checked()?);
        check(&project, &target)?;
        let account = self.account_at(&project, &target, access_token).await?;
        self.update(id, |project, now| {
            check(project, &target)?;
            let guides = self.guides_of(project, &target)?;
            apply(project, guides, &target, account, now);
            Ok(())
        })?;
        unpoisoned(&self.documents).remove(id);
        if let Target::Backend { .. } = target {
            self.connected(id, Connection::Unknown);
            self.refresh(id).await?;
            return self.send_domains(id).await;
        }
        self.open(id)
    }

    /// Goes back to where the last change came from; what was entered since is set aside in turn.
    ///
    /// # Errors
    /// As [`switch_to`](Self::switch_to).
    pub async fn undo_switch(&self, id: &str) -> Result<ProjectView, Failure> {
        let target = undo(&self.store.load(id)?)?;
        self.switch_to(id, target, None).await
    }

    /// The account at a service that the project was not at before.
    async fn account_at(
        &self,
        project: &Project,
        target: &Target,
        access_token: Option<Secret>,
    ) -> Result<Option<String>, Failure> {
        let Target::Backend { backend } = target else { return Ok(None) };
        if *backend == Backend::Portal || target.is_kept(project) {
            return Ok(None);
        }
        // What is enrolled is the project as it will be: its secrets have their own name in the keyring by then.
        let mut there = project.clone();
        apply(&mut there, self.guides_of(project, target)?, target, None, self.now());
        if backend.broker().is_some() {
            self.sign_in_to_broker(&there, access_token).await?;
            return Ok(None);
        }
        Ok(Some(self.services.enrol(&there, access_token).await?.id))
    }

    fn guides_of(&self, project: &Project, target: &Target) -> Result<Guides<'static>, Failure> {
        let idp = target.idp(project);
        let to = self.library().guide(&project.service, idp).ok_or_else(|| {
            let pair = format!("{} with {idp}", project.service);
            Failure::new(FailureCode::NoGuide, format!("there is no guide for {pair}")).with("pair", pair)
        })?;
        Ok(Guides { from: self.guide(project)?, to })
    }
}
