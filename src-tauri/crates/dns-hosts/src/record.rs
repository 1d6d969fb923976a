use domain_check::TxtRecord;
use vocabulary::Finding;

/// A longer value is refused: panels and interfaces take 4,000 characters at most.
const MOST: usize = 4_000;

/// The longest character string of a TXT record, in bytes (RFC 1035, 3.3).
pub(crate) const STRING: usize = 255;

/// A TXT record and the zone it goes into. The name has only characters that host labels and underscores have, the
/// value no control characters, so that neither can steer what it is pasted into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneRecord {
    name: String,
    zone: String,
    value: String,
}

impl ZoneRecord {
    /// How long the record may be kept, in seconds: an hour, short enough that a mistake is soon forgotten.
    pub const TTL: u32 = 3600;

    /// The record in a zone; without a known zone, in that of the domain, which is what follows the host.
    ///
    /// # Errors
    /// `record-value-empty`, `record-value-unprintable` with `position` (from 1), `record-value-long` with `limit`.
    pub fn new(record: &TxtRecord, zone: Option<&str>) -> Result<Self, Finding> {
        let name = plain(&record.name);
        let domain = || record.name.strip_prefix(&record.host).map(plain);
        let inside = |zone: &String| name == *zone || name.ends_with(&format!(".{zone}"));
        let zone = zone.map(plain).filter(|zone| !zone.is_empty()).filter(inside).or_else(domain);
        let value = printable(&record.value)?.to_owned();
        Ok(Self { zone: zone.unwrap_or_else(|| name.clone()), name, value })
    }

    /// The whole name, without the dot at its end.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The zone, without the dot at its end.
    pub fn zone(&self) -> &str {
        &self.zone
    }

    /// The name without the zone; `@` when that is all of it, as panels have it.
    pub fn host(&self) -> &str {
        let host = self.name.strip_suffix(&self.zone).unwrap_or(&self.name).trim_end_matches('.');
        if host.is_empty() { "@" } else { host }
    }

    /// The value, without quotation marks.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The value in pieces that fit a character string each, not cut within a character where that can be.
    pub(crate) fn strings(&self) -> Vec<&str> {
        let mut strings = Vec::new();
        let mut rest = self.value.as_str();
        while rest.len() > STRING {
            let end = (0..=STRING).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(STRING);
            let (string, after) = rest.split_at(end);
            strings.push(string);
            rest = after;
        }
        strings.push(rest);
        strings
    }
}

fn plain(name: &str) -> String {
    let name: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c)).collect::<String>();
    name.trim_matches('.').trim_start_matches('-').to_ascii_lowercase()
}

fn printable(value: &str) -> Result<&str, Finding> {
    if value.is_empty() {
        return Err(Finding::error("record-value-empty"));
    }
    if value.len() > MOST {
        return Err(Finding::error("record-value-long").with("limit", MOST));
    }
    match value.chars().position(steers) {
        Some(at) => Err(Finding::error("record-value-unprintable").with("position", at + 1)),
        None => Ok(value),
    }
}

/// Characters that end a line, or turn the text around them.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain_check::DomainName;

    fn record(domain: &str, host: &str, value: &str) -> TxtRecord {
        TxtRecord::new(&DomainName::parse(domain).unwrap().domain, host, value)
    }

    #[test]
    fn the_host_is_what_stands_before_the_zone() {
        let record = record("eu.contoso.test", "_x", "v");
        let host = |zone: Option<&str>| ZoneRecord::new(&record, zone).unwrap().host().to_owned();
        assert_eq!(host(Some("contoso.test")), "_x.eu");
        assert_eq!(host(Some("contoso.test.")), "_x.eu");
        assert_eq!(host(Some("eu.contoso.test")), "_x");
        assert_eq!(host(Some("_x.eu.contoso.test")), "@");
        assert_eq!(host(None), "_x");
        assert_eq!(host(Some("example.test")), "_x", "a zone that is not above the name is none");
        assert_eq!(host(Some("o.test")), "_x", "neither is one that only ends alike");
    }

    #[test]
    fn a_value_that_could_steer_is_refused_with_the_place() {
        let refused = |value: &str| ZoneRecord::new(&record("contoso.test", "_x", value), None).unwrap_err();
        assert_eq!(refused("").code, "record-value-empty");
        assert_eq!(refused("ab\nc").args["position"], "3");
        assert_eq!(refused("ä\u{1b}").args["position"], "2");
        assert_eq!(refused("\u{202e}").code, "record-value-unprintable");
        assert_eq!(refused(&"a".repeat(4001)).code, "record-value-long");
    }

    #[test]
    fn a_long_value_is_cut_between_characters() {
        let value = format!("{}{}", "a".repeat(254), "ä".repeat(200));
        let record = ZoneRecord::new(&record("contoso.test", "_x", &value), None).unwrap();
        let strings = record.strings();
        assert_eq!(strings.concat(), value);
        assert_eq!(strings[0].len(), 254);
        assert!(strings.iter().all(|string| string.len() <= STRING));
    }
}
