//! What a signature of SAML may be made with (SAML Core 5.4, RFC 9231): one list for every guard in front of a verifier.

use certs::{Certificate, KeyKind, MINIMUM_RSA_BITS};

/// The namespace of XML Signature.
pub const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";

/// Takes the signature out of what is signed; the first transform, always.
pub const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/// Exclusive canonicalization without comments: the only one that is taken.
pub const EXC_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";

/// The signature methods that are taken.
pub const SIGNATURE_METHODS: &[&str] = &[
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512",
    "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
    "http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1",
    "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1",
];

/// The digest methods that are taken.
pub const DIGEST_METHODS: &[&str] = &[
    "http://www.w3.org/2001/04/xmlenc#sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512",
];

/// Attributes that some reader takes as an ID.
pub const ID_NAMES: &[&str] = &["ID", "Id", "id", "AssertionID"];

/// Whether the transforms of a reference are those that SAML provides for.
pub fn are_transforms(algorithms: &[&str]) -> bool {
    matches!(algorithms, [ENVELOPED] | [ENVELOPED, EXC_C14N])
}

/// Whether a certificate's key is long enough to be believed.
pub fn is_strong(certificate: &Certificate) -> bool {
    certificate.key_kind != KeyKind::Rsa || certificate.key_bits >= MINIMUM_RSA_BITS
}
