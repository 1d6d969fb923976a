/// What a DER structure is, judged by its first elements only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// PKCS#8, encrypted PKCS#8, PKCS#1, SEC 1 or DSA private key.
    PrivateKey,
    /// PKCS#12 / PFX (RFC 7292), which is made to carry private keys.
    Pkcs12,
    /// PKCS#7 / CMS ContentInfo (RFC 5652).
    Pkcs7,
    /// SubjectPublicKeyInfo or a PKCS#1 public key.
    PublicKey,
    /// Anything else; may be a certificate.
    Other,
}

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const OBJECT_IDENTIFIER: u8 = 0x06;
const BIT_STRING: u8 = 0x03;
/// 1.2.840.113549.1.7
const PKCS7: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07];
/// 1.2.840.113549.1.5 (password-based encryption)
const PKCS5: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05];
/// 1.2.840.113549.1.12 (password-based encryption of PKCS#12)
const PKCS12: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x0C];

/// One tag, its content as far as it is there, and what follows.
struct Element<'a> {
    tag: u8,
    declared: usize,
    content: &'a [u8],
    rest: &'a [u8],
}

/// Reads one element; content that is cut off is given as far as it goes.
fn element(bytes: &[u8]) -> Option<Element<'_>> {
    let (&tag, after) = bytes.split_first()?;
    let (&first, after) = after.split_first()?;
    let (declared, after) = match first {
        0..=0x7F => (usize::from(first), after),
        // Indefinite length (BER): as long as there is something.
        0x80 => (after.len(), after),
        0x81..=0x84 => {
            let (length, after) = after.split_at_checked(usize::from(first & 0x7F))?;
            (length.iter().fold(0, |sum, byte| (sum << 8) | usize::from(*byte)), after)
        }
        _ => return None,
    };
    let (content, rest) = after.split_at(declared.min(after.len()));
    Some(Element { tag, declared, content, rest })
}

/// What the structure is. A private key is recognized even when its end is missing.
pub(crate) fn kind(bytes: &[u8]) -> Kind {
    let Some(outer) = element(bytes).filter(|outer| outer.tag == SEQUENCE) else { return Kind::Other };
    let Some(first) = element(outer.content) else { return Kind::Other };
    match first.tag {
        INTEGER if first.content == [3] => Kind::Pkcs12,
        INTEGER if first.content.len() == 1 => Kind::PrivateKey,
        INTEGER => Kind::PublicKey,
        OBJECT_IDENTIFIER if first.content.starts_with(PKCS7) => Kind::Pkcs7,
        SEQUENCE => kind_by_algorithm(&first),
        _ => Kind::Other,
    }
}

fn kind_by_algorithm(first: &Element<'_>) -> Kind {
    let Some(oid) = element(first.content).filter(|oid| oid.tag == OBJECT_IDENTIFIER) else {
        return Kind::Other;
    };
    if oid.content.starts_with(PKCS5) || oid.content.starts_with(PKCS12) {
        return Kind::PrivateKey;
    }
    match element(first.rest) {
        Some(next) if next.tag == BIT_STRING => Kind::PublicKey,
        _ => Kind::Other,
    }
}

/// Whether the bytes are DER and not text: a SEQUENCE whose length fits, or cannot be the second byte of a text.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    let Some(outer) = element(bytes).filter(|outer| outer.tag == SEQUENCE) else { return false };
    bytes[1] >= 0x80
        || (outer.declared == outer.content.len() && outer.rest.iter().all(u8::is_ascii_whitespace))
}

/// Whether the bytes begin as every structure does that is told apart here.
pub(crate) fn is_sequence(bytes: &[u8]) -> bool {
    bytes.first() == Some(&SEQUENCE)
}

/// Whether the structure says it is longer than what is there.
pub(crate) fn is_cut(bytes: &[u8]) -> bool {
    is_sequence(bytes) && element(bytes).is_none_or(|outer| outer.declared > outer.content.len())
}
