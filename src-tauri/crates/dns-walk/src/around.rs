//! What is looked at around the name, so that a verdict can be explained.

use crate::ask::Reply;
use crate::level::{Failure, Level};
use crate::rows::outcome;
use crate::session::Session;
use crate::walk::{Arrival, Walk, addresses_of};
use crate::wire;
use domain_check::{
    AliasEnd, AliasState, Answer, FormerAnswer, Outcome, Path, Rcode, ServerAnswer, TxtValue,
};
use hickory_resolver::proto::rr::{Name, RecordType};
use std::net::IpAddr;
use std::sync::Arc;
use tokio::task::JoinSet;

/// So many servers outside the delegation are asked.
const MAX_FORMER: usize = 4;

/// Aliases are followed from zone to zone so often.
pub(crate) const MAX_HOPS: usize = 4;

/// Follows an alias to where it ends in other zones, and says what stands there.
pub(crate) async fn follow_alias(session: &Arc<Session>, mut target: String) -> (AliasEnd, Answer) {
    for _ in 0..MAX_HOPS {
        let found = at_target(session, &target).await;
        if let Some(next) = found.aliases.last().filter(|_| found.values.is_empty()) {
            target.clone_from(next);
            continue;
        }
        let state = match (found.rcode, found.values.is_empty()) {
            (_, false) => AliasState::Found,
            (Rcode::NxDomain, _) => AliasState::NoName,
            (Rcode::NoError, _) => AliasState::NoRecord,
            _ => AliasState::Unreachable,
        };
        return (AliasEnd { target, state }, found);
    }
    (AliasEnd { target, state: AliasState::Unreachable }, Answer::default())
}

/// The target of an alias that a responsible server has, without a value beside it.
pub(crate) fn alias_without_value(outcome: &Outcome) -> Option<&str> {
    let Outcome::Answered(answer) = outcome else { return None };
    let last = answer.aliases.last().filter(|_| answer.values.is_empty() && answer.authoritative)?;
    Some(last)
}

/// What the servers of the target's zone agree on; nothing while they do not.
pub(crate) async fn at_target(session: &Arc<Session>, target: &str) -> Answer {
    let unreachable = || Answer { rcode: Rcode::ServFail, ..Answer::default() };
    let Some(name) = wire::name(target) else { return unreachable() };
    let walk = Walk { session, detours: 0 };
    let level = match walk.down_to(&name, &mut |_| {}).await {
        Arrival::Zone(level, _) => level,
        Arrival::Registry { .. } => return Answer { rcode: Rcode::NxDomain, ..Answer::default() },
        Arrival::Stuck { .. } => return unreachable(),
    };
    let mut asked = JoinSet::new();
    for address in level.servers.iter().flat_map(|server| server.addresses.clone()) {
        let (session, name) = (Arc::clone(session), name.clone());
        asked.spawn(async move { outcome(&session.ask(address, &name, RecordType::TXT).await, &name) });
    }
    let answers: Vec<Answer> = asked.join_all().await.into_iter().filter_map(authoritative).collect();
    let Some(first) = answers.first() else { return unreachable() };
    if answers.iter().all(|answer| answer.values == first.values) {
        return first.clone();
    }
    Answer { values: Vec::new(), ttl: None, rcode: Rcode::NoError, ..first.clone() }
}

fn authoritative(outcome: Outcome) -> Option<Answer> {
    match outcome {
        Outcome::Answered(answer) if answer.authoritative => Some(answer),
        _ => None,
    }
}

/// Asks servers outside the delegation for the name: those the zone names for itself, its primary, and those that
/// somebody knows from before.
pub(crate) async fn ask_former(
    session: &Arc<Session>,
    level: &Level,
    name: &Name,
    candidates: impl Iterator<Item = String>,
) -> Vec<FormerAnswer> {
    let mut servers: Vec<String> =
        candidates.filter(|server| level.servers.iter().all(|known| known.name != *server)).collect();
    servers.sort();
    servers.dedup();
    let known: Vec<IpAddr> = level.servers.iter().flat_map(|server| server.addresses.clone()).collect();
    let mut asked = JoinSet::new();
    for server in servers.into_iter().take(MAX_FORMER) {
        let (session, name, known) = (Arc::clone(session), name.clone(), known.clone());
        asked.spawn(async move {
            let owner = wire::name(&server)?;
            let addresses = addresses_of(Arc::clone(&session), owner, 0).await;
            let address = addresses.into_iter().find(|address| !known.contains(address))?;
            let outcome = outcome(&session.ask(address, &name, RecordType::TXT).await, &name);
            Some(FormerAnswer { server, outcome })
        });
    }
    let mut answers: Vec<FormerAnswer> = asked.join_all().await.into_iter().flatten().collect();
    answers.sort_by(|a, b| a.server.cmp(&b.server));
    answers
}

