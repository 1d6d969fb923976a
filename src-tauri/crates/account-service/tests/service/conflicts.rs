use crate::harness::{Answer, Harness};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn group(name: &str) -> Value {
    json!({ "admins": { "name": name, "id": "1" }, "users": null })
}

#[tokio::test]
async fn a_write_based_on_an_old_version_shows_the_current_one() {
    let service = Harness::start().await;
    let version = service.version().await;
    let first = service.write(Method::PUT, "/groups", version, group("A")).await;
    assert_eq!(first.header("etag"), format!("\"{}\"", version + 1));
    let refused = service.write(Method::PUT, "/groups", version, group("B")).await;
    let problem = refused.problem(412, "version-conflict");
    assert_eq!(problem["current"], first.ok());
    assert_eq!(service.integration().await["groups"]["admins"]["name"], "A");
}

#[tokio::test]
async fn a_retry_after_a_lost_answer_never_doubles() {
    let service = Harness::start().await;
    let version = service.version().await;
    let write = |path: &'static str, body: Value| service.write(Method::PUT, path, version, body);
    write("/steps/users", json!({ "done": true })).await.ok();
    service.clock.forward(time::Duration::minutes(1));
    let retried = write("/steps/users", json!({ "done": true })).await;
    assert_eq!(retried.status, 200);
    assert_eq!(retried.ok()["version"], version + 1);
    assert_eq!(retried.ok()["users"]["at"], "2026-11-22T12:00:00Z");
    let entries = service.read("/audit").await.ok()["entries"].as_array().unwrap().len();
    assert_eq!(entries, 2, "the account and the mark");
    service.put("/groups", group("A")).await.ok();
    write("/steps/users", json!({ "done": true })).await.problem(412, "version-conflict");
}

#[tokio::test]
async fn of_writers_that_start_from_the_same_version_one_wins() {
    let service = Harness::start().await;
    let version = service.version().await;
    let names: Vec<String> = (0..8).map(|number| format!("Group {number}")).collect();
    let (a, b, c, d, e, f, g, h) = tokio::join!(
        service.write(Method::PUT, "/groups", version, group(&names[0])),
        service.write(Method::PUT, "/groups", version, group(&names[1])),
        service.write(Method::PUT, "/groups", version, group(&names[2])),
        service.write(Method::PUT, "/groups", version, group(&names[3])),
        service.write(Method::PUT, "/groups", version, group(&names[4])),
        service.write(Method::PUT, "/groups", version, group(&names[5])),
        service.write(Method::PUT, "/groups", version, group(&names[6])),
        service.write(Method::PUT, "/groups", version, group(&names[7])),
    );
    let answers = [a, b, c, d, e, f, g, h];
    let won: Vec<&Answer> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(won.len(), 1);
    let conflicts: BTreeSet<String> = answers
        .iter()
        .filter(|answer| answer.status == 412)
        .map(|answer| {
            answer.problem(412, "version-conflict")["current"]["groups"]["admins"]["name"].to_string()
        })
        .collect();
    assert_eq!(conflicts, BTreeSet::from([won[0].ok()["groups"]["admins"]["name"].to_string()]));
    assert_eq!(service.version().await, version + 1);
}

