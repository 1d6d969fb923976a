//! A broker of single sign-on, by which a service signs people in: it holds the SAML connection of a project. Everything else
//! is entered into the service's portal by hand, and what the broker holds stands beside that as if it had been ticked:
//! [`crate::portal::known`] makes one integration of both.
//!
//! - [`Kind`]: which broker
//! - [`Broker`]: the port
//! - `document`, `observe`: what is sent, and what follows from what is there

use crate::error::{Failure, FailureCode};
use crate::keycloak::follow_switch;
use crate::polis::{self, DirectoryThere, Redirects};
use crate::portal::fields::{PortalField, entered, value};
use crate::portal::{Entered, take_sp_metadata};
use crate::project::{Backend, Project, invalid};
use crate::rollover::signing_certificates;
use crate::steps::saml::Way;
use async_trait::async_trait;
use certs::Certificate;
use saml::{IdpValues, LIMIT_BY_HAND};
use std::collections::BTreeSet;
use vocabulary::{Finding, Timestamp};

/// Which broker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Ory Polis.
    Polis,
    /// Keycloak.
    Keycloak,
}

impl Kind {
    /// All, for the tests that look for their texts.
    pub const ALL: [Self; 2] = [Self::Polis, Self::Keycloak];

    /// Its name in a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Polis => "Ory Polis",
            Self::Keycloak => "Keycloak",
        }
    }

    /// The field of the secret that it is asked with.
    pub const fn secret_field(self) -> &'static str {
        match self {
            Self::Polis => "api-key",
            Self::Keycloak => "client-secret",
        }
    }

    /// What is said where the keyring has no secret for it.
    pub const fn without_secret(self) -> FailureCode {
        match self {
            Self::Polis => FailureCode::PolisKeyRefused,
            Self::Keycloak => FailureCode::KeycloakSecretMissing,
        }
    }

    /// What is said in step 4 of a connection that is switched off.
    fn off(self) -> Option<Finding> {
        match self {
            // It is switched from here, and said there.
            Self::Polis => None,
            // It is made so.
            Self::Keycloak => Some(Finding::info(self.codes().connection_off)),
        }
    }

    /// What can be said of every broker, and is said of each in words of its own.
    pub const fn codes(self) -> Codes {
        match self {
            Self::Polis => Codes {
                unsent: "polis-unsent",
                has_values: "polis-has-saml-values",
                sp_values_missing: "polis-sp-values-missing",
                sp_values_taken: "polis-sp-values-taken",
                connection_off: "polis-connection-off",
                limit_rest: "limit-polis-rest",
                limit_activation: "limit-polis-sign-in",
                differs: "polis-differs",
                not_taken: "polis-not-taken",
                connection: "polis-connection",
            },
            Self::Keycloak => Codes {
                unsent: "keycloak-unsent",
                has_values: "keycloak-has-saml-values",
                sp_values_missing: "keycloak-sp-values-missing",
                sp_values_taken: "keycloak-sp-values-taken",
                connection_off: "keycloak-connection-off",
                limit_rest: "limit-keycloak-rest",
                limit_activation: "limit-keycloak-activation",
                differs: "keycloak-differs",
                not_taken: "keycloak-not-taken",
                connection: "keycloak-connection",
            },
        }
    }
}

/// What can be said of every broker: findings, lines of the history, and of the list before a change.
#[derive(Debug, Clone, Copy)]
pub struct Codes {
    /// It does not have the identity provider's values as they are here.
    pub unsent: &'static str,
    /// It has them.
    pub has_values: &'static str,
    /// Its own values were not read yet.
    pub sp_values_missing: &'static str,
    /// Its own values were read.
    pub sp_values_taken: &'static str,
    /// The connection is switched off.
    pub connection_off: &'static str,
    /// What it does not hold.
    pub limit_rest: &'static str,
    /// What becomes of activation.
    pub limit_activation: &'static str,
    /// History: it does not have the values any more.
    pub differs: &'static str,
    /// History: it did not take what was sent.
    pub not_taken: &'static str,
    /// What stays there when the project leaves it.
    pub connection: &'static str,
}

impl Backend {
    /// The broker that holds the SAML connection, when there is one.
    pub const fn broker(&self) -> Option<Kind> {
        match self {
            Self::Polis(_) => Some(Kind::Polis),
            Self::Keycloak(_) => Some(Kind::Keycloak),
            Self::ThisComputer | Self::AccountService { .. } | Self::Portal | Self::HandOver => None,
        }
    }

    /// The address of the broker, when there is one.
    pub fn broker_url(&self) -> Option<&str> {
        match self {
            Self::Polis(place) => Some(&place.url),
            Self::Keycloak(place) => Some(&place.url),
            Self::ThisComputer | Self::AccountService { .. } | Self::Portal | Self::HandOver => None,
        }
    }
}

