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

#[tokio::test]
async fn nothing_that_was_answered_is_lost() {
    let directory = tempfile::tempdir().unwrap();
    for round in 0..3 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--nocapture", "writes_until_killed"])
            .env(DIRECTORY, directory.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        // The name of the test may stand before the first one on its line.
        let answered = lines.filter_map(|line| Some(line.rsplit_once("answered ")?.1.to_owned()));
        let answered: Vec<String> = answered.take(10 + round * 5).collect();
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(answered.len(), 10 + round * 5, "it was killed, and did not end by itself");

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
#[ignore = "is the service that the other test kills"]
async fn writes_until_killed() {
    let directory =
        std::env::var_os(DIRECTORY).expect("the test nothing_that_was_answered_is_lost starts it");
    let (running, token) = start(Path::new(&directory)).await;
    let url = format!("http://{}/api/v1/accounts/contoso/domains", running.local_addr());
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    loop {
        let name = format!("d{}.test", uuid::Uuid::new_v4().simple());
        let response =
            http.post(&url).bearer_auth(&token).json(&json!({ "name": name })).send().await.unwrap();
        assert_eq!(response.status(), 201);
        writeln!(std::io::stdout(), "answered {name}").unwrap();
    }
}
