//! `polis` against the library that Ory Polis is made of, which is not ours.

use crate::common::{Run, codes, finished, program};
use crate::{certificate, file, now, signpost_reading};
use serde_json::Value;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use test_support::browser::{Browser, Shown};
use test_support::identity_provider::{PlayedIdentityProvider, ReceivedRequest, post_with};
use test_support::metadata;
use test_support::polis::Polis;
use test_support::responses::{Signing, TestResponse};

const VARIABLE: &str = "POLIS_KEY";
const KEY: &str = "hush-k7m2qv4x";
const PLACE: [&str; 4] = ["--tenant", "contoso.test", "--product", "shop"];
const SHOP: &str = "https://shop.example/signed-in";
const IDP: &str = "https://idp.example/metadata";

/// What the program says as JSON, with its exit status. No run may print the key.
fn run(polis: &Polis, command: &[&str], more: &[&str]) -> (i32, Value) {
    let run = printed(polis, &[command, &PLACE, more, &["--json"]].concat());
    (run.status, run.json())
}

fn printed(polis: &Polis, args: &[&str]) -> Run {
    let place = ["--url", &polis.url, "--key-env", VARIABLE];
    let run = finished(program(&[&["polis"], args, &place].concat()).env(VARIABLE, KEY).output().unwrap());
    assert!(!run.out.contains(KEY) && !run.err.contains(KEY), "{run:?}");
    run
}

fn connection(polis: &Polis, what: &str, more: &[&str]) -> (i32, Value) {
    run(polis, &["connection", what], more)
}

fn create(polis: &Polis, metadata: &str) -> (i32, Value) {
    let (_folder, path) = file(metadata);
    connection(polis, "create", &["--metadata", &path, "--redirect-url", SHOP])
}

fn update(polis: &Polis, metadata: &str) -> (i32, Value) {
    let (_folder, path) = file(metadata);
    connection(polis, "update", &["--metadata", &path])
}

fn sha256(document: &Value) -> Vec<&str> {
    let all = document["connection"]["certificates"].as_array().unwrap().iter();
    all.map(|one| one["sha256"].as_str().unwrap()).collect()
}

#[test]
fn a_connection_is_made_rolled_over_switched_and_taken_away() {
    let polis = Polis::start(KEY);
    let (old, new) = (certificate(-1, 300), certificate(-1, 900));
    let idp = |certificates: &[_]| metadata::idp(IDP, "https://idp.example/sso", certificates);

    let (status, made) = create(&polis, &idp(&[&old]));
    assert_eq!((status, codes(&made)), (0, Vec::new()), "{made:#}");
    assert_eq!(
        (&made["connection"]["entity_id"], &made["connection"]["active"]),
        (&IDP.into(), &true.into())
    );
    assert_eq!(made["connection"]["sso"][0]["location"], "https://idp.example/sso");
    assert_eq!(made["connection"]["redirect_urls"], serde_json::json!([SHOP]));
    let first = sha256(&made)[0];

    let (status, again) = create(&polis, &idp(&[&new]));
    assert_eq!((status, &again["done"]), (1, &false.into()), "{again:#}");
    assert!(codes(&again).contains(&"polis-connection-exists"), "{again:#}");

    let (status, both) = update(&polis, &idp(&[&old, &new]));
    assert!(status == 0 && codes(&both).contains(&"metadata-change-certificate-added"), "{both:#}");
    assert!(sha256(&both).len() == 2 && sha256(&both).contains(&first), "{both:#}");

    let other = metadata::idp("https://other.example/", "https://other.example/sso", &[&new]);
    let (status, refused) = update(&polis, &other);
    assert!(status == 1 && codes(&refused).contains(&"polis-entity-id-other"), "{refused:#}");

    let (status, active) = connection(&polis, "delete", &[]);
    assert_eq!((status, codes(&active)), (1, vec!["polis-connection-active"]), "{active:#}");
    let (status, off) = connection(&polis, "deactivate", &[]);
    assert_eq!((status, &off["connection"]["active"]), (0, &false.into()), "{off:#}");
    assert_eq!(sha256(&off).len(), 2, "switching changes nothing else");
    let (status, on) = connection(&polis, "activate", &[]);
    assert_eq!((status, &on["connection"]["active"]), (0, &true.into()), "{on:#}");

    let (status, second) = create(&polis, &other);
    assert!(status == 0 && codes(&second).contains(&"polis-connection-second"), "{second:#}");
    let (status, several) = connection(&polis, "deactivate", &[]);
    assert_eq!((status, codes(&several)), (1, vec!["polis-connection-several"]));
    let id = second["connection"]["client_id"].as_str().unwrap();
    for what in ["deactivate", "delete"] {
        let (status, gone) = connection(&polis, what, &["--client-id", id]);
        assert_eq!((status, &gone["connection"]["client_id"]), (0, &id.into()), "{gone:#}");
    }
    let (status, left) = connection(&polis, "show", &[]);
    assert_eq!((status, left["connections"].as_array().unwrap().len()), (0, 1), "{left:#}");
    assert_eq!(left["connections"][0]["entity_id"], IDP);

    let (_folder, path) = file(idp(&[&old]));
    let elsewhere = ["connection", "create", "--tenant", "fabrikam.test", "--product", "shop", "--json"];
    let taken = printed(&polis, &[&elsewhere[..], &["--metadata", &path, "--redirect-url", SHOP]].concat());
    assert!(taken.status == 1 && codes(&taken.json()).contains(&"polis-entity-id-taken"), "{taken:?}");
}