/// The address of a broker, made plain.
///
/// # Errors
/// [`InvalidInput`](FailureCode::InvalidInput) on that field.
pub(crate) fn plain_address(field: &str, url: &str) -> Result<String, Failure> {
    let url = url.trim().trim_end_matches('/');
    if saml::is_usable_address(url) {
        Ok(url.to_owned())
    } else {
        Err(invalid(field, "is not an https address"))
    }
}

/// A name that is not left out.
///
/// # Errors
/// [`InvalidInput`](FailureCode::InvalidInput) on that field.
pub(crate) fn named(field: &str, text: &str) -> Result<String, Failure> {
    let text = text.trim();
    if text.is_empty() { Err(invalid(field, "is empty")) } else { Ok(text.to_owned()) }
}

/// What a broker holds for a project.
#[derive(Debug, Clone)]
pub struct Held {
    /// The metadata of the broker as a service provider.
    pub sp_metadata: String,
    /// The SAML connections.
    pub connections: Vec<Connection>,
    /// The directories, of a broker that has such.
    pub directories: Vec<DirectoryThere>,
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
    /// Where people go after a sign-in, of a broker that is told so.
    pub redirects: Option<Redirects>,
    /// What is wrong with it as it stands there. With an error among them it has not what was sent.
    pub findings: Vec<Finding>,
}

/// What became of metadata that were sent.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// What stands in the way, or is to be known. With an error among them the broker has not what was sent.
    pub findings: Vec<Finding>,
}

/// What does a broker hold for a project?
#[async_trait]
pub trait Broker: Send + Sync {
    /// Everything that is compared.
    ///
    /// # Errors
    /// Why there is no answer.
    async fn look(&self) -> Result<Held, Failure>;

    /// Makes the connection, or gives it newer metadata when the identity provider has one. Nothing is sent that nobody
    /// could sign in by, and what the broker made of it is read back.
    ///
    /// # Errors
    /// Why there is no answer.
    async fn send(&self, metadata: &str, now: Timestamp) -> Result<Sent, Failure>;
}

/// What a broker holds of step 4, in the words of the portal.
const FIELDS: [PortalField; 3] =
    [PortalField::IdpEntityId, PortalField::IdpSsoUrl, PortalField::IdpCertificate];

/// The metadata to send: the values of the project, with every certificate that signatures may be checked with.
pub(crate) fn document(project: &Project) -> Option<String> {
    let values = project.saml.values.clone()?;
    Some(saml::write_idp_metadata(&IdpValues { certificates: signing_certificates(project), ..values }))
}

/// Takes what the broker of a project holds. Values that it does not have any more are unsent again.
pub(crate) fn observe(project: &mut Project, held: &Held, now: Timestamp) {
    let Some(kind) = project.backend.broker() else { return };
    let bytes = held.sp_metadata.as_bytes();
    let inspection = saml::inspect(bytes, LIMIT_BY_HAND, now);
    let side = &project.portal.service_provider;
    // The document itself is another one each time: brokers date it, or give it a new ID.
    let is_known = inspection.sp_values().is_some_and(|read| {
        (read.entity_id.as_str(), read.acs_url.as_str()) == (side.entity_id.as_str(), side.acs_url.as_str())
            && read.slo_url.unwrap_or_default() == side.slo_url
    });
    if !is_known {
        let url = project.backend.broker_url().unwrap_or_default().to_owned();
        take_sp_metadata(project, &inspection, (Way::Address, &url), bytes, now);
    }
    let entity_id = project.saml.values.as_ref().map(|values| values.entity_id.as_str());
    let ours = held.connections.iter().find(|one| Some(one.entity_id.as_str()) == entity_id);
    let was_sent = FIELDS.iter().all(|field| entered(project, *field).is_some());
    let is_fit = |connection: &Connection| !connection.findings.iter().any(Finding::is_error);
    let is_there = ours.is_some_and(|connection| has(connection, project) && is_fit(connection));
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
            project.note(now, kind.codes().differs, &[]);
        }
        _ => {}
    }
    project.portal.connection = ours.map(|one| one.findings.clone()).unwrap_or_default();
    project
        .portal
        .connection
        .extend(kind.off().filter(|_| ours.is_some_and(|connection| !connection.active)));
    match kind {
        Kind::Polis => polis::observe(project, ours, &held.directories, now),
        Kind::Keycloak => follow_switch(project, ours.is_some_and(|connection| connection.active), now),
    }
}

/// Whether the connection has what the project would send.
fn has(connection: &Connection, project: &Project) -> bool {
    let prints = |all: &[Certificate]| all.iter().map(|one| one.sha256.clone()).collect::<BTreeSet<_>>();
    project.saml.values.as_ref().is_some_and(|values| connection.addresses.contains(&values.sso_url))
        && prints(&connection.certificates) == prints(&signing_certificates(project))
        && connection
            .redirects
            .as_ref()
            .is_none_or(|there| project.backend.polis().is_some_and(|place| there.are_of(place)))
}

/// The project has other values for the broker than those that were sent.
pub(crate) fn unsend(project: &mut Project) {
    project.portal.entered.retain(|field, _| !FIELDS.contains(field));
}
