//! Licence keys: whose they become, what is said of them, and what is never kept.

use crate::harness::{Answer, Harness};
use crate::place::Place;
use crate::seven_steps::{entra_metadata, finish_all_steps};
use crate::sign_in::activate;
use account_service::Config;
use reqwest::Method;
use serde_json::{Value, json};

/// Somebody who is new to the service, and has no account.
const GRACE: &str = "grace@fabrikam.test";

impl Harness {
    async fn signed_in(&self, email: &str) -> String {
        self.running.service.issue_access_token(email).await.unwrap().expose().to_owned()
    }

    /// Registers without naming an account.
    async fn register(&self, token: &str, body: Value) -> Answer {
        let request = self.anonymous(Method::POST, "/api/v1/licence-keys").bearer_auth(token);
        Answer::of(request.json(&body)).await
    }

    async fn accounts_of(&self, token: &str) -> Value {
        let me = self.anonymous(Method::GET, "/api/v1/me").bearer_auth(token);
        Answer::of(me).await.ok()["accounts"].clone()
    }

    async fn keys_of(&self, token: &str, account: &str) -> Value {
        let path = format!("/api/v1/accounts/{account}/licence-keys");
        Answer::of(self.anonymous(Method::GET, &path).bearer_auth(token)).await.ok()
    }
}

#[tokio::test]
async fn a_key_is_registered_once_and_never_shown() {
    let service = Harness::start().await;
    let body = json!({ "key": "aaaa11-bbbb22-cccc33", "name": "Desktop" });
    let first = service.post("/licence-keys", body.clone()).await;
    assert_eq!(first.status, 201);
    let version = service.version().await;
    assert_eq!(service.post("/licence-keys", body).await.status, 200);
    // The name may be left out, also then it keeps the one it has.
    assert_eq!(service.post("/licence-keys", json!({ "key": "AAAA11BBBB22CCCC33" })).await.status, 200);
    assert_eq!(service.version().await, version);
    let list = service.read("/licence-keys").await.ok();
    assert_eq!(
        list,
        json!([{ "hint": "CC33", "name": "Desktop", "per_user": true, "registered_at": "2026-11-22T12:00:00Z" }])
    );
    assert!(!service.everything_stored().await.to_uppercase().contains("AAAA11"));
}

#[tokio::test]
async fn what_was_said_of_a_key_can_be_corrected() {
    let service = Harness::start().await;
    service.post("/licence-keys", json!({ "key": "aaaa11-bbbb22", "name": "Seats" })).await.ok();
    let corrected = json!({ "key": "aaaa11-bbbb22", "name": "Devices", "per_user": false });
    let answer = service.post("/licence-keys", corrected).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let list = service.read("/licence-keys").await.ok();
    assert_eq!((&list[0]["name"], &list[0]["per_user"]), (&json!("Devices"), &json!(false)));
    assert_eq!(list.as_array().unwrap().len(), 1);
    let line = &service.read("/audit").await.ok()["entries"][0];
    assert_eq!(
        (&line["action"], &line["subject"]),
        (&json!("licence-key.changed"), &json!("BB22")),
        "{line}"
    );
    assert_eq!((&line["before"]["per_user"], &line["after"]["per_user"]), (&json!(true), &json!(false)));
}

