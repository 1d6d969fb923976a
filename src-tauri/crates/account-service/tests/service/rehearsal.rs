//! A rehearsal of provisioning against the service as it is, and against the same service behind a proxy that breaks one
//! thing: exactly the checks of what is broken fail, and nothing is left behind.

use crate::harness::Harness;
use crate::provisioning::Client;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use scim_endpoint::HttpEndpoint;
use scim_rehearsal::{CODES, Cast, Ended, Outcome, Part, Provider, Rehearsal, rehearse};
use serde_json::Value;
use std::future::pending;
use std::time::Duration;
use tokio::sync::Notify;
use vocabulary::Secret;

/// A request on its way.
struct Asked {
    method: Method,
    path: String,
    query: String,
    body: Value,
}

impl Asked {
    fn operations(&self) -> Vec<&Value> {
        let operations = self.body["Operations"].as_array();
        operations.into_iter().flatten().filter(|_| self.method == Method::PATCH).collect()
    }

    fn any(&self, is_it: impl Fn(&Value) -> bool) -> bool {
        self.operations().into_iter().any(is_it)
    }
}

/// What the proxy breaks.
#[derive(Clone, Copy)]
enum Fault {
    Nothing,
    /// Answers 200 with the resource as it is.
    Swallow(fn(&Asked) -> bool),
    /// Answers with that status and a SCIM error.
    Refuse(u16, fn(&Asked) -> bool),
    /// Answers with a page of HTML.
    Page(u16),
    /// Sends something else on.
    Bend(fn(&mut Asked)),
    /// Changes the answer; it has the status and the body.
    Twist(fn(&Asked, &mut u16, &mut Value)),
    /// Does what is asked, and the answer breaks off after its first letter.
    BreakOff(fn(&Asked) -> bool),
    /// Is passed on a while after it came, whether anybody still waits for the answer or not.
    Late(&'static Late, fn(&Asked) -> bool),
}

#[derive(Default)]
struct Late {
    has_come: Notify,
    is_done: Notify,
}

#[derive(Clone)]
struct Proxy {
    to: String,
    http: reqwest::Client,
    fault: Fault,
}

impl Proxy {
    /// The base URL at which the fault is had.
    async fn before(service: &Harness, fault: Fault) -> String {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let proxy = Self { to: service.url("/scim/v2"), http, fault };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = axum::Router::new().fallback(pass).with_state(proxy);
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        base
    }

    async fn send(&self, asked: &Asked, headers: &HeaderMap) -> (u16, Value) {
        let mark = if asked.query.is_empty() { "" } else { "?" };
        let url = format!("{}{}{mark}{}", self.to, asked.path, asked.query);
        let mut request = self.http.request(asked.method.clone(), url);
        request = request.header(header::AUTHORIZATION, headers[header::AUTHORIZATION].clone());
        if !asked.body.is_null() {
            request = request.body(asked.body.to_string());
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or_default())
    }
}

async fn pass(
    State(proxy): State<Proxy>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut asked = Asked {
        method,
        path: uri.path().to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        body: serde_json::from_slice(&body).unwrap_or_default(),
    };
    match proxy.fault {
        Fault::Swallow(is_it) if is_it(&asked) => {
            (asked.method, asked.body) = (Method::GET, Value::Null);
        }
        Fault::Refuse(status, is_it) if is_it(&asked) => {
            return answer(
                status,
                &serde_json::json!({ "status": status.to_string(), "detail": "broken on purpose" }),
            );
        }
        Fault::Page(status) => {
            return (StatusCode::from_u16(status).unwrap(), "<!doctype html><title>Portal</title>")
                .into_response();
        }
        Fault::Bend(bend) => bend(&mut asked),
        _ => {}
    }
    if let Fault::Late(late, is_it) = proxy.fault
        && is_it(&asked)
    {
        late.has_come.notify_one();
        let answered = tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(300)).await;
            let answered = proxy.send(&asked, &headers).await;
            late.is_done.notify_one();
            answered
        });
        let (status, body) = answered.await.unwrap();
        return answer(status, &body);
    }
    let (mut status, mut body) = proxy.send(&asked, &headers).await;
    match proxy.fault {
        Fault::Twist(twist) => twist(&asked, &mut status, &mut body),
        Fault::BreakOff(is_it) if is_it(&asked) => {
            return (StatusCode::CREATED, "{").into_response();
        }
        _ => {}
    }
    answer(status, &body)
}

