//! Every way in which the two sides' settings can differ is its own finding, about a genuine response.

use super::*;
use crate::{ExpectedClaim, Matter};
use test_support::responses::Signing;

const TRANSIENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";

/// A response with something changed, signed as it then is.
fn signed(change: impl Fn(&mut TestResponse)) -> (String, Expected) {
    let signer = rsa("signer");
    let mut response = response();
    change(&mut response);
    (response.signed(Signing::Both, &signer), expected(&signer))
}

#[track_caller]
fn only(change: impl Fn(&mut TestResponse), code: &str, argument: Option<(&str, &str)>) {
    let (xml, expected) = signed(change);
    let examination = look(&xml, &expected);
    assert_eq!(codes(&examination), [code]);
    assert!(!examination.accepted);
    assert!(examination.subject.is_some(), "the signature is good, so the user may be shown");
    if let Some((name, value)) = argument {
        assert_eq!(examination.findings[0].args[name], value);
    }
}

#[test]
fn each_difference_is_told_by_its_name() {
    only(|one| one.issuer = "https://other.example".into(), "response-issuer", Some(("difference", "other")));
    only(|one| one.issuer.push('/'), "response-issuer", Some(("difference", "slash")));
    only(
        |one| one.destination = "http://service.example/saml/acs".into(),
        "response-destination",
        Some(("difference", "scheme")),
    );
    only(
        |one| one.recipient = "https://service.example/saml/ACS".into(),
        "response-recipient",
        Some(("difference", "case")),
    );
    only(|one| one.audience = "urn:other".into(), "response-audience", Some(("difference", "other")));
    only(|one| one.in_response_to = Some("_request-2".into()), "response-in-response-to", None);
    only(|one| one.in_response_to = None, "response-in-response-to", Some(("difference", "missing")));
}

#[test]
fn only_a_signed_response_has_to_say_where_it_goes() {
    let signer = rsa("signer");
    let destination = " Destination=\"https://service.example/saml/acs\"";
    let nowhere = response().with_replaced(destination, "", &signer);
    let examination = look(&nowhere, &expected(&signer));
    assert_eq!(codes(&examination), ["response-destination"]);
    assert_eq!(examination.findings[0].args["difference"], "missing");
    let unsigned_around = response().signed(Signing::Assertion, &signer).replace(destination, "");
    assert!(look(&unsigned_around, &expected(&signer)).accepted);
}

#[test]
fn times_may_be_off_by_three_minutes_and_no_more() {
    let minutes = |n| now().plus(time::Duration::seconds(n));
    let at = |seconds: i64| {
        let (xml, expected) = signed(|one| one.issued = minutes(seconds));
        codes(&look(&xml, &expected)).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(at(-300 - 179), [""; 0]);
    assert_eq!(at(-300 - 180), ["response-expired"]);
    assert_eq!(at(300 + 180), [""; 0]);
    assert_eq!(at(300 + 181), ["response-not-yet-valid"]);
}

#[test]
fn a_response_that_nobody_asked_for_is_noted() {
    let (xml, mut expected) = signed(|one| one.in_response_to = None);
    expected.in_response_to = None;
    let examination = look(&xml, &expected);
    assert_eq!(codes(&examination), ["response-unsolicited"]);
    assert!(examination.accepted);
}

#[test]
fn claims_are_compared_to_the_letter() {
    let (xml, mut expected) = signed(|one| {
        one.attributes = vec![
            ("Email".into(), vec!["ada@example.com".into()]),
            ("http://schemas.example/claims/givenname".into(), vec!["Ada".into()]),
            ("surname".into(), vec![String::new()]),
        ];
    });
    let claim = |name: &str, required| ExpectedClaim { name: name.to_owned(), required };
    expected.claims =
        vec![claim("email", true), claim("givenname", true), claim("surname", true), claim("team", false)];
    let examination = look(&xml, &expected);
    let wanted =
        ["response-claim-case", "response-claim-renamed", "response-claim-empty", "response-claim-missing"];
    assert_eq!(codes(&examination), wanted);
    let claims: Vec<_> = examination.comparisons.iter().filter(|one| one.matter == Matter::Claim).collect();
    assert_eq!(claims[0].received, ["Email"]);
    assert!(claims.iter().all(|one| !one.matches));
}

#[test]
fn a_missing_claim_that_is_not_required_only_warns() {
    let (xml, mut expected) = signed(|_| {});
    expected.claims = vec![ExpectedClaim { name: "team".into(), required: false }];
    assert!(look(&xml, &expected).accepted);
}

#[test]
fn names_that_tell_nothing_are_noted() {
    let noted = |change: fn(&mut TestResponse), code: &str| {
        let (xml, expected) = signed(change);
        let examination = look(&xml, &expected);
        assert_eq!(codes(&examination), [code]);
        examination.accepted
    };
    assert!(noted(|one| one.name_id = "ada".into(), "response-name-id-no-email"));
    assert!(noted(|one| one.name_id_format = TRANSIENT.into(), "response-name-id-transient"));
    assert!(!noted(|one| one.name_id = String::new(), "response-name-id-missing"));
}

#[test]
fn too_many_groups_are_recognised_by_the_link_that_stands_in_for_them() {
    let (xml, expected) = signed(|one| {
        one.attributes = vec![(crate::OVERAGE_CLAIMS[0].into(), vec!["https://graph.example/groups".into()])];
    });
    assert_eq!(codes(&look(&xml, &expected)), ["response-groups-overage"]);
}

#[test]
fn an_identity_provider_that_answers_with_an_error_is_quoted() {
    let signer = rsa("signer");
    let denied = r#"<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:RequestDenied"/></samlp:StatusCode><samlp:StatusMessage>AADSTS50105</samlp:StatusMessage>"#;
    let good = r#"<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>"#;
    let xml = response().unsigned().replace(good, denied);
    nobody(&xml, &expected(&signer), "response-status");
    let finding = &look(&xml, &expected(&signer)).findings[0];
    assert_eq!(
        (finding.args["status"].as_str(), finding.args["second"].as_str()),
        ("Responder", "RequestDenied")
    );
    assert_eq!(finding.evidence[0].value, "AADSTS50105");
}

#[test]
fn an_expired_certificate_warns_because_its_key_was_pinned() {
    let signer = test_support::certificate("old", years(-3), years(-1));
    let examination = look(&response().signed(Signing::Both, &signer), &expected(&signer));
    assert_eq!(codes(&examination), ["certificate-expired"]);
    assert!(examination.accepted);
}
