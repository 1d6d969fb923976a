//! Documents are signed by xmlsec1, so that what is verified here was made by somebody else.

use crate::{CODES, Check, check};
use certs::Certificate;
use proptest::prelude::*;
use saml::Signature;
use std::sync::LazyLock;
use test_support::{TestCertificate, metadata};
use texts::Texts;
use vocabulary::{Finding, Timestamp};

const MD: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const RSA_SHA1: &str = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";

static FEDERATION: LazyLock<TestCertificate> = LazyLock::new(|| rsa("Federation"));
static SIGNED: LazyLock<String> = LazyLock::new(|| signed(&aggregate(), RSA_SHA256, &FEDERATION));

fn now() -> Timestamp {
    Timestamp::parse("2026-11-22T12:00:00Z").unwrap()
}

fn rsa(name: &str) -> TestCertificate {
    test_support::certificate(
        name,
        now().plus(time::Duration::days(-1)),
        now().plus(time::Duration::days(700)),
    )
}

/// With a key of its own; all RSA certificates of tests share one.
fn ec(name: &str) -> TestCertificate {
    test_support::ec_certificate(
        name,
        now().plus(time::Duration::days(-1)),
        now().plus(time::Duration::days(700)),
    )
}

fn read(certificate: &TestCertificate) -> Certificate {
    certs::read(&certificate.der).certificates.remove(0)
}

fn aggregate() -> String {
    metadata::aggregate(3, now().plus(time::Duration::days(-1)), now().plus(time::Duration::days(700)))
}

fn signed(xml: &str, method: &str, by: &TestCertificate) -> String {
    test_support::signed_metadata::signed_by(xml, method, by)
}

fn codes(check: &Check) -> Vec<&str> {
    check.findings.iter().map(|finding| finding.code.as_ref()).collect()
}

#[track_caller]
fn is(check: &Check, state: Signature, code: &str) {
    assert_eq!((check.state, codes(check).concat().as_str()), (state, code), "{check:?}");
}

#[test]
fn a_good_signature_is_confirmed_only_by_a_key_that_somebody_vouches_for() {
    let own = read(&FEDERATION);
    let shown = check(&SIGNED, &[]);
    is(&shown, Signature::Unconfirmed, "metadata-signature-unconfirmed");
    assert_eq!(
        (shown.findings[0].args["sha256"].as_str(), shown.findings[0].is_error()),
        (own.sha256.as_str(), false)
    );
    let confirmed = check(&SIGNED, &[read(&ec("Another")), own.clone()]);
    is(&confirmed, Signature::Confirmed, "");
    assert_eq!(confirmed.signed_by, Some(own));
    is(&check(&SIGNED, &[read(&ec("Another"))]), Signature::OtherKey, "metadata-signature-other-key");
    let alone = metadata::idp("https://idp.example", "https://idp.example/sso", &[&FEDERATION]);
    is(
        &check(&signed(&alone, RSA_SHA256, &FEDERATION), &[]),
        Signature::Unconfirmed,
        "metadata-signature-unconfirmed",
    );
}

#[test]
fn what_was_changed_afterwards_is_broken() {
    let own = [read(&FEDERATION)];
    for (from, to) in [
        ("https://idp-0.federation.example/sso", "https://evil.example/sso"),
        ("Member 1", "Member l"),
        ("validUntil=\"2", "validUntil=\"3"),
    ] {
        assert!(SIGNED.contains(from));
        let changed = SIGNED.replacen(from, to, 1);
        is(&check(&changed, &[]), Signature::Broken, "metadata-signature-broken");
        is(&check(&changed, &own), Signature::Broken, "metadata-signature-broken");
    }
}

#[test]
fn without_a_signature_nothing_is_claimed() {
    is(&check(&aggregate(), &[]), Signature::Absent, "");
    is(&check(&aggregate(), &[read(&FEDERATION)]), Signature::Absent, "metadata-signature-missing");
    let start = SIGNED.find("<ds:KeyInfo>").unwrap();
    let end = SIGNED.find("</ds:KeyInfo>").unwrap() + "</ds:KeyInfo>".len();
    let without_key = format!("{}{}", &SIGNED[..start], &SIGNED[end..]);
    is(&check(&without_key, &[]), Signature::NotCheckable, "metadata-signature-no-key");
    is(&check(&without_key, &[read(&FEDERATION)]), Signature::Confirmed, "");
}

