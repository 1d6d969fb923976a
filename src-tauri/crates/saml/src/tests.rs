mod by_hand;
mod inspect;
mod provider;
mod readers;
mod robust;
mod write;

use crate::{CODES, Inspection, LIMIT_BY_FILE};
use test_support::{TestCertificate, certificate};
use texts::Texts;
use vocabulary::{Finding, Severity, Timestamp};

const NOW: &str = "2026-11-22T12:00:00Z";

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn now() -> Timestamp {
    at(NOW)
}

/// A certificate that is valid now and for two years to come.
fn valid() -> TestCertificate {
    certificate(
        "Microsoft Azure Federated SSO Certificate",
        at("2026-01-01T00:00:00Z"),
        at("2029-01-01T00:00:00Z"),
    )
}

fn expired() -> TestCertificate {
    certificate("Old", at("2022-01-01T00:00:00Z"), at("2025-01-01T00:00:00Z"))
}

fn read(text: &str) -> Inspection {
    crate::inspect(text.as_bytes(), LIMIT_BY_FILE, now())
}

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| &*finding.code).collect()
}

fn severity_of(findings: &[Finding], code: &str) -> Option<Severity> {
    findings.iter().find(|finding| finding.code == code).map(|finding| finding.severity)
}

#[test]
fn every_code_has_a_text_and_everything_to_fix_a_fix() {
    const INFORMATION: [&str; 4] = [
        "metadata-encoding",
        "metadata-several-certificates",
        "value-blanks-removed",
        "certificate-chain-shortened",
    ];
    let texts = Texts::english().unwrap();
    for code in CODES {
        let text = texts.finding(&Finding::error(code));
        assert_ne!(text.message, *code, "{code} has no text");
        assert!(!text.fix.is_empty() || INFORMATION.contains(code), "{code} has no fix");
    }
}
