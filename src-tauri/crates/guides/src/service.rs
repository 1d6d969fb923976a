use crate::value_key::ValueKey;
use serde::{Deserialize, Serialize};
use vocabulary::StepId;

/// A service to set up: what it calls things, where its pages are, which steps it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Kebab-case, as in project files and on the command line.
    pub id: String,
    /// The full name.
    pub name: String,
    /// The name inside a sentence or a path.
    pub short_name: String,
    /// The label of the TXT record that proves a domain, such as `_example-challenge`.
    pub txt_label: String,
    /// The steps the service has, in the order they are listed.
    pub steps: Vec<StepId>,
    /// Its pages.
    pub links: Links,
    /// What it calls the values that change hands.
    pub labels: Vec<ValueLabel>,
    /// The claims it reads, for each identity provider that names them differently.
    pub claims: Vec<RequiredClaims>,
}

impl Service {
    /// What the service calls the value, where it has a word for it.
    pub fn label(&self, key: ValueKey) -> Option<&str> {
        self.labels.iter().find(|label| label.key == key).map(|label| label.label.as_str())
    }

    /// The value, when it is the same for every account of the service.
    pub fn known(&self, key: ValueKey) -> Option<&str> {
        match key {
            ValueKey::SsoLoginUrl => Some(&self.links.sso_login),
            ValueKey::DownloadLink => Some(&self.links.download),
            _ => None,
        }
    }

    /// The claims it reads from this identity provider; empty when none are known.
    pub fn claims_from(&self, identity_provider: &str) -> &[Claim] {
        self.claims
            .iter()
            .find(|required| required.identity_provider == identity_provider)
            .map_or(&[], |required| required.claims.as_slice())
    }
}

/// The service's pages; all https.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct Links {
    /// Where an administrator arrives after signing in.
    pub dashboard: String,
    /// Where the integration is configured and activated.
    pub idp_integration: String,
    /// The users of the account.
    pub users: String,
    /// Where administrators start a sign-in with single sign-on.
    pub sso_login: String,
    /// What end users download.
    pub download: String,
}

/// What the service calls one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ValueLabel {
    /// The value.
    pub key: ValueKey,
    /// The label, in the service's own words.
    pub label: String,
}

/// The claims a service reads from one identity provider. Claim names are case-sensitive and differ between providers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct RequiredClaims {
    /// The identity provider's id.
    pub identity_provider: String,
    /// The claims.
    pub claims: Vec<Claim>,
}

/// One claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The attribute's name in the assertion, letter by letter.
    pub name: String,
    /// What the identity provider puts into it, in its own words.
    pub source: String,
    /// Whether it is sent without the administrator doing anything.
    pub sent_by_default: bool,
}

/// A product that holds the company's identities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
#[serde(rename = "IdpProfile")]
pub struct IdentityProvider {
    /// Kebab-case, as in project files and on the command line.
    pub id: String,
    /// The full name.
    pub name: String,
    /// The name inside a sentence or a path.
    pub short_name: String,
    /// What its administration pages are called.
    pub portal_name: String,
    /// Where they are, when that is the same for every customer.
    pub portal_url: Option<String>,
}

/// An identity provider, and whether it can be chosen for a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct IdentityProviderChoice {
    /// The identity provider.
    pub identity_provider: IdentityProvider,
    /// Whether there is a guide for it and the service that was asked about.
    pub has_guide: bool,
}
