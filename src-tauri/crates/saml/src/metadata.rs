use crate::decode::{mebibytes, too_large};
use crate::provider::Provider;
use certs::Certificate;
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, Timestamp};

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Metadata of one identity provider (which may be a service provider, too).
    Idp,
    /// Metadata of one service provider.
    Sp,
    /// Metadata of more than one entity, as federations publish it.
    Aggregate,
    /// Anything else.
    NotMetadata,
}

/// What an entity does in SAML single sign-on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename = "EntityRole", rename_all = "kebab-case")]
pub enum Role {
    /// It has an `IDPSSODescriptor` for SAML 2.0.
    Idp,
    /// It has an `SPSSODescriptor` for SAML 2.0.
    Sp,
}

/// The bindings a sign-in request can be sent by, as their URIs on every wire (SAML bindings, 3.4 and 3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
pub enum Binding {
    /// HTTP-Redirect: in the query of a URL.
    #[serde(rename = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect")]
    HttpRedirect,
    /// HTTP-POST: in a form.
    #[serde(rename = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST")]
    HttpPost,
}

impl Binding {
    /// The URI.
    pub const fn uri(self) -> &'static str {
        match self {
            Self::HttpRedirect => "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
            Self::HttpPost => "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
        }
    }
}

/// Where an entity takes messages (SAML metadata, 2.2.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Endpoint {
    /// URI of the binding.
    pub binding: String,
    /// The address as it stands in the metadata.
    pub location: String,
}

/// Where an identity provider takes messages about signing out (SAML metadata, 2.4.3), by a binding that a browser
/// carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "LogoutEndpoint")]
pub struct LogoutEndpoint {
    /// How they are sent there.
    pub binding: Binding,
    /// The address that takes requests, and answers where there is no other for them.
    pub location: String,
    /// The address that takes answers.
    pub response_location: Option<String>,
}

/// What a key of an entity is for (SAML metadata, 2.4.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum KeyUse {
    /// Signing only.
    Signing,
    /// Encryption only.
    Encryption,
    /// The metadata does not say, so both.
    Unspecified,
}

/// A certificate in metadata and what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SigningCertificate {
    /// What the key is for.
    #[serde(rename = "use")]
    pub usage: KeyUse,
    /// The certificate.
    #[serde(flatten)]
    pub certificate: Certificate,
}

impl SigningCertificate {
    /// Whether signatures may be checked with it.
    pub const fn may_sign(&self) -> bool {
        !matches!(self.usage, KeyUse::Encryption)
    }
}

/// What is known of the signature of the document's root element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Signature {
    /// There is none.
    Absent,
    /// There is one, and nobody has checked it.
    PresentNotChecked,
    /// It is good, with a key that somebody vouched for.
    Confirmed,
    /// It is good, with a key that the document brings and nobody has confirmed.
    Unconfirmed,
    /// It is good, but with another key than those that somebody vouched for.
    OtherKey,
    /// It is not good: the document was changed after it was signed, or the key is a false one.
    Broken,
    /// It is made in a way that is not taken, so nothing is known.
    NotCheckable,
}

/// One line in the list of a document's entities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct EntitySummary {
    /// The entity ID.
    pub entity_id: String,
    /// The name it gives itself, in English when it has one.
    pub display_name: Option<String>,
    /// What it does.
    pub roles: Vec<Role>,
}

/// What a document says.
///
/// The fields from `entity_id` to `provider` are those of the one entity the document is about: the only identity
/// provider in it, or the selected entity. They are empty while that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Inspection {
    /// What the document is.
    pub kind: Kind,
    /// All entities in it.
    pub entities: Vec<EntitySummary>,
    /// The entity ID.
    pub entity_id: Option<String>,
    /// The name the entity gives itself.
    pub display_name: Option<String>,
    /// Where an identity provider takes sign-in requests, every binding.
    pub sso: Vec<Endpoint>,
    /// Where a service provider takes responses, the default one first.
    pub acs: Vec<Endpoint>,
    /// Where the entity takes messages about signing out, by the bindings that a browser carries; of one with both
    /// roles, where the identity provider does.
    pub slo: Vec<LogoutEndpoint>,
    /// Its certificates, each once for every use.
    pub certificates: Vec<SigningCertificate>,
    /// The NameID formats it names.
    pub name_id_formats: Vec<String>,
    /// Until when the metadata is meant to be used.
    pub valid_until: Option<Timestamp>,
    /// Whether the identity provider asks for signed sign-in requests.
    pub wants_signed_requests: bool,
    /// Which product wrote it, when its shape tells.
    pub provider: Option<Provider>,
    /// The document's own signature.
    pub signature: Signature,
    /// Whose key the signature is good with.
    pub signed_by: Option<Certificate>,
    /// What is to be said about all of this.
    pub findings: Vec<Finding>,
}

impl Inspection {
    /// What is to be said of a document of this size, in bytes, before it is read: nothing unless it is over the limit.
    pub fn of_size(size: u64, limit: usize) -> Option<Self> {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        (size > limit).then(|| Self::unread(too_large(&mebibytes(size), limit)))
    }

    /// A document nothing was read from.
    pub(crate) fn unread(finding: Finding) -> Self {
        Self { findings: vec![finding], ..Self::empty(Kind::NotMetadata) }
    }

    pub(crate) const fn empty(kind: Kind) -> Self {
        Self {
            kind,
            entities: Vec::new(),
            entity_id: None,
            display_name: None,
            sso: Vec::new(),
            acs: Vec::new(),
            slo: Vec::new(),
            certificates: Vec::new(),
            name_id_formats: Vec::new(),
            valid_until: None,
            wants_signed_requests: false,
            provider: None,
            signature: Signature::Absent,
            signed_by: None,
            findings: Vec::new(),
        }
    }
}
