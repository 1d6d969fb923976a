//! Servers that differ, and servers that do not do their part.

use super::{Look, amount};
use crate::{Answer, Outcome, ServerAnswer, ServerRow, Status};
use vocabulary::{Finding, Severity};

/// Servers that do not do their part, with the code of the finding, the most specific first.
const FAILURES: [(Fails, &str); 10] = [
    (|(answer, _)| limits(answer), "server-rate-limited"),
    (|(answer, _)| answer.txt == Outcome::Cut, "server-tcp-blocked"),
    (|(answer, _)| answer.txt == Outcome::Unreadable, "server-malformed"),
    (|(answer, _)| answer.txt == Outcome::Closed, "server-closed"),
    (|(_, row)| row.status == Status::Lame, "server-lame"),
    (|(answer, row)| row.status == Status::Refused && !limits(answer), "server-refused"),
    (
        |(answer, row)| {
            row.status == Status::Broken && !matches!(answer.txt, Outcome::Cut | Outcome::Unreadable)
        },
        "server-broken",
    ),
    (|(_, row)| row.status == Status::NoAddress, "server-no-address"),
    (|(answer, _)| answer.txt == Outcome::Silent, "server-silent"),
    (|(_, row)| row.status == Status::NoRoute, "server-no-route"),
];

/// Whether a server fails in one way.
type Fails = fn(&Pair<'_>) -> bool;

/// An answer and what it means.
type Pair<'a> = (&'a ServerAnswer, &'a ServerRow);

/// The findings about the servers.
pub(super) fn findings(look: &Look<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = disagreement(look).into_iter().collect();
    findings.extend(FAILURES.iter().filter_map(|(fails, code)| failing(look, *fails, code)));
    findings.extend(without_edns(look));
    findings
}

fn answered(server: &ServerAnswer) -> Option<&Answer> {
    match &server.txt {
        Outcome::Answered(answer) => Some(answer),
        _ => None,
    }
}

fn limits(server: &ServerAnswer) -> bool {
    answered(server).is_some_and(|answer| answer.limited)
}

/// It answers, but only to questions as they were asked before 1999.
fn without_edns(look: &Look<'_>) -> Option<Finding> {
    let old = |(server, _): &Pair<'_>| answered(server).is_some_and(|answer| answer.without_edns);
    let rows: Vec<&ServerRow> = look.delegated().filter(old).map(|(_, row)| row).collect();
    rows.first()?;
    Some(about(Finding::info("server-no-edns"), look, &rows))
}

/// Errors when no server is left that answers; otherwise the others still serve the record.
fn failing(look: &Look<'_>, fails: Fails, code: &'static str) -> Option<Finding> {
    let rows: Vec<&ServerRow> = look.delegated().filter(fails).map(|(_, row)| row).collect();
    rows.first()?;
    let somebody_answers = look.delegated().any(|(_, row)| row.status.is_answer());
    let severity = if somebody_answers { Severity::Warning } else { Severity::Error };
    Some(about(Finding::new(severity, code), look, &rows))
}

fn about(finding: Finding, look: &Look<'_>, rows: &[&ServerRow]) -> Finding {
    let finding = finding
        .with("servers", names(rows))
        .with("amount", amount(named(rows).len()))
        .with("count", rows.len())
        .with("total", look.delegated().count())
        .with(
            "others",
            if look.delegated().any(|(_, row)| row.status.is_answer()) { "answer" } else { "none" },
        )
        .with("zone", look.zone());
    rows.iter().fold(finding, |finding, row| {
        finding.seen(row.server.clone(), row.address.clone().unwrap_or_default())
    })
}

fn names(rows: &[&ServerRow]) -> String {
    named(rows).join(", ")
}

fn named<'a>(rows: &[&'a ServerRow]) -> Vec<&'a str> {
    let mut names: Vec<&str> = rows.iter().map(|row| row.server.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Different answers, or the same answers out of different versions of the zone.
fn disagreement(look: &Look<'_>) -> Option<Finding> {
    let answering: Vec<&ServerRow> =
        look.delegated().map(|(_, row)| row).filter(|row| row.status.is_answer()).collect();
    let first = answering.first()?;
    let same_answer = answering.iter().all(|row| is_same(row, first));
    let serials: Vec<u32> = look.delegated().filter_map(|(answer, _)| serial(answer)).collect();
    let same_serial = serials.iter().all(|serial| Some(serial) == serials.first());
    let finding = match (same_answer, same_serial) {
        (true, true) => return None,
        (true, false) => Finding::info("serials-differ"),
        (false, _) => Finding::warning("servers-disagree"),
    };
    let behind = behind(look, &answering, &serials);
    let finding = finding
        .with("behind", names(&behind))
        .with("amount", amount(behind.len()))
        .with("count", behind.len())
        .with("total", answering.len())
        .with("zone", look.collected.zone.as_deref().unwrap_or_default());
    Some(answering.iter().fold(finding, |finding, row| finding.seen(row.server.clone(), spoken(row))))
}

fn serial(answer: &ServerAnswer) -> Option<u32> {
    answer.zone.map(|zone| zone.serial)
}

/// Records that serve something else may differ where the expected value is there.
fn is_same(a: &ServerRow, b: &ServerRow) -> bool {
    a.status == b.status && (a.status == Status::Right || sorted(a) == sorted(b))
}

fn sorted(row: &ServerRow) -> Vec<&String> {
    let mut values: Vec<&String> = row.values.iter().collect();
    values.sort();
    values
}

/// The servers that have yet to follow: those without the right value when some have it, else those with an older
/// version of the zone.
fn behind<'a>(look: &Look<'_>, answering: &[&'a ServerRow], serials: &[u32]) -> Vec<&'a ServerRow> {
    if look.is_right_somewhere() {
        let lagging: Vec<_> = answering.iter().copied().filter(|row| row.status != Status::Right).collect();
        if !lagging.is_empty() {
            return lagging;
        }
    }
    let newest = serials.iter().copied().reduce(|a, b| if is_newer(b, a) { b } else { a });
    answering
        .iter()
        .copied()
        .filter(|row| row.serial.zip(newest).is_some_and(|(own, newest)| own != newest))
        .collect()
}

/// RFC 1982, 3.2: serial numbers wrap around.
fn is_newer(a: u32, b: u32) -> bool {
    a != b && a.wrapping_sub(b) < 1 << 31
}

fn spoken(row: &ServerRow) -> String {
    let serial = row.serial.map(|serial| format!("SOA {serial}; ")).unwrap_or_default();
    let answer = if row.values.is_empty() { "-".to_owned() } else { row.values.join(" | ") };
    format!("{serial}TXT {answer}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_wrap_around() {
        assert!(is_newer(2, 1) && !is_newer(1, 2) && !is_newer(1, 1));
        assert!(is_newer(0, u32::MAX) && !is_newer(u32::MAX, 0));
    }
}
