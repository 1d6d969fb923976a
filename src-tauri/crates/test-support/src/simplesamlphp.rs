//! SimpleSAMLphp from Debian, an identity provider that is not ours, served by PHP itself.

use crate::TestCertificate;
use crate::browser::{Browser, Shown};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// One that runs, with one user.
#[derive(Debug)]
pub struct SimpleSamlPhp {
    folder: tempfile::TempDir,
    url: String,
    php: Child,
}

impl Drop for SimpleSamlPhp {
    fn drop(&mut self) {
        let _ = self.php.kill();
        let _ = self.php.wait();
    }
}

impl SimpleSamlPhp {
    /// Starts one that signs with that key. Its user has that address and those groups.
    ///
    /// # Panics
    /// When PHP does not serve it within a minute.
    pub async fn start(own: &TestCertificate, email: &str, groups: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|one| one.local_addr()).expect("a port is free");
        let url = format!("http://{port}");
        for part in ["cert", "log", "data"] {
            std::fs::create_dir(folder.path().join(part)).expect("a folder can be made");
        }
        let php = serve(folder.path(), &url, port.port());
        let idp = Self { folder, url, php };
        idp.write("log/simplesamlphp.log", "");
        idp.write("service.json", &json!({ "entity_id": "none", "settings": {} }).to_string());
        idp.user(&json!({ "mail": [email], "groups": groups }));
        idp.signs_with(own, None);
        idp.wait().await;
        idp
    }

    async fn wait(&self) {
        let deadline = Instant::now() + Duration::from_secs(60);
        while reqwest::get(&self.metadata_url()).await.is_err() {
            assert!(
                Instant::now() < deadline,
                "PHP does not serve; is it there? cargo xtask test --only packages"
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).expect("a file can be written");
    }

    /// What the directory knows of the user: attributes with their values.
    pub fn user(&self, attributes: &Value) {
        self.write("user.json", &attributes.to_string());
    }

    /// Signs with the key of that certificate from now on; its metadata name another one besides, which is to come.
    pub fn signs_with(&self, own: &TestCertificate, next: Option<&TestCertificate>) {
        let mut settings = json!({});
        for (prefix, certificate) in [("", Some(own)), ("new_", next)] {
            let Some(certificate) = certificate else { continue };
            self.write(&format!("cert/{prefix}idp.pem"), &certificate.pem);
            self.write(&format!("cert/{prefix}idp.key.pem"), &certificate.key_pem);
            settings[format!("{prefix}certificate")] = format!("{prefix}idp.pem").into();
            settings[format!("{prefix}privatekey")] = format!("{prefix}idp.key.pem").into();
        }
        self.write("keys.json", &settings.to_string());
    }

    /// Makes a service known, with further settings of how it wants to be answered.
    pub fn knows(&self, entity_id: &str, acs_url: &str, further: &Value) {
        const EMAIL: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
        let mut settings = json!({
            "AssertionConsumerService": acs_url,
            "NameIDFormat": EMAIL,
            "authproc": { "3": { "class": "saml:AttributeNameID", "attribute": "mail", "Format": EMAIL } }
        });
        for (name, value) in further.as_object().into_iter().flatten() {
            settings[name] = value.clone();
        }
        let service = json!({ "entity_id": entity_id, "settings": settings });
        self.write("service.json", &service.to_string());
    }

    /// Where its metadata are; also its entity ID.
    pub fn metadata_url(&self) -> String {
        format!("{}/simplesaml/saml2/idp/metadata.php", self.url)
    }

    /// Its metadata.
    ///
    /// # Panics
    /// When it does not answer.
    pub async fn metadata(&self) -> String {
        let answer = reqwest::get(self.metadata_url()).await.expect("it answers");
        answer.text().await.expect("it answers with text")
    }

    /// Where a user signs out of everything; the browser comes back to that address below its own.
    pub fn sign_out_url(&self) -> String {
        let back = format!("{}/simplesaml/module.php/core/frontpage_welcome.php", self.url);
        let back: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
        format!("{}/simplesaml/saml2/idp/initSLO.php?RelayState={back}", self.url)
    }

    /// Whether an address is one of its own.
    pub fn has(&self, address: &url::Url) -> bool {
        address.as_str().starts_with(&self.url)
    }

    /// What it wrote down.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log/simplesamlphp.log")).unwrap_or_default()
    }

    /// From a page of a service that leads here through the login form to what the service says of the answer.
    ///
    /// # Panics
    /// When there is no login form, or no answer.
    pub async fn sign_in(&self, browser: &mut Browser, sent: Shown) -> Shown {
        let answer = self.answer(browser, sent).await;
        browser.press(&answer, &[]).await
    }

    /// The same up to the page that carries the answer.
    ///
    /// # Panics
    /// When there is no login form, or no answer.
    pub async fn answer(&self, browser: &mut Browser, sent: Shown) -> Shown {
        let login = browser.follow(sent).await;
        assert!(login.text.contains("password"), "{}\n{}", login.text, self.log());
        let filled = [("username", "student"), ("password", "studentpass")];
        let signed_in = browser.press(&login, &filled).await;
        let signed_in = browser.follow(signed_in).await;
        assert!(signed_in.field("SAMLResponse").is_some(), "{}\n{}", signed_in.text, self.log());
        signed_in
    }
}

fn serve(folder: &Path, url: &str, port: u16) -> Child {
    let config = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("simplesamlphp");
    let mut php = Command::new("php");
    php.args(["-d", "session.save_path=", "-S", &format!("127.0.0.1:{port}")]).arg(config.join("router.php"));
    php.env("SIMPLESAMLPHP_CONFIG_DIR", &config).env("IDP_FOLDER", folder).env("IDP_URL", url);
    let quiet = php.stdout(Stdio::null()).stderr(Stdio::null());
    quiet.spawn().expect("php is there; if not: cargo xtask test --only packages")
}
