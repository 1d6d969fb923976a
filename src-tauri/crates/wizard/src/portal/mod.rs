//! The service's portal, by hand: what was taken from its page, and what the administrator says stands there.
//!
//! - [`Portal`]: what the project keeps of it
//! - [`edit`](self): every change, one [`Edit`] each
//! - [`shape`]: whether a pasted value can be what it should be
//! - [`fields`]: the portal's fields in the portal's order, each with the value to paste
//! - [`known`]: the integration as the administrator's ticks describe it, which the steps are judged by

mod edit;
pub mod fields;
mod known;
pub mod shape;

pub use edit::{Edit, apply, take_sp_metadata};
pub(crate) use edit::{HANDED_ON, handed_on};
pub use known::known;

use crate::keycloak::Mapped;
use crate::polis::{Seen, Tested};
use crate::steps::saml::Source;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::{Finding, Timestamp};

/// What was taken from the service's portal, and what was entered there. The bearer token is in the keyring, never here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "PortalByHand")]
pub struct Portal {
    /// The service's own SAML values.
    pub service_provider: ServiceProviderSide,
    /// The SCIM base URL, as pasted.
    pub scim_base_url: String,
    /// The records that the portal shows, by the domain's ASCII name.
    pub records: BTreeMap<String, GivenRecord>,
    /// When the administrator saw the portal call a domain verified, by the domain's ASCII name.
    pub verified: BTreeMap<String, Timestamp>,
    /// The fields that were ticked as entered, with what they held then.
    pub entered: BTreeMap<fields::PortalField, Entered>,
    /// What the broker said of what was sent to it, when one is the backend.
    #[serde(default, alias = "polis")]
    pub broker: Vec<Finding>,
    /// What is wrong with the connection of the broker, as it was seen there last.
    #[serde(default)]
    pub connection: Vec<Finding>,
    /// What was seen in Polis last, when that is the backend.
    #[serde(default)]
    pub seen_in_polis: Seen,
    /// The newest sign-in through Polis that was begun from here.
    #[serde(default)]
    pub tested_in_polis: Option<Tested>,
    /// Where the project's groups lead in Keycloak, when that is the backend and they were sent there.
    #[serde(default)]
    pub mapped: Option<Mapped>,
    /// When the administrator activated single sign-on in the portal.
    pub activated_at: Option<Timestamp>,
    /// What was seen at each hop of the sign-in test, in projects saved before every page had its own
    /// [`Walk`](crate::walk::Walk).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[specta(skip)]
    pub hops: crate::walk::Walk,
}

/// The service's own SAML values, and where they come from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ServiceProviderSide {
    /// The SP entity ID, as pasted or read.
    pub entity_id: String,
    /// The assertion consumer service URL, as pasted or read.
    pub acs_url: String,
    /// Where the service takes messages about signing out, as pasted or read; empty where the portal names no address.
    #[serde(default)]
    pub slo_url: String,
    /// The document they were read from, if it was one.
    pub source: Option<Source>,
    /// The portal's metadata document, handed on as it is.
    pub metadata: Option<String>,
    /// Why the last document was of no use.
    pub reading: Vec<Finding>,
}

/// The record that the portal shows for a domain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct GivenRecord {
    /// The host, when it is another than the service's usual one.
    pub host: String,
    /// The value, as pasted.
    pub value: String,
}

/// What a field held when it was ticked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Entered {
    /// The value.
    pub value: String,
    /// When.
    pub at: Timestamp,
}
