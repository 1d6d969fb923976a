//! The shape that a response must have before anybody looks at its signatures: the Web Browser SSO profile (SAML
//! Profiles 4.1.4), the signature profile (SAML Core 5.4), and nothing that two readers could take differently.

use crate::tree::{ASSERTION, NotPlain, PROTOCOL, Tree, XENC};
use signature_profile::{DIGEST_METHODS, DSIG, EXC_C14N, ID_NAMES, SIGNATURE_METHODS, are_transforms};
use std::collections::HashSet;
use uppsala::{Document, NodeId, Parser};
use vocabulary::Finding;

/// How deep elements may be nested.
const MAX_DEPTH: u32 = 64;

/// The status of a response that carries an assertion (SAML Core 3.2.2.2).
pub(crate) const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";

/// Where the assertion stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the open.
    Plain(NodeId),
    /// Inside this `EncryptedAssertion`, still encrypted.
    Encrypted(NodeId),
}

/// A signature and the element that it has to cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Signature {
    pub(crate) node: NodeId,
    pub(crate) over: NodeId,
}

/// What the guard let through.
#[derive(Debug, Clone)]
pub(crate) struct Guarded {
    pub(crate) response: NodeId,
    pub(crate) place: Place,
    pub(crate) signatures: Vec<Signature>,
}

/// Parses once, with nothing that reaches outside the text.
pub(crate) fn parse(xml: &str) -> Result<Document<'_>, Finding> {
    if xml.contains("<!DOCTYPE") {
        return Err(Finding::error("response-doctype"));
    }
    if !is_declaration_plain(xml) {
        return Err(Finding::error("response-malformed").seen("XML", "odd characters in the XML declaration"));
    }
    let parser = Parser::new().with_max_depth(MAX_DEPTH).with_forbid_dtd(true).with_forbid_entities(true);
    parser.parse(xml).map_err(|error| {
        let detail = error.to_string();
        let code = if detail.contains("depth") { "response-too-deep" } else { "response-malformed" };
        Finding::error(code).seen("XML", detail)
    })
}

/// Whether what stands between `<?xml` and `?>` (XML 1.0, 2.8) is of characters that every reader takes alike; the parser
/// would resolve references there.
fn is_declaration_plain(xml: &str) -> bool {
    let declaration =
        xml.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or("", |(inside, _)| inside);
    declaration.chars().all(|c| c.is_ascii_alphanumeric() || " \t\r\n.-_='\"".contains(c))
}

/// Looks at the root and the status: everything that may be said of a response without an assertion.
pub(crate) fn root(tree: Tree<'_, '_>) -> Result<NodeId, Finding> {
    let root = tree.root().ok_or_else(|| Finding::error("response-malformed"))?;
    if !tree.is(root, PROTOCOL, "Response") {
        return Err(wrong_root(tree, root));
    }
    match tree.attribute(root, "Version") {
        Some("2.0") => Ok(root),
        other => Err(Finding::error("response-version").with("version", other.unwrap_or("-"))),
    }
}

fn wrong_root(tree: Tree<'_, '_>, root: NodeId) -> Finding {
    let local = tree.local_name(root);
    let kind = match (tree.namespace(root), local) {
        (PROTOCOL, "AuthnRequest") => return Finding::error("response-is-request"),
        (ASSERTION, _) => "assertion",
        ("urn:oasis:names:tc:SAML:2.0:metadata", _) => "metadata",
        (PROTOCOL, "LogoutRequest" | "LogoutResponse") => "logout",
        ("urn:oasis:names:tc:SAML:1.0:protocol" | "urn:oasis:names:tc:SAML:1.1:protocol", _) => "saml-1",
        (namespace, _) if namespace.contains("ws-trust") || namespace.contains("ws-sx") => "ws-federation",
        _ => "other",
    };
    Finding::error("response-wrong-root").with("kind", kind).with("root", local)
}

