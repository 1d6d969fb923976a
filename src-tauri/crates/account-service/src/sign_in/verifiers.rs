//! Who says that a signature is good: two libraries that share no code. Only what both accept counts.

use super::native_key::NativeKey;
use certs::Certificate;
use saml_response::{Verdict, Verifier};
use signature_profile::DSIG;
use uppsala::{Document, NodeId};
use xml_sec::XmlSecurity;
use xml_sec::api::Operation;
use xml_sec::policy::{PolicyCompileContext, PolicyCompiler, PolicyProfile};
use xml_sec::provider::RustCryptoProvider;
use xml_sec::xmldsig::{SignatureAlgorithm, SignatureRequirement, VerificationKey, VerificationRequest};

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

/// Accepts what both accept.
#[derive(Debug, Clone, Copy)]
pub struct BothAgree<A, B>(pub A, pub B);

/// XML signatures by the library `xml-sec`, under its profile for SAML; the key comes from the caller.
#[derive(Debug, Clone, Copy, Default)]
pub struct XmlSec;

impl<A: Verifier, B: Verifier> Verifier for BothAgree<A, B> {
    fn verify(
        &self,
        document: &Document<'_>,
        xml: &str,
        signature: NodeId,
        over: NodeId,
        certificate: &Certificate,
    ) -> Verdict {
        let first = self.0.verify(document, xml, signature, over, certificate);
        let second = self.1.verify(document, xml, signature, over, certificate);
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
    let key = NativeKey(VerificationKey {
        algorithm,
        public_key_bytes: certificate.public_key_der()?,
        certificate_der: None,
        name: None,
    });
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

#[cfg(test)]
mod tests {
    use super::*;
    use saml_response::{Bergshamra, Examination, examine};
    use test_support::TestCertificate;
    use test_support::expected::expected;
    use test_support::hostile::documents;
    use test_support::responses::{Signing, TestResponse};
    use vocabulary::Timestamp;

    /// Says the same of every signature.
    struct Says(Verdict);

    impl Verifier for Says {
        fn verify(&self, _: &Document<'_>, _: &str, _: NodeId, _: NodeId, _: &Certificate) -> Verdict {
            self.0
        }
    }

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-22T12:00:00Z").unwrap()
    }

    fn years(n: i64) -> Timestamp {
        now().plus(time::Duration::days(365 * n))
    }

    fn rsa() -> TestCertificate {
        test_support::certificate("signer", years(-1), years(2))
    }

    fn examined(xml: &str, by: &TestCertificate, verifier: &dyn Verifier) -> Examination {
        let expected = expected(by);
        examine(xml, &expected, verifier, now())
    }

    #[test]
    fn the_second_one_knows_every_method_that_the_guard_lets_through() {
        let known: Vec<&str> = ALGORITHMS.iter().map(|(uri, _)| *uri).collect();
        assert_eq!(known, signature_profile::SIGNATURE_METHODS);
    }

    #[test]
    fn one_that_says_no_is_enough() {
        use Verdict::{Bad, Good};
        let xml = TestResponse::new(now()).signed(Signing::Both, &rsa());
        for (first, second, accepted) in
            [(Good, Good, true), (Good, Bad, false), (Bad, Good, false), (Bad, Bad, false)]
        {
            let examination = examined(&xml, &rsa(), &BothAgree(Says(first), Says(second)));
            assert_eq!(examination.accepted, accepted);
        }
    }

    #[test]
    fn both_take_what_is_genuine_with_every_algorithm() {
        let (rsa, ec) = (rsa(), test_support::ec_certificate("signer", years(-1), years(2)));
        let more = "http://www.w3.org/2001/04/xmldsig-more#";
        let other = test_support::ec_certificate("other", years(-1), years(2));
        let methods =
            [("rsa-sha256", &rsa), ("rsa-sha384", &rsa), ("rsa-sha512", &rsa), ("ecdsa-sha256", &ec)];
        for (method, by) in methods {
            for signing in [Signing::Assertion, Signing::Response, Signing::Both] {
                let mut response = TestResponse::new(now());
                response.signature_method = format!("{more}{method}");
                let xml = response.signed(signing, by);
                let both = BothAgree(Bergshamra, XmlSec);
                assert!(examined(&xml, by, &XmlSec).accepted, "{method} {signing:?}");
                assert!(examined(&xml, by, &both).accepted, "{method} {signing:?}");
                assert!(!examined(&xml, &other, &XmlSec).accepted, "{method} {signing:?}");
            }
        }
    }

    #[test]
    fn the_second_one_refuses_another_rsa_key_and_a_value_that_was_altered() {
        let other = test_support::rsa_certificate("other", years(-1), years(2));
        for bits in ["256", "384", "512"] {
            let mut response = TestResponse::new(now());
            response.signature_method = format!("http://www.w3.org/2001/04/xmldsig-more#rsa-sha{bits}");
            let xml = response.signed(Signing::Assertion, &rsa());
            assert!(examined(&xml, &rsa(), &XmlSec).accepted, "{bits}");
            assert!(!examined(&xml, &other, &XmlSec).accepted, "{bits}");
            let start = xml.find("SignatureValue>").unwrap() + "SignatureValue>".len();
            let at = start + 40;
            let altered = if &xml[at..=at] == "A" { "B" } else { "A" };
            let xml = format!("{}{altered}{}", &xml[..at], &xml[at + 1..]);
            assert!(!examined(&xml, &rsa(), &XmlSec).accepted, "{bits}");
        }
    }

    #[test]
    fn no_hostile_document_passes_the_second_one_alone() {
        for one in documents(&TestResponse::new(now()), &rsa()) {
            let examination = examined(&one.xml, &rsa(), &XmlSec);
            let codes: Vec<_> = examination.findings.iter().map(|finding| finding.code.as_ref()).collect();
            assert_eq!((codes, examination.subject), (vec![one.code], None), "{}", one.name);
        }
    }
}
