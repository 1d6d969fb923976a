use crate::harness::{Answer, Harness, OWNER, published};
use crate::sign_in::{TENANT, entra, pass_portal_test};
use domain_check::{Answer as Answered, Outcome, Rcode};
use reqwest::Method;
use serde_json::{Value, json};
use test_support::{certificate, metadata};
use vocabulary::Timestamp;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

pub(crate) fn entra_metadata() -> String {
    metadata::entra_unsigned(TENANT, &[&entra().certificate])
}

fn blockers(integration: &Value) -> Vec<String> {
    let blockers = integration["blockers"].as_array().unwrap();
    blockers.iter().map(|blocker| blocker["code"].as_str().unwrap().to_owned()).collect()
}

/// Does everything that activation asks for.
pub(crate) async fn finish_all_steps(service: &Harness) {
    let value = service.add_domain("contoso.test").await;
    service.zone.publish(&[&value]);
    service.post("/domains/contoso.test/verify", Value::Null).await.ok();
    let groups = json!({
        "admins": { "name": "Parallels Admins", "id": "0a1b2c3d-0000-4000-8000-000000000001" },
        "users": null
    });
    service.put("/groups", groups).await.ok();
    service.put("/saml/identity-provider", json!({ "kind": "metadata", "xml": entra_metadata() })).await.ok();
    for step in ["app-registration", "saml", "scim", "users"] {
        service.put(&format!("/steps/{step}"), json!({ "done": true })).await.ok();
    }
    service.put("/backup-login", json!({ "email": OWNER })).await.ok();
    pass_portal_test(service).await;
}

