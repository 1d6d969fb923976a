//! What the service writes down of SCIM requests, and what that costs.

use crate::harness::{Answer, Harness};
use crate::place::Place;
use crate::provisioning::{Client, refusal};
use reqwest::Method;
use serde_json::{Value, json};
use time::Duration;

impl Harness {
    async fn calls(&self) -> Value {
        self.read("/scim/calls").await.ok()
    }
}

#[tokio::test]
async fn the_account_sees_who_called_and_what_for() {
    let service = Harness::start().await;
    let nothing = service.calls().await;
    assert_eq!((&nothing["run"], &nothing["calls"]), (&Value::Null, &json!([])));
    let client = Client::of(&service).await;
    let hint = &client.token[client.token.len() - 4..];
    assert_eq!(client.found("/Users", r#"userName eq "ada@contoso.test""#).await["totalResults"], 0);
    assert_eq!(service.calls().await["run"]["caller"], Value::Null, "anybody asks like that");
    let ada = client.user("ada@contoso.test").await;
    refusal(&client.post("/Users", json!({ "userName": "ADA@contoso.test" })).await, 409, Some("uniqueness"));
    let path = format!("/Users/{ada}");
    client.patch(&path, json!([{ "op": "Replace", "path": "active", "value": "False" }])).await.ok();
    let group = client.group("Engineers").await;
    client.send(Method::DELETE, &format!("/Groups/{group}"), None).await.done();
    refusal(&client.get("/Users/grace@contoso.test").await, 404, None);

    let calls = service.calls().await;
    let expected = json!({
        "caller": "entra",
        "began_at": "2026-11-22T12:00:00Z",
        "at": "2026-11-22T12:00:00Z",
        "users": 1,
        "groups": 1
    });
    assert_eq!(calls["run"], expected, "the operation's name shows who it is; the group is gone, and counts");
    let told: Vec<(String, u64)> = calls["calls"].as_array().unwrap().iter().rev().map(told).collect();
    let expected = [
        ("GET /scim/v2/Users?filter=userName eq \"…\"".to_owned(), 200),
        ("POST /scim/v2/Users".to_owned(), 201),
        ("POST /scim/v2/Users".to_owned(), 409),
        (format!("PATCH /scim/v2/Users/{ada}"), 200),
        ("POST /scim/v2/Groups".to_owned(), 201),
        (format!("DELETE /scim/v2/Groups/{group}"), 204),
        ("GET /scim/v2/Users/…".to_owned(), 404),
    ];
    assert_eq!(told, expected);
    let refused = &calls["calls"][4];
    assert_eq!((&refused["refusal"], &refused["token"]), (&json!("uniqueness"), &json!(hint)));
    assert_eq!(service.read("/arrivals").await.ok()["last_call"]["status"], 404);

    // Within ten minutes it is the same run; after a pause, another one, which has changed nothing.
    service.clock.forward(Duration::minutes(9));
    client.get("/Users").await.done();
    let run = &service.calls().await["run"];
    assert_eq!(
        (&run["users"], &run["began_at"], &run["caller"]),
        (&json!(1), &expected_start(), &json!("entra"))
    );
    service.clock.forward(Duration::minutes(10));
    let okta = service.anonymous(Method::GET, "/scim/v2/Groups").bearer_auth(&client.token);
    Answer::of(okta.header("User-Agent", "Okta SCIM Client 1.0.0")).await.done();
    let run = &service.calls().await["run"];
    assert_eq!((&run["users"], &run["groups"], &run["caller"]), (&json!(0), &json!(0), &json!("okta")));
    assert_eq!(run["began_at"], run["at"]);
}

fn expected_start() -> Value {
    crate::harness::START.into()
}

/// Request and status of a line of the log.
pub(crate) fn told(call: &Value) -> (String, u64) {
    (call["request"].as_str().unwrap().to_owned(), call["status"].as_u64().unwrap())
}

#[tokio::test]
async fn each_operation_of_a_bulk_request_is_told() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let operations = json!({ "Operations": [
        { "method": "POST", "path": "/Users", "bulkId": "a", "data": { "userName": "ada" } },
        { "method": "POST", "path": "/Users", "bulkId": "b", "data": { "userName": "ADA" } },
    ] });
    client.post("/Bulk", operations).await.ok();
    let calls = service.calls().await;
    let told: Vec<(String, u64)> = calls["calls"].as_array().unwrap().iter().rev().map(told).collect();
    let operation = "POST /Users in POST /scim/v2/Bulk".to_owned();
    assert_eq!(told, [(operation.clone(), 201), (operation, 409), ("POST /scim/v2/Bulk".to_owned(), 200)]);
    assert_eq!(calls["run"]["users"], 1);
}

#[tokio::test]
async fn what_only_read_is_written_down_before_the_service_ends() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    client.get("/Users").await.done();
    let place = service.stop().await;
    let service = Harness::start_in(place).await;
    let database = service.database().await;
    let used: i64 = sqlx::query_scalar("SELECT used_at FROM scim_tokens").fetch_one(&database).await.unwrap();
    assert_eq!(used, service.now().unix());
    assert_eq!(service.calls().await["calls"][0]["request"], "GET /scim/v2/Users");
}

#[tokio::test]
async fn the_log_has_an_end() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let database = service.database().await;
    // 11 by 11 by 11 lines.
    let fill = "WITH ten (n) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10)) \
        INSERT INTO scim_call_log (account, at, token, request, status) \
        SELECT 'contoso', 0, 'abcd', 'GET /scim/v2/Old', 200 FROM ten AS a, ten AS b, ten AS c";
    sqlx::query(fill).execute(&database).await.unwrap();
    client.get("/Users").await.done();
    let calls = service.calls().await["calls"].as_array().unwrap().clone();
    assert_eq!((calls.len(), &calls[0]["request"]), (100, &json!("GET /scim/v2/Users")));
    let kept: i64 =
        sqlx::query_scalar("SELECT count(*) FROM scim_call_log").fetch_one(&database).await.unwrap();
    assert_eq!(kept, 1000);
}

/// How many transactions have come to an end in the write-ahead log of a SQLite file: each leaves one frame that says how
/// many pages the database has then (<https://sqlite.org/fileformat2.html#the_write_ahead_log>).
pub(crate) fn commits(place: &Place) -> usize {
    let wal = std::fs::read(place.directory.path().join("account-service.sqlite-wal")).unwrap();
    let number = |at: usize| u32::from_be_bytes(wal[at..at + 4].try_into().unwrap());
    let frame = 24 + number(8) as usize;
    (32..wal.len().saturating_sub(frame - 1)).step_by(frame).filter(|at| number(at + 4) != 0).count()
}

#[tokio::test]
async fn a_request_costs_one_commit_and_a_look_none() {
    let service = Harness::start_in(Place::file()).await;
    let client = Client::of(&service).await;
    let (begun, before) = (std::time::Instant::now(), commits(&service.place));
    for number in 0..20 {
        client.user(&format!("user{number}@contoso.test")).await;
        client.found("/Users", &format!("userName eq \"user{number}@contoso.test\"")).await;
    }
    // What was gathered is written once a second.
    let seconds = usize::try_from(begun.elapsed().as_secs()).unwrap();
    let made = commits(&service.place) - before;
    assert!((20..=22 + seconds).contains(&made), "{made} commits in {seconds} s for 20 writes and 20 looks");
}
