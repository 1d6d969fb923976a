use crate::endpoint::Address;
use crate::metadata::Binding;
use crate::values::IdpValues;
use crate::{Endpoint, judge, judge_signing, recognise};
use certs::Certificate;
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, Timestamp};

/// The longest entity ID, in characters (SAML core, 8.3.6).
pub const LONGEST_ENTITY_ID: usize = 1024;

/// The three fields; the name stands in `args["field"]` of every finding of [`by_hand`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename = "SamlField", rename_all = "kebab-case")]
pub enum Field {
    /// The identity provider's entity ID.
    EntityId,
    /// Where sign-in requests are sent.
    SsoUrl,
    /// The signing certificate or certificates.
    Certificate,
}

impl Field {
    /// The name in findings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EntityId => "entity-id",
            Self::SsoUrl => "sso-url",
            Self::Certificate => "certificate",
        }
    }
}

/// Three typed values, put in order and judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ByHand {
    /// As far as they could be read.
    pub values: IdpValues,
    /// Each with the field it is about.
    pub findings: Vec<Finding>,
}

/// Takes an identity provider's values as typed or pasted into three fields.
///
/// Requests will be sent by HTTP-Redirect, the binding every identity provider takes.
pub fn by_hand(entity_id: &str, sso_url: &str, certificate_text: &str, now: Timestamp) -> ByHand {
    let mut findings = Vec::new();
    let entity_id = trimmed(entity_id, Field::EntityId, &mut findings);
    let sso_url = trimmed(sso_url, Field::SsoUrl, &mut findings);
    findings.extend(judge::entity_id(&entity_id).map(|finding| at(Field::EntityId, finding)));
    findings.extend(judge_sso_url(&sso_url).map(|finding| at(Field::SsoUrl, finding)));
    let (certificates, about_certificates) = certificates(certificate_text, now);
    findings.extend(about_certificates.into_iter().map(|finding| at(Field::Certificate, finding)));
    ByHand { values: values(entity_id, sso_url, certificates), findings }
}

fn values(entity_id: String, sso_url: String, certificates: Vec<Certificate>) -> IdpValues {
    let endpoint = Endpoint { binding: Binding::HttpRedirect.uri().to_owned(), location: sso_url.clone() };
    IdpValues {
        provider: recognise(&entity_id, &[endpoint]),
        entity_id,
        sso_url,
        sso_binding: Binding::HttpRedirect,
        certificates,
        display_name: None,
        name_id_formats: Vec::new(),
        valid_until: None,
        wants_signed_requests: false,
        logout: None,
    }
}

fn at(field: Field, finding: Finding) -> Finding {
    finding.with("field", field.as_str())
}

fn trimmed(text: &str, field: Field, findings: &mut Vec<Finding>) -> String {
    let is_blank = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
    };
    let trimmed = text.trim_matches(is_blank);
    if trimmed.len() != text.len() && !trimmed.is_empty() {
        findings.push(at(field, Finding::info("value-blanks-removed")));
    }
    trimmed.to_owned()
}

fn judge_sso_url(sso_url: &str) -> Option<Finding> {
    if sso_url.is_empty() {
        return Some(Finding::error("sso-url-missing"));
    }
    match Address::of(sso_url) {
        Address::Https => None,
        Address::HttpLoopback => Some(Finding::warning("sso-url-not-https")),
        Address::Http => Some(Finding::error("sso-url-not-https")),
        Address::Invalid => Some(Finding::error("sso-url-invalid")),
    }
}

fn certificates(text: &str, now: Timestamp) -> (Vec<Certificate>, Vec<Finding>) {
    let reading = certs::read(text.as_bytes());
    let mut findings = reading.findings;
    let found = reading.certificates.len();
    let leaves = certs::leaves(&reading.certificates);
    if leaves.len() < found {
        findings.push(Finding::info("certificate-chain-shortened"));
    }
    findings.extend(judge_signing(&leaves, now));
    (leaves, findings)
}
