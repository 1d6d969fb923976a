//! Signing in through an identity provider that signs with xmlsec1, over real HTTP, with a browser's cookies.

use crate::harness::{Answer, Harness, OWNER};
use crate::seven_steps::finish_all_steps;
use account_service::{Config, Service};
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::{Arc, OnceLock};
use test_support::browser::{Browser, Shown};
use test_support::identity_provider::{PlayedIdentityProvider, ReceivedRequest, post};
use test_support::metadata;
use test_support::responses::{Signing, TestResponse};
use time::Duration;
use vocabulary::Timestamp;

/// The administrators' group, as Entra sends groups.
pub(crate) const ADMINS: &str = "0a1b2c3d-0000-4000-8000-000000000001";
const USERS: &str = "0a1b2c3d-0000-4000-8000-000000000002";

pub(crate) fn now() -> Timestamp {
    Timestamp::parse(crate::harness::START).unwrap()
}

/// The identity provider that the account of a finished set-up has.
pub(crate) fn entra() -> &'static PlayedIdentityProvider {
    static ENTRA: OnceLock<PlayedIdentityProvider> = OnceLock::new();
    let new = || PlayedIdentityProvider::new(&format!("https://sts.windows.net/{TENANT}/"), now());
    ENTRA.get_or_init(new)
}

pub(crate) const TENANT: &str = "11111111-2222-3333-4444-555555555555";

/// Begins a test; its id and the URL that a browser opens.
pub(crate) async fn begin(service: &Harness, body: Value) -> (String, String) {
    let answer = service.post("/sign-in-tests", body).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let test = answer.ok();
    let text = |name: &str| test[name].as_str().unwrap().to_owned();
    (text("id"), text("open_url"))
}

pub(crate) async fn test(service: &Harness, id: &str) -> Value {
    service.read(&format!("/sign-in-tests/{id}")).await.ok()
}

fn hops(test: &Value) -> Vec<String> {
    test["hops"].as_array().unwrap().iter().map(|hop| hop["state"].as_str().unwrap().to_owned()).collect()
}

