//! What resolvers still remember, and resolvers that fail. None of it decides.

use super::Look;
use crate::{Answer, Outcome, Role, ServerAnswer, ServerRow, Status};
use time::Duration;
use vocabulary::Finding;

/// Extended errors (RFC 8914) that say that a signature did not hold.
const SIGNATURE_ERRORS: std::ops::RangeInclusive<u16> = 6..=12;

type Pair<'a> = (&'a ServerAnswer, &'a ServerRow);

/// The findings about resolvers.
pub(super) fn findings(look: &Look<'_>) -> Vec<Finding> {
    let resolvers = || look.collected.servers.iter().zip(look.rows).filter(|(_, row)| is_resolver(row));
    let all = |belongs: &dyn Fn(&Pair<'_>) -> bool| -> Vec<Pair<'_>> {
        resolvers().filter(|pair| belongs(pair)).collect()
    };
    let published = look.is_right_somewhere();
    let apart = |pair: &Pair<'_>| is_apart(look, pair);
    let differs =
        |status| move |pair: &Pair<'_>| published && !is_apart(look, pair) && pair.1.status == status;
    let wanted = look.expected.is_some();
    [
        split_horizon(look, &all(&|pair| wanted && pair.1.status.is_answer() && apart(pair))),
        remembered("resolver-remembers-nothing", &all(&differs(Status::Missing))),
        remembered("resolver-remembers-old", &all(&differs(Status::WrongValue))),
        failed("resolver-rejects-signatures", &all(&|pair| signature_error(pair.0).is_some())),
        failed("resolver-fails", &all(&|pair| is_failure(pair) && signature_error(pair.0).is_none())),
        failed("encrypted-dns-untrusted", &all(&|pair| matches!(pair.0.txt, Outcome::Untrusted(_)))),
        failed("captive-portal", &all(&|pair| matches!(pair.0.txt, Outcome::Diverted(_)))),
        failed("resolver-limits", &all(&|pair| pair.0.txt == Outcome::Limited)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn is_resolver(row: &ServerRow) -> bool {
    matches!(row.role, Role::Resolver | Role::System)
}

fn answer(server: &ServerAnswer) -> Option<&Answer> {
    match &server.txt {
        Outcome::Answered(answer) => Some(answer),
        _ => None,
    }
}

/// A resolver with a zone of its own for the domain: it claims authority, or another primary server than the
/// world's.
fn is_apart(look: &Look<'_>, (server, row): &Pair<'_>) -> bool {
    if row.status == Status::Right || !row.status.is_answer() {
        return false;
    }
    let Some(answer) = answer(server) else { return false };
    let public = &look.collected.surroundings.primary;
    answer.authoritative
        || answer.primary.as_ref().zip(public.as_ref()).is_some_and(|(own, public)| own != public)
}

fn split_horizon(look: &Look<'_>, apart: &[Pair<'_>]) -> Option<Finding> {
    let (server, _) = apart.first()?;
    let primary = answer(server).and_then(|answer| answer.primary.clone());
    let finding = Finding::info("split-horizon")
        .with("domain", &look.collected.domain)
        .with("resolver", &server.server)
        .with("servers", names(&look.delegated().collect::<Vec<_>>()));
    let finding = apart
        .iter()
        .fold(finding, |finding, (server, row)| finding.seen(server.server.clone(), row.values.join(" | ")));
    Some(primary.into_iter().fold(finding, |finding, primary| finding.seen("SOA", primary)))
}

fn names(pairs: &[Pair<'_>]) -> String {
    let mut names: Vec<&str> = pairs.iter().map(|(server, _)| server.server.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}

/// They looked before the record was there, or before it was changed, and go on saying so for a while.
fn remembered(code: &'static str, pairs: &[Pair<'_>]) -> Option<Finding> {
    let until = |row: &ServerRow| row.asked_at.plus(Duration::seconds(row.ttl.unwrap_or_default().into()));
    let last = pairs.iter().map(|(_, row)| until(row)).max()?;
    let finding = Finding::info(code).with("resolvers", names(pairs)).with("until", last);
    Some(pairs.iter().fold(finding, |finding, (server, row)| {
        finding.seen(
            server.server.clone(),
            format!("{} ({} s)", row.values.join(" | "), row.ttl.unwrap_or_default()),
        )
    }))
}

fn is_failure((server, _): &Pair<'_>) -> bool {
    answer(server).is_some_and(|answer| answer.rcode == crate::Rcode::ServFail)
}

fn signature_error(server: &ServerAnswer) -> Option<&(u16, String)> {
    let answer = answer(server).filter(|answer| answer.rcode == crate::Rcode::ServFail)?;
    answer.extended_error.as_ref().filter(|(code, _)| SIGNATURE_ERRORS.contains(code))
}

fn failed(code: &'static str, pairs: &[Pair<'_>]) -> Option<Finding> {
    pairs.first()?;
    let finding =
        Finding::warning(code).with("resolvers", names(pairs)).with("amount", super::amount(pairs.len()));
    Some(
        pairs
            .iter()
            .fold(finding, |finding, (server, _)| finding.seen(server.server.clone(), detail(server))),
    )
}

fn detail(server: &ServerAnswer) -> String {
    match &server.txt {
        Outcome::Untrusted(text) | Outcome::Diverted(text) => text.clone(),
        Outcome::Answered(Answer { extended_error: Some((code, text)), .. }) => format!("EDE {code} {text}"),
        Outcome::Answered(_) => "SERVFAIL".to_owned(),
        _ => String::new(),
    }
}
