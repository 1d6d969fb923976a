//! Libraries that are not ours, as identity providers: pysaml2, samlp and samlify, and signxml. Each is asked by a script in the
//! folder `peers`, with JSON on standard input.

use crate::TestCertificate;
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The entity ID of all of them.
pub const IDP: &str = "https://idp.example/metadata";

/// The scripts that answer a sign-in request.
pub const ANSWERS: [&str; 4] =
    ["pysaml2_answer.py", "samlp_answer.cjs", "samlify_answer.cjs", "signxml_answer.py"];

/// Something that was set up wrongly, and the finding that says so.
pub type Mistake = (fn(&mut Value), &'static str);

/// What can be set up wrongly in all of them.
pub const MISTAKES: [Mistake; 4] = [
    (
        |asked| {
            let metadata = asked["sp_metadata"].as_str().unwrap_or_default();
            let own = asked["sp_entity_id"].as_str().unwrap_or_default();
            asked["sp_metadata"] = metadata.replace(own, "https://other.example/saml").into();
            asked["sp_entity_id"] = "https://other.example/saml".into();
        },
        "response-audience",
    ),
    (|asked| asked["idp_entity_id"] = "https://other.example/idp".into(), "response-issuer"),
    (
        |asked| {
            let elsewhere = format!("{}/", asked["acs"].as_str().unwrap_or_default());
            asked["acs"] = elsewhere.into();
        },
        "response-recipient",
    ),
    (|asked| asked["request_id"] = "_old".into(), "response-in-response-to"),
];

/// A service that answers are made for.
#[derive(Debug, Clone, Copy)]
pub struct For<'a> {
    /// The request that is answered.
    pub request_id: &'a str,
    /// Its assertion consumer service.
    pub acs_url: &'a str,
    /// Its entity ID.
    pub entity_id: &'a str,
}

/// The key that all of them sign with.
#[derive(Debug)]
pub struct Peers {
    /// Its certificate.
    pub certificate: TestCertificate,
    folder: tempfile::TempDir,
}

impl Peers {
    /// Peers with the key of that certificate.
    ///
    /// # Panics
    /// When no file can be written.
    pub fn new(certificate: TestCertificate) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text);
        write("key.pem", &certificate.key_pem).expect("a file can be written");
        write("cert.pem", &certificate.pem).expect("a file can be written");
        Self { certificate, folder }
    }

    /// What a peer is asked: an answer about a user with those groups. Any of it may be changed.
    pub fn asked(&self, service: For<'_>, email: &str, groups: &[&str]) -> Value {
        let mut asked = self.keys();
        let more = json!({
            "request_id": service.request_id, "acs": service.acs_url, "sp_entity_id": service.entity_id,
            "name_id": email, "groups": groups, "sign_response": true,
            "sp_metadata": crate::metadata::sp(service.entity_id, service.acs_url),
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            asked[name] = value.clone();
        }
        asked
    }

    /// Who the peer is, and where its key lies.
    pub fn keys(&self) -> Value {
        let file = |name: &str| self.folder.path().join(name);
        json!({ "idp_entity_id": IDP, "key_file": file("key.pem"), "cert_file": file("cert.pem") })
    }
}

/// Has a script do what it is asked.
///
/// # Errors
/// What it wrote when it failed.
///
/// # Panics
/// When the peers are not installed.
pub fn run(script: &str, asked: &Value) -> Result<String, String> {
    let piped = command(script).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut peer = piped.expect("it can be started; if not: cargo xtask test --only packages");
    // A script that fails at once does not read; what it wrote says why.
    let _ = peer.stdin.take().expect("its input is piped").write_all(asked.to_string().as_bytes());
    let output = peer.wait_with_output().expect("it ends");
    if !output.status.success() {
        return Err(format!("{script}: {}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(String::from_utf8(output.stdout).expect("it writes text").trim().to_owned())
}

fn command(script: &str) -> Command {
    if !script.ends_with(".py") {
        return node(script);
    }
    let mut command = Command::new(installed("python/bin/python"));
    command.arg(path(script));
    command
}

/// A script for Node.js with what is installed for it, not started yet.
pub(crate) fn node(script: &str) -> Command {
    let mut command = Command::new("node");
    command.env("NODE_PATH", installed("node/node_modules")).arg(path(script));
    command
}

fn path(script: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(script)
}

/// Where they were installed: `test-peers` in the target folder, which holds this very program.
pub(crate) fn installed(what: &str) -> PathBuf {
    let program = std::env::current_exe().expect("a program knows where it lies");
    let target = program.ancestors().nth(3).expect("tests lie in the target folder");
    let found = target.join("test-peers").join(what);
    assert!(found.exists(), "{} is not there: cargo xtask test --only peers", found.display());
    found
}
