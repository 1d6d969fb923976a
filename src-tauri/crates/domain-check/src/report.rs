use crate::resolvers::still_holds;
use crate::{DomainName, NearMiss, compare};
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, Timestamp};

/// What a check of one domain came to. This is what `signpost domain check --json` prints and what the window shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Report {
    /// The domain, in the form DNS carries.
    pub domain: DomainName,
    /// The domain as people write it; differs from `domain` for internationalized names only.
    pub unicode: String,
    /// The name whose TXT record was asked for, without the dot at its end.
    pub name: String,
    /// The zone that holds the name, once the delegation was followed to it.
    pub zone: Option<String>,
    /// The primary server the zone's SOA record names (MNAME), where a delegated server said.
    #[serde(default)]
    pub primary: Option<String>,
    /// The value that has to stand there; `None` when the check was only a look.
    pub expected: Option<String>,
    /// The answer in one word.
    pub verdict: Verdict,
    /// When every resolver will have forgotten what stood there before, at the latest. Given only while every name
    /// server that answers agrees on the expected value; until then nothing has begun to expire.
    pub visible_by: Option<Timestamp>,
    /// The way from the root to the zone.
    pub delegation: Vec<DelegationRow>,
    /// Who was asked and what they said; those with role `delegated` decide.
    pub servers: Vec<ServerRow>,
    /// What is wrong or worth knowing, the most specific first.
    pub findings: Vec<Finding>,
    /// The value that was meant to be the expected one, letter by letter; `None` when there is none, or it is right.
    #[serde(default)]
    pub near_miss: Option<NearMiss>,
    /// When the verdict was made.
    pub checked_at: Timestamp,
    /// How long collecting took, in milliseconds.
    pub took_ms: u32,
}

/// The answer in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Every delegated name server that answers has exactly the expected value, and at least one answers.
    Verified,
    /// Nothing is wrong yet: the record is not there, or not on every server, or nothing was expected.
    Waiting,
    /// Somebody has to change something.
    Problem,
    /// The name servers could not be asked; nothing is known about the record.
    Unreachable,
}

/// One step of the way from the root to the zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct DelegationRow {
    /// The zone that is delegated.
    pub zone: String,
    /// The name servers its parent names.
    pub servers: Vec<String>,
    /// How long resolvers may keep this delegation, in seconds.
    pub ttl: u32,
}

/// What one server at one address said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ServerRow {
    /// The server's name, or its address when it has none.
    pub server: String,
    /// The address asked; `None` when none is known for the name.
    pub address: Option<String>,
    /// Why it was asked.
    pub role: Role,
    /// What its answer means.
    pub status: Status,
    /// The TXT values it has at the name; character strings of one record are joined (RFC 7208, 3.3).
    pub values: Vec<String>,
    /// How long the answer may be kept, in seconds; for `missing` the negative TTL (RFC 2308, 5).
    pub ttl: Option<u32>,
    /// The serial number of its copy of the zone.
    pub serial: Option<u32>,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// How long it took to answer, or to be given up, in milliseconds.
    pub took_ms: u32,
}

/// Why a server was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
#[serde(rename = "ServerRole")]
pub enum Role {
    /// It is named in the delegation: its answer decides.
    Delegated,
    /// It serves a zone above and could not say who is responsible.
    Parent,
    /// It serves the root and could not say who is responsible.
    Root,
    /// A resolver that was asked for comparison.
    Resolver,
    /// The resolver this computer uses, for comparison.
    System,
}

/// What the answer of one server means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
#[serde(rename = "ServerStatus")]
pub enum Status {
    /// The expected value is there.
    Right,
    /// There are TXT records, and nothing was expected.
    Present,
    /// There are TXT records, none with the expected value.
    WrongValue,
    /// No TXT record at this name (NXDOMAIN or no data).
    Missing,
    /// There is an alias (CNAME) where the TXT record should be.
    Cname,
    /// No answer at all, by UDP or TCP.
    Silent,
    /// It refuses to answer (REFUSED).
    Refused,
    /// It answers, but does not serve the zone.
    Lame,
    /// It reports a failure of its own (SERVFAIL) or sends what cannot be read.
    Broken,
    /// The server's name has no address.
    NoAddress,
    /// This computer has no way to the server's address (IPv6 only, mostly).
    NoRoute,
    /// It did its part: it said who is responsible for the name.
    Referred,
}