#[tokio::test]
async fn what_polis_takes_without_a_word_is_not_sent() {
    let polis = Polis::start(KEY);
    let (good, expired) = (certificate(-1, 300), certificate(-300, -1));
    let plain = metadata::idp(IDP, "http://idp.example/sso", &[&good]);
    let half = metadata::idp(IDP, "https://idp.example/sso", &[&good]).replacen(
        "Location=\"https:",
        "Location=\"http:",
        1,
    );
    let script = metadata::idp(IDP, "javascript:alert(1)", &[&good]);
    let old = metadata::idp(IDP, "https://idp.example/sso", &[&expired]);
    let wrapped = metadata::keycloak("sso.contoso.test", "staff", true, &good);
    for (document, code) in [
        (plain.as_str(), "metadata-endpoint-not-https"),
        (&half, "polis-endpoint-not-https"),
        (&script, "metadata-endpoint-invalid"),
        (&old, "certificate-expired"),
        (&wrapped, "polis-metadata-wrapped"),
        (&metadata::sp("https://shop.example/", SHOP), "metadata-is-sp"),
        ("<html><body>Sign in</body></html>", "metadata-html-page"),
        ("", "metadata-empty"),
    ] {
        let (status, refused) = create(&polis, document);
        assert_eq!((status, &refused["done"]), (1, &false.into()), "{code}: {refused:#}");
        assert!(codes(&refused).contains(&code), "{code}: {refused:#}");
    }
    let (status, none) = connection(&polis, "show", &[]);
    assert_eq!((status, codes(&none)), (1, vec!["polis-connection-none"]), "something was sent: {none:#}");

    let (_folder, path) = file(metadata::idp(IDP, "https://idp.example/sso", &[&good]));
    for redirect in ["javascript:alert(1)", "http://shop.example/", "https://*.shop.example/", "shop"] {
        let (status, refused) =
            connection(&polis, "create", &["--metadata", &path, "--redirect-url", redirect]);
        assert_eq!((status, &refused["error"]["code"]), (2, &"polis-redirect-invalid".into()), "{redirect}");
    }
    // Polis reads no key without a use beside one with, and answers as if all were well.
    let next = certificate(-1, 900);
    let unspecified = metadata::idp(IDP, "https://idp.example/sso", &[&next]).replace(" use=\"signing\"", "");
    let start = unspecified.find("<md:KeyDescriptor").unwrap();
    let end = unspecified.find("<md:NameIDFormat").unwrap();
    let mixed = metadata::idp(IDP, "https://idp.example/sso", &[&good]).replacen(
        "<md:NameIDFormat",
        &format!("{}<md:NameIDFormat", &unspecified[start..end]),
        1,
    );
    let (status, differs) = create(&polis, &mixed);
    assert!(status == 1 && codes(&differs).contains(&"polis-certificates-differ"), "{differs:#}");
    assert_eq!((&differs["done"], sha256(&differs).len()), (&true.into(), 1), "{differs:#}");

    // Somebody else's program sends a certificate that has expired: Polis takes it, and what is there is judged.
    let new = serde_json::json!({
        "tenant": "old.test", "product": "shop", "defaultRedirectUrl": SHOP, "redirectUrl": [SHOP],
        "rawMetadata": old.replace(IDP, "https://old.example/idp"),
    });
    assert_eq!(Polis::ask("POST", &format!("{}/api/v1/sso", polis.url), KEY, &new).await.0, 200);
    let show = ["connection", "show", "--tenant", "old.test", "--product", "shop", "--json"];
    let shown = printed(&polis, &show);
    assert_eq!((shown.status, codes(&shown.json())), (1, vec!["certificate-expired"]), "{shown:?}");
}

