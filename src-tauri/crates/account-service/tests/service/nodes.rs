//! Several processes over the same data: what one has done holds for the others, also when one is killed.

use crate::harness::{Answer, Harness, TestClock, Zone};
use crate::seven_steps::finish_all_steps;
use crate::sign_in::{activate, now, unasked};
use account_service::{Config, Database, Service};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use test_support::browser::Browser;
use test_support::identity_provider::post;
use tokio::io::AsyncReadExt;

const DATABASE: &str = "ACCOUNT_SERVICE_NODE_DATABASE";
const KEY: &str = "ACCOUNT_SERVICE_NODE_KEY";
const PUBLIC_URL: &str = "ACCOUNT_SERVICE_NODE_PUBLIC_URL";

/// Another process of the service, over the data of a test.
struct Node {
    child: Child,
    url: String,
    /// A node ends when nobody holds this any more.
    _stdin: ChildStdin,
    _stdout: BufReader<ChildStdout>,
}

impl Node {
    fn start(service: &Harness) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--ignored", "--nocapture", "--exact", "nodes::is_a_node"]);
        command.env(DATABASE, service.place.url()).env(KEY, service.place.key_file());
        command.env(PUBLIC_URL, service.running.service.public_url());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let stdin = child.stdin.take().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        let url = loop {
            line.clear();
            assert!(stdout.read_line(&mut line).unwrap() > 0, "the node has ended");
            // The name of the test may stand before it on its line.
            if let Some((_, url)) = line.split_once("listens at ") {
                break url.trim().to_owned();
            }
        };
        Self { child, url, _stdin: stdin, _stdout: stdout }
    }

    /// SIGKILL.
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // It may have been killed already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
#[ignore = "is the process that other tests start"]
async fn is_a_node() {
    let text = |name: &str| std::env::var(name).expect("another test starts it");
    let config = Config {
        database: Database::from_url(&text(DATABASE)).unwrap(),
        key_file: Some(text(KEY).into()),
        public_url: Some(text(PUBLIC_URL)),
        ..Config::local("")
    };
    let clock = Arc::new(TestClock::at_start());
    let running = Service::open_with(config, clock, Zone::default()).await.unwrap().run().await.unwrap();
    writeln!(std::io::stdout(), "listens at http://{}", running.local_addr()).unwrap();
    tokio::io::stdin().read_to_end(&mut Vec::new()).await.unwrap();
}

/// Who writes, where, and how far they all are.
struct Writers {
    nodes: [String; 2],
    http: reqwest::Client,
    /// The accounts with the tokens of their owners.
    accounts: [(String, String); 2],
    scim_token: String,
    rounds_done: AtomicUsize,
    a_node_is_gone: AtomicBool,
}

/// What one writer was told.
#[derive(Default)]
struct Told {
    domains: Vec<String>,
    versions: Vec<u64>,
    keys: Vec<(usize, String)>,
    users: Vec<usize>,
}

const WRITERS: usize = 4;
const ROUNDS: usize = 8;

impl Writers {
    /// Sends, and gives nothing back when the node is gone.
    async fn send(&self, request: reqwest::RequestBuilder) -> Option<Answer> {
        let gone = |error: reqwest::Error| {
            assert!(self.a_node_is_gone.load(Ordering::SeqCst), "{error}");
            None
        };
        let response = match request.send().await {
            Ok(response) => response,
            Err(error) => return gone(error),
        };
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        match response.text().await {
            Ok(text) => Some(Answer { status, headers, text }),
            Err(error) => gone(error),
        }
    }

    /// Sends what depends on nothing that was read, again while others are quicker.
    async fn based(
        &self,
        read: reqwest::RequestBuilder,
        write: impl Fn() -> reqwest::RequestBuilder,
    ) -> Option<Answer> {
        loop {
            let version = self.send(read.try_clone().unwrap()).await?;
            let answer = self.send(write().header("If-Match", version.header("etag"))).await?;
            if answer.status != 412 {
                return Some(answer);
            }
        }
    }

