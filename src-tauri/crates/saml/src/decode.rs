use crate::stream::Broken;
use certs::{Decoded, TextEncoding, sniff};
use encoding_rs::{Decoder, Encoding, UTF_16BE, UTF_16LE};
use vocabulary::Finding;

/// The most that is taken by paste or by typing, in bytes: 1 MiB.
pub const LIMIT_BY_HAND: usize = 1024 * 1024;

/// The most that is taken from a file, in bytes: 100 MB (as 100 × 1024 × 1024).
pub const LIMIT_BY_FILE: usize = 100 * LIMIT_BY_HAND;

/// How bytes become text.
pub(crate) struct Coding {
    pub(crate) encoding: TextEncoding,
    /// `None` for UTF-8.
    pub(crate) decoder: Option<Decoder>,
    /// How many bytes in front are a byte order mark.
    pub(crate) skip: usize,
}

/// Judges the encoding of a document by its beginning: UTF-8, UTF-16, or what the XML declaration names.
pub(crate) fn coding(beginning: &[u8]) -> Result<Coding, Broken> {
    let strict = |encoding: &'static Encoding| Some(encoding.new_decoder_without_bom_handling());
    if let Some(named) = declared_encoding(beginning)? {
        let encoding = TextEncoding::Named(named.name());
        return Ok(Coding { encoding, decoder: strict(named), skip: 0 });
    }
    let (encoding, rest) = sniff(beginning);
    let decoder = match encoding {
        TextEncoding::Utf16Le => strict(UTF_16LE),
        TextEncoding::Utf16Be => strict(UTF_16BE),
        _ => None,
    };
    Ok(Coding { encoding, decoder, skip: beginning.len() - rest.len() })
}

/// Reads the bytes of a document as text: UTF-8, UTF-16, or what the XML declaration names.
///
/// # Errors
/// `metadata-empty`, `metadata-too-large`, or `metadata-not-xml` when the bytes are no text.
pub fn decode(bytes: &[u8], limit: usize) -> Result<Decoded<'_>, Finding> {
    if bytes.len() > limit {
        return Err(too_large(&mebibytes(bytes.len()), limit));
    }
    let Coding { encoding, decoder, skip } = coding(bytes).map_err(|broken| broken.finding(limit))?;
    let rest = &bytes[skip..];
    let text = match decoder {
        None => std::str::from_utf8(rest).ok().map(Into::into),
        Some(decoder) => decoder.encoding().decode_without_bom_handling_and_without_replacement(rest),
    };
    let text = text.ok_or_else(|| Finding::error("metadata-not-xml"))?;
    if text.trim().is_empty() {
        return Err(Finding::error("metadata-empty"));
    }
    Ok(Decoded { text, encoding })
}

/// That a document is larger than what is taken; `size` is a size in words.
pub(crate) fn too_large(size: &str, limit: usize) -> Finding {
    Finding::error("metadata-too-large").with("size", size).with("limit", mebibytes(limit))
}

/// A size in words.
pub(crate) fn mebibytes(bytes: usize) -> String {
    format!("{} MB", bytes.div_ceil(LIMIT_BY_HAND))
}

/// An encoding other than Unicode that the XML declaration names; an error when nobody knows the name.
///
/// A declaration that says UTF-16 over bytes that plainly are not (an editor changed them) is not believed.
fn declared_encoding(bytes: &[u8]) -> Result<Option<&'static Encoding>, Broken> {
    let Some(label) = declared_label(bytes) else { return Ok(None) };
    let encoding = Encoding::for_label_no_replacement(label.as_bytes());
    let encoding = encoding.ok_or_else(|| Broken::UnknownEncoding(label.to_owned()))?;
    let is_unicode = encoding.name().starts_with("UTF-");
    Ok((!is_unicode).then_some(encoding))
}

fn declared_label(bytes: &[u8]) -> Option<&str> {
    let head = bytes[..bytes.len().min(200)].strip_prefix(b"<?xml")?;
    let declaration = std::str::from_utf8(&head[..head.iter().position(|byte| *byte == b'>')?]).ok()?;
    let (_, value) = declaration.split_once("encoding")?;
    value.split(['"', '\'']).nth(1)
}
