use crate::shape::Root;
use bergshamra::keys::loader::load_x509_cert_der;
use bergshamra::{DsigContext, KeysManager, VerifyResult, dsig};
use certs::Certificate;
use signature_profile::is_strong;
use uppsala::Document;

/// The first of the certificates with whose key the root's signature is good, covering the root element.
pub(crate) fn signer<'c>(
    document: &Document<'_>,
    xml: &str,
    root: &Root,
    certificates: &'c [Certificate],
) -> Option<&'c Certificate> {
    certificates
        .iter()
        .filter(|one| is_strong(one))
        .find(|one| is_good(document, xml, root, one).unwrap_or_default())
}

/// Keys come from the caller only; the guard has seen to it that the root's signature is the first, and names nothing
/// but the root.
fn is_good(document: &Document<'_>, xml: &str, root: &Root, certificate: &Certificate) -> Option<bool> {
    let mut keys = KeysManager::new();
    keys.add_key(load_x509_cert_der(&certificate.der()).ok()?);
    let context = DsigContext::new(keys);
    let result = dsig::verify::verify_document_with_source(&context, document, Some(xml)).ok()?;
    let VerifyResult::Valid { signature_node, references, .. } = result else { return None };
    let [reference] = &references[..] else { return None };
    let covers_root = reference.digest_verified && reference.resolved_node == Some(root.element);
    Some(covers_root && signature_node == root.signature)
}
