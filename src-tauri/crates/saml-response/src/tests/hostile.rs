//! Documents made to be misread, on top of fresh signatures. None yields an identity, each says why.

use super::*;
use test_support::responses::Signing;
use vocabulary::Finding;

/// A genuine response, cut into the parts that an attacker rearranges.
struct Parts {
    signer: TestCertificate,
    whole: String,
    assertion: String,
    signature: String,
}

impl Parts {
    fn new(signing: Signing) -> Self {
        let signer = rsa("signer");
        let whole = response().signed(signing, &signer);
        let assertion = between(&whole, "<saml:Assertion ", "</saml:Assertion>");
        let signature = between(&whole, "<ds:Signature ", "</ds:Signature>");
        Self { signer, whole, assertion, signature }
    }

    /// The genuine assertion with another user in it, another ID and no signature.
    fn evil(&self) -> String {
        let unsigned = self.assertion.replace(&self.signature, "");
        unsigned.replace("ada@example.com", "eve@example.com").replace("_assertion-1", "_evil")
    }

    fn bare(&self) -> String {
        self.assertion.replace(&self.signature, "")
    }

    /// The response with something else where the assertion was.
    fn with(&self, replacement: &str) -> String {
        self.whole.replace(&self.assertion, replacement)
    }

    #[track_caller]
    fn nobody(&self, xml: &str, code: &str) {
        assert!(self.whole != xml, "nothing was changed");
        nobody(xml, &expected(&self.signer), code);
    }

    #[track_caller]
    fn shape(&self, xml: &str, reason: &str) {
        self.nobody(xml, "response-signature-shape");
        assert_eq!(look(xml, &expected(&self.signer)).findings[0].args["reason"], reason);
    }
}

fn between(text: &str, start: &str, end: &str) -> String {
    let from = text.find(start).unwrap();
    let to = text[from..].find(end).unwrap() + from + end.len();
    text[from..to].to_owned()
}

fn into(assertion: &str, content: &str) -> String {
    assertion.replace("</saml:Issuer>", &format!("</saml:Issuer>{content}"))
}

#[test]
fn a_signed_response_cannot_be_wrapped() {
    let parts = Parts::new(Signing::Response);
    let evil_assertion = parts.assertion.replace("ada@", "eve@").replace("_assertion-1", "_evil");
    let body = parts.whole.trim_start_matches("<?xml version=\"1.0\"?>").trim();
    let original = body.replace(&parts.signature, "");
    let evil = |inside: &str| {
        let renamed = body.replace("_response-1\" Version", "_evil-response\" Version");
        renamed.replace(&parts.assertion, &evil_assertion).replace(&parts.signature, inside)
    };
    let within = parts.signature.replace("</ds:Signature>", &format!("{original}</ds:Signature>"));
    parts.nobody(&evil(&within), "response-several-assertions");
    parts.nobody(&evil(&format!("{original}{}", parts.signature)), "response-several-assertions");
    parts.nobody(
        &evil(&format!("<samlp:Extensions>{body}</samlp:Extensions>")),
        "response-several-assertions",
    );
    parts.nobody(&evil(""), "response-not-signed");
    parts.shape(&evil(&parts.signature), "reference");
}

#[test]
fn a_signed_assertion_cannot_be_wrapped() {
    let parts = Parts::new(Signing::Assertion);
    let (evil, original, bare) = (parts.evil(), parts.assertion.clone(), parts.bare());
    let with_object =
        parts.signature.replace("</ds:Signature>", &format!("<ds:Object>{bare}</ds:Object></ds:Signature>"));
    let several = "response-several-assertions";
    parts.nobody(&parts.with(&format!("{evil}{original}")), several);
    parts.nobody(&parts.with(&format!("{original}{evil}")), several);
    parts.nobody(
        &parts.with(&evil.replace("</saml:Assertion>", &format!("{original}</saml:Assertion>"))),
        several,
    );
    parts.nobody(&parts.with(&format!("{}{bare}", into(&evil, &parts.signature))), several);
    parts.nobody(
        &parts.with(&into(&evil, &parts.signature.replace("</ds:KeyInfo>", &format!("</ds:KeyInfo>{bare}")))),
        several,
    );
    parts.nobody(&parts.with(&into(&evil, &with_object)), several);
    parts.nobody(&parts.with(&format!("<samlp:Extensions>{evil}</samlp:Extensions>{original}")), several);
    parts.nobody(
        &parts.with(&format!("<samlp:Extensions>{original}</samlp:Extensions>")),
        "response-assertion-misplaced",
    );
    parts.nobody(&parts.with(&evil), "response-not-signed");
    parts.shape(&parts.with(&into(&evil, &parts.signature)), "reference");
    parts.nobody(&parts.with(&format!("{bare}{}", parts.signature)), "response-signature-shape");
}

#[test]
fn an_assertion_of_another_namespace_is_none() {
    let parts = Parts::new(Signing::Assertion);
    let foreign = parts.evil().replace("<saml:Assertion ", "<saml:Assertion xmlns:saml=\"urn:x\" ");
    let both = parts.with(&format!("{foreign}{}", parts.assertion));
    let examination = look(&both, &expected(&parts.signer));
    assert_eq!(examination.subject.unwrap().name_id, "ada@example.com");
    parts.nobody(&parts.with(&foreign), "response-no-assertion");
}

#[test]
fn the_same_id_twice_is_refused() {
    for name in ["ID", "Id", "id", "AssertionID", "xml:id"] {
        let parts = Parts::new(Signing::Assertion);
        let twin = format!("<samlp:Extensions><x {name}=\"_assertion-1\"/></samlp:Extensions>");
        parts.nobody(&parts.with(&format!("{twin}{}", parts.assertion)), "response-id-twice");
    }
}

