//! Metadata signed by xmlsec1, which is not ours.

use crate::certificates::TestCertificate;
use crate::metadata::entra_unsigned;
use crate::responses::{template, xmlsec1_signs};
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256};

const MD: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
const MORE: &str = "http://www.w3.org/2001/04/xmldsig-more#";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";

/// Federation Metadata XML of Microsoft Entra ID as the product has it: signed with the first certificate.
///
/// # Panics
/// As [`signed`].
pub fn entra_signed(tenant: &str, certificates: &[&TestCertificate]) -> String {
    signed(&entra_unsigned(tenant, certificates), certificates[0])
}

/// The document with a signature of its root element in front of everything in it.
///
/// # Panics
/// When xmlsec1 is missing or refuses.
pub fn signed(xml: &str, by: &TestCertificate) -> String {
    let key = KeyPair::from_pem(&by.key_pem).expect("the key can be read");
    let name = if key.is_compatible(&PKCS_ECDSA_P256_SHA256) { "ecdsa-sha256" } else { "rsa-sha256" };
    signed_by(xml, &format!("{MORE}{name}"), by)
}

/// The same by any signature method.
///
/// # Panics
/// When xmlsec1 is missing or refuses.
pub fn signed_by(xml: &str, method: &str, by: &TestCertificate) -> String {
    let several = xml.find("EntitiesDescriptor").map(|start| (start, "EntitiesDescriptor"));
    let one = || xml.find("EntityDescriptor").map(|start| (start, "EntityDescriptor"));
    let (start, element) = several.or_else(one).expect("the document is metadata");
    let end = start + xml[start..].find('>').expect("the root is opened");
    let (root, rest) = (&xml[..end], &xml[end + 1..]);
    let id = root.split_once(" ID=\"").and_then(|(_, rest)| rest.split('"').next());
    let attribute = if id.is_some() { "" } else { " ID=\"_root\"" };
    let template = template(id.unwrap_or("_root"), method, SHA256);
    xmlsec1_signs(&format!("{root}{attribute}>{template}{rest}"), element, MD, by)
}
