//! Keycloak as the [`crate::broker`]: an identity provider of one of its realms is the SAML connection. It holds no directory.

use crate::broker::{named, plain_address};
use crate::error::Failure;
use serde::{Deserialize, Serialize};

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
