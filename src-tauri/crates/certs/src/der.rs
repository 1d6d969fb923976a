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
const SET: u8 = 0x31;
const CONTEXT_0: u8 = 0xA0;
/// What ends an element of indefinite length (ITU-T X.690, 8.1.5).
const END_MARK: [u8; 2] = [0, 0];
/// 1.2.840.113549.1.7.2
const SIGNED_DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
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
        // Indefinite length (BER): up to its end mark, or as long as there is something.
        0x80 => return Some(indefinite(tag, after)),
        0x81..=0x84 => {
            let (length, after) = after.split_at_checked(usize::from(first & 0x7F))?;
            (length.iter().fold(0, |sum, byte| (sum << 8) | usize::from(*byte)), after)
        }
        _ => return None,
    };
    let (content, rest) = after.split_at(declared.min(after.len()));
    Some(Element { tag, declared, content, rest })
}

/// Elements of indefinite length inside each other are followed no deeper than this.
const MAX_DEPTH: usize = 16;

fn indefinite(tag: u8, after: &[u8]) -> Element<'_> {
    let length = until_end_mark(after, MAX_DEPTH).unwrap_or(after.len());
    let (content, rest) = after.split_at(length);
    let rest = rest.strip_prefix(&END_MARK).unwrap_or(rest);
    Element { tag, declared: length, content, rest }
}

/// How many bytes lie before the end mark that belongs to the element whose content this is.
fn until_end_mark(content: &[u8], depth: usize) -> Option<usize> {
    let mut at = 0;
    loop {
        let here = content.get(at..)?;
        if here.starts_with(&END_MARK) {
            return Some(at);
        }
        at += whole_length(here, depth)?;
    }
}

/// How many bytes the first element takes, with its tag and its length.
fn whole_length(bytes: &[u8], depth: usize) -> Option<usize> {
    if bytes.get(1) == Some(&0x80) {
        let inner = until_end_mark(bytes.get(2..)?, depth.checked_sub(1)?)?;
        return Some(2 + inner + END_MARK.len());
    }
    let first = element(bytes).filter(|first| first.declared == first.content.len())?;
    Some(bytes.len() - first.rest.len())
}

/// The first element with its tag and its length, and what follows; `None` when it is cut off.
pub(crate) fn split_first(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    bytes.split_at_checked(whole_length(bytes, MAX_DEPTH)?)
}

/// The certificates of a PKCS #7 SignedData (RFC 2315, section 9.1; RFC 5652, section 5.1) in their order, each whole;
/// none when it is something else or carries none.
pub(crate) fn pkcs7_certificates(bytes: &[u8]) -> Vec<&[u8]> {
    signed_data_certificates(bytes).unwrap_or_default()
}

fn signed_data_certificates(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let outer = tagged(bytes, SEQUENCE)?;
    let kind = tagged(outer.content, OBJECT_IDENTIFIER).filter(|oid| oid.content == SIGNED_DATA)?;
    let explicit = tagged(kind.rest, CONTEXT_0)?;
    let signed = tagged(explicit.content, SEQUENCE)?;
    let version = tagged(signed.content, INTEGER)?;
    let digests = tagged(version.rest, SET)?;
    let content = tagged(digests.rest, SEQUENCE)?;
    let mut rest = tagged(content.rest, CONTEXT_0)?.content;
    let mut found = Vec::new();
    while let Some((first, after)) = split_first(rest) {
        // The others are attribute certificates and forms that nobody uses.
        if is_sequence(first) {
            found.push(first);
        }
        rest = after;
    }
    Some(found)
}

fn tagged(bytes: &[u8], tag: u8) -> Option<Element<'_>> {
    element(bytes).filter(|found| found.tag == tag)
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
