//! Keycloak as the [`crate::broker`]: an identity provider of one of its realms is the SAML connection. It holds no directory.
//! Whether that is switched on is whether single sign-on is.
//!
//! - [`Place`]: where in a Keycloak
//! - [`Keycloak`]: the port
//! - `follow_switch`: what follows from how it stands there

use crate::broker::{Broker, Sent, named, plain_address};
use crate::error::Failure;
use crate::project::Project;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use vocabulary::Timestamp;

/// Which identity provider of which Keycloak, and on whose behalf. The client's secret is in the keyring, never here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "KeycloakPlace")]
pub struct Place {
    /// The address of Keycloak, without `/admin` or `/realms`.
    pub url: String,
    /// The realm that people sign in to.
    pub realm: String,
    /// The name of the identity provider in addresses, which cannot change.
    pub alias: String,
    /// The client whose service account may manage identity providers.
    pub client_id: String,
    /// The realm of that client; empty when it is the same.
    pub client_realm: String,
}

impl Place {
    /// The same made plain. What Keycloak would misread is told by whoever asks it.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::FailureCode::InvalidInput) on `keycloak-url`, `realm`, `alias` or `client-id`.
    pub fn checked(self) -> Result<Self, Failure> {
        Ok(Self {
            url: plain_address("keycloak-url", &self.url)?,
            realm: named("realm", &self.realm)?,
            alias: named("alias", &self.alias)?,
            client_id: named("client-id", &self.client_id)?,
            client_realm: self.client_realm.trim().to_owned(),
        })
    }

    /// The realm whose client is asked for.
    pub fn realm_of_client(&self) -> &str {
        if self.client_realm.is_empty() { &self.realm } else { &self.client_realm }
    }
}

/// What does Keycloak do for a project, beyond what every broker does?
#[async_trait]
pub trait Keycloak: Broker {
    /// Switches the identity provider of that entity ID off, or on where people may sign in by it: signatures are checked, with
    /// a certificate that is valid now. What stands in the way is among the findings; what is not there is off.
    ///
    /// # Errors
    /// Why there is no answer.
    async fn switch(&self, entity_id: &str, on: bool, now: Timestamp) -> Result<Sent, Failure>;
}

/// Whoever switched it, single sign-on is on when the identity provider is.
pub(crate) fn follow_switch(project: &mut Project, is_on: bool, now: Timestamp) {
    if project.portal.activated_at.is_some() != is_on {
        project.portal.activated_at = is_on.then_some(now);
        project.note(now, if is_on { "activated-at-keycloak" } else { "deactivated-at-keycloak" }, &[]);
    }
}