#[test]
fn a_directory_shows_its_token_once() {
    let polis = Polis::start(KEY);
    let directory = |what: &str, more: &[&str]| run(&polis, &["directory", what], more);
    let (status, made) = directory("create", &["--for", "entra", "--name", "Contoso"]);
    assert_eq!((status, &made["directory"]["type"]), (0, &"azure-scim-v2".into()), "{made:#}");
    let base = made["directory"]["base_url"].as_str().unwrap();
    assert!(base.starts_with(&polis.url) && base.ends_with("/?aadOptscim062020"), "{base}");
    let token = made["directory"]["token"].as_str().unwrap();
    let shown = printed(&polis, &[&["directory", "show"], &PLACE[..]].concat());
    assert!(shown.status == 0 && shown.out.contains("Contoso") && !shown.out.contains(token), "{shown:?}");

    let (status, second) = directory("create", &["--for", "okta"]);
    assert_eq!((status, codes(&second)), (1, vec!["polis-directory-exists"]), "{second:#}");
    let (status, none) = directory("delete", &["--id", "none"]);
    assert_eq!((status, codes(&none)), (1, vec!["polis-directory-none"]), "{none:#}");
    let id = made["directory"]["id"].as_str().unwrap();
    assert_eq!(directory("delete", &["--id", id]).0, 0);

    let hook =
        ["--for", "generic", "--webhook-url", "https://shop.example/hook", "--webhook-secret-env", VARIABLE];
    let (status, made) = directory("create", &hook);
    assert_eq!((status, &made["directory"]["webhook_url"]), (0, &"https://shop.example/hook".into()));
    let (status, hidden) = directory(
        "create",
        &["--for", "generic", "--webhook-url", "javascript:x", "--webhook-secret-env", VARIABLE],
    );
    assert_eq!((status, &hidden["error"]["code"]), (2, &"polis-webhook-invalid".into()));
}

#[tokio::test]
async fn who_has_arrived_is_told_from_who_was_only_said_to_have() {
    let polis = Polis::start(KEY);
    let (status, made) = run(&polis, &["directory", "create"], &["--for", "entra"]);
    assert_eq!(status, 0, "{made:#}");
    let of = |name: &str| made["directory"][name].as_str().unwrap();
    let (id, token) = (of("id"), of("token"));
    let base = of("base_url").split("/?").next().unwrap();
    let arrivals = || run(&polis, &["directory", "arrivals"], &["--id", id]);
    assert_eq!(
        arrivals(),
        (0, serde_json::json!({ "users": [], "groups": [], "more": false, "findings": [] }))
    );

    let ada = serde_json::json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ada@contoso.test", "active": true,
        "name": { "givenName": "Ada", "familyName": "L" }, "emails": [{ "primary": true, "value": "ada@contoso.test" }],
    });
    let (status, user) = Polis::ask("POST", &format!("{base}/Users"), token, &ada).await;
    assert_eq!(status, 201, "{user:#}");
    let group = serde_json::json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "admins" });
    let (_, group) = Polis::ask("POST", &format!("{base}/Groups"), token, &group).await;
    let add = |op: &str| {
        let value = serde_json::json!([{ "value": user["id"] }]);
        serde_json::json!({ "Operations": [{ "op": op, "path": "members", "value": value }] })
    };
    let members = format!("{base}/Groups/{}", group["id"].as_str().unwrap());
    // As Entra sends it without the switch in the Tenant URL: taken, and nothing has happened.
    assert_eq!(Polis::ask("PATCH", &members, token, &add("Add")).await.0, 200);
    let (status, empty) = arrivals();
    assert_eq!((status, codes(&empty)), (0, vec!["polis-group-empty"]), "{empty:#}");
    assert_eq!(
        (&empty["users"][0]["email"], &empty["users"][0]["active"]),
        (&"ada@contoso.test".into(), &true.into())
    );
    assert_eq!(Polis::ask("PATCH", &members, token, &add("add")).await.0, 200);
    let (status, full) = arrivals();
    assert_eq!((status, codes(&full), &full["groups"][0]["members"]), (0, vec![], &1.into()), "{full:#}");

    let leave =
        serde_json::json!({ "Operations": [{ "op": "Replace", "path": "active", "value": "False" }] });
    let user = format!("{base}/Users/{}", user["id"].as_str().unwrap());
    assert_eq!(Polis::ask("PATCH", &user, token, &leave).await.0, 200);
    let (_, unclear) = arrivals();
    assert_eq!(
        (codes(&unclear), &unclear["users"][0]["active"]),
        (vec!["polis-user-active-text"], &Value::Null)
    );

    // The rehearsal comes to the same without knowing Polis.
    let rehearse =
        ["scim", "rehearse", "--base-url", base, "--token-env", VARIABLE, "--as", "entra", "--json"];
    let rehearsed = finished(program(&rehearse).env(VARIABLE, token).output().unwrap());
    let checks = rehearsed.json()["checks"].as_array().unwrap().clone();
    let failed: Vec<_> =
        checks.iter().filter(|one| one["outcome"] == "failed").map(|one| one["id"].clone()).collect();
    assert_eq!(rehearsed.status, 1, "{rehearsed:?}");
    assert!(failed.contains(&"entra.members-add".into()), "{failed:?}");
    let (status, unknown) = run(&polis, &["directory", "arrivals"], &["--id", "none"]);
    assert_eq!((status, &unknown["error"]["code"]), (2, &"polis-directory-none".into()));
}

