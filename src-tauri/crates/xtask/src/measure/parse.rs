//! How long one reading and judging of metadata takes inside a process.

use super::{Trouble, YEAR, moment};
use saml::{LIMIT_BY_FILE, inspect};
use std::path::Path;
use std::time::{Duration, Instant};
use test_support::{certificate, metadata};
use vocabulary::Timestamp;

/// Long enough for a steady median, short enough to wait for.
const LONG_ENOUGH: Duration = Duration::from_secs(2);
const TENANT: &str = "7d0e3a51-52c4-4b7f-9f0c-1c1d7f6f2f10";

/// Writes a document of the kind and prints the median time in nanoseconds.
pub(crate) fn measure(kind: &str, file: &Path) -> Result<(), Trouble> {
    let (from, now, until) = (moment(0)?, moment(YEAR / 2)?, moment(YEAR)?);
    let document = match kind {
        "entra" => {
            metadata::entra(TENANT, &[&certificate("Microsoft Azure Federated SSO Certificate", from, until)])
        }
        _ => metadata::aggregate(1000, from, until),
    };
    std::fs::write(file, &document)?;
    println!("{}", median_time(document.as_bytes(), now).as_nanos());
    Ok(())
}

fn median_time(document: &[u8], now: Timestamp) -> Duration {
    let begin = Instant::now();
    let mut times = Vec::new();
    while begin.elapsed() < LONG_ENOUGH || times.is_empty() {
        let start = Instant::now();
        std::hint::black_box(inspect(std::hint::black_box(document), LIMIT_BY_FILE, now));
        times.push(start.elapsed());
    }
    times.sort_unstable();
    times[times.len() / 2]
}
