//! `keycloak` against a stand-in that speaks the documented API of Keycloak and is as strict, and reads metadata with the
//! same gaps. Keycloak itself cannot be had here.

use crate::common::{Run, codes, finished, program};
use crate::{certificate, file, signpost_reading};
use serde_json::{Value, json};
use test_support::TestCertificate;
use test_support::keycloak::Keycloak;
use test_support::metadata;

const TOKEN: &str = "KEYCLOAK_TOKEN";
const VARIABLE: &str = "KEYCLOAK_SECRET";
const SECRET: &str = "hush-k7m2qv4x";
const ACCOUNT: [&str; 4] = ["--client-id", "signpost", "--client-secret-env", VARIABLE];
const ALIAS: &str = "contoso";
const IDP: &str = "https://idp.example/metadata";
/// What is said of metadata with two keys, whatever becomes of them.
const SEVERAL: &str = "metadata-several-certificates";
const SSO: &str = "https://idp.example/sso";

/// What the program says as JSON, with its exit status. No run may print the secret.
fn run(keycloak: &Keycloak, command: &[&str], more: &[&str]) -> (i32, Value) {
    let run = printed(keycloak, &[command, &["--alias", ALIAS], more, &["--json"]].concat());
    (run.status, run.json())
}

fn printed(keycloak: &Keycloak, args: &[&str]) -> Run {
    let place = ["--url", &keycloak.url, "--realm", "staff"];
    let all = [&["keycloak"], args, &place, &ACCOUNT].concat();
    let run = finished(program(&all).env(VARIABLE, SECRET).output().unwrap());
    assert!(!run.out.contains(SECRET) && !run.err.contains(SECRET), "{run:?}");
    run
}

fn provider(keycloak: &Keycloak, what: &str, more: &[&str]) -> (i32, Value) {
    run(keycloak, &["identity-provider", what], more)
}

fn with(keycloak: &Keycloak, what: &str, metadata: &str, more: &[&str]) -> (i32, Value) {
    let (_folder, path) = file(metadata);
    provider(keycloak, what, &[&["--metadata", &path], more].concat())
}

fn idp(certificates: &[&TestCertificate]) -> String {
    metadata::idp(IDP, SSO, certificates)
}

fn count(document: &Value) -> usize {
    document["identity_provider"]["certificates"].as_array().unwrap().len()
}

