//! The table as it is shipped, and what is recognised by it.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use dns_hosts::{
    By, DomainConnect, Endpoint, Known, NameField, Quotes, ZoneRecord, advise, read_settings, table,
};
use domain_check::{DomainName, TxtRecord};
use proptest::prelude::*;
use std::collections::BTreeSet;
use vocabulary::Timestamp;

fn asked_at() -> Timestamp {
    Timestamp::parse("2026-11-22T12:00:00Z").unwrap()
}

fn record(domain: &str, value: &str, zone: Option<&str>) -> ZoneRecord {
    let domain = DomainName::parse(domain).unwrap().domain;
    ZoneRecord::new(&TxtRecord::new(&domain, "_x", value), zone).unwrap()
}

fn servers(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn of(servers: &[String]) -> Known<'_> {
    Known { servers, ..Known::default() }
}

fn said(provider: &str, panel: &str) -> DomainConnect {
    let endpoint = Endpoint::of(&["dc.host.example".to_owned()]).unwrap();
    let json = serde_json::json!({ "providerId": "x", "providerName": provider, "urlControlPanel": panel });
    read_settings(&endpoint, "contoso.test", json.to_string().as_bytes(), asked_at()).unwrap()
}

#[test]
fn the_word_of_the_dns_host_itself_comes_before_the_names_of_its_servers_and_after_a_choice() {
    let record = record("contoso.test", "v", None);
    let seen = servers(&["a.ns.cloudflare.com", "b.ns.cloudflare.com"]);
    let panel = "https://panel.host.example/contoso.test";
    let host = said("Some Host", panel);
    let known = Known { domain_connect: Some(&host), ..of(&seen) };
    let advice = advise(table().unwrap(), &record, &known);
    assert_eq!(advice.by, By::DomainConnect);
    let named = advice.host.as_ref().unwrap();
    assert_eq!((named.name.as_str(), named.panel.as_deref()), ("Some Host", Some(panel)));
    assert!(!advice.panel_in_table, "the address comes from the host");
    assert_eq!((advice.also[0].id.as_str(), &advice.seen), ("cloudflare", &seen));
    assert_eq!(advice.domain_connect.unwrap().endpoint.host, "dc.host.example");
    let chosen = advise(table().unwrap(), &record, &Known { chosen: Some("ionos"), ..known });
    assert_eq!((chosen.by, chosen.host.unwrap().id.as_str()), (By::Choice, "ionos"));
}

#[test]
fn a_dns_host_of_the_table_keeps_what_the_table_knows_of_it() {
    let host = said("go-daddy", "https://panel.host.example/");
    let known = Known { domain_connect: Some(&host), ..Known::default() };
    let advice = advise(table().unwrap(), &record("contoso.test", "v", None), &known);
    let named = advice.host.unwrap();
    assert_eq!((named.id.as_str(), advice.typed.name_field), ("godaddy", Some(NameField::Relative)));
    assert!(advice.panel_in_table && named.panel.unwrap().contains("godaddy"));
}

#[test]
fn there_are_many_hosts_and_each_is_there_once() {
    let table = table().unwrap();
    let ids: BTreeSet<&String> = table.hosts().map(|host| &host.id).collect();
    assert_eq!(ids.len(), table.hosts().count());
    assert!(ids.len() >= 40, "{}", ids.len());
    let whole = |id: &&String| id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    assert!(ids.iter().all(whole));
}

#[test]
fn every_panel_is_an_https_address_without_anything_of_anybody() {
    for host in table().unwrap().hosts() {
        let Some(panel) = &host.panel else { continue };
        let url = url::Url::parse(panel).unwrap();
        assert_eq!(url.scheme(), "https", "{}", host.id);
        assert_eq!(url.as_str(), panel, "{} is not written as it is opened", host.id);
        assert!(url.host_str().unwrap().contains('.') && url.query().is_none() && url.username().is_empty());
        assert!(url.port().is_none() && url.password().is_none());
    }
}

