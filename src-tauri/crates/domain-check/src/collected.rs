use crate::{DomainName, Place, Role};
use std::net::IpAddr;
use vocabulary::Timestamp;

/// Everything the name servers said about one name, before anybody judged it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// The domain that is being verified.
    pub domain: DomainName,
    /// The label, or labels, below the domain, for example `_parallels-challenge`.
    pub host: String,
    /// `host` and `domain` together, without the dot at the end.
    pub name: String,
    /// The zone that holds the name; `None` when the way to it broke off.
    pub zone: Option<String>,
    /// How the way from the root ended.
    pub end: WalkEnd,
    /// The referrals followed, the root's first.
    pub delegation: Vec<Delegation>,
    /// Every delegated name server at every address, then servers above that failed, then resolvers.
    pub servers: Vec<ServerAnswer>,
    /// What one of the delegated servers has at the names where a misplaced record turns up.
    pub misplaced: Vec<MisplacedAnswer>,
    /// What was looked at around the name: it explains, and never verifies.
    pub surroundings: Surroundings,
    /// When the first question was sent.
    pub started_at: Timestamp,
    /// When the last answer was in.
    pub finished_at: Timestamp,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
}

/// How the way from the root ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WalkEnd {
    /// At the name servers the name is delegated to.
    Delegated,
    /// The zone above has no such name (NXDOMAIN).
    Unregistered {
        /// The zone that said so; `.` for the root.
        parent: String,
    },
    /// The zone above knows the name but names no servers for it.
    NotDelegated {
        /// The zone that said so.
        parent: String,
    },
    /// None of the servers of a zone on the way could be asked.
    Unreachable {
        /// The zone whose servers did not answer.
        zone: String,
    },
    /// Not one root server answered: no network, or one that lets no DNS through.
    NoNetwork,
}

/// One referral.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// The zone referred to.
    pub zone: String,
    /// Its name servers, as the parent lists them.
    pub servers: Vec<String>,
    /// The TTL of the referral, in seconds.
    pub ttl: u32,
}

/// What one server at one address said about the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerAnswer {
    /// The server's name, without the dot at its end; its address when it has no name.
    pub server: String,
    /// The address asked; `None` when the name has none.
    pub address: Option<IpAddr>,
    /// Why it was asked.
    pub role: Role,
    /// What came back for TXT at the name.
    pub txt: Outcome,
    /// Its copy of the zone, from its SOA record.
    pub zone: Option<ZoneVersion>,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
}

/// The version of a zone one server holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZoneVersion {
    /// The serial number (RFC 1982 arithmetic).
    pub serial: u32,
    /// How long "does not exist" may be kept, in seconds: the lesser of the SOA's TTL and its last field (RFC 2308).
    pub negative_ttl: u32,
}

/// What was looked at around the name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Surroundings {
    /// The name servers the zone names for itself, as the first delegated server that answers has them; empty when
    /// none said.
    pub own_servers: Vec<String>,
    /// The primary server the zone's SOA record names (MNAME).
    pub primary: Option<String>,
    /// Servers outside the delegation that may hold an older copy of the zone, and what they have at the name. Their
    /// role is [`Role::Delegated`] nowhere: they decide nothing.
    pub former: Vec<FormerAnswer>,
    /// Where an alias at the name leads to, when that is outside the zone.
    pub alias: Option<AliasEnd>,
    /// The values of the outdated record type SPF (99) at the name.
    pub spf: Vec<TxtValue>,
    /// Whether the zone is signed, and the signatures hold.
    pub dnssec: Dnssec,
    /// What the network does to questions on port 53.
    pub path: Path,
}

/// What a server has that is no longer, or not yet, named in the delegation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerAnswer {
    /// The server's name.
    pub server: String,
    /// What it said.
    pub outcome: Outcome,
}

/// Where a chain of aliases ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AliasEnd {
    /// The last name.
    pub target: String,
    /// What is there.
    pub state: AliasState,
}

/// What stands at the end of a chain of aliases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AliasState {
    /// TXT records; they are among the values of the delegated servers too.
    Found,
    /// The name, but no TXT record.
    NoRecord,
    /// No such name.
    NoName,
    /// Its servers could not be asked.
    Unreachable,
}

