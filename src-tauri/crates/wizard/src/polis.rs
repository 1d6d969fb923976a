//! Ory Polis: it holds the SAML connection and the directory of a project. Everything else is entered into the service's
//! portal by hand, and what Polis holds stands beside that as if it had been ticked: [`crate::portal::known`] makes one
//! integration of both.
//!
//! - [`Place`]: where in a Polis
//! - [`Polis`]: the port
//! - `document`, `observe`: what is sent, and what follows from what is there

use crate::error::Failure;
use crate::portal::fields::{PortalField, entered, value};
use crate::portal::{Entered, take_sp_metadata};
use crate::project::{Project, invalid};
use crate::rollover::signing_certificates;
use crate::steps::saml::Way;
use async_trait::async_trait;
use certs::Certificate;
use saml::{IdpValues, LIMIT_BY_HAND};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use vocabulary::{Finding, Secret, Timestamp};

/// Where in a Polis the connection of a project is. The API key is in the keyring, never here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "PolisPlace")]
pub struct Place {
    /// The address of Polis, its `EXTERNAL_URL`.
    pub url: String,
    /// Whose it is.
    pub tenant: String,
    /// What for.
    pub product: String,
    /// Where people go after a sign-in that began at the identity provider.
    pub default_redirect_url: String,
    /// Where people may be sent after a sign-in; the default is always among them.
    pub redirect_urls: Vec<String>,
}

impl Place {
    /// The same made plain. What Polis would misread is told by whoever asks it.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::FailureCode::InvalidInput) on `polis-url`, `tenant`, `product` or `default-redirect-url`.
    pub fn checked(self) -> Result<Self, Failure> {
        let url = self.url.trim().trim_end_matches('/').to_owned();
        if !saml::is_usable_address(&url) {
            return Err(invalid("polis-url", "is not an https address"));
        }
        let named = |field: &str, text: String| {
            let text = text.trim().to_owned();
            if text.is_empty() { Err(invalid(field, "is empty")) } else { Ok(text) }
        };
        let default = named("default-redirect-url", self.default_redirect_url)?;
        let mut redirect_urls = vec![default.clone()];
        for one in self.redirect_urls.iter().map(|one| one.trim()).filter(|one| !one.is_empty()) {
            if !redirect_urls.iter().any(|known| known == one) {
                redirect_urls.push(one.to_owned());
            }
        }
        Ok(Self {
            url,
            tenant: named("tenant", self.tenant)?,
            product: named("product", self.product)?,
            default_redirect_url: default,
            redirect_urls,
        })
    }
}

/// What Polis holds for a tenant and product.
#[derive(Debug, Clone)]
pub struct Held {
    /// The metadata of Polis as a service provider.
    pub sp_metadata: String,
    /// The SAML connections.
    pub connections: Vec<Connection>,
}

/// A SAML connection, as far as it is compared.
#[derive(Debug, Clone)]
pub struct Connection {
    /// The identity provider's entity ID.
    pub entity_id: String,
    /// Where sign-in requests are sent, by either binding.
    pub addresses: Vec<String>,
    /// The certificates with which signatures are checked.
    pub certificates: Vec<Certificate>,
    /// Whether it is switched on.
    pub active: bool,
}

/// What became of metadata that were sent.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// What stands in the way, or is to be known. With an error among them Polis has not what was sent.
    pub findings: Vec<Finding>,
}

/// The directory of a tenant and product.
#[derive(Debug, Clone)]
pub struct Directory {
    /// The SCIM base URL.
    pub base_url: String,
    /// The bearer token.
    pub token: Secret,
}

/// What does Polis hold for a project?
#[async_trait]
pub trait Polis: Send + Sync {
    /// Everything that is compared.
    ///
    /// # Errors
    /// Why there is no answer.
    async fn look(&self) -> Result<Held, Failure>;

    /// Makes the connection, or gives it newer metadata when the identity provider has one. Nothing is sent that nobody
    /// could sign in by, and what Polis made of it is read back.
    ///
    /// # Errors
    /// Why there is no answer.
    async fn send(&self, metadata: &str, now: Timestamp) -> Result<Sent, Failure>;

    /// The directory of the place; made for that identity provider when there is none.
    ///
    /// # Errors
    /// Why there is no answer, or that there are several.
    async fn directory(&self, idp: &str) -> Result<Directory, Failure>;
}

/// What Polis holds of step 4, in the words of the portal.
const FIELDS: [PortalField; 3] =
    [PortalField::IdpEntityId, PortalField::IdpSsoUrl, PortalField::IdpCertificate];

/// The metadata to send: the values of the project, with every certificate that signatures may be checked with.
pub(crate) fn document(project: &Project) -> Option<String> {
    let values = project.saml.values.clone()?;
    Some(saml::write_idp_metadata(&IdpValues { certificates: signing_certificates(project), ..values }))
}

/// Takes what Polis holds. Values that it does not have any more are unsent again.
pub(crate) fn observe(project: &mut Project, held: &Held, now: Timestamp) {
    let bytes = held.sp_metadata.as_bytes();
    let inspection = saml::inspect(bytes, LIMIT_BY_HAND, now);
    let side = &project.portal.service_provider;
    // The document itself is another one each time: Polis dates it.
    let is_known = inspection.sp_values().is_some_and(|read| {
        (read.entity_id.as_str(), read.acs_url.as_str()) == (side.entity_id.as_str(), side.acs_url.as_str())
            && read.slo_url.unwrap_or_default() == side.slo_url
    });
    if !is_known {
        let url = project.backend.polis().map(|place| place.url.clone()).unwrap_or_default();
        take_sp_metadata(project, &inspection, (Way::Address, &url), bytes, now);
    }
    let entity_id = project.saml.values.as_ref().map(|values| values.entity_id.as_str());
    let ours = held.connections.iter().find(|one| Some(one.entity_id.as_str()) == entity_id);
    let was_sent = FIELDS.iter().all(|field| entered(project, *field).is_some());
    let is_there = ours.is_some_and(|connection| has(connection, project));
    match (is_there, was_sent) {
        (true, false) => {
            for field in FIELDS {
                let value = value(project, field);
                project.portal.entered.insert(field, Entered { value, at: now });
            }
            project.saml.sent_at = Some(now);
        }
        (false, true) => {
            project.portal.entered.retain(|field, _| !FIELDS.contains(field));
            project.note(now, "polis-differs", &[]);
        }
        _ => {}
    }
    let off = Finding::warning("polis-connection-off");
    project.portal.polis.retain(|finding| finding.code != off.code);
    if ours.is_some_and(|connection| !connection.active) {
        project.portal.polis.push(off);
    }
}

/// Whether the connection has what the project would send.
fn has(connection: &Connection, project: &Project) -> bool {
    let prints = |all: &[Certificate]| all.iter().map(|one| one.sha256.clone()).collect::<BTreeSet<_>>();
    project.saml.values.as_ref().is_some_and(|values| connection.addresses.contains(&values.sso_url))
        && prints(&connection.certificates) == prints(&signing_certificates(project))
}
