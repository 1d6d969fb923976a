//! The record is not there yet.

use super::Look;
use crate::{Answer, Outcome, Rcode, ServerAnswer, Status};
use vocabulary::Finding;

/// Not there, and no finding so far says why.
pub(super) fn finding(look: &Look<'_>, others: &[Finding]) -> Option<Finding> {
    if look.is_right_somewhere() || others.iter().any(|finding| finding.code.starts_with("txt-")) {
        return None;
    }
    let rows: Vec<_> = look.with(Status::Missing).collect();
    let seconds = rows.iter().filter_map(|(_, row)| row.ttl).max().unwrap_or_default();
    let finding = Finding::warning("txt-missing")
        .with("name", &look.collected.name)
        .with("host", look.host())
        .with("zone", look.zone())
        .with("negative_ttl", seconds)
        .with("wait", wait(seconds))
        .with("minutes", seconds.div_ceil(60));
    let finding =
        rows.iter().fold(finding, |finding, (answer, row)| finding.seen(row.server.clone(), said(answer)));
    (!rows.is_empty()).then_some(finding)
}

/// How "does not exist" was said (RFC 2308, 2).
fn said(answer: &ServerAnswer) -> &'static str {
    match &answer.txt {
        Outcome::Answered(Answer { rcode: Rcode::NxDomain, .. }) => "NXDOMAIN",
        _ => "NOERROR, no TXT record",
    }
}

/// For the choice of the sentence.
fn wait(seconds: u32) -> &'static str {
    match seconds {
        0 => "none",
        1..=60 => "minute",
        _ => "minutes",
    }
}
