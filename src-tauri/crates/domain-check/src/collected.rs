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

/// What became of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A readable answer.
    Answered(Answer),
    /// Nothing by UDP, nothing by TCP.
    Silent,
    /// Something came back that is no DNS message.
    Unreadable,
    /// There is no address to ask.
    NoAddress,
    /// This computer has no route to the address.
    NoRoute,
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