/// Whether the zone is signed, and the signatures hold (RFC 4035). The chain above the zone is not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Dnssec {
    /// Nothing is known.
    #[default]
    Unknown,
    /// The parent has no DS record for the zone.
    Unsigned,
    /// The DS record, the keys and the signatures fit.
    Sound,
    /// They do not: validating resolvers reject every answer.
    Broken {
        /// What does not fit.
        fault: DnssecFault,
        /// The keys or times that were compared.
        detail: String,
    },
    /// The parent's signatures are outside their time as well, so this computer's clock is off.
    ClockOff {
        /// The times that were compared.
        detail: String,
    },
}

/// What does not fit in a signed zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DnssecFault {
    /// The parent has a DS record, the zone no keys.
    NoKey,
    /// None of the zone's keys is one the parent's DS records name.
    OtherKey,
    /// There are keys, but no signatures by them.
    NoSignature,
    /// The signatures have expired.
    Expired,
    /// The signatures are not valid yet.
    NotYet,
    /// The signatures do not fit what they sign.
    BadSignature,
}

/// What the network does to questions on port 53.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Path {
    /// Nothing that was noticed.
    #[default]
    Open,
    /// No root server answers, and resolvers asked over HTTPS do.
    Blocked,
    /// Something else answers in the name servers' place.
    Intercepted {
        /// The address that belongs to nobody and answered all the same.
        by: String,
    },
}

/// What became of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A readable answer.
    Answered(Answer),
    /// Nothing by UDP, nothing by TCP.
    Silent,
    /// The computer at the address said that nothing listens there (ICMP port unreachable, TCP reset).
    Closed,
    /// By UDP only the note that the answer is too long for it (TC), and no connection by TCP.
    Cut,
    /// Something came back that is no DNS message.
    Unreadable,
    /// There is no address to ask.
    NoAddress,
    /// This computer has no route to the address.
    NoRoute,
    /// Over HTTPS: the certificate shown is not the resolver's; what is wrong with it.
    Untrusted(String),
    /// Over HTTPS: something else than a resolver answered; its status and, for a redirect, where it sends.
    Diverted(String),
    /// Over HTTPS: asked too often (429).
    Limited,
}

/// A readable answer to a TXT question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The response code.
    pub rcode: Rcode,
    /// Whether the server claims authority (AA).
    pub authoritative: bool,
    /// The TXT values, character strings joined.
    pub values: Vec<TxtValue>,
    /// The TTL of the TXT records, in seconds.
    pub ttl: Option<u32>,
    /// The targets of the aliases at the name, in order; empty without a CNAME.
    pub aliases: Vec<String>,
    /// How long "does not exist" may be kept, from the SOA in the answer, in seconds.
    pub negative_ttl: Option<u32>,
    /// Whether a TXT value came in more than one character string.
    pub split: bool,
    /// Whether it was too long for UDP and came by TCP.
    pub cut: bool,
    /// Whether the server answers only questions without EDNS (RFC 6891).
    pub without_edns: bool,
    /// Whether the server refused this question while it answered others: it limits how often it is asked.
    pub limited: bool,
    /// Whether recursion is offered (RA), which name servers of a zone mostly do not.
    pub recursion: bool,
    /// The owner of a DNAME record the answer was made with (RFC 6672).
    pub dname: Option<String>,
    /// The primary server the SOA record beside "does not exist" names (MNAME).
    pub primary: Option<String>,
    /// What the server says about its failure (RFC 8914): the code, and its text.
    pub extended_error: Option<(u16, String)>,
}

/// The response codes that mean different things here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rcode {
    /// NOERROR.
    #[default]
    NoError,
    /// NXDOMAIN: no such name.
    NxDomain,
    /// REFUSED.
    Refused,
    /// SERVFAIL.
    ServFail,
    /// Any other code.
    Other(u16),
}

/// The content of one TXT record, its character strings joined; any bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TxtValue(pub Vec<u8>);

impl TxtValue {
    /// As text: UTF-8 where it is, `\DDD` for bytes that are not (as zone files write them).
    pub fn text(&self) -> String {
        self.0.utf8_chunks().fold(String::new(), |mut text, chunk| {
            text.push_str(chunk.valid());
            chunk.invalid().iter().for_each(|byte| text.push_str(&format!("\\{byte:03}")));
            text
        })
    }
}

impl From<&str> for TxtValue {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

/// What one delegated server has at a name where a misplaced record turns up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MisplacedAnswer {
    /// Which kind of mistake would put it there.
    pub place: Place,
    /// The name asked.
    pub name: String,
    /// The server asked.
    pub server: String,
    /// What it said.
    pub outcome: Outcome,
}
