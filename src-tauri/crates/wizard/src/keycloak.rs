//! Keycloak as the [`crate::broker`]: an identity provider of one of its realms is the SAML connection. It holds no directory.
//! Whether that is switched on is whether single sign-on is.
//!
//! - [`Place`]: where in a Keycloak
//! - [`Keycloak`]: the port
//! - [`Groups`], [`Mapped`]: where the project's groups lead, and what became of that
//! - `follow_switch`: what follows from how it stands there

use crate::broker::{Broker, Sent, named, plain_address};
use crate::error::Failure;
use crate::project::{Project, invalid};
use crate::steps::groups::GroupRole;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, Timestamp};

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

/// Which groups of the realm the project's groups lead into.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "KeycloakGroups")]
pub struct Groups {
    /// The name of the attribute that has the groups, whole, as it is sent.
    pub attribute: String,
    /// The path of the group that the administrators' group leads into; empty for none.
    pub admins: String,
    /// The path of the group that the users' group leads into; empty for none.
    pub users: String,
}

/// What became of that, kept with the project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "KeycloakMapped")]
pub struct Mapped {
    /// What was asked for.
    pub groups: Groups,
    /// What stood in the way, or is to be known.
    pub findings: Vec<Finding>,
    /// When it was.
    pub at: Timestamp,
}

/// A value of the attribute, and the path of the group that it leads into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// The value.
    pub value: String,
    /// The path, from a slash on.
    pub path: String,
}

impl Groups {
    /// What leads where: the values are those that the project has of its groups.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::FailureCode::InvalidInput) on `group-attribute`, on `admins-path` or `users-path` without a
    /// value that leads there, or that lead out of the same value.
    pub(crate) fn leads(&self, project: &Project) -> Result<Vec<Lead>, Failure> {
        named("group-attribute", &self.attribute)?;
        let mut leads: Vec<Lead> = Vec::new();
        for (field, role, path) in
            [("admins-path", GroupRole::Admins, &self.admins), ("users-path", GroupRole::Users, &self.users)]
        {
            let name = path.trim().trim_matches('/');
            if name.is_empty() {
                continue;
            }
            let value = project.groups.entry(role).id.trim().to_owned();
            if value.is_empty() || leads.iter().any(|lead| lead.value == value) {
                return Err(invalid(field, "has no value of its own that leads there"));
            }
            leads.push(Lead { value, path: format!("/{name}") });
        }
        if leads.is_empty() { Err(invalid("admins-path", "is empty")) } else { Ok(leads) }
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

    /// Has values of an attribute lead into groups of the realm, at every sign-in. With an error among the findings nothing
    /// is changed, or Keycloak keeps something else.
    ///
    /// # Errors
    /// Why there is no answer.
    async fn map(&self, attribute: &str, leads: &[Lead]) -> Result<Sent, Failure>;
}

/// Whoever switched it, single sign-on is on when the identity provider is.
pub(crate) fn follow_switch(project: &mut Project, is_on: bool, now: Timestamp) {
    if project.portal.activated_at.is_some() != is_on {
        project.portal.activated_at = is_on.then_some(now);
        project.note(now, if is_on { "activated-at-keycloak" } else { "deactivated-at-keycloak" }, &[]);
    }
}
