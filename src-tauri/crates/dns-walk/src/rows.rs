//! One delegated server at one address: what it is asked, and what its answers come to.

use crate::ask::{Heard, Reply, Way};
use crate::collect::Clock;
use crate::level::{Failure, Level};
use crate::session::Session;
use crate::wire;
use domain_check::{Answer, MisplacedAnswer, Outcome, Place, Role, ServerAnswer, WalkEnd};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{Name, RecordType};
use std::net::IpAddr;
use std::time::{Duration, Instant};
use tokio::time::sleep;
use vocabulary::Timestamp;

/// A server that refuses because it is asked too often is asked so often again, each time after a longer rest.
const MORE_ATTEMPTS: u32 = 3;

/// After so long a zone that was refused while others were served is asked for once more.
const A_MOMENT: Duration = Duration::from_secs(2);

/// The answer of one server, and what it says about the zone.
pub(crate) struct Row {
    pub(crate) answer: ServerAnswer,
    pub(crate) own_servers: Vec<String>,
    pub(crate) primary: Option<String>,
}

/// The answers of one server to the three questions of a row.
struct Answers {
    txt: Reply,
    soa: Reply,
    ns: Reply,
    took_ms: u32,
}

/// Asks for the TXT record, and for the zone's version and name servers in the same moment.
pub(crate) async fn ask(
    session: &Session,
    clock: &Clock,
    server: String,
    address: IpAddr,
    zone: &Name,
    name: &Name,
) -> Row {
    let asked_at = clock();
    let answers = answers(session, address, zone, name).await;
    let odd = [&answers.txt, &answers.soa, &answers.ns].into_iter().all(avoids_edns);
    let without_edns = odd && (is_told(&answers.txt) || session.drops_edns(address, zone).await);
    let (soa, ns) = (message(&answers.soa), message(&answers.ns));
    let mut txt = outcome(&answers.txt, name);
    if let Outcome::Answered(answer) = &mut txt {
        answer.without_edns = without_edns;
        answer.limited = is_refused(&answers.txt) && (soa.is_some_and(serves) || ns.is_some_and(serves));
    }
    Row {
        own_servers: ns.map(|ns| wire::own_servers(ns, zone)).unwrap_or_default(),
        primary: soa.and_then(|soa| wire::primary(soa)),
        answer: ServerAnswer {
            server,
            address: Some(address),
            role: Role::Delegated,
            txt,
            zone: soa.and_then(|soa| wire::zone_version(soa)),
            asked_at,
            took_ms: answers.took_ms,
        },
    }
}

/// What the server has at a name where a misplaced record turns up.
pub(crate) async fn misplaced(
    session: &Session,
    server: String,
    address: IpAddr,
    place: Place,
    text: String,
    name: Name,
) -> MisplacedAnswer {
    let reply = session.ask(address, &name, RecordType::TXT).await;
    MisplacedAnswer { place, name: text, server, outcome: outcome(&reply, &name) }
}

/// The three questions, and those that were refused once more, later, where the server may only have had enough of
/// them: it answers others about the zone, or so many were sent to it that it may have. Then the pace slows down, but not
/// for a zone that is refused twice while others are served: a server that many domains have left would otherwise hold
/// up the many that are still there.
async fn answers(session: &Session, address: IpAddr, zone: &Name, name: &Name) -> Answers {
    let start = Instant::now();
    let txt = async { (session.ask(address, name, RecordType::TXT).await, millis(start.elapsed())) };
    let ((txt, took_ms), soa, ns) = tokio::join!(
        txt,
        session.ask(address, zone, RecordType::SOA),
        session.ask(address, zone, RecordType::NS)
    );
    let mut answers = Answers { txt, soa, ns, took_ms };
    for attempt in 0..MORE_ATTEMPTS {
        let heard = || [&answers.txt, &answers.soa, &answers.ns].into_iter().filter_map(message);
        let refused = heard().filter(|heard| heard.is_refusal()).max_by_key(|heard| heard.asked_at);
        let Some(asked_at) = refused.map(|heard| heard.asked_at) else { break };
        let partly = heard().any(serves);
        let is_zone_likely = !partly && session.takes_many(address);
        if is_zone_likely && attempt == 0 {
            sleep(A_MOMENT).await;
        } else if is_zone_likely || !session.slow_down(address, asked_at, partly, attempt) {
            break;
        }
        for (reply, name, kind) in [
            (&mut answers.txt, name, RecordType::TXT),
            (&mut answers.soa, zone, RecordType::SOA),
            (&mut answers.ns, zone, RecordType::NS),
        ] {
            if is_refused(reply) {
                let again = session.ask(address, name, kind).await;
                if matches!(again, Reply::Message(_)) {
                    *reply = again;
                }
            }
        }
        if is_zone_likely && ![&answers.txt, &answers.soa, &answers.ns].into_iter().any(is_refused) {
            session.slow_down(address, asked_at, true, attempt);
        }
    }
    answers
}

