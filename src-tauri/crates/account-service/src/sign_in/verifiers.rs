//! Who says that a signature is good: two libraries that share no code. Only what both accept counts.

use certs::Certificate;
use saml_response::{Bergshamra, Verdict, Verifier};
use uppsala::{Document, NodeId};
use xml_sec::XmlSecurity;
use xml_sec::api::Operation;
use xml_sec::policy::{PolicyCompileContext, PolicyCompiler, PolicyProfile};
use xml_sec::provider::RustCryptoProvider;
use xml_sec::xmldsig::{SignatureAlgorithm, SignatureRequirement, VerificationKey, VerificationRequest};

const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";

/// What the guard allows, by URI (RFC 9231, 2.3).
const ALGORITHMS: &[(&str, SignatureAlgorithm)] = &[
    ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", SignatureAlgorithm::RsaSha256),
    ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", SignatureAlgorithm::RsaSha384),
    ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", SignatureAlgorithm::RsaSha512),
    ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", SignatureAlgorithm::EcdsaSha256),
    ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", SignatureAlgorithm::EcdsaSha384),
    ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512", SignatureAlgorithm::EcdsaSha512),
    ("http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", SignatureAlgorithm::RsaPssSha256),
    ("http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1", SignatureAlgorithm::RsaPssSha384),
    ("http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1", SignatureAlgorithm::RsaPssSha512),
];

/// Accepts what both libraries accept.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct BothAgree;

/// XML signatures by the library `xml-sec`, under its profile for SAML; the key comes from the caller.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct XmlSec;

impl Verifier for BothAgree {
    fn verify(
        &self,
        document: &Document<'_>,
        xml: &str,
        signature: NodeId,
        over: NodeId,
        certificate: &Certificate,
    ) -> Verdict {
        let first = Bergshamra.verify(document, xml, signature, over, certificate);
        let second = XmlSec.verify(document, xml, signature, over, certificate);
        if first != second {
            tracing::warn!(?first, ?second, "the two verifiers disagree about a signature; it is refused");
        }
        if first == Verdict::Good && second == Verdict::Good { Verdict::Good } else { Verdict::Bad }
    }
}

impl Verifier for XmlSec {
    fn verify(
        &self,
        document: &Document<'_>,
        xml: &str,
        signature: NodeId,
        over: NodeId,
        certificate: &Certificate,
    ) -> Verdict {
        let covered = id_of(document, over).zip(algorithm_of(document, signature));
        let is_good = covered.and_then(|(id, algorithm)| authenticates(xml, id, algorithm, certificate));
        if is_good == Some(true) { Verdict::Good } else { Verdict::Bad }
    }
}

/// Whether the element of that ID, and it alone, is authenticated by the key. `None` when the library refuses to say.
fn authenticates(
    xml: &str,
    id: &str,
    algorithm: SignatureAlgorithm,
    certificate: &Certificate,
) -> Option<bool> {
    let provider = RustCryptoProvider;
    let context = PolicyCompileContext { external_resources: false, target_evidence: true };
    let compiler = PolicyCompiler::new(PolicyProfile::SecureSaml, &provider, None).ok()?;
    let policies = compiler.compile(&context).ok()?;
    let security = XmlSecurity::new(&policies, &provider).ok()?;
    let document = security.parse_document(xml.to_owned(), Operation::Verify).ok()?;
    let target = document.with_view(|view| view.node_for_id(id, &[]))?;
    let key = VerificationKey {
        algorithm,
        public_key_bytes: certificate.public_key_der()?,
        certificate_der: None,
        name: None,
    };
    let request = VerificationRequest {
        expected_targets: &[target],
        // Once an assertion was decrypted, a signature over the response around it fits no more; it was checked before.
        signatures: SignatureRequirement::AtLeast(1),
        ..Default::default()
    };
    let evidence = security.verifier().ok()?.key(&key).verify(&document, &request).ok()?;
    evidence.accepted(&document).ok()
}

fn id_of<'d>(document: &'d Document<'_>, node: NodeId) -> Option<&'d str> {
    let attributes = &document.element(node)?.attributes;
    let id = attributes.iter().find(|one| one.name.namespace_uri.is_none() && one.name.local_name == "ID")?;
    Some(&id.value)
}

/// The algorithm that a signature names. The guard has held it against the list of allowed ones.
fn algorithm_of(document: &Document<'_>, signature: NodeId) -> Option<SignatureAlgorithm> {
    let child = |parent: NodeId, name: &str| {
        document
            .children_iter(parent)
            .find(|node| document.element(*node).is_some_and(|one| one.matches_name_ns(DSIG, name)))
    };
    let method = child(child(signature, "SignedInfo")?, "SignatureMethod")?;
    let attributes = &document.element(method)?.attributes;
    let uri = attributes.iter().find(|one| one.name.local_name == "Algorithm")?;
    let known = ALGORITHMS.iter().find(|(known, _)| *known == uri.value);
    known.map(|(_, algorithm)| *algorithm)
}
