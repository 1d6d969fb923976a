//! `Idempotency-Key`: what is sent again is made once.

use crate::harness::{Answer, Harness, OWNER};
use reqwest::Method;
use serde_json::{Value, json};
use time::Duration;

const KEY: &str = "8e03978e-40d5-43e8-bc93-6894a57f9324";

impl Harness {
    /// A creation with a key, based on a version, in somebody's name.
    async fn make(&self, token: &str, (path, version): (&str, u64), key: &str, body: &Value) -> Answer {
        let request = self.anonymous(Method::POST, &format!("/api/v1{path}")).bearer_auth(token);
        let request = request.header("If-Match", format!("\"{version}\"")).header("Idempotency-Key", key);
        Answer::of(if body.is_null() { request } else { request.json(body) }).await
    }
}

#[tokio::test]
async fn what_is_sent_again_is_answered_as_before() {
    let service = Harness::start().await;
    crate::seven_steps::finish_all_steps(&service).await;
    let creations = [
        ("/licence-keys", json!({ "key": "dddd11-eeee22", "name": null })),
        ("/accounts", json!({ "name": "Fabrikam" })),
        ("/accounts/contoso/users", json!({ "email": "mia@contoso.test" })),
        ("/accounts/contoso/licence-keys", json!({ "key": "aaaa11-bbbb22", "name": null })),
        ("/accounts/contoso/domains", json!({ "name": "fabrikam.test" })),
        ("/accounts/contoso/sign-in-tests", json!({ "purpose": "portal" })),
        ("/accounts/contoso/scim/token", Value::Null),
    ];
    for (number, (path, body)) in creations.iter().enumerate() {
        let key = format!("\"{KEY}-{number}\"");
        let version = service.version().await;
        let first = service.make(&service.token, (path, version), &key, body).await;
        first.ok();
        let after = service.version().await;
        // Also from the version that it was based on first, which is an old one by now.
        for based_on in [version, after] {
            let again = service.make(&service.token, (path, based_on), &key, body).await;
            assert_eq!((again.status, &again.text), (first.status, &first.text), "{path}");
            assert_eq!(again.header("etag"), first.header("etag"), "{path}");
        }
        assert_eq!(service.version().await, after, "{path} was made once");
        // Anything else under that key, also elsewhere, is refused.
        let other = service
            .make(
                &service.token,
                (path, after),
                &key,
                &json!({ "name": "x.test", "email": "x@y.test", "key": "cccc33-dddd44", "purpose": "desktop" }),
            )
            .await;
        other.problem(422, "idempotency-key-reused");
    }
    let elsewhere =
        service.make(&service.token, ("/accounts", 1), &format!("{KEY}-6"), &json!({ "name": "Z" })).await;
    elsewhere.problem(422, "idempotency-key-reused");
}

#[tokio::test]
async fn a_key_is_ones_own_and_lasts_a_day() {
    let service = Harness::start().await;
    let inner = &service.running.service;
    inner.ensure_owner("eve@fabrikam.test", "Fabrikam", Some("fabrikam")).await.unwrap();
    let eve = inner.issue_access_token("eve@fabrikam.test").await.unwrap().expose().to_owned();
    let path = "/accounts/contoso/scim/token";
    let mine = service.make(&service.token, (path, service.version().await), KEY, &Value::Null).await.ok();
    let theirs = service.make(&eve, ("/accounts/fabrikam/scim/token", 1), KEY, &Value::Null).await.ok();
    assert_ne!(mine["token"], theirs["token"]);
    service.make(&eve, (path, 1), KEY, &Value::Null).await.problem(404, "not-found");
    service.clock.forward(Duration::hours(23));
    let again = service.make(&service.token, (path, 1), KEY, &Value::Null).await.ok();
    assert_eq!(again, mine);
    service.clock.forward(Duration::hours(1));
    let later = service.make(&service.token, (path, service.version().await), KEY, &Value::Null).await.ok();
    assert_ne!(later["token"], mine["token"]);
    // A refusal is not kept, and neither is a key that is none.
    let wrong = json!({ "email": "nobody" });
    let users = "/accounts/contoso/users";
    let version = service.version().await;
    let key = &format!("{KEY}-2");
    service.make(&service.token, (users, version), key, &wrong).await.problem(422, "invalid-value");
    service.make(&service.token, (users, version), key, &json!({ "email": "mia@contoso.test" })).await.ok();
    let short = service.make(&service.token, (users, version), "1", &json!({ "email": OWNER })).await;
    short.problem(400, "invalid-request");
    // Nothing that was told once can be read out of the database.
    let token = later["token"].as_str().unwrap().to_owned();
    let stored = service.everything_stored().await;
    assert!(!stored.contains(&token) && !stored.contains(KEY));
}

#[tokio::test]
async fn of_many_that_are_sent_at_once_one_is_made() {
    let service = Harness::start().await;
    let version = service.version().await;
    let body = json!({ "key": "aaaa11-bbbb22", "name": "Seats" });
    let path = "/accounts/contoso/licence-keys";
    let send = || service.make(&service.token, (path, version), KEY, &body);
    let (a, b, c, d) = tokio::join!(send(), send(), send(), send());
    for answer in [&b, &c, &d] {
        assert_eq!((answer.status, &answer.text), (201, &a.text));
    }
    assert_eq!(service.read("/licence-keys").await.ok().as_array().unwrap().len(), 1);
}
