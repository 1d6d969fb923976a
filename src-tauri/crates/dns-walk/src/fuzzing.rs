//! Any bytes as the answers of a name server, by the way that answers take from the socket to the verdict.

use crate::ask::{self, Reply};
use crate::level::{Level, Reading};
use crate::wire::{Datagram, Question};
use crate::{dnssec, rows, wire};
use domain_check::{
    Collected, Delegation, Dnssec, DomainName, MisplacedAnswer, Place, Role, ServerAnswer, Surroundings,
    WalkEnd,
};
use hickory_resolver::proto::rr::{Name, RecordType};
use std::net::{IpAddr, Ipv4Addr};
use vocabulary::Timestamp;

/// An address for documentation (RFC 5737).
const SERVER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 53));

/// What a look comes to when these messages are the answers: to the question on the way down, to TXT, SOA and NS, to DS
/// and DNSKEY, to SPF, and to TXT at a place where a misplaced record may be. In front of each stand two octets with
/// its length; the two octets of the identifier are taken as right. `None` for a domain that is no name.
pub fn collect(domain: &DomainName, host: &str, bytes: &[u8], now: Timestamp) -> Option<Collected> {
    let (zone, name) = (wire::name(domain.as_str())?, wire::name(&format!("{host}.{domain}"))?);
    let mut messages = Messages(bytes);
    let delegation = delegation(&zone, &name, messages.answer(&name, RecordType::TXT));
    let [txt, soa, ns] = [(&name, RecordType::TXT), (&zone, RecordType::SOA), (&zone, RecordType::NS)]
        .map(|(name, kind)| messages.answer(name, kind));
    let [ds, keys] = [RecordType::DS, RecordType::DNSKEY].map(|kind| messages.answer(&zone, kind));
    let spf = messages.answer(&name, RecordType::Unknown(wire::SPF));
    let misplaced = messages.answer(&zone, RecordType::TXT);
    let server = || "ns1.example".to_owned();
    let surroundings = Surroundings {
        own_servers: message(&ns).map(|ns| wire::own_servers(ns, &zone)).unwrap_or_default(),
        primary: message(&soa).and_then(|soa| wire::primary(soa)),
        spf: message(&spf).map(|spf| wire::spf_values(spf)).unwrap_or_default(),
        dnssec: signatures(&zone, [&ds, &keys, &soa], now),
        ..Surroundings::default()
    };
    let answer = ServerAnswer {
        server: server(),
        address: Some(SERVER),
        role: Role::Delegated,
        txt: rows::outcome(&txt, &name),
        zone: message(&soa).and_then(|soa| wire::zone_version(soa)),
        asked_at: now,
        took_ms: 1,
    };
    let misplaced = MisplacedAnswer {
        place: Place::Apex,
        name: domain.to_string(),
        server: server(),
        outcome: rows::outcome(&misplaced, &zone),
    };
    Some(Collected {
        domain: domain.clone(),
        host: host.to_owned(),
        name: format!("{host}.{domain}"),
        zone: Some(domain.to_string()),
        end: WalkEnd::Delegated,
        delegation: delegation.into_iter().collect(),
        servers: vec![answer],
        misplaced: vec![misplaced],
        surroundings,
        started_at: now,
        finished_at: now,
        took_ms: 1,
    })
}

struct Messages<'b>(&'b [u8]);

impl<'b> Messages<'b> {
    fn next(&mut self) -> Option<&'b [u8]> {
        let (length, rest) = self.0.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length)).min(rest.len());
        let (message, rest) = rest.split_at(length);
        self.0 = rest;
        Some(message)
    }

    fn answer(&mut self, name: &Name, kind: RecordType) -> Reply {
        let Some(bytes) = self.next() else { return Reply::Silent };
        let id = bytes.first_chunk::<2>().map_or(0, |id| u16::from_be_bytes(*id));
        match Question::new(name, kind).read(id, bytes) {
            Datagram::Reply(message) => ask::only_answer(message, bytes.len()),
            Datagram::Unreadable => Reply::Unreadable,
            Datagram::Foreign => Reply::Silent,
        }
    }
}

fn message(reply: &Reply) -> Option<&ask::Heard> {
    if let Reply::Message(heard) = reply { Some(heard) } else { None }
}

fn delegation(zone: &Name, name: &Name, reply: Reply) -> Option<Delegation> {
    let parent = Level { zone: zone.base_name(), servers: Vec::new(), ttl: 0, parent: None };
    match parent.read(name, reply) {
        Ok(Reading::Referral(referral)) => Some(Delegation {
            zone: wire::text(&referral.zone),
            servers: referral.servers.iter().map(wire::text).collect(),
            ttl: referral.ttl,
        }),
        _ => None,
    }
}

fn signatures(zone: &Name, [ds, keys, soa]: [&Reply; 3], now: Timestamp) -> Dnssec {
    let Some(above) = message(ds) else { return Dnssec::Unknown };
    match (dnssec::usable(above, zone), message(keys), message(soa)) {
        (Ok(usable), Some(keys), Some(soa)) => dnssec::verdict(zone, above, &usable, [keys, soa], now),
        (Ok(_), ..) => Dnssec::Unknown,
        (Err(settled), ..) => settled,
    }
}
