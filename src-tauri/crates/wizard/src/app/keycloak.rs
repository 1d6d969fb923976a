use super::Wizard;
use crate::error::{Failure, FailureCode};
use crate::keycloak::{Groups, Keycloak, Mapped};
use crate::project::Project;
use crate::view::ProjectView;
use std::sync::Arc;
use vocabulary::Finding;

impl Wizard {
    /// Switches the identity provider in Keycloak on or off, and reads back whether it is. What stands in the way is in the
    /// findings of step 4 then.
    ///
    /// # Errors
    /// [`KeycloakNotSwitched`](FailureCode::KeycloakNotSwitched), or why there is no answer.
    pub(super) async fn switch_at_keycloak(&self, id: &str, on: bool) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        let keycloak = self.keycloak(&project).await?;
        let entity_id = project.saml.values.as_ref().map(|values| values.entity_id.as_str());
        let switched = keycloak.switch(entity_id.unwrap_or_default(), on, self.now()).await;
        let switched = self.heard(id, switched)?;
        let held = self.heard(id, keycloak.look().await)?;
        self.take_said(&project, switched.findings)?;
        let view = self.take_held(&project, &held)?;
        if view.activation.active == on {
            return Ok(view);
        }
        Err(Failure::new(FailureCode::KeycloakNotSwitched, "the identity provider is as it was"))
    }

    /// Has the project's groups lead into groups of the realm. What stands in the way is kept with the project.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) on `group-attribute`, `admins-path` or `users-path`,
    /// [`EnteredByHand`](FailureCode::EnteredByHand) for a project that is not in Keycloak, or why there is no answer.
    pub async fn map_keycloak_groups(&self, id: &str, groups: Groups) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        if project.backend.keycloak().is_none() {
            return Err(super::no_service(&project));
        }
        let leads = groups.leads(&project)?;
        let keycloak = self.keycloak(&project).await?;
        let sent = self.heard(id, keycloak.map(groups.attribute.trim(), &leads).await)?;
        self.edit(id, |now_there, now| {
            if now_there.backend != project.backend {
                return;
            }
            if !sent.findings.iter().any(Finding::is_error) {
                now_there.note(now, "keycloak-groups-mapped", &[]);
            }
            now_there.portal.mapped = Some(Mapped { groups, findings: sent.findings, at: now });
        })
    }

    async fn keycloak(&self, project: &Project) -> Result<Arc<dyn Keycloak>, Failure> {
        let keycloak = self.services.keycloak(project).await;
        keycloak.inspect_err(|failure| self.saw(&project.id, failure))
    }
}
