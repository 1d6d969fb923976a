//! Documents made to be misread, on top of fresh signatures: the table that every reader of responses is held against.

use crate::TestCertificate;
use crate::responses::{Signing, TestResponse};

/// A document that nobody must be signed in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hostile {
    /// What was done to it.
    pub name: String,
    /// The document.
    pub xml: String,
    /// The code of the finding that has to name the reason.
    pub code: &'static str,
    /// The argument `reason` of the finding, where it has one.
    pub reason: Option<&'static str>,
}

/// A genuine response, cut into the parts that an attacker rearranges.
struct Parts<'a> {
    genuine: &'a TestResponse,
    whole: String,
    assertion: String,
    signature: String,
}

const SEVERAL: &str = "response-several-assertions";
const UNSIGNED: &str = "response-not-signed";
const WRONG: &str = "response-signature-wrong";
const DIVIDED: &str = "response-value-divided";
const SHAPE: &str = "response-signature-shape";

/// Every hostile document, made from a genuine response and the certificate that it is signed with.
///
/// # Panics
/// When xmlsec1 is missing, or a change changes nothing.
pub fn documents(genuine: &TestResponse, signer: &TestCertificate) -> Vec<Hostile> {
    let by = |signing| Parts::new(genuine, signing, signer);
    let (assertion, response, both) = (by(Signing::Assertion), by(Signing::Response), by(Signing::Both));
    let mut all = Vec::new();
    all.extend(wrapped_response(&response));
    all.extend(wrapped_assertion(&assertion));
    all.extend(doubled_ids(&assertion));
    all.extend(altered(&both));
    all.extend(divided(&assertion));
    all.extend(outside(&assertion));
    all.extend(transforms(&assertion));
    all.extend(pieces(&assertion));
    all.extend(algorithms(&assertion, signer));
    all.push(hostile("no signature at all", genuine.unsigned(), UNSIGNED));
    for one in &all {
        let genuine = [&assertion.whole, &response.whole, &both.whole];
        assert!(!genuine.contains(&&one.xml), "{}: nothing was changed", one.name);
    }
    all
}

fn hostile(name: impl Into<String>, xml: String, code: &'static str) -> Hostile {
    Hostile { name: name.into(), xml, code, reason: None }
}

fn shape(name: impl Into<String>, xml: String, reason: &'static str) -> Hostile {
    Hostile { reason: Some(reason), ..hostile(name, xml, SHAPE) }
}

impl<'a> Parts<'a> {
    fn new(genuine: &'a TestResponse, signing: Signing, signer: &TestCertificate) -> Self {
        let whole = genuine.signed(signing, signer);
        let assertion = between(&whole, "<saml:Assertion ", "</saml:Assertion>");
        let signature = between(&whole, "<ds:Signature ", "</ds:Signature>");
        Self { genuine, whole, assertion, signature }
    }

    fn assertion_id(&self) -> String {
        format!("_assertion-{}", self.genuine.number)
    }

    /// Somebody else's name in a text that holds the genuine one.
    fn renamed(&self, text: &str) -> String {
        text.replace(&self.genuine.name_id, "eve@evil.example")
    }

    /// The genuine assertion with another user in it, another ID and no signature.
    fn evil(&self) -> String {
        self.renamed(&self.bare()).replace(&self.assertion_id(), "_evil")
    }

    fn bare(&self) -> String {
        self.assertion.replace(&self.signature, "")
    }

    /// The response with something else where the assertion was.
    fn with(&self, replacement: &str) -> String {
        self.whole.replace(&self.assertion, replacement)
    }

    /// The response without the declaration before it.
    fn body(&self) -> String {
        self.whole.trim_start_matches("<?xml version=\"1.0\"?>").trim().to_owned()
    }
}

fn between(text: &str, start: &str, end: &str) -> String {
    let from = text.find(start).expect("the start is there");
    let to = text[from..].find(end).expect("the end is there") + from + end.len();
    text[from..to].to_owned()
}

fn into(assertion: &str, content: &str) -> String {
    assertion.replace("</saml:Issuer>", &format!("</saml:Issuer>{content}"))
}

/// XSW 1 and 2, and what else can be put around a signed response.
fn wrapped_response(parts: &Parts<'_>) -> Vec<Hostile> {
    let evil_assertion = parts.renamed(&parts.assertion).replace(&parts.assertion_id(), "_evil");
    let (body, signature) = (parts.body(), &parts.signature);
    let original = body.replace(signature, "");
    let id = format!("_response-{}\" Version", parts.genuine.number);
    let evil = |inside: &str| {
        let renamed = body.replace(&id, "_evil-response\" Version");
        renamed.replace(&parts.assertion, &evil_assertion).replace(signature, inside)
    };
    let within = signature.replace("</ds:Signature>", &format!("{original}</ds:Signature>"));
    vec![
        hostile("XSW1: the original inside the signature", evil(&within), SEVERAL),
        hostile("XSW2: the original before the signature", evil(&format!("{original}{signature}")), SEVERAL),
        hostile(
            "the original in the extensions",
            evil(&format!("<samlp:Extensions>{body}</samlp:Extensions>")),
            SEVERAL,
        ),
        hostile("the signature taken away", evil(""), UNSIGNED),
        shape("the signature of another response", evil(signature), "reference"),
    ]
}

