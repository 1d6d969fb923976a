//! What was answered is kept when the service is killed in the middle of writing.
//!
//! The first test starts this program again as the service that is killed.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use account_service::{Config, Service, SystemClock};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

const DIRECTORY: &str = "ACCOUNT_SERVICE_KILL_TEST";

async fn start(directory: &Path) -> (account_service::Running, String) {
    let running = Service::start(Config::local(directory), SystemClock).await.unwrap();
    running.service.ensure_owner("ada@contoso.test", "Contoso", Some("contoso")).await.unwrap();
    let token = running.service.issue_access_token("ada@contoso.test").await.unwrap();
    (running, token.expose().to_owned())
}

/// Starts this program again as one of the services below, kills it once it has answered so many requests, and says which.
fn answered_before_kill(service: &str, directory: &Path, count: usize) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--nocapture", service])
        .env(DIRECTORY, directory)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    // The name of the test may stand before the first one on its line.
    let answered = lines.filter_map(|line| Some(line.rsplit_once("answered ")?.1.to_owned()));
    let answered: Vec<String> = answered.take(count).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(answered.len(), count, "it was killed, and did not end by itself");
    answered
}

#[tokio::test]
async fn nothing_that_was_answered_is_lost() {
    let directory = tempfile::tempdir().unwrap();
    for round in 0..3 {
        let answered = answered_before_kill("writes_until_killed", directory.path(), 10 + round * 5);
        let (running, token) = start(directory.path()).await;
        let url = format!("http://{}/api/v1/accounts/contoso/integration", running.local_addr());
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let integration: Value = http.get(url).bearer_auth(token).send().await.unwrap().json().await.unwrap();
        let domains = integration["domains"].as_array().unwrap();
        let is_kept = |name: &String| domains.iter().any(|domain| domain["name"] == **name);
        assert!(answered.iter().all(is_kept), "{answered:?} {domains:?}");
        assert_eq!(integration["version"], domains.len() + 1, "one version each, none half-written");
        running.stop().await.unwrap();
    }
}

#[tokio::test]
async fn nothing_that_was_answered_out_of_one_commit_is_lost() {
    let directory = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let answered = answered_before_kill("provisions_until_killed", directory.path(), 60);
        let (running, token) = start(directory.path()).await;
        let (base, http) = (format!("http://{}", running.local_addr()), reqwest::Client::new());
        let token = scim_token(&base, &token).await;
        for name in answered {
            let url = format!("{base}/scim/v2/Users?filter=userName%20eq%20%22{name}%22");
            let found = http.get(url).bearer_auth(&token).send().await.unwrap();
            let found: Value = found.json().await.unwrap();
            assert_eq!(found["totalResults"], 1, "{name} {found}");
        }
        running.stop().await.unwrap();
    }
}

async fn scim_token(base: &str, token: &str) -> String {
    let (account, http) = (format!("{base}/api/v1/accounts/contoso"), reqwest::Client::new());
    let read = http.get(format!("{account}/integration")).bearer_auth(token).send().await.unwrap();
    let issue = http.post(format!("{account}/scim/token")).bearer_auth(token);
    let issued = issue.header("If-Match", &read.headers()["etag"]).send().await.unwrap();
    assert!(issued.status().is_success());
    issued.json::<Value>().await.unwrap()["token"].as_str().unwrap().to_owned()
}

/// Written by the version before there was PostgreSQL.
const OLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/before-postgresql.sqlite");

#[tokio::test]
async fn a_file_of_the_version_before_opens_with_its_data() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::copy(OLD, directory.path().join("account-service.sqlite")).unwrap();
    let running = Service::start(Config::local(directory.path()), SystemClock).await.unwrap();
    let (base, http) =
        (format!("http://{}", running.local_addr()), reqwest::Client::builder().no_proxy().build().unwrap());
    let read = async |path: &str, token: &str| -> Value {
        let answer = http.get(format!("{base}{path}")).bearer_auth(token).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    };
    let token = "mAjI925Oq0vaspld-ftMeBVsvdJQpoDq2EMqgRoZDk0";
    let account = "/api/v1/accounts/contoso-ltd-9220";
    let integration = read(&format!("{account}/integration"), token).await;
    assert_eq!(integration["organization"], "Contoso Ltd.");
    assert_eq!(integration["version"], 4);
    assert_eq!(integration["domains"][0]["name"], "contoso.test");
    assert_eq!(integration["groups"]["admins"]["name"], "Parallels Admins");
    assert_eq!(read(&format!("{account}/licence-keys"), token).await[0]["name"], "Desktop");
    assert_eq!(read(&format!("{account}/users"), token).await[1]["email"], "grace@contoso.test");
    let audit = read(&format!("{account}/audit"), token).await;
    assert_eq!(audit["entries"].as_array().unwrap().len(), 6, "{audit}");
    let groups = read("/scim/v2/Groups", "8f38XXUuNvDb79wBb4GfjVl_BdPy-PsYO1A27ux4Pkc").await;
    assert_eq!(groups["Resources"][0]["members"].as_array().unwrap().len(), 1, "{groups}");
    running.stop().await.unwrap();
}

