use crate::record::ZoneRecord;
use crate::table::{DnsHost, HostName, NameField, Quotes, Table};
use serde::{Deserialize, Serialize};

/// Where a record is typed, and why that is thought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "DnsHostAdvice")]
pub struct Advice {
    /// How the host is known.
    pub by: By,
    /// The host; `None` while none is known, and the general recipe is given.
    pub host: Option<DnsHost>,
    /// The name servers that made it so; all of them when no host was recognised.
    pub seen: Vec<String>,
    /// Others it may be: whose customers have the same name servers, or whose servers are delegated beside.
    pub also: Vec<HostName>,
    /// What to type into the form.
    pub typed: Typed,
}

/// How the DNS host is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
#[serde(rename = "DnsHostBy")]
pub enum By {
    /// By the names of the name servers.
    Servers,
    /// Somebody said so.
    Choice,
    /// It is not: the name servers carry names of the domain itself, so whoever runs the domain runs them, or has
    /// them run.
    OwnServers,
    /// It is not: the name servers are nobody's that is known.
    UnknownServers,
    /// It is not: nobody has asked for the name servers yet.
    NotLooked,
}

/// What to type into the form of a panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "TypedRecord")]
pub struct Typed {
    /// For the field for the name: the host without the zone.
    pub name: String,
    /// The whole name, for a panel that does not append the zone.
    pub whole_name: String,
    /// The zone the record goes into.
    pub zone: String,
    /// Whether the host alone is right: `None` where it is not certain that the panel appends the zone.
    pub name_field: Option<NameField>,
    /// For the field for the value, with quotation marks where the panel wants them typed.
    pub value: String,
    /// `None` where it is not certain: then without.
    pub quotes: Option<Quotes>,
}

/// Says which host serves the zone, judged by its delegated name servers unless somebody chose one, and what to type
/// there.
pub fn advise(table: &Table, record: &ZoneRecord, servers: &[String], chosen: Option<&str>) -> Advice {
    if let Some(host) = chosen.and_then(|id| table.host(id)) {
        return advice(By::Choice, Some(host), servers.to_vec(), Vec::new(), record);
    }
    let Some((host, seen)) = serving_most(table, servers) else {
        return advice(unknown(record, servers), None, servers.to_vec(), Vec::new(), record);
    };
    let beside = servers.iter().filter_map(|server| table.serving(server)).map(HostName::from);
    let mut also: Vec<HostName> = Vec::new();
    for other in table.sharing(&host.id).into_iter().chain(beside) {
        if other.id != host.id && !also.contains(&other) {
            also.push(other);
        }
    }
    advice(By::Servers, Some(host), seen, also, record)
}

/// The host with the most of the servers, the first of several; and which those are.
fn serving_most<'a>(table: &'a Table, servers: &[String]) -> Option<(&'a DnsHost, Vec<String>)> {
    let mut hosts: Vec<(&DnsHost, Vec<String>)> = Vec::new();
    for server in servers {
        let Some(host) = table.serving(server) else { continue };
        match hosts.iter_mut().find(|(known, _)| known.id == host.id) {
            Some((_, seen)) => seen.push(server.clone()),
            None => hosts.push((host, vec![server.clone()])),
        }
    }
    let most = hosts.iter().map(|(_, seen)| seen.len()).max()?;
    hosts.into_iter().find(|(_, seen)| seen.len() == most)
}

fn unknown(record: &ZoneRecord, servers: &[String]) -> By {
    let below = format!(".{}", record.zone());
    let own = |server: &String| server.trim_end_matches('.').to_ascii_lowercase().ends_with(&below);
    match servers {
        [] => By::NotLooked,
        _ if servers.iter().all(own) => By::OwnServers,
        _ => By::UnknownServers,
    }
}

fn advice(
    by: By,
    host: Option<&DnsHost>,
    seen: Vec<String>,
    also: Vec<HostName>,
    record: &ZoneRecord,
) -> Advice {
    let quotes = host.and_then(|host| host.quotes);
    let typed = Typed {
        name: record.host().to_owned(),
        whole_name: record.name().to_owned(),
        zone: record.zone().to_owned(),
        name_field: host.and_then(|host| host.name_field),
        value: match quotes {
            Some(Quotes::Typed) => crate::formats::quoted(record),
            _ => record.value().to_owned(),
        },
        quotes,
    };
    Advice { by, host: host.cloned(), seen, also, typed }
}