#[tokio::test]
async fn from_nothing_to_active_and_back() {
    let service = Harness::start().await;
    let expected = [
        "no-domain",
        "app-not-registered",
        "no-admins-group",
        "no-identity-provider",
        "saml-not-marked",
        "scim-not-marked",
        "users-not-marked",
        "no-backup-login",
    ];
    assert_eq!(blockers(&service.integration().await), expected);
    let version = service.version().await;
    let refused = service.write(Method::POST, "/activate", version, Value::Null).await;
    let problem = refused.problem(422, "activation-blocked");
    assert_eq!(blockers(&problem), expected);

    finish_all_steps(&service).await;
    assert_eq!(blockers(&service.integration().await), [""; 0]);
    let version = service.version().await;
    let active = service.write(Method::POST, "/activate", version, Value::Null).await;
    assert_eq!(active.header("etag"), format!("\"{}\"", version + 1));
    assert_eq!(active.ok()["status"], "active");
    assert_eq!(active.ok()["activated_at"], "2026-11-22T12:00:00Z");
    let inactive = service.write(Method::POST, "/deactivate", version + 1, Value::Null).await.ok();
    assert_eq!(inactive["status"], "inactive");
    assert_eq!(inactive["activated_at"], Value::Null);

    let audit = service.read("/audit").await.ok();
    let actions: Vec<&str> = audit["entries"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .map(|entry| entry["action"].as_str().unwrap())
        .collect();
    let expected = [
        "account.created",
        "domain.added",
        "domain.verified",
        "groups.changed",
        "identity-provider.changed",
        "step.marked",
        "step.marked",
        "step.marked",
        "step.marked",
        "backup-login.changed",
        "sign-in-test.passed",
        "integration.activated",
        "integration.deactivated",
    ];
    assert_eq!(actions, expected);
    assert_eq!(audit["entries"][0]["version"], version + 2);
    assert_eq!(audit["entries"][0]["by"], OWNER);
    assert_eq!(audit["entries"][10]["by"], "service");
}

#[tokio::test]
async fn everything_answered_is_there_after_the_service_was_torn_down() {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    let before = service.integration().await;
    // Dropping it closes nothing in order, as a kill does.
    let Harness { place, running, .. } = service;
    drop(running);
    let service = Harness::start_in(place).await;
    let mut after = service.integration().await;
    after["service_provider"] = before["service_provider"].clone();
    after["scim"]["base_url"] = before["scim"]["base_url"].clone();
    assert_eq!(after, before);
}

#[tokio::test]
async fn a_domain_is_verified_only_by_what_the_service_sees_itself() {
    let service = Harness::start().await;
    let value = service.add_domain("contoso.test").await;
    let verify = || service.post("/domains/contoso.test/verify", Value::Null);

    let silent = verify().await.ok();
    assert_eq!(silent["domain"]["state"], "pending");
    assert_eq!(silent["domain"]["checked_at"], Value::Null, "nobody answered, so nothing was seen");
    assert!(!silent["findings"].as_array().unwrap().is_empty());

    service.zone.publish(&["token=somebodyelse"]);
    let wrong = verify().await.ok();
    assert_eq!(wrong["domain"]["state"], "pending");
    assert_eq!(wrong["domain"]["checked_at"], "2026-11-22T12:00:00Z");

    let version = service.version().await;
    service.zone.publish(&[&value]);
    assert_eq!(verify().await.ok()["domain"]["state"], "verified");
    assert_eq!(service.version().await, version + 1);

    service.zone.fall_silent();
    let later = verify().await.ok();
    assert_eq!(later["domain"]["state"], "verified");
    service.zone.publish(&[]);
    assert_eq!(verify().await.ok()["domain"]["verified_at"], "2026-11-22T12:00:00Z");
    assert_eq!(service.version().await, version + 1, "a look is no change");
}

#[tokio::test]
async fn a_verified_domain_is_lost_only_after_fourteen_days_of_its_record_being_gone() {
    let service = Harness::start().await;
    let value = service.add_domain("contoso.test").await;
    service.zone.publish(&[&value]);
    service.post("/domains/contoso.test/verify", Value::Null).await.ok();
    let after = async |hours: i64| {
        service.clock.forward(time::Duration::hours(hours));
        let looked = service.running.service.look_after_domains().await.unwrap();
        let domain = service.read("/integration").await.ok()["domains"][0].clone();
        (looked, domain["state"].as_str().unwrap().to_owned(), domain["missing_since"].clone())
    };
    let verified = |looked| (looked, "verified".to_owned(), Value::Null);
    assert_eq!(after(23).await, verified(0), "once a day");
    assert_eq!(after(1).await, verified(1));
    for failure in failures_to_look(&value).iter().cycle().take(60) {
        service.zone.answer(failure);
        assert_eq!(after(24).await, verified(1), "a failure to look takes nothing away: {failure:?}");
    }
    service.zone.publish(&["token=else"]);
    let (_, state, since) = after(1).await;
    assert!(state == "verified" && since.is_string(), "{since}");
    assert_eq!(after(24 * 13).await, (1, state.clone(), since));
    service.zone.publish(&[&value]);
    assert_eq!(after(1).await, verified(1), "back in time");
    service.zone.publish(&[]);
    after(24).await;
    for failure in failures_to_look(&value) {
        service.zone.answer(&failure);
        let (_, state, since) = after(1).await;
        assert!(state == "verified" && since.is_string(), "nor does it bring anything back: {failure:?}");
    }
    service.zone.publish(&[]);
    let passed = i64::try_from(failures_to_look(&value).len()).unwrap();
    assert_eq!(after(24 * 14 - 1 - passed).await.1, "verified");
    assert_eq!(after(1).await, (1, "pending".to_owned(), Value::Null));
    assert_eq!(after(48).await.0, 0, "nobody looks after a domain that is not verified");
    let log = service.read("/audit").await.ok().to_string();
    for action in ["domain.verified", "domain.missing", "domain.found", "domain.lost"] {
        assert!(log.contains(action), "{log}");
    }
}

/// What name servers do that says nothing about a record: none of it takes a domain away.
fn failures_to_look(value: &str) -> Vec<Vec<Outcome>> {
    let code = |rcode| Outcome::Answered(Answered { rcode, ..Answered::default() });
    let lame = || Outcome::Answered(Answered::default());
    let none = || published(&[]);
    vec![
        // One has not followed yet, or has lost its zone: another still has the record.
        vec![published(&[value]), none()],
        vec![none(), published(&[value]), code(Rcode::ServFail)],
        vec![Outcome::Silent],
        vec![code(Rcode::ServFail)],
        vec![code(Rcode::Refused)],
        vec![lame()],
        vec![Outcome::Unreadable],
        vec![Outcome::Cut],
        vec![Outcome::Closed],
        vec![Outcome::NoRoute],
        vec![Outcome::NoAddress],
        vec![code(Rcode::ServFail), Outcome::Silent, lame()],
    ]
}

#[tokio::test]
async fn what_was_seen_of_a_record_is_kept_change_by_change() {
    let service = Harness::start().await;
    let value = service.add_domain("contoso.test").await;
    let look = async || {
        service.clock.forward(time::Duration::hours(1));
        service.post("/domains/contoso.test/verify", Value::Null).await.ok()
    };
    let history = async || service.read("/domains/contoso.test/history").await.ok();
    assert_eq!(history().await, json!({ "changes": [], "checked_at": null }));
    service.zone.publish(&["token=else"]);
    look().await;
    service.zone.publish(&[&value]);
    look().await;
    look().await;
    service.zone.fall_silent();
    look().await;
    service.zone.publish(&[]);
    let domain = look().await["domain"].clone();
    assert_eq!(domain["missing_since"], "2026-11-22T17:00:00Z");
    assert_eq!(domain["lost_at"], "2026-12-06T17:00:00Z");
    let kept = history().await;
    let changes = kept["changes"].as_array().unwrap();
    let seen = |one: &Value| (one["at"].clone(), one["verdict"].clone(), one["servers"][0]["status"].clone());
    let expected = [
        ("2026-11-22T17:00:00Z", "waiting", "missing"),
        ("2026-11-22T14:00:00Z", "verified", "right"),
        ("2026-11-22T13:00:00Z", "problem", "wrong-value"),
    ];
    let expected = expected.map(|(at, verdict, status)| (json!(at), json!(verdict), json!(status)));
    assert_eq!(changes.iter().map(seen).collect::<Vec<_>>(), expected);
    assert_eq!(kept["checked_at"], "2026-11-22T17:00:00Z");
}

#[tokio::test]
async fn a_domain_added_again_has_a_new_record() {
    let service = Harness::start().await;
    let first = service.add_domain("contoso.test").await;
    let again = service.post("/domains", json!({ "name": "https://www.Contoso.test/x" })).await;
    assert_eq!(again.status, 200);
    assert_eq!(again.ok()["domains"][0]["record"]["value"], *first);
    let record = again.ok()["domains"][0]["record"].clone();
    assert_eq!(record["host"], "_parallels-challenge");
    assert_eq!(record["name"], "_parallels-challenge.contoso.test");

    let removed = service.delete("/domains/contoso.test").await;
    assert_eq!(removed.ok()["domains"], json!([]));
    service.delete("/domains/contoso.test").await.problem(404, "not-found");
    assert_ne!(service.add_domain("contoso.test").await, first);
}

#[tokio::test]
async fn what_is_no_domain_of_an_organization_is_refused_with_the_reason() {
    let service = Harness::start().await;
    for (name, code) in
        [("gmail.com", "domain-consumer"), ("co.uk", "domain-public-suffix"), ("", "domain-empty")]
    {
        let problem = service.post("/domains", json!({ "name": name })).await.problem(422, "invalid-value");
        assert_eq!(problem["field"], "name");
        assert_eq!(problem["findings"][0]["code"], code);
    }
}

#[tokio::test]
async fn a_switched_off_scim_asks_for_no_mark() {
    let service = Harness::start().await;
    let off = service.put("/scim", json!({ "enabled": false })).await.ok();
    assert!(!blockers(&off).contains(&"scim-not-marked".to_owned()));
    let on = service.put("/scim", json!({ "enabled": true })).await.ok();
    assert!(blockers(&on).contains(&"scim-not-marked".to_owned()));
}

#[tokio::test]
async fn an_expired_certificate_blocks_activation() {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    service.clock.forward(time::Duration::days(3 * 366));
    assert_eq!(blockers(&service.integration().await), ["certificate-expired"]);
    let refused =
        service.put("/saml/identity-provider", json!({ "kind": "metadata", "xml": entra_metadata() })).await;
    let problem = refused.problem(422, "invalid-value");
    assert_eq!(problem["findings"][0]["code"], "certificate-expired");
}

#[tokio::test]
async fn the_identity_provider_is_the_same_by_metadata_and_by_values() {
    let service = Harness::start().await;
    let by_metadata = service
        .put("/saml/identity-provider", json!({ "kind": "metadata", "xml": entra_metadata() }))
        .await
        .ok();
    let version = by_metadata["version"].clone();
    let mut values = by_metadata["identity_provider"].clone();
    values["kind"] = "values".into();
    let by_values = service.put("/saml/identity-provider", values).await.ok();
    assert_eq!(by_values["identity_provider"], by_metadata["identity_provider"]);
    assert_eq!(by_values["version"], version, "nothing changed");
}

#[tokio::test]
async fn signed_requests_that_metadata_asks_for_are_switched_on_by_values_too() {
    let service = Harness::start().await;
    let wants = entra_metadata().replacen(
        "<IDPSSODescriptor ",
        "<IDPSSODescriptor WantAuthnRequestsSigned=\"true\" ",
        1,
    );
    let taken =
        service.put("/saml/identity-provider", json!({ "kind": "metadata", "xml": wants })).await.ok();
    assert_eq!(taken["saml_options"]["sign_requests"], true);
    service.put("/saml/options", json!({})).await.ok();
    let mut values = taken["identity_provider"].clone();
    values["kind"] = "values".into();
    let kept = service.put("/saml/identity-provider", values.clone()).await.ok();
    assert_eq!(kept["saml_options"]["sign_requests"], false, "older programs do not say");
    values["wants_signed_requests"] = true.into();
    let asked = service.put("/saml/identity-provider", values).await.ok();
    assert_eq!(asked["saml_options"]["sign_requests"], true);
}

#[tokio::test]
async fn metadata_with_a_broken_signature_or_by_another_key_is_refused() {
    let service = Harness::start().await;
    let (from, until) = (at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z"));
    let [signer, other] = ["Federation", "Other"].map(|name| test_support::ec_certificate(name, from, until));
    let signed = test_support::signed_metadata::signed(&entra_metadata(), &signer);
    let give = async |xml: &str, signed_by: &[&str]| {
        let body = json!({ "kind": "metadata", "xml": xml, "signed_by": signed_by });
        service.put("/saml/identity-provider", body).await
    };
    let broken = signed.replace("/saml2\"", "/saml3\"");
    for (xml, signed_by, code) in [
        (&broken, vec![], "metadata-signature-broken"),
        (&broken, vec![&*signer.pem], "metadata-signature-broken"),
        (&signed, vec![&*other.pem], "metadata-signature-other-key"),
        (&entra_metadata(), vec![&*signer.pem], "metadata-signature-missing"),
    ] {
        let refused = give(xml, &signed_by).await;
        assert_eq!(refused.problem(422, "invalid-value")["findings"][0]["code"], code);
    }
    let refused = give(&signed, &["no certificate"]).await;
    assert_eq!(refused.problem(422, "invalid-value")["field"], "signed_by");
    give(&signed, &[]).await.ok();
    give(&signed, &[&signer.pem]).await.ok();
}

#[tokio::test]
async fn no_private_key_and_no_unusable_metadata_gets_in() {
    let service = Harness::start().await;
    let pair = certificate("idp", at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z"));
    let values = |certificate: &str| {
        json!({
            "kind": "values",
            "entity_id": "https://idp.contoso.test/",
            "sso_url": "https://idp.contoso.test/sso",
            "sso_binding": "http-post",
            "certificates": [certificate]
        })
    };
    let refused = service.put("/saml/identity-provider", values(&(pair.pem.clone() + &pair.key_pem))).await;
    let problem = refused.problem(422, "invalid-value");
    assert_eq!(problem["field"], "certificates");
    assert_eq!(problem["findings"][0]["code"], "private-key-refused");
    assert!(!refused.text.contains("PRIVATE"));
    assert_eq!(service.integration().await["identity_provider"], Value::Null);

    let sp = metadata::sp("https://sp.contoso.test", "https://sp.contoso.test/acs");
    let refused = service.put("/saml/identity-provider", json!({ "kind": "metadata", "xml": sp })).await;
    assert_eq!(refused.problem(422, "invalid-value")["findings"][0]["code"], "metadata-is-sp");
    let large = "x".repeat(1024 * 1024 + 1);
    let refused = service.put("/saml/identity-provider", json!({ "kind": "metadata", "xml": large })).await;
    refused.problem(413, "too-large");

    let taken = service.put("/saml/identity-provider", values(&pair.pem)).await.ok();
    assert_eq!(taken["identity_provider"]["sso_binding"], "http-post");
}

#[tokio::test]
async fn the_backup_login_is_a_user_who_has_signed_in() {
    let service = Harness::start().await;
    let set = |email: &'static str| service.put("/backup-login", json!({ "email": email }));
    set("nobody@contoso.test").await.problem(422, "backup-login-unknown");
    let added = service.post("/users", json!({ "email": "Grace@Contoso.test" })).await;
    assert_eq!(added.status, 201);
    assert_eq!(added.ok(), json!({ "email": "grace@contoso.test", "signed_in_at": null }));
    assert_eq!(service.post("/users", json!({ "email": "grace@contoso.test" })).await.status, 200);
    set("grace@contoso.test").await.problem(422, "backup-login-unknown");

    let token = service.running.service.issue_access_token("grace@contoso.test").await.unwrap();
    let me = service.anonymous(Method::GET, "/api/v1/me").bearer_auth(token.expose());
    assert_eq!(Answer::of(me).await.ok()["accounts"][0]["name"], "Contoso Ltd.");
    let integration = set("grace@contoso.test").await.ok();
    assert_eq!(
        integration["backup_login"],
        json!({ "email": "grace@contoso.test", "signed_in_at": "2026-11-22T12:00:00Z", "is_disabled": false })
    );
}

#[tokio::test]
async fn tokens_are_kept_as_digests_only() {
    let service = Harness::start().await;
    let issued = service.post("/scim/token", Value::Null).await.ok();
    let scim_token = issued["token"].as_str().unwrap().to_owned();
    let hint = service.integration().await["scim"]["token"]["hint"].as_str().unwrap().to_owned();
    assert!(scim_token.ends_with(&hint));
    let access_token = service.token.clone();
    let stored = service.everything_stored().await;
    assert!(!stored.contains(&scim_token) && !stored.contains(&access_token));
    assert!(stored.contains(&hint), "it was looked at");
}

#[tokio::test]
async fn an_account_is_made_once() {
    let service = Harness::start().await;
    let create =
        || Answer::of(service.request(Method::POST, "/accounts").json(&json!({ "name": "Fabrikam" })));
    let first = create().await;
    assert_eq!(first.status, 201);
    let id = first.ok()["id"].as_str().unwrap().to_owned();
    assert!(id.starts_with("fabrikam-"), "{id}");
    let again = create().await;
    assert_eq!((again.status, again.ok()), (200, first.ok()));
    let me = Answer::of(service.request(Method::GET, "/me")).await.ok();
    assert_eq!(me["email"], OWNER);
    assert_eq!(me["accounts"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn identity_providers_find_the_metadata_and_a_plain_page() {
    let service = Harness::start().await;
    let values = service.read("/saml/service-provider").await.ok();
    let base = format!("http://localhost:{}", service.running.local_addr().port());
    assert_eq!(values["entity_id"], format!("{base}/saml/contoso/metadata"));
    assert_eq!(values["acs_url"], format!("{base}/saml/contoso/acs"));
    let metadata = Answer::of(service.anonymous(Method::GET, "/saml/contoso/metadata")).await;
    assert_eq!(metadata.status, 200);
    let now = at("2026-11-22T12:00:00Z");
    let read = saml::inspect(metadata.text.as_bytes(), saml::LIMIT_BY_HAND, now).sp_values().unwrap();
    assert_eq!(read.entity_id, values["entity_id"]);
    assert_eq!(read.acs_url, values["acs_url"]);
    assert_eq!(values["slo_url"], format!("{base}/saml/contoso/slo"));
    assert_eq!(read.slo_url.as_deref(), values["slo_url"].as_str());
    let page = Answer::of(service.anonymous(Method::POST, "/saml/contoso/acs").body("SAMLResponse=x")).await;
    assert_eq!(page.status, 400);
    assert!(page.header("content-type").starts_with("text/html"));
    Answer::of(service.anonymous(Method::GET, "/saml/fabrikam/metadata")).await.problem(404, "not-found");
}
