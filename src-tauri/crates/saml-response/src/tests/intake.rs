//! A response is found in whatever people have of it.

use super::*;
use crate::take;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;

const XML: &str =
    "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\">ÄÖ+/</samlp:Response>";

fn encoded() -> String {
    STANDARD.encode(XML)
}

#[track_caller]
fn found(input: &str) {
    assert_eq!(take(input.as_bytes()).map(|taken| taken.xml).unwrap(), XML, "{input}");
}

#[track_caller]
fn not_found(input: &str, code: &str) {
    assert_eq!(take(input.as_bytes()).unwrap_err().code, code, "{input}");
}

#[test]
fn a_response_is_found_in_every_wrapping() {
    let value = encoded();
    let percent: String = form_urlencoded(&value);
    found(XML);
    found(&format!("\u{feff}  {XML}\n"));
    found(&value);
    found(
        &value
            .as_bytes()
            .chunks(60)
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect::<Vec<_>>()
            .join("\r\n"),
    );
    found(value.trim_end_matches('='));
    found(&percent);
    found(&format!("RelayState=x&SAMLResponse={percent}"));
    found(&format!("SAMLResponse={percent}&RelayState=x"));
    found(&format!(
        r#"<html><body onload="x"><form><input type="hidden" name="SAMLResponse" value="{value}"/></form>"#
    ));
    found(&format!(
        "<!DOCTYPE html><INPUT VALUE='{}' TYPE=hidden NAME=SAMLResponse>",
        value.replace('+', "&#43;")
    ));
    found(&har(&serde_json::json!({"params": [{"name": "SAMLResponse", "value": value}]})));
    found(&har(&serde_json::json!({"params": [{"name": "SAMLResponse", "value": percent}]})));
    found(&har(&serde_json::json!({"text": format!("SAMLResponse={percent}&RelayState=")})));
}

fn form_urlencoded(value: &str) -> String {
    url::form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

fn har(post: &serde_json::Value) -> String {
    let other = serde_json::json!({"request": {"method": "GET"}});
    serde_json::json!({"log": {"entries": [other, {"request": {"method": "POST", "postData": post}}]}})
        .to_string()
}

#[test]
fn of_several_the_last_is_taken() {
    let old = form_urlencoded(&STANDARD.encode("<old/>"));
    let new = form_urlencoded(&encoded());
    let entry =
        |value: &str| serde_json::json!({"request": {"postData": {"text": format!("SAMLResponse={value}")}}});
    let file = serde_json::json!({"log": {"entries": [entry(&old), entry(&new)]}}).to_string();
    let taken = take(file.as_bytes()).unwrap();
    assert_eq!((taken.xml.as_str(), taken.count), (XML, 2));
}

/// The same answer again and again is what a browser's recording of an endless redirect shows.
#[test]
fn a_recording_in_which_the_browser_goes_round_is_told_from_one_of_several_attempts() {
    let goes_round = |seconds: &[u32]| {
        let post = serde_json::json!({"params": [{"name": "SAMLResponse", "value": encoded()}]});
        let entry = |second: &u32| {
            let started = format!("2026-11-22T15:{:02}:{:02}.250+01:00", second / 60, second % 60);
            serde_json::json!({"startedDateTime": started, "request": {"method": "POST", "postData": post}})
        };
        let entries: Vec<_> = seconds.iter().map(entry).collect();
        let file = serde_json::json!({"log": {"entries": entries}}).to_string();
        take(file.as_bytes()).unwrap().goes_round
    };
    assert!(goes_round(&[0, 2, 5, 7]));
    assert!(goes_round(&[0, 100, 101, 102, 104]), "after an attempt that went well");
    assert!(!goes_round(&[0, 2, 5]), "somebody may press the button three times");
    assert!(!goes_round(&[0, 20, 41, 65]));
    assert!(!goes_round(&[9, 6, 3, 0]), "nobody knows what this order means");
    let body = format!("SAMLResponse={}&", form_urlencoded(&encoded())).repeat(6);
    let taken = take(body.as_bytes()).unwrap();
    assert_eq!((taken.count, taken.goes_round), (6, false), "nothing says when");
}

#[test]
fn what_is_no_response_is_told() {
    not_found("", "response-none");
    not_found("hello, it does not work!", "response-none");
    not_found("{\"log\": {}}", "response-none");
    not_found("https://idp.example/sso?SAMLRequest=abc", "response-is-request");
    not_found("SAMLResponse=%%%", "response-not-base64");
    not_found(&STANDARD.encode([0xff_u8, 0xfe, 0x01]), "response-not-utf8");
    not_found(&STANDARD.encode("hello"), "response-not-xml");
    not_found(&format!("<a>{}</a>", "x".repeat(1024 * 1024)), "response-too-large");
}

proptest! {
    #[test]
    fn arbitrary_text_is_never_more_than_refused(text in "\\PC*") {
        let _ = take(text.as_bytes());
        let _ = look(&text, &Expected { certificates: Vec::new(), ..expected_nothing() });
    }

    #[test]
    fn arbitrary_bytes_are_never_more_than_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = take(&bytes);
    }

    #[test]
    fn a_page_cut_anywhere_is_never_more_than_refused(cut in 0..200_usize) {
        let page = format!("<html><input name=\"SAMLResponse\" value=\"{}\">", encoded());
        let cut = page.len().min(cut);
        let _ = take(&page.as_bytes()[..cut]);
    }
}

fn expected_nothing() -> Expected {
    Expected {
        idp_entity_id: String::new(),
        certificates: Vec::new(),
        sp_entity_id: String::new(),
        acs_url: String::new(),
        in_response_to: None,
        claims: Vec::new(),
        decryption_key: None,
        cbc_encryption: true,
    }
}