/// A signed document wrapped into another one, and everything else by which a signature could be moved off the root.
#[test]
fn a_signature_that_does_not_cover_the_root_is_none() {
    let inner = SIGNED.split_once("?>").unwrap().1.trim();
    let around = |attributes: &str, inner: &str| {
        format!("<md:EntitiesDescriptor xmlns:md=\"{MD}\"{attributes}>{inner}</md:EntitiesDescriptor>")
    };
    is(&check(&around("", inner), &[]), Signature::Absent, "");
    is(&check(&around(" ID=\"_root\"", inner), &[]), Signature::Absent, "");
    let start = inner.find("<ds:Signature").unwrap();
    let end = inner.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
    let signature = &inner[start..end];
    let moved = around(" ID=\"_evil\"", &format!("{signature}{inner}"));
    is(&check(&moved, &[]), Signature::NotCheckable, "metadata-signature-unusual");
    let same_id = around(" ID=\"_root\"", &format!("{signature}{}", inner.replace(signature, "")));
    is(&check(&same_id, &[]), Signature::NotCheckable, "metadata-signature-unusual");
    let reasons = [
        (SIGNED.replace("URI=\"#_root\"", "URI=\"\""), "reference"),
        (SIGNED.replace("URI=\"#_root\"", "URI=\"file:///etc/passwd\""), "reference"),
        (SIGNED.replace("</ds:Signature>", "<ds:Object/></ds:Signature>"), "object"),
        (SIGNED.replacen("<ds:DigestValue>", "<ds:DigestValue><!-- -->", 1), "parts"),
        (SIGNED.replace("xmldsig#enveloped-signature", "xmldsig#base64"), "transforms"),
        (SIGNED.replacen("xml-exc-c14n#", "xml-exc-c14n#WithComments", 1), "canonicalization"),
        (SIGNED.replace("#rsa-sha256", "#hmac-sha256"), "algorithm"),
        (SIGNED.replacen(signature, &signature.repeat(2), 1), "second-signature"),
    ];
    for (document, reason) in reasons {
        let found = check(&document, &[]);
        is(&found, Signature::NotCheckable, "metadata-signature-unusual");
        assert_eq!(found.findings[0].args["reason"], reason);
        assert!(check(&document, &[read(&FEDERATION)]).findings[0].is_error());
    }
}

#[test]
fn a_weak_algorithm_proves_nothing() {
    let weak = signed(&aggregate(), RSA_SHA1, &FEDERATION);
    is(&check(&weak, &[]), Signature::NotCheckable, "metadata-signature-weak");
}

#[test]
fn every_code_has_a_text_and_a_fix() {
    let texts = Texts::english().unwrap();
    for code in CODES {
        let text = texts.finding(&Finding::error(code));
        assert!(text.message != *code && !text.fix.is_empty(), "{code}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever byte is changed: the document says the same as before, or is refused, or its signature is not good.
    #[test]
    fn no_damage_passes(at in 0_usize..100_000, byte in prop::sample::select(b"<>/&\"'= :;!-?[]aZ1\t\n".to_vec())) {
        let mut bytes = SIGNED.clone().into_bytes();
        let length = bytes.len();
        bytes[at % length] = byte;
        let damaged = String::from_utf8_lossy(&bytes).into_owned();
        let found = check(&damaged, &[read(&FEDERATION)]);
        if found.state == Signature::Confirmed {
            let read = |text: &str| saml::inspect(text.as_bytes(), saml::LIMIT_BY_FILE, now());
            let whole = read(&SIGNED);
            let read = read(&damaged);
            prop_assert!(read.kind == saml::Kind::NotMetadata || read == whole);
        }
    }
}
