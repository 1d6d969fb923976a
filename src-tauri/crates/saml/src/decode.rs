use certs::{Decoded, TextEncoding, decode_text};
use encoding_rs::Encoding;
use vocabulary::Finding;

/// The most that is taken by paste or by typing, in bytes: 1 MiB.
pub const LIMIT_BY_HAND: usize = 1024 * 1024;

/// The most that is taken from a file, in bytes: 100 MB (as 100 × 1024 × 1024).
pub const LIMIT_BY_FILE: usize = 100 * LIMIT_BY_HAND;

/// Reads the bytes of a document as text: UTF-8, UTF-16, or what the XML declaration names.
///
/// # Errors
/// `metadata-empty`, `metadata-too-large`, or `metadata-not-xml` when the bytes are no text.
pub fn decode(bytes: &[u8], limit: usize) -> Result<Decoded<'_>, Finding> {
    if bytes.len() > limit {
        return Err(too_large(bytes.len(), limit));
    }
    let decoded = match declared_encoding(bytes)? {
        Some(named) => strict(named, bytes),
        None => decode_text(bytes, None),
    };
    let decoded = decoded.ok_or_else(|| Finding::error("metadata-not-xml"))?;
    if decoded.text.trim().is_empty() {
        return Err(Finding::error("metadata-empty"));
    }
    Ok(decoded)
}

fn strict<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Decoded<'a>> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(Decoded { text, encoding: TextEncoding::Named(encoding.name()) })
}

fn too_large(size: usize, limit: usize) -> Finding {
    let mebibytes = |bytes: usize| format!("{} MB", bytes.div_ceil(LIMIT_BY_HAND));
    Finding::error("metadata-too-large").with("size", mebibytes(size)).with("limit", mebibytes(limit))
}

/// An encoding other than Unicode that the XML declaration names; an error when nobody knows the name.
///
/// A declaration that says UTF-16 over bytes that plainly are not (an editor changed them) is not believed.
fn declared_encoding(bytes: &[u8]) -> Result<Option<&'static Encoding>, Finding> {
    let Some(label) = declared_label(bytes) else { return Ok(None) };
    let unknown =
        || Finding::error("metadata-malformed-xml").with("reason", "unknown-encoding").with("line", 1);
    let encoding = Encoding::for_label_no_replacement(label.as_bytes());
    let encoding = encoding.ok_or_else(|| unknown().seen("encoding", label))?;
    let is_unicode = encoding.name().starts_with("UTF-");
    Ok((!is_unicode).then_some(encoding))
}

fn declared_label(bytes: &[u8]) -> Option<&str> {
    let head = bytes[..bytes.len().min(200)].strip_prefix(b"<?xml")?;
    let declaration = std::str::from_utf8(&head[..head.iter().position(|byte| *byte == b'>')?]).ok()?;
    let (_, value) = declaration.split_once("encoding")?;
    value.split(['"', '\'']).nth(1)
}