/// The values of the outdated type SPF at the name.
pub(crate) async fn spf(session: Arc<Session>, address: IpAddr, name: Name) -> Vec<TxtValue> {
    match session.ask(address, &name, RecordType::Unknown(wire::SPF)).await {
        Reply::Message(heard) => wire::spf_values(&heard),
        _ => Vec::new(),
    }
}

/// Whether somebody else answered in place of the root servers: what they said is nothing a root server says. Where all of
/// it offers recursion, that is sure; else an address that belongs to nobody is asked.
pub(crate) async fn intercepted(session: &Session, failures: &[Failure], name: &Name) -> Option<Path> {
    let strange = |failure: &Failure| matches!(failure.reply, Reply::Message(_) | Reply::Unreadable);
    failures.iter().find(|failure| strange(failure))?;
    if let Some(by) = resolver_in_place_of(failures) {
        return Some(Path::Intercepted { by: by.to_string() });
    }
    let by = session.config.nobody.to_string();
    answers_for_nobody(session, name).await.then_some(Path::Intercepted { by })
}

/// The first of the root servers, when all answers in their names offer recursion and claim no authority: no root server
/// answers so.
fn resolver_in_place_of(failures: &[Failure]) -> Option<IpAddr> {
    let mut answers = failures
        .iter()
        .filter_map(|failure| match &failure.reply {
            Reply::Message(heard) => Some((failure.address?, heard.message.metadata)),
            _ => None,
        })
        .peekable();
    let by = answers.peek()?.0;
    answers.all(|(_, said)| said.recursion_available && !said.authoritative).then_some(by)
}

/// Whether an answer comes from an address that no computer has.
pub(crate) async fn answers_for_nobody(session: &Session, name: &Name) -> bool {
    matches!(session.ask(session.config.nobody, name, RecordType::TXT).await, Reply::Message(_))
}

/// Whether all that answered offer recursion and claim no authority: resolvers do, a zone's name servers do not.
pub(crate) fn all_from_a_resolver(rows: &[ServerAnswer]) -> bool {
    let mut answers = rows
        .iter()
        .filter_map(|row| match &row.txt {
            Outcome::Answered(answer) => Some(answer),
            _ => None,
        })
        .peekable();
    answers.peek().is_some() && answers.all(|answer| answer.recursion && !answer.authoritative)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::{Heard, Way};
    use hickory_proto::op::{Message, MessageType, OpCode};
    use tokio::time::Instant;

    fn said(address: &str, recursion: bool, authority: bool) -> Failure {
        let mut message = Message::new(7, MessageType::Response, OpCode::Query);
        message.metadata.recursion_available = recursion;
        message.metadata.authoritative = authority;
        let heard = Heard {
            message: Box::new(message),
            cut: false,
            way: Way::Udp,
            edns_refused: false,
            slipped: false,
            asked_at: Instant::now(),
        };
        let address = Some(address.parse().unwrap());
        Failure { server: "a.root.test".into(), address, reply: Reply::Message(heard) }
    }

    fn silent() -> Failure {
        Failure { server: "b.root.test".into(), address: None, reply: Reply::NoRoute }
    }

    #[test]
    fn root_servers_that_all_offer_recursion_are_a_resolver() {
        let first = Some("127.10.0.1".parse().unwrap());
        let (resolver, root) = (|| said("127.10.0.1", true, false), || said("127.10.0.2", false, true));
        assert_eq!(resolver_in_place_of(&[silent(), resolver(), resolver()]), first);
        assert_eq!(resolver_in_place_of(&[resolver(), root()]), None);
        assert_eq!(resolver_in_place_of(&[said("127.10.0.1", true, true)]), None);
        assert_eq!(resolver_in_place_of(&[silent()]), None);
    }
}
