use crate::harness::{Answer, Harness};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn every_refusal_is_a_problem_document() {
    let service = Harness::start().await;
    let account = format!("/api/v1/accounts/{}", service.account);
    let anonymous = |method, path: String| Answer::of(service.anonymous(method, &path));
    anonymous(Method::GET, "/nothing/here".into()).await.problem(404, "not-found");
    anonymous(Method::GET, "/api/v1/nothing".into()).await.problem(404, "not-found");
    anonymous(Method::GET, "/saml/%FF/metadata".into()).await.problem(404, "not-found");
    anonymous(Method::DELETE, "/api/v1/me".into()).await.problem(405, "method-not-allowed");
    let missing = anonymous(Method::GET, "/api/v1/me".into()).await;
    missing.problem(401, "unauthorized");
    assert_eq!(missing.header("www-authenticate"), "Bearer");
    for authorization in ["Bearer", "Bearer ", "Bearer nonsense", "Basic YWRhOnB3", "Bearer \u{e9}"] {
        let request = service.anonymous(Method::GET, "/api/v1/me").header("Authorization", authorization);
        Answer::of(request).await.problem(401, "unauthorized");
    }
    let raw = |path: &str, body: String| {
        let request =
            service.anonymous(Method::POST, &format!("{account}{path}")).bearer_auth(&service.token);
        Answer::of(request.header("If-Match", "\"1\"").body(body))
    };
    raw("/domains", "{".into()).await.problem(400, "invalid-request");
    raw("/domains", "[]".into()).await.problem(400, "invalid-request");
    raw("/domains", "x".repeat(2 * 1024 * 1024 + 1)).await.problem(413, "too-large");
    raw("/users", json!({ "email": "nobody" }).to_string()).await.problem(422, "invalid-value");
    raw("/licence-keys", json!({ "key": "x", "name": null }).to_string()).await.problem(422, "invalid-value");
    service.put("/steps/domains", json!({ "done": true })).await.problem(422, "invalid-value");
    service.put("/steps/nothing", json!({ "done": true })).await.problem(404, "not-found");
    let blank = json!({ "admins": { "name": "A", "id": " " } });
    assert_eq!(service.put("/groups", blank).await.problem(422, "invalid-value")["field"], "admins.id");
    service.post("/domains/%FF/verify", Value::Null).await.problem(404, "not-found");
    service.post("/domains/fabrikam.test/verify", Value::Null).await.problem(404, "not-found");
}

#[tokio::test]
async fn a_refusal_repeats_nothing_of_what_was_sent() {
    let service = Harness::start().await;
    let key = "SECRET-LICENCE-KEY-7";
    let path = format!("/api/v1/accounts/{}/licence-keys", service.account);
    let request = service.anonymous(Method::POST, &path).bearer_auth(&service.token);
    let request = request.header("If-Match", "\"1\"");
    let refused = Answer::of(request.body(format!(r#"{{"key":["{key}"]}}"#))).await;
    refused.problem(400, "invalid-request");
    assert!(!refused.text.contains(key));
}

#[tokio::test]
async fn every_answer_has_an_id_and_stays_out_of_caches() {
    let service = Harness::start().await;
    let answers = [service.read("/integration").await, service.read("/nothing").await];
    for answer in &answers {
        assert_eq!(answer.header("x-request-id").len(), 36);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    assert_ne!(answers[0].header("x-request-id"), answers[1].header("x-request-id"));
    assert_eq!(answers[0].header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn whoever_keeps_it_running_can_ask_how_it_is() {
    let service = Harness::start().await;
    service.add_domain("contoso.test").await;
    service.post("/domains/contoso.test/verify", Value::Null).await.ok();
    for path in ["/healthz", "/readyz"] {
        assert_eq!(Answer::of(service.anonymous(Method::GET, path)).await.status, 200);
    }
    let metrics = Answer::of(service.anonymous(Method::GET, "/metrics")).await;
    let line = "account_service_requests_total{method=\"POST\",\
        route=\"/api/v1/accounts/{account}/domains/{domain}/verify\",status=\"200\"} 1";
    assert!(metrics.text.contains(line), "{}", metrics.text);
    assert!(metrics.text.contains("account_service_database_up 1\n") && metrics.text.ends_with("# EOF\n"));
    assert!(metrics.header("content-type").starts_with("application/openmetrics-text"));
    assert!(!metrics.text.contains("contoso"));

    service.running.service.close().await;
    Answer::of(service.anonymous(Method::GET, "/readyz")).await.problem(503, "unavailable");
    Answer::of(service.request(Method::GET, "/me")).await.problem(503, "unavailable");
    let metrics = Answer::of(service.anonymous(Method::GET, "/metrics")).await;
    assert!(metrics.text.contains("account_service_database_up 0\n"));
}