#[tokio::test]
async fn an_identity_provider_is_made_switched_rolled_over_and_taken_away() {
    let keycloak = Keycloak::start(SECRET);
    let token = keycloak.token(SECRET).await;
    let (old, new) = (certificate(-1, 300), certificate(-1, 900));

    let (status, made) = with(&keycloak, "create", &idp(&[&old]), &["--display-name", "Contoso"]);
    assert_eq!((status, codes(&made)), (0, Vec::new()), "{made:#}");
    let made = &made["identity_provider"];
    assert_eq!((&made["enabled"], &made["validate_signature"]), (&false.into(), &true.into()), "{made:#}");
    assert_eq!((&made["entity_id"], &made["sso_url"]), (&IDP.into(), &SSO.into()));
    assert_eq!((&made["display_name"], &made["want_assertions_signed"]), (&"Contoso".into(), &false.into()));

    let (status, again) = with(&keycloak, "create", &idp(&[&new]), &[]);
    assert_eq!((status, codes(&again)), (1, vec!["keycloak-provider-exists"]), "{again:#}");

    let (status, on) = provider(&keycloak, "enable", &[]);
    assert_eq!((status, &on["identity_provider"]["enabled"]), (0, &true.into()), "{on:#}");
    let (status, refused) = provider(&keycloak, "delete", &[]);
    assert_eq!((status, codes(&refused)), (1, vec!["keycloak-provider-enabled"]), "{refused:#}");

    // What somebody else has set stays through a roll-over.
    let (_, mut stored) = keycloak.ask("GET", "instances/contoso", &token, &json!({})).await;
    stored["trustEmail"] = true.into();
    stored["config"]["principalType"] = "ATTRIBUTE".into();
    let put = keycloak.ask("PUT", "instances/contoso", &token, &stored).await;
    assert_eq!(put.0, 204);
    let (status, both) = with(&keycloak, "update", &idp(&[&old, &new]), &["--want-assertions-signed"]);
    assert_eq!((status, codes(&both)), (0, vec![SEVERAL, "metadata-change-certificate-added"]), "{both:#}");
    assert_eq!((count(&both), &both["identity_provider"]["enabled"]), (2, &true.into()));
    assert_eq!(both["identity_provider"]["want_assertions_signed"], true);
    let (_, kept) = keycloak.ask("GET", "instances/contoso", &token, &json!({})).await;
    assert_eq!((&kept["trustEmail"], &kept["config"]["principalType"]), (&true.into(), &"ATTRIBUTE".into()));

    let other = metadata::idp("https://other.example/", "https://other.example/sso", &[&new]);
    let (status, refused) = with(&keycloak, "update", &other, &[]);
    assert_eq!((status, codes(&refused)), (1, vec!["keycloak-entity-id-other"]), "{refused:#}");
    let (status, shown) = provider(&keycloak, "show", &[]);
    assert_eq!((status, &shown["identity_provider"]["entity_id"]), (0, &IDP.into()), "{shown:#}");

    let sp = run(&keycloak, &["sp-metadata"], &[]).1;
    let acs = format!("{}/realms/staff/broker/contoso/endpoint", keycloak.url);
    assert_eq!(
        (&sp["entity_id"], &sp["acs_url"]),
        (&format!("{}/realms/staff", keycloak.url).into(), &acs.into())
    );
    let xml = printed(&keycloak, &["sp-metadata", "--xml", "--alias", ALIAS]);
    let read = signpost_reading(&["metadata", "inspect", "-", "--json"], xml.out.as_bytes());
    assert_eq!(read.json()["kind"], "sp", "{read:?}");

    assert_eq!(provider(&keycloak, "disable", &[]).0, 0);
    let (status, deleted) = provider(&keycloak, "delete", &[]);
    assert_eq!((status, &deleted["done"]), (0, &true.into()), "{deleted:#}");
    let (status, none) = provider(&keycloak, "show", &[]);
    assert_eq!((status, codes(&none)), (1, vec!["keycloak-provider-none"]), "{none:#}");
    for what in ["enable", "disable", "delete"] {
        assert_eq!(provider(&keycloak, what, &[]).0, 1, "{what}");
    }
    let (status, none) = with(&keycloak, "update", &idp(&[&new]), &[]);
    assert_eq!((status, codes(&none)), (1, vec!["keycloak-provider-none"]), "{none:#}");
}

#[tokio::test]
async fn what_keycloak_would_take_is_not_sent() {
    let keycloak = Keycloak::start(SECRET);
    let (good, expired) = (certificate(-1, 300), certificate(-300, -1));
    let plain = metadata::idp(IDP, "http://idp.example/sso", &[&good]);
    let half = idp(&[&good]).replacen("Location=\"https:", "Location=\"http:", 1);
    let script = metadata::idp(IDP, "javascript:alert(1)", &[&good]);
    let two = metadata::aggregate(2, crate::now(), crate::now().plus(time::Duration::days(9)));
    for (document, code) in [
        (plain.as_str(), "metadata-endpoint-not-https"),
        (&half, "keycloak-endpoint-not-https"),
        (&script, "metadata-endpoint-invalid"),
        (&idp(&[&expired]), "certificate-expired"),
        (&idp(&[]), "metadata-no-signing-certificate"),
        (&two, "keycloak-metadata-several"),
        (&metadata::sp("https://shop.example/", "https://shop.example/acs"), "metadata-is-sp"),
        ("<html><body>Sign in</body></html>", "metadata-html-page"),
        ("", "metadata-empty"),
    ] {
        for what in ["create", "update"] {
            let (status, refused) = with(&keycloak, what, document, &[]);
            assert_eq!((status, &refused["done"]), (1, &false.into()), "{code}: {refused:#}");
            assert!(codes(&refused).contains(&code), "{code}: {refused:#}");
        }
    }
    let (_folder, path) = file(idp(&[&good]));
    for alias in ["two words", "a/b", "..", "a?b", ""] {
        let args = ["identity-provider", "create", "--metadata", &path, "--alias", alias, "--json"];
        let run = printed(&keycloak, &args);
        let code = &run.json()["error"]["code"];
        assert_eq!((run.status, code), (2, &"keycloak-alias-invalid".into()), "{alias}");
    }
    assert_eq!(keycloak.asked().await, 0, "something was sent, and be it to get a token");

    // One entity inside an EntitiesDescriptor is read as it stands.
    let (status, wrapped) =
        with(&keycloak, "create", &metadata::keycloak("sso.contoso.test", "staff", true, &good), &[]);
    assert_eq!((status, &wrapped["done"]), (0, &true.into()), "{wrapped:#}");
}

