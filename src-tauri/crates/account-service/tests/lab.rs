//! The service verifies a domain by itself, against the real name servers of `tests/dns-lab`.
//!
//! `the_lab` starts the lab and this program again inside it, which then runs the test marked as ignored. Run outside
//! the lab that fails; it is never passed over.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use account_service::{Config, Running, Service, SystemClock};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

fn lab_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/dns-lab")
}

#[test]
fn the_lab() {
    let mut command = Command::new("bash");
    command.arg(lab_folder().join("up.sh")).arg(std::env::current_exe().unwrap());
    let output = command.arg("--ignored").output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(out.contains("test result: ok. 1 passed; 0 failed; 0 ignored"), "{out}\n{err}");
}

struct Account {
    running: Running,
    token: String,
}

impl Account {
    async fn post(&self, path: &str, body: Value) -> Value {
        let url = format!("http://{}/api/v1/accounts/contoso{path}", self.running.local_addr());
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let response = http
            .post(url)
            .bearer_auth(&self.token)
            .header("If-Match", "\"1\"")
            .json(&body)
            .send()
            .await
            .unwrap();
        assert!(response.status().is_success(), "{}", response.status());
        response.json().await.unwrap()
    }
}

#[tokio::test]
#[ignore = "runs inside the DNS lab, where the_lab starts it"]
async fn a_record_is_seen_on_the_delegated_name_servers() {
    let directory = tempfile::tempdir().unwrap();
    let dns = dns_walk::Config::from_env().unwrap();
    assert!(std::env::var_os("DNS_LAB").is_some(), "the test the_lab starts the lab");
    let running =
        Service::start(Config { dns, ..Config::local(directory.path()) }, SystemClock).await.unwrap();
    running.service.ensure_owner("ada@contoso.test", "Contoso", Some("contoso")).await.unwrap();
    let token = running.service.issue_access_token("ada@contoso.test").await.unwrap().expose().to_owned();
    let account = Account { running, token };

    let added = account.post("/domains", json!({ "name": "contoso.test" })).await;
    let value = added["domains"][0]["record"]["value"].as_str().unwrap();
    let before = account.post("/domains/contoso.test/verify", Value::Null).await;
    assert_eq!(before["domain"]["state"], "pending");
    assert!(!before["findings"].as_array().unwrap().is_empty());

    let mut publish = Command::new("bash");
    publish.arg(lab_folder().join("publish.sh")).args(["contoso.test", value]);
    assert!(publish.status().unwrap().success());
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let now = account.post("/domains/contoso.test/verify", Value::Null).await;
        if now["domain"]["state"] == "verified" {
            break;
        }
        // The second name server follows the first one in its own time.
        assert!(Instant::now() < deadline, "{now}");
    }
}
