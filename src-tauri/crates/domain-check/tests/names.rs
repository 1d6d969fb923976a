//! What people type and paste, and what becomes of it.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use domain_check::{DomainName, parse_many};
use proptest::prelude::*;

fn ascii(input: &str) -> String {
    DomainName::parse(input).unwrap().domain.as_str().to_owned()
}

fn refused(input: &str) -> String {
    DomainName::parse(input).unwrap_err().code.into_owned()
}

fn notes(input: &str) -> Vec<String> {
    DomainName::parse(input).unwrap().notes.iter().map(|note| note.code.to_string()).collect()
}

#[test]
fn a_domain_is_taken_as_it_is() {
    for input in
        ["contoso.com", " Contoso.COM. ", "mail.contoso.co.uk", "contoso.test", "team.github.io", "4you.com"]
    {
        let parsed = DomainName::parse(input).unwrap();
        assert_eq!(parsed.domain.as_str(), input.trim().trim_end_matches('.').to_lowercase());
        assert!(parsed.notes.is_empty(), "{input}");
    }
}

#[test]
fn what_was_pasted_is_understood_and_that_is_said() {
    assert_eq!(ascii("Ann Lee <ann.lee@Contoso.com>"), "contoso.com");
    assert_eq!(notes("ann.lee@contoso.com"), ["domain-from-email"]);
    assert_eq!(ascii("https://www.contoso.com:8443/sign-in?x=1"), "contoso.com");
    assert_eq!(notes("https://www.contoso.com/"), ["domain-from-url", "domain-from-www"]);
    assert_eq!(notes("www.contoso.com"), ["domain-from-www"]);
    assert_eq!(ascii("_parallels-challenge.contoso.com"), "contoso.com");
    assert_eq!(notes("_parallels-challenge.contoso.com"), ["domain-from-record"]);
}

#[test]
fn www_in_front_of_an_ending_is_a_name_of_its_own() {
    assert_eq!(ascii("www.com"), "www.com");
    assert_eq!(ascii("www.co.uk"), "www.co.uk");
}

#[test]
fn an_internationalized_name_has_both_forms() {
    for input in ["bücher.example", "BÜCHER.example", "xn--bcher-kva.example", "ann@bücher。example"] {
        let parsed = DomainName::parse(input).unwrap();
        assert_eq!(
            (parsed.domain.as_str(), parsed.unicode.as_str()),
            ("xn--bcher-kva.example", "bücher.example")
        );
    }
}

#[test]
fn what_nobody_can_verify_is_refused_with_the_reason() {
    let cases = [
        ("", "domain-empty"),
        ("  \t ", "domain-empty"),
        ("ann@", "domain-empty"),
        ("https://", "domain-empty"),
        ("contoso", "domain-single-label"),
        ("localhost", "domain-single-label"),
        ("test", "domain-single-label"),
        ("com", "domain-single-label"),
        ("192.0.2.1", "domain-is-ip"),
        ("http://192.0.2.1/", "domain-is-ip"),
        ("2001:db8::1", "domain-is-ip"),
        ("http://[2001:db8::1]:443/", "domain-is-ip"),
        ("co.uk", "domain-public-suffix"),
        ("ann@com.au", "domain-public-suffix"),
        ("github.io", "domain-private-suffix"),
        ("gmail.com", "domain-consumer"),
        ("ann@Hotmail.com", "domain-consumer"),
        ("www.web.de", "domain-consumer"),
        ("con toso.com", "domain-invalid"),
        ("contoso..com", "domain-invalid"),
        (".contoso.com", "domain-invalid"),
        ("-contoso.com", "domain-invalid"),
        ("con_toso.com", "domain-invalid"),
        ("contoso.123", "domain-invalid"),
        ("contoso.com, fabrikam.com", "domain-invalid"),
        ("xn--a.com", "domain-invalid"),
    ];
    let texts = texts::Texts::english().unwrap();
    for (input, code) in cases {
        let finding = DomainName::parse(input).unwrap_err();
        assert_eq!(finding.code, code, "{input:?}");
        let words = texts.finding(&finding);
        assert!(!words.message.contains("{$") && !words.fix.contains("{$"), "a value is missing: {words:?}");
    }
}

#[test]
fn the_limits_of_dns_are_kept() {
    let label = |length| "a".repeat(length);
    assert_eq!(ascii(&format!("{}.com", label(63))).len(), 67);
    assert_eq!(refused(&format!("{}.com", label(64))), "domain-too-long");
    let long = [label(63), label(63), label(63), label(57)].join(".");
    assert_eq!(ascii(&format!("{long}.com")).len(), 253);
    assert_eq!(refused(&format!("a{long}.com")), "domain-too-long");
    assert_eq!(refused(&"a.".repeat(5_000)), "domain-too-long");
}

#[test]
fn a_list_is_understood_entry_by_entry() {
    let text = "contoso.com, fabrikam.com;Ann Lee <ann@adatum.com>\r\nhttps://www.contoso.com\n\ngmail.com wingtip.example";
    let list: Vec<String> = parse_many(text)
        .into_iter()
        .map(|entry| {
            entry.map_or_else(|finding| finding.code.into_owned(), |parsed| parsed.domain.to_string())
        })
        .collect();
    assert_eq!(list, ["contoso.com", "fabrikam.com", "adatum.com", "domain-consumer", "wingtip.example"]);
    assert!(parse_many(" ,;\n").is_empty());
}

#[test]
fn only_a_domain_is_read_from_the_wire() {
    let read = |text: &str| serde_json::from_str::<DomainName>(text);
    assert_eq!(read("\"contoso.com\"").unwrap().as_str(), "contoso.com");
    assert!(read("\"co.uk\"").unwrap_err().to_string().contains("domain-public-suffix"));
    assert!(read("7").is_err());
}

proptest! {
    #[test]
    fn any_text_is_understood_or_refused(text in "\\PC{0,300}") {
        let _ = DomainName::parse(&text);
        parse_many(&text);
    }

    #[test]
    fn a_domain_reads_back_as_itself(text in "[a-zA-Z0-9äöß.@:/ -]{1,80}") {
        if let Ok(parsed) = DomainName::parse(&text) {
            let name = parsed.domain.as_str();
            prop_assert!(name.len() <= 253 && name.is_ascii() && !name.starts_with("www."));
            let again = DomainName::parse(name).unwrap();
            prop_assert_eq!(&again.domain, &parsed.domain);
            prop_assert!(again.notes.is_empty());
            prop_assert_eq!(DomainName::parse(&parsed.unicode).unwrap().domain, parsed.domain);
        }
    }
}
