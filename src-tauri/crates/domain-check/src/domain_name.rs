use crate::consumer::is_consumer;
use crate::input::{Source, host_in};
use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use psl::{Psl, Type};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use std::net::IpAddr;
use vocabulary::Finding;

/// Longer input is not looked at.
const MAX_INPUT: usize = 2048;

/// A domain that an organization can own: lower case, ASCII (A-labels), without a dot at its end, with at least two
/// labels, no public suffix and no consumer mail domain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, specta::Type)]
#[serde(transparent)]
pub struct DomainName(String);

/// A domain, and what was understood on the way to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ParsedDomain {
    /// The domain, in the form DNS carries.
    pub domain: DomainName,
    /// The domain as people write it.
    pub unicode: String,
    /// What was understood, for example that it was taken from an e-mail address; all of severity info.
    pub notes: Vec<Finding>,
}

impl DomainName {
    /// Understands what was typed or pasted: a domain, an e-mail address, a URL, a name with `www.` or with the
    /// label of a record in front.
    ///
    /// # Errors
    /// The finding that says why it is not a domain that can be verified: `domain-empty`, `domain-invalid`,
    /// `domain-is-ip`, `domain-single-label`, `domain-public-suffix`, `domain-private-suffix`, `domain-consumer`,
    /// `domain-too-long`.
    pub fn parse(input: &str) -> Result<ParsedDomain, Finding> {
        let refused = |code| Err(Finding::error(code).with("input", shown(input)));
        if input.len() > MAX_INPUT {
            return refused("domain-too-long");
        }
        let (source, host) = host_in(input);
        let host = host.trim();
        if host.is_empty() {
            return refused("domain-empty");
        }
        if is_address(host) {
            return refused("domain-is-ip");
        }
        let host = host.strip_suffix('.').unwrap_or(host);
        let (host, from_record) = without_record_labels(host);
        let ascii = to_ascii(host).map_err(|finding| finding.with("input", shown(input)))?;
        let (ascii, from_www) = without_www(ascii);
        owned_by_somebody(&ascii)?;
        let domain = Self(ascii);
        Ok(ParsedDomain {
            unicode: domain.unicode(),
            notes: notes(&domain, input, source, from_record, from_www),
            domain,
        })
    }

    /// The name in the form DNS carries.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as people write it.
    pub fn unicode(&self) -> String {
        Uts46::new()
            .to_unicode(self.0.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast)
            .0
            .into_owned()
    }
}

/// A name with its labels as people write them, those with an underscore included.
pub(crate) fn as_written(name: &str) -> String {
    let label = |label: &str| match label.starts_with("xn--") {
        true => Uts46::new()
            .to_unicode(label.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast)
            .0
            .into_owned(),
        false => label.to_owned(),
    };
    name.split('.').map(label).collect::<Vec<_>>().join(".")
}

/// Whether the zone is one under which names are registered, so that ending a walk there means that the domain has
/// no zone of its own.
pub fn is_registry(zone: &str) -> bool {
    !zone.trim_matches('.').contains('.') || is_suffix_of(zone, Type::Icann)
}

fn shown(input: &str) -> String {
    input.trim().chars().take(80).collect()
}

fn is_address(host: &str) -> bool {
    let bare = host.trim_start_matches('[').split(']').next().unwrap_or_default();
    bare.parse::<IpAddr>().is_ok()
}

fn without_record_labels(host: &str) -> (&str, bool) {
    let mut rest = host;
    while let Some((label, after)) = rest.split_once('.') {
        if !label.starts_with('_') {
            break;
        }
        rest = after;
    }
    (rest, rest.len() != host.len())
}

fn without_www(ascii: String) -> (String, bool) {
    match ascii.strip_prefix("www.") {
        Some(rest) if rest.contains('.') && !is_suffix(rest) => (rest.to_owned(), true),
        _ => (ascii, false),
    }
}

fn to_ascii(host: &str) -> Result<String, Finding> {
    let ascii = Uts46::new()
        .to_ascii(host.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Ignore)
        .map_err(|_| Finding::error("domain-invalid"))?;
    let ascii = ascii.strip_suffix('.').unwrap_or(&ascii);
    if ascii.len() > 253 || ascii.split('.').any(|label| label.len() > 63) {
        return Err(Finding::error("domain-too-long"));
    }
    if ascii.split('.').any(str::is_empty) {
        return Err(Finding::error("domain-invalid"));
    }
    if is_address(ascii) {
        return Err(Finding::error("domain-is-ip"));
    }
    let last = ascii.rsplit('.').next().unwrap_or_default();
    if last.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Finding::error("domain-invalid"));
    }
    Ok(ascii.to_owned())
}

fn owned_by_somebody(ascii: &str) -> Result<(), Finding> {
    let refused = |code| Err(Finding::error(code).with("domain", ascii));
    if !ascii.contains('.') {
        return refused("domain-single-label");
    }
    if is_suffix_of(ascii, Type::Icann) {
        return refused("domain-public-suffix");
    }
    if is_suffix_of(ascii, Type::Private) {
        return refused("domain-private-suffix");
    }
    if is_consumer(ascii) {
        return refused("domain-consumer");
    }
    Ok(())
}

fn is_suffix(name: &str) -> bool {
    is_suffix_of(name, Type::Icann) || is_suffix_of(name, Type::Private)
}

/// Whether the whole name is an entry of the public suffix list, of one of its two parts. Endings that are not
/// listed, such as `.test`, are endings like any other.
fn is_suffix_of(name: &str, part: Type) -> bool {
    let suffix = psl::List.suffix(name.as_bytes());
    suffix.is_some_and(|suffix| suffix.typ() == Some(part) && suffix.as_bytes() == name.as_bytes())
}

fn notes(
    domain: &DomainName,
    input: &str,
    source: Source,
    from_record: bool,
    from_www: bool,
) -> Vec<Finding> {
    let source = match source {
        Source::Plain => None,
        Source::Email => Some("domain-from-email"),
        Source::Url => Some("domain-from-url"),
    };
    let record = from_record.then_some("domain-from-record");
    let www = from_www.then_some("domain-from-www");
    let unicode = domain.unicode();
    let mixed = unicode.split('.').any(mixes_scripts).then_some("domain-mixed-script");
    let note = |code| {
        let note = Finding::info(code).with("domain", domain).with("unicode", &unicode);
        note.seen("input", shown(input))
    };
    [source, record, www, mixed].into_iter().flatten().map(note).collect()
}

/// Whether a label has Latin letters beside Greek or Cyrillic ones, many of which look the same.
fn mixes_scripts(label: &str) -> bool {
    let latin = label.chars().any(|c| c.is_ascii_alphabetic() || ('\u{C0}'..='\u{24F}').contains(&c));
    latin && label.chars().any(|c| ('\u{370}'..='\u{52F}').contains(&c))
}

impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Only what [`DomainName::parse`] takes is read from the wire.
impl<'de> Deserialize<'de> for DomainName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map(|parsed| parsed.domain).map_err(|finding| D::Error::custom(finding.code))
    }
}
