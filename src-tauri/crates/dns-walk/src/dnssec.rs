//! Whether the signatures of a signed zone hold: the parent's DS record, the zone's keys, and what they sign. The chain
//! above the parent is not followed; nothing is verified by this, it only explains why validating resolvers fail.

use crate::ask::Reply;
use crate::session::Session;
use crate::wire::Question;
use domain_check::{Dnssec, DnssecFault};
use hickory_proto::dnssec::Verifier;
use hickory_proto::dnssec::rdata::{DNSKEY, DNSSECRData, DS, RRSIG};
use hickory_proto::op::{Message, ResponseCode};
use hickory_proto::rr::{DNSClass, Name, RData, Record, RecordType};
use std::net::IpAddr;
use vocabulary::Timestamp;

/// So many servers of the zone are asked for its keys, one after another.
const MAX_SERVERS: usize = 3;

/// Looks at the parent's DS record, and where there is one, at the zone's keys and signatures.
/// `addresses` are those of the zone's servers, in the order in which they are asked.
pub(crate) async fn look(
    session: &Session,
    parent: IpAddr,
    zone: &Name,
    addresses: &[IpAddr],
    now: Timestamp,
) -> Dnssec {
    let Some(above) = signed(session, parent, zone, RecordType::DS).await else { return Dnssec::Unknown };
    let usable = match usable(&above, zone) {
        Ok(usable) => usable,
        Err(settled) => return settled,
    };
    for address in addresses.iter().take(MAX_SERVERS) {
        let (keys, soa) = tokio::join!(
            signed(session, *address, zone, RecordType::DNSKEY),
            signed(session, *address, zone, RecordType::SOA)
        );
        if let Some((keys, soa)) =
            keys.zip(soa).filter(|(keys, soa)| keys.metadata.authoritative && soa.metadata.authoritative)
        {
            return verdict(zone, &above, &usable, [&keys, &soa], now);
        }
    }
    Dnssec::Unknown
}

/// The parent's DS records that can be followed from here; without any, there is nothing more to look at.
pub(crate) fn usable<'m>(above: &'m Message, zone: &'m Name) -> Result<Vec<&'m DS>, Dnssec> {
    let announced: Vec<&DS> = records(above, zone, ds).collect();
    if announced.is_empty() {
        return Err(Dnssec::Unsigned);
    }
    let is_usable = |ds: &&DS| ds.algorithm().is_supported() && ds.digest_type().is_supported();
    let usable: Vec<&DS> = announced.into_iter().filter(is_usable).collect();
    if usable.is_empty() { Err(Dnssec::Unknown) } else { Ok(usable) }
}

/// What the zone's keys and signatures come to.
pub(crate) fn verdict(
    zone: &Name,
    above: &Message,
    usable: &[&DS],
    [keys, soa]: [&Message; 2],
    now: Timestamp,
) -> Dnssec {
    match fault(zone, usable, keys, soa, now) {
        None => Dnssec::Sound,
        Some((DnssecFault::Expired | DnssecFault::NotYet, detail)) if is_out_of_time(above, zone, now) => {
            Dnssec::ClockOff { detail }
        }
        Some((fault, detail)) => Dnssec::Broken { fault, detail },
    }
}

async fn signed(session: &Session, address: IpAddr, name: &Name, kind: RecordType) -> Option<Message> {
    let question = Question { signatures: true, ..Question::new(name, kind) };
    match session.ask_this(address, &question).await {
        Reply::Message(heard) if heard.metadata.response_code == ResponseCode::NoError => {
            Some(*heard.message)
        }
        _ => None,
    }
}

