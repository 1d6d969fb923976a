//! Anything that a name server may answer, up to the verdict.
#![no_main]

use domain_check::{DomainName, Outcome, Verdict, judge};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use vocabulary::Timestamp;

const EXPECTED: &str = "token=k7m2qv4xhd3nla6p5wz2tyujre";

static DOMAIN: LazyLock<Option<DomainName>> =
    LazyLock::new(|| DomainName::parse("contoso.com").ok().map(|parsed| parsed.domain));

fuzz_target!(|bytes: &[u8]| {
    let (Some(domain), Some(now)) = (&*DOMAIN, Timestamp::parse("2026-11-22T12:00:00Z")) else {
        panic!("nothing to look for")
    };
    let collected = dns_walk::fuzzing::collect(domain, "_parallels-challenge", bytes, now);
    let Some(collected) = collected else { return };
    let report = judge(Some(EXPECTED), &collected, now);
    let is_there = collected.servers.iter().any(|row| {
        matches!(&row.txt, Outcome::Answered(answer) if answer.values.iter().any(|value| value.0 == EXPECTED.as_bytes()))
    });
    assert!(is_there || report.verdict != Verdict::Verified, "verified without the value");
    assert!(serde_json::to_vec(&report).is_ok());
});