/// A sign-in to the shop whose answer may be changed before it is signed.
async fn sign_in(polis: &Polis, idp: &PlayedIdentityProvider, change: fn(&mut TestResponse)) -> Shown {
    let mut browser = Browser::default();
    let asked = browser.get(&polis.sign_in_url("contoso.test", "shop", SHOP)).await;
    let request = ReceivedRequest::of(&asked);
    let mut response = idp.response(&request, "ada@contoso.test", &["admins"], now());
    change(&mut response);
    let state =
        asked.location.as_ref().unwrap().query_pairs().find(|(name, _)| name == "RelayState").unwrap();
    let xml = response.signed(Signing::Assertion, &idp.certificate);
    post_with(&mut browser, &request.acs_url, &xml, &state.1).await
}

#[tokio::test]
async fn a_failed_sign_in_leaves_what_it_is_judged_by() {
    let polis = Polis::start(KEY);
    let idp = PlayedIdentityProvider::new(IDP, now());
    let document = metadata::idp(IDP, "https://idp.example/sso", &[&idp.certificate]);
    assert_eq!(create(&polis, &document).0, 0);
    let sp = printed(&polis, &["sp-metadata", "--json"]).json();

    let passed = sign_in(&polis, &idp, |_| ()).await;
    let back = passed.location.expect("a redirect").to_string();
    assert!(back.starts_with(SHOP) && back.contains("code="), "{back}");
    let (status, none) = run(&polis, &["traces"], &[]);
    assert_eq!((status, &none["traces"]), (0, &Value::Array(Vec::new())), "{none:#}");

    sign_in(&polis, &idp, |response| response.audience = "https://other.example/".to_owned()).await;
    let (status, traces) = run(&polis, &["traces"], &[]);
    let trace = &traces["traces"][0];
    assert_eq!(
        (status, &trace["issuer"], &trace["has_response"]),
        (1, &IDP.into(), &true.into()),
        "{traces:#}"
    );
    assert!(trace["error"].as_str().unwrap().contains("audience"), "{traces:#}");
    assert_eq!(run(&polis, &["traces"], &["--since", "2999-01-01T00:00:00Z"]).0, 0);

    let answer = printed(&polis, &["response", trace["id"].as_str().unwrap()]);
    assert!(answer.status == 0 && answer.out.contains("ada@contoso.test"), "{answer:?}");
    let (_folder, path) = file(&document);
    let (entity_id, acs) = (sp["entity_id"].as_str().unwrap(), sp["acs_url"].as_str().unwrap());
    let check = [
        "response",
        "check",
        "-",
        "--json",
        "--idp-metadata",
        &path,
        "--sp-entity-id",
        entity_id,
        "--acs",
        acs,
    ];
    let judged = signpost_reading(&check, answer.out.as_bytes());
    assert_eq!((judged.status, codes(&judged.json())), (1, vec!["response-audience"]), "{judged:?}");
    let unknown = printed(&polis, &["response", "no_such_trace", "--json"]);
    let error = &unknown.json()["error"];
    assert_eq!((unknown.status, &error["code"]), (2, &"polis-refused".into()));
    assert!(error["message"].as_str().unwrap().contains("no_such_trace"), "what Polis says is told: {error}");
}