/// XSW 3 to 8, and what else can be put around a signed assertion.
fn wrapped_assertion(parts: &Parts<'_>) -> Vec<Hostile> {
    let (evil, original, bare) = (parts.evil(), parts.assertion.clone(), parts.bare());
    let signature = &parts.signature;
    let object = format!("<ds:Object>{bare}</ds:Object></ds:Signature>");
    let with_object = signature.replace("</ds:Signature>", &object);
    let in_key_info = signature.replace("</ds:KeyInfo>", &format!("</ds:KeyInfo>{bare}"));
    let around = evil.replace("</saml:Assertion>", &format!("{original}</saml:Assertion>"));
    let extensions = |inside: &str| format!("<samlp:Extensions>{inside}</samlp:Extensions>");
    let foreign = evil.replace("<saml:Assertion ", "<saml:Assertion xmlns:saml=\"urn:x\" ");
    vec![
        hostile("XSW3: evil before original", parts.with(&format!("{evil}{original}")), SEVERAL),
        hostile("evil after original", parts.with(&format!("{original}{evil}")), SEVERAL),
        hostile("XSW4: original inside evil", parts.with(&around), SEVERAL),
        hostile("XSW5: signature in evil", parts.with(&format!("{}{bare}", into(&evil, signature))), SEVERAL),
        hostile("XSW6: original in the signature", parts.with(&into(&evil, &in_key_info)), SEVERAL),
        hostile(
            "XSW7: evil in the extensions",
            parts.with(&format!("{}{original}", extensions(&evil))),
            SEVERAL,
        ),
        hostile("XSW8: original in an object", parts.with(&into(&evil, &with_object)), SEVERAL),
        hostile(
            "original in the extensions",
            parts.with(&extensions(&original)),
            "response-assertion-misplaced",
        ),
        hostile("evil alone", parts.with(&evil), UNSIGNED),
        shape("evil with the signature of another", parts.with(&into(&evil, signature)), "reference"),
        shape("signature beside", parts.with(&format!("{bare}{signature}")), "reference"),
        hostile("an assertion of another namespace", parts.with(&foreign), "response-no-assertion"),
    ]
}

fn doubled_ids(parts: &Parts<'_>) -> Vec<Hostile> {
    let names = ["ID", "Id", "id", "AssertionID", "xml:id"];
    let twin = |name: &str| {
        let id = parts.assertion_id();
        let twin = format!("<samlp:Extensions><x {name}=\"{id}\"/></samlp:Extensions>");
        parts.with(&format!("{twin}{}", parts.assertion))
    };
    let doubled = |name: &&str| hostile(format!("the same {name}"), twin(name), "response-id-twice");
    names.iter().map(doubled).collect()
}

fn altered(parts: &Parts<'_>) -> Vec<Hostile> {
    let genuine = parts.genuine;
    let group = genuine.attributes[0].1[0].clone();
    let values = [
        ("another user", genuine.name_id.as_str(), "eve@evil.example"),
        ("another group", group.as_str(), "owners"),
        ("another audience", genuine.audience.as_str(), "https://evil.example/metadata"),
    ];
    let mut all: Vec<Hostile> =
        values.iter().map(|(name, from, to)| hostile(*name, parts.whole.replace(from, to), WRONG)).collect();
    let value = between(&parts.signature, "<ds:SignatureValue>", "</ds:SignatureValue>");
    let other = parts.whole.replace(&value, "<ds:SignatureValue>AAAA</ds:SignatureValue>");
    all.push(hostile("another signature value", other, WRONG));
    all
}

/// Comments, processing instructions, CDATA and elements where a plain text belongs.
fn divided(parts: &Parts<'_>) -> Vec<Hostile> {
    let name = &parts.genuine.name_id;
    let in_name = |divided: String| parts.whole.replace(&format!(">{name}<"), &format!(">{divided}<"));
    let group = format!("{}<", parts.genuine.attributes[0].1[0]);
    let audience = format!("{}</saml:Audience", parts.genuine.audience);
    let commented = |text: &str| parts.whole.replace(text, &text.replacen('<', "<!-- --><", 1));
    vec![
        hostile("a comment in the name", in_name(format!("{name}<!-- -->.evil.example")), DIVIDED),
        hostile("an instruction in the name", in_name(format!("{name}<?x?>.evil.example")), DIVIDED),
        hostile("CDATA in the name", in_name(format!("<![CDATA[{name}]]>")), DIVIDED),
        hostile("an element in the name", in_name(format!("{name}<x/>")), DIVIDED),
        hostile("a comment in a group", commented(&group), DIVIDED),
        hostile("a comment in the audience", commented(&audience), DIVIDED),
    ]
}

