use crate::domain_connect::{DOMAIN_CONNECT_LABEL, DomainConnect};
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
    /// Whether the host's panel stands in the table; otherwise its address comes from the host itself.
    pub panel_in_table: bool,
    /// What the zone's DNS host says about itself, where it was asked.
    pub domain_connect: Option<DomainConnect>,
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
    /// By what it says itself, asked because the zone names it (Domain Connect).
    DomainConnect,
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

/// What is known about who serves a zone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// Its delegated name servers.
    pub servers: &'a [String],
    /// The id of the host somebody chose.
    pub chosen: Option<&'a str>,
    /// What the DNS host that the zone names says about itself.
    pub domain_connect: Option<&'a DomainConnect>,
}

/// Who serves a zone, and why that is thought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recognised {
    /// How the host is known.
    pub by: By,
    /// The host; `None` while none is known.
    pub host: Option<DnsHost>,
    /// Whether the host's panel stands in the table; otherwise its address comes from the host itself.
    pub panel_in_table: bool,
    /// The name servers that made it so; all of them when no host was recognised.
    pub seen: Vec<String>,
    /// Others it may be: whose customers have the same name servers, or whose servers are delegated beside.
    pub also: Vec<HostName>,
    /// What the zone's DNS host says about itself, where it was asked.
    pub domain_connect: Option<DomainConnect>,
}

/// Says which host serves the zone: the one somebody chose; else the one that says so itself (Domain Connect); else the
/// one whose name servers the zone has.
pub fn recognise(table: &Table, zone: &str, known: &Known<'_>) -> Recognised {
    let by_servers = by_servers(table, zone, known.servers);
    let recognised = match (known.chosen.and_then(|id| table.host(id)), known.domain_connect) {
        (Some(host), _) => Recognised {
            by: By::Choice,
            panel_in_table: host.panel.is_some(),
            host: Some(host.clone()),
            seen: known.servers.to_vec(),
            also: Vec::new(),
            domain_connect: None,
        },
        (None, Some(said)) => by_domain_connect(table, said, by_servers),
        (None, None) => by_servers,
    };
    Recognised { domain_connect: known.domain_connect.cloned(), ..recognised }
}

/// The host's own word is nearer than the names of its name servers, which may be another company's.
fn by_domain_connect(table: &Table, said: &DomainConnect, by_servers: Recognised) -> Recognised {
    let known = said.names().find_map(|name| table.named(name));
    let mut also = by_servers.also;
    also.extend(by_servers.host.as_ref().map(HostName::from));
    also.retain(|other| known.is_none_or(|host| host.id != other.id));
    let unknown = || DnsHost {
        id: format!("{DOMAIN_CONNECT_LABEL}:{}", said.provider_id),
        name: said.name().to_owned(),
        panel: None,
        name_field: None,
        quotes: None,
        name_label: None,
        value_label: None,
        notes: Vec::new(),
    };
    let mut host = known.cloned().unwrap_or_else(unknown);
    let panel_in_table = host.panel.is_some();
    host.panel = host.panel.or_else(|| said.url_control_panel.clone());
    Recognised {
        by: By::DomainConnect,
        host: Some(host),
        panel_in_table,
        seen: by_servers.seen,
        also,
        domain_connect: None,
    }
}

fn by_servers(table: &Table, zone: &str, servers: &[String]) -> Recognised {
    let Some((host, seen)) = serving_most(table, servers) else {
        return Recognised {
            by: unknown(zone, servers),
            host: None,
            panel_in_table: false,
            seen: servers.to_vec(),
            also: Vec::new(),
            domain_connect: None,
        };
    };
    let beside = servers.iter().filter_map(|server| table.serving(server)).map(HostName::from);
    let mut also: Vec<HostName> = Vec::new();
    for other in table.sharing(&host.id).into_iter().chain(beside) {
        if other.id != host.id && !also.contains(&other) {
            also.push(other);
        }
    }
    let panel_in_table = host.panel.is_some();
    Recognised { by: By::Servers, host: Some(host.clone()), panel_in_table, seen, also, domain_connect: None }
}

/// Says which host serves the zone, and what to type there.
pub fn advise(table: &Table, record: &ZoneRecord, known: &Known<'_>) -> Advice {
    let Recognised { by, host, panel_in_table, seen, also, domain_connect } =
        recognise(table, record.zone(), known);
    let quotes = host.as_ref().and_then(|host| host.quotes);
    let typed = Typed {
        name: record.host().to_owned(),
        whole_name: record.name().to_owned(),
        zone: record.zone().to_owned(),
        name_field: host.as_ref().and_then(|host| host.name_field),
        value: match quotes {
            Some(Quotes::Typed) => crate::formats::quoted(record),
            _ => record.value().to_owned(),
        },
        quotes,
    };
    Advice { by, host, panel_in_table, seen, also, domain_connect, typed }
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

fn unknown(zone: &str, servers: &[String]) -> By {
    let below = format!(".{zone}");
    let own = |server: &String| server.trim_end_matches('.').to_ascii_lowercase().ends_with(&below);
    match servers {
        [] => By::NotLooked,
        _ if servers.iter().all(own) => By::OwnServers,
        _ => By::UnknownServers,
    }
}
