//! Metadata behind a file name, an address or standard input.

use crate::failure::Failure;
use crate::runtime::run_async;
use crate::{clock, input};
use certs::Certificate;
use https_fetch::{FetchError, Fetched, fetch};
use metadata_signature::Trust;
use saml::{Inspection, LIMIT_BY_FILE};
use std::io::{self, Seek as _};
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

/// Reads metadata at the current time. A document that is too large for a check of its signature is never in memory
/// whole, unless that check is asked for by naming a certificate.
pub(super) fn read(
    source: &str,
    entity: Option<&str>,
    trusted: &[Certificate],
    allow_private: bool,
) -> Result<Read, Failure> {
    if https_fetch::is_address(source) {
        return fetched(source, entity, trusted, allow_private);
    }
    let mut opened = input::open(source)?;
    let inspection = inspect(&mut opened.reader, opened.size, entity, trusted);
    let inspection = inspection.map_err(|error| opened.unreadable(&error))?;
    Ok(Read { inspection, redirects: Vec::new() })
}

/// What comes from an address goes to a file that has no name, and is read from there.
fn fetched(
    source: &str,
    entity: Option<&str>,
    trusted: &[Certificate],
    allow_private: bool,
) -> Result<Read, Failure> {
    let unkept = |error: io::Error| Failure::environment("address-not-kept").with("reason", error);
    let mut file = tempfile::tempfile().map_err(unkept)?;
    let fetching = fetch(source, LIMIT_BY_FILE, allow_private, &mut file);
    let Fetched { size, redirects } = run_async(fetching)?.map_err(failure)?;
    file.rewind().map_err(unkept)?;
    let inspection = inspect(&file, u64::try_from(size).ok(), entity, trusted).map_err(unkept)?;
    Ok(Read { inspection, redirects })
}

fn failure(error: FetchError) -> Failure {
    let code = error.obstacle.code();
    let failure =
        if error.obstacle.is_typed() { Failure::unusable(code) } else { Failure::environment(code) };
    error.args.into_iter().fold(failure, |failure, (name, value)| failure.with(name, value))
}

fn inspect(
    input: impl io::Read,
    size: Option<u64>,
    entity: Option<&str>,
    trusted: &[Certificate],
) -> io::Result<Inspection> {
    let trust = Trust { certificates: trusted, checks_large: false };
    metadata_signature::inspect(input, size, LIMIT_BY_FILE, entity, trust, clock::now())
}
