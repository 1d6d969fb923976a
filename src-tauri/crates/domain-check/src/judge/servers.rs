//! Servers that differ, and servers that do not do their part.

use super::{Look, amount};
use crate::{ServerAnswer, ServerRow, Status};
use vocabulary::{Finding, Severity};

/// The statuses of a server that does not do its part, with the code of the finding.
const FAILURES: [(Status, &str); 6] = [
    (Status::Lame, "server-lame"),
    (Status::Refused, "server-refused"),
    (Status::Broken, "server-broken"),
    (Status::NoAddress, "server-no-address"),
    (Status::Silent, "server-silent"),
    (Status::NoRoute, "server-no-route"),
];

/// The findings about the servers.
pub(super) fn findings(look: &Look<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = disagreement(look).into_iter().collect();
    findings.extend(FAILURES.iter().filter_map(|(status, code)| failing(look, *status, code)));
    findings
}

/// Errors when no server is left that answers; otherwise the others still serve the record.
fn failing(look: &Look<'_>, status: Status, code: &'static str) -> Option<Finding> {
    let rows: Vec<&ServerRow> = look.with(status).map(|(_, row)| row).collect();
    if rows.is_empty() {
        return None;
    }
    let somebody_answers = look.delegated().any(|(_, row)| row.status.is_answer());
    let severity = if somebody_answers { Severity::Warning } else { Severity::Error };
    let finding = Finding::new(severity, code)
        .with("servers", names(&rows))
        .with("amount", amount(named(&rows).len()))
        .with("count", rows.len())
        .with("total", look.delegated().count())
        .with("zone", look.collected.zone.as_deref().unwrap_or_default());
    Some(rows.iter().fold(finding, |finding, row| {
        finding.seen(row.server.clone(), row.address.clone().unwrap_or_default())
    }))
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
