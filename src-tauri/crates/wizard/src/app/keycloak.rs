use super::Wizard;
use crate::error::{Failure, FailureCode};
use crate::view::ProjectView;

impl Wizard {
    /// Switches the identity provider in Keycloak on or off, and reads back whether it is. What stands in the way is in the
    /// findings of step 4 then.
    ///
    /// # Errors
    /// [`KeycloakNotSwitched`](FailureCode::KeycloakNotSwitched), or why there is no answer.
    pub(super) async fn switch_at_keycloak(&self, id: &str, on: bool) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        let keycloak = self.services.keycloak(&project).await;
        let keycloak = keycloak.inspect_err(|failure| self.saw(id, failure))?;
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
}