#[test]
fn altered_content_is_refused() {
    let parts = Parts::new(Signing::Both);
    for (from, to) in [
        ("ada@", "eve@"),
        ("admins", "owners"),
        ("service.example/saml/metadata", "evil.example/saml/metadata"),
    ] {
        parts.nobody(&parts.whole.replace(from, to), "response-signature-wrong");
    }
    let value = between(&parts.signature, "<ds:SignatureValue>", "</ds:SignatureValue>");
    parts.nobody(
        &parts.whole.replace(&value, "<ds:SignatureValue>AAAA</ds:SignatureValue>"),
        "response-signature-wrong",
    );
}

#[test]
fn a_value_that_readers_take_differently_is_refused() {
    let parts = Parts::new(Signing::Assertion);
    let divided = [
        "ada@example.com<!-- -->.evil.example",
        "ada@example.com<?x?>.evil.example",
        "<![CDATA[ada@example.com]]>",
        "ada@example.com<x/>",
    ];
    for text in divided {
        parts.nobody(&parts.whole.replace("ada@example.com", text), "response-value-divided");
    }
    for (from, to) in [("admins<", "admins<!-- --><"), ("saml/metadata<", "saml/metadata<!-- --><")] {
        parts.nobody(&parts.whole.replace(from, to), "response-value-divided");
    }
}

#[test]
fn nothing_reaches_outside_the_document() {
    let parts = Parts::new(Signing::Assertion);
    let body = parts.whole.trim_start_matches("<?xml version=\"1.0\"?>").trim().to_owned();
    let doctype = format!("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>{body}");
    parts.nobody(&doctype, "response-doctype");
    parts.nobody(&body.replace("ada@example.com", "&e;"), "response-malformed");
    for uri in ["", "Cargo.toml", "file:///etc/passwd", "http://127.0.0.1/", "#xpointer(/)", "#_response-1"] {
        parts.shape(&body.replace("URI=\"#_assertion-1\"", &format!("URI=\"{uri}\"")), "reference");
    }
    parts.shape(&body.replace(" URI=\"#_assertion-1\"", ""), "reference");
}

#[test]
fn only_the_transforms_of_the_profile_are_done() {
    let parts = Parts::new(Signing::Assertion);
    let list = between(&parts.whole, "<ds:Transforms>", "</ds:Transforms>");
    let enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
    let exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
    let lists: [&[&str]; 5] = [
        &[],
        &[exclusive],
        &[exclusive, enveloped],
        &[enveloped, "http://www.w3.org/TR/1999/REC-xslt-19991116"],
        &[enveloped, exclusive, "http://www.w3.org/TR/1999/REC-xpath-19991116"],
    ];
    for algorithms in lists {
        let transforms: String =
            algorithms.iter().map(|one| format!("<ds:Transform Algorithm=\"{one}\"/>")).collect();
        parts.shape(
            &parts.whole.replace(&list, &format!("<ds:Transforms>{transforms}</ds:Transforms>")),
            "transforms",
        );
    }
    let method = "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#";
    parts.shape(&parts.whole.replace(method, &format!("{method}WithComments")), "canonicalization");
}

#[test]
fn a_signature_in_pieces_is_refused() {
    let parts = Parts::new(Signing::Assertion);
    let info = between(&parts.whole, "<ds:SignedInfo>", "</ds:SignedInfo>");
    let reference = between(&parts.whole, "<ds:Reference ", "</ds:Reference>");
    parts.shape(&parts.whole.replace(&info, &format!("{info}{info}")), "parts");
    parts.shape(&parts.whole.replace(&reference, &format!("{reference}{reference}")), "parts");
    parts.shape(&parts.whole.replace("<ds:DigestValue>", "<ds:DigestValue><!-- -->"), "digest-divided");
    parts.shape(&parts.whole.replace("</ds:KeyInfo>", "</ds:KeyInfo><ds:Object/>"), "object");
    let twice = parts.whole.replace(&parts.signature, &format!("{0}{0}", parts.signature));
    parts.shape(&twice, "second-signature");
    let elsewhere = parts
        .whole
        .replace(&parts.signature, "")
        .replace("<saml:Subject>", &format!("<saml:Subject>{}", parts.signature));
    parts.nobody(&elsewhere, "response-signature-misplaced");
}

#[test]
fn weak_and_unknown_algorithms_are_refused() {
    let signer = rsa("signer");
    let refused_with = |change: fn(&mut TestResponse), code: &str| {
        let mut response = response();
        change(&mut response);
        nobody(&response.signed(Signing::Assertion, &signer), &expected(&signer), code);
    };
    refused_with(
        |one| one.signature_method = "http://www.w3.org/2000/09/xmldsig#rsa-sha1".into(),
        "response-algorithm-weak",
    );
    refused_with(
        |one| one.digest_method = "http://www.w3.org/2000/09/xmldsig#sha1".into(),
        "response-algorithm-weak",
    );
    let parts = Parts::new(Signing::Assertion);
    let method = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    for other in [
        "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        "",
    ] {
        parts.nobody(&parts.whole.replace(method, other), "response-algorithm");
    }
}

#[test]
fn an_algorithm_of_another_key_is_refused() {
    let parts = Parts::new(Signing::Assertion);
    let confused = parts.whole.replace("xmldsig-more#rsa-sha256", "xmldsig-more#ecdsa-sha256");
    parts.nobody(&confused, "response-signature-wrong");
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
