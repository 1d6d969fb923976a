//! Every finding has its words.

use domain_check::{CODES, DomainName};

/// Good to know; nothing has to be done.
const INFORMS: [&str; 11] = [
    "txt-present",
    "serials-differ",
    "txt-second-code",
    "txt-split",
    "txt-crowded",
    "zone-servers-differ",
    "label-delegated",
    "server-no-edns",
    "split-horizon",
    "resolver-remembers-nothing",
    "resolver-remembers-old",
];

#[test]
fn every_code_has_a_message_and_what_asks_for_something_says_what_to_do() {
    let texts = texts::Texts::english().unwrap();
    let notes = [
        "domain-from-email",
        "domain-from-url",
        "domain-from-www",
        "domain-from-record",
        "domain-mixed-script",
    ];
    let informs = |code: &str| notes.contains(&code) || INFORMS.contains(&code);
    for code in CODES {
        let id = format!("finding-{code}");
        assert!(texts.text(&id, []).is_some(), "{id}");
        assert!(informs(code) || texts.attribute(&id, "fix", []).is_some(), "{id}.fix");
    }
}

#[test]
fn the_words_carry_the_values() {
    let texts = texts::Texts::english().unwrap();
    let refused = DomainName::parse("ann@gmail.com").unwrap_err();
    assert!(texts.finding(&refused).message.starts_with("gmail.com is a mail service"));
}

#[test]
fn the_table_of_mistakes_names_only_findings_there_are_and_all_about_records_servers_and_resolvers() {
    let table = include_str!("../../../../docs/domain-findings.md");
    let rows = table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| |"));
    let named: Vec<&str> = rows
        .filter_map(|row| row.split(" | ").nth(2))
        .flat_map(|cell| cell.split(", ").map(|code| code.trim_matches('`')))
        .collect();
    assert!(named.iter().all(|code| *code == "domain-*" || CODES.contains(code)), "{named:?}");
    let aside = ["txt-missing", "txt-present", "server-no-address", "server-no-route", "domain-unregistered"];
    let families = ["txt-", "server-", "resolver-", "port-53-", "dnssec-"];
    for code in CODES.iter().filter(|code| families.iter().any(|family| code.starts_with(family))) {
        assert!(named.contains(code) || aside.contains(code), "{code} is not in docs/domain-findings.md");
    }
}