pub(crate) fn codes(test: &Value) -> Vec<String> {
    let findings = test["answer"]["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

/// Passes a test of the portal as the owner.
pub(crate) async fn pass_portal_test(service: &Harness) {
    let (id, open_url) = begin(service, json!({ "purpose": "portal" })).await;
    let page = entra().sign_in(&mut Browser::default(), &open_url, (OWNER, &[ADMINS]), now()).await;
    assert_eq!(page.status, 200, "{page:?}");
    assert_eq!(test(service, &id).await["state"], "passed");
}

/// Goes through a test with an answer that was changed before it was signed.
async fn tested(service: &Harness, body: Value, change: impl FnOnce(&mut TestResponse)) -> (Shown, Value) {
    let (id, open_url) = begin(service, body).await;
    let mut browser = Browser::default();
    let request = ReceivedRequest::of(&browser.get(&open_url).await);
    let mut response = entra().response(&request, OWNER, &[ADMINS], service.now());
    change(&mut response);
    let xml = response.signed(Signing::Assertion, &entra().certificate);
    let page = post(&mut browser, &request.acs_url, &xml).await;
    (page, test(service, &id).await)
}

pub(crate) async fn activate(service: &Harness) {
    let version = service.version().await;
    service.write(Method::POST, "/activate", version, json!({})).await.ok();
}

/// A good answer that nobody asked for.
pub(crate) async fn unasked(service: &Harness, now: Timestamp) -> String {
    let values = service.read("/saml/service-provider").await.ok();
    let request = ReceivedRequest {
        id: String::new(),
        issuer: values["entity_id"].as_str().unwrap().to_owned(),
        acs_url: values["acs_url"].as_str().unwrap().to_owned(),
        xml: String::new(),
    };
    let response = entra().response(&request, OWNER, &[ADMINS], now);
    TestResponse { in_response_to: None, ..response }.signed(Signing::Assertion, &entra().certificate)
}

fn portal() -> Value {
    json!({ "purpose": "portal" })
}

#[tokio::test]
async fn a_test_is_seen_hop_by_hop_and_opens_the_way_to_activation() {
    let service = Harness::start().await;
    service.post("/sign-in-tests", portal()).await.problem(422, "invalid-value");
    finish_all_steps(&service).await;
    let claims = json!([{ "name": "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups" }]);
    let (id, open_url) = begin(&service, json!({ "purpose": "portal", "claims": claims })).await;
    let waiting = test(&service, &id).await;
    assert_eq!((&waiting["state"], &waiting["open_url"]), (&json!("waiting"), &Value::Null));
    assert_eq!(waiting["started_by"], OWNER);
    assert_eq!(waiting["expires_at"], "2026-11-22T12:10:00Z");

    let mut browser = Browser::default();
    let sent = browser.get(&open_url).await;
    assert_eq!(sent.status, 303);
    assert!(sent.location.as_ref().unwrap().as_str().starts_with("https://login.microsoftonline.com/"));
    let request = ReceivedRequest::of(&sent);
    let on_the_way = test(&service, &id).await;
    assert_eq!(on_the_way["state"], "at-identity-provider");
    assert_eq!(hops(&on_the_way), ["good", "good", "unseen", "unseen", "not-reached", "not-reached"]);
    let again = browser.get(&open_url).await;
    assert_eq!(again.status, 410, "the link works once");

    service.clock.forward(Duration::seconds(7));
    let response = entra().response(&request, OWNER, &[ADMINS, "other"], now());
    let xml = response.signed(Signing::Assertion, &entra().certificate);
    let page = post(&mut browser, &request.acs_url, &xml).await;
    assert!(page.status == 200 && page.text.contains("Go back to Signpost"), "{page:?}");
    let passed = test(&service, &id).await;
    assert_eq!((passed["state"].as_str(), hops(&passed)), (Some("passed"), vec!["good".to_owned(); 6]));
    let answer = &passed["answer"];
    assert_eq!((&answer["role"], &answer["clock_seconds"]), (&json!("administrator"), &json!(7)));
    assert_eq!(answer["subject"]["name_id"], OWNER);
    assert_eq!(answer["groups"][0]["name"], "Parallels Admins");
    assert_eq!(answer["groups"][1], json!({ "value": "other", "name": null, "grants": null }));
    assert_eq!(answer["licence"], Value::Null);
    let comparisons = answer["comparisons"].as_array().unwrap();
    assert!(comparisons.len() >= 8 && comparisons.iter().all(|one| one["matches"] == true), "{answer}");
    assert!(!answer["redacted"].as_str().unwrap().contains("ada@"));

    let integration = service.integration().await;
    assert_eq!(integration["sign_ins"]["portal"], json!({ "at": "2026-11-22T12:00:07Z", "by": OWNER }));
    let listed = service.read("/sign-in-tests").await.ok();
    assert_eq!(listed[0], passed, "newest first");
}

#[tokio::test]
async fn other_values_of_the_identity_provider_have_to_be_proven_anew() {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    let same = metadata::entra_unsigned(TENANT, &[&entra().certificate]);
    let kept = service.put("/saml/identity-provider", json!({ "kind": "metadata", "xml": same })).await.ok();
    assert_eq!(kept["sign_ins"]["portal"]["by"], OWNER);
    let other = metadata::entra_unsigned("99999999-2222-3333-4444-555555555555", &[&entra().certificate]);
    let changed =
        service.put("/saml/identity-provider", json!({ "kind": "metadata", "xml": other })).await.ok();
    assert_eq!(changed["sign_ins"], json!({ "portal": null, "desktop": null }));
    assert_eq!(changed["blockers"][0]["code"], "no-portal-sign-in");
    assert_eq!(changed["blockers"][0]["step"], "saml");

    let version = changed["version"].as_u64().unwrap();
    let activate = async |body| service.write(Method::POST, "/activate", version, body).await;
    assert_eq!(activate(json!({})).await.problem(422, "activation-blocked")["blockers"][1], Value::Null);
    let slip = activate(json!({ "without_sign_in": "contoso ltd." })).await;
    assert_eq!(slip.problem(422, "invalid-value")["field"], "without_sign_in");
    let insisted = activate(json!({ "without_sign_in": "Contoso Ltd." })).await.ok();
    assert_eq!(insisted["status"], "active");
    let newest = &service.read("/audit").await.ok()["entries"][0];
    assert_eq!(newest["action"], "integration.activated-without-sign-in");
}

#[tokio::test]
async fn nobody_can_insist_past_a_missing_backup_login() {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    let inner = &service.running.service;
    inner.ensure_owner("grace@contoso.test", "x", Some("contoso")).await.unwrap();
    let token = inner.issue_access_token("grace@contoso.test").await.unwrap();
    let version = service.version().await;
    // From here on the owner's token is not used, which would count as signing in.
    let database = service.database().await;
    sqlx::query("UPDATE people SET signed_in_at = NULL").execute(&database).await.unwrap();
    let path = format!("/api/v1/accounts/{}/activate", service.account);
    let request = service.anonymous(Method::POST, &path).bearer_auth(token.expose());
    let request = request.header("If-Match", format!("\"{version}\""));
    let refused = Answer::of(request.json(&json!({ "without_sign_in": "Contoso Ltd." }))).await;
    let blockers = refused.problem(422, "activation-blocked")["blockers"].clone();
    assert_eq!(blockers[0]["code"], "backup-login-never-signed-in");
}

#[tokio::test]
async fn every_wrong_setting_ends_the_test_where_it_shows() {
    type Change = fn(&mut TestResponse);
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    let cases: [(Change, &str, &str); 9] = [
        (|one| one.issuer.push('x'), "response-issuer", "answer-received"),
        (|one| one.audience.push('/'), "response-audience", "answer-received"),
        (|one| one.recipient.push('x'), "response-recipient", "answer-received"),
        (|one| one.destination.push('x'), "response-destination", "answer-received"),
        (|one| one.issued = one.issued.plus(Duration::minutes(-9)), "response-expired", "answer-received"),
        (|one| one.in_response_to = Some("_other".into()), "response-in-response-to", "answer-received"),
        (|one| one.name_id = "ada@contoso.onmicrosoft.test".into(), "sign-in-email-domain", "session"),
        (|one| one.attributes.clear(), "sign-in-no-group", "session"),
        (|one| one.attributes[0].1 = vec!["parallels admins".into()], "sign-in-no-group", "session"),
    ];
    for (change, code, hop) in cases {
        let (page, test) = tested(&service, portal(), change).await;
        assert_eq!((page.status, &test["state"]), (403, &json!("failed")), "{test}");
        assert!(page.text.contains(code), "{}", page.text);
        assert!(codes(&test).contains(&code.to_owned()), "{test}");
        let stopped = test["hops"].as_array().unwrap().iter().find(|one| one["state"] == "stopped").unwrap();
        assert_eq!(stopped["hop"], hop, "{code}");
    }
}

#[tokio::test]
async fn groups_that_were_too_many_to_send_are_recognised() {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    let link = ("http://schemas.microsoft.com/claims/groups.link", "https://graph.example/x");
    let (_, test) = tested(&service, portal(), |one| {
        one.attributes = vec![(link.0.into(), vec![link.1.into()])];
    })
    .await;
    assert_eq!(test["answer"]["overage"], true);
    assert_eq!(codes(&test), ["response-groups-overage", "sign-in-no-group"]);
    assert_eq!(test["answer"]["findings"][1]["args"]["reason"], "overage");
}

#[tokio::test]
async fn a_claim_in_other_letters_is_told() {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    let body = json!({ "purpose": "portal", "claims": [{ "name": "displayName" }] });
    let (_, test) =
        tested(&service, body, |one| one.attributes.push(("displayname".into(), vec!["Ada".into()]))).await;
    assert_eq!(codes(&test), ["response-claim-case"]);
    assert_eq!(test["answer"]["findings"][0]["args"]["received"], "displayname");
}

#[tokio::test]
async fn desktop_asks_for_the_users_group_and_a_licence() {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    let desktop = json!({ "purpose": "desktop" });
    let (_, test) = tested(&service, desktop.clone(), |_| {}).await;
    assert_eq!(test["answer"]["licence"], json!({ "granted": false, "reason": "no-users-group" }));
    let groups = json!({
        "admins": { "name": "Parallels Admins", "id": ADMINS },
        "users": { "name": "Desktop", "id": USERS }
    });
    service.put("/groups", groups).await.ok();
    let (_, test) = tested(&service, desktop.clone(), |_| {}).await;
    assert_eq!(test["answer"]["licence"], json!({ "granted": false, "reason": "not-in-users-group" }));
    let in_users = |one: &mut TestResponse| one.attributes[0].1 = vec!["Desktop".into()];
    let (_, test) = tested(&service, desktop.clone(), in_users).await;
    assert_eq!(test["answer"]["licence"], json!({ "granted": false, "reason": "no-licence-key" }));
    let key = |per_user: bool| json!({ "key": "aaaa11-bbbb22-cccc33", "name": null, "per_user": per_user });
    service.post("/licence-keys", key(false)).await.ok();
    let (_, test) = tested(&service, desktop.clone(), in_users).await;
    assert_eq!(test["answer"]["licence"], json!({ "granted": false, "reason": "no-per-user-key" }));
    assert!(test["answer"]["findings"].to_string().contains("sign-in-no-per-user-key"), "{test}");
    service.post("/licence-keys", key(true)).await.ok();
    let (_, test) = tested(&service, desktop, in_users).await;
    assert_eq!(test["answer"]["licence"], json!({ "granted": true, "reason": null }));
    assert_eq!((&test["answer"]["role"], &test["state"]), (&json!("user"), &json!("passed")));
}

#[tokio::test]
async fn an_answer_is_taken_once_from_the_browser_that_was_sent_and_in_time() {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    let (id, open_url) = begin(&service, portal()).await;
    let mut browser = Browser::default();
    let request = ReceivedRequest::of(&browser.get(&open_url).await);
    let xml = entra().response(&request, OWNER, &[ADMINS], now()).signed(Signing::Both, &entra().certificate);
    let elsewhere = post(&mut Browser::default(), &request.acs_url, &xml).await;
    assert!(elsewhere.status == 403 && elsewhere.text.contains("sign-in-other-browser"), "{elsewhere:?}");
    assert_eq!(codes(&test(&service, &id).await), ["sign-in-other-browser"]);

    let (id, open_url) = begin(&service, portal()).await;
    let request = ReceivedRequest::of(&browser.get(&open_url).await);
    let xml = entra().response(&request, OWNER, &[ADMINS], now()).signed(Signing::Both, &entra().certificate);
    assert_eq!(post(&mut browser, &request.acs_url, &xml).await.status, 200);
    let second = post(&mut browser, &request.acs_url, &xml).await;
    assert!(second.status == 403 && second.text.contains("sign-in-request-used"), "{second:?}");
    assert_eq!(test(&service, &id).await["state"], "passed", "the first answer stays");

    let (id, open_url) = begin(&service, portal()).await;
    let request = ReceivedRequest::of(&browser.get(&open_url).await);
    service.clock.forward(Duration::minutes(11));
    assert_eq!(test(&service, &id).await["state"], "expired");
    let late = entra().response(&request, OWNER, &[ADMINS], service.now());
    let late = late.signed(Signing::Both, &entra().certificate);
    let late = post(&mut browser, &request.acs_url, &late).await;
    assert!(late.status == 403 && late.text.contains("sign-in-request-over"), "{late:?}");
}

#[tokio::test]
async fn what_nobody_asked_for_is_taken_only_where_that_is_switched_on_and_once_on_all_nodes() {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    let values = service.read("/saml/service-provider").await.ok();
    let acs = values["acs_url"].as_str().unwrap().to_owned();
    let request = ReceivedRequest {
        id: String::new(),
        issuer: values["entity_id"].as_str().unwrap().to_owned(),
        acs_url: acs.clone(),
        xml: String::new(),
    };
    let unasked = || {
        let response = entra().response(&request, OWNER, &[ADMINS], now());
        TestResponse { in_response_to: None, ..response }.signed(Signing::Assertion, &entra().certificate)
    };
    let refused = post(&mut Browser::default(), &acs, &unasked()).await;
    assert!(refused.status == 403 && refused.text.contains("sign-in-unsolicited"), "{refused:?}");
    let on = json!({ "idp_initiated": true });
    service.put("/saml/options", on).await.ok();
    let early = post(&mut Browser::default(), &acs, &unasked()).await;
    assert!(early.status == 403 && early.text.contains("sign-in-not-active"), "{early:?}");
    activate(&service).await;
    let xml = unasked();
    let mut browser = Browser::default();
    let taken = post(&mut browser, &acs, &xml).await;
    let page = browser.follow(taken).await;
    assert!(page.status == 200 && page.text.contains("You are signed in"), "{page:?}");

    // Another node over the same database.
    let public_url = Some(service.running.service.public_url());
    let config = Config { public_url, ..service.place.config() };
    let other = Service::open_with(config, Arc::new(service.clock.clone()), service.zone.clone()).await;
    let other = other.unwrap().run().await.unwrap();
    let elsewhere = format!("http://{}/saml/contoso/acs", other.local_addr());
    let again = post(&mut Browser::default(), &elsewhere, &xml).await;
    assert!(again.status == 403 && again.text.contains("sign-in-replayed"), "{again:?}");
    let stray = TestResponse {
        in_response_to: Some("_unknown".into()),
        ..entra().response(&request, OWNER, &[ADMINS], now())
    };
    let stray = stray.signed(Signing::Both, &entra().certificate);
    let stray = post(&mut Browser::default(), &acs, &stray).await;
    assert!(stray.text.contains("sign-in-request-unknown"), "{stray:?}");
}

#[tokio::test]
async fn people_of_a_verified_domain_sign_in_once_it_is_switched_on() {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    service.put("/scim", json!({ "enabled": false })).await.ok();
    let login = format!("{}/sso/login", service.running.service.public_url());
    let mut browser = Browser::default();
    let ask = async |browser: &mut Browser, email: &str| {
        let page = browser.get(&login).await;
        assert!(page.text.contains("<label for=\"email\">") && !page.text.contains("<script"), "{page:?}");
        browser.press(&page, &[("email", email)]).await
    };
    for (email, words) in [
        ("no address", "This is not an e-mail address."),
        ("eve@elsewhere.test", "Nobody here signs in with an address at elsewhere.test."),
        ("mia@contoso.test", "not switched on yet for contoso.test"),
        ("<script>@x.test", "This is not an e-mail address."),
    ] {
        let page = ask(&mut browser, email).await;
        assert!(page.status == 422 && page.text.contains(words), "{page:?}");
        assert!(!page.text.contains("<script"));
    }
    activate(&service).await;
    let sent = ask(&mut browser, "Mia@CONTOSO.test").await;
    let request = ReceivedRequest::of(&sent);
    let xml = entra().response(&request, "mia@contoso.test", &[ADMINS], now());
    let xml = xml.signed(Signing::Response, &entra().certificate);
    let back = post(&mut browser, &request.acs_url, &xml).await;
    assert_eq!(back.location.as_ref().unwrap().path(), "/sso/login");
    let page = browser.follow(back).await;
    assert!(
        page.text.contains("mia@contoso.test is signed in to Contoso Ltd. as an administrator"),
        "{page:?}"
    );
    let users = service.read("/users").await.ok();
    let mia = users.as_array().unwrap().iter().find(|user| user["email"] == "mia@contoso.test").unwrap();
    assert_eq!(mia["signed_in_at"], "2026-11-22T12:00:00Z");
    let out = browser.press(&page, &[]).await;
    assert!(out.text.contains("You are signed out"), "{out:?}");
    assert!(browser.get(&login).await.text.contains("<label for=\"email\">"));
}

#[tokio::test]
async fn with_provisioning_only_those_get_in_who_have_arrived_and_are_active() {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    activate(&service).await;
    let login = format!("{}/sso/login", service.running.service.public_url());
    let sign_in = async || {
        let mut browser = Browser::default();
        let page = browser.get(&login).await;
        let request = ReceivedRequest::of(&browser.press(&page, &[("email", "mia@contoso.test")]).await);
        let xml = entra().response(&request, "mia@contoso.test", &[ADMINS], now());
        let xml = xml.signed(Signing::Assertion, &entra().certificate);
        let back = post(&mut browser, &request.acs_url, &xml).await;
        browser.follow(back).await.text
    };
    assert!(sign_in().await.contains("sign-in-not-provisioned"));
    let token = service.post("/scim/token", Value::Null).await.ok()["token"].as_str().unwrap().to_owned();
    let user = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "Mia@contoso.test", "active": true
    });
    let scim = |method, path: &str| service.anonymous(method, path).bearer_auth(&token);
    let created = Answer::of(scim(Method::POST, "/scim/v2/Users").json(&user)).await.json();
    assert!(sign_in().await.contains("You are signed in"));
    let path = format!("/scim/v2/Users/{}", created["id"].as_str().unwrap());
    let off = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [{ "op": "replace", "path": "active", "value": false }]
    });
    assert_eq!(Answer::of(scim(Method::PATCH, &path).json(&off)).await.status, 200);
    assert!(sign_in().await.contains("sign-in-deactivated"));
}