fn answer(status: u16, body: &Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    if status == StatusCode::NO_CONTENT {
        return status.into_response();
    }
    (status, [(header::CONTENT_TYPE, "application/scim+json")], body.to_string()).into_response()
}

async fn rehearsed(base: &str, token: &str, providers: &[Provider]) -> Rehearsal {
    let endpoint = HttpEndpoint::new(base, &Secret::new(token.to_owned())).unwrap();
    let cast = Cast::new("t1", "contoso.test");
    rehearse(&endpoint, &cast, &Part::of(providers), pending(), &|_| ()).await
}

fn those(rehearsal: &Rehearsal, outcome: Outcome) -> Vec<&str> {
    let checks = rehearsal.checks.iter().filter(|check| check.outcome == outcome);
    checks.map(|check| check.id.as_str()).collect()
}

async fn is_empty(client: &Client<'_>) -> bool {
    let count = async |path| client.get(path).await.ok()["totalResults"].as_u64().unwrap();
    count("/Users").await + count("/Groups").await == 0
}

#[tokio::test]
async fn every_provider_finds_all_it_needs_in_this_service() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let base = Proxy::before(&service, Fault::Nothing).await;
    let rehearsal = rehearsed(&base, &client.token, &Provider::ALL).await;
    assert_eq!(rehearsal.findings().collect::<Vec<_>>(), Vec::<&vocabulary::Finding>::new());
    assert_eq!(those(&rehearsal, Outcome::NotTried), Vec::<&str>::new());
    assert_eq!((rehearsal.ended, rehearsal.left_behind), (None, Vec::new()));
    assert_eq!(rehearsal.checks.len(), 3 + 27 + 9 + 20 + 14 + 1);
    assert!(is_empty(&client).await);
}

fn is_capital(operation: &Value) -> bool {
    operation["op"].as_str().unwrap().starts_with(char::is_uppercase)
}

fn sets_members(operation: &Value, op: &str) -> bool {
    operation["op"].as_str().unwrap().eq_ignore_ascii_case(op) && operation["path"] == "members"
}

