//! Every finding has its words.

use domain_check::{CODES, DomainName};

#[test]
fn every_code_has_a_message_and_what_asks_for_something_says_what_to_do() {
    let texts = texts::Texts::english().unwrap();
    let notes = ["domain-from-email", "domain-from-url", "domain-from-www", "domain-from-record"];
    let informs = |code: &str| notes.contains(&code) || ["txt-present", "serials-differ"].contains(&code);
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