#[tokio::test]
async fn requests_are_signed_where_that_is_asked_for_and_their_key_is_in_the_metadata() {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    let metadata = Answer::of(service.anonymous(Method::GET, "/saml/contoso/metadata")).await;
    let read = saml::inspect(metadata.text.as_bytes(), saml::LIMIT_BY_HAND, now());
    assert_eq!(read.certificates.len(), 1);
    let own = read.certificates[0].certificate.clone();
    service.put("/saml/options", json!({ "sign_requests": true })).await.ok();
    let (_, open_url) = begin(&service, portal()).await;
    let sent = Browser::default().get(&open_url).await.location.unwrap();
    let query = sent.query().unwrap().to_owned();
    assert!(
        query.contains("&SigAlg=http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23rsa-sha256&Signature=")
    );
    assert!(openssl_accepts(&query, &own.pem));
    assert!(!openssl_accepts(&query.replace("SAMLRequest=", "SAMLRequest=A"), &own.pem));

    let mut values = service.integration().await["identity_provider"].clone();
    values["kind"] = "values".into();
    values["sso_binding"] = "http-post".into();
    service.put("/saml/identity-provider", values).await.ok();
    let (_, open_url) = begin(&service, portal()).await;
    let page = Browser::default().get(&open_url).await;
    assert!(page.form().unwrap().action.as_str().starts_with("https://login.microsoftonline.com/"));
    let request = ReceivedRequest::of(&page);
    let by = test_support::TestCertificate { der: own.der(), pem: own.pem.clone(), key_pem: String::new() };
    assert!(test_support::responses::xmlsec1_accepts(&request.xml, "AuthnRequest", &by), "{}", request.xml);
    let altered = request.xml.replace("/acs\"", "/acx\"");
    assert!(!test_support::responses::xmlsec1_accepts(&altered, "AuthnRequest", &by));
}

