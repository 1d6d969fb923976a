//! Nothing secret is ever logged, and domain names and addresses at DEBUG at most.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use account_service::{Clock, Config, Database, Running, Service, SystemClock};
use serde_json::{Value, json};
use std::io::Write;
use std::sync::{Arc, Mutex};
use test_support::browser::Browser;
use test_support::identity_provider::PlayedIdentityProvider;
use tracing_subscriber::EnvFilter;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Everything that is logged in this process from here on.
fn listen() -> Log {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new("trace,reqwest=off,hyper_util::client=off"))
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();
    log
}

#[tokio::test]
async fn the_log_names_routes_and_keeps_secrets() {
    let log = listen();
    let directory = tempfile::tempdir().unwrap();
    run_and_read(&log, Config::local(directory.path()), &[]).await;
    #[cfg(target_os = "linux")]
    on_postgresql(&log, directory.path()).await;
}

/// The driver of a database server logs in its own way, and the URL has a password in it.
#[cfg(target_os = "linux")]
async fn on_postgresql(log: &Log, directory: &std::path::Path) {
    use test_support::postgresql::{PASSWORD, Server};
    let server = Server::start();
    server.run("createdb", &["signpost"]);
    let config = Config {
        database: Database::from_url(&server.url("signpost")).unwrap(),
        key_file: Some(directory.join("key.pem")),
        ..Config::local("")
    };
    run_and_read(log, config, &[PASSWORD]).await;
}

/// Has the service do a bit of everything, and reads what was logged meanwhile.
async fn run_and_read(log: &Log, config: Config, more_secrets: &[&str]) {
    log.0.lock().unwrap().clear();
    // No root server listens there, so that the look for the record ends at once.
    let dns = dns_walk::Config { roots: vec![[127, 0, 0, 1].into()], port: 1, ..dns_walk::Config::default() };
    let running = Service::start(Config { dns, ..config }, SystemClock).await.unwrap();
    running.service.ensure_owner("ada@contoso.test", "Contoso", Some("acme")).await.unwrap();
    let token = running.service.issue_access_token("ada@contoso.test").await.unwrap().expose().to_owned();
    let base = format!("http://{}", running.local_addr());
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let (version, seal) = (std::cell::Cell::new(1), "a-key-that-seals-answers");
    let post = async |path: &str, token: &str, body: Value| -> Value {
        let request = http.post(format!("{base}{path}")).bearer_auth(token).json(&body);
        let request = request.header("If-Match", format!("\"{}\"", version.get()));
        let request = request.header("Idempotency-Key", format!("{seal}-{}", version.get()));
        let response = request.send().await.unwrap();
        let tag =
            response.headers().get("etag").and_then(|tag| tag.to_str().ok()?.trim_matches('"').parse().ok());
        version.set(tag.unwrap_or(version.get()));
        response.json().await.unwrap()
    };
    let account = "/api/v1/accounts/acme";
    let added = post(&format!("{account}/domains"), &token, json!({ "name": "contoso.test" })).await;
    let record = added["domains"][0]["record"]["value"].as_str().unwrap().to_owned();
    let looked = post(&format!("{account}/domains/contoso.test/verify"), &token, Value::Null).await;
    assert_eq!(looked["domain"]["state"], "pending");
    let key = json!({ "key": "KEYKEY-123456-ABCDEF", "name": null });
    post(&format!("{account}/licence-keys"), &token, key).await;
    let issued = post(&format!("{account}/scim/token"), &token, Value::Null).await;
    let scim_token = issued["token"].as_str().unwrap().to_owned();
    let user = json!({ "userName": "grace@fabrikam.test", "password": "hush-hush" });
    post("/scim/v2/Users", &scim_token, user).await;
    let opener = sign_in(&base, &token).await;
    let passwords = sign_in_with_password(&running).await;
    running.stop().await.unwrap();

    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("route=/api/v1/accounts/{account}/domains/{domain}/verify"), "{text}");
    let secrets = [
        token.as_str(),
        seal,
        &opener,
        &scim_token,
        "KEYKEY",
        "KEY123456",
        "hush-hush",
        &passwords.0,
        &passwords.1,
        PASSWORD,
        "wrong-password",
        record.trim_start_matches("token="),
    ];
    for secret in secrets.iter().chain(more_secrets) {
        let line = text.lines().find(|line| line.contains(*secret));
        assert_eq!(line, None, "a secret was logged");
    }
    let loud = |line: &&str| !line.contains(" DEBUG ") && !line.contains(" TRACE ");
    let names = |line: &&str| {
        ["contoso.test", "fabrikam", "grace", "mia", "hopper"].iter().any(|name| line.contains(name))
    };
    assert_eq!(text.lines().filter(loud).find(names), None);
}

const PASSWORD: &str = "a-quiet-harbour-at-noon";

/// Makes the administrator, signs in wrongly and rightly, and lets a program in; the setup code and the program's code.
async fn sign_in_with_password(running: &Running) -> (String, String) {
    let base = running.service.public_url();
    let setup = running.service.setup_code().await.unwrap().unwrap().expose().to_owned();
    let mut browser = Browser::default();
    let email = ("email", "hopper@fabrikam.test");
    let form = browser.get(&format!("{base}/setup")).await;
    let filled = [("code", &*setup), ("name", "Hopper"), email, ("new-password", PASSWORD)];
    assert_eq!(browser.press(&form, &filled).await.status, 303);
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let query = format!(
        "response_type=code&client_id=signpost-desktop&redirect_uri=http%3A%2F%2F127.0.0.1%3A5000%2Fsigned-in\
         &code_challenge={challenge}&code_challenge_method=S256"
    );
    let mut other = Browser::default();
    let form = other.get(&format!("{base}/oauth/authorize?{query}")).await;
    assert_eq!(other.press(&form, &[email, ("password", "wrong-password")]).await.status, 422);
    let signed_in = other.press(&form, &[email, ("password", PASSWORD)]).await;
    let asked = other.follow(signed_in).await;
    let back = other.press(&asked, &[("decision", "allow")]).await;
    let location = back.location.unwrap();
    let code = location.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
    (setup, code)
}

/// Goes through a sign-in test of somebody who is in no group; the token of its URL.
async fn sign_in(base: &str, token: &str) -> String {
    let account = format!("{base}/api/v1/accounts/acme");
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let now = Clock::now(&SystemClock);
    let idp = PlayedIdentityProvider::new("https://idp.example/", now);
    let values = json!({
        "kind": "values",
        "entity_id": "https://idp.example/",
        "sso_url": "https://idp.example/sso",
        "sso_binding": "http-redirect",
        "certificates": [idp.certificate.pem]
    });
    let put = http.put(format!("{account}/saml/identity-provider")).bearer_auth(token).json(&values);
    let version = http.get(format!("{account}/integration")).bearer_auth(token).send().await.unwrap();
    let version = version.headers()["etag"].clone();
    let put = put.header("If-Match", version).send().await.unwrap();
    assert_eq!(put.status(), 200);
    let begun = http.post(format!("{account}/sign-in-tests")).bearer_auth(token);
    let begun = begun.header("If-Match", &put.headers()["etag"]);
    let begun: Value =
        begun.json(&json!({ "purpose": "portal" })).send().await.unwrap().json().await.unwrap();
    let open_url = begun["open_url"].as_str().unwrap();
    let page = idp.sign_in(&mut Browser::default(), open_url, ("mia@contoso.test", &[]), now).await;
    assert_eq!(page.status, 403);
    open_url.rsplit('/').next().unwrap().to_owned()
}
