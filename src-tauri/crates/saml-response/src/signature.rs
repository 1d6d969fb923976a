use crate::guard::Signature;
use bergshamra::crypto::sign::{from_uri, key_algorithm_matches_signature_uri};
use bergshamra::keys::loader::load_x509_cert_der;
use bergshamra::{DsigContext, KeysManager, VerifyResult, dsig};
use certs::Certificate;
use signature_profile::is_strong;
use uppsala::{Document, NodeId};

/// Whether one signature is good, with one certificate's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is, and it covers the element that it stands in.
    Good,
    /// It is not.
    Bad,
}

/// Says whether the signature `signature` of a guarded document covers `over` and was made with a certificate's key.
///
/// A verdict alone is never enough: the guard has to have looked at the document first.
pub trait Verifier {
    /// The verdict on one signature with one key. Nothing that the document names is looked up, in it or elsewhere.
    fn verify(
        &self,
        document: &Document<'_>,
        xml: &str,
        signature: NodeId,
        over: NodeId,
        certificate: &Certificate,
    ) -> Verdict;
}

/// XML signatures by the library `bergshamra`, keys from the caller only.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bergshamra;

impl Verifier for Bergshamra {
    fn verify(
        &self,
        document: &Document<'_>,
        xml: &str,
        signature: NodeId,
        over: NodeId,
        certificate: &Certificate,
    ) -> Verdict {
        let Ok(key) = load_x509_cert_der(&certificate.der()) else { return Verdict::Bad };
        let mut keys = KeysManager::new();
        keys.add_key(key);
        let context = DsigContext::new(keys);
        let Ok(results) = dsig::verify::verify_all_document_with_source(&context, document, Some(xml)) else {
            return Verdict::Bad;
        };
        let is_good = results.iter().any(|result| covers(result, signature, over));
        if is_good { Verdict::Good } else { Verdict::Bad }
    }
}

fn covers(result: &VerifyResult, signature: NodeId, over: NodeId) -> bool {
    let VerifyResult::Valid { signature_node, references, .. } = result else { return false };
    let [reference] = &references[..] else { return false };
    *signature_node == signature && reference.digest_verified && reference.resolved_node == Some(over)
}

/// Whether `value` is the signature of the bytes with the certificate's key, as it stands beside a message in a query
/// (SAML Bindings 3.4.4.1). The algorithm has to be one that the profile allows.
pub(crate) fn verifies_bytes(algorithm: &str, certificate: &Certificate, bytes: &[u8], value: &[u8]) -> bool {
    let key = load_x509_cert_der(&certificate.der()).ok().and_then(|key| key.to_signing_key().ok().flatten());
    let Some(key) = key else { return false };
    key_algorithm_matches_signature_uri(algorithm, key.algorithm())
        && from_uri(algorithm).and_then(|method| method.verify(&key, bytes, value)).unwrap_or(false)
}

/// The first of the certificates with whose key the signature is good.
pub(crate) fn signer<'c>(
    verifier: &dyn Verifier,
    document: &Document<'_>,
    xml: &str,
    signature: Signature,
    certificates: &'c [Certificate],
) -> Option<&'c Certificate> {
    certificates.iter().filter(|one| is_strong(one)).find(|certificate| {
        verifier.verify(document, xml, signature.node, signature.over, certificate) == Verdict::Good
    })
}
