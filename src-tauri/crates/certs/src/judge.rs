use crate::{Certificate, KeyKind};
use time::Duration;
use vocabulary::{Finding, Severity, Timestamp};

/// A certificate with fewer whole days left than this, or as many, ends soon.
pub const ENDS_SOON_DAYS: i64 = 60;

/// The smallest RSA key that is taken, in bits (NIST SP 800-131A).
pub const MINIMUM_RSA_BITS: u32 = 2048;

/// A difference up to this may just as well be a wrong clock on this computer.
const CLOCK_MAY_BE_WRONG: Duration = Duration::days(2);

/// What is wrong with a certificate at a given time.
///
/// SAML pins the key, so there is no chain to check and being self-signed is no finding.
pub fn judge(certificate: &Certificate, now: Timestamp) -> Vec<Finding> {
    let about_key = [key(certificate), signature(certificate), usage(certificate)];
    dates(certificate, now).into_iter().chain(about_key.into_iter().flatten()).collect()
}

fn dates(certificate: &Certificate, now: Timestamp) -> Option<Finding> {
    if now > certificate.not_after {
        return Some(expired(certificate, now));
    }
    if now < certificate.not_before {
        return Some(not_yet_valid(certificate, now));
    }
    let left = certificate.not_after.since(now).whole_days();
    (left <= ENDS_SOON_DAYS).then(|| {
        about(Finding::warning("certificate-ends-soon"), certificate)
            .with("date", date(certificate.not_after))
            .with("days", left)
            .seen("notAfter", certificate.not_after.to_string())
    })
}

fn expired(certificate: &Certificate, now: Timestamp) -> Finding {
    let by = now.since(certificate.not_after);
    off_by(about(Finding::error("certificate-expired"), certificate), by)
        .with("date", date(certificate.not_after))
        .seen("notAfter", certificate.not_after.to_string())
        .seen("now", now.to_string())
}

fn not_yet_valid(certificate: &Certificate, now: Timestamp) -> Finding {
    let by = certificate.not_before.since(now);
    off_by(about(Finding::error("certificate-not-yet-valid"), certificate), by)
        .with("date", date(certificate.not_before))
        .seen("notBefore", certificate.not_before.to_string())
        .seen("now", now.to_string())
}

/// How far apart certificate and clock are, and whether the clock may be to blame.
fn off_by(finding: Finding, by: Duration) -> Finding {
    let clock = if by <= CLOCK_MAY_BE_WRONG { "suspect" } else { "fine" };
    finding.with("clock", clock).with("days", by.whole_days()).with("hours", by.whole_hours() + 1)
}

fn key(certificate: &Certificate) -> Option<Finding> {
    let finding = match certificate.key_kind {
        KeyKind::Rsa if certificate.key_bits < MINIMUM_RSA_BITS => Finding::error("certificate-key-weak"),
        KeyKind::Dsa => Finding::error("certificate-key-weak"),
        KeyKind::Other => Finding::error("certificate-key-unusual"),
        KeyKind::Rsa | KeyKind::Ec => return None,
    };
    Some(about(finding, certificate).with("key", &certificate.key))
}

/// The signature on the certificate itself protects nothing once the key is pinned, so SHA-1 is only mentioned; MD5 and
/// older are refused, as cryptographic libraries do not read such a certificate any more.
fn signature(certificate: &Certificate) -> Option<Finding> {
    let algorithm = certificate.signature_algorithm.as_str();
    let severity = match algorithm.rsplit(' ').next() {
        Some("MD2" | "MD4" | "MD5") => Severity::Error,
        Some("SHA-1") => Severity::Info,
        _ => return None,
    };
    Some(
        about(Finding::new(severity, "certificate-signature-weak"), certificate).with("algorithm", algorithm),
    )
}

/// A certificate authority that signed itself is normal for SAML; one that another authority issued is a link of a chain.
fn usage(certificate: &Certificate) -> Option<Finding> {
    let usage = certificate.usage();
    let code = if usage.is_authority && !certificate.self_signed {
        "certificate-is-authority"
    } else if usage.forbids_signing {
        "certificate-not-for-signing"
    } else {
        return None;
    };
    Some(about(Finding::warning(code), certificate))
}

/// Names the certificate a finding is about: in its text by subject, in its evidence by fingerprint.
fn about(finding: Finding, certificate: &Certificate) -> Finding {
    finding.with("subject", &certificate.subject).seen("SHA-256", &*certificate.sha256)
}

/// The day of a moment, in UTC.
pub(crate) fn date(at: Timestamp) -> String {
    at.to_string().chars().take("2026-11-22".len()).collect()
}
