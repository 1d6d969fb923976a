//! `signpost scim`.

use crate::args::{Rehearse, RehearsedProvider};
use crate::failure::{Failure, Status};
use crate::input;
use crate::output::Output;
use crate::runtime::run_async;
use crate::words::Words;
use scim_endpoint::HttpEndpoint;
use scim_rehearsal::{Cast, Check, Ended, Outcome, Part, Progress, Provider, Rehearsal, rehearse as play};
use serde_json::{Value, json};
use uuid::Uuid;

/// Plays what identity providers send, and says what became of it. Ctrl-C ends it after everything is taken away again.
pub(crate) fn rehearse(args: &Rehearse, output: &Output) -> Result<Status, Failure> {
    let unusable = |error: scim_endpoint::Unusable| Failure::unusable(error.code());
    let endpoint =
        HttpEndpoint::new(&args.base_url, &input::secret(&args.token_env, "scim-token-variable-missing")?)
            .map_err(unusable)?;
    let cast = Cast::new(&Uuid::new_v4().simple().to_string()[..8], domain(&args.email_domain)?);
    let parts = Part::of(&providers(args.provider));
    let is_json = output.is_json();
    let tell = |progress: Progress| {
        if !is_json {
            crate::output::note(&line(&output.words, &progress.newest));
        }
    };
    let rehearsal = run_async(play(&endpoint, &cast, &parts, told_to_stop(), &tell))?;
    if let Some(Ended::Unreached { reason }) = &rehearsal.ended {
        let failure = Failure::environment("scim-unreachable").with("reason", reason);
        if rehearsal.count(Outcome::Passed) + rehearsal.count(Outcome::Failed) == 0 {
            return Err(failure);
        }
        output.failed_beside(&failure);
    }
    output.answer(&text(&output.words, &rehearsal), &document(&output.words, &rehearsal))?;
    Ok(match rehearsal.ended {
        Some(Ended::Unreached { .. } | Ended::Stopped) => Status::Environment,
        _ if rehearsal.count(Outcome::Failed) == 0 => Status::Good,
        _ => Status::NotGood,
    })
}

async fn told_to_stop() {
    // Where Ctrl-C cannot be listened for, it ends the process as ever.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn domain(typed: &str) -> Result<&str, Failure> {
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && label.len() < 64
    };
    let is_domain = typed.len() < 200 && typed.split('.').all(is_label);
    is_domain
        .then_some(typed)
        .ok_or_else(|| Failure::unusable("scim-email-domain-invalid").with("domain", typed))
}

fn providers(wanted: RehearsedProvider) -> Vec<Provider> {
    match wanted {
        RehearsedProvider::Entra => vec![Provider::Entra],
        RehearsedProvider::Okta => vec![Provider::Okta],
        RehearsedProvider::Pingone => vec![Provider::PingOne],
        RehearsedProvider::All => Provider::ALL.to_vec(),
    }
}

fn document(words: &Words, rehearsal: &Rehearsal) -> Value {
    json!({
        "checks": Vec::from_iter(rehearsal.checks.iter().map(|check| check_json(words, check))),
        "passed": rehearsal.count(Outcome::Passed),
        "failed": rehearsal.count(Outcome::Failed),
        "not_tried": rehearsal.count(Outcome::NotTried),
        "ended": rehearsal.ended,
        "left_behind": rehearsal.left_behind,
        "findings": Vec::from_iter(rehearsal.findings().map(|finding| words.finding_json(finding))),
    })
}

fn check_json(words: &Words, check: &Check) -> Value {
    json!({
        "id": check.id,
        "ok": check.outcome == Outcome::Passed,
        "detail": detail(words, check),
        "title": words.label(&check.text),
        "part": check.part,
        "outcome": check.outcome,
        "finding": check.finding.as_ref().map(|finding| &finding.code),
        "evidence": check.evidence,
    })
}

/// What was seen, or why it was not looked at.
fn detail(words: &Words, check: &Check) -> String {
    match (&check.finding, check.outcome) {
        (Some(finding), _) => words.finding(finding).message,
        (None, Outcome::NotTried) => words.label("cli-scim-needs"),
        (None, _) if check.evidence.is_empty() => words.label(&check.text),
        (None, _) => {
            let seen = check.evidence.iter().map(|seen| format!("{}: {}", seen.source, seen.value));
            seen.collect::<Vec<_>>().join("; ")
        }
    }
}

fn text(words: &Words, rehearsal: &Rehearsal) -> String {
    let mut text = format!("{}\n{}\n", verdict(words, rehearsal), counts(words, rehearsal));
    for check in &rehearsal.checks {
        if let Some(finding) = &check.finding {
            let part = words.label(&format!("rehearsal-part-{}", check.part.as_str()));
            text.push_str(&format!("\n{part}: {}", words.label(&check.text)));
            text.push_str(&words.findings(std::slice::from_ref(finding)));
        }
    }
    text
}

fn verdict(words: &Words, rehearsal: &Rehearsal) -> String {
    let failed = rehearsal.count(Outcome::Failed);
    match (&rehearsal.ended, failed) {
        (Some(Ended::Unusable), _) => words.label("cli-scim-unusable"),
        (Some(_), _) if rehearsal.left_behind.is_empty() => words.label("cli-scim-stopped"),
        (Some(_), _) => words.label("cli-scim-stopped-left"),
        (None, 0) => words.label("cli-scim-good"),
        (None, _) => words.text("cli-scim-bad", &[("count", &failed.to_string())]),
    }
}

fn counts(words: &Words, rehearsal: &Rehearsal) -> String {
    let count = |outcome| rehearsal.count(outcome).to_string();
    let (passed, failed, open) = (count(Outcome::Passed), count(Outcome::Failed), count(Outcome::NotTried));
    words.text("cli-scim-counts", &[("passed", &passed), ("failed", &failed), ("open", &open)])
}

/// One check on one line, as soon as it is made.
fn line(words: &Words, check: &Check) -> String {
    let word = match check.outcome {
        Outcome::Passed => "cli-scim-passed",
        Outcome::Failed => "cli-scim-failed",
        Outcome::NotTried => "cli-scim-not-tried",
    };
    let part = words.label(&format!("rehearsal-part-{}", check.part.as_str()));
    format!("{part}: {}: {}", words.label(&check.text), words.label(word))
}
