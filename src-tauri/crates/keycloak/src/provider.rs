use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use certs::Certificate;
use saml::Inspection;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Settings by name. Keycloak keeps texts, also for true and false, and has null where it read nothing.
pub type Config = BTreeMap<String, Option<String>>;

/// What newer metadata decide; everything else stays as somebody set it.
const OF_METADATA: [&str; 9] = [
    "idpEntityId",
    "singleSignOnServiceUrl",
    "singleLogoutServiceUrl",
    "artifactResolutionServiceUrl",
    "encryptionPublicKey",
    "postBindingAuthnRequest",
    "postBindingResponse",
    "postBindingLogout",
    "enabledFromMetadata",
];

/// An identity provider of a realm, as Keycloak keeps it. What has no name here is sent back as it was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IdentityProvider {
    /// Its name in addresses, which cannot change.
    pub alias: String,
    /// A name for people, when it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// What it speaks: `saml` here.
    pub provider_id: String,
    /// Whether people can sign in by it.
    #[serde(default)]
    pub enabled: bool,
    /// Its settings.
    #[serde(default)]
    pub config: Config,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

impl IdentityProvider {
    /// One that is to be made, switched off.
    pub fn new(alias: &str, display_name: Option<&str>, config: Config) -> Self {
        Self {
            alias: alias.to_owned(),
            display_name: display_name.map(str::to_owned),
            provider_id: "saml".to_owned(),
            enabled: false,
            config,
            rest: Map::new(),
        }
    }

    /// The same with other settings.
    #[must_use]
    pub fn with(self, config: Config) -> Self {
        Self { config, ..self }
    }

    /// The entity ID of the identity provider, which has to be the issuer of its responses.
    pub fn entity_id(&self) -> &str {
        text(&self.config, "idpEntityId")
    }

    /// Where sign-in requests are sent.
    pub fn sso_url(&self) -> &str {
        text(&self.config, "singleSignOnServiceUrl")
    }

    /// Whether signatures are checked at all. Without that, everybody can sign in as anybody.
    pub fn checks_signatures(&self) -> bool {
        is_on(&self.config, "validateSignature")
    }

    /// Whether every assertion has to be signed itself; otherwise a signature over the response is enough.
    pub fn wants_signed_assertions(&self) -> bool {
        is_on(&self.config, "wantAssertionsSigned")
    }

    /// Has every assertion signed itself from now on, when that is wanted; otherwise it stays as it is.
    pub fn want_signed_assertions(&mut self, wanted: bool) {
        if wanted {
            self.config.insert("wantAssertionsSigned".to_owned(), Some("true".to_owned()));
        }
    }

    /// The address from which Keycloak takes the keys by itself, instead of the certificates, when it does.
    pub fn keys_url(&self) -> Option<&str> {
        is_on(&self.config, "useMetadataDescriptorUrl").then(|| text(&self.config, "metadataDescriptorUrl"))
    }

    /// The certificates with which Keycloak checks signatures.
    pub fn certificates(&self) -> Vec<Certificate> {
        certificates(&self.config)
    }
}

/// The settings that metadata give. `imported` is what Keycloak read in them. Of keys without a use it reads the last one
/// alone, and it checks no signature where it read no key; so which keys, and that signatures are checked, is taken from
/// the metadata as they were read here.
pub fn with_metadata(
    before: Option<&IdentityProvider>,
    imported: &Config,
    inspection: &Inspection,
) -> Config {
    let mut config = before.map_or_else(|| imported.clone(), |before| updated(&before.config, imported));
    let keys: Vec<String> =
        inspection.signing_certificates().iter().map(|one| STANDARD.encode(one.der())).collect();
    config.insert("signingCertificate".to_owned(), Some(keys.join(",")));
    config.insert("validateSignature".to_owned(), Some("true".to_owned()));
    // Null is what was not there; it is left out.
    config.retain(|_, value| value.is_some());
    config
}

fn updated(before: &Config, imported: &Config) -> Config {
    let mut config = before.clone();
    for name in OF_METADATA {
        config.insert(name.to_owned(), imported.get(name).cloned().flatten());
    }
    if is_on(imported, "wantAuthnRequestsSigned") {
        config.insert("wantAuthnRequestsSigned".to_owned(), Some("true".to_owned()));
    }
    config
}

pub(crate) fn certificates(config: &Config) -> Vec<Certificate> {
    let pieces = text(config, "signingCertificate").split(',');
    pieces.flat_map(|piece| certs::read(piece.as_bytes()).certificates).collect()
}

pub(crate) fn text<'a>(config: &'a Config, name: &str) -> &'a str {
    config.get(name).and_then(Option::as_deref).unwrap_or_default()
}

pub(crate) fn is_on(config: &Config, name: &str) -> bool {
    // As Keycloak reads it: Boolean.parseBoolean.
    text(config, name).eq_ignore_ascii_case("true")
}
