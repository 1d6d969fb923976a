//! Zone files (RFC 1035, 5.1).

use crate::record::ZoneRecord;

/// One line: name, TTL, class, type, and the character strings in quotation marks.
pub(super) fn line(record: &ZoneRecord) -> String {
    format!("{}. {} IN TXT {}", record.name(), ZoneRecord::TTL, quoted(record))
}

/// The character strings, each in quotation marks.
pub(crate) fn quoted(record: &ZoneRecord) -> String {
    joined(record, |byte| format!("\\{byte:03}"))
}

/// The same with another way to write a byte that does not stand for itself.
pub(super) fn joined(record: &ZoneRecord, escape: impl Fn(u8) -> String) -> String {
    let quoted = |string: &&str| format!("\"{}\"", escaped(string, &escape));
    record.strings().iter().map(quoted).collect::<Vec<String>>().join(" ")
}

fn escaped(string: &str, escape: &impl Fn(u8) -> String) -> String {
    let one = |byte: u8| match byte {
        b'"' | b'\\' => escape(byte),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => escape(byte),
    };
    string.bytes().map(one).collect()
}
