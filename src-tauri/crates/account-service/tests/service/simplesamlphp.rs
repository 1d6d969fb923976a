//! Whole sign-ins through SimpleSAMLphp, an identity provider that is not ours: signed, encrypted, with signed requests.

use crate::harness::{Answer, Harness, OWNER};
use crate::seven_steps::finish_all_steps;
use crate::sign_in::{ADMINS, begin, codes, test};
use reqwest::Method;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use test_support::browser::{Browser, Shown};
use time::OffsetDateTime;
use vocabulary::Timestamp;

/// SimpleSAMLphp from Debian, served by PHP itself.
struct SimpleSamlPhp {
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
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let own = test_support::certificate(
            "SimpleSAMLphp",
            real_now().plus(-time::Duration::days(1)),
            real_now().plus(time::Duration::days(300)),
        );
        write("cert/idp.pem", &own.pem);
        write("cert/idp.key.pem", &own.key_pem);
        write("log/simplesamlphp.log", "");
        write("data/empty", "");
        write("user.json", &json!({ "mail": [OWNER], "groups": [ADMINS] }).to_string());
        write("service.json", &json!({ "entity_id": "none", "settings": {} }).to_string());
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let url = format!("http://127.0.0.1:{port}");
        let php = serve(folder.path(), &url, port);
        let idp = Self { folder, url, php };
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
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    fn metadata_url(&self) -> String {
        format!("{}/simplesaml/saml2/idp/metadata.php", self.url)
    }

    /// Makes the service known, with further settings of how it wants to be answered.
    fn knows(&self, values: &Value, further: &Value) {
        const EMAIL: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
        let mut settings = json!({
            "AssertionConsumerService": values["acs_url"],
            "NameIDFormat": EMAIL,
            "authproc": { "3": { "class": "saml:AttributeNameID", "attribute": "mail", "Format": EMAIL } }
        });
        let more = further.as_object().unwrap().clone();
        settings.as_object_mut().unwrap().extend(more);
        let service = json!({ "entity_id": values["entity_id"], "settings": settings });
        std::fs::write(self.folder.path().join("service.json"), service.to_string()).unwrap();
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log/simplesamlphp.log")).unwrap_or_default()
    }
}

fn serve(folder: &Path, url: &str, port: u16) -> Child {
    let config = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/simplesamlphp");
    let mut php = Command::new("php");
    php.args(["-d", "session.save_path=", "-S", &format!("127.0.0.1:{port}")]).arg(config.join("router.php"));
    php.env("SIMPLESAMLPHP_CONFIG_DIR", &config).env("IDP_FOLDER", folder).env("IDP_URL", url);
    let quiet = php.stdout(Stdio::null()).stderr(Stdio::null());
    quiet.spawn().expect("php is there; if not: cargo xtask test --only packages")
}

#[expect(clippy::disallowed_methods, reason = "the other side of this test has the real time")]
fn real_now() -> Timestamp {
    Timestamp::new(OffsetDateTime::now_utc())
}

/// A service that has the other side's values, and the real time.
async fn service_of(idp: &SimpleSamlPhp) -> Harness {
    let service = Harness::start().await;
    finish_all_steps(&service).await;
    service.clock.forward(real_now().since(service.now()));
    let metadata = reqwest::get(idp.metadata_url()).await.unwrap().text().await.unwrap();
    let set =
        service.put("/saml/identity-provider", json!({ "kind": "metadata", "xml": metadata })).await.ok();
    assert_eq!(set["identity_provider"]["entity_id"], idp.metadata_url());
    service
}

/// From the link of a test through the login form and back; the test and the last page.
async fn sign_in(service: &Harness, idp: &SimpleSamlPhp) -> (Value, Shown) {
    let (id, open_url) = begin(service, json!({ "purpose": "portal" })).await;
    let mut browser = Browser::default();
    let sent = browser.get(&open_url).await;
    let login = browser.follow(sent).await;
    assert!(login.text.contains("password"), "{}\n{}", login.text, idp.log());
    let filled = [("username", "student"), ("password", "studentpass")];
    let signed_in = browser.press(&login, &filled).await;
    let signed_in = browser.follow(signed_in).await;
    assert!(signed_in.field("SAMLResponse").is_some(), "{}\n{}", signed_in.text, idp.log());
    let back = browser.press(&signed_in, &[]).await;
    (test(service, &id).await, back)
}

#[tokio::test]
async fn simplesamlphp_signs_people_in() {
    let idp = SimpleSamlPhp::start().await;
    let service = service_of(&idp).await;
    let values = service.read("/saml/service-provider").await.ok();
    let metadata = Answer::of(service.anonymous(Method::GET, "/saml/contoso/metadata")).await.text;
    let read = saml::inspect(metadata.as_bytes(), saml::LIMIT_BY_HAND, service.now());
    let own = read.certificates[0].certificate.pem.lines().filter(|line| !line.contains("---"));
    let own: String = own.collect();

    idp.knows(&values, &json!({}));
    let (test, page) = sign_in(&service, &idp).await;
    assert_eq!((page.status, &test["state"]), (200, &json!("passed")), "{test}");
    assert_eq!(test["answer"]["subject"]["name_id"], OWNER);
    assert_eq!((&test["answer"]["encrypted"], codes(&test).len()), (&json!(false), 0));

    service.put("/saml/options", json!({ "sign_requests": true })).await.ok();
    idp.knows(&values, &json!({ "validate.authnrequest": true, "certData": own }));
    let (test, _) = sign_in(&service, &idp).await;
    assert_eq!(test["state"], "passed", "{test}");

    // The only mode that this version of SimpleSAMLphp encrypts in.
    idp.knows(&values, &json!({ "assertion.encryption": true, "certData": own }));
    let (test, _) = sign_in(&service, &idp).await;
    assert_eq!((test["state"].as_str(), codes(&test)), (Some("failed"), vec!["response-encryption".into()]));
    let options = json!({ "sign_requests": true, "cbc_encryption": true });
    service.put("/saml/options", options).await.ok();
    let (test, _) = sign_in(&service, &idp).await;
    assert_eq!(
        (test["state"].as_str(), codes(&test)),
        (Some("passed"), vec!["response-encryption-cbc".into()])
    );
}

#[tokio::test]
async fn simplesamlphp_refuses_a_request_that_is_not_signed_where_it_asks_for_that() {
    let idp = SimpleSamlPhp::start().await;
    let service = service_of(&idp).await;
    let values = service.read("/saml/service-provider").await.ok();
    let other = test_support::certificate("other", real_now(), real_now().plus(time::Duration::days(9)));
    idp.knows(&values, &json!({ "validate.authnrequest": true, "certData": other.base64() }));
    let (_, open_url) = begin(&service, json!({ "purpose": "portal" })).await;
    let mut browser = Browser::default();
    let sent = browser.get(&open_url).await;
    let refused = browser.follow(sent).await;
    assert!(!refused.text.contains("password") && refused.field("SAMLResponse").is_none(), "{refused:?}");
    assert!(
        idp.log().contains("ignature") || refused.text.contains("ignature"),
        "{refused:?}\n{}",
        idp.log()
    );
}
