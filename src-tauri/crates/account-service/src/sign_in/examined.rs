//! Holds an answer against the account's settings. Neither writes anything nor asks anybody.

use super::verifiers::{BothAgree, XmlSec};
use crate::store::settings::Stored;
use crate::view::View;
use account_api::RequiredClaim;
use saml_response::{Bergshamra, Examination, Expected, ExpectedClaim, examine};
use vocabulary::{Finding, Secret, Timestamp};

/// The form that an identity provider has the browser post (SAML Bindings 3.5.4): the XML of its one `SAMLResponse`.
/// `RelayState` is not read: the service sends none and goes nowhere that an answer names.
pub(super) fn posted(body: &[u8]) -> Result<String, Finding> {
    let fields = url::form_urlencoded::parse(body).filter(|(name, _)| name == "SAMLResponse");
    let mut values: Vec<_> = fields.map(|(_, value)| value).collect();
    match (values.pop(), values.pop()) {
        (Some(value), None) => saml_response::decode(&value),
        _ => Err(Finding::error("response-none")),
    }
}

/// What decides whether an answer is trusted.
pub(super) fn expected(
    stored: &Stored,
    view: &View,
    key: &Secret,
    in_response_to: Option<String>,
    claims: &[RequiredClaim],
) -> Option<Expected> {
    let settings = &stored.draft.settings;
    let provider = settings.identity_provider.as_ref()?;
    let own = view.service_provider(&stored.account);
    let certificates = provider.certificates.iter().flat_map(|pem| certs::read(pem.as_bytes()).certificates);
    let claim = |one: &RequiredClaim| ExpectedClaim { name: one.name.clone(), required: one.required };
    Some(Expected {
        idp_entity_id: provider.entity_id.clone(),
        certificates: certificates.collect(),
        sp_entity_id: own.entity_id,
        acs_url: own.acs_url,
        in_response_to,
        claims: claims.iter().map(claim).collect(),
        decryption_key: Some(key.clone()),
        cbc_encryption: settings.saml_options.cbc_encryption,
    })
}

/// The examination, with both verifiers. An answer that nothing asked for must not name a request either
/// (SAML Profiles 4.1.5).
pub(super) fn examined(xml: &str, expected: &Expected, now: Timestamp) -> Examination {
    let mut examination = examine(xml, expected, &BothAgree(Bergshamra, XmlSec), now);
    let is_unsolicited = examination.findings.iter().any(|one| one.code == "response-unsolicited");
    if examination.accepted && expected.in_response_to.is_none() && !is_unsolicited {
        examination.accepted = false;
        examination.findings.push(Finding::error("sign-in-request-unknown"));
    }
    examination
}