/// Whether OpenSSL finds the signature of a redirect good (SAML Bindings 3.4.4.1).
pub(crate) fn openssl_accepts(query: &str, certificate: &str) -> bool {
    use base64::Engine as _;
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let (signed, signature) = query.split_once("&Signature=").unwrap();
    let signature =
        url::form_urlencoded::parse(format!("x={signature}").as_bytes()).next().unwrap().1.into_owned();
    let signature = base64::engine::general_purpose::STANDARD.decode(signature).unwrap();
    let certificate = file("certificate.pem", certificate.as_bytes());
    let openssl = |arguments: &[&std::ffi::OsStr]| {
        std::process::Command::new("openssl").args(arguments).output().unwrap()
    };
    let key = openssl(&[
        "x509".as_ref(),
        "-pubkey".as_ref(),
        "-noout".as_ref(),
        "-in".as_ref(),
        certificate.as_ref(),
    ]);
    let (key, signature) = (file("key.pem", &key.stdout), file("signature", &signature));
    let signed = file("signed", signed.as_bytes());
    let verified = openssl(&[
        "dgst".as_ref(),
        "-sha256".as_ref(),
        "-verify".as_ref(),
        key.as_ref(),
        "-signature".as_ref(),
        signature.as_ref(),
        signed.as_ref(),
    ]);
    verified.status.success()
}

