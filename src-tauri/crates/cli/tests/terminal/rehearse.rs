//! Provisioning rehearsed against the service of this program, and against a SCIM server that is not ours.

use crate::account_service::Served;
use crate::common::{Run, finished, program};
use serde_json::Value;
use std::io::{BufRead as _, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const VARIABLE: &str = "REHEARSAL_TOKEN";

fn arguments<'a>(base: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["scim", "rehearse", "--base-url", base, "--token-env", VARIABLE], more].concat()
}

fn rehearse(base: &str, token: &str, more: &[&str]) -> Run {
    finished(program(&arguments(base, more)).env(VARIABLE, token).output().unwrap())
}

fn failed(document: &Value) -> Vec<&str> {
    let checks = document["checks"].as_array().unwrap().iter();
    checks.filter(|one| one["ok"] == false).map(|one| one["id"].as_str().unwrap()).collect()
}

#[test]
fn our_own_service_passes_whole_and_is_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start(folder.path());
    let token = served.scim_token(&folder);
    let base = format!("{}/scim/v2", served.public_url);
    let run = rehearse(&base, &token, &["--json"]);
    let document = run.json();
    assert_eq!((run.status, failed(&document)), (0, Vec::<&str>::new()), "{run:?}");
    assert_eq!((&document["failed"], &document["left_behind"]), (&0.into(), &Value::Array(Vec::new())));
    assert_eq!(document["passed"], document["checks"].as_array().unwrap().len());
    assert!(document["checks"].as_array().unwrap().iter().all(|one| one["detail"] != ""), "{document:#}");
    assert!(!run.out.contains(&token) && !run.err.contains(&token));
    assert!(served.ask("/scim/v2/Users", Some(&token)).contains("\"totalResults\":0"));

    let text = rehearse(&base, &token, &["--as", "okta"]);
    assert_eq!(text.status, 0, "{text:?}");
    assert!(text.out.contains("0 failed") && text.err.contains("Okta: Empties the group: good"), "{text:?}");

    let refused = rehearse(&base, "wrong", &["--json"]);
    assert_eq!((refused.status, &refused.json()["failed"]), (1, &1.into()), "{refused:?}");
    assert_eq!(refused.json()["findings"][0]["code"], "rehearsal-token-refused");
}

#[cfg(unix)]
#[test]
fn ctrl_c_takes_away_what_was_made() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start(folder.path());
    let token = served.scim_token(&folder);
    let base = format!("{}/scim/v2", served.public_url);
    let mut child = program(&arguments(&base, &[])).env(VARIABLE, &token).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("Makes a group")));
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    // Whoever runs it reads on.
    lines.for_each(drop);
    let run = finished(child.wait_with_output().unwrap());
    assert_eq!(run.status, 3, "{run:?}");
    assert!(run.out.contains("what it made is taken away again"), "{run:?}");
    for list in ["/scim/v2/Users", "/scim/v2/Groups"] {
        assert!(served.ask(list, Some(&token)).contains("\"totalResults\":0"), "{list}");
    }
}

#[test]
fn what_cannot_be_asked_is_told_apart() {
    let code = |run: &Run| run.json()["error"]["code"].as_str().unwrap().to_owned();
    let unset = finished(program(&arguments("https://id.example/scim", &["--json"])).output().unwrap());
    assert_eq!((unset.status, code(&unset)), (2, "scim-token-variable-missing".to_owned()));
    let plain = rehearse("http://id.example/scim", "t", &["--json"]);
    assert_eq!((plain.status, code(&plain)), (2, "scim-address-not-https".to_owned()));
    let none = rehearse("id.example", "t", &["--json"]);
    assert_eq!((none.status, code(&none)), (2, "scim-address-invalid".to_owned()));
    let domain = rehearse("https://id.example", "t", &["--json", "--email-domain", "a b"]);
    assert_eq!((domain.status, code(&domain)), (2, "scim-email-domain-invalid".to_owned()));
    let closed = rehearse("http://127.0.0.1:9/scim", "t", &["--json"]);
    assert_eq!((closed.status, code(&closed)), (3, "scim-unreachable".to_owned()));
}

/// `scim2-server`, in memory.
struct Stranger {
    child: Child,
    base: String,
}

impl Stranger {
    fn start(token: &str) -> Self {
        let program = scripts().join("scim2-server");
        assert!(
            program.is_file(),
            "{} is missing: cargo xtask test --only python-packages",
            program.display()
        );
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new(program);
        command.args(["--port", &port.to_string(), "--bearer-token", token]);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let stranger = Self { child, base: format!("http://127.0.0.1:{port}/v2") };
        let deadline = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < deadline, "scim2-server does not serve");
            std::thread::sleep(Duration::from_millis(50));
        }
        stranger
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("test-python/bin")
}

#[test]
fn a_server_of_others_is_told_what_entra_and_okta_would_not_get_done() {
    let stranger = Stranger::start("hush");
    let run = rehearse(&stranger.base, "hush", &["--json"]);
    let document = run.json();
    assert_eq!(run.status, 1, "{run:?}");
    // RFC 7644 allows all of these refusals; Entra and PingOne send it nevertheless.
    let expected = [
        "entra.element-made",
        "entra.manager-text",
        "entra.members-remove-list",
        "entra.lookup-reference",
        "pingone.two-primary",
    ];
    assert_eq!(failed(&document), expected, "{document:#}");
    assert_eq!((&document["failed"], &document["not_tried"]), (&4.into(), &1.into()));
    assert_eq!(document["findings"][2]["code"], "rehearsal-members-remove-list");
    assert!(document["findings"][2]["fix"].as_str().unwrap().contains("?aadOptscim062020"));
    assert_eq!(document["left_behind"], Value::Array(Vec::new()));
}
