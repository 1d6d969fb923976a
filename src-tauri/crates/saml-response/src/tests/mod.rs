//! Responses are signed by xmlsec1, so that what is verified here was made by somebody else.

mod differential;
mod genuine;
mod hostile;
mod intake;
mod logout;
mod redact;
mod settings;

use crate::{Bergshamra, Examination, Expected, examine};
use certs::Certificate;
use test_support::TestCertificate;
use test_support::responses::TestResponse;
use vocabulary::Timestamp;

fn now() -> Timestamp {
    Timestamp::parse("2026-11-22T12:00:00Z").unwrap()
}

fn years(n: i64) -> Timestamp {
    now().plus(time::Duration::days(365 * n))
}

fn rsa(name: &str) -> TestCertificate {
    test_support::certificate(name, years(-1), years(2))
}

fn ec(name: &str) -> TestCertificate {
    test_support::ec_certificate(name, years(-1), years(2))
}

fn response() -> TestResponse {
    TestResponse::new(now())
}

fn read(certificate: &TestCertificate) -> Certificate {
    certs::read(certificate.pem.as_bytes()).certificates.remove(0)
}

fn expected(by: &TestCertificate) -> Expected {
    Expected {
        idp_entity_id: "https://idp.example/metadata".to_owned(),
        certificates: vec![read(by)],
        sp_entity_id: "https://service.example/saml/metadata".to_owned(),
        acs_url: "https://service.example/saml/acs".to_owned(),
        in_response_to: Some("_request-1".to_owned()),
        claims: Vec::new(),
        decryption_key: None,
        cbc_encryption: true,
    }
}

fn look(xml: &str, expected: &Expected) -> Examination {
    examine(xml, expected, &Bergshamra, now())
}

fn codes(examination: &Examination) -> Vec<&str> {
    examination.findings.iter().map(|finding| finding.code.as_ref()).collect()
}

#[track_caller]
fn refused(xml: &str, expected: &Expected, code: &str) {
    let examination = look(xml, expected);
    assert_eq!(codes(&examination), [code], "{xml}");
    assert!(!examination.accepted);
}

/// Refused for this reason, and without any identity.
#[track_caller]
fn nobody(xml: &str, expected: &Expected, code: &str) {
    refused(xml, expected, code);
    let examination = look(xml, expected);
    assert_eq!((examination.subject, examination.attributes.len(), examination.signed_by), (None, 0, None));
}

#[test]
fn every_code_has_a_text_and_everything_to_fix_a_fix() {
    const INFORMATION: [&str; 1] = ["response-encryption-cbc"];
    let texts = texts::Texts::english().unwrap();
    for code in crate::CODES {
        let text = texts.finding(&vocabulary::Finding::error(code));
        assert_ne!(text.message, *code, "{code} has no text");
        assert!(!text.fix.is_empty() || INFORMATION.contains(code), "{code} has no fix");
    }
}
