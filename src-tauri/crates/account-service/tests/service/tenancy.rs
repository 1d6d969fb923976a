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

/// A good body for each write of the settings API; a route that is not here has to be added before its test passes.
fn body(method: &str, path: &str) -> Value {
    let groups = json!({ "admins": { "name": "Eve's", "id": "e" }, "users": null });
    let provider = json!({ "kind": "metadata", "xml": crate::seven_steps::entra_metadata() });
    match (method, path.trim_start_matches("/api/v1/accounts/{account}")) {
        (
            "get",
            "/arrivals"
            | "/audit"
            | "/audit/export"
            | "/domains/{domain}/history"
            | "/integration"
            | "/licence-keys"
            | "/saml/service-provider"
            | "/scim/calls"
            | "/sign-in-tests"
            | "/sign-in-tests/{id}"
            | "/users",
        )
        | (
            "delete",
            "/domains/{domain}" | "/licence-keys/{hint}" | "/scim/tokens/{hint}" | "/users/{email}",
        )
        | ("post", "/deactivate" | "/domains/{domain}/verify" | "/scim/token") => Value::Null,
        ("post", "/activate") => json!({ "without_sign_in": "Contoso Ltd." }),
        ("post", "/domains") => json!({ "name": "eve.test" }),
        ("post", "/licence-keys") => json!({ "key": "EVE-12345678", "name": null }),
        ("post", "/sign-in-tests") => json!({ "purpose": "portal" }),
        ("post", "/users") => json!({ "email": STRANGER }),
        ("put", "/backup-login") => json!({ "email": STRANGER }),
        ("put", "/groups") => groups,
        ("put", "/saml/identity-provider") => provider,
        ("put", "/saml/options") => json!({ "idp_initiated": true }),
        ("put", "/scim") => json!({ "enabled": false }),
        ("put", "/steps/{step}") => json!({ "done": false }),
        _ => {
            panic!("{method} {path} is new: say here what it is sent, so that it is tried with every account")
        }
    }
}

/// Everything that the owner can see of the account, without what reading it changes.
async fn everything(service: &Harness, sign_in_test: &str) -> Vec<Value> {
    let mut seen = Vec::new();
    for path in
        ["/integration", "/users", "/licence-keys", "/audit", "/arrivals", "/scim/calls", "/sign-in-tests"]
    {
        seen.push(service.read(path).await.ok());
    }
    seen.push(service.read("/domains/contoso.test/history").await.ok());
    seen.push(service.read(&format!("/sign-in-tests/{sign_in_test}")).await.ok());
    seen
}

#[tokio::test]
async fn another_account_does_not_exist_on_any_route() {
    let service = Harness::start().await;
    let token = stranger(&service).await;
    crate::seven_steps::finish_all_steps(&service).await;
    let begun = service.post("/sign-in-tests", json!({ "purpose": "portal" })).await.ok();
    let sign_in_test = begun["id"].as_str().unwrap().to_owned();
    let version = service.version().await;
    let before = everything(&service, &sign_in_test).await;
    let description = serde_json::to_value(openapi()).unwrap();
    let mut tried = 0;
    for (path, operations) in description["paths"].as_object().unwrap() {
        // The others are about whoever asks.
        if ["/api/v1/me", "/api/v1/accounts", "/api/v1/licence-keys"].contains(&path.as_str()) {
            continue;
        }
        assert!(path.starts_with("/api/v1/accounts/{account}/"), "{path} names no account");
        let with_parts = path
            .replace("{domain}", "contoso.test")
            .replace("{id}", &sign_in_test)
            .replace("{step}", "saml")
            .replace("{email}", crate::harness::OWNER)
            .replace("{hint}", "abcd");
        for method in operations.as_object().unwrap().keys() {
            let body = body(method, path);
            let ask = |account: &str| {
                let method: Method = method.to_uppercase().parse().unwrap();
                service.anonymous(method, &with_parts.replace("{account}", account)).json(&body)
            };
            let based = || ask(&service.account).header("If-Match", format!("\"{version}\""));
            Answer::of(based()).await.problem(401, "unauthorized");
            let strange = Answer::of(based().bearer_auth(&token)).await;
            strange.problem(404, "not-found");
            assert!(!strange.text.contains("Contoso"), "{strange:?}");
            // Below the stranger's own account nothing of the other one is found either.
            let theirs = service.anonymous(Method::GET, "/api/v1/accounts/fabrikam/integration");
            let theirs = Answer::of(theirs.bearer_auth(&token)).await;
            let own = ask("fabrikam").header("If-Match", theirs.header("etag"));
            let own = Answer::of(own.bearer_auth(&token)).await;
            assert!(!own.text.contains("contoso.test") && !own.text.contains(&sign_in_test), "{own:?}");
            if with_parts.contains("contoso.test") || with_parts.contains(&sign_in_test) {
                own.problem(404, "not-found");
            }
            tried += 1;
        }
    }
    assert!(tried >= 24, "{tried}");
    assert_eq!(everything(&service, &sign_in_test).await, before);
}

