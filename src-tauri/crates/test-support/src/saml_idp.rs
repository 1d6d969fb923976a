//! saml-idp from npm, an identity provider that is not ours: its own pages and settings, and the library samlp below.

use crate::TestCertificate;
use crate::browser::{Browser, Shown};
use crate::peers::{For, installed};
use serde_json::json;
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// One that runs, with one user and one service.
#[derive(Debug)]
pub struct SamlIdp {
    folder: tempfile::TempDir,
    url: String,
    node: Child,
}

impl Drop for SamlIdp {
    fn drop(&mut self) {
        let _ = self.node.kill();
        let _ = self.node.wait();
    }
}

/// Its entity ID.
pub const ENTITY_ID: &str = "urn:example:saml-idp";

impl SamlIdp {
    /// Starts one that signs with that key for that service. Its user has that address and those groups.
    ///
    /// # Panics
    /// When it does not serve within a minute, or is not installed.
    pub async fn start(own: &TestCertificate, service: For<'_>, email: &str, groups: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let write = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).expect("a file can be written");
        };
        let attribute = |id: &str, many: bool| json!({ "id": id, "displayName": id, "multiValue": many });
        let user = json!({
            "userName": email, "nameIdFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
            "email": email, "displayName": "Ada Lovelace", "groups": groups.join(","),
        });
        let attributes =
            [attribute("email", false), attribute("displayName", false), attribute("groups", true)];
        write("config.json", &json!({ "user": user, "metadata": attributes }).to_string());
        write("key.pem", &own.key_pem);
        write("cert.pem", &own.pem);
        let node = serve(folder.path(), service);
        let mut idp = Self { folder, url: String::new(), node };
        idp.url = idp.served();
        idp
    }

    /// The address that it tells when it serves. It takes a free port by itself.
    fn served(&mut self) -> String {
        const TELLS: &str = "IdP server ready at";
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let log = self.log();
            let told = log.split_once(TELLS).and_then(|(_, rest)| rest.split_once("localhost:"));
            let port = told.and_then(|(_, rest)| rest.split_once('\n'));
            if let Some((port, _)) = port {
                return format!("http://127.0.0.1:{}", port.trim());
            }
            let ended = self.node.try_wait().expect("its state is known");
            assert!(ended.is_none() && Instant::now() < deadline, "it does not serve: {ended:?}\n{log}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What it wrote down.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Its metadata.
    ///
    /// # Panics
    /// When it does not answer.
    pub async fn metadata(&self) -> String {
        Browser::default().get(&format!("{}/metadata", self.url)).await.text
    }

    /// Saves its page of settings, with those changed; they hold until they are changed again.
    ///
    /// # Panics
    /// When it does not take them.
    pub async fn set(&self, settings: &[(&str, &str)]) {
        let fields: Vec<_> = settings.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let saved = Browser::default().post(&format!("{}/settings", self.url), &fields).await;
        assert_eq!(saved.status, 302, "{saved:?}");
    }

    /// From a page of a service that leads here through its form, where the user types that, to what the service says
    /// of the answer.
    ///
    /// # Panics
    /// When there is no form, or no answer.
    pub async fn sign_in(&self, browser: &mut Browser, sent: Shown, typed: &[(&str, &str)]) -> Shown {
        let mut page = browser.follow(sent).await;
        let form = page.text.find("<form action=\"/signin\"");
        let form = form.unwrap_or_else(|| panic!("{page:?}\n{}", self.log()));
        // Above it the page shows the request, as a form too.
        page.text.drain(..form);
        let answer = browser.press(&page, typed).await;
        assert!(answer.field("SAMLResponse").is_some(), "{answer:?}\n{}", self.log());
        browser.press(&answer, &[]).await
    }
}

fn serve(folder: &Path, service: For<'_>) -> Child {
    let log = File::create(folder.join("log")).expect("a file can be made");
    let errors = log.try_clone().expect("a file can be shared");
    let mut node = Command::new("node");
    node.arg("--no-deprecation").arg(installed("node/node_modules/saml-idp/bin/run.js"));
    node.args(["--host", "127.0.0.1", "--port", "0", "--issuer", ENTITY_ID]);
    node.args(["--audience", service.entity_id, "--acsUrl", service.acs_url]);
    node.args(["--key", "key.pem", "--cert", "cert.pem", "--configFile"]).arg(folder.join("config.json"));
    let node = node.current_dir(folder).env_remove("PORT").env_remove("HOST");
    let quiet = node.stdin(Stdio::null()).stdout(log).stderr(errors);
    quiet.spawn().expect("node is there; if not: cargo xtask test --only packages")
}
