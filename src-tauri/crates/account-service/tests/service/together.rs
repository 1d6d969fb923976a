//! Requests that come at the same moment: on a SQLite file they share commits, and each is still by itself.

use crate::harness::{Answer, Harness};
use crate::provisioning::{Client, refusal};
use crate::scim_calls::{commits, told};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tokio::task::JoinHandle;

type Held = Option<sqlx::pool::PoolConnection<sqlx::Any>>;

/// Holds the file as another program would, so that all who write wait for one moment.
async fn hold(service: &Harness) -> Held {
    if !service.place.is_file() {
        return None;
    }
    let mut file = service.database().await.acquire().await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut *file).await.unwrap();
    Some(file)
}

/// Lets go of it once a request that came after the others, and only reads, is answered.
async fn let_go(held: Held, client: &Client<'_>) {
    client.get("/Users?count=0").await.done();
    if let Some(mut file) = held {
        sqlx::query("ROLLBACK").execute(&mut *file).await.unwrap();
    }
}

fn asked(client: &Client<'_>, method: Method, path: &str, body: &Value) -> RequestBuilder {
    client.service.anonymous(method, &format!("/scim/v2{path}")).bearer_auth(&client.token).json(body)
}

fn user(client: &Client<'_>, name: &str) -> RequestBuilder {
    asked(client, Method::POST, "/Users", &json!({ "userName": name }))
}

fn send(requests: impl IntoIterator<Item = RequestBuilder>) -> Vec<JoinHandle<Answer>> {
    requests.into_iter().map(|request| tokio::spawn(Answer::of(request))).collect()
}

async fn answers(sent: Vec<JoinHandle<Answer>>) -> Vec<Answer> {
    let mut answers = Vec::new();
    for answer in sent {
        answers.push(answer.await.unwrap());
    }
    answers
}

#[tokio::test]
async fn what_comes_together_shares_commits_and_a_refusal_touches_nothing_else() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let ada = client.user("ada@contoso.test").await;
    let group = client.group("Engineers").await;
    let before = service.place.is_file().then(|| commits(&service.place));
    let change = |path: &str, operation: Value| {
        asked(&client, Method::PATCH, path, &json!({ "Operations": [operation] }))
    };
    let join = json!({ "op": "add", "path": "members", "value": [{ "value": ada }] });
    let ada = format!("/Users/{ada}");
    let title = json!({ "op": "replace", "path": "title", "value": "Countess" });

    let held = hold(&service).await;
    let new = send((0..8).map(|number| user(&client, &format!("user-{number}@contoso.test"))));
    let twins = send((0..4).map(|_| user(&client, "twin@contoso.test")));
    let stale = send((0..4).map(|_| change(&ada, title.clone()).header("If-Match", "W/\"7\"")));
    let joins = send((0..2).map(|_| change(&format!("/Groups/{group}"), join.clone())));
    let_go(held, &client).await;

    let twins = answers(twins).await;
    let (made, refused): (Vec<&Answer>, Vec<&Answer>) = twins.iter().partition(|answer| answer.status == 201);
    assert_eq!((made.len(), refused.len()), (1, 3));
    refused.into_iter().for_each(|answer| refusal(answer, 409, Some("uniqueness")));
    answers(stale).await.iter().for_each(|answer| refusal(answer, 412, None));
    answers(joins).await.iter().for_each(Answer::done);
    for answer in answers(new).await.iter().chain(made) {
        assert_eq!(answer.status, 201, "{answer:?}");
        let made = answer.json();
        assert_eq!(client.get(&format!("/Users/{}", made["id"].as_str().unwrap())).await.ok(), made);
    }
    assert_eq!(client.get("/Users").await.ok()["totalResults"], 10);
    assert_eq!(client.get(&ada).await.ok().get("title"), None, "what was based on another version");
    assert_eq!(client.members(&group).await.len(), 1);

    let calls = service.read("/scim/calls").await.ok();
    let mut statuses: BTreeMap<u64, usize> = BTreeMap::new();
    let calls = calls["calls"].as_array().unwrap().iter().map(told);
    for (_, status) in calls.filter(|(request, _)| !request.starts_with("GET")) {
        *statuses.entry(status).or_default() += 1;
    }
    assert_eq!(statuses, [(201, 2 + 9), (204, 2), (409, 3), (412, 4)].into(), "each is written down once");
    if let Some(before) = before {
        let made = commits(&service.place) - before;
        assert!(made < 11, "{made} commits for 11 changes");
    }
}

#[tokio::test]
async fn who_goes_away_meanwhile_hurts_nobody() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let held = hold(&service).await;
    let requests = |numbers: std::ops::Range<usize>| {
        send(numbers.map(|number| user(&client, &format!("user-{number}"))))
    };
    let (gone, sent) = (requests(0..6), requests(6..12));
    client.get("/Users?count=0").await.done();
    gone.iter().for_each(JoinHandle::abort);
    let_go(held, &client).await;
    answers(sent).await.iter().for_each(|answer| assert_eq!(answer.status, 201, "{answer:?}"));
    for number in 6..12 {
        let filter = format!("userName eq \"user-{number}\"");
        assert_eq!(client.found("/Users", &filter).await["totalResults"], 1, "{number}");
    }
}
