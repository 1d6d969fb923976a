use crate::harness::{Answer, Harness};
use account_service::openapi;
use reqwest::Method;
use serde_json::{Value, json};

const STRANGER: &str = "eve@fabrikam.test";

async fn stranger(service: &Harness) -> String {
    let inner = &service.running.service;
    inner.ensure_owner(STRANGER, "Fabrikam", Some("fabrikam")).await.unwrap();
    inner.issue_access_token(STRANGER).await.unwrap().expose().to_owned()
}

#[tokio::test]
async fn another_account_does_not_exist_on_any_route() {
    let service = Harness::start().await;
    let token = stranger(&service).await;
    service.add_domain("contoso.test").await;
    let before = service.integration().await;
    let description = serde_json::to_value(openapi()).unwrap();
    let mut tried = 0;
    for (path, operations) in description["paths"].as_object().unwrap() {
        if !path.contains("{account}") {
            continue;
        }
        let path = path
            .replace("{account}", &service.account)
            .replace("{domain}", "contoso.test")
            .replace("{step}", "saml");
        for method in operations.as_object().unwrap().keys() {
            let method: Method = method.to_uppercase().parse().unwrap();
            let request = service.anonymous(method, &path).header("If-Match", "\"1\"").json(&json!({}));
            let stranger = request.try_clone().unwrap().bearer_auth(&token);
            Answer::of(stranger).await.problem(404, "not-found");
            Answer::of(request).await.problem(401, "unauthorized");
            tried += 1;
        }
    }
    assert!(tried >= 20, "{tried}");
    assert_eq!(service.integration().await, before);
}

#[tokio::test]
async fn a_domain_belongs_to_one_account() {
    let service = Harness::start().await;
    let token = stranger(&service).await;
    service.add_domain("contoso.test").await;
    let body = json!({ "name": "CONTOSO.test." });
    let add =
        service.anonymous(Method::POST, "/api/v1/accounts/fabrikam/domains").bearer_auth(&token).json(&body);
    let refused = Answer::of(add.try_clone().unwrap()).await;
    refused.problem(409, "domain-taken");
    assert!(!refused.text.contains("Contoso Ltd"), "nothing is said about who has it");
    let path = format!("/accounts/{}/domains/contoso.test", service.account);
    Answer::of(service.request(Method::DELETE, &path)).await.ok();
    assert_eq!(Answer::of(add).await.status, 201);
}

#[tokio::test]
async fn the_history_of_a_record_is_its_accounts_alone() {
    let service = Harness::start().await;
    let token = stranger(&service).await;
    let value = service.add_domain("contoso.test").await;
    service.zone.publish(&[&value]);
    service.post("/domains/contoso.test/verify", Value::Null).await.ok();
    let mine = service.read("/domains/CONTOSO.test/history").await.ok();
    assert_eq!(mine["changes"][0]["servers"][0]["values"], json!([value]));
    let read = async |account: &str| {
        let path = format!("/api/v1/accounts/{account}/domains/contoso.test/history");
        Answer::of(service.anonymous(Method::GET, &path).bearer_auth(&token)).await
    };
    read(&service.account).await.problem(404, "not-found");
    read("fabrikam").await.problem(404, "not-found");
    // Whoever gets the domain next begins with a history of their own.
    let path = format!("/accounts/{}/domains/contoso.test", service.account);
    Answer::of(service.request(Method::DELETE, &path)).await.ok();
    service.read("/domains/contoso.test/history").await.problem(404, "not-found");
    let add = service.anonymous(Method::POST, "/api/v1/accounts/fabrikam/domains").bearer_auth(&token);
    assert_eq!(Answer::of(add.json(&json!({ "name": "contoso.test" }))).await.status, 201);
    assert_eq!(read("fabrikam").await.ok(), json!({ "changes": [], "checked_at": null }));
}

#[tokio::test]
async fn a_licence_key_belongs_to_one_account() {
    let service = Harness::start().await;
    let token = stranger(&service).await;
    let body = json!({ "key": "1234-5678-9012", "name": null });
    service.post("/licence-keys", body).await.ok();
    let body = json!({ "key": "123456789012" });
    let path = "/api/v1/accounts/fabrikam/licence-keys";
    let register = service.anonymous(Method::POST, path).bearer_auth(&token).json(&body);
    Answer::of(register).await.problem(409, "licence-key-taken");
}

#[tokio::test]
async fn a_user_added_to_an_account_sees_it() {
    let service = Harness::start().await;
    let token = stranger(&service).await;
    service.post("/users", json!({ "email": STRANGER })).await.ok();
    let path = format!("/api/v1/accounts/{}/integration", service.account);
    let read = Answer::of(service.anonymous(Method::GET, &path).bearer_auth(&token)).await.ok();
    assert_eq!(read["organization"], Value::from("Contoso Ltd."));
}
