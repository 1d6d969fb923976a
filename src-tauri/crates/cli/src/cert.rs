//! `signpost cert`.

use crate::args::CertInspect;
use crate::failure::{Failure, Status};
use crate::output::Output;
use crate::table::facts;
use crate::words::Words;
use crate::{clock, input};
use certs::{Certificate, Event, Reading, Succession};
use serde_json::{Value, json};
use std::path::Path;
use vocabulary::{Finding, Timestamp};

/// Reads certificates and judges them, each and together, at the current time.
pub(crate) fn inspect(args: &CertInspect, output: &Output) -> Result<Status, Failure> {
    let bytes = input::read(&args.source, certs::MAX_BYTES)?;
    let now = clock::now();
    let reading = judged(certs::read(&bytes), now);
    let words = &output.words;
    let mut document = words.document(&reading, &reading.findings);
    document["successions"] = certs::successions(&reading.certificates).iter().map(succession).collect();
    let mut text = text(words, &reading);
    if let Some(path) = &args.ics {
        let count = remind(words, path, &reading.certificates, now)?;
        let path = path.display().to_string();
        document["reminders"] = json!({ "path": path, "count": count });
        let saved = words.text("cli-cert-reminders-saved", &[("count", &count.to_string()), ("path", &path)]);
        text.push_str(&format!("\n{saved}\n"));
    }
    output.answer(&text, &document)?;
    Ok(Status::of(&reading.findings))
}

fn judged(reading: Reading, now: Timestamp) -> Reading {
    let Reading { certificates, mut findings } = reading;
    findings.extend(certificates.iter().flat_map(|certificate| certs::judge(certificate, now)));
    findings.extend(certs::judge_together(&certificates, now));
    Reading { certificates, findings }
}

fn succession(one: &Succession<'_>) -> Value {
    json!({
        "old": one.old.sha256,
        "new": one.new.sha256,
        "from": one.from,
        "until": one.until,
        "gap": one.is_gap,
    })
}

/// Writes the calendar; how many entries it has.
fn remind(
    words: &Words,
    path: &Path,
    certificates: &[Certificate],
    now: Timestamp,
) -> Result<usize, Failure> {
    if certificates.is_empty() {
        return Err(Failure::unusable("reminders-nothing"));
    }
    let events: Vec<Event> = certificates.iter().map(|one| event(words, one)).collect();
    std::fs::write(path, certs::calendar(&events, now)).map_err(|error| {
        let failure = Failure::environment("reminders-unwritable");
        failure.with("path", path.display()).with("reason", error)
    })?;
    Ok(events.len())
}

fn event(words: &Words, certificate: &Certificate) -> Event {
    let args = [("subject", certificate.subject.as_str()), ("sha256", certificate.sha256.as_str())];
    Event {
        uid: certs::uid(certificate, ""),
        at: certificate.not_after,
        summary: words.text("cli-cert-reminder", &args),
        description: words.text("cli-cert-reminder-text", &args),
    }
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
