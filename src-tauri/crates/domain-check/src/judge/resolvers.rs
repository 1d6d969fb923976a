//! What resolvers still remember, and resolvers that fail. None of it decides.

use super::Look;
use crate::{Answer, Outcome, Report, ServerAnswer, ServerRow, Status};
use time::Duration;
use vocabulary::Finding;

/// Extended errors (RFC 8914) that say that a signature did not hold.
const SIGNATURE_ERRORS: std::ops::RangeInclusive<u16> = 6..=12;

/// The findings that are made of what resolvers say.
const CODES: [&str; 8] = [
    "split-horizon",
    "resolver-remembers-nothing",
    "resolver-remembers-old",
    "resolver-rejects-signatures",
    "resolver-fails",
    "encrypted-dns-untrusted",
    "captive-portal",
    "resolver-limits",
];

/// What a resolver said, where that is still known, and what it means.
type Pair<'a> = (Option<&'a ServerAnswer>, &'a ServerRow);

/// What the rows of resolvers are held against.
struct Compared<'a> {
    domain: &'a str,
    expected: bool,
    /// Whether a delegated server has the expected value.
    published: bool,
    /// The primary server the public zone names.
    primary: Option<&'a str>,
    /// The delegated servers.
    servers: String,
    pairs: Vec<Pair<'a>>,
}

/// The findings about resolvers.
pub(super) fn findings(look: &Look<'_>) -> Vec<Finding> {
    let pairs = look.collected.servers.iter().zip(look.rows).filter(|(_, row)| row.is_resolvers());
    let delegated: Vec<&ServerRow> = look.delegated().map(|(_, row)| row).collect();
    about(&Compared {
        domain: look.collected.domain.as_str(),
        expected: look.expected.is_some(),
        published: look.is_right_somewhere(),
        primary: look.collected.surroundings.primary.as_deref(),
        servers: names(&delegated),
        pairs: pairs.map(|(answer, row)| (Some(answer), row)).collect(),
    })
}

/// Adds to a report what resolvers said, and what follows from it: `answers`, and rows of an earlier report that only
/// would repeat themselves. What it had of resolvers before is replaced; the verdict stays as it is.
pub fn compare(mut report: Report, answers: &[ServerAnswer], remembered: &[ServerRow]) -> Report {
    let expected = report.expected.clone();
    let rows: Vec<ServerRow> =
        answers.iter().map(|answer| ServerRow::of(answer, expected.as_deref())).collect();
    let answered = |row: &ServerRow| rows.iter().any(|fresh| fresh.is_of_the_same(row));
    let remembered: Vec<&ServerRow> = remembered.iter().filter(|row| !answered(row)).collect();
    report.servers.retain(|row| !row.is_resolvers());
    report.findings.retain(|finding| !CODES.contains(&finding.code.as_ref()));
    let delegated: Vec<&ServerRow> = report.delegated().collect();
    let findings = about(&Compared {
        domain: report.domain.as_str(),
        expected: expected.is_some(),
        published: delegated.iter().any(|row| row.status == Status::Right),
        primary: report.primary.as_deref(),
        servers: names(&delegated),
        pairs: (answers.iter().map(Some).zip(&rows))
            .chain(remembered.iter().map(|row| (None, *row)))
            .collect(),
    });
    report.findings.extend(findings);
    let remembered: Vec<ServerRow> = remembered.into_iter().cloned().collect();
    report.servers.extend(rows.into_iter().chain(remembered));
    report
}

