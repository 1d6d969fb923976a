//! Questions and answers as bytes, and what is read out of an answer.

use domain_check::{Answer, Rcode, TxtValue, ZoneVersion};
use hickory_resolver::proto::op::{Edns, Message, MessageType, Query, ResponseCode};
use hickory_resolver::proto::rr::rdata::SOA;
use hickory_resolver::proto::rr::rdata::opt::{EdnsCode, EdnsOption};
use hickory_resolver::proto::rr::{DNSClass, Name, RData, Record, RecordType};
use std::net::IpAddr;

/// What every path carries without fragments (DNS flag day 2020).
const UDP_PAYLOAD: u16 = 1232;

/// The type of SPF records before they became TXT records (RFC 7208, 3.1).
pub(crate) const SPF: u16 = 99;

/// The EDNS option Extended DNS Error (RFC 8914).
const EXTENDED_ERROR: u16 = 15;

/// Aliases are followed so far within one answer.
const MAX_ALIASES: usize = 8;

/// A question to one server.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    /// Absolute, lower case.
    pub(crate) name: Name,
    pub(crate) kind: RecordType,
    /// RD: only resolvers are asked to do the work.
    pub(crate) recursive: bool,
    /// DO: signatures are asked for.
    pub(crate) signatures: bool,
}

/// What a datagram is in respect to a question.
#[derive(Debug)]
pub(crate) enum Datagram {
    Reply(Box<Message>),
    /// An answer to the question that cannot be read.
    Unreadable,
    /// Something else: another identifier, another question.
    Foreign,
}

impl Question {
    pub(crate) fn new(name: &Name, kind: RecordType) -> Self {
        Self { name: name.clone(), kind, recursive: false, signatures: false }
    }

    /// The message with a random identifier; `None` when it cannot be written.
    pub(crate) fn to_wire(&self, edns: bool) -> Option<(u16, Vec<u8>)> {
        let mut message = Message::query();
        message.metadata.recursion_desired = self.recursive;
        message.queries.push(Query::query(self.name.clone(), self.kind));
        if edns {
            let edns = message.edns.get_or_insert_with(Edns::new);
            edns.set_max_payload(UDP_PAYLOAD).set_dnssec_ok(self.signatures);
        }
        Some((message.metadata.id, message.to_vec().ok()?))
    }

    /// Reads what came back.
    pub(crate) fn read(&self, id: u16, bytes: &[u8]) -> Datagram {
        if bytes.get(..2) != Some(&id.to_be_bytes()[..]) {
            return Datagram::Foreign;
        }
        let Ok(message) = Message::from_vec(bytes) else { return Datagram::Unreadable };
        if message.metadata.message_type != MessageType::Response {
            return Datagram::Foreign;
        }
        match message.queries.first() {
            Some(query) if query.name.to_lowercase() == self.name && query.query_type == self.kind => {
                Datagram::Reply(Box::new(message))
            }
            Some(_) => Datagram::Foreign,
            None if message.metadata.response_code != ResponseCode::NoError => {
                Datagram::Reply(Box::new(message))
            }
            None => Datagram::Unreadable,
        }
    }
}

/// The absolute, lower-case name of a text; `None` when it is no name.
pub(crate) fn name(text: &str) -> Option<Name> {
    let labels = || text.split('.').map(str::as_bytes);
    // What is typed into a panel by mistake, as `@`, is no label of a host and yet one of a name.
    let any = || labels().all(|label| !label.is_empty()).then(|| Name::from_labels(labels()).ok())?;
    let mut name = Name::from_ascii(text).ok().or_else(any)?.to_lowercase();
    name.set_fqdn(true);
    Some(name)
}

/// The name without the dot at its end; `.` for the root.
pub(crate) fn text(name: &Name) -> String {
    if name.is_root() {
        return ".".to_owned();
    }
    name.to_lowercase().to_ascii().trim_end_matches('.').to_owned()
}

fn at<'a>(records: &'a [Record], owner: &'a Name) -> impl Iterator<Item = &'a Record> {
    records
        .iter()
        .filter(move |record| record.dns_class == DNSClass::IN && record.name.to_lowercase() == *owner)
}