fn fault(
    zone: &Name,
    announced: &[&DS],
    keys: &Message,
    soa: &Message,
    now: Timestamp,
) -> Option<(DnssecFault, String)> {
    let known: Vec<&DNSKEY> = records(keys, zone, dnskey).collect();
    if known.is_empty() {
        return Some((DnssecFault::NoKey, format!("DS {}", tags(announced.iter().map(|ds| ds.key_tag())))));
    }
    let named = |key: &&DNSKEY| announced.iter().any(|ds| ds.covers(zone, key).unwrap_or(false));
    let trusted: Vec<&DNSKEY> = known.iter().copied().filter(named).collect();
    if trusted.is_empty() {
        let own = tags(known.iter().filter_map(|key| key.calculate_key_tag().ok()));
        let theirs = tags(announced.iter().map(|ds| ds.key_tag()));
        return Some((DnssecFault::OtherKey, format!("DS {theirs}; DNSKEY {own}")));
    }
    flaw(keys, zone, RecordType::DNSKEY, &trusted, now)
        .or_else(|| flaw(soa, zone, RecordType::SOA, &known, now))
}

fn tags(tags: impl Iterator<Item = u16>) -> String {
    tags.map(|tag| tag.to_string()).collect::<Vec<_>>().join(", ")
}

/// What is wrong with the signatures over one set of records, unless one of them holds.
fn flaw(
    message: &Message,
    zone: &Name,
    kind: RecordType,
    keys: &[&DNSKEY],
    now: Timestamp,
) -> Option<(DnssecFault, String)> {
    let set: Vec<&Record> = message
        .answers
        .iter()
        .filter(|record| record.record_type() == kind && record.name.to_lowercase() == *zone)
        .collect();
    let signatures: Vec<&RRSIG> =
        records(message, zone, rrsig).filter(|signature| signature.input().type_covered == kind).collect();
    if set.is_empty() || signatures.is_empty() {
        return Some((DnssecFault::NoSignature, kind.to_string()));
    }
    let mut worst = None;
    for signature in signatures {
        let holds = || {
            keys.iter()
                .any(|key| key.verify_rrsig(zone, DNSClass::IN, signature, set.iter().copied()).is_ok())
        };
        let fault = match outside(signature, now) {
            Some(fault) => fault,
            None if holds() => return None,
            None => DnssecFault::BadSignature,
        };
        worst = Some((fault, format!("{kind} {}", validity(signature))));
    }
    worst
}

/// Serial number arithmetic, as the times of signatures are compared (RFC 4034, 3.1.5).
fn outside(signature: &RRSIG, now: Timestamp) -> Option<DnssecFault> {
    let now = u32::try_from(now.unix().rem_euclid(1 << 32)).unwrap_or_default();
    let later = |a: u32, b: u32| a != b && a.wrapping_sub(b) < 1 << 31;
    let input = signature.input();
    if later(now, input.sig_expiration.get()) {
        return Some(DnssecFault::Expired);
    }
    later(input.sig_inception.get(), now).then_some(DnssecFault::NotYet)
}

fn validity(signature: &RRSIG) -> String {
    let time =
        |seconds: u32| Timestamp::from_unix(seconds.into()).map(|at| at.to_string()).unwrap_or_default();
    let input = signature.input();
    format!("{} – {}", time(input.sig_inception.get()), time(input.sig_expiration.get()))
}

/// Whether the parent's own signatures are outside their time as well: then it is not the zone that is wrong.
fn is_out_of_time(above: &Message, zone: &Name, now: Timestamp) -> bool {
    let mut signatures = records(above, zone, rrsig).peekable();
    signatures.peek().is_some() && signatures.all(|signature| outside(signature, now).is_some())
}

fn records<'a, T: 'a>(
    message: &'a Message,
    owner: &'a Name,
    read: fn(&DNSSECRData) -> Option<&T>,
) -> impl Iterator<Item = &'a T> {
    message.answers.iter().filter(move |record| record.name.to_lowercase() == *owner).filter_map(
        move |record| match &record.data {
            RData::DNSSEC(data) => read(data),
            _ => None,
        },
    )
}

fn ds(data: &DNSSECRData) -> Option<&DS> {
    if let DNSSECRData::DS(ds) = data { Some(ds) } else { None }
}

fn dnskey(data: &DNSSECRData) -> Option<&DNSKEY> {
    if let DNSSECRData::DNSKEY(key) = data { Some(key) } else { None }
}

fn rrsig(data: &DNSSECRData) -> Option<&RRSIG> {
    if let DNSSECRData::RRSIG(signature) = data { Some(signature) } else { None }
}