fn about(compared: &Compared<'_>) -> Vec<Finding> {
    let all = |belongs: &dyn Fn(&Pair<'_>) -> bool| -> Vec<Pair<'_>> {
        compared.pairs.iter().copied().filter(|pair| belongs(pair)).collect()
    };
    let apart = |pair: &Pair<'_>| is_apart(compared, pair);
    let differs = |status| {
        move |pair: &Pair<'_>| compared.published && !is_apart(compared, pair) && pair.1.status == status
    };
    [
        split_horizon(compared, &all(&|pair| compared.expected && pair.1.status.is_answer() && apart(pair))),
        remembered("resolver-remembers-nothing", &all(&differs(Status::Missing))),
        remembered("resolver-remembers-old", &all(&differs(Status::WrongValue))),
        failed("resolver-rejects-signatures", &all(&|pair| signature_error(pair).is_some())),
        failed("resolver-fails", &all(&|pair| is_failure(pair) && signature_error(pair).is_none())),
        failed("encrypted-dns-untrusted", &all(&|pair| matches!(outcome(pair), Some(Outcome::Untrusted(_))))),
        failed("captive-portal", &all(&|pair| matches!(outcome(pair), Some(Outcome::Diverted(_))))),
        failed("resolver-limits", &all(&|pair| matches!(outcome(pair), Some(Outcome::Limited)))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn outcome<'a>((server, _): &Pair<'a>) -> Option<&'a Outcome> {
    server.map(|server| &server.txt)
}

fn answer<'a>(pair: &Pair<'a>) -> Option<&'a Answer> {
    match outcome(pair) {
        Some(Outcome::Answered(answer)) => Some(answer),
        _ => None,
    }
}

/// A resolver with a zone of its own for the domain: it claims authority, or another primary server than the
/// world's.
fn is_apart(compared: &Compared<'_>, pair: &Pair<'_>) -> bool {
    if pair.1.status == Status::Right || !pair.1.status.is_answer() {
        return false;
    }
    let Some(answer) = answer(pair) else { return false };
    answer.authoritative
        || answer.primary.as_deref().zip(compared.primary).is_some_and(|(own, public)| own != public)
}

fn split_horizon(compared: &Compared<'_>, apart: &[Pair<'_>]) -> Option<Finding> {
    let first = apart.first()?;
    let primary = answer(first).and_then(|answer| answer.primary.clone());
    let finding = Finding::info("split-horizon")
        .with("domain", compared.domain)
        .with("resolver", &first.1.server)
        .with("servers", &compared.servers);
    let finding = apart
        .iter()
        .fold(finding, |finding, (_, row)| finding.seen(row.server.clone(), row.values.join(" | ")));
    Some(primary.into_iter().fold(finding, |finding, primary| finding.seen("SOA", primary)))
}

fn names(rows: &[&ServerRow]) -> String {
    let mut names: Vec<&str> = rows.iter().map(|row| row.server.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}

fn names_of(pairs: &[Pair<'_>]) -> String {
    names(&pairs.iter().map(|(_, row)| *row).collect::<Vec<_>>())
}

/// They looked before the record was there, or before it was changed, and go on saying so for a while.
fn remembered(code: &'static str, pairs: &[Pair<'_>]) -> Option<Finding> {
    let until = |row: &ServerRow| row.asked_at.plus(Duration::seconds(row.ttl.unwrap_or_default().into()));
    let last = pairs.iter().map(|(_, row)| until(row)).max()?;
    let finding = Finding::info(code)
        .with("resolvers", names_of(pairs))
        .with("amount", super::amount(pairs.len()))
        .with("until", last);
    Some(pairs.iter().fold(finding, |finding, (_, row)| {
        finding.seen(
            row.server.clone(),
            format!("{} ({} s)", row.values.join(" | "), row.ttl.unwrap_or_default()),
        )
    }))
}

fn is_failure(pair: &Pair<'_>) -> bool {
    answer(pair).is_some_and(|answer| answer.rcode == crate::Rcode::ServFail)
}

fn signature_error<'a>(pair: &Pair<'a>) -> Option<&'a (u16, String)> {
    let answer = answer(pair).filter(|answer| answer.rcode == crate::Rcode::ServFail)?;
    answer.extended_error.as_ref().filter(|(code, _)| SIGNATURE_ERRORS.contains(code))
}

fn failed(code: &'static str, pairs: &[Pair<'_>]) -> Option<Finding> {
    pairs.first()?;
    let finding =
        Finding::warning(code).with("resolvers", names_of(pairs)).with("amount", super::amount(pairs.len()));
    Some(pairs.iter().fold(finding, |finding, pair| finding.seen(pair.1.server.clone(), detail(pair))))
}

fn detail(pair: &Pair<'_>) -> String {
    match outcome(pair) {
        Some(Outcome::Untrusted(text) | Outcome::Diverted(text)) => text.clone(),
        Some(Outcome::Answered(Answer { extended_error: Some((code, text)), .. })) => {
            format!("EDE {code} {text}")
        }
        Some(Outcome::Answered(_)) => "SERVFAIL".to_owned(),
        _ => String::new(),
    }
}
