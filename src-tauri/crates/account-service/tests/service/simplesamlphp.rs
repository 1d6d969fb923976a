//! Whole sign-ins through SimpleSAMLphp, an identity provider that is not ours: signed, encrypted, with signed requests;
//! and the way out, begun on either side.

use crate::harness::{Answer, Harness, OWNER};
use crate::seven_steps::finish_all_steps;
use crate::sign_in::{ADMINS, activate, begin, codes, test};
use reqwest::Method;
use serde_json::{Value, json};
use test_support::browser::{Browser, Shown};
use test_support::simplesamlphp::SimpleSamlPhp;
use time::{Duration, OffsetDateTime};
use vocabulary::Timestamp;

#[expect(clippy::disallowed_methods, reason = "the other side of this test has the real time")]
fn real_now() -> Timestamp {
    Timestamp::new(OffsetDateTime::now_utc())
}

async fn start() -> SimpleSamlPhp {
    let (from, until) = (real_now().plus(Duration::days(-1)), real_now().plus(Duration::days(300)));
    let own = test_support::certificate("SimpleSAMLphp", from, until);
    SimpleSamlPhp::start(&own, OWNER, &[ADMINS]).await
}

/// Makes the service known, with further settings of how it wants to be answered.
fn knows(idp: &SimpleSamlPhp, values: &Value, further: &Value) {
    let text = |name: &str| values[name].as_str().unwrap();
    idp.knows(text("entity_id"), text("acs_url"), further);
}

/// A service that has the other side's values, and the real time; and its own values.
async fn service_of(idp: &SimpleSamlPhp) -> (Harness, Value) {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    service.clock.forward(real_now().since(service.now()));
    let metadata = json!({ "kind": "metadata", "xml": idp.metadata().await });
    let set = service.put("/saml/identity-provider", metadata).await.ok();
    assert_eq!(set["identity_provider"]["entity_id"], idp.metadata_url());
    let values = service.read("/saml/service-provider").await.ok();
    (service, values)
}

/// The certificate of the service's own key, in one line of base64.
async fn own_certificate(service: &Harness) -> String {
    let metadata = Answer::of(service.anonymous(Method::GET, "/saml/contoso/metadata")).await.text;
    let read = saml::inspect(metadata.as_bytes(), saml::LIMIT_BY_HAND, service.now());
    let pem = &read.certificates[0].certificate.pem;
    pem.lines().filter(|line| !line.contains("---")).collect()
}

/// From the link of a test through the login form and back; the test and the last page.
async fn sign_in(service: &Harness, idp: &SimpleSamlPhp) -> (Value, Shown) {
    let (id, open_url) = begin(service, json!({ "purpose": "portal" })).await;
    let mut browser = Browser::default();
    let sent = browser.get(&open_url).await;
    let back = idp.sign_in(&mut browser, sent).await;
    (test(service, &id).await, back)
}

#[tokio::test]
async fn simplesamlphp_signs_people_in() {
    let idp = start().await;
    let (service, values) = service_of(&idp).await;
    let own = own_certificate(&service).await;

    knows(&idp, &values, &json!({}));
    let (test, page) = sign_in(&service, &idp).await;
    assert_eq!((page.status, &test["state"]), (200, &json!("passed")), "{test}");
    assert_eq!(test["answer"]["subject"]["name_id"], OWNER);
    assert_eq!((&test["answer"]["encrypted"], codes(&test).len()), (&json!(false), 0));

    service.put("/saml/options", json!({ "sign_requests": true })).await.ok();
    knows(&idp, &values, &json!({ "validate.authnrequest": true, "certData": own }));
    let (test, _) = sign_in(&service, &idp).await;
    assert_eq!(test["state"], "passed", "{test}");

    // The only mode that this version of SimpleSAMLphp encrypts in.
    knows(&idp, &values, &json!({ "assertion.encryption": true, "certData": own }));
    let (test, _) = sign_in(&service, &idp).await;
    assert_eq!((test["state"].as_str(), codes(&test)), (Some("failed"), vec!["response-encryption".into()]));
    let options = json!({ "sign_requests": true, "cbc_encryption": true });
    service.put("/saml/options", options).await.ok();
    let (test, _) = sign_in(&service, &idp).await;
    assert_eq!(
        (test["state"].as_str(), codes(&test)),
        (Some("passed"), vec!["response-encryption-cbc".into()])
    );
}

#[tokio::test]
async fn simplesamlphp_refuses_a_request_that_is_not_signed_where_it_asks_for_that() {
    let idp = start().await;
    let (service, values) = service_of(&idp).await;
    let other = test_support::certificate("other", real_now(), real_now().plus(Duration::days(9)));
    knows(&idp, &values, &json!({ "validate.authnrequest": true, "certData": other.base64() }));
    let (_, open_url) = begin(&service, json!({ "purpose": "portal" })).await;
    let mut browser = Browser::default();
    let sent = browser.get(&open_url).await;
    let refused = browser.follow(sent).await;
    assert!(!refused.text.contains("password") && refused.field("SAMLResponse").is_none(), "{refused:?}");
    assert!(
        idp.log().contains("ignature") || refused.text.contains("ignature"),
        "{refused:?}\n{}",
        idp.log()
    );
}

#[tokio::test]
async fn signing_out_works_from_either_side() {
    let idp = start().await;
    let (service, values) = service_of(&idp).await;
    let base = service.running.service.public_url();
    let (login, slo) = (format!("{base}/sso/login"), format!("{base}/saml/contoso/slo"));
    let signed = json!({
        "SingleLogoutService": slo, "certData": own_certificate(&service).await, "validate.logout": true
    });
    knows(&idp, &values, &signed);
    assert_eq!(sign_in(&service, &idp).await.0["state"], "passed");
    service.put("/scim", json!({ "enabled": false })).await.ok();
    activate(&service).await;
    let sign_in = async |browser: &mut Browser| {
        let page = browser.get(&login).await;
        let sent = browser.press(&page, &[("email", OWNER)]).await;
        let back = idp.sign_in(browser, sent).await;
        let page = browser.follow(back).await;
        assert!(page.text.contains("You are signed in"), "{page:?}");
    };
    let is_signed_in =
        async |browser: &mut Browser| browser.get(&login).await.text.contains("You are signed in");

    let mut browser = Browser::default();
    sign_in(&mut browser).await;
    let begun = browser.get(&idp.sign_out_url()).await;
    let end = browser.follow(begun).await;
    assert!(idp.has(&end.url) && end.status == 200, "{end:?}\n{}", idp.log());
    assert!(idp.log().contains("Received SAML 2.0 LogoutResponse"), "{}", idp.log());
    assert!(!is_signed_in(&mut browser).await, "the request of SimpleSAMLphp ended the session");

    sign_in(&mut browser).await;
    let asked = browser.post(&format!("{base}/sso/logout"), &[("everywhere".into(), "yes".into())]).await;
    assert!(idp.has(asked.location.as_ref().unwrap()), "{asked:?}");
    let end = browser.follow(asked).await;
    assert!(end.text.contains("signed out here and at the identity provider"), "{end:?}\n{}", idp.log());
    assert!(!is_signed_in(&mut browser).await);
    let page = browser.get(&login).await;
    let sent = browser.press(&page, &[("email", OWNER)]).await;
    let asked_again = browser.follow(sent).await;
    assert!(asked_again.text.contains("password"), "it asks who it is again: {asked_again:?}");
}