pub(crate) fn without_address(server: &str, asked_at: Timestamp) -> ServerAnswer {
    ServerAnswer {
        server: server.to_owned(),
        address: None,
        role: Role::Delegated,
        txt: Outcome::NoAddress,
        zone: None,
        asked_at,
        took_ms: 0,
    }
}

fn message(reply: &Reply) -> Option<&Heard> {
    match reply {
        Reply::Message(heard) => Some(heard),
        _ => None,
    }
}

fn is_refused(reply: &Reply) -> bool {
    message(reply).is_some_and(Heard::is_refusal)
}

fn serves(heard: &Heard) -> bool {
    heard.metadata.authoritative && heard.metadata.response_code == ResponseCode::NoError
}

/// Whether the answer came by another way than the first datagram, and not because it was too long for that.
fn avoids_edns(reply: &Reply) -> bool {
    message(reply).is_some_and(|heard| heard.way != Way::Udp && !heard.cut)
}

/// Whether the server itself said that it does not take EDNS.
fn is_told(reply: &Reply) -> bool {
    message(reply).is_some_and(|heard| heard.edns_refused)
}

/// A server that this computer can reach at another address is not reported for the address it cannot.
pub(crate) fn is_other_way_open(level: &Level, row: &ServerAnswer) -> bool {
    row.txt == Outcome::NoRoute
        && row.address.is_some_and(|address| address.is_ipv6())
        && level
            .servers
            .iter()
            .any(|server| server.name == row.server && server.addresses.iter().any(IpAddr::is_ipv4))
}

pub(crate) fn outcome(reply: &Reply, name: &Name) -> Outcome {
    match reply {
        Reply::Message(heard) => Outcome::Answered(Answer { cut: heard.cut, ..wire::answer(heard, name) }),
        Reply::Silent => Outcome::Silent,
        Reply::Closed => Outcome::Closed,
        Reply::Cut => Outcome::Cut,
        Reply::Unreadable => Outcome::Unreadable,
        Reply::NoRoute => Outcome::NoRoute,
    }
}

pub(crate) fn millis(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis()).unwrap_or(u32::MAX)
}

pub(crate) fn stuck(zone: &Name, failures: &[Failure]) -> WalkEnd {
    let silent = failures
        .iter()
        .all(|failure| matches!(failure.reply, Reply::Silent | Reply::Closed | Reply::NoRoute));
    if zone.is_root() && silent {
        return WalkEnd::NoNetwork;
    }
    WalkEnd::Unreachable { zone: wire::text(zone) }
}

pub(crate) fn failed(
    failure: Failure,
    role: Role,
    name: &Name,
    (start, asked_at): (Instant, Timestamp),
) -> ServerAnswer {
    let txt = match failure.address {
        Some(_) => outcome(&failure.reply, name),
        None => Outcome::NoAddress,
    };
    ServerAnswer {
        server: failure.server,
        address: failure.address,
        role,
        txt,
        zone: None,
        asked_at,
        took_ms: millis(start.elapsed()),
    }
}
