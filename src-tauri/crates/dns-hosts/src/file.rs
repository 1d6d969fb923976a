//! `data/hosts.toml` as it is written.

use crate::error::DataError;
use crate::table::{DnsHost, NameField, Note, Quotes};
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    host: Vec<Entry>,
}

/// A host with what it is recognised by.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Entry {
    id: String,
    name: String,
    servers: Vec<String>,
    panel: Option<String>,
    name_field: Option<NameField>,
    quotes: Option<Quotes>,
    name_label: Option<String>,
    value_label: Option<String>,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    notes: Vec<Note>,
}

/// A host of the table, and the endings of its name servers' names.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) host: DnsHost,
    pub(crate) servers: Vec<String>,
    pub(crate) also: Vec<String>,
}

/// Reads a table: ids, names and endings are there once, panels are https, every host can be recognised or is named
/// by one that can.
pub(crate) fn read(text: &str) -> Result<Vec<Row>, DataError> {
    let file: File = toml::from_str(text).map_err(|error| DataError { what: error.to_string() })?;
    once(file.host.iter().map(|entry| &entry.id))?;
    once(file.host.iter().map(|entry| &entry.name))?;
    once(file.host.iter().flat_map(|entry| &entry.servers))?;
    let ids: BTreeSet<&String> = file.host.iter().map(|entry| &entry.id).collect();
    let named: BTreeSet<&String> = file.host.iter().flat_map(|entry| &entry.also).collect();
    for entry in &file.host {
        let fault = fault(entry, &ids, &named);
        if let Some(fault) = fault {
            return Err(DataError { what: format!("{}: {fault}", entry.id) });
        }
    }
    Ok(file.host.into_iter().map(Row::from).collect())
}

fn once<'a>(texts: impl Iterator<Item = &'a String>) -> Result<(), DataError> {
    let mut seen = BTreeSet::new();
    for text in texts {
        if text.trim().is_empty() || !seen.insert(text) {
            return Err(DataError { what: format!("\"{text}\" is empty or there twice") });
        }
    }
    Ok(())
}

fn fault(entry: &Entry, ids: &BTreeSet<&String>, named: &BTreeSet<&String>) -> Option<&'static str> {
    if entry.servers.is_empty() && !named.contains(&entry.id) {
        return Some("cannot be recognised");
    }
    if !entry.servers.iter().all(|ending| is_ending(ending)) {
        return Some("has an ending that is no name in lower case");
    }
    if entry.panel.as_ref().is_some_and(|panel| !panel.starts_with("https://")) {
        return Some("has a panel that is not https");
    }
    let known = entry.also.iter().all(|other| ids.contains(other) && *other != entry.id);
    (!known).then_some("names a host that is not there")
}

fn is_ending(ending: &str) -> bool {
    let mut labels = ending.split('.');
    let first = labels.next().unwrap_or_default();
    let plain = |label: &str| !label.is_empty() && label.bytes().all(is_letter);
    ending.contains('.') && plain(&first.replacen('*', "", 1)) && labels.all(plain)
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
}

impl From<Entry> for Row {
    fn from(entry: Entry) -> Self {
        Self {
            host: DnsHost {
                id: entry.id,
                name: entry.name,
                panel: entry.panel,
                name_field: entry.name_field,
                quotes: entry.quotes,
                name_label: entry.name_label,
                value_label: entry.value_label,
                notes: entry.notes,
            },
            servers: entry.servers,
            also: entry.also,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(text: &str) -> String {
        read(text).unwrap_err().what
    }

    #[test]
    fn a_host_that_is_not_whole_is_refused_by_name() {
        let host = |rest: &str| format!("[[host]]\nid = 'x'\nname = 'X'\n{rest}\n");
        assert!(read(&host("servers = ['x.test']")).is_ok());
        assert_eq!(what(&host("servers = []")), "x: cannot be recognised");
        assert_eq!(what(&host("servers = ['X.test']")), "x: has an ending that is no name in lower case");
        assert_eq!(what(&host("servers = ['test']")), "x: has an ending that is no name in lower case");
        assert_eq!(
            what(&host("servers = ['x.test']\npanel = 'http://x.test'")),
            "x: has a panel that is not https"
        );
        assert_eq!(what(&host("servers = ['x.test']\nalso = ['y']")), "x: names a host that is not there");
        assert!(what(&host("servers = ['x.test']\nhint = 'a'")).contains("hint"));
        assert!(what(&host("servers = ['x.test']").repeat(2)).contains("there twice"));
    }
}