impl Status {
    /// Whether the server said, with authority, what stands at the name.
    pub const fn is_answer(self) -> bool {
        matches!(self, Self::Right | Self::Present | Self::WrongValue | Self::Missing | Self::Cname)
    }
}

impl Report {
    /// The rows that decide.
    pub fn delegated(&self) -> impl Iterator<Item = &ServerRow> {
        self.servers.iter().filter(|row| row.role == Role::Delegated)
    }

    /// Whether the check says nothing about the record: no name server could be asked, or all of them failed.
    ///
    /// A domain that was verified before must not lose that because of such a report.
    pub fn is_failure_to_look(&self) -> bool {
        let definite = ["domain-unregistered", "zone-not-delegated", "domain-parked", "domain-on-hold"];
        let settled = self.findings.iter().any(|finding| definite.contains(&finding.code.as_ref()));
        !settled && !self.delegated().any(|row| row.status.is_answer())
    }

    /// Whether the record is certainly not there: a server that is responsible says so, and none has it. Only such
    /// reports count against a record that was there before; failures and lagging servers never do.
    pub fn contradicts(&self) -> bool {
        let parent_knows_none = ["domain-unregistered", "zone-not-delegated"];
        let mut answering = self.delegated().filter(|row| row.status.is_answer()).peekable();
        let absent = answering.peek().is_some() && answering.all(|row| row.status != Status::Right);
        absent || self.findings.iter().any(|finding| parent_knows_none.contains(&finding.code.as_ref()))
    }

    /// Whether a resolver has something to find: every delegated name server that answers has what is looked for. One
    /// that is asked earlier remembers that nothing is there, which makes the wait longer.
    pub fn resolvers_may_be_asked(&self) -> bool {
        let mut answering = self.delegated().filter(|row| row.status.is_answer()).peekable();
        answering.peek().is_some()
            && answering.all(|row| matches!(row.status, Status::Right | Status::Present))
    }

    /// Whether the name servers cannot be asked from this network, because port 53 is held back or answered by somebody
    /// else. Resolvers over HTTPS are then the only ones who can say something, and decide nothing all the same.
    pub fn port_53_is_closed(&self) -> bool {
        let codes = ["port-53-blocked", "port-53-intercepted"];
        self.findings.iter().any(|finding| codes.contains(&finding.code.as_ref()))
    }

    /// This report after an earlier one of the same record: the rows of resolvers that would only repeat themselves are
    /// kept, an announced `visible_by` stays as announced, and a
    /// value that was replaced in between is waited for by its own TTL.
    #[must_use]
    pub fn following(mut self, earlier: &Self) -> Self {
        if self.verdict != Verdict::Verified
            || (&earlier.name, &earlier.expected) != (&self.name, &self.expected)
        {
            return self;
        }
        self = self.remembering(earlier);
        if earlier.verdict == Verdict::Verified {
            self.visible_by = earlier.visible_by.or(self.visible_by);
            return self;
        }
        let replaced =
            earlier.delegated().filter(|row| row.status == Status::WrongValue).filter_map(|row| row.ttl);
        let forgotten = replaced.max().map(|ttl| self.checked_at.plus(time::Duration::seconds(ttl.into())));
        self.visible_by = self.visible_by.max(forgotten);
        self
    }

    /// With the rows of those resolvers that have not been asked again because they would say the same.
    fn remembering(self, earlier: &Self) -> Self {
        let keeps = |row: &&ServerRow| {
            row.status.is_answer()
                && still_holds(row, self.checked_at)
                && self.servers.iter().all(|own| !own.is_of_the_same(row))
        };
        let kept: Vec<ServerRow> = earlier.servers.iter().filter(keeps).cloned().collect();
        if kept.is_empty() || self.servers.iter().any(ServerRow::is_resolvers) {
            return self;
        }
        compare(self, &[], &kept)
    }
}

impl ServerRow {
    /// Whether it is the row of a resolver, which decides nothing.
    pub const fn is_resolvers(&self) -> bool {
        matches!(self.role, Role::Resolver | Role::System)
    }

    /// Whether both are about the same server at the same address.
    pub(crate) fn is_of_the_same(&self, other: &Self) -> bool {
        (self.role, &self.address) == (other.role, &other.address)
    }
}