#[tokio::test]
async fn every_key_of_the_metadata_is_set_although_keycloak_reads_one() {
    let keycloak = Keycloak::start(SECRET);
    let (one, two) = (certificate(-1, 300), certificate(-1, 900));
    let unspecified = idp(&[&one, &two]).replace(" use=\"signing\"", "");
    let (status, made) = with(&keycloak, "create", &unspecified, &[]);
    assert_eq!(
        (status, codes(&made), count(&made)),
        (0, vec![SEVERAL, "keycloak-import-differs"], 2),
        "{made:#}"
    );
    assert_eq!(made["findings"][1]["args"]["missing"], "1");
}

#[tokio::test]
async fn a_keycloak_that_keeps_something_else_is_found_and_not_switched_on() {
    let day = certificate(-1, 300);
    for (kept, code) in [
        (json!({ "validateSignature": "false" }), "keycloak-signature-unchecked"),
        (json!({ "signingCertificate": certificate(-1, 9).base64() }), "keycloak-certificates-differ"),
        (json!({ "singleSignOnServiceUrl": "https://other.example/" }), "keycloak-address-differs"),
        (json!({ "idpEntityId": "https://other.example/" }), "keycloak-entity-id-differs"),
    ] {
        let keycloak = Keycloak::start(SECRET);
        keycloak.misbehave(&kept).await;
        let (status, made) = with(&keycloak, "create", &idp(&[&day]), &[]);
        assert_eq!((status, &made["done"], codes(&made)), (1, &true.into(), vec![code]), "{made:#}");
        assert_eq!(made["identity_provider"]["enabled"], false, "{made:#}");
        if code == "keycloak-signature-unchecked" {
            let (status, refused) = provider(&keycloak, "enable", &[]);
            assert_eq!((status, &refused["done"], codes(&refused)), (1, &false.into(), vec![code]));
            assert_eq!(provider(&keycloak, "show", &[]).0, 1);
            keycloak.misbehave(&json!({})).await;
            assert_eq!(with(&keycloak, "update", &idp(&[&day]), &[]).0, 0);
            assert_eq!(provider(&keycloak, "enable", &[]).0, 0);
            // Whoever turns it off later is found too.
            keycloak.misbehave(&kept).await;
            let (status, rolled) = with(&keycloak, "update", &idp(&[&day]), &[]);
            assert_eq!((status, codes(&rolled)), (1, vec![code]), "{rolled:#}");
            assert_eq!(provider(&keycloak, "disable", &[]).0, 0, "switching off is always allowed");
        }
    }
}

