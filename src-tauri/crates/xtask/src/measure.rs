//! `measure KIND FILE`: writes a metadata document of that kind and prints, in nanoseconds, how long one reading and
//! judging of it takes in this process (the median of many). Part of `cargo xtask bench`.
#![expect(clippy::print_stdout, reason = "its output is its result")]

use saml::{LIMIT_BY_FILE, inspect};
use std::time::{Duration, Instant};
use test_support::{certificate, metadata};
use vocabulary::Timestamp;

/// Long enough for a steady median, short enough to wait for.
const LONG_ENOUGH: Duration = Duration::from_secs(2);
const YEAR: i64 = 365 * 24 * 3600;
/// 2026-01-01; the document is judged in the middle of its validity.
const BEGIN: i64 = 1_767_225_600;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let (Some(kind), Some(file)) = (words.next(), words.next()) else {
        return Err("usage: measure entra|aggregate FILE".into());
    };
    let (from, now, until) = (moment(BEGIN)?, moment(BEGIN + YEAR / 2)?, moment(BEGIN + YEAR)?);
    let document = match kind.as_str() {
        "entra" => {
            metadata::entra(TENANT, &[&certificate("Microsoft Azure Federated SSO Certificate", from, until)])
        }
        "aggregate" => metadata::aggregate(1000, from, until),
        other => return Err(format!("there is no document of the kind {other}").into()),
    };
    std::fs::write(file, &document)?;
    println!("{}", median_time(document.as_bytes(), now).as_nanos());
    Ok(())
}

const TENANT: &str = "7d0e3a51-52c4-4b7f-9f0c-1c1d7f6f2f10";

fn moment(seconds: i64) -> Result<Timestamp, &'static str> {
    Timestamp::from_unix(seconds).ok_or("out of range")
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
