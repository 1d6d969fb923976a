use crate::error::DataError;
use crate::file::{self, Row};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// A company that serves DNS zones, and what the form of its panel takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct DnsHost {
    /// Stable; what a project keeps.
    pub id: String,
    /// As the company calls itself.
    pub name: String,
    /// Where the zone is edited.
    pub panel: Option<String>,
    /// What the field for the name takes; `None` where that is not certain.
    pub name_field: Option<NameField>,
    /// Whether quotation marks are typed around the value; `None` where that is not certain.
    pub quotes: Option<Quotes>,
    /// What the panel calls the field for the name.
    pub name_label: Option<String>,
    /// What the panel calls the field for the value.
    pub value_label: Option<String>,
    /// What else to know.
    pub notes: Vec<Note>,
}

/// What a panel's field for the name takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum NameField {
    /// The host alone; the panel appends the zone.
    Relative,
    /// The host alone or the whole name.
    Either,
}

/// Whether quotation marks are typed around the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Quotes {
    /// The panel adds them.
    None,
    /// They have to be typed.
    Typed,
}

/// What else to know about a host; the words are `dns-host-note-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
#[serde(rename = "DnsHostNote")]
pub enum Note {
    /// The zone may be edited in the cPanel of a hosting plan instead.
    Cpanel,
}

/// A host to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "DnsHostName")]
pub struct HostName {
    /// Stable.
    pub id: String,
    /// As the company calls itself.
    pub name: String,
}

/// Every host that is known.
#[derive(Debug)]
pub struct Table {
    rows: Vec<Row>,
}

/// The table that is built in.
///
/// # Errors
/// When the data cannot be read.
pub fn table() -> Result<&'static Table, DataError> {
    static TABLE: OnceLock<Result<Table, DataError>> = OnceLock::new();
    TABLE.get_or_init(|| Table::read(include_str!("../data/hosts.toml"))).as_ref().map_err(Clone::clone)
}

impl Table {
    fn read(text: &str) -> Result<Self, DataError> {
        file::read(text).map(|rows| Self { rows })
    }

    /// All of them, in the order of their names.
    pub fn names(&self) -> Vec<HostName> {
        let mut names: Vec<HostName> = self.hosts().map(HostName::from).collect();
        names.sort_by_key(|host| host.name.to_lowercase());
        names
    }

    /// All of them.
    pub fn hosts(&self) -> impl Iterator<Item = &DnsHost> {
        self.rows.iter().map(|row| &row.host)
    }

    /// The host of that id.
    pub fn host(&self, id: &str) -> Option<&DnsHost> {
        self.hosts().find(|host| host.id == id)
    }

    /// The host of that name or id, however it is spelled: letters and digits alone count.
    pub fn named(&self, name: &str) -> Option<&DnsHost> {
        let plain = |text: &str| -> String {
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let name = plain(name);
        self.hosts().find(|host| !name.is_empty() && (plain(&host.name) == name || plain(&host.id) == name))
    }

    /// Whether an address is that of a panel in the table.
    pub fn has_panel(&self, url: &str) -> bool {
        self.hosts().any(|host| host.panel.as_deref() == Some(url))
    }

    /// The host whose name server that is: of several endings that fit, the longest.
    pub fn serving(&self, server: &str) -> Option<&DnsHost> {
        let server = server.trim_end_matches('.').to_ascii_lowercase();
        let fitting = |row: &'_ &Row| row.servers.iter().any(|ending| ends(&server, ending));
        let length = |row: &&Row| {
            row.servers
                .iter()
                .filter(|ending| ends(&server, ending))
                .map(String::len)
                .max()
                .unwrap_or_default()
        };
        self.rows.iter().filter(fitting).max_by_key(length).map(|row| &row.host)
    }

    /// Hosts whose customers can have the same name servers.
    pub fn sharing(&self, id: &str) -> Vec<HostName> {
        let row = self.rows.iter().find(|row| row.host.id == id);
        row.into_iter().flat_map(|row| &row.also).filter_map(|id| self.host(id)).map(HostName::from).collect()
    }
}

impl From<&DnsHost> for HostName {
    fn from(host: &DnsHost) -> Self {
        Self { id: host.id.clone(), name: host.name.clone() }
    }
}

/// Whether a name ends with these labels.
fn ends(name: &str, ending: &str) -> bool {
    let labels = ending.split('.').count();
    let start = name.rsplit('.').take(labels).map(|label| label.len() + 1).sum::<usize>();
    let Some(tail) = (name.len() + 1).checked_sub(start).and_then(|at| name.get(at..)) else { return false };
    match ending.split_once('*') {
        None => tail == ending,
        Some((before, after)) => {
            let rest = tail.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            rest.is_some_and(|rest| !rest.is_empty() && !rest.contains('.'))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_is_whole_labels() {
        assert!(ends("ns1.digitalocean.com", "digitalocean.com"));
        assert!(ends("digitalocean.com", "digitalocean.com"));
        assert!(!ends("ns1.notdigitalocean.com", "digitalocean.com"));
        assert!(!ends("com", "digitalocean.com"));
        assert!(ends("ns-2048.awsdns-64.co.uk", "awsdns-*.co.uk"));
        assert!(!ends("ns-2048.awsdns-.co.uk", "awsdns-*.co.uk"));
        assert!(!ends("awsdns-64.example.co.uk", "awsdns-*.co.uk"));
    }

    #[test]
    fn the_longest_ending_wins() {
        let table = Table::read(
            "[[host]]\nid='a'\nname='A'\nservers=['x.test']\n[[host]]\nid='b'\nname='B'\nservers=['ns.x.test']\n",
        )
        .unwrap();
        assert_eq!(table.serving("1.ns.x.test.").unwrap().id, "b");
        assert_eq!(table.serving("1.X.test").unwrap().id, "a");
        assert!(table.serving("y.test").is_none());
    }
}