/// The answer to a TXT question, aliases followed within the message.
pub(crate) fn answer(message: &Message, question: &Name) -> Answer {
    let (aliases, last) = aliases(message, question);
    let texts: Vec<_> = at(&message.answers, &last)
        .filter_map(|record| match &record.data {
            RData::TXT(txt) => Some((TxtValue(txt.txt_data.concat()), record.ttl, txt.txt_data.len() > 1)),
            _ => None,
        })
        .collect();
    let dname = message.answers.iter().find(|record| record.record_type() == RecordType::DNAME);
    Answer {
        rcode: rcode(message.metadata.response_code),
        authoritative: message.metadata.authoritative,
        ttl: texts.iter().map(|(_, ttl, _)| *ttl).min(),
        split: texts.iter().any(|(_, _, split)| *split),
        values: texts.into_iter().map(|(value, ..)| value).collect(),
        aliases: aliases.iter().map(text).collect(),
        negative_ttl: soa(&message.authorities).map(|(_, soa, ttl)| ttl.min(soa.minimum)),
        primary: soa(&message.authorities).map(|(_, soa, _)| text(&soa.mname)),
        recursion: message.metadata.recursion_available,
        dname: dname.map(|record| text(&record.name)),
        extended_error: extended_error(message),
        ..Answer::default()
    }
}

/// The option Extended DNS Error (RFC 8914): two octets of code, then text.
fn extended_error(message: &Message) -> Option<(u16, String)> {
    let edns = message.edns.as_ref()?;
    let options: &[(EdnsCode, EdnsOption)] = edns.options().as_ref();
    options.iter().find_map(|(_, option)| match option {
        EdnsOption::Unknown(EXTENDED_ERROR, bytes) => {
            let (code, text) = bytes.split_first_chunk::<2>()?;
            Some((u16::from_be_bytes(*code), String::from_utf8_lossy(text).into_owned()))
        }
        _ => None,
    })
}

/// The character strings of records of the outdated type SPF (99), joined, wherever they are in the answer.
pub(crate) fn spf_values(message: &Message) -> Vec<TxtValue> {
    let strings = |mut bytes: &[u8]| {
        let mut joined = Vec::new();
        while let Some((length, rest)) = bytes.split_first() {
            let (string, rest) = rest.split_at_checked(usize::from(*length))?;
            joined.extend_from_slice(string);
            bytes = rest;
        }
        Some(TxtValue(joined))
    };
    let data = message.answers.iter().filter_map(|record| match &record.data {
        RData::Unknown { code, rdata } if u16::from(*code) == SPF => Some(rdata.anything.as_slice()),
        _ => None,
    });
    data.filter_map(strings).collect()
}

/// The name servers a zone names for itself, from an authoritative answer.
pub(crate) fn own_servers(message: &Message, zone: &Name) -> Vec<String> {
    let servers =
        name_servers(&message.answers).filter(|(owner, ..)| owner == zone && message.metadata.authoritative);
    servers.map(|(_, servers, _)| servers.iter().map(text).collect()).unwrap_or_default()
}

/// The primary server of the zone (MNAME), from an authoritative answer to a SOA question.
pub(crate) fn primary(message: &Message) -> Option<String> {
    let (_, soa, _) = soa(&message.answers).filter(|_| message.metadata.authoritative)?;
    Some(text(&soa.mname))
}

/// The targets of the aliases at a name within one message, and the last of them; the name itself without any.
pub(crate) fn aliases(message: &Message, from: &Name) -> (Vec<Name>, Name) {
    let mut aliases = Vec::new();
    let mut last = from.clone();
    while aliases.len() < MAX_ALIASES {
        let next = at(&message.answers, &last).find_map(|record| match &record.data {
            RData::CNAME(target) => Some(target.0.to_lowercase()),
            _ => None,
        });
        let Some(next) = next else { break };
        aliases.push(next.clone());
        last = next;
    }
    (aliases, last)
}

fn rcode(code: ResponseCode) -> Rcode {
    match code {
        ResponseCode::NoError => Rcode::NoError,
        ResponseCode::NXDomain => Rcode::NxDomain,
        ResponseCode::Refused => Rcode::Refused,
        ResponseCode::ServFail => Rcode::ServFail,
        other => Rcode::Other(other.into()),
    }
}

fn soa(records: &[Record]) -> Option<(&Name, &SOA, u32)> {
    records.iter().find_map(|record| match &record.data {
        RData::SOA(soa) if record.dns_class == DNSClass::IN => Some((&record.name, soa, record.ttl)),
        _ => None,
    })
}

