use crate::{Collected, DomainName, Report, Role, ServerRow, judge};
use serde::{Deserialize, Serialize};
use vocabulary::Timestamp;

/// A check that still goes on: who has answered, and who is still waited for. A server that stays silent holds nobody's
/// row up but its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct CheckSoFar {
    /// The domain, in the form DNS carries.
    pub domain: DomainName,
    /// The zone that holds the name.
    pub zone: String,
    /// The value that has to be there; `None` when the check is only a look.
    pub expected: Option<String>,
    /// The delegated name servers that have answered, or were given up, in the order in which they did.
    pub servers: Vec<ServerRow>,
    /// Those that are still waited for.
    pub waiting: Vec<AskedServer>,
    /// What the answers so far come to: the verdict, unless one of those that are waited for says something else. `None`
    /// while no responsible server has answered. The announcement that everybody will see the record waits for them all.
    pub report: Option<Report>,
}

impl CheckSoFar {
    /// What `collected` comes to while `waiting` have not answered. Their silence is not held against them yet.
    pub fn of(
        expected: Option<&str>,
        collected: &Collected,
        waiting: Vec<AskedServer>,
        now: Timestamp,
    ) -> Self {
        let mut report = judge(expected, collected, now);
        if !waiting.is_empty() {
            report.visible_by = None;
        }
        let servers: Vec<ServerRow> =
            report.servers.iter().filter(|row| row.role == Role::Delegated).cloned().collect();
        Self {
            domain: collected.domain.clone(),
            zone: collected.zone.clone().unwrap_or_default(),
            expected: expected.map(str::to_owned),
            report: servers.iter().any(|row| row.status.is_answer()).then_some(report),
            servers,
            waiting,
        }
    }
}

/// A name server at one address that was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct AskedServer {
    /// Its name.
    pub server: String,
    /// Its address.
    pub address: String,
}