#[tokio::test]
async fn every_write_needs_the_version() {
    let service = Harness::start().await;
    let account = format!("/accounts/{}", service.account);
    let writes = [
        (Method::PUT, "/groups", group("A")),
        (Method::PUT, "/saml/identity-provider", json!({ "kind": "metadata", "xml": "" })),
        (Method::PUT, "/scim", json!({ "enabled": false })),
        (Method::PUT, "/steps/saml", json!({ "done": true })),
        (Method::PUT, "/backup-login", json!({ "email": "ada@contoso.test" })),
        (Method::POST, "/users", json!({ "email": "mia@contoso.test" })),
        (Method::POST, "/licence-keys", json!({ "key": "aaaa11-bbbb22" })),
        (Method::POST, "/domains", json!({ "name": "contoso.test" })),
        (Method::DELETE, "/domains/contoso.test", Value::Null),
        (Method::POST, "/sign-in-tests", json!({ "purpose": "portal" })),
        (Method::POST, "/scim/token", Value::Null),
        (Method::DELETE, "/scim/tokens/abcd", Value::Null),
        (Method::POST, "/activate", Value::Null),
        (Method::POST, "/deactivate", Value::Null),
    ];
    for (method, path, body) in writes {
        let request = service.request(method, &format!("{account}{path}")).json(&body);
        Answer::of(request.try_clone().unwrap()).await.problem(428, "version-required");
        for unreadable in ["7", "W/\"1\"", "*", "\"one\""] {
            let request = request.try_clone().unwrap().header("If-Match", unreadable);
            Answer::of(request).await.problem(400, "invalid-request");
        }
    }
    let audit = service.read("/audit").await.ok();
    assert_eq!(audit["entries"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn nothing_is_made_for_whoever_has_not_seen_the_newest_settings() {
    let service = Harness::start().await;
    service.add_domain("contoso.test").await;
    let old = service.version().await;
    service.put("/groups", group("A")).await.ok();
    let stale = async |method: Method, path: &str, body: Value| {
        service.write(method, path, old, body).await.problem(412, "version-conflict");
    };
    stale(Method::POST, "/domains", json!({ "name": "fabrikam.test" })).await;
    stale(Method::DELETE, "/domains/contoso.test", Value::Null).await;
    stale(Method::POST, "/users", json!({ "email": "mia@contoso.test" })).await;
    stale(Method::POST, "/licence-keys", json!({ "key": "aaaa11-bbbb22" })).await;
    stale(Method::POST, "/sign-in-tests", json!({ "purpose": "portal" })).await;
    stale(Method::POST, "/scim/token", Value::Null).await;
    // What is there already is no conflict: that is how a retry after a lost answer looks.
    service.write(Method::POST, "/domains", old, json!({ "name": "contoso.test" })).await.ok();
    service.write(Method::POST, "/users", old, json!({ "email": crate::harness::OWNER })).await.ok();
    let user = json!({ "email": "mia@contoso.test" });
    let added = service.post("/users", user.clone()).await;
    let version = service.version().await;
    assert_eq!((added.status, added.header("etag")), (201, format!("\"{version}\"").as_str()));
    assert_eq!(version, old + 2, "a user is a change of the account");
    assert_eq!(service.post("/users", user).await.status, 200);
}

#[tokio::test]
async fn what_is_known_is_not_sent_again() {
    let service = Harness::start().await;
    let version = service.version().await;
    let path = format!("/accounts/{}/integration", service.account);
    let ask = |version: u64| {
        Answer::of(service.request(Method::GET, &path).header("If-None-Match", format!("\"{version}\"")))
    };
    let known = ask(version).await;
    assert_eq!((known.status, known.text.as_str()), (304, ""));
    assert_eq!(known.header("etag"), format!("\"{version}\""));
    service.put("/groups", group("A")).await.ok();
    assert_eq!(ask(version).await.status, 200);
}

#[tokio::test]
async fn the_log_says_what_was_there_before_and_after() {
    let service = Harness::start().await;
    service.put("/groups", group("A")).await.ok();
    service.put("/groups", group("B")).await.ok();
    service.add_domain("contoso.test").await;
    let token = service.post("/scim/token", Value::Null).await.ok()["token"].as_str().unwrap().to_owned();
    service.post("/licence-keys", json!({ "key": "aaaa11-bbbb22", "name": "Seats" })).await.ok();
    service.delete("/domains/contoso.test").await.ok();
    let path = format!("/accounts/{}/audit/export", service.account);
    let exported = Answer::of(service.request(Method::GET, &path)).await;
    assert_eq!((exported.status, exported.header("content-type")), (200, "application/x-ndjson"));
    assert_eq!(exported.header("link"), "", "there are no more");
    let lines: Vec<Value> = exported.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let actions: Vec<&str> = lines.iter().map(|line| line["action"].as_str().unwrap()).collect();
    let expected = [
        "account.created",
        "groups.changed",
        "groups.changed",
        "domain.added",
        "scim-token.issued",
        "licence-key.registered",
        "domain.removed",
    ];
    assert_eq!(actions, expected);
    let values = |place: usize| (lines[place]["before"].clone(), lines[place]["after"].clone());
    assert_eq!(
        values(2),
        (json!({ "groups": group("A") }), json!({ "groups": group("B") })),
        "what else there is stays out"
    );
    assert_eq!(values(3), (Value::Null, json!({ "domain": "contoso.test" })));
    let hint = &token[token.len() - 4..];
    assert_eq!(values(4), (Value::Null, json!({ "token": hint, "old_token_ends_at": null })));
    assert_eq!(values(5).1, json!({ "licence_key": "BB22", "name": "Seats", "per_user": true }));
    assert_eq!(values(6), (json!({ "domain": "contoso.test" }), Value::Null));
    assert!(!exported.text.contains(&token) && !exported.text.contains("aaaa11"));
    let newest = service.read("/audit").await.ok()["entries"][0].clone();
    assert_eq!(newest, *lines.last().unwrap());
    // A log that is longer comes in pieces.
    let database = service.database().await;
    let fill = "WITH n (n) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), \
        (15), (16), (17)) INSERT INTO audit (account, at, by, action, version) \
        SELECT 'contoso', 0, 'ada', 'signed-in', 1 FROM n AS a, n AS b, n AS c";
    sqlx::query(fill).execute(&database).await.unwrap();
    let first = Answer::of(service.request(Method::GET, &path)).await;
    assert_eq!(first.text.lines().count(), 5000);
    let next = first.header("link").strip_prefix('<').unwrap().split_once('>').unwrap();
    assert_eq!(next.1, "; rel=\"next\"");
    let next = next.0.split_once("/api/v1").unwrap().1;
    let rest = Answer::of(service.request(Method::GET, next)).await;
    assert_eq!((rest.text.lines().count(), rest.header("link")), (5832 + 7 - 5000, ""));
}
