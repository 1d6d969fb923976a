//! What identity providers really send is accepted, with the identity that was signed.

use super::*;
use test_support::responses::{Signing, xmlsec1_accepts};
use vocabulary::Secret;

#[test]
fn a_response_signed_anywhere_is_accepted() {
    let signer = rsa("signer");
    for signing in [Signing::Assertion, Signing::Response, Signing::Both] {
        let examination = look(&response().signed(signing, &signer), &expected(&signer));
        assert_eq!(codes(&examination), [""; 0], "{signing:?}");
        assert!(examination.accepted, "{signing:?}");
        let subject = examination.subject.unwrap();
        assert_eq!(subject.name_id, "ada@example.com");
        assert_eq!(examination.attributes[0].values, ["admins", "users"]);
        assert_eq!(examination.signed_by, Some(read(&signer).sha256));
        assert!(examination.comparisons.iter().all(|one| one.matches));
    }
}

#[test]
fn every_allowed_algorithm_is_accepted() {
    let (rsa, ec) = (rsa("rsa"), ec("ec"));
    let more = "http://www.w3.org/2001/04/xmldsig-more#";
    for (method, signer) in
        [("rsa-sha384", &rsa), ("rsa-sha512", &rsa), ("ecdsa-sha256", &ec), ("ecdsa-sha384", &ec)]
    {
        let mut response = response();
        response.signature_method = format!("{more}{method}");
        response.digest_method = "http://www.w3.org/2001/04/xmlenc#sha512".to_owned();
        assert!(look(&response.signed(Signing::Both, signer), &expected(signer)).accepted, "{method}");
    }
}

#[test]
fn the_certificate_that_signed_is_found_among_several() {
    let (old, new) = (rsa("old"), ec("new"));
    let mut expected = expected(&old);
    expected.certificates.push(read(&new));
    let mut response = response();
    response.signature_method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256".to_owned();
    let examination = look(&response.signed(Signing::Assertion, &new), &expected);
    assert!(examination.accepted);
    assert_eq!(examination.signed_by, Some(read(&new).sha256));
}

#[test]
fn an_encrypted_assertion_is_opened_with_the_right_key_only() {
    let (signer, service, other) = (rsa("signer"), rsa("service"), ec("other"));
    for signing in [Signing::Assertion, Signing::Response, Signing::Both] {
        let xml = response().encrypted(signing, &signer, &service);
        let mut expected = expected(&signer);
        nobody(&xml, &expected, "response-encrypted-no-key");
        expected.decryption_key = Some(Secret::new("no key at all".to_owned()));
        nobody(&xml, &expected, "response-decryption-key");
        expected.decryption_key = Some(Secret::new(other.key_pem.clone()));
        nobody(&xml, &expected, "response-decryption-failed");
        expected.decryption_key = Some(Secret::new(service.key_pem.clone()));
        let examination = look(&xml, &expected);
        assert_eq!(codes(&examination), [""; 0], "{signing:?}");
        assert!(examination.accepted && examination.encrypted);
        assert_eq!(examination.subject.unwrap().name_id, "ada@example.com");
    }
}

#[test]
fn the_older_mode_of_encryption_is_accepted_and_noted() {
    let (signer, service) = (rsa("signer"), rsa("service"));
    let mut response = response();
    response.encryption_method = "http://www.w3.org/2001/04/xmlenc#aes128-cbc".to_owned();
    let mut expected = expected(&signer);
    expected.decryption_key = Some(Secret::new(service.key_pem.clone()));
    let examination = look(&response.encrypted(Signing::Both, &signer, &service), &expected);
    assert_eq!(codes(&examination), ["response-encryption-cbc"]);
    assert!(examination.accepted);
    expected.cbc_encryption = false;
    nobody(&response.encrypted(Signing::Both, &signer, &service), &expected, "response-encryption");
}

#[test]
fn an_encryption_that_anybody_may_alter_tells_nothing_about_what_came_out() {
    let (signer, service, other) = (rsa("signer"), rsa("service"), ec("other"));
    let mut response = response();
    response.encryption_method = "http://www.w3.org/2001/04/xmlenc#aes128-cbc".to_owned();
    let mut expected = expected(&other);
    expected.decryption_key = Some(Secret::new(service.key_pem.clone()));
    let examination = look(&response.encrypted(Signing::Assertion, &signer, &service), &expected);
    assert_eq!(codes(&examination), ["response-encryption-cbc", "response-decryption-failed"]);
    assert_eq!(examination.subject, None);
}

#[test]
fn what_is_remembered_of_an_assertion_lasts_as_long_as_anybody_could_take_it() {
    let signer = rsa("signer");
    let used = look(&response().signed(Signing::Both, &signer), &expected(&signer)).assertion.unwrap();
    assert_eq!((used.id.as_str(), used.until), ("_assertion-1", Timestamp::parse("2026-11-22T12:05:00Z")));
    assert_eq!(look(&response().unsigned(), &expected(&signer)).assertion, None);
}

#[test]
fn nothing_inside_an_encrypted_assertion_counts_without_a_signature() {
    let (signer, service) = (rsa("signer"), rsa("service"));
    let signed = response().encrypted(Signing::Response, &signer, &service);
    let start = signed.find("<ds:Signature ").unwrap();
    let end = signed.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
    let unsigned = format!("{}{}", &signed[..start], &signed[end..]);
    let mut expected = expected(&signer);
    expected.decryption_key = Some(Secret::new(service.key_pem.clone()));
    let examination = look(&unsigned, &expected);
    assert_eq!(codes(&examination), ["response-not-signed"]);
    assert_eq!(examination.subject, None);
}

#[test]
fn our_verdict_on_a_signature_is_that_of_xmlsec1() {
    let (signer, other) = (rsa("signer"), ec("other"));
    let good = response().signed(Signing::Assertion, &signer);
    let altered = good.replace("ada@example.com", "eve@example.com");
    for (xml, by) in [(&good, &signer), (&altered, &signer), (&good, &other)] {
        assert_eq!(look(xml, &expected(by)).accepted, xmlsec1_accepts(xml, "Assertion", by));
    }
}

#[test]
fn legal_oddities_pass() {
    let signer = rsa("signer");
    let odd = response().unsigned();
    assert!(!look(&odd, &expected(&signer)).accepted);
    let mut response = response();
    response.attributes = vec![
        ("empty".to_owned(), Vec::new()),
        ("nested".to_owned(), vec!["<saml:NameID>x</saml:NameID>".to_owned()]),
        ("escaped".to_owned(), vec!["R&amp;D &lt;x&gt; \u{1F600}".to_owned()]),
    ];
    let signed = response.signed(Signing::Both, &signer);
    let with_blanks = format!(
        "\u{feff}\n<!-- made by hand -->{}\n",
        signed.trim_start_matches("<?xml version=\"1.0\"?>").trim()
    );
    let examination = look(with_blanks.trim_start_matches('\u{feff}').trim(), &expected(&signer));
    assert_eq!(codes(&examination), [""; 0]);
    assert_eq!(examination.attributes[1].values, [""; 0]);
    assert_eq!(examination.attributes[2].values, ["R&D <x> \u{1F600}"]);
}
