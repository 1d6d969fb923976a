//! Requests that nobody would think of, made out of the OpenAPI document by `schemathesis`.

use crate::harness::{Answer, Harness};
use reqwest::Method;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;
use tokio::process::Command;

/// What has to hold for every answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance,ignored_auth";

/// Whoever knows nothing of the account never gets past its name.
const KNOWN: [(&str, &[&str]); 3] = [
    ("account", &["contoso"]),
    ("domain", &["contoso.test", "fabrikam.test"]),
    ("step", &["domains", "app", "users", "scim"]),
];

/// Routes that are tried with what they take, too.
const REACHED: [(&str, &str); 5] = [
    ("POST", "domains"),
    ("PUT", "groups"),
    ("PUT", "saml/options"),
    ("PUT", "scim"),
    ("POST", "deactivate"),
];

/// It takes ten seconds where nothing else is done.
const HANGS: Duration = Duration::from_secs(240);

fn program() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let program = target.join("test-python/bin/schemathesis");
    assert!(program.is_file(), "{} is missing: cargo xtask test --only python-packages", program.display());
    program
}

/// The service's own document, in which an account, two domains and the steps are named.
async fn document(service: &Harness) -> Value {
    let mut document = Answer::of(service.request(Method::GET, "/openapi.json")).await.ok();
    for operation in document["paths"].as_object_mut().unwrap().values_mut() {
        for method in operation.as_object_mut().unwrap().values_mut() {
            let parameters = method.get_mut("parameters").and_then(Value::as_array_mut);
            let parameters = parameters.into_iter().flatten();
            for parameter in parameters.filter(|parameter| parameter["in"] == "path") {
                let known = KNOWN.iter().find(|(name, _)| parameter["name"] == *name);
                if let Some((_, values)) = known {
                    parameter["schema"]["enum"] = json!(values);
                }
            }
        }
    }
    document["components"]["schemas"]["AddDomain"]["properties"]["name"]["enum"] = json!(KNOWN[1].1);
    document
}

async fn tried(service: &Harness) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("openapi.json", &document(service).await.to_string());
    write("current_version.py", include_str!("../fixtures/current_version.py"));
    // Not by arguments, which everybody on the computer sees.
    write("schemathesis.toml", "[headers]\nAuthorization = \"Bearer ${TOKEN}\"\n");
    let mut command = Command::new(program());
    command
        .args(["run", "openapi.json", "--url", &service.url(""), "--checks", CHECKS])
        // The same requests every time, so that a failure can be had again.
        .args(["--seed=1", "--max-examples=4", "--phases=coverage,fuzzing,stateful", "--no-shrink"])
        .args(["--continue-on-failure", "--suppress-health-check=all", "--request-timeout=60"])
        .env("SCHEMATHESIS_HOOKS", "current_version")
        .env("INTEGRATION", service.url("/api/v1/accounts/contoso/integration"))
        .env("TOKEN", &service.token)
        .env("NO_PROXY", "*")
        .current_dir(folder.path())
        .kill_on_drop(true);
    tokio::time::timeout(HANGS, command.output()).await.expect("schemathesis hangs").unwrap()
}

#[tokio::test]
async fn no_request_that_can_be_made_out_of_the_document_fails_the_service() {
    let service = Harness::start().await;
    let output = tried(&service).await;
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");
    let metrics = Answer::of(service.anonymous(Method::GET, "/metrics")).await.text;
    for (method, route) in REACHED {
        let done = format!("method=\"{method}\",route=\"/api/v1/accounts/{{account}}/{route}\",status=\"20");
        assert!(metrics.contains(&done), "{method} {route} was never done: {said}{metrics}");
    }
    assert!(!metrics.contains("status=\"5"), "{said}{metrics}");
}
