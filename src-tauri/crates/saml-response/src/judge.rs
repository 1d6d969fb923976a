//! Holds what a response says against what is expected, in the order of SAML Profiles 4.1.4.3.

use crate::examination::{Examination, Matter};
use crate::expected::Expected;
use crate::said::{Bearer, Conditions, Envelope, Said};
use crate::times::{Bound, Broken, hold};
use vocabulary::{Finding, Timestamp};

pub(crate) fn judge(
    examination: &mut Examination,
    envelope: &Envelope,
    said: &Said,
    expected: &Expected,
    now: Timestamp,
) {
    issuer(examination, envelope, said, expected);
    destination(examination, envelope, expected);
    recipient(examination, said, expected);
    in_response_to(examination, envelope, said, expected);
    audience(examination, &said.conditions, expected);
    times(examination, said, now);
    if !said.has_sign_in {
        examination.findings.push(Finding::warning("response-no-sign-in"));
    }
}

fn issuer(examination: &mut Examination, envelope: &Envelope, said: &Said, expected: &Expected) {
    let received: Vec<String> = [&said.issuer, &envelope.issuer].into_iter().flatten().cloned().collect();
    let is_good = said.issuer.is_some() && received.iter().all(|one| *one == expected.idp_entity_id);
    let wanted = expected.idp_entity_id.clone();
    let shown = distinct(received);
    if examination.compare(Matter::Issuer, vec![wanted.clone()], shown.clone(), is_good) {
        return;
    }
    examination.findings.push(differs("response-issuer", &wanted, &shown));
}

fn destination(examination: &mut Examination, envelope: &Envelope, expected: &Expected) {
    if envelope.destination.is_none() && !envelope.is_signed {
        return;
    }
    let received: Vec<String> = envelope.destination.iter().cloned().collect();
    let acs_url = expected.acs_url.clone();
    let is_good = received == [acs_url.clone()];
    if !examination.compare(Matter::Destination, vec![acs_url.clone()], received.clone(), is_good) {
        examination.findings.push(differs("response-destination", &acs_url, &received));
    }
}

fn recipient(examination: &mut Examination, said: &Said, expected: &Expected) {
    if said.bearers.is_empty() {
        examination.findings.push(Finding::error("response-no-bearer"));
        return;
    }
    let received = distinct(said.bearers.iter().filter_map(|one| one.recipient.clone()).collect());
    let is_good = received.contains(&expected.acs_url);
    let acs_url = expected.acs_url.clone();
    if !examination.compare(Matter::Recipient, vec![acs_url.clone()], received.clone(), is_good) {
        examination.findings.push(differs("response-recipient", &acs_url, &received));
    }
}

fn in_response_to(examination: &mut Examination, envelope: &Envelope, said: &Said, expected: &Expected) {
    let of_bearers = said.bearers.iter().filter_map(|one| one.in_response_to.clone());
    let received = distinct(envelope.in_response_to.iter().cloned().chain(of_bearers).collect());
    let Some(wanted) = &expected.in_response_to else {
        if received.is_empty() {
            examination.findings.push(Finding::info("response-unsolicited"));
        }
        return;
    };
    let is_good = received == [wanted.clone()];
    if !examination.compare(Matter::InResponseTo, vec![wanted.clone()], received.clone(), is_good) {
        examination.findings.push(differs("response-in-response-to", wanted, &received));
    }
}

fn audience(examination: &mut Examination, conditions: &Conditions, expected: &Expected) {
    let wanted = expected.sp_entity_id.clone();
    let received = distinct(conditions.audiences.iter().flatten().cloned().collect());
    let is_good =
        !conditions.audiences.is_empty() && conditions.audiences.iter().all(|list| list.contains(&wanted));
    if !examination.compare(Matter::Audience, vec![wanted.clone()], received.clone(), is_good) {
        examination.findings.push(differs("response-audience", &wanted, &received));
    }
    if let Some(unknown) = conditions.unknown.first() {
        examination.findings.push(Finding::error("response-condition-unknown").with("condition", unknown));
    }
}

fn distinct(values: Vec<String>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for value in values {
        if !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    distinct
}

fn differs(code: &'static str, expected: &str, received: &[String]) -> Finding {
    let shown = received.join(", ");
    let kind = received.first().map_or("missing", |first| difference(expected, first));
    Finding::error(code).with("difference", kind).seen("expected", expected).seen("received", shown)
}

/// How two values differ that should be the same to the letter.
fn difference(expected: &str, received: &str) -> &'static str {
    let without_slash = |text: &str| text.trim_end_matches('/').to_owned();
    let without_scheme = |text: &str| text.split_once("://").map_or(text, |(_, rest)| rest).to_owned();
    if without_slash(expected) == without_slash(received) {
        "slash"
    } else if expected.eq_ignore_ascii_case(received) {
        "case"
    } else if without_scheme(expected) == without_scheme(received) {
        "scheme"
    } else {
        "other"
    }
}

fn times(examination: &mut Examination, said: &Said, now: Timestamp) {
    let conditions = &said.conditions;
    let mut broken: Vec<Broken> = Vec::new();
    broken.extend(past(Bound::From, conditions.not_before.as_deref(), now));
    broken.extend(past(Bound::Until, conditions.not_on_or_after.as_deref(), now));
    broken.extend(best_bearer(&said.bearers, now));
    if let Some(finding) = broken.iter().map(|one| window(*one, now, examination.issued)).next() {
        examination.findings.push(finding);
    }
    let no_end = !said.bearers.is_empty() && said.bearers.iter().all(|one| one.not_on_or_after.is_none());
    if no_end {
        examination.findings.push(Finding::error("response-no-expiry"));
    }
    if !said.bearers.is_empty() && said.bearers.iter().all(|one| one.not_before.is_some()) {
        examination.findings.push(Finding::error("response-bearer-not-before"));
    }
    let ended = said.sessions_end.iter().any(|end| hold(Bound::Until, end, now).is_err());
    if ended && broken.is_empty() {
        examination.findings.push(Finding::error("response-session-ended"));
    }
}

fn past(bound: Bound, text: Option<&str>, now: Timestamp) -> Option<Broken> {
    text.and_then(|text| hold(bound, text, now).err())
}

/// One confirmation that holds is enough; otherwise what the first one breaks.
fn best_bearer(bearers: &[Bearer], now: Timestamp) -> Option<Broken> {
    let broken: Vec<_> =
        bearers.iter().map(|one| past(Bound::Until, one.not_on_or_after.as_deref(), now)).collect();
    if broken.iter().any(Option::is_none) { None } else { broken.into_iter().flatten().next() }
}

/// A broken time, with how far this clock is from the moment the response was made.
fn window(broken: Broken, now: Timestamp, issued: Option<Timestamp>) -> Finding {
    let finding = match broken {
        Broken::Unreadable => return Finding::error("response-time-unreadable"),
        Broken::Early { seconds } => Finding::error("response-not-yet-valid").with("seconds", seconds),
        Broken::Late { seconds } => Finding::error("response-expired").with("seconds", seconds),
    };
    let finding = finding.seen("now", now.to_string());
    match issued {
        Some(issued) => finding.seen("IssueInstant", issued.to_string()),
        None => finding,
    }
}
