//! Documents made to be misread, on top of fresh signatures. None yields an identity, each says why.

use super::*;
use test_support::hostile::documents;
use test_support::responses::Signing;
use vocabulary::Finding;

fn between(text: &str, start: &str, end: &str) -> String {
    let from = text.find(start).unwrap();
    let to = text[from..].find(end).unwrap() + from + end.len();
    text[from..to].to_owned()
}

#[test]
fn no_hostile_document_yields_an_identity() {
    let signer = rsa("signer");
    let all = documents(&response(), &signer);
    assert!(all.len() > 60, "{}", all.len());
    for one in all {
        let examination = look(&one.xml, &expected(&signer));
        assert_eq!(codes(&examination), [one.code], "{}", one.name);
        assert_eq!(
            examination.findings[0].args.get("reason").map(String::as_str),
            one.reason,
            "{}",
            one.name
        );
        nobody(&one.xml, &expected(&signer), one.code);
    }
}

#[test]
fn an_assertion_of_another_namespace_is_not_seen() {
    let signer = rsa("signer");
    let whole = response().signed(Signing::Assertion, &signer);
    let assertion = between(&whole, "<saml:Assertion ", "</saml:Assertion>");
    let signature = between(&whole, "<ds:Signature ", "</ds:Signature>");
    let evil = assertion.replace(&signature, "").replace("ada@", "eve@").replace("_assertion-1", "_evil");
    let foreign = evil.replace("<saml:Assertion ", "<saml:Assertion xmlns:saml=\"urn:x\" ");
    let examination = look(&whole.replace(&assertion, &format!("{foreign}{assertion}")), &expected(&signer));
    assert_eq!(examination.subject.unwrap().name_id, "ada@example.com");
}

#[test]
fn a_declaration_that_readers_take_differently_is_refused() {
    let signer = rsa("signer");
    let whole = response().signed(Signing::Assertion, &signer);
    assert!(look(&whole, &expected(&signer)).accepted);
    let odd = whole.replace("<?xml version=\"1.0\"", "<?xml version=\"1.&#48;\"");
    assert_ne!(odd, whole);
    nobody(&odd, &expected(&signer), "response-malformed");
}

#[test]
fn an_encryption_that_is_broken_or_unknown_is_refused() {
    let (signer, service) = (rsa("signer"), rsa("service"));
    let mut expected = expected(&signer);
    expected.decryption_key = Some(vocabulary::Secret::new(service.key_pem.clone()));
    let xml = response().encrypted(Signing::Assertion, &signer, &service);
    let broken = [
        ("http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p", "http://www.w3.org/2001/04/xmlenc#rsa-1_5"),
        ("http://www.w3.org/2009/xmlenc11#aes128-gcm", "http://www.w3.org/2001/04/xmlenc#tripledes-cbc"),
    ];
    for (from, to) in broken {
        nobody(&xml.replace(from, to), &expected, "response-encryption");
    }
    let second = between(&xml, "<saml:EncryptedAssertion>", "</saml:EncryptedAssertion>");
    nobody(&xml.replace(&second, &format!("{second}{second}")), &expected, "response-several-assertions");
    let genuine =
        between(&response().signed(Signing::Assertion, &signer), "<saml:Assertion ", "</saml:Assertion>");
    let inside = genuine.replace("</saml:Assertion>", "<saml:Advice><x/></saml:Advice></saml:Assertion>");
    nobody(&xml.replace(&second, &format!("{second}{inside}")), &expected, "response-several-assertions");
}

#[test]
fn another_key_is_told_from_altered_content() {
    let (known, unknown) = (rsa("known"), ec("unknown"));
    let mut response = response();
    response.signature_method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256".to_owned();
    let xml = response.signed(Signing::Assertion, &unknown);
    nobody(&xml, &expected(&known), "response-other-certificate");
    let finding = &look(&xml, &expected(&known)).findings[0];
    assert_eq!(finding.evidence[0].value, read(&unknown).sha256);
}

#[test]
fn without_a_configured_key_nothing_is_accepted() {
    let signer = rsa("signer");
    let nothing = Expected { certificates: Vec::new(), ..expected(&signer) };
    nobody(&response().signed(Signing::Both, &signer), &nothing, "response-no-keys");
    nobody(&response().unsigned(), &nothing, "response-no-keys");
    nobody(&response().unsigned(), &expected(&signer), "response-not-signed");
}

#[test]
fn what_is_no_response_is_refused_by_its_name() {
    let signer = expected(&rsa("signer"));
    let root = |xml: &str| look(xml, &signer).findings.remove(0);
    let kind = |xml: &str| -> Finding { root(xml) };
    let protocol = "xmlns=\"urn:oasis:names:tc:SAML:2.0:protocol\"";
    assert_eq!(kind(&format!("<AuthnRequest {protocol}/>")).code, "response-is-request");
    assert_eq!(kind(&format!("<LogoutResponse {protocol}/>")).args["kind"], "logout");
    assert_eq!(
        kind("<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\"/>").args["kind"],
        "metadata"
    );
    assert_eq!(kind("<Response xmlns=\"urn:oasis:names:tc:SAML:1.0:protocol\"/>").args["kind"], "saml-1");
    assert_eq!(kind("<Response/>").args["kind"], "other");
    refused(&format!("<Response {protocol} Version=\"1.1\"/>"), &signer, "response-version");
    refused(&response().unsigned().replace("</samlp:Response>", ""), &signer, "response-malformed");
    refused(&format!("{0}{0}", response().unsigned()), &signer, "response-malformed");
    let deep = format!("{}{}", "<a>".repeat(100), "</a>".repeat(100));
    refused(&deep, &signer, "response-too-deep");
    let deeper = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    refused(&deeper, &signer, "response-too-deep");
}

#[test]
fn a_bearer_that_is_none_is_refused() {
    let signer = rsa("signer");
    let refused_without = |from: &str, to: &str, code: &str| {
        let altered = response().with_replaced(from, to, &signer);
        let examination = look(&altered, &expected(&signer));
        assert_eq!(codes(&examination), [code], "{altered}");
        assert!(!examination.accepted);
    };
    refused_without("cm:bearer", "cm:holder-of-key", "response-no-bearer");
    refused_without(
        " NotOnOrAfter=\"2026-11-22T12:05:00Z\" InResponseTo",
        " InResponseTo",
        "response-no-expiry",
    );
    refused_without(
        "SubjectConfirmationData Recipient",
        "SubjectConfirmationData NotBefore=\"2026-11-22T11:00:00Z\" Recipient",
        "response-bearer-not-before",
    );
    refused_without(
        "<saml:AudienceRestriction>",
        "<saml:Condition xmlns:x=\"urn:x\"/><saml:AudienceRestriction>",
        "response-condition-unknown",
    );
    refused_without(
        " SessionIndex",
        " SessionNotOnOrAfter=\"2026-11-22T11:00:00Z\" SessionIndex",
        "response-session-ended",
    );
    refused_without(
        "<saml:Conditions NotBefore=\"2026-11-22T11:55:00Z\"",
        "<saml:Conditions NotBefore=\"yesterday\"",
        "response-time-unreadable",
    );
}