#[tokio::test]
async fn an_encrypted_assertion_is_opened_and_the_older_mode_only_where_it_is_switched_on() {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    let metadata = Answer::of(service.anonymous(Method::GET, "/saml/contoso/metadata")).await;
    let read = saml::inspect(metadata.text.as_bytes(), saml::LIMIT_BY_HAND, now());
    let pem = read.certificates[0].certificate.pem.clone();
    let own = test_support::TestCertificate { der: Vec::new(), pem, key_pem: String::new() };
    let outcome = async |method: &str, signing| {
        let (id, open_url) = begin(&service, portal()).await;
        let mut browser = Browser::default();
        let request = ReceivedRequest::of(&browser.get(&open_url).await);
        let mut response = entra().response(&request, OWNER, &[ADMINS], now());
        response.encryption_method = method.to_owned();
        let xml = response.encrypted(signing, &entra().certificate, &own);
        post(&mut browser, &request.acs_url, &xml).await;
        let test = test(&service, &id).await;
        assert_eq!(test["answer"]["encrypted"], true);
        (test["state"].as_str().unwrap().to_owned(), codes(&test))
    };
    let (gcm, cbc) =
        ("http://www.w3.org/2009/xmlenc11#aes128-gcm", "http://www.w3.org/2001/04/xmlenc#aes128-cbc");
    for signing in [Signing::Assertion, Signing::Response, Signing::Both] {
        assert_eq!(outcome(gcm, signing).await, ("passed".to_owned(), Vec::new()), "{signing:?}");
    }
    assert_eq!(
        outcome(cbc, Signing::Both).await,
        ("failed".to_owned(), vec!["response-encryption".to_owned()])
    );
    service.put("/saml/options", json!({ "cbc_encryption": true })).await.ok();
    let noted = vec!["response-encryption-cbc".to_owned()];
    assert_eq!(outcome(cbc, Signing::Both).await, ("passed".to_owned(), noted));
}

