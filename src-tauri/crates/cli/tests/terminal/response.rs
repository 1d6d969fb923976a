use crate::common::{Run, codes, signpost};
use crate::{certificate, file, now, signpost_reading};
use test_support::TestCertificate;
use test_support::responses::{Signing, TestResponse};

const SETTINGS: [&str; 4] =
    ["--sp-entity-id", "https://service.example/saml/metadata", "--acs", "https://service.example/saml/acs"];

fn check(source: &str, more: &[&str], by: &TestCertificate) -> Run {
    let metadata =
        test_support::metadata::idp("https://idp.example/metadata", "https://idp.example/sso", &[by]);
    let (_folder, metadata) = file(metadata);
    signpost_reading(
        &[&["response", "check", "-", "--idp-metadata", &metadata], &SETTINGS[..], more].concat(),
        source.as_bytes(),
    )
}

#[test]
fn a_good_response_ends_with_0_and_names_the_user() {
    let by = certificate(-10, 300);
    let xml = TestResponse::new(now()).signed(Signing::Both, &by);
    let run = check(&xml, &["--json", "--in-response-to", "_request-1", "--claim", "groups"], &by);
    let document = run.json();
    assert_eq!((run.status, codes(&document)), (0, Vec::new()), "{run:?}");
    assert_eq!(document["accepted"], true);
    assert_eq!(document["subject"], "ada@example.com");
    assert_eq!(document["issuer"], "https://idp.example/metadata");
    assert_eq!(document["attributes"]["groups"], serde_json::json!(["admins", "users"]));
    let text = check(&xml, &[], &by).out;
    assert!(text.starts_with("A service with these settings accepts this response.\n"), "{text}");
    assert!(text.contains("ada@example.com") && text.contains("admins, users"), "{text}");
}

#[test]
fn a_refused_response_ends_with_1_and_says_what_to_change() {
    let by = certificate(-10, 300);
    let mut response = TestResponse::new(now());
    response.audience = "https://service.example/saml/metadata/".to_owned();
    let xml = response.signed(Signing::Assertion, &by);
    let run = check(&xml, &["--json"], &by);
    let document = run.json();
    assert_eq!((run.status, codes(&document)), (1, vec!["response-audience"]), "{run:?}");
    assert_eq!(document["accepted"], false);
    assert!(check(&xml, &[], &by).out.contains("by a slash at its end"));
    let altered = xml.replace("ada@", "eve@");
    let document = check(&altered, &["--json"], &by).json();
    assert_eq!((codes(&document), document["subject"].is_null()), (vec!["response-signature-wrong"], true));
}

#[test]
fn a_recorded_response_is_judged_for_the_time_of_the_recording() {
    let by = certificate(-100, 300);
    let recorded = now().plus(time::Duration::days(-30));
    let xml = TestResponse::new(recorded).signed(Signing::Both, &by);
    assert_eq!(codes(&check(&xml, &["--json"], &by).json()), ["response-expired"]);
    assert_eq!(check(&xml, &["--now", &recorded.to_string()], &by).status, 0);
    assert_eq!(check(&xml, &["--now", "yesterday"], &by).status, 2);
}

#[test]
fn an_encrypted_response_is_opened_with_the_key_of_a_file_which_is_never_shown() {
    let by = certificate(-10, 300);
    let xml = TestResponse::new(now()).encrypted(Signing::Both, &by, &by);
    assert_eq!(codes(&check(&xml, &["--json"], &by).json()), ["response-encrypted-no-key"]);
    let (_folder, key) = file(&by.key_pem);
    let run = check(&xml, &["--decrypt-key", &key], &by);
    assert_eq!(run.status, 0, "{run:?}");
    let body = by.key_pem.lines().nth(1).unwrap();
    assert!(!run.out.contains(body) && !run.err.contains(body));
}

#[test]
fn what_holds_no_response_ends_with_1_and_metadata_of_nobody_with_2() {
    let by = certificate(-10, 300);
    assert_eq!(codes(&check("hello!", &["--json"], &by).json()), ["response-none"]);
    let (_folder, metadata) = file("<not-metadata/>");
    let (_other, response) = file("x");
    let run = signpost(
        &[&["response", "check", &response, "--idp-metadata", &metadata, "--json"], &SETTINGS[..]].concat(),
    );
    assert_eq!((run.status, run.json()["error"]["code"].as_str()), (2, Some("metadata-not-saml")), "{run:?}");
}
