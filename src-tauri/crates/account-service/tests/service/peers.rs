//! Answers made by identity provider libraries that are not ours: pysaml2, samlp and samlify. What they sign for, the
//! service takes; what was meant for somebody else, it refuses.

use crate::harness::{Harness, OWNER};
use crate::seven_steps::finish_all_steps;
use crate::sign_in::{ADMINS, begin, codes, test};
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use test_support::TestCertificate;
use test_support::browser::Browser;
use test_support::identity_provider::{ReceivedRequest, post};
use time::OffsetDateTime;
use vocabulary::Timestamp;

const IDP: &str = "https://idp.example/metadata";

/// A library by the script that has it answer.
const PEERS: [&str; 3] = ["pysaml2_answer.py", "samlp_answer.cjs", "samlify_answer.cjs"];

#[expect(clippy::disallowed_methods, reason = "the other side of this test has the real time")]
fn real_now() -> Timestamp {
    Timestamp::new(OffsetDateTime::now_utc())
}

/// Where they were installed: `test-peers` in the target folder, which holds this very program.
fn installed(what: &str) -> PathBuf {
    let program = std::env::current_exe().unwrap();
    let found = program.ancestors().nth(3).unwrap().join("test-peers").join(what);
    assert!(found.exists(), "{} is not there: cargo xtask test --only peers", found.display());
    found
}

fn command(script: &str) -> Command {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers");
    let is_python = script.ends_with(".py");
    let program = if is_python { installed("python/bin/python") } else { PathBuf::from("node") };
    let mut command = Command::new(program);
    if !is_python {
        command.env("NODE_PATH", installed("node/node_modules"));
    }
    command.arg(scripts.join(script));
    command
}

/// The response in XML.
fn answer(script: &str, asked: &Value) -> String {
    let mut peer =
        command(script).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    peer.stdin.take().unwrap().write_all(asked.to_string().as_bytes()).unwrap();
    let output = peer.wait_with_output().unwrap();
    assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
    saml_response::decode(String::from_utf8(output.stdout).unwrap().trim()).unwrap()
}

/// A service with the real time that has the peer's values.
async fn service_of(by: &TestCertificate) -> Harness {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    service.clock.forward(real_now().since(service.now()));
    let values = json!({
        "kind": "values", "entity_id": IDP, "sso_url": "https://idp.example/sso",
        "sso_binding": "http-redirect", "certificates": [by.pem],
    });
    service.put("/saml/identity-provider", values).await.ok();
    service
}

/// From the link of a test to what became of the peer's answer, whose wishes may be changed before.
async fn sign_in(
    service: &Harness,
    keys: &Path,
    script: &str,
    change: impl FnOnce(&mut Value),
) -> (u16, Value) {
    let (id, open_url) = begin(service, json!({ "purpose": "portal" })).await;
    let mut browser = Browser::default();
    let request = ReceivedRequest::of(&browser.get(&open_url).await);
    let mut asked = json!({
        "request_id": request.id, "acs": request.acs_url, "sp_entity_id": request.issuer,
        "idp_entity_id": IDP, "name_id": OWNER, "groups": [ADMINS], "sign_response": true,
        "key_file": keys.join("key.pem"), "cert_file": keys.join("cert.pem"),
        "sp_metadata": test_support::metadata::sp(&request.issuer, &request.acs_url),
    });
    change(&mut asked);
    let page = post(&mut browser, &request.acs_url, &answer(script, &asked)).await;
    (page.status, test(service, &id).await)
}

#[tokio::test]
async fn the_answers_of_other_libraries_sign_people_in() {
    let day = |days| real_now().plus(time::Duration::days(days));
    let by = test_support::certificate("Peer", day(-1), day(300));
    let keys = tempfile::tempdir().unwrap();
    std::fs::write(keys.path().join("key.pem"), &by.key_pem).unwrap();
    std::fs::write(keys.path().join("cert.pem"), &by.pem).unwrap();
    let service = service_of(&by).await;
    for script in PEERS {
        let (status, passed) = sign_in(&service, keys.path(), script, |_| ()).await;
        assert_eq!((status, &passed["state"]), (200, &json!("passed")), "{script}: {passed:#}");
        assert_eq!(passed["answer"]["subject"]["name_id"], OWNER, "{script}");
        assert_eq!(passed["answer"]["role"], "administrator", "{script}");
        // samlify's assertions do not say how somebody signed in, which is remarked on and no more.
        let remarks: &[&str] = if script.starts_with("samlify") { &["response-no-sign-in"] } else { &[] };
        assert_eq!(codes(&passed), remarks, "{script}");

        let elsewhere = |asked: &mut Value| {
            let metadata = asked["sp_metadata"].as_str().unwrap();
            let own = asked["sp_entity_id"].as_str().unwrap();
            asked["sp_metadata"] = metadata.replace(own, "https://other.example/saml").into();
            asked["sp_entity_id"] = "https://other.example/saml".into();
        };
        let (_, refused) = sign_in(&service, keys.path(), script, elsewhere).await;
        assert!(codes(&refused).contains(&"response-audience".to_owned()), "{script}");
        let (_, refused) =
            sign_in(&service, keys.path(), script, |asked| asked["request_id"] = "_old".into()).await;
        assert!(
            codes(&refused).contains(&"response-in-response-to".to_owned()),
            "{script}: {:?}",
            codes(&refused)
        );
    }
}