    async fn write(&self, writer: usize) -> Told {
        let mut told = Told::default();
        let (account, token) = &self.accounts[writer % 2];
        for round in 0..ROUNDS {
            let node = &self.nodes[(writer / 2 + round) % 2];
            let request = |method: Method, path: &str| {
                self.http
                    .request(method, format!("{node}/api/v1/accounts/{account}{path}"))
                    .bearer_auth(token)
            };
            let name = format!("d-{writer}-{round}.test");
            let added = self.based(request(Method::GET, "/integration"), || {
                request(Method::POST, "/domains").json(&json!({ "name": name }))
            });
            if let Some(answer) = added.await {
                assert_eq!(answer.status, 201, "{answer:?}");
                told.domains.push(name.clone());
            }
            // Two writers of an account start from the same version now and then.
            if let Some(read) = self.send(request(Method::GET, "/integration")).await {
                let groups =
                    json!({ "admins": { "name": format!("{writer}-{round}"), "id": "1" }, "users": null });
                let put =
                    request(Method::PUT, "/groups").header("If-Match", read.header("etag")).json(&groups);
                if let Some(answer) = self.send(put).await {
                    assert!([200, 412].contains(&answer.status), "{answer:?}");
                    told.versions
                        .extend((answer.status == 200).then(|| answer.json()["version"].as_u64().unwrap()));
                }
            }
            // Writers of two accounts want the same key on two nodes.
            let key = self.based(request(Method::GET, "/integration"), || {
                request(Method::POST, "/licence-keys").json(&json!({ "key": format!("KEY-{round:08}") }))
            });
            if let Some(answer) = key.await {
                assert!([200, 201, 409].contains(&answer.status), "{answer:?}");
                told.keys.extend((answer.status != 409).then(|| (round, account.clone())));
            }
            // All writers want the same user.
            let user = self.http.post(format!("{node}/scim/v2/Users")).bearer_auth(&self.scim_token);
            if let Some(answer) = self.send(user.json(&json!({ "userName": format!("U{round}") }))).await {
                assert!([201, 409].contains(&answer.status), "{answer:?}");
                told.users.extend((answer.status == 201).then_some(round));
            }
            self.rounds_done.fetch_add(1, Ordering::SeqCst);
        }
        told
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_nodes_one_is_killed_and_nothing_is_lost_or_done_twice() {
    let service = Harness::start().await;
    let inner = &service.running.service;
    inner.ensure_owner("mallory@fabrikam.test", "Fabrikam", Some("fabrikam")).await.unwrap();
    let fabrikam = inner.issue_access_token("mallory@fabrikam.test").await.unwrap().expose().to_owned();
    let scim_token =
        service.post("/scim/token", Value::Null).await.ok()["token"].as_str().unwrap().to_owned();
    let (steady, mut killed) = (Node::start(&service), Node::start(&service));
    let writers = Arc::new(Writers {
        nodes: [steady.url.clone(), killed.url.clone()],
        http: reqwest::Client::builder().no_proxy().build().unwrap(),
        accounts: [("contoso".to_owned(), service.token.clone()), ("fabrikam".to_owned(), fabrikam)],
        scim_token,
        rounds_done: AtomicUsize::new(0),
        a_node_is_gone: AtomicBool::new(false),
    });
    let start = |writer| {
        let writers = Arc::clone(&writers);
        tokio::spawn(async move { writers.write(writer).await })
    };
    let tasks: Vec<_> = (0..WRITERS).map(start).collect();
    while writers.rounds_done.load(Ordering::SeqCst) < WRITERS * ROUNDS / 3 {
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    writers.a_node_is_gone.store(true, Ordering::SeqCst);
    killed.kill();
    assert!(tasks.iter().any(|task| !task.is_finished()), "it was killed in the middle");
    let mut all = Vec::new();
    for task in tasks {
        all.push(task.await.unwrap());
    }

    for (place, (account, token)) in writers.accounts.iter().enumerate() {
        let told = || all.iter().skip(place).step_by(2);
        let url = format!("{}/api/v1/accounts/{account}/integration", steady.url);
        let integration = Answer::of(writers.http.get(url).bearer_auth(token)).await.ok();
        let domains = integration["domains"].as_array().unwrap();
        let domains: Vec<&str> = domains.iter().map(|domain| domain["name"].as_str().unwrap()).collect();
        for name in told().flat_map(|told| &told.domains) {
            assert!(domains.contains(&name.as_str()), "{name} was answered and is lost: {domains:?}");
        }
        let versions: Vec<u64> = told().flat_map(|told| told.versions.clone()).collect();
        let distinct: BTreeSet<u64> = versions.iter().copied().collect();
        assert_eq!(distinct.len(), versions.len(), "two writers were told the same version");
        // Every version was made by one write that is in the audit log, in order, and none is missing.
        let logged: Vec<i64> = sqlx::query_scalar(
            "SELECT version FROM audit WHERE account = $1 AND action IN ('domain.added', 'groups.changed', \
             'scim-token.issued', 'licence-key.registered') ORDER BY id",
        )
        .bind(account)
        .fetch_all(&service.database().await)
        .await
        .unwrap();
        let newest = integration["version"].as_i64().unwrap();
        assert_eq!(logged, (2..=newest).collect::<Vec<_>>(), "{account}");
    }
    let mut owners: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (key, account) in all.iter().flat_map(|told| told.keys.clone()) {
        owners.entry(key).or_default().insert(account);
    }
    assert!(owners.values().all(|accounts| accounts.len() == 1), "{owners:?}");
    let created: Vec<usize> = all.iter().flat_map(|told| told.users.clone()).collect();
    assert_eq!(created.iter().collect::<BTreeSet<_>>().len(), created.len(), "{created:?}");
    let users = writers.http.get(format!("{}/scim/v2/Users", steady.url)).bearer_auth(&writers.scim_token);
    assert_eq!(Answer::of(users).await.ok()["totalResults"], ROUNDS);
}

#[tokio::test]
async fn an_assertion_that_is_sent_to_all_nodes_at_once_is_taken_by_one() {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    service.put("/saml/options", json!({ "idp_initiated": true })).await.ok();
    activate(&service).await;
    let nodes = [Node::start(&service), Node::start(&service)];
    let [first, second] = [&nodes[0], &nodes[1]].map(|node| format!("{}/saml/contoso/acs", node.url));
    let rounds = 4;
    for _ in 0..rounds {
        let xml = unasked(&service, now()).await;
        let (mut one, mut other) = (Browser::default(), Browser::default());
        let (one, other) = tokio::join!(post(&mut one, &first, &xml), post(&mut other, &second, &xml));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 403], "{one:?} {other:?}");
        let refused = if one.status == 403 { one } else { other };
        assert!(refused.text.contains("sign-in-replayed"), "{refused:?}");
    }
    let database = service.database().await;
    let sessions: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sessions").fetch_one(&database).await.unwrap();
    assert_eq!(sessions, rounds);
}
