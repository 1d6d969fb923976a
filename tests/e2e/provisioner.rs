//! The identity provider's side of provisioning: requests from outside of the program, as its cloud sends them.

use crate::app::App;
use crate::desktop;
use serde_json::{Value, json};
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

/// The schema of a user (RFC 7643 section 4.1).
pub(crate) const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// The schema of a group (RFC 7643 section 4.2).
pub(crate) const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/// An identity provider that was given the SCIM base URL and the bearer token.
pub(crate) struct Provisioner {
    base: String,
    token: String,
}

impl Provisioner {
    /// Makes a bearer token and carries it and the base URL over the clipboard; neither the page nor the project's
    /// file shows the token.
    pub(crate) async fn carried_by(app: &App) -> Self {
        app.press("Make bearer token").await;
        app.see("ends in ").await;
        app.press("Copy Bearer Token").await;
        app.see("Copied").await;
        let token = desktop::clipboard();
        assert!(token.len() >= 32, "{} characters on the clipboard", token.len());
        assert!(!app.words().await.contains(&token) && !app.saved().contains(&token));
        app.press("Copy SCIM Base URL").await;
        let mut base = desktop::clipboard();
        while base == token {
            tokio::time::sleep(Duration::from_millis(50)).await;
            base = desktop::clipboard();
        }
        Self { base, token }
    }

    /// What is found; the filter is percent-encoded on the way.
    pub(crate) fn find(&self, path: &str, filter: &str, rest: &str) -> Vec<Value> {
        let filter: String = filter.bytes().map(encoded).collect();
        let found = self.get(&format!("{path}?filter={filter}{rest}"));
        found["Resources"].as_array().cloned().unwrap_or_default()
    }

    pub(crate) fn get(&self, path: &str) -> Value {
        self.send("GET", path, None, &[200])
    }

    /// Makes a resource and returns its `id`.
    pub(crate) fn post(&self, path: &str, resource: &Value) -> String {
        let made = self.send("POST", path, Some(resource), &[201]);
        made["id"].as_str().expect("a resource has an id").to_owned()
    }

    pub(crate) fn put(&self, path: &str, resource: &Value) -> Value {
        self.send("PUT", path, Some(resource), &[200])
    }

    /// The resource, or null where the service only says that it is done (RFC 7644, section 3.5.2).
    pub(crate) fn patch(&self, path: &str, operations: &Value) -> Value {
        let body = json!({ "schemas": [PATCH], "Operations": operations });
        self.send("PATCH", path, Some(&body), &[200, 204])
    }

    /// Sends one request; any other status than the wanted ones ends the test.
    fn send(&self, method: &str, path: &str, body: Option<&Value>, wanted: &[u16]) -> Value {
        let quoted = |text: &str| Value::from(text).to_string();
        let mut config = format!(
            "url = {}\nrequest = {method}\nheader = {}\nheader = \"Content-Type: application/scim+json\"\n",
            quoted(&format!("{}{path}", self.base)),
            quoted(&format!("Authorization: Bearer {}", self.token)),
        );
        if let Some(body) = body {
            config += &format!("data = {}\n", quoted(&body.to_string()));
        }
        let mut curl = Command::new("curl")
            .args(["--silent", "--show-error", "--noproxy", "*", "--write-out", "\n%{http_code}"])
            .args(["--config", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("curl is missing: apt-get install curl");
        curl.stdin.take().unwrap().write_all(config.as_bytes()).unwrap();
        let said = String::from_utf8(curl.wait_with_output().unwrap().stdout).unwrap();
        let (body, status) = said.rsplit_once('\n').unwrap();
        assert!(wanted.iter().any(|wanted| status == wanted.to_string()), "{method} {path}: {status} {body}");
        if body.is_empty() { Value::Null } else { serde_json::from_str(body).unwrap() }
    }
}

fn encoded(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}