#[tokio::test]
async fn relay_state_leads_nowhere_and_a_form_with_anything_else_is_refused() {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    let (_, open_url) = begin(&service, portal()).await;
    let mut browser = Browser::default();
    let request = ReceivedRequest::of(&browser.get(&open_url).await);
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    for fields in [
        vec![],
        vec![field("SAMLResponse", "%%%")],
        vec![field("SAMLResponse", "")],
        vec![field("SAMLResponse", "PGEvPg=="), field("SAMLResponse", "PGEvPg==")],
    ] {
        assert_eq!(browser.post(&request.acs_url, &fields).await.status, 400, "{fields:?}");
    }
    let xml = entra().response(&request, OWNER, &[ADMINS], now()).signed(Signing::Both, &entra().certificate);
    use base64::Engine as _;
    let value = base64::engine::general_purpose::STANDARD.encode(xml);
    let fields = [field("SAMLResponse", &value), field("RelayState", "https://evil.example/")];
    let page = browser.post(&request.acs_url, &fields).await;
    assert!(page.status == 200 && page.location.is_none() && !page.text.contains("evil"), "{page:?}");
}

#[tokio::test]
async fn the_services_key_is_in_no_file_of_the_database() {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    let folder = service.stop().await;
    let key = std::fs::read_to_string(folder.directory.path().join("account-service.saml-key.pem")).unwrap();
    let line = key.lines().nth(5).unwrap().to_owned();
    assert!(line.len() > 40);
    for entry in std::fs::read_dir(folder.directory.path()).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        let bytes = std::fs::read(entry.path()).unwrap();
        let holds = String::from_utf8_lossy(&bytes).contains(&line);
        assert_eq!(holds, name == "account-service.saml-key.pem", "{name}");
    }
}

