use crate::{CHECKED_UNASKED, attach, check};
use certs::Certificate;
use saml::{Inspection, Kind, LIMIT_BY_FILE, Signature};
use std::io::{self, Read};
use vocabulary::{Finding, Timestamp};

/// Whose word a signature needs, and how large a document is checked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Trust<'c> {
    /// The certificates that somebody vouches for; without any, the keys that the document brings are tried.
    pub certificates: &'c [Certificate],
    /// Whether a document over [`CHECKED_UNASKED`] is checked, too. Certificates ask for that by themselves.
    pub checks_large: bool,
}

impl Trust<'_> {
    /// The largest document that is checked, in bytes.
    const fn most(&self, limit: usize) -> usize {
        let unasked = self.certificates.is_empty() && !self.checks_large;
        if unasked && CHECKED_UNASKED < limit { CHECKED_UNASKED } else { limit }
    }
}

/// Reads metadata as [`saml::inspect_stream`] does, and checks the signature on the very bytes that were read. A
/// document that is too large for that is never in memory whole, and its signature stays unchecked.
///
/// `size` is that of the whole input, in bytes, where it is known.
///
/// # Errors
/// When the input cannot be read; whatever is wrong with what was read is a finding.
pub fn inspect(
    mut input: impl Read,
    size: Option<u64>,
    limit: usize,
    entity: Option<&str>,
    trust: Trust<'_>,
    now: Timestamp,
) -> io::Result<Inspection> {
    if let Some(refused) = size.and_then(|size| Inspection::of_size(size, limit)) {
        return Ok(refused);
    }
    let most = u64::try_from(trust.most(limit)).unwrap_or(u64::MAX);
    if size.is_some_and(|size| size > most) {
        return unchecked(input, limit, entity, now);
    }
    let mut bytes = Vec::new();
    let count = input.by_ref().take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(count).is_ok_and(|count| count > most) {
        return unchecked((&bytes[..]).chain(input), limit, entity, now);
    }
    let mut inspection = saml::inspect_stream(&bytes[..], limit, entity, now)?;
    let is_signed = inspection.signature == Signature::PresentNotChecked;
    let is_asked = inspection.kind != Kind::NotMetadata && !trust.certificates.is_empty();
    if (is_signed || is_asked)
        && let Ok(decoded) = saml::decode(&bytes, LIMIT_BY_FILE)
    {
        attach(&mut inspection, check(&decoded.text, trust.certificates));
    }
    Ok(inspection)
}

fn unchecked(input: impl Read, limit: usize, entity: Option<&str>, now: Timestamp) -> io::Result<Inspection> {
    let mut inspection = saml::inspect_stream(input, limit, entity, now)?;
    if inspection.signature == Signature::PresentNotChecked {
        inspection.findings.push(Finding::info("metadata-signature-not-checked"));
    }
    Ok(inspection)
}
