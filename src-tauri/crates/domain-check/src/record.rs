use crate::DomainName;
use serde::{Deserialize, Serialize};

/// The record that proves that whoever publishes it controls the domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct TxtRecord {
    /// What to type into the *Host* or *Name* field of a DNS panel that adds the zone name itself.
    pub host: String,
    /// The full name, without the dot at its end.
    pub name: String,
    /// Always `TXT`.
    pub kind: RecordKind,
    /// What to type into the *Value* field, without quotation marks.
    pub value: String,
}

/// The type of a record, as DNS panels show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub enum RecordKind {
    /// Text.
    #[serde(rename = "TXT")]
    Txt,
}

/// The lines that look a record up, one for each kind of terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Commands {
    /// For the Windows command prompt, and where nothing else is installed.
    pub nslookup: String,
    /// For macOS and Linux.
    pub dig: String,
    /// For PowerShell.
    pub resolve_dns_name: String,
}

impl TxtRecord {
    /// The record for a domain; `host` is the label the service chose, for example `_parallels-challenge`.
    pub fn new(domain: &DomainName, host: &str, value: &str) -> Self {
        Self {
            host: host.to_owned(),
            name: format!("{host}.{domain}"),
            kind: RecordKind::Txt,
            value: value.to_owned(),
        }
    }
}

/// The lines that look the record up.
///
/// They are made to be pasted into a shell, so characters that no host label has are left out of the name: a service
/// cannot put a second command into the line.
pub fn commands(record: &TxtRecord) -> Commands {
    let name: String =
        record.name.chars().filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c)).collect();
    let name = name.trim_start_matches('-');
    Commands {
        nslookup: format!("nslookup -type=TXT {name}"),
        dig: format!("dig +short TXT {name}"),
        resolve_dns_name: format!("Resolve-DnsName -Type TXT -Name {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(host: &str) -> TxtRecord {
        let domain = DomainName::parse("contoso.test").unwrap().domain;
        TxtRecord::new(&domain, host, "token=abc")
    }

    #[test]
    fn the_record_shows_its_type_and_the_host_without_the_zone() {
        let json = serde_json::to_value(record("_parallels-challenge")).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "host": "_parallels-challenge",
                "name": "_parallels-challenge.contoso.test",
                "kind": "TXT",
                "value": "token=abc"
            })
        );
    }

    #[test]
    fn each_terminal_has_its_line() {
        let lines = commands(&record("_parallels-challenge"));
        assert_eq!(lines.nslookup, "nslookup -type=TXT _parallels-challenge.contoso.test");
        assert_eq!(lines.dig, "dig +short TXT _parallels-challenge.contoso.test");
        assert_eq!(
            lines.resolve_dns_name,
            "Resolve-DnsName -Type TXT -Name _parallels-challenge.contoso.test"
        );
    }

    #[test]
    fn a_host_cannot_carry_a_second_command() {
        let lines = commands(&record("-x;rm -rf ~`id`$(id)|&<>'\"\n"));
        assert_eq!(lines.dig, "dig +short TXT xrm-rfidid.contoso.test");
    }
}