#[tokio::test]
async fn groups_roles_and_attributes_lead_somewhere() {
    let keycloak = Keycloak::start(SECRET);
    let set = |more: &[&str]| {
        let run = run(&keycloak, &["mappers", "set"], &[&["--group-attribute", "groups"], more].concat());
        (run.0, run.1)
    };
    let (status, none) = set(&["--group", "a=/admins"]);
    assert_eq!((status, &none["done"], codes(&none)), (1, &false.into(), vec!["keycloak-provider-none"]));
    assert_eq!(run(&keycloak, &["mappers", "list"], &[]).0, 1);
    let (status, none) = run(&keycloak, &["sp-metadata"], &[]);
    assert_eq!((status, &none["error"]["code"]), (2, &"keycloak-provider-none".into()));
    assert_eq!(with(&keycloak, "create", &idp(&[&certificate(-1, 300)]), &[]).0, 0);

    let (status, missing) = set(&["--group", "a=/admins", "--group", "b=/Desktop user", "--role", "a=none"]);
    assert_eq!((status, &missing["done"]), (1, &false.into()), "{missing:#}");
    assert_eq!(codes(&missing), ["keycloak-group-missing", "keycloak-role-missing"]);
    let listed = || run(&keycloak, &["mappers", "list"], &[]).1["mappers"].as_array().unwrap().clone();
    assert_eq!(listed(), Vec::<Value>::new(), "something was made");

    let token = keycloak.token(SECRET).await;
    let own = json!({ "name": "by hand", "identityProviderAlias": ALIAS, "config": {},
        "identityProviderMapper": "saml-user-attribute-idp-mapper" });
    assert_eq!(keycloak.ask("POST", "instances/contoso/mappers", &token, &own).await.0, 201);
    let uri = "http://schemas.xmlsoap.org/claims/EmailAddress?a=b";
    let email = format!("{uri}=email");
    let all = [
        "--group",
        "a-1=admins",
        "--group",
        "b-2=/Desktop users/Berlin",
        "--role",
        "a-1=shop-admin",
        "--attribute",
        &email,
    ];
    let (status, made) = set(&all);
    assert_eq!((status, codes(&made)), (0, Vec::new()), "{made:#}");
    let of = |name: &str| listed().into_iter().find(|one| one["name"] == name).unwrap();
    let group = of("signpost-group-b-2");
    assert_eq!(group["type"], "saml-advanced-group-idp-mapper");
    assert_eq!(
        (&group["config"]["group"], &group["config"]["syncMode"]),
        (&"/Desktop users/Berlin".into(), &"FORCE".into())
    );
    assert_eq!(group["config"]["attributes"], r#"[{"key":"groups","value":"b-2"}]"#);
    assert_eq!(of("signpost-role-a-1")["config"]["role"], "shop-admin");
    let attribute = of(&format!("signpost-attribute-{uri}"));
    assert_eq!(
        (&attribute["config"]["attribute.name"], &attribute["config"]["user.attribute"]),
        (&uri.into(), &"email".into())
    );
    assert_eq!(listed().len(), 5);

    // The same again changes what is there; what somebody else has made stays.
    let id = of("signpost-group-a-1")["id"].clone();
    assert_eq!(set(&["--group", "a-1=/Desktop users"]).0, 0);
    let changed = of("signpost-group-a-1");
    assert_eq!((&changed["id"], &changed["config"]["group"]), (&id, &"/Desktop users".into()));
    assert_eq!(listed().len(), 5);

    let twice = set(&["--group", "a=/admins", "--group", "a=/Desktop users"]);
    assert_eq!((twice.0, &twice.1["error"]["code"]), (2, &"keycloak-mapping-twice".into()));
    // Whoever may not see groups makes mappers all the same, and is told.
    let blind = [
        "keycloak",
        "mappers",
        "set",
        "--alias",
        ALIAS,
        "--url",
        &keycloak.url,
        "--realm",
        "staff",
        "--token-env",
        TOKEN,
        "--group-attribute",
        "groups",
        "--group",
        "c=/admins",
        "--json",
    ];
    let blind = finished(program(&blind).env(TOKEN, "providers-only").output().unwrap());
    assert_eq!((blind.status, codes(&blind.json())), (0, vec!["keycloak-target-unseen"]), "{blind:?}");
}

#[tokio::test]
async fn what_keycloak_refuses_is_told() {
    let keycloak = Keycloak::start(SECRET);
    let day = certificate(-1, 300);
    let transient = idp(&[&day]).replace("nameid-format:persistent", "nameid-format:transient").replace(
        "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
        "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
    );
    let (status, refused) = with(&keycloak, "create", &transient, &[]);
    assert_eq!((status, &refused["done"]), (1, &false.into()), "{refused:#}");
    assert_eq!(codes(&refused), ["keycloak-refused"]);
    let said = refused["findings"][0]["evidence"][0]["value"].as_str().unwrap();
    assert!(said.contains("Transient"), "{said}");
    assert_eq!(provider(&keycloak, "show", &[]).0, 1);
}

#[tokio::test]
async fn what_cannot_be_asked_is_told_apart() {
    let keycloak = Keycloak::start(SECRET);
    let ask = |url: &str, realm: &str, who: &[&str], values: &[(&str, &str)]| {
        let place = ["--alias", ALIAS, "--url", url, "--realm", realm, "--json"];
        let all = [&["keycloak", "identity-provider", "show"], &place[..], who].concat();
        let run = finished(program(&all).envs(values.iter().copied()).output().unwrap());
        (run.status, run.json()["error"]["code"].as_str().map(str::to_owned))
    };
    let url = keycloak.url.as_str();
    let is = |status: i32, code: &str| (status, Some(code.to_owned()));
    let (by_token, secret) = (["--token-env", TOKEN], [(VARIABLE, SECRET)]);
    let token = keycloak.token(SECRET).await;
    assert_eq!(
        ask(url, "staff", &by_token, &[(TOKEN, &token)]),
        (1, None),
        "there is none, and that was told"
    );
    assert_eq!(ask(url, "staff", &by_token, &[]), is(2, "keycloak-token-variable-missing"));
    assert_eq!(ask(url, "staff", &ACCOUNT, &[]), is(2, "keycloak-secret-variable-missing"));
    assert_eq!(ask(url, "staff", &by_token, &[(TOKEN, "two words")]), is(2, "keycloak-token-unusable"));
    assert_eq!(ask(url, "staff", &by_token, &[(TOKEN, "old")]), is(2, "keycloak-token-refused"));
    assert_eq!(ask(url, "staff", &ACCOUNT, &[(VARIABLE, "wrong")]), is(2, "keycloak-sign-in-refused"));
    assert_eq!(ask(url, "other", &by_token, &[(TOKEN, &token)]), is(2, "keycloak-refused"));
    let master = [&ACCOUNT[..], &["--client-realm", "master"]].concat();
    assert_eq!(ask(url, "staff", &master, &secret), is(2, "keycloak-sign-in-refused"));
    assert_eq!(ask(url, "a/b", &ACCOUNT, &secret), is(2, "keycloak-realm-invalid"));
    assert_eq!(ask("http://sso.example", "staff", &ACCOUNT, &secret), is(2, "keycloak-address-not-https"));
    assert_eq!(ask("sso.example", "staff", &ACCOUNT, &secret), is(2, "keycloak-address-invalid"));
    assert_eq!(ask("http://127.0.0.1:9", "staff", &ACCOUNT, &secret), is(3, "keycloak-unreachable"));
    let elsewhere = format!("{url}/elsewhere");
    assert_eq!(ask(&elsewhere, "staff", &ACCOUNT, &secret), is(3, "keycloak-answer-unknown"));

    let (_folder, path) = file(idp(&[&certificate(-1, 300)]));
    let place = ["--alias", ALIAS, "--url", url, "--realm", "staff", "--metadata", &path, "--json"];
    let create = [&["keycloak", "identity-provider", "create"], &place[..], &by_token].concat();
    let run = finished(program(&create).env(TOKEN, "read-only").output().unwrap());
    assert_eq!((run.status, &run.json()["error"]["code"]), (2, &"keycloak-forbidden".into()));
}