#[tokio::test]
async fn a_key_goes_to_the_account_that_its_owner_has() {
    let service = Harness::start().await;
    let answer = service.register(&service.token, json!({ "key": "aaaa11-bbbb22" })).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let told = answer.ok();
    assert_eq!((&told["account"]["id"], &told["account_created"]), (&json!("contoso"), &json!(false)));
    assert_eq!(told["licence_key"]["hint"], "BB22");
    assert_eq!(service.read("/licence-keys").await.ok()[0], told["licence_key"]);
    // An organization's name makes no second account of somebody who has one.
    let named = json!({ "key": "aaaa11-bbbb22", "organization": "Contoso Labs" });
    assert_eq!(service.register(&service.token, named).await.status, 200);
    assert_eq!(service.accounts_of(&service.token).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn without_an_account_one_is_made_of_the_organization_or_nothing_is() {
    let service = Harness::start().await;
    let token = service.signed_in(GRACE).await;
    service.post("/licence-keys", json!({ "key": "taken1-taken2" })).await.ok();
    service.register(&token, json!({ "key": "aaaa11-bbbb22" })).await.problem(422, "organization-needed");
    let blank = json!({ "key": "aaaa11-bbbb22", "organization": "  " });
    service.register(&token, blank).await.problem(422, "organization-needed");
    let taken = json!({ "key": "TAKEN1TAKEN2", "organization": "Fabrikam" });
    service.register(&token, taken).await.problem(409, "licence-key-taken");
    assert_eq!(service.accounts_of(&token).await, json!([]), "no account without its key");
    let good = json!({ "key": "aaaa11-bbbb22", "name": "Desktop", "organization": "Fabrikam" });
    let told = service.register(&token, good.clone()).await.ok();
    assert_eq!((&told["account"]["name"], &told["account_created"]), (&json!("Fabrikam"), &json!(true)));
    let account = told["account"]["id"].as_str().unwrap();
    assert_eq!(service.accounts_of(&token).await, json!([told["account"]]));
    assert_eq!(service.keys_of(&token, account).await, json!([told["licence_key"]]));
    // Sent again without an Idempotency-Key: they have an account by now.
    assert_eq!(service.register(&token, good).await.status, 200);
}

#[tokio::test]
async fn whoever_registers_twice_at_once_gets_one_account() {
    let service = Harness::start().await;
    let token = service.signed_in(GRACE).await;
    let register = |number: u8| {
        let body =
            json!({ "key": format!("aaaa11-bbbb2{number}"), "organization": format!("Fabrikam {number}") });
        service.register(&token, body)
    };
    let (one, two) = tokio::join!(register(1), register(2));
    assert_eq!((one.status, two.status), (201, 201), "{one:?} {two:?}");
    let accounts = service.accounts_of(&token).await;
    assert_eq!(accounts.as_array().unwrap().len(), 1, "{accounts}");
    let keys = service.keys_of(&token, accounts[0]["id"].as_str().unwrap()).await;
    assert_eq!(keys.as_array().unwrap().len(), 2, "{keys}");
}

#[tokio::test]
async fn of_several_accounts_one_has_to_be_named() {
    let service = Harness::start().await;
    let inner = &service.running.service;
    inner.ensure_owner(crate::harness::OWNER, "Fabrikam", Some("fabrikam")).await.unwrap();
    let body = json!({ "key": "aaaa11-bbbb22" });
    service.register(&service.token, body.clone()).await.problem(409, "account-needed");
    let path = "/api/v1/accounts/fabrikam/licence-keys";
    let named = service.anonymous(Method::POST, path).bearer_auth(&service.token).json(&body);
    assert_eq!(Answer::of(named.header("If-Match", "\"1\"")).await.status, 201);
    service.post("/licence-keys", body).await.problem(409, "licence-key-taken");
}

#[tokio::test]
async fn a_key_that_was_registered_by_mistake_is_removed() {
    let service = Harness::start().await;
    service.post("/licence-keys", json!({ "key": "aaaa11-bbbb22", "name": "Mistake" })).await.ok();
    service.delete("/licence-keys/XX99").await.problem(404, "not-found");
    let version = service.version().await;
    let stale = service.write(Method::DELETE, "/licence-keys/BB22", version - 1, Value::Null).await;
    stale.problem(412, "version-conflict");
    let answer = service.delete("/licence-keys/BB22").await;
    assert_eq!((answer.status, &answer.json()["version"]), (200, &json!(version + 1)));
    assert_eq!(service.read("/licence-keys").await.ok(), json!([]));
    let line = &service.read("/audit").await.ok()["entries"][0];
    assert_eq!(
        (&line["action"], &line["subject"]),
        (&json!("licence-key.removed"), &json!("BB22")),
        "{line}"
    );
    assert_eq!((&line["before"]["name"], &line["after"]), (&json!("Mistake"), &Value::Null));
    // Now it is anybody's.
    let token = service.signed_in(GRACE).await;
    let theirs = json!({ "key": "aaaa11-bbbb22", "organization": "Fabrikam" });
    assert_eq!(service.register(&token, theirs).await.status, 201);
}

#[tokio::test]
async fn of_keys_that_end_alike_the_one_of_a_day_is_removed() {
    let service = Harness::start().await;
    service.post("/licence-keys", json!({ "key": "aaaa11-bbbb22", "name": "First" })).await.ok();
    service.clock.forward(time::Duration::hours(1));
    service.post("/licence-keys", json!({ "key": "cccc33-bbbb22", "name": "Second" })).await.ok();
    let both = service.delete("/licence-keys/BB22").await;
    both.problem(422, "invalid-value");
    assert_eq!(both.json()["field"], "registered_at");
    let at = |at: &str| format!("/licence-keys/BB22?registered_at={at}");
    service.delete(&at("yesterday")).await.problem(422, "invalid-value");
    service.delete(&at("2026-11-22T12:30:00Z")).await.problem(404, "not-found");
    service.delete(&at("2026-11-22T13:00:00Z")).await.ok();
    let left = service.read("/licence-keys").await.ok();
    assert_eq!((left.as_array().unwrap().len(), &left[0]["name"]), (1, &json!("First")));
}

/// A service that wants a licence key before anything is set up, with an account that has none.
async fn strict() -> Harness {
    let place = Place::new().await;
    let config = Config { require_licence_key: true, ..place.config() };
    Harness::start_as(place, config).await
}

#[tokio::test]
async fn where_a_key_is_required_nothing_is_set_up_without_one() {
    let service = strict().await;
    let group = json!({ "name": "Admins", "id": "1" });
    let writes = [
        (Method::POST, "/domains", json!({ "name": "contoso.test" })),
        (Method::PUT, "/groups", json!({ "admins": group, "users": null })),
        (Method::PUT, "/saml/identity-provider", json!({ "kind": "metadata", "xml": entra_metadata() })),
        (Method::PUT, "/saml/options", json!({ "idp_initiated": true })),
        (Method::POST, "/sign-in-tests", json!({ "purpose": "portal" })),
        (Method::PUT, "/scim", json!({ "enabled": true })),
        (Method::POST, "/scim/token", Value::Null),
        (Method::PUT, "/steps/users", json!({ "done": true })),
        (Method::PUT, "/backup-login", json!({ "email": crate::harness::OWNER })),
        (Method::POST, "/activate", Value::Null),
    ];
    // A key of another kind of subscription is none.
    for keys in 0..2 {
        for (method, path, body) in writes.clone() {
            let refused = service.write(method, path, service.version().await, body).await;
            refused.problem(409, "licence-key-required");
        }
        assert_eq!(service.integration().await["blockers"][0]["code"], "no-licence-key");
        if keys == 0 {
            service.post("/licence-keys", json!({ "key": "dddd11-eeee22", "per_user": false })).await.ok();
        }
    }
    // Everything can be read, and what ends something can be done; strangers hear nothing of keys.
    for path in ["/users", "/licence-keys", "/audit", "/arrivals", "/scim/calls", "/saml/service-provider"] {
        service.read(path).await.ok();
    }
    service.put("/scim", json!({ "enabled": false })).await.ok();
    service.post("/deactivate", Value::Null).await.ok();
    let strange = service.anonymous(Method::POST, "/api/v1/accounts/contoso/activate");
    let strange = Answer::of(strange.bearer_auth(service.signed_in(GRACE).await)).await;
    strange.problem(404, "not-found");
    service.post("/licence-keys", json!({ "key": "aaaa11-bbbb22" })).await.ok();
    for (method, path, body) in writes {
        let taken = service.write(method, path, service.version().await, body).await;
        assert!(!taken.text.contains("licence-key-required"), "{path}: {taken:?}");
    }
    assert_ne!(service.integration().await["blockers"][0]["code"], "no-licence-key");
}

#[tokio::test]
async fn where_a_key_is_required_the_last_one_of_an_active_integration_stays() {
    let service = strict().await;
    service.post("/licence-keys", json!({ "key": "aaaa11-bbbb22" })).await.ok();
    finish_all_steps(&service).await;
    activate(&service).await;
    service.delete("/licence-keys/BB22").await.problem(409, "licence-key-required");
    let described_anew = json!({ "key": "aaaa11-bbbb22", "per_user": false });
    service.post("/licence-keys", described_anew).await.problem(409, "licence-key-required");
    assert_eq!(service.read("/licence-keys").await.ok()[0]["per_user"], true, "nothing was changed");
    // With another one it may go; and after single sign-on was switched off, all may.
    service.post("/licence-keys", json!({ "key": "cccc33-dddd44" })).await.ok();
    service.delete("/licence-keys/BB22").await.ok();
    service.delete("/licence-keys/DD44").await.problem(409, "licence-key-required");
    service.post("/deactivate", Value::Null).await.ok();
    service.delete("/licence-keys/DD44").await.ok();
}
