use crate::shape::{self, Root};
use crate::verify::signer;
use certs::Certificate;
use saml::{Inspection, Signature};
use uppsala::{Document, Parser};
use vocabulary::Finding;

/// The streaming reader has the same limit.
const MAX_DEPTH: u32 = 64;

/// What is to be said of a document's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The state, in one word.
    pub state: Signature,
    /// Whose key it was made with, where it is good.
    pub signed_by: Option<Certificate>,
    /// What is to be said about it.
    pub findings: Vec<Finding>,
}

impl Check {
    const fn new(state: Signature) -> Self {
        Self { state, signed_by: None, findings: Vec::new() }
    }

    fn saying(mut self, finding: Finding) -> Self {
        self.findings.push(finding);
        self
    }

    fn by(mut self, certificate: &Certificate) -> Self {
        self.signed_by = Some(certificate.clone());
        self
    }
}

/// Checks the signature of the root element of a metadata document, given as text.
///
/// With certificates that somebody vouches for, only a signature with one of their keys is good. Without, the keys that
/// the document brings are tried, and a good signature stays unconfirmed.
pub fn check(xml: &str, trusted: &[Certificate]) -> Check {
    let parser = Parser::new().with_max_depth(MAX_DEPTH).with_forbid_dtd(true).with_forbid_entities(true);
    let Ok(document) = parser.parse(xml) else {
        let finding = Finding::warning("metadata-signature-unusual").with("reason", "unreadable");
        return Check::new(Signature::NotCheckable).saying(finding);
    };
    match shape::guard(&document) {
        Ok(Some(root)) => judge(&document, xml, &root, trusted),
        Ok(None) => unsigned(trusted),
        Err(mut finding) => {
            if !trusted.is_empty() {
                finding.severity = vocabulary::Severity::Error;
            }
            Check::new(Signature::NotCheckable).saying(finding)
        }
    }
}

fn unsigned(trusted: &[Certificate]) -> Check {
    let check = Check::new(Signature::Absent);
    if trusted.is_empty() { check } else { check.saying(Finding::error("metadata-signature-missing")) }
}

fn judge(document: &Document<'_>, xml: &str, root: &Root, trusted: &[Certificate]) -> Check {
    if let Some(by) = signer(document, xml, root, trusted) {
        return Check::new(Signature::Confirmed).by(by);
    }
    let shown = shown_certificates(document, root);
    match (signer(document, xml, root, &shown), trusted.is_empty()) {
        (Some(by), true) => Check::new(Signature::Unconfirmed).by(by).saying(unconfirmed(by)),
        (Some(by), false) => Check::new(Signature::OtherKey).by(by).saying(named(
            "metadata-signature-other-key",
            by,
            Finding::error,
        )),
        (None, true) if shown.is_empty() => {
            Check::new(Signature::NotCheckable).saying(Finding::warning("metadata-signature-no-key"))
        }
        (None, _) => Check::new(Signature::Broken).saying(Finding::error("metadata-signature-broken")),
    }
}

/// That a document was not changed since it was signed, with a key nobody vouches for.
pub fn unconfirmed(by: &Certificate) -> Finding {
    named("metadata-signature-unconfirmed", by, Finding::info)
}

fn named(code: &'static str, by: &Certificate, severity: fn(&'static str) -> Finding) -> Finding {
    severity(code).with("sha256", &by.sha256).seen("Subject", &by.subject).seen("SHA-1", &by.sha1)
}

/// The certificates that the signature brings along. They are whoever's; only their keys are tried.
fn shown_certificates(document: &Document<'_>, root: &Root) -> Vec<Certificate> {
    const MOST: usize = 10;
    let infos = shape::children(document, root.signature, "KeyInfo");
    let data = infos.flat_map(|info| shape::children(document, info, "X509Data"));
    let texts = data.flat_map(|data| shape::children(document, data, "X509Certificate"));
    let texts = texts.map(|node| shape::text(document, node)).take(MOST);
    texts.flat_map(|text| certs::read(text.as_bytes()).certificates).take(MOST).collect()
}

/// Puts the state of the signature into what was read from the same text.
pub fn attach(inspection: &mut Inspection, check: Check) {
    inspection.signature = check.state;
    inspection.signed_by = check.signed_by;
    inspection.findings.extend(check.findings);
}