#[tokio::test]
async fn a_kill_while_the_schema_is_brought_up_to_date_leaves_a_whole_file() {
    let mut unfinished = 0;
    for wait in (0..60).step_by(2) {
        let directory = tempfile::tempdir().unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--nocapture", "opens_and_closes"])
            .env(DIRECTORY, directory.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let _opening = lines.take_while(|line| !line.ends_with("opening")).count();
        std::thread::sleep(std::time::Duration::from_micros(500 * wait));
        child.kill().unwrap();
        unfinished += usize::from(!child.wait().unwrap().success());
        let (running, _) = start(directory.path()).await;
        running.stop().await.unwrap();
    }
    assert!(unfinished > 5, "most were killed before they were done: {unfinished}");
}

#[tokio::test]
async fn two_programs_that_open_a_new_file_at_once_both_get_it() {
    for _ in 0..5 {
        let directory = tempfile::tempdir().unwrap();
        let open = || Service::open(Config::local(directory.path()), SystemClock);
        let (one, two, three) = tokio::join!(open(), open(), open());
        for service in [one.unwrap(), two.unwrap(), three.unwrap()] {
            service.ensure_owner("ada@contoso.test", "Contoso", Some("contoso")).await.unwrap();
            service.close().await;
        }
    }
}

#[tokio::test]
#[ignore = "is the program that another test kills"]
async fn opens_and_closes() {
    let directory = std::env::var_os(DIRECTORY).expect("another test starts it");
    writeln!(std::io::stdout(), "opening").unwrap();
    Service::open(Config::local(Path::new(&directory)), SystemClock).await.unwrap().close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "is the service that another test kills"]
async fn provisions_until_killed() {
    let directory = std::env::var_os(DIRECTORY).expect("another test starts it");
    let (running, token) = start(Path::new(&directory)).await;
    let base = format!("http://{}", running.local_addr());
    let token = scim_token(&base, &token).await;
    let mut providers = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (base, token, http) = (base.clone(), token.clone(), reqwest::Client::new());
        providers.spawn(async move {
            loop {
                let name = uuid::Uuid::new_v4().simple().to_string();
                let create = http.post(format!("{base}/scim/v2/Users")).bearer_auth(&token);
                let response = create.json(&json!({ "userName": name })).send().await.unwrap();
                assert_eq!(response.status(), 201);
                writeln!(std::io::stdout(), "answered {name}").unwrap();
            }
        });
    }
    while providers.join_next().await.is_some() {}
}

#[tokio::test]
#[ignore = "is the service that the other test kills"]
async fn writes_until_killed() {
    let directory =
        std::env::var_os(DIRECTORY).expect("the test nothing_that_was_answered_is_lost starts it");
    let (running, token) = start(Path::new(&directory)).await;
    let url = format!("http://{}/api/v1/accounts/contoso/domains", running.local_addr());
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let integration = url.replace("/domains", "/integration");
    let read = http.get(integration).bearer_auth(&token).send().await.unwrap();
    let mut version = read.headers()["etag"].clone();
    loop {
        let name = format!("d{}.test", uuid::Uuid::new_v4().simple());
        let add = http.post(&url).bearer_auth(&token).header("If-Match", &version);
        let response = add.json(&json!({ "name": name })).send().await.unwrap();
        assert_eq!(response.status(), 201);
        version = response.headers()["etag"].clone();
        writeln!(std::io::stdout(), "answered {name}").unwrap();
    }
}
