//! Anything that somebody may paste for a certificate.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vocabulary::Timestamp;

fuzz_target!(|bytes: &[u8]| {
    let Some(now) = Timestamp::parse("2026-11-22T12:00:00Z") else { return };
    let reading = certs::read(bytes);
    for certificate in &reading.certificates {
        certs::judge(certificate, now);
        // What is shown and kept can be read again, and is the same certificate.
        let again = certs::read(&certificate.der());
        let same = again.certificates.first().map(|one| &one.sha256);
        assert_eq!(same, Some(&certificate.sha256));
    }
    let kept = serde_json::to_string(&reading.certificates).unwrap_or_default();
    assert!(!kept.contains("PRIVATE KEY"), "a private key was kept");
});