/// What is broken, who is played, and the checks that fail then.
const CASES: &[(&str, Fault, Provider, &[&str])] = &[
    (
        "op with a capital letter is passed over",
        Fault::Swallow(|asked| asked.any(is_capital)),
        Provider::Entra,
        &[
            "entra.update-attribute",
            "entra.update-email-path",
            "entra.element-made",
            "entra.extension-path",
            "entra.manager-text",
            "entra.clear-attribute",
            "entra.deactivate-text",
            "entra.deactivate-add",
            "entra.members-add",
            "entra.group-rename",
        ],
    ),
    (
        "a state as text is passed over",
        Fault::Swallow(|asked| asked.any(|one| one["path"] == "active" && one["value"].is_string())),
        Provider::Entra,
        &["entra.deactivate-text", "entra.deactivate-add"],
    ),
    (
        "a list to remove is refused",
        Fault::Refuse(400, |asked| asked.any(|one| sets_members(one, "remove"))),
        Provider::Entra,
        &["entra.members-remove-list"],
    ),
    (
        "externalId is not returned",
        Fault::Twist(|_, _, body| {
            body.as_object_mut().map(|object| object.remove("externalId"));
        }),
        Provider::Entra,
        &["entra.external-id-kept"],
    ),
    (
        "a path is no filter",
        Fault::Refuse(400, |asked| asked.query.contains("emails%5B")),
        Provider::Entra,
        &["entra.lookup-email"],
    ),
    (
        "members are always told",
        Fault::Bend(|asked| asked.query = asked.query.replace("excludedAttributes=members", "x=1")),
        Provider::Entra,
        &["entra.members-left-out"],
    ),
    (
        "names are compared with case",
        Fault::Bend(|asked| asked.query = asked.query.replace("%22Signpost", "%22Nobody")),
        Provider::Entra,
        &["entra.lookup-user"],
    ),
    (
        "the enterprise extension is lost",
        Fault::Twist(|_, _, body| {
            body.as_object_mut()
                .map(|object| object.remove("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"));
        }),
        Provider::Entra,
        &[
            "entra.extension-kept",
            "entra.extension-path",
            "entra.manager-text",
            "entra-optscim.update-pathless",
        ],
    ),
    (
        "a path is needed",
        Fault::Refuse(501, |asked| asked.any(|one| one["path"].is_null())),
        Provider::Okta,
        &["okta.deactivate-pathless", "okta.group-rename-pathless"],
    ),
    (
        "members cannot be replaced",
        Fault::Refuse(400, |asked| asked.any(|one| sets_members(one, "replace"))),
        Provider::Okta,
        &["okta.members-replace"],
    ),
    (
        "a group cannot be emptied",
        Fault::Refuse(400, |asked| asked.any(|one| one["value"] == serde_json::json!([]))),
        Provider::Okta,
        &["okta.members-empty"],
    ),
    (
        "one unknown member fails all",
        Fault::Refuse(404, |asked| asked.any(|one| one["value"].to_string().contains("00000000-0000"))),
        Provider::Okta,
        &["okta.members-unknown"],
    ),
    (
        "nobody is an error",
        Fault::Twist(|asked, status, body| {
            if body["totalResults"] == 0 && asked.query.contains("filter=") {
                (*status, *body) = (404, serde_json::json!({ "detail": "nobody" }));
            }
        }),
        Provider::Okta,
        &["okta.lookup-nobody"],
    ),
    (
        "a second user of the name is made",
        Fault::Twist(|_, status, body| {
            if *status == 409 {
                (*status, *body) = (201, serde_json::json!({ "id": "twice" }));
            }
        }),
        Provider::Okta,
        &["okta.duplicate-refused"],
    ),
    (
        "an unknown user is 500",
        Fault::Twist(|asked, status, _| {
            if *status == 404 && asked.path.contains("00000000-0000") {
                *status = 500;
            }
        }),
        Provider::Okta,
        &["okta.unknown-user"],
    ),
    (
        "lists have no pages",
        Fault::Twist(|_, _, body| {
            body.as_object_mut().map(|object| object.remove("itemsPerPage"));
        }),
        Provider::Okta,
        &["okta.list-users"],
    ),
    (
        "the answer to the first user breaks off",
        Fault::BreakOff(|asked| asked.method == Method::POST && asked.path == "/Users"),
        Provider::Okta,
        &["okta.create-user"],
    ),
    (
        "two primary addresses are refused",
        Fault::Refuse(400, |asked| {
            asked.method == Method::POST && asked.body["emails"][1]["primary"] == true
        }),
        Provider::PingOne,
        &["pingone.two-primary"],
    ),
    (
        "there is no PUT",
        Fault::Refuse(405, |asked| asked.method == Method::PUT),
        Provider::PingOne,
        &["pingone.put-user", "pingone.deactivate-put"],
    ),
    (
        "users cannot be made",
        Fault::Refuse(400, |asked| asked.method == Method::POST && asked.path == "/Users"),
        Provider::PingOne,
        &["pingone.two-primary", "pingone.create-user"],
    ),
    (
        "there are no groups",
        Fault::Refuse(501, |asked| asked.path.starts_with("/Groups")),
        Provider::PingOne,
        &["pingone.create-group"],
    ),
    (
        "the service says nothing of itself",
        Fault::Refuse(404, |asked| asked.path.starts_with("/S")),
        Provider::PingOne,
        &["endpoint.description", "endpoint.schemas"],
    ),
];

#[tokio::test]
async fn one_fault_fails_its_own_checks_and_leaves_nothing_behind() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    for (what, fault, provider, expected) in CASES {
        let base = Proxy::before(&service, *fault).await;
        let rehearsal = rehearsed(&base, &client.token, &[*provider]).await;
        assert_eq!(those(&rehearsal, Outcome::Failed), *expected, "{what}");
        assert_eq!(rehearsal.ended, None, "{what}");
        assert_eq!(rehearsal.left_behind, Vec::<String>::new(), "{what}");
        assert!(is_empty(&client).await, "{what}");
        for finding in rehearsal.findings() {
            assert!(!finding.evidence.is_empty(), "{what}: {finding:?}");
            assert!(CODES.contains(&&*finding.code));
        }
    }
}

