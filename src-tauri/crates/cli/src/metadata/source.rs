//! Metadata behind a file name, an address or standard input.

use crate::failure::Failure;
use crate::fetch::{self, Fetched};
use crate::runtime::run_async;
use crate::{clock, input};
use certs::Certificate;
use metadata_signature::{CHECKED_UNASKED, attach, check};
use saml::{Inspection, Kind, LIMIT_BY_FILE, Signature};
use std::io::{self, Read as _};
use vocabulary::Finding;

/// What was read, and how it was come by.
pub(super) struct Read {
    /// What it says.
    pub(super) inspection: Inspection,
    /// The addresses it was redirected to, in order.
    pub(super) redirects: Vec<String>,
}

/// The certificates of files that the person vouches for.
pub(super) fn trusted(files: &[String]) -> Result<Vec<Certificate>, Failure> {
    let mut trusted = Vec::new();
    for file in files {
        let reading = certs::read(&input::read(file, certs::MAX_BYTES)?);
        if reading.certificates.is_empty() {
            let finding = reading.findings.into_iter().find(Finding::is_error);
            return Err(Failure::refused(finding.unwrap_or_else(|| Finding::error("certificate-not-found"))));
        }
        trusted.extend(reading.certificates);
    }
    Ok(trusted)
}

/// Reads metadata at the current time. A file that is too large for a check of its signature is never in memory whole,
/// unless that check is asked for by naming a certificate.
pub(super) fn read(
    source: &str,
    entity: Option<&str>,
    trusted: &[Certificate],
    allow_private: bool,
) -> Result<Read, Failure> {
    if fetch::is_address(source) {
        let Fetched { bytes, redirects } = run_async(fetch::fetch(source, LIMIT_BY_FILE, allow_private))??;
        let inspection = inspect(&bytes[..], u64::try_from(bytes.len()).ok(), entity, trusted);
        let inspection =
            inspection.map_err(|error| Failure::environment("address-interrupted").with("reason", error))?;
        return Ok(Read { inspection, redirects });
    }
    let mut opened = input::open(source)?;
    let refused = opened.size.and_then(|size| Inspection::of_size(size, LIMIT_BY_FILE));
    let inspection = match refused {
        Some(refused) => refused,
        None => inspect(&mut opened.reader, opened.size, entity, trusted)
            .map_err(|error| opened.unreadable(&error))?,
    };
    Ok(Read { inspection, redirects: Vec::new() })
}

/// The signature is checked on the very bytes that were read. `size` is that of the whole input, where it is known.
fn inspect(
    mut input: impl io::Read,
    size: Option<u64>,
    entity: Option<&str>,
    trusted: &[Certificate],
) -> io::Result<Inspection> {
    let kept = if trusted.is_empty() { CHECKED_UNASKED } else { LIMIT_BY_FILE };
    let kept = u64::try_from(kept).unwrap_or(u64::MAX);
    if size.is_some_and(|size| size > kept) {
        return unchecked(input, entity);
    }
    let mut bytes = Vec::new();
    let count = input.by_ref().take(kept.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(count).is_ok_and(|count| count > kept) {
        return unchecked((&bytes[..]).chain(input), entity);
    }
    let mut inspection = saml::inspect_stream(&bytes[..], LIMIT_BY_FILE, entity, clock::now())?;
    let is_signed = inspection.signature == Signature::PresentNotChecked;
    let is_read = inspection.kind != Kind::NotMetadata;
    if let Ok(decoded) = saml::decode(&bytes, LIMIT_BY_FILE)
        && (is_signed || (is_read && !trusted.is_empty()))
    {
        attach(&mut inspection, check(&decoded.text, trusted));
    }
    Ok(inspection)
}

fn unchecked(input: impl io::Read, entity: Option<&str>) -> io::Result<Inspection> {
    let mut inspection = saml::inspect_stream(input, LIMIT_BY_FILE, entity, clock::now())?;
    if inspection.signature == Signature::PresentNotChecked {
        inspection.findings.push(Finding::info("metadata-signature-not-checked"));
    }
    Ok(inspection)
}
