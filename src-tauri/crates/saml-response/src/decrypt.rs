//! Encrypted assertions (SAML Core 2.3.4), with the algorithms that identity providers really use.

use crate::tree::{Tree, XENC};
use bergshamra::keys::loader::load_pem_auto;
use bergshamra::{EncContext, KeysManager};
use uppsala::NodeId;
use vocabulary::{Finding, Secret};

const GCM: &[&str] = &[
    "http://www.w3.org/2009/xmlenc11#aes128-gcm",
    "http://www.w3.org/2009/xmlenc11#aes192-gcm",
    "http://www.w3.org/2009/xmlenc11#aes256-gcm",
];
const CBC: &[&str] = &[
    "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
    "http://www.w3.org/2001/04/xmlenc#aes192-cbc",
    "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
];
const KEY_TRANSPORT: &[&str] =
    &["http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p", "http://www.w3.org/2009/xmlenc11#rsa-oaep"];

/// The response with its assertion in the open, and what there is to say about how it was encrypted.
pub(crate) struct Opened {
    pub(crate) xml: String,
    pub(crate) note: Option<Finding>,
}

/// Decrypts the assertion where it stands. Every failure of the decryption itself is the same finding.
pub(crate) fn open(
    tree: Tree<'_, '_>,
    xml: &str,
    envelope: NodeId,
    key: Option<&Secret>,
    takes_cbc: bool,
) -> Result<Opened, Finding> {
    let note = method(tree, envelope, takes_cbc)?;
    let key = key.ok_or_else(|| Finding::error("response-encrypted-no-key"))?;
    let key = load_pem_auto(key.expose().as_bytes(), None)
        .ok()
        .filter(bergshamra::Key::has_private_key)
        .ok_or_else(|| Finding::error("response-decryption-key"))?;
    let mut keys = KeysManager::new();
    keys.add_key(key);
    let context = EncContext::new(keys).with_disable_cipher_reference(true).with_max_pbkdf2_iterations(0);
    let xml = bergshamra::decrypt(&context, xml).map_err(|_| failed())?;
    Ok(Opened { xml, note })
}

/// Nothing more is said about why.
pub(crate) fn failed() -> Finding {
    Finding::error("response-decryption-failed")
}

fn method(tree: Tree<'_, '_>, envelope: NodeId, takes_cbc: bool) -> Result<Option<Finding>, Finding> {
    let data = tree.child(envelope, XENC, "EncryptedData");
    let of = |node: Option<NodeId>| {
        let method = node.and_then(|node| tree.child(node, XENC, "EncryptionMethod"));
        method.and_then(|method| tree.attribute(method, "Algorithm")).unwrap_or_default()
    };
    let refuse = |algorithm: &str| {
        let name = algorithm.rsplit(['#', '/']).next().unwrap_or_default();
        Err(Finding::error("response-encryption").with("algorithm", name).seen("Algorithm", algorithm))
    };
    for key in tree.all(XENC, "EncryptedKey") {
        let algorithm = of(Some(key));
        if !KEY_TRANSPORT.contains(&algorithm) {
            return refuse(algorithm);
        }
    }
    match of(data) {
        algorithm if GCM.contains(&algorithm) => Ok(None),
        algorithm if takes_cbc && CBC.contains(&algorithm) => {
            Ok(Some(Finding::info("response-encryption-cbc")))
        }
        algorithm => refuse(algorithm),
    }
}