/// The version of the zone, from an authoritative answer to a SOA question.
pub(crate) fn zone_version(message: &Message) -> Option<ZoneVersion> {
    let (_, soa, ttl) = soa(&message.answers).filter(|_| message.metadata.authoritative)?;
    Some(ZoneVersion { serial: soa.serial, negative_ttl: ttl.min(soa.minimum) })
}

/// The zone an authoritative answer comes from, where the answer says so.
pub(crate) fn apex(message: &Message) -> Option<Name> {
    let (name, _, _) = soa(&message.answers).or_else(|| soa(&message.authorities))?;
    Some(name.to_lowercase())
}

/// The owner, targets and TTL of the first set of NS records.
pub(crate) fn name_servers(records: &[Record]) -> Option<(Name, Vec<Name>, u32)> {
    let ns = |record: &Record| match &record.data {
        RData::NS(target) if record.dns_class == DNSClass::IN => Some(target.0.to_lowercase()),
        _ => None,
    };
    let first = records.iter().find(|record| ns(record).is_some())?;
    let owner = first.name.to_lowercase();
    let mut targets: Vec<Name> = at(records, &owner).filter_map(ns).collect();
    targets.sort();
    targets.dedup();
    Some((owner, targets, first.ttl))
}

/// The shortest TTL of the addresses of a name in some records, in seconds.
pub(crate) fn ttl_of(records: &[Record], owner: &Name) -> u32 {
    let addresses = at(records, owner).filter(|record| record.data.ip_addr().is_some());
    addresses.map(|record| record.ttl).min().unwrap_or_default()
}

/// The addresses of a name in some records, without following aliases.
pub(crate) fn addresses(records: &[Record], owner: &Name) -> Vec<IpAddr> {
    let mut found: Vec<IpAddr> = at(records, owner).filter_map(|record| record.data.ip_addr()).collect();
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn question() -> Question {
        Question::new(&name("_x.contoso.test").unwrap(), RecordType::TXT)
    }

    fn reply(id: u16) -> Message {
        let mut message = Message::response(id, hickory_resolver::proto::op::OpCode::Query);
        message.queries.push(Query::query(question().name, RecordType::TXT));
        message
    }

    #[test]
    fn only_the_answer_to_the_question_counts() {
        let bytes = reply(7).to_vec().unwrap();
        assert!(matches!(question().read(7, &bytes), Datagram::Reply(_)));
        assert!(matches!(question().read(8, &bytes), Datagram::Foreign));
        assert!(matches!(question().read(7, &bytes[..5]), Datagram::Unreadable));
        let mut other = question();
        other.name = name("_y.contoso.test").unwrap();
        assert!(matches!(other.read(7, &bytes), Datagram::Foreign));
        let (id, own) = question().to_wire(true).unwrap();
        assert!(matches!(question().read(id, &own), Datagram::Foreign), "a question echoed is no answer");
    }

    #[test]
    fn an_alias_that_leads_to_itself_ends() {
        let mut message = reply(1);
        let own = question().name;
        let alias = RData::CNAME(hickory_resolver::proto::rr::rdata::CNAME(own.clone()));
        message.answers.push(Record::from_rdata(own.clone(), 1, alias));
        assert_eq!(answer(&message, &own).aliases.len(), MAX_ALIASES);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let id = bytes.get(..2).map_or(0, |b| u16::from_be_bytes([b[0], b[1]]));
            if let Datagram::Reply(message) = question().read(id, &bytes) {
                answer(&message, &question().name);
            }
        }

        #[test]
        fn a_damaged_answer_is_read_without_a_panic(at in 0usize..60, byte in any::<u8>(), keep in 0usize..200) {
            let mut message = reply(7);
            let txt = hickory_resolver::proto::rr::rdata::TXT::new(vec!["token=abc".to_owned()]);
            message.answers.push(Record::from_rdata(question().name, 60, RData::TXT(txt)));
            let mut bytes = message.to_vec().unwrap();
            if let Some(place) = bytes.get_mut(at) { *place = byte; }
            bytes.truncate(keep);
            if let Datagram::Reply(message) = question().read(7, &bytes) {
                answer(&message, &question().name);
                spf_values(&message);
                own_servers(&message, &question().name);
                name_servers(&message.authorities);
                apex(&message);
            }
        }
    }
}
