//! `response check` on what libraries that are not ours answered, in each of the ways somebody may have it. The account
//! service's test `peers` has the same answers and mistakes, and comes to the same verdicts.

use crate::common::codes;
use crate::{certificate, file, signpost_reading};
use serde_json::{Value, json};
use test_support::peers::{ANSWERS, For, IDP, MISTAKES, Peers, run};
use url::form_urlencoded::Serializer;

const SERVICE: For<'static> = For {
    request_id: "_request-1",
    acs_url: "https://service.example/saml/acs",
    entity_id: "https://service.example/saml/metadata",
};

/// The ways in which somebody has a response, from the value that is posted.
fn ways(value: &str) -> [(&'static str, String); 4] {
    let mut form = Serializer::new(String::new());
    let form = form.append_pair("SAMLResponse", value).append_pair("RelayState", "").finish();
    let post = json!({ "request": { "postData": { "mimeType": "application/x-www-form-urlencoded", "text": form } } });
    let har = json!({ "log": { "entries": [{ "request": { "method": "GET" } }, post] } });
    let page =
        format!("<html><form><input type=\"hidden\" name=\"SAMLResponse\" value=\"{value}\"></form></html>");
    [("base64", value.to_owned()), ("form", form), ("HAR", har.to_string()), ("page", page)]
}

fn check(input: &str, metadata: &str) -> (i32, Value) {
    let settings =
        ["--sp-entity-id", SERVICE.entity_id, "--acs", SERVICE.acs_url, "--in-response-to", "_request-1"];
    let command = ["response", "check", "-", "--json", "--idp-metadata", metadata];
    let run = signpost_reading(&[&command[..], &settings].concat(), input.as_bytes());
    (run.status, run.json())
}

#[test]
fn the_answers_of_other_libraries_are_judged_as_the_account_service_does() {
    let peers = Peers::new(certificate(-1, 300));
    let metadata = test_support::metadata::idp(IDP, "https://idp.example/sso", &[&peers.certificate]);
    let (_folder, metadata) = file(metadata);
    for script in ANSWERS {
        let asked = peers.asked(SERVICE, "ada@contoso.test", &["admins"]);
        let value = run(script, &asked).unwrap();
        // samlify's assertions do not say how somebody signed in, which is remarked on and no more.
        let remarks: &[&str] = if script.starts_with("samlify") { &["response-no-sign-in"] } else { &[] };
        for (way, input) in ways(&value) {
            let (status, document) = check(&input, &metadata);
            assert_eq!(document["accepted"], true, "{script}, {way}: {document}");
            assert_eq!((status, codes(&document)), (0, remarks.to_vec()), "{script}, {way}");
            assert_eq!(document["subject"], "ada@contoso.test", "{script}, {way}");
        }
        for (mistake, code) in MISTAKES {
            let mut asked = asked.clone();
            mistake(&mut asked);
            let (status, document) = check(&run(script, &asked).unwrap(), &metadata);
            assert_eq!((status, &document["accepted"]), (1, &json!(false)), "{script}: {document}");
            assert!(codes(&document).contains(&code), "{script}, {code}: {document}");
        }
    }
}