#[tokio::test]
async fn what_cannot_be_taken_away_is_named() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let base = Proxy::before(&service, Fault::Refuse(405, |asked| asked.method == Method::DELETE)).await;
    let rehearsal = rehearsed(&base, &client.token, &[Provider::PingOne]).await;
    let failed = ["pingone.delete-group", "pingone.delete-user", "endpoint.clean-up"];
    assert_eq!(those(&rehearsal, Outcome::Failed), failed, "{rehearsal:?}");
    let names = ["signpost-rehearsal-t1-pingone-group", "signpost-rehearsal-t1-pingone-user@contoso.test"];
    assert_eq!(rehearsal.left_behind, names);
}

#[tokio::test]
async fn nothing_is_made_where_nothing_can_be_rehearsed() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    for (fault, token, code) in [
        (Fault::Nothing, "wrong", "rehearsal-token-refused"),
        (Fault::Page(200), client.token.as_str(), "rehearsal-not-scim"),
        (Fault::Page(404), client.token.as_str(), "rehearsal-not-scim"),
        (Fault::Refuse(500, |_| true), client.token.as_str(), "rehearsal-connection"),
    ] {
        let base = Proxy::before(&service, fault).await;
        let rehearsal = rehearsed(&base, token, &Provider::ALL).await;
        assert_eq!(rehearsal.ended, Some(Ended::Unusable));
        assert_eq!(rehearsal.findings().map(|finding| &*finding.code).collect::<Vec<_>>(), [code]);
        assert_eq!(rehearsal.count(Outcome::Passed), 0);
        assert!(is_empty(&client).await);
    }
    let unreached = rehearsed("http://127.0.0.1:9", "token", &Provider::ALL).await;
    assert!(matches!(unreached.ended, Some(Ended::Unreached { .. })), "{:?}", unreached.ended);
}

#[tokio::test]
async fn a_rehearsal_that_is_stopped_takes_away_what_it_made() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let endpoint = HttpEndpoint::new(&service.url("/scim/v2"), &Secret::new(client.token.clone())).unwrap();
    for at in ["entra.create-user", "entra.members-add", "okta.put-user"] {
        let stop = Notify::new();
        let tell = |progress: scim_rehearsal::Progress| {
            if progress.newest.id == at {
                stop.notify_one();
            }
        };
        let parts = Part::of(&Provider::ALL);
        let cast = Cast::new("t2", "contoso.test");
        let rehearsal = rehearse(&endpoint, &cast, &parts, stop.notified(), &tell).await;
        assert_eq!(rehearsal.ended, Some(Ended::Stopped));
        assert!(rehearsal.count(Outcome::NotTried) > 10, "{at}");
        assert!(rehearsal.left_behind.is_empty(), "{at}: {:?}", rehearsal.checks.last());
        assert!(is_empty(&client).await, "{at}");
    }
}

#[tokio::test]
async fn what_is_on_its_way_when_a_rehearsal_is_stopped_is_taken_away_too() {
    let service = Harness::start().await;
    let client = Client::of(&service).await;
    let makes_a_user: fn(&Asked) -> bool =
        |asked| asked.method == Method::POST && asked.path.ends_with("/Users");
    let makes_a_group: fn(&Asked) -> bool =
        |asked| asked.method == Method::POST && asked.path.ends_with("/Groups");
    for is_it in [makes_a_user, makes_a_group] {
        let late: &Late = Box::leak(Box::default());
        let base = Proxy::before(&service, Fault::Late(late, is_it)).await;
        let endpoint = HttpEndpoint::new(&base, &Secret::new(client.token.clone())).unwrap();
        let cast = Cast::new("t3", "contoso.test");
        let parts = Part::of(&Provider::ALL);
        let rehearsal = rehearse(&endpoint, &cast, &parts, late.has_come.notified(), &|_| ()).await;
        late.is_done.notified().await;
        assert_eq!(rehearsal.ended, Some(Ended::Stopped));
        assert!(rehearsal.left_behind.is_empty() && is_empty(&client).await);
    }
}