#[tokio::test]
async fn a_provisioning_token_reaches_the_resources_of_its_account_only() {
    let service = Harness::start().await;
    let eve = stranger(&service).await;
    let ours = service.post("/scim/token", Value::Null).await.ok()["token"].as_str().unwrap().to_owned();
    let issue = service.anonymous(Method::POST, "/api/v1/accounts/fabrikam/scim/token").bearer_auth(eve);
    let issue = issue.header("If-Match", "\"1\"");
    let theirs = Answer::of(issue).await.ok()["token"].as_str().unwrap().to_owned();
    let send = async |method: Method, path: &str, token: &str, body: &Value| {
        Answer::of(service.anonymous(method, &format!("/scim/v2{path}")).bearer_auth(token).json(body)).await
    };
    let user =
        send(Method::POST, "/Users", &ours, &json!({ "userName": "ada", "externalId": "a" })).await.ok();
    let user = user["id"].as_str().unwrap();
    let group = json!({ "displayName": "Admins", "members": [{ "value": user }] });
    let group = send(Method::POST, "/Groups", &ours, &group).await.ok()["id"].as_str().unwrap().to_owned();
    let all = async || {
        let users = send(Method::GET, "/Users", &ours, &Value::Null).await.ok();
        (users, send(Method::GET, "/Groups", &ours, &Value::Null).await.ok())
    };
    let before = all().await;
    let patch = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [{ "op": "replace", "value": { "active": false } }]
    });
    for (path, id) in [("/Users", user), ("/Groups", &group)] {
        for (method, body) in [
            (Method::GET, &Value::Null),
            (Method::PUT, &json!({ "userName": "eve", "displayName": "Eve's" })),
            (Method::PATCH, &patch),
            (Method::DELETE, &Value::Null),
        ] {
            let answer = send(method.clone(), &format!("{path}/{id}"), &theirs, body).await;
            assert_eq!(answer.status, 404, "{method} {path}: {answer:?}");
        }
        let found =
            send(Method::GET, &format!("{path}?filter=id%20eq%20%22{id}%22"), &theirs, &Value::Null).await;
        assert_eq!(found.ok()["totalResults"], 0);
    }
    let searched = send(Method::POST, "/.search", &theirs, &json!({ "filter": "externalId eq \"a\"" })).await;
    assert_eq!(searched.ok()["totalResults"], 0);
    // A member of another account's is nobody; the same names are free.
    let stolen = json!({ "displayName": "Admins", "members": [{ "value": user }] });
    let stolen = send(Method::POST, "/Groups", &theirs, &stolen).await;
    assert_eq!(stolen.status, 201);
    assert!(!stolen.text.contains(user), "{stolen:?}");
    assert_eq!(send(Method::POST, "/Users", &theirs, &json!({ "userName": "ada" })).await.status, 201);
    assert_eq!(all().await, before);
}

#[tokio::test]
async fn a_domain_belongs_to_one_account() {
    let service = Harness::start().await;
    let token = stranger(&service).await;
    service.add_domain("contoso.test").await;
    let body = json!({ "name": "CONTOSO.test." });
    let add =
        service.anonymous(Method::POST, "/api/v1/accounts/fabrikam/domains").bearer_auth(&token).json(&body);
    let add = add.header("If-Match", "\"1\"");
    let refused = Answer::of(add.try_clone().unwrap()).await;
    refused.problem(409, "domain-taken");
    assert!(!refused.text.contains("Contoso Ltd"), "nothing is said about who has it");
    service.delete("/domains/contoso.test").await.ok();
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
    service.delete("/domains/contoso.test").await.ok();
    service.read("/domains/contoso.test/history").await.problem(404, "not-found");
    let add = service.anonymous(Method::POST, "/api/v1/accounts/fabrikam/domains").bearer_auth(&token);
    let add = add.header("If-Match", "\"1\"");
    assert_eq!(Answer::of(add.json(&json!({ "name": "contoso.test" }))).await.status, 201);
    assert_eq!(read("fabrikam").await.ok(), json!({ "changes": [], "checked_at": null }));
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
