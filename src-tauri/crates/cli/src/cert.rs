//! `signpost cert`.

use crate::args::CertInspect;
use crate::failure::{Failure, Status};
use crate::output::Output;
use crate::table::facts;
use crate::words::Words;
use crate::{clock, input};
use certs::{Certificate, Reading};
use vocabulary::Finding;

/// Reads certificates and judges each at the current time.
pub(crate) fn inspect(args: &CertInspect, output: &Output) -> Result<Status, Failure> {
    let bytes = input::read(&args.source, certs::MAX_BYTES)?;
    let Reading { certificates, mut findings } = certs::read(&bytes);
    let now = clock::now();
    findings.extend(certificates.iter().flat_map(|certificate| certs::judge(certificate, now)));
    let reading = Reading { certificates, findings };
    let words = &output.words;
    output.answer(&text(words, &reading), &words.document(&reading, &reading.findings))?;
    Ok(Status::of(&reading.findings))
}

fn text(words: &Words, reading: &Reading) -> String {
    let mut text = format!("{}\n", verdict(words, reading));
    for certificate in &reading.certificates {
        text.push('\n');
        text.push_str(&describe(words, certificate, None));
    }
    text + &words.findings(&reading.findings)
}

fn verdict(words: &Words, reading: &Reading) -> String {
    let count = reading.certificates.len();
    let id = match (count, Status::of(&reading.findings)) {
        (0, _) => "cli-cert-none",
        (1, Status::Good) => "cli-cert-one-good",
        (_, Status::Good) => "cli-cert-several-good",
        (1, _) => "cli-cert-one-bad",
        _ => "cli-cert-several-bad",
    };
    let note = decide(words, &reading.findings);
    words.text(id, &[("count", &count.to_string())]) + &note
}

/// What to add to a verdict when warnings are left.
pub(crate) fn decide(words: &Words, findings: &[Finding]) -> String {
    let warned = findings.iter().any(|finding| finding.severity == vocabulary::Severity::Warning);
    if warned && Status::of(findings) == Status::Good {
        format!(" {}", words.label("cli-look-at-warnings"))
    } else {
        String::new()
    }
}

/// A certificate in lines; `usage` is what its key is for, where that is known.
pub(crate) fn describe(words: &Words, certificate: &Certificate, usage: Option<String>) -> String {
    let valid = format!("{} – {}", certificate.not_before, certificate.not_after);
    facts([
        (words.label("cli-cert-subject"), certificate.subject.clone()),
        (words.label("cli-cert-issuer"), certificate.issuer.clone()),
        (words.label("cli-cert-use"), usage.unwrap_or_default()),
        (words.label("cli-cert-valid"), valid),
        (words.label("cli-cert-key"), certificate.key.clone()),
        (words.label("cli-cert-signature"), certificate.signature_algorithm.clone()),
        (words.label("cli-cert-sha256"), certificate.sha256.clone()),
        (words.label("cli-cert-sha1"), certificate.sha1.clone()),
    ])
}
