use crate::customer::{ByCustomer, HandOver};
use crate::value_key::ValueKey;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vocabulary::StepId;

/// A service to set up: what it calls things, where its pages are, which steps it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Kebab-case, as in project files and on the command line.
    pub id: String,
    /// The full name.
    pub name: String,
    /// The name inside a sentence or a path.
    pub short_name: String,
    /// The label of the TXT record that proves a domain, such as `_example-challenge`; empty when none is proven.
    #[serde(default)]
    pub txt_label: String,
    /// How the values of the identity provider reach it.
    #[serde(default)]
    pub delivery: Delivery,
    /// The steps the service has, in the order they are listed.
    #[schemars(with = "Vec<crate::schema::Step>")]
    pub steps: Vec<StepId>,
    /// Its pages.
    pub links: Links,
    /// What it calls the values that change hands.
    pub labels: Vec<ValueLabel>,
    /// The claims it reads, for each identity provider that names them differently.
    pub claims: Vec<RequiredClaims>,
    /// What others set up by hand and this service does not need, with the reason.
    #[serde(default)]
    pub not_needed: Vec<NotNeeded>,
    /// The values that follow from one name of the customer; `None` when the service issues its values itself.
    #[serde(default)]
    pub by_customer: Option<ByCustomer>,
    /// What is sent to the service's support; `None` when the service takes it by itself.
    #[serde(default)]
    pub hand_over: Option<HandOver>,
}

/// How the values of the identity provider reach a service.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    /// They are entered in its portal, or pushed to its account service.
    #[default]
    Portal,
    /// They are sent to its support as a package: see [`HandOver`].
    HandOver,
}

/// A part of a set-up that a service does without.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotNeeded {
    /// What it is called.
    pub title: String,
    /// Why it is not needed.
    pub reason: String,
}

impl Links {
    /// Every page there is.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        [&self.dashboard, &self.idp_integration, &self.users, &self.sso_login, &self.download]
            .into_iter()
            .filter_map(Option::as_deref)
    }
}

impl Service {
    /// What the service calls the value, where it has a word for it.
    pub fn label(&self, key: ValueKey) -> Option<&str> {
        self.labels.iter().find(|label| label.key == key).map(|label| label.label.as_str())
    }

    /// The value, when it is the same for every account of the service.
    pub fn known(&self, key: ValueKey) -> Option<&str> {
        match key {
            ValueKey::SsoLoginUrl => self.links.sso_login.as_deref(),
            ValueKey::DownloadLink => self.links.download.as_deref(),
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

/// The service's pages; all https, `None` where it has none of the kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Links {
    /// Where an administrator arrives after signing in.
    pub dashboard: Option<String>,
    /// Where the integration is configured and activated.
    pub idp_integration: Option<String>,
    /// The users of the account.
    pub users: Option<String>,
    /// Where administrators start a sign-in with single sign-on.
    pub sso_login: Option<String>,
    /// What end users download.
    pub download: Option<String>,
}

/// What the service calls one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueLabel {
    /// The value.
    pub key: ValueKey,
    /// The label, in the service's own words.
    pub label: String,
}

/// The claims a service reads from one identity provider. Claim names are case-sensitive and differ between providers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequiredClaims {
    /// The identity provider's id.
    pub identity_provider: String,
    /// The claims.
    pub claims: Vec<Claim>,
}

/// One claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, JsonSchema)]
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
    /// What identifies a group there.
    pub group_id: GroupId,
    /// What identifies a person there and has to arrive as SCIM `externalId`; `None` where nothing is known of it.
    pub user_id: Option<UserId>,
    /// What the portal's addresses name the customer by; `None` when they are the same for all, or nobody's but theirs.
    pub tenant: Option<Label>,
}

/// What identifies a group in an identity provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupId {
    /// The portal's own word for it.
    pub label: String,
    /// What it looks like and where it is found.
    pub hint: String,
    /// What it looks like, for checking.
    pub form: IdForm,
}

/// What identifies a person in an identity provider for good, whatever the person is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserId {
    /// The portal's own word for it.
    pub label: String,
    /// What it looks like, for checking.
    pub form: IdForm,
}

/// A field's label with its explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The label.
    pub label: String,
    /// What to enter and where it is found.
    pub hint: String,
}

/// What an identifier looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IdForm {
    /// 32 hexadecimal digits with four hyphens (RFC 9562, section 4).
    Uuid,
    /// Twenty letters and digits that begin with `00g`: a group of Okta.
    Okta,
    /// Twenty letters and digits that begin with `00u`: a person of Okta.
    OktaUser,
    /// 24 hexadecimal digits.
    Hex24,
    /// Anything.
    Free,
}

impl IdForm {
    /// Whether the text, without blanks around it, has this form.
    pub fn fits(self, text: &str) -> bool {
        match self {
            Self::Uuid => is_uuid(text),
            Self::Okta => is_okta(text, "00g"),
            Self::OktaUser => is_okta(text, "00u"),
            Self::Hex24 => text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
            Self::Free => true,
        }
    }
}

fn is_okta(text: &str, begin: &str) -> bool {
    text.len() == 20 && text.starts_with(begin) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths = groups.iter().map(|group| group.len());
    lengths.eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// An identity provider, and whether it can be chosen for a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct IdentityProviderChoice {
    /// The identity provider.
    pub identity_provider: IdentityProvider,
    /// Whether there is a guide for it and the service that was asked about.
    pub has_guide: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_told_by_its_form() {
        let uuid = "8b1f2f0e-6c1d-4a7e-9d53-2f6a1c90b7e4";
        let okta = "00g1abcdefGHIJKLMN5d";
        let hex = "5f7b1d2c3a4e5f60718293a4";
        let person = "00u1abcdefGHIJKLMN5d";
        let forms =
            [(IdForm::Uuid, uuid), (IdForm::Okta, okta), (IdForm::OktaUser, person), (IdForm::Hex24, hex)];
        for (form, own) in forms {
            assert!(form.fits(own), "{form:?} refuses {own}");
            for (_, other) in forms.into_iter().filter(|(other, _)| *other != form) {
                assert!(!form.fits(other), "{form:?} takes {other}");
            }
            assert!(IdForm::Free.fits(own) && !form.fits(""));
        }
    }
}