#[test]
fn what_cannot_be_asked_is_told_apart() {
    let polis = Polis::start("another-key");
    let at = |url: &str, key: Option<&str>| {
        let place = ["--url", url, "--key-env", VARIABLE, "--json"];
        let mut command = program(&[&["polis", "connection", "show"], &PLACE[..], &place].concat());
        let run = finished(command.envs(key.map(|key| (VARIABLE, key))).output().unwrap());
        (run.status, run.json()["error"]["code"].as_str().unwrap().to_owned())
    };
    let is = |status: i32, code: &str| (status, code.to_owned());
    assert_eq!(at(&polis.url, None), is(2, "polis-key-variable-missing"));
    assert_eq!(at(&polis.url, Some("two words")), is(2, "polis-key-unusable"));
    assert_eq!(at("http://sso.example", Some(KEY)), is(2, "polis-address-not-https"));
    assert_eq!(at("sso.example", Some(KEY)), is(2, "polis-address-invalid"));
    assert_eq!(at(&polis.url, Some(KEY)), is(2, "polis-key-refused"));
    assert_eq!(at(&format!("{}/elsewhere", polis.url), Some(KEY)), is(3, "polis-answer-unknown"));
    assert_eq!(at("http://127.0.0.1:9", Some(KEY)), is(3, "polis-unreachable"));
    assert_eq!(
        at(&answering("HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:9/\r\n\r\n"), Some(KEY)).1,
        "polis-answer-unknown"
    );
    assert_eq!(at(&answering("HTTP/1.1 200 OK\r\n\r\n{\"secret\":"), Some(KEY)).1, "polis-answer-unknown");
    let endless = format!("HTTP/1.1 200 OK\r\n\r\n{}", " ".repeat(9 * 1024 * 1024));
    assert_eq!(at(&answering(&endless), Some(KEY)).1, "polis-answer-unknown");
}

#[tokio::test]
async fn people_sign_in_through_a_roll_over_and_not_through_a_connection_that_is_off() {
    let polis = Polis::start(KEY);
    let old = PlayedIdentityProvider::new(IDP, now());
    let day = |days| now().plus(time::Duration::days(days));
    let new = PlayedIdentityProvider {
        certificate: test_support::rsa_certificate("next", day(-1), day(900)),
        ..old.clone()
    };
    let idp = |certificates: &[_]| metadata::idp(IDP, "https://idp.example/sso", certificates);
    assert_eq!(create(&polis, &idp(&[&old.certificate])).0, 0);
    let is_in =
        |shown: Shown| shown.location.is_some_and(|back| back.query().unwrap_or("").contains("code="));
    assert!(is_in(sign_in(&polis, &old, |_| ()).await) && !is_in(sign_in(&polis, &new, |_| ()).await));
    assert_eq!(update(&polis, &idp(&[&old.certificate, &new.certificate])).0, 0);
    assert!(is_in(sign_in(&polis, &old, |_| ()).await) && is_in(sign_in(&polis, &new, |_| ()).await));
    assert_eq!(update(&polis, &idp(&[&new.certificate])).0, 0);
    assert!(!is_in(sign_in(&polis, &old, |_| ()).await) && is_in(sign_in(&polis, &new, |_| ()).await));
    assert_eq!(connection(&polis, "deactivate", &[]).0, 0);
    let begin = polis.sign_in_url("contoso.test", "shop", SHOP);
    assert_eq!(Browser::default().get(&begin).await.status, 403);
    assert_eq!(connection(&polis, "activate", &[]).0, 0);
    assert!(is_in(sign_in(&polis, &new, |_| ()).await));
}

/// The address of something that answers one request with that.
fn answering(answer: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let answer = answer.to_owned();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let head = BufReader::new(stream.try_clone().unwrap()).lines();
        head.map_while(Result::ok).take_while(|line| !line.is_empty()).for_each(drop);
        // Whoever was answered enough closes the connection.
        let _ = stream.write_all(answer.as_bytes());
    });
    format!("http://{address}")
}