/// An identity provider that answers with an error says so in the status (SAML Core 3.2.2).
pub(crate) fn status(tree: Tree<'_, '_>, response: NodeId) -> Result<(), Finding> {
    let status = tree.child(response, PROTOCOL, "Status");
    let code = status.and_then(|status| tree.child(status, PROTOCOL, "StatusCode"));
    let value = code.and_then(|code| tree.attribute(code, "Value")).unwrap_or_default();
    if value == SUCCESS {
        return Ok(());
    }
    let second = code.and_then(|code| tree.child(code, PROTOCOL, "StatusCode"));
    let second = second.and_then(|second| tree.attribute(second, "Value")).unwrap_or("none");
    let message = status.and_then(|status| tree.child(status, PROTOCOL, "StatusMessage"));
    let message = message.and_then(|node| tree.plain_text(node).ok()).unwrap_or_default();
    let last = |uri: &str| uri.rsplit(':').next().unwrap_or_default().to_owned();
    let finding = Finding::error("response-status").with("status", last(value)).with("second", last(second));
    Err(if message.is_empty() { finding } else { finding.seen("StatusMessage", message) })
}

/// Guards a response as it arrived.
pub(crate) fn guard(tree: Tree<'_, '_>, response: NodeId) -> Result<Guarded, Finding> {
    unique_ids(tree)?;
    let place = place(tree, response)?;
    let carrier = match place {
        Place::Plain(assertion) => Some(assertion),
        Place::Encrypted(_) => None,
    };
    let signatures = signatures(tree, &[Some(response), carrier])?;
    values_are_plain(tree)?;
    Ok(Guarded { response, place, signatures })
}

/// Guards another message of the protocol, whose root alone may be signed; its signatures, of which there is one at most.
pub(crate) fn message(tree: Tree<'_, '_>, root: NodeId) -> Result<Vec<Signature>, Finding> {
    unique_ids(tree)?;
    let signatures = signatures(tree, &[Some(root)])?;
    values_are_plain(tree)?;
    Ok(signatures)
}

/// Guards a response again, after its assertion was decrypted where it stood.
pub(crate) fn guard_decrypted(tree: Tree<'_, '_>, response: NodeId) -> Result<Guarded, Finding> {
    unique_ids(tree)?;
    let misplaced = || Finding::error("response-assertion-misplaced");
    let assertions = tree.all(ASSERTION, "Assertion");
    let [assertion] = assertions[..] else { return Err(misplaced()) };
    let envelope = tree.parent(assertion).filter(|parent| tree.is(*parent, ASSERTION, "EncryptedAssertion"));
    if envelope.and_then(|envelope| tree.parent(envelope)) != Some(response) {
        return Err(misplaced());
    }
    if !tree.all(XENC, "EncryptedData").is_empty() {
        return Err(Finding::error("response-encrypted-part"));
    }
    let signatures = signatures(tree, &[Some(response), Some(assertion)])?;
    values_are_plain(tree)?;
    Ok(Guarded { response, place: Place::Plain(assertion), signatures })
}

fn place(tree: Tree<'_, '_>, response: NodeId) -> Result<Place, Finding> {
    let plain = tree.all(ASSERTION, "Assertion");
    let encrypted = tree.all(ASSERTION, "EncryptedAssertion");
    let data = tree.all(XENC, "EncryptedData");
    let place = match (&plain[..], &encrypted[..]) {
        ([], []) => return Err(Finding::error("response-no-assertion")),
        ([only], []) => Place::Plain(*only),
        ([], [only]) => Place::Encrypted(*only),
        _ => {
            let count = plain.len() + encrypted.len();
            return Err(Finding::error("response-several-assertions").with("count", count));
        }
    };
    let (Place::Plain(node) | Place::Encrypted(node)) = place;
    if tree.parent(node) != Some(response) {
        return Err(Finding::error("response-assertion-misplaced"));
    }
    let stands_right = match (place, &data[..]) {
        (Place::Plain(_), []) => true,
        (Place::Encrypted(envelope), [only]) => tree.parent(*only) == Some(envelope),
        _ => false,
    };
    if stands_right { Ok(place) } else { Err(Finding::error("response-encrypted-part")) }
}

/// An ID that exists twice can be signed in one place and read in another.
fn unique_ids(tree: Tree<'_, '_>) -> Result<(), Finding> {
    let mut seen = HashSet::new();
    for node in tree.every() {
        for attribute in tree.attributes(node) {
            let name = attribute.name.local_name.as_ref();
            let is_id = ID_NAMES.contains(&name);
            if is_id && !seen.insert(attribute.value.as_ref()) {
                return Err(Finding::error("response-id-twice").with("id", &attribute.value));
            }
        }
    }
    Ok(())
}

