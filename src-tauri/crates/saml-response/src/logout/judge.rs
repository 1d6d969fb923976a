use super::intake::malformed;
use super::{ExpectedLogout, LogoutAnswer, LogoutMessage, LogoutRequest, SentLogout, SentSignature};
use crate::guard::{self, SUCCESS, Signature};
use crate::signature::{Verifier, signer, verifies_bytes};
use crate::times::{Bound, SKEW, hold};
use crate::tree::{ASSERTION, PROTOCOL, Tree};
use signature_profile::{SIGNATURE_METHODS, is_strong};
use time::Duration;
use uppsala::{Document, NodeId};
use vocabulary::{Finding, Timestamp};

/// So long a message is good that does not say so itself.
const AGE: Duration = Duration::minutes(5);

/// Says what a message wants, when the identity provider signed it for this service and it is not too old. Whether it
/// was used before is known to the caller.
///
/// # Errors
/// A finding that says why it is not believed: `logout-malformed`, `logout-not-signed`, `logout-algorithm`,
/// `logout-signature`, `logout-issuer`, `logout-destination`, `logout-expired`, `logout-not-yet-valid`,
/// `logout-name-id`.
pub fn examine_logout(
    sent: &SentLogout,
    expected: &ExpectedLogout,
    verifier: &dyn Verifier,
    now: Timestamp,
) -> Result<LogoutMessage, Finding> {
    let document = guard::parse(&sent.xml).map_err(|finding| odd(&finding))?;
    let tree = Tree(&document);
    let root = tree.root().ok_or_else(|| malformed("root"))?;
    let is_request = tree.is(root, PROTOCOL, "LogoutRequest");
    if !is_request && !tree.is(root, PROTOCOL, "LogoutResponse") {
        return Err(malformed("root"));
    }
    if tree.attribute(root, "Version") != Some("2.0") {
        return Err(malformed("version"));
    }
    let signatures = guard::message(tree, root).map_err(|finding| odd(&finding))?;
    signed(sent, &document, &signatures, expected, verifier)?;
    address(tree, root, expected)?;
    let until = in_time(tree, root, now)?;
    let id = tree.attribute(root, "ID").filter(|id| !id.is_empty()).ok_or_else(|| malformed("id"))?;
    if is_request {
        request(tree, root, id.to_owned(), until).map(LogoutMessage::Request)
    } else {
        answer(tree, root).map(LogoutMessage::Answer)
    }
}

/// What the guard found in the words of this kind of message.
fn odd(finding: &Finding) -> Finding {
    match &*finding.code {
        "response-algorithm" | "response-algorithm-weak" => {
            Finding { code: "logout-algorithm".into(), ..finding.clone() }
        }
        code => malformed(code),
    }
}

fn signed(
    sent: &SentLogout,
    document: &Document<'_>,
    signatures: &[Signature],
    expected: &ExpectedLogout,
    verifier: &dyn Verifier,
) -> Result<(), Finding> {
    let unsigned = || Finding::error("logout-not-signed");
    let is_good = match (&sent.signature, signatures) {
        (SentSignature::Inside, [one]) => {
            signer(verifier, document, &sent.xml, *one, &expected.certificates).is_some()
        }
        (SentSignature::Inside | SentSignature::Missing, []) => return Err(unsigned()),
        (SentSignature::Beside { signed, algorithm, value }, []) => {
            if !SIGNATURE_METHODS.contains(&algorithm.as_str()) {
                let name = algorithm.rsplit(['#', '/']).next().unwrap_or_default();
                return Err(Finding::error("logout-algorithm").with("algorithm", name));
            }
            let strong = expected.certificates.iter().filter(|one| is_strong(one));
            strong.into_iter().any(|one| verifies_bytes(algorithm, one, signed.as_bytes(), value))
        }
        // In a query the signature must not stand inside (SAML Bindings 3.4.4.1).
        _ => return Err(malformed("signature")),
    };
    if is_good { Ok(()) } else { Err(Finding::error("logout-signature")) }
}

/// From whom and for whom it is (SAML Bindings 3.4.5.2: what is signed has to name its destination).
fn address(tree: Tree<'_, '_>, root: NodeId, expected: &ExpectedLogout) -> Result<(), Finding> {
    let issuer = tree.child(root, ASSERTION, "Issuer").and_then(|node| tree.plain_text(node).ok());
    differs("logout-issuer", &expected.idp_entity_id, issuer.as_deref())?;
    differs("logout-destination", &expected.address, tree.attribute(root, "Destination"))
}

fn differs(code: &'static str, expected: &str, received: Option<&str>) -> Result<(), Finding> {
    if received == Some(expected) {
        return Ok(());
    }
    Err(Finding::error(code).seen("expected", expected).seen("received", received.unwrap_or_default()))
}

/// Until when the message is good; an error when that is over, or begins later.
fn in_time(tree: Tree<'_, '_>, root: NodeId, now: Timestamp) -> Result<Timestamp, Finding> {
    let issued = tree.attribute(root, "IssueInstant").unwrap_or_default();
    let made = Timestamp::parse(issued).ok_or_else(|| malformed("time"))?;
    if hold(Bound::From, issued, now).is_err() {
        return Err(timely("logout-not-yet-valid", now, issued));
    }
    let until = match tree.attribute(root, "NotOnOrAfter") {
        Some(text) => Timestamp::parse(text).ok_or_else(|| malformed("time"))?,
        None => made.plus(AGE),
    };
    if now.since(until) >= SKEW {
        return Err(timely("logout-expired", now, issued));
    }
    Ok(until)
}

fn timely(code: &'static str, now: Timestamp, issued: &str) -> Finding {
    Finding::error(code).seen("now", now.to_string()).seen("IssueInstant", issued)
}

fn request(tree: Tree<'_, '_>, root: NodeId, id: String, until: Timestamp) -> Result<LogoutRequest, Finding> {
    let unnamed = || Finding::error("logout-name-id");
    let others = ["BaseID", "EncryptedID"].iter().any(|name| tree.child(root, ASSERTION, name).is_some());
    let names = tree.children(root, ASSERTION, "NameID");
    let ([name], false) = (&names[..], others) else { return Err(unnamed()) };
    let name_id = tree.plain_text(*name).ok().filter(|text| !text.is_empty()).ok_or_else(unnamed)?;
    let indexes = tree.children(root, PROTOCOL, "SessionIndex").into_iter();
    let indexes = indexes.map(|node| tree.plain_text(node).map_err(|_| malformed("session-index")));
    Ok(LogoutRequest { id, until, name_id, session_indexes: indexes.collect::<Result<_, _>>()? })
}

fn answer(tree: Tree<'_, '_>, root: NodeId) -> Result<LogoutAnswer, Finding> {
    let in_response_to = tree.attribute(root, "InResponseTo").unwrap_or_default().to_owned();
    let code = tree.child(root, PROTOCOL, "Status").and_then(|one| tree.child(one, PROTOCOL, "StatusCode"));
    let value = |code: Option<NodeId>| code.and_then(|code| tree.attribute(code, "Value"));
    let further = code.and_then(|code| tree.child(code, PROTOCOL, "StatusCode"));
    // Success with PartialLogout below it: somewhere the user is still signed in (SAML Core 3.7.3).
    Ok(LogoutAnswer { in_response_to, everywhere: value(code) == Some(SUCCESS) && further.is_none() })
}
