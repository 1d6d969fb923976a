use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;
use zeroize::Zeroizing;

/// How a text was encoded when that was not plain UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    /// UTF-8 without a byte order mark.
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Bom,
    /// UTF-16, little end first, with or without a byte order mark.
    Utf16Le,
    /// UTF-16, big end first, with or without a byte order mark.
    Utf16Be,
    /// Some other encoding, by its name in the WHATWG Encoding Standard.
    Named(&'static str),
}

impl TextEncoding {
    /// The name as people know it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8Bom => "UTF-8 with BOM",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Named(name) => name,
        }
    }
}

/// A text and how it was encoded; borrowed when the bytes were UTF-8 already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text without a byte order mark.
    pub text: Cow<'a, str>,
    /// How the bytes were encoded.
    pub encoding: TextEncoding,
}

/// Reads bytes as text: byte order marks, UTF-16 with or without one, UTF-8; anything else strictly as `fallback`.
///
/// `None` when the bytes are none of these.
pub fn decode_text<'a>(bytes: &'a [u8], fallback: Option<&'static Encoding>) -> Option<Decoded<'a>> {
    let (encoding, rest) = sniff(bytes);
    match encoding {
        TextEncoding::Utf16Le => strict(UTF_16LE, rest, encoding),
        TextEncoding::Utf16Be => strict(UTF_16BE, rest, encoding),
        _ => match std::str::from_utf8(rest) {
            Ok(text) => Some(Decoded { text: Cow::Borrowed(text), encoding }),
            Err(_) => fallback.and_then(|named| strict(named, rest, TextEncoding::Named(named.name()))),
        },
    }
}

fn strict<'a>(from: &'static Encoding, bytes: &'a [u8], encoding: TextEncoding) -> Option<Decoded<'a>> {
    let text = from.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(Decoded { text, encoding })
}

/// The encoding the first bytes speak for, and the bytes behind the byte order mark.
pub fn sniff(bytes: &[u8]) -> (TextEncoding, &[u8]) {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (TextEncoding::Utf8Bom, rest),
        [0xFF, 0xFE, rest @ ..] => (TextEncoding::Utf16Le, rest),
        [0xFE, 0xFF, rest @ ..] => (TextEncoding::Utf16Be, rest),
        [1..=0x7F, 0, 1..=0x7F, 0, ..] => (TextEncoding::Utf16Le, bytes),
        [0, 1..=0x7F, 0, 1..=0x7F, ..] => (TextEncoding::Utf16Be, bytes),
        _ => (TextEncoding::Utf8, bytes),
    }
}

/// Pasted bytes as text, whatever they are: undecodable bytes become what Windows would have shown.
pub(crate) fn lenient(bytes: &[u8]) -> Cow<'_, str> {
    match decode_text(bytes, Some(WINDOWS_1252)) {
        Some(decoded) => decoded.text,
        None => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Undoes what editors, mail programs, chat programs and JSON do to a PEM text.
///
/// Dashes of every kind become hyphens, HTML entities and JSON line ends become the characters they stand for, and
/// invisible characters go. What is made on the way is wiped, as it may turn out to hold a private key.
pub(crate) fn tidy(text: &str) -> Zeroizing<String> {
    let mut text = Zeroizing::new(text.to_owned());
    if text.contains('&') {
        // Twice: a text that was escaped once more on its way through a web page is not rare.
        for (entity, character) in ENTITIES.iter().chain(&ENTITIES) {
            replace(&mut text, entity, character);
        }
    }
    for (escape, character) in [("\\r", "\n"), ("\\n", "\n"), ("\\/", "/")] {
        replace(&mut text, escape, character);
    }
    // With room for all of it, so that no copy is left behind by growing.
    let mut plainer = Zeroizing::new(String::with_capacity(text.len()));
    plainer.extend(text.chars().filter(|c| !is_invisible(*c)).map(plain));
    plainer
}

fn replace(text: &mut Zeroizing<String>, from: &str, to: &str) {
    if text.contains(from) {
        *text = Zeroizing::new(text.replace(from, to));
    }
}

const ENTITIES: [(&str, &str); 22] = [
    ("&#13;", "\n"),
    ("&#10;", "\n"),
    ("&#xD;", "\n"),
    ("&#xA;", "\n"),
    ("&#xd;", "\n"),
    ("&#xa;", "\n"),
    ("&#9;", " "),
    ("&#32;", " "),
    ("&nbsp;", " "),
    ("&#160;", " "),
    ("&#43;", "+"),
    ("&#47;", "/"),
    ("&#61;", "="),
    ("&#45;", "-"),
    ("&ndash;", "-"),
    ("&#8211;", "-"),
    ("&mdash;", "-"),
    ("&#8212;", "-"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&amp;", "&"),
];

const fn is_invisible(c: char) -> bool {
    matches!(c, '\0' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

const fn plain(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
        '\u{A0}' | '\u{2007}' | '\u{202F}' | '\u{3000}' => ' ',
        other => other,
    }
}

/// Whether a text contains the beginning or the end of a private key in PEM or PuTTY form, whole or not.
pub fn mentions_private_key(text: &str) -> bool {
    text.contains("PuTTY-User-Key-File") || text.contains("Private-Lines:") || has_key_marker(text)
}

fn has_key_marker(text: &str) -> bool {
    const KEY: &str = "PRIVATE KEY";
    text.match_indices(KEY).any(|(at, _)| {
        let start = text[..at].char_indices().rev().nth(40).map_or(0, |(index, _)| index);
        let before = &text[start..at];
        before.contains("BEGIN") || before.contains("END")
    })
}