/// Nothing may reach outside the document, and no reference anywhere but to the element around it.
fn outside(parts: &Parts<'_>) -> Vec<Hostile> {
    let (body, name) = (parts.body(), &parts.genuine.name_id);
    let doctype = format!("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>{body}");
    let bomb = format!("<!DOCTYPE x [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>{body}");
    let reference = format!(" URI=\"#{}\"", parts.assertion_id());
    let deep = format!("{}{}", "<a>".repeat(100), "</a>".repeat(100));
    let cut = body.replace("</samlp:Response>", "");
    let mut all = vec![
        hostile("an external entity", doctype, "response-doctype"),
        hostile("an entity of entities", bomb, "response-doctype"),
        hostile("an entity that is not there", body.replace(name, "&e;"), "response-malformed"),
        hostile("two documents", format!("{body}{body}"), "response-malformed"),
        hostile("no end", cut, "response-malformed"),
        hostile("too deep", deep, "response-too-deep"),
        shape("no reference", body.replace(&reference, ""), "reference"),
    ];
    let elsewhere = format!("#_response-{}", parts.genuine.number);
    for uri in ["", "Cargo.toml", "file:///etc/passwd", "http://127.0.0.1/", "#xpointer(/)", &elsewhere] {
        let changed = body.replace(&reference, &format!(" URI=\"{uri}\""));
        all.push(shape(format!("a reference to \"{uri}\""), changed, "reference"));
    }
    all
}

fn transforms(parts: &Parts<'_>) -> Vec<Hostile> {
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
    let one = |algorithm: &&str| format!("<ds:Transform Algorithm=\"{algorithm}\"/>");
    let instead = |algorithms: &[&str]| {
        let transforms: String = algorithms.iter().map(one).collect();
        parts.whole.replace(&list, &format!("<ds:Transforms>{transforms}</ds:Transforms>"))
    };
    let mut all: Vec<Hostile> =
        lists.iter().map(|list| shape(format!("transforms {list:?}"), instead(list), "transforms")).collect();
    let method = format!("<ds:CanonicalizationMethod Algorithm=\"{exclusive}");
    let with_comments = parts.whole.replace(&method, &format!("{method}WithComments"));
    all.push(shape("comments are kept", with_comments, "canonicalization"));
    all
}

fn pieces(parts: &Parts<'_>) -> Vec<Hostile> {
    let (whole, signature) = (&parts.whole, &parts.signature);
    let info = between(whole, "<ds:SignedInfo>", "</ds:SignedInfo>");
    let reference = between(whole, "<ds:Reference ", "</ds:Reference>");
    let in_subject =
        whole.replace(signature, "").replace("<saml:Subject>", &format!("<saml:Subject>{signature}"));
    vec![
        shape("two SignedInfo", whole.replace(&info, &format!("{info}{info}")), "parts"),
        shape("two references", whole.replace(&reference, &format!("{reference}{reference}")), "parts"),
        shape(
            "a comment in the digest",
            whole.replace("<ds:DigestValue>", "<ds:DigestValue><!-- -->"),
            "digest-divided",
        ),
        shape("an object", whole.replace("</ds:KeyInfo>", "</ds:KeyInfo><ds:Object/>"), "object"),
        shape(
            "two signatures",
            whole.replace(signature, &format!("{signature}{signature}")),
            "second-signature",
        ),
        hostile("a signature in the subject", in_subject, "response-signature-misplaced"),
    ]
}

fn algorithms(parts: &Parts<'_>, signer: &TestCertificate) -> Vec<Hostile> {
    const WEAK: &str = "response-algorithm-weak";
    let more = "http://www.w3.org/2001/04/xmldsig-more#";
    let rsa_sha256 = format!("{more}rsa-sha256");
    let named = |other: &str| parts.whole.replace(&rsa_sha256, other);
    let sha1 = "http://www.w3.org/2000/09/xmldsig#";
    let signed_with = |change: &dyn Fn(&mut TestResponse)| {
        let mut response = parts.genuine.clone();
        change(&mut response);
        response.signed(Signing::Assertion, signer)
    };
    vec![
        hostile("SHA-1", signed_with(&|one| one.signature_method = format!("{sha1}rsa-sha1")), WEAK),
        hostile("a digest of SHA-1", signed_with(&|one| one.digest_method = format!("{sha1}sha1")), WEAK),
        hostile("HMAC-SHA256", named(&format!("{more}hmac-sha256")), "response-algorithm"),
        hostile("HMAC-SHA1", named(&format!("{sha1}hmac-sha1")), "response-algorithm"),
        hostile("no algorithm", named(""), "response-algorithm"),
        hostile("the algorithm of another key", named(&format!("{more}ecdsa-sha256")), WRONG),
    ]
}
