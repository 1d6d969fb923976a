use super::{at, codes, expired, now, severity_of, valid};
use crate::{Provider, by_hand};
use test_support::{Authority, fixtures};
use vocabulary::Severity;

const ENTITY_ID: &str = "https://sts.windows.net/5d1b1a52-8c3f-4b0e-9c76-2f6f0f5e7a31/";
const SSO_URL: &str = "https://login.microsoftonline.com/5d1b1a52-8c3f-4b0e-9c76-2f6f0f5e7a31/saml2";

#[test]
fn three_good_values_have_no_findings() {
    let read = by_hand(ENTITY_ID, SSO_URL, &valid().pem, now());
    assert_eq!(read.findings, []);
    assert_eq!((read.values.entity_id.as_str(), read.values.sso_url.as_str()), (ENTITY_ID, SSO_URL));
    assert_eq!((read.values.certificates.len(), read.values.provider), (1, Some(Provider::Entra)));
}

#[test]
fn blanks_around_a_value_are_removed_and_said() {
    let read = by_hand(&format!(" {ENTITY_ID}\r\n"), &format!("\u{200B}{SSO_URL}\t"), &valid().pem, now());
    assert_eq!((read.values.entity_id.as_str(), read.values.sso_url.as_str()), (ENTITY_ID, SSO_URL));
    let found: Vec<_> = read.findings.iter().map(|one| (&*one.code, one.args["field"].as_str())).collect();
    assert_eq!(found, [("value-blanks-removed", "entity-id"), ("value-blanks-removed", "sso-url")]);
}

#[test]
fn every_finding_names_its_field() {
    let long = "x".repeat(1025);
    let cases: [([&str; 3], &str, &str); 10] = [
        (["", SSO_URL, "good"], "entity-id", "entity-id-missing"),
        ([" \n", SSO_URL, "good"], "entity-id", "entity-id-missing"),
        ([&long, SSO_URL, "good"], "entity-id", "entity-id-too-long"),
        (["my idp", SSO_URL, "good"], "entity-id", "entity-id-has-blanks"),
        ([ENTITY_ID, "", "good"], "sso-url", "sso-url-missing"),
        ([ENTITY_ID, "login.example", "good"], "sso-url", "sso-url-invalid"),
        ([ENTITY_ID, "http://login.example/", "good"], "sso-url", "sso-url-not-https"),
        ([ENTITY_ID, SSO_URL, ""], "certificate", "certificate-empty"),
        ([ENTITY_ID, SSO_URL, fixtures::RSA_KEY], "certificate", "private-key-refused"),
        ([ENTITY_ID, SSO_URL, fixtures::RSA_1024], "certificate", "certificate-key-weak"),
    ];
    let good = valid().pem;
    for ([entity_id, sso_url, text], field, code) in cases {
        let text = if text == "good" { &good } else { text };
        // A day on which the committed certificates are valid, too.
        let read = by_hand(entity_id, sso_url, text, at("2027-01-01T00:00:00Z"));
        assert_eq!(codes(&read.findings), [code]);
        assert_eq!(read.findings[0].args["field"], field, "{code}");
    }
}

#[test]
fn plain_http_is_only_for_this_computer() {
    let read = by_hand(ENTITY_ID, "http://localhost:8088/sso", &valid().pem, now());
    assert_eq!(severity_of(&read.findings, "sso-url-not-https"), Some(Severity::Warning));
}

#[test]
fn of_a_chain_only_the_signing_certificate_is_kept() {
    let (from, until) = (at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z"));
    let root = Authority::new("Acme root", from, until);
    let leaf = root.issue("Acme sign-in", &[], from, until);
    let read = by_hand(ENTITY_ID, SSO_URL, &format!("{}{}", root.certificate.pem, leaf.pem), now());
    assert_eq!(codes(&read.findings), ["certificate-chain-shortened"]);
    assert_eq!(read.values.certificates.len(), 1);
    assert_eq!(read.values.certificates[0].subject, "CN=Acme sign-in");
}

#[test]
fn old_and_new_certificate_may_both_be_given() {
    let read = by_hand(ENTITY_ID, SSO_URL, &format!("{}{}", expired().pem, valid().pem), now());
    assert_eq!(read.values.certificates.len(), 2);
    assert_eq!(severity_of(&read.findings, "certificate-expired"), Some(Severity::Warning));
}
