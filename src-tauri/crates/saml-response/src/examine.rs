use crate::examination::{AssertionUse, Examination, Matter, Subject};
use crate::expected::Expected;
use crate::guard::{self, Guarded, Place};
use crate::signature::{Verifier, signer};
use crate::tree::Tree;
use crate::{claims, decrypt, judge, said};
use certs::Certificate;
use signature_profile::DSIG;
use uppsala::{Document, NodeId};
use vocabulary::{Finding, Severity, Timestamp};

/// Whether the text is a response of SAML 2.0 at all, good or not.
pub fn is_response(xml: &str) -> bool {
    guard::parse(xml).is_ok_and(|document| guard::root(Tree(&document)).is_ok())
}

/// Says everything about one response: `xml` beside what is expected, at the time `now`.
///
/// The order is the one of SAML Profiles 4.1.4.3, and an identity comes out only when the guard let the document
/// through and `verifier` found a signature good that covers the assertion.
pub fn examine(xml: &str, expected: &Expected, verifier: &dyn Verifier, now: Timestamp) -> Examination {
    let mut examination = Examination::empty();
    if let Err(finding) = look(&mut examination, xml, expected, verifier, now) {
        return examination.refused(finding);
    }
    examination.accepted = !examination.findings.iter().any(|finding| finding.severity == Severity::Error);
    examination
}

fn look(
    examination: &mut Examination,
    xml: &str,
    expected: &Expected,
    verifier: &dyn Verifier,
    now: Timestamp,
) -> Result<(), Finding> {
    let document = guard::parse(xml)?;
    let tree = Tree(&document);
    let response = guard::root(tree)?;
    let envelope = said::envelope(tree, response);
    examination.issuer.clone_from(&envelope.issuer);
    examination.issued = envelope.issue_instant.as_deref().and_then(Timestamp::parse);
    guard::status(tree, response)?;
    let guarded = guard::guard(tree, response)?;
    if expected.certificates.is_empty() {
        return Err(Finding::error("response-no-keys"));
    }
    let whole = Signed { document: &document, xml, verifier, certificates: &expected.certificates };
    match guarded.place {
        Place::Plain(assertion) => {
            let by = whole.proof(&guarded, assertion)?;
            conclude(examination, tree, &envelope, assertion, by, expected, now);
        }
        Place::Encrypted(envelope_node) => {
            examination.encrypted = true;
            let by_response = whole.over(&guarded, response)?;
            let key = expected.decryption_key.as_ref();
            let opened = decrypt::open(tree, xml, envelope_node, key, expected.cbc_encryption)?;
            // An encryption that anybody may alter, without a signature around it: whoever alters it must not learn from
            // the answer what came out.
            let tells_nothing = opened.note.is_some() && by_response.is_none();
            let veiled = |finding| if tells_nothing { decrypt::failed() } else { finding };
            examination.findings.extend(opened.note);
            let inner = guard::parse(&opened.xml).map_err(veiled)?;
            let inner_tree = Tree(&inner);
            let root = guard::root(inner_tree).map_err(veiled)?;
            let guarded = guard::guard_decrypted(inner_tree, root).map_err(veiled)?;
            let Place::Plain(assertion) = guarded.place else { return Err(veiled(unsigned())) };
            let inside =
                Signed { document: &inner, xml: &opened.xml, verifier, certificates: &expected.certificates };
            let by_assertion = inside.over(&guarded, assertion).map_err(veiled)?;
            let by = by_response.or(by_assertion).ok_or_else(|| veiled(unsigned()))?;
            conclude(examination, inner_tree, &envelope, assertion, by, expected, now);
        }
    }
    Ok(())
}

fn unsigned() -> Finding {
    Finding::error("response-not-signed")
}

/// A guarded document and what its signatures may be made with.
struct Signed<'d, 'x> {
    document: &'d Document<'x>,
    xml: &'d str,
    verifier: &'d dyn Verifier,
    certificates: &'d [Certificate],
}

impl<'d> Signed<'d, '_> {
    /// Who signed an assertion, itself or with the response around it. Every signature that is there has to be good.
    fn proof(&self, guarded: &Guarded, assertion: NodeId) -> Result<&'d Certificate, Finding> {
        let by_response = self.over(guarded, guarded.response)?;
        let by_assertion = self.over(guarded, assertion)?;
        by_response.or(by_assertion).ok_or_else(unsigned)
    }

    /// Who signed this element, when anybody did.
    fn over(&self, guarded: &Guarded, node: NodeId) -> Result<Option<&'d Certificate>, Finding> {
        let Some(signature) = guarded.signatures.iter().find(|one| one.over == node) else { return Ok(None) };
        let by = signer(self.verifier, self.document, self.xml, *signature, self.certificates);
        by.map(Some).ok_or_else(|| self.why_not(signature.node))
    }

    /// The certificate that a signature names decides nothing, but tells another key from altered content.
    fn why_not(&self, signature: NodeId) -> Finding {
        let named = self.named_certificate(signature);
        match named {
            Some(named) if !self.certificates.iter().any(|one| one.sha256 == named.sha256) => {
                let known = self.certificates.iter().map(|one| one.sha256.clone()).collect::<Vec<_>>();
                Finding::error("response-other-certificate")
                    .with("subject", &named.subject)
                    .seen("received", named.sha256)
                    .seen("expected", known.join(", "))
            }
            _ => Finding::error("response-signature-wrong"),
        }
    }

    fn named_certificate(&self, signature: NodeId) -> Option<Certificate> {
        let tree = Tree(self.document);
        let info = tree.child(signature, DSIG, "KeyInfo")?;
        let data = tree.child(info, DSIG, "X509Data")?;
        let text = tree.plain_text(tree.child(data, DSIG, "X509Certificate")?).ok()?;
        certs::read(text.as_bytes()).certificates.into_iter().next()
    }
}

/// The latest of its times is the one until which it has to be remembered.
fn use_of(tree: Tree<'_, '_>, assertion: NodeId, said: &said::Said) -> Option<AssertionUse> {
    let id = tree.attribute(assertion, "ID")?.to_owned();
    let bearers = said.bearers.iter().filter_map(|one| one.not_on_or_after.as_deref());
    let ends = bearers.chain(said.conditions.not_on_or_after.as_deref()).filter_map(Timestamp::parse);
    Some(AssertionUse { id, until: ends.max(), session_index: said.session_index.clone() })
}

/// From here on the assertion is proven to come from the identity provider.
fn conclude(
    examination: &mut Examination,
    tree: Tree<'_, '_>,
    envelope: &said::Envelope,
    assertion: NodeId,
    by: &Certificate,
    expected: &Expected,
    now: Timestamp,
) {
    let said = said::assertion(tree, assertion);
    examination.signed_by = Some(by.sha256.clone());
    let known = expected.certificates.iter().map(|one| one.sha256.clone()).collect();
    examination.compare(Matter::Certificate, known, vec![by.sha256.clone()], true);
    examination.issuer = said.issuer.clone().or_else(|| envelope.issuer.clone());
    examination.subject =
        said.name_id.clone().map(|name_id| Subject { name_id, format: said.name_id_format.clone() });
    examination.attributes.clone_from(&said.attributes);
    examination.assertion = use_of(tree, assertion, &said);
    judge::judge(examination, envelope, &said, expected, now);
    claims::judge(examination, &expected.claims);
    let dates = certs::judge(by, now).into_iter().filter(|finding| finding.code != "certificate-key-weak");
    examination.findings.extend(
        dates.map(|finding| Finding { severity: Severity::Warning.min(finding.severity), ..finding }),
    );
}