fn signatures(tree: Tree<'_, '_>, carriers: &[Option<NodeId>]) -> Result<Vec<Signature>, Finding> {
    let found = tree.all(DSIG, "Signature");
    let stray_parts = ["SignedInfo", "Reference", "SignatureValue", "DigestValue"]
        .iter()
        .any(|part| tree.all(DSIG, part).len() != found.len());
    if stray_parts {
        return Err(shape("parts"));
    }
    let mut signatures: Vec<Signature> = Vec::new();
    for node in found {
        let over = tree.parent(node).filter(|parent| carriers.contains(&Some(*parent)));
        let over = over.ok_or_else(|| Finding::error("response-signature-misplaced"))?;
        if signatures.iter().any(|other| other.over == over) {
            return Err(shape("second-signature"));
        }
        one_signature(tree, node, over)?;
        signatures.push(Signature { node, over });
    }
    Ok(signatures)
}

fn shape(reason: &str) -> Finding {
    Finding::error("response-signature-shape").with("reason", reason)
}

/// Holds one signature against the profile of SAML Core 5.4: it covers its parent, whole, and nothing else.
fn one_signature(tree: Tree<'_, '_>, signature: NodeId, over: NodeId) -> Result<(), Finding> {
    let part = |parent, name: &str| tree.child(parent, DSIG, name).ok_or_else(|| shape("parts"));
    let info = part(signature, "SignedInfo")?;
    let reference = part(info, "Reference")?;
    part(signature, "SignatureValue")?;
    let digest_value = part(reference, "DigestValue")?;
    if tree.plain_text(digest_value).is_err() {
        return Err(shape("digest-divided"));
    }
    if !tree.all(DSIG, "Object").is_empty() {
        return Err(shape("object"));
    }
    let id = tree.attribute(over, "ID").filter(|id| !id.is_empty());
    let covered = tree.attribute(reference, "URI").and_then(|uri| uri.strip_prefix('#'));
    if id.is_none() || covered != id {
        return Err(shape("reference"));
    }
    transforms(tree, reference)?;
    let algorithm =
        |node: Option<NodeId>| node.and_then(|node| tree.attribute(node, "Algorithm")).unwrap_or_default();
    if algorithm(tree.child(info, DSIG, "CanonicalizationMethod")) != EXC_C14N {
        return Err(shape("canonicalization"));
    }
    allowed(algorithm(tree.child(info, DSIG, "SignatureMethod")), SIGNATURE_METHODS)?;
    allowed(algorithm(tree.child(reference, DSIG, "DigestMethod")), DIGEST_METHODS)
}

fn transforms(tree: Tree<'_, '_>, reference: NodeId) -> Result<(), Finding> {
    let list = tree.child(reference, DSIG, "Transforms").ok_or_else(|| shape("transforms"))?;
    let algorithms: Vec<&str> =
        tree.elements(list).map(|one| tree.attribute(one, "Algorithm").unwrap_or_default()).collect();
    let is_good = are_transforms(&algorithms);
    if is_good { Ok(()) } else { Err(shape("transforms")) }
}

fn allowed(algorithm: &str, list: &[&str]) -> Result<(), Finding> {
    if list.contains(&algorithm) {
        return Ok(());
    }
    let name = algorithm.rsplit(['#', '/']).next().unwrap_or_default();
    let weak = ["sha1", "md5", "rsa-sha1", "ecdsa-sha1", "dsa-sha1", "rsa-md5"].contains(&name);
    let code = if weak { "response-algorithm-weak" } else { "response-algorithm" };
    Err(Finding::error(code).with("algorithm", name).seen("Algorithm", algorithm))
}

/// The values that decide must read the same for everybody.
fn values_are_plain(tree: Tree<'_, '_>) -> Result<(), Finding> {
    let named = ["NameID", "Issuer", "Audience", "AttributeValue"];
    for name in named {
        for node in tree.all(ASSERTION, name) {
            match tree.plain_text(node) {
                Err(NotPlain::Divided) => {
                    return Err(Finding::error("response-value-divided").with("element", name));
                }
                Err(NotPlain::Elements) if name != "AttributeValue" => {
                    return Err(Finding::error("response-value-divided").with("element", name));
                }
                _ => {}
            }
        }
    }
    Ok(())
}