#[test]
fn hosts_are_recognised_by_the_names_of_their_servers() {
    let cases = [
        ("ns37.domaincontrol.com", "godaddy"),
        ("NS-2048.AWSDNS-64.co.uk.", "amazon-route-53"),
        ("kate.ns.cloudflare.com", "cloudflare"),
        ("ns1-07.azure-dns.com", "azure-dns"),
        ("hydrogen.ns.hetzner.com", "hetzner"),
        ("dns1.registrar-servers.com", "namecheap"),
        ("ns1010.ui-dns.org", "ionos"),
        ("docks07.rzone.de", "strato"),
        ("dns1.p01.nsone.net", "ibm-ns1"),
        ("ns-cloud-a1.googledomains.com", "google-cloud-dns"),
        ("ns1.bdm.microsoftonline.com", "microsoft-365"),
    ];
    for (server, id) in cases {
        assert_eq!(table().unwrap().serving(server).unwrap().id, id, "{server}");
    }
    for nobody in
        ["ns1.contoso.test", "cloudflare.com", "evil-domaincontrol.com", "domaincontrol.com.evil.test", ""]
    {
        assert!(table().unwrap().serving(nobody).is_none(), "{nobody}");
    }
}

#[test]
fn the_advice_says_what_made_it_so() {
    let seen = servers(&["ns37.domaincontrol.com", "ns38.domaincontrol.com"]);
    let advice = advise(table().unwrap(), &record("contoso.test", "v", None), &of(&seen));
    assert_eq!((advice.by, advice.host.unwrap().name.as_str()), (By::Servers, "GoDaddy"));
    assert_eq!(advice.seen, seen);
    assert_eq!(advice.also, []);
    assert_eq!((advice.typed.name.as_str(), advice.typed.name_field), ("_x", Some(NameField::Relative)));
}

#[test]
fn quotation_marks_are_typed_where_the_panel_wants_them() {
    let record = record("eu.contoso.test", "token=\"a\"", Some("contoso.test"));
    let advice = advise(table().unwrap(), &record, &of(&servers(&["ns-1.awsdns-00.com"])));
    assert_eq!(
        (advice.typed.value.as_str(), advice.typed.quotes),
        ("\"token=\\034a\\034\"", Some(Quotes::Typed))
    );
    assert_eq!(advice.typed.name, "_x.eu");
}

#[test]
fn two_hosts_beside_each_other_are_both_named() {
    let record = record("contoso.test", "v", None);
    let seen = servers(&["a.ns.cloudflare.com", "ns1.digitalocean.com", "ns2.digitalocean.com"]);
    let advice = advise(table().unwrap(), &record, &of(&seen));
    assert_eq!(advice.host.unwrap().id, "digitalocean");
    assert_eq!(advice.seen, seen[1..]);
    assert_eq!(advice.also.iter().map(|host| host.id.as_str()).collect::<Vec<_>>(), ["cloudflare"]);
    let shared = advise(table().unwrap(), &record, &of(&servers(&["ns-cloud-b1.googledomains.com"])));
    assert_eq!(shared.also[0].id, "squarespace");
}

#[test]
fn without_a_known_host_the_general_recipe_is_given_and_why() {
    let record = record("contoso.test", "v", None);
    let by = |names: &[&str], chosen| {
        advise(table().unwrap(), &record, &Known { chosen, ..of(&servers(names)) }).by
    };
    assert_eq!(by(&[], None), By::NotLooked);
    assert_eq!(by(&["ns1.contoso.test", "ns2.contoso.test."], None), By::OwnServers);
    assert_eq!(by(&["ns1.contoso.test", "ns1.example.test"], None), By::UnknownServers);
    assert_eq!(by(&["ns37.domaincontrol.com"], Some("cloudflare")), By::Choice);
    assert_eq!(by(&["ns37.domaincontrol.com"], Some("no-longer-there")), By::Servers);
    assert_eq!(advise(table().unwrap(), &record, &of(&[])).typed.name_field, None);
}

#[test]
fn every_note_and_code_has_words() {
    let texts = texts::Texts::english().unwrap();
    for host in table().unwrap().hosts() {
        for note in &host.notes {
            let id = format!("dns-host-note-{}", serde_json::to_value(note).unwrap().as_str().unwrap());
            assert!(texts.text(&id, []).is_some(), "{id}");
        }
    }
    for format in dns_hosts::Format::ALL {
        let id = format!("record-format-{}", format.as_str());
        assert!(texts.text(&id, []).is_some(), "{id}");
    }
    for code in dns_hosts::CODES {
        let id = if code.starts_with("dns-") { format!("error-{code}") } else { format!("finding-{code}") };
        assert!(texts.text(&id, []).is_some() && texts.attribute(&id, "fix", []).is_some(), "{id}");
    }
}

proptest! {
    #[test]
    fn no_name_of_a_server_makes_it_panic(names in prop::collection::vec("\\PC{0,40}", 0..4)) {
        advise(table().unwrap(), &record("contoso.test", "v", None), &of(&names));
    }
}
