//! Bearer tokens of provisioning: replaced with an overlap, listed, ended.

use crate::harness::{Answer, Harness};
use crate::provisioning::{Client, refusal};
use reqwest::Method;
use serde_json::{Value, json};
use time::Duration;

impl Harness {
    /// Replaces the token; the one before works for so long.
    async fn rotate(&self, overlap: Duration) -> Client<'_> {
        let until = self.now().plus(overlap).to_string();
        let issued =
            self.write(Method::POST, "/scim/token", self.version().await, json!({ "keep_old_until": until }));
        Client { service: self, token: issued.await.ok()["token"].as_str().unwrap().to_owned() }
    }

    async fn revoke(&self, hint: &str) -> Answer {
        self.delete(&format!("/scim/tokens/{hint}")).await
    }
}

impl Client<'_> {
    fn hint(&self) -> &str {
        &self.token[self.token.len() - 4..]
    }

    async fn opens(&self) -> bool {
        let answer = self.get("/Users").await;
        if answer.status != 200 {
            refusal(&answer, 401, None);
        }
        answer.status == 200
    }
}

#[tokio::test]
async fn a_replaced_token_works_until_its_time_is_over() {
    let service = Harness::start().await;
    let first = Client::of(&service).await;
    assert!(first.opens().await);
    service.clock.forward(Duration::hours(1));
    let second = service.rotate(Duration::days(7)).await;
    assert!(first.opens().await && second.opens().await);
    let scim = &service.integration().await["scim"];
    let token = |hint: &str, issued: &str, ends: Value| json!({ "hint": hint, "issued_at": issued, "used_at": "2026-11-22T13:00:00Z", "ends_at": ends });
    assert_eq!(scim["token"], token(second.hint(), "2026-11-22T13:00:00Z", Value::Null));
    let old = token(first.hint(), "2026-11-22T12:00:00Z", "2026-11-29T13:00:00Z".into());
    assert_eq!(scim["old_tokens"], json!([old]), "each is listed with when it was used last");
    service.clock.forward(Duration::days(7));
    assert!(!first.opens().await && second.opens().await);
    assert_eq!(service.integration().await["scim"]["old_tokens"], json!([]));
    // Without an overlap the one before ends at once.
    let third = Client::of(&service).await;
    assert!(!second.opens().await && third.opens().await);
}

#[tokio::test]
async fn a_token_can_be_ended_at_once() {
    let service = Harness::start().await;
    let first = Client::of(&service).await;
    let second = service.rotate(Duration::days(1)).await;
    service.revoke("none").await.problem(404, "not-found");
    service.revoke(first.hint()).await.ok();
    assert!(!first.opens().await && second.opens().await);
    let without = service.revoke(second.hint()).await.ok();
    assert_eq!((&without["scim"]["token"], &without["scim"]["old_tokens"]), (&Value::Null, &json!([])));
    assert!(!second.opens().await);
    let actions = service.read("/audit").await.ok()["entries"].clone();
    assert_eq!(
        (&actions[0]["action"], &actions[0]["subject"]),
        (&json!("scim-token.revoked"), &json!(second.hint()))
    );
}

#[tokio::test]
async fn an_overlap_has_an_end_and_old_tokens_are_few() {
    let service = Harness::start().await;
    let _first = Client::of(&service).await;
    for wrong in ["2026-11-22T12:00:00Z", "2027-02-20T12:00:01Z"] {
        let body = json!({ "keep_old_until": wrong });
        let refused = service.write(Method::POST, "/scim/token", service.version().await, body).await;
        assert_eq!(refused.problem(422, "invalid-value")["field"], "keep_old_until");
    }
    for _ in 0..5 {
        service.rotate(Duration::days(90)).await;
    }
    let body = json!({ "keep_old_until": "2026-12-01T00:00:00Z" });
    let refused = service.write(Method::POST, "/scim/token", service.version().await, body).await;
    refused.problem(422, "invalid-value");
    assert_eq!(service.integration().await["scim"]["old_tokens"].as_array().unwrap().len(), 5);
}