#[tokio::test]
async fn no_hostile_document_makes_a_session() {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    service.put("/saml/options", json!({ "idp_initiated": true })).await.ok();
    activate(&service).await;
    let values = service.read("/saml/service-provider").await.ok();
    let request = ReceivedRequest {
        id: String::new(),
        issuer: values["entity_id"].as_str().unwrap().to_owned(),
        acs_url: values["acs_url"].as_str().unwrap().to_owned(),
        xml: String::new(),
    };
    let response = entra().response(&request, OWNER, &[ADMINS], now());
    let genuine = TestResponse { in_response_to: None, ..response };
    let database = service.database().await;
    let sessions = async || -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM sessions").fetch_one(&database).await.unwrap()
    };
    for one in test_support::hostile::documents(&genuine, &entra().certificate) {
        let page = post(&mut Browser::default(), &request.acs_url, &one.xml).await;
        assert_eq!(page.status, 403, "{}: {page:?}", one.name);
        assert!(page.text.contains(&format!("<code>{}</code>", one.code)), "{}: {page:?}", one.name);
    }
    assert_eq!(sessions().await, 0);
    let xml = genuine.signed(Signing::Assertion, &entra().certificate);
    assert_eq!(
        post(&mut Browser::default(), &request.acs_url, &xml).await.status,
        303,
        "without harm it works"
    );
    assert_eq!(sessions().await, 1);
}
