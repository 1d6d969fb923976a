use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::fmt::Write as _;
use zeroize::Zeroizing;

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_allow_trailing_bits(true)
    .with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// More blocks than this are not looked at; nobody means that many, and it keeps hostile input from taking long.
const MAX_BLOCKS: usize = 300;

/// What stands between a BEGIN and an END line, still encoded.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block<'a> {
    /// What the BEGIN line says it is; `None` for text without such a line.
    pub(crate) label: Option<&'a str>,
    /// The base64 text.
    pub(crate) body: &'a str,
    /// The line the body begins in, counted from 1.
    pub(crate) line: usize,
}

/// Cuts a tidied text into its blocks.
///
/// With BEGIN lines, those; else the texts of `X509Certificate` elements; else the whole text as one block.
pub(crate) fn blocks(text: &str) -> Vec<Block<'_>> {
    let marked = marked(text);
    if !marked.is_empty() {
        return marked;
    }
    let elements = elements(text);
    if !elements.is_empty() {
        return elements;
    }
    if text.trim().is_empty() { Vec::new() } else { vec![Block { label: None, body: text, line: 1 }] }
}

fn marked(text: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((label, body_at)) = begin_marker(text, from).filter(|_| found.len() < MAX_BLOCKS) {
        let rest = &text[body_at..];
        // The end of a block is its own END line, or the next BEGIN line when that is missing.
        let end = ["--", "-END ", "-BEGIN "].iter().filter_map(|mark| rest.find(mark)).min();
        let end = end.map_or(text.len(), |at| body_at + at);
        found.push(Block { label: Some(label), body: &text[body_at..end], line: line_of(text, body_at) });
        from = end;
    }
    found
}

/// The next `-----BEGIN LABEL-----` from an offset, whatever the number of hyphens: its label and where it ends.
fn begin_marker(text: &str, from: usize) -> Option<(&str, usize)> {
    let mut at = from;
    loop {
        let label_at = at + text[at..].find("BEGIN ")? + "BEGIN ".len();
        // Only behind a hyphen, so that no stretch of the text is looked through for a label twice.
        if text[from..label_at - "BEGIN ".len()].trim_end().ends_with('-') {
            let label = text[label_at..].split(['-', '\n', '\r']).next()?;
            let after = &text[label_at + label.len()..];
            let hyphens = after.len() - after.trim_start_matches('-').len();
            if hyphens > 0 {
                return Some((label.trim(), label_at + label.len() + hyphens));
            }
        }
        at = label_at;
    }
}

fn elements(text: &str) -> Vec<Block<'_>> {
    const TAG: &str = "X509Certificate>";
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) =
        text[from..].find(TAG).map(|at| from + at + TAG.len()).filter(|_| found.len() < MAX_BLOCKS)
    {
        let end = text[at..].find('<').map_or(text.len(), |length| at + length);
        if !text[at..end].trim().is_empty() {
            found.push(Block { label: None, body: &text[at..end], line: line_of(text, at) });
        }
        // Behind the end tag, so that it is not taken for a start tag.
        from = text[end..].find('>').map_or(text.len(), |length| end + length + 1);
    }
    found
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Decodes a body; on failure the number of the first line that is not base64. What it becomes is wiped when dropped.
pub(crate) fn decode(block: &Block<'_>) -> Result<Zeroizing<Vec<u8>>, usize> {
    let mut digits = Zeroizing::new(String::with_capacity(block.body.len()));
    for (index, line) in block.body.lines().enumerate() {
        let line = line.trim().trim_matches(['"', '\'', ',', ';', '|', '>']).trim();
        if is_header(line) {
            continue;
        }
        if !line.chars().all(is_digit) {
            return Err(block.line + index);
        }
        digits.extend(line.chars().filter(|c| !c.is_whitespace()));
    }
    let alphabet = if digits.contains(['-', '_']) { URL_SAFE } else { STANDARD };
    let decoded = GeneralPurpose::new(&alphabet, LENIENT).decode(digits.as_bytes());
    decoded.map(Zeroizing::new).map_err(|_| block.line)
}

/// RFC 1421 headers (`Proc-Type: …`) and the bag attributes OpenSSL writes.
fn is_header(line: &str) -> bool {
    line.split_once(':')
        .is_some_and(|(name, _)| name.chars().all(|c| c.is_alphanumeric() || "- ".contains(c)))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_alphanumeric() || c.is_whitespace() || "+/=-_".contains(c)
}

/// Canonical PEM (RFC 7468): 64 columns, LF, one LF at the end.
pub(crate) fn encode(der: &[u8]) -> String {
    let digits = base64::engine::general_purpose::STANDARD.encode(der);
    let mut pem = String::with_capacity(digits.len() + digits.len() / 64 + 64);
    pem.push_str("-----BEGIN CERTIFICATE-----\n");
    for line in digits.as_bytes().chunks(64) {
        for &byte in line {
            pem.push(char::from(byte));
        }
        pem.push('\n');
    }
    pem.push_str("-----END CERTIFICATE-----\n");
    pem
}

/// Upper-case hexadecimal with a colon between bytes.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 3);
    for (index, byte) in bytes.iter().enumerate() {
        let colon = if index == 0 { "" } else { ":" };
        // Writing to a String cannot fail.
        let _ = write!(text, "{colon}{byte:02X}");
    }
    text
}
