//! Whole sign-ins through saml-idp, the second identity provider that is not ours: from an address typed at the service
//! to a session there; and what is read when saml-idp is set up wrongly.

use crate::harness::{Harness, OWNER};
use crate::seven_steps::finish_all_steps;
use crate::sign_in::{ADMINS, activate, begin, codes, test};
use serde_json::{Value, json};
use test_support::TestCertificate;
use test_support::browser::Browser;
use test_support::peers::For;
use test_support::saml_idp::{ENTITY_ID, SamlIdp};
use time::{Duration, OffsetDateTime};
use vocabulary::Timestamp;

#[expect(clippy::disallowed_methods, reason = "the other side of this test has the real time")]
fn real_now() -> Timestamp {
    Timestamp::new(OffsetDateTime::now_utc())
}

fn certificate(name: &str) -> TestCertificate {
    let day = |days| real_now().plus(Duration::days(days));
    test_support::rsa_certificate(name, day(-1), day(300))
}

const EMAIL: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

/// The status of the page that a test ends on, and the test.
type Told = (u16, Value);

/// The service, saml-idp which knows it, and the other way round.
struct World {
    service: Harness,
    idp: SamlIdp,
    own: TestCertificate,
    /// The service's entity ID and assertion consumer service.
    values: [String; 2],
}

impl World {
    async fn new() -> Self {
        let service = Harness::start().await;
        finish_all_steps(&service).await;
        service.clock.forward(real_now().since(service.now()));
        let own = certificate("saml-idp");
        let read = service.read("/saml/service-provider").await.ok();
        let values = ["entity_id", "acs_url"].map(|name| read[name].as_str().unwrap().to_owned());
        let known = For { request_id: "", acs_url: &values[1], entity_id: &values[0] };
        let idp = SamlIdp::start(&own, known, OWNER, &[ADMINS, "Everyone"]).await;
        let metadata = json!({ "kind": "metadata", "xml": idp.metadata().await });
        let set = service.put("/saml/identity-provider", metadata).await.ok();
        assert_eq!(set["identity_provider"]["entity_id"], ENTITY_ID);
        Self { service, idp, own, values }
    }

    /// saml-idp as it should be set up.
    async fn set_right(&self) {
        let [entity_id, acs_url] = &self.values;
        let right = [
            ("issuer", ENTITY_ID),
            ("audience", entity_id),
            ("acsUrl", acs_url),
            ("recipient", acs_url),
            ("destination", acs_url),
            ("allowRequestAcsUrl", "true"),
            ("key", &self.own.key_pem),
            ("cert", &self.own.pem),
            ("signatureAlgorithm", "rsa-sha256"),
            ("digestAlgorithm", "sha256"),
            ("signResponse", "true"),
            ("signAssertion", "true"),
            ("encryptAssertion", "false"),
            ("lifetimeInSeconds", "3600"),
        ];
        self.idp.set(&right).await;
    }

    /// From the link of a test through saml-idp, where that is typed beside what is right, and back.
    async fn tested(&self, typed: &[(&str, &str)]) -> Told {
        let claims = json!([{ "name": "displayName" }]);
        let (id, open_url) = begin(&self.service, json!({ "purpose": "portal", "claims": claims })).await;
        let mut browser = Browser::default();
        let sent = browser.get(&open_url).await;
        let groups = format!("{ADMINS},Everyone");
        // saml-idp keeps what was typed the time before.
        let mut fields = vec![("userName", OWNER), ("email", OWNER), ("nameIdFormat", EMAIL)];
        fields.extend([("displayName", "Ada Lovelace"), ("groups", &groups)]);
        fields.extend(typed);
        let back = self.idp.sign_in(&mut browser, sent, &fields).await;
        (back.status, test(&self.service, &id).await)
    }
}

#[tokio::test]
async fn saml_idp_signs_people_in() {
    let world = World::new().await;
    let (status, test) = world.tested(&[]).await;
    assert_eq!((status, &test["state"]), (200, &json!("passed")), "{test}");
    assert_eq!(test["answer"]["subject"]["name_id"], OWNER);
    assert_eq!((codes(&test), &test["answer"]["role"]), (vec![], &json!("administrator")));
    world.service.put("/scim", json!({ "enabled": false })).await.ok();
    activate(&world.service).await;

    let login = format!("{}/sso/login", world.service.running.service.public_url());
    let mut browser = Browser::default();
    let page = browser.get(&login).await;
    assert!(!page.text.contains("You are signed in"), "{page:?}");
    let sent = browser.press(&page, &[("email", OWNER)]).await;
    let back = world.idp.sign_in(&mut browser, sent, &[]).await;
    let page = browser.follow(back).await;
    assert!(page.text.contains("You are signed in") && page.text.contains(OWNER), "{page:?}");
    let again = browser.get(&login).await;
    assert!(again.text.contains("You are signed in"), "there is a session: {again:?}");
    let elsewhere = Browser::default().get(&login).await;
    assert!(!elsewhere.text.contains("You are signed in"), "{elsewhere:?}");
}

/// What is set or typed wrongly, the finding about the answer, and what that finding quotes.
type Mistake = (&'static [(&'static str, &'static str)], &'static str, &'static str);

/// Settings of saml-idp that are wrong.
const SETTINGS: &[Mistake] = &[
    (&[("audience", "https://other.example/saml")], "response-audience", "https://other.example/saml"),
    (&[("issuer", "urn:example:other")], "response-issuer", "urn:example:other"),
    (
        &[("allowRequestAcsUrl", "false"), ("recipient", "https://other.example/acs")],
        "response-recipient",
        "https://other.example/acs",
    ),
    (
        &[("allowRequestAcsUrl", "false"), ("destination", "https://other.example/acs")],
        "response-destination",
        "https://other.example/acs",
    ),
    (&[("lifetimeInSeconds", "-1200")], "response-expired", "seconds"),
    (&[("signatureAlgorithm", "rsa-sha1"), ("digestAlgorithm", "sha1")], "response-algorithm-weak", "sha1"),
    (&[("signAssertion", "false"), ("signResponse", "false")], "response-not-signed", ""),
];

/// What the user types at saml-idp that is no good.
const TYPED: &[Mistake] = &[
    (&[("nameIdFormat", TRANSIENT)], "response-name-id-transient", ""),
    (&[("userName", "ada"), ("email", "ada")], "response-name-id-no-email", "ada"),
    (&[("userName", PARTNER), ("email", PARTNER)], "sign-in-email-domain", "partner.example"),
    (&[("displayName", "")], "response-claim-empty", "displayName"),
    (&[("groups", "parallels admins")], "sign-in-no-group", ""),
];

const TRANSIENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
const PARTNER: &str = "ada@partner.example";

/// What is amiss with how a mistake is told; nothing when it is told well.
fn trouble(told: &Told, (_, code, quoted): Mistake) -> Option<String> {
    let findings = told.1["answer"]["findings"].as_array().unwrap();
    let Some(finding) = findings.iter().find(|one| one["code"] == code) else {
        return Some(format!("{code}: {findings:?}"));
    };
    let is_error = finding["severity"] == "error";
    let ends = !is_error || (told.0 == 403 && told.1["state"] == "failed");
    (!ends || !finding.to_string().contains(quoted)).then(|| format!("{code}: {told:?}"))
}

#[tokio::test]
async fn saml_idp_set_up_wrongly_is_told_from_its_answer() {
    let world = World::new().await;
    let mut troubles = Vec::new();
    for mistake in SETTINGS {
        world.set_right().await;
        world.idp.set(mistake.0).await;
        troubles.extend(trouble(&world.tested(&[]).await, *mistake));
    }
    world.set_right().await;
    for mistake in TYPED {
        troubles.extend(trouble(&world.tested(mistake.0).await, *mistake));
    }
    let right = world.tested(&[]).await;
    assert_eq!((right.0, codes(&right.1)), (200, vec![]), "no mistake stays");

    let new = certificate("saml-idp, new");
    world.idp.set(&[("key", &new.key_pem), ("cert", &new.pem)]).await;
    troubles.extend(trouble(&world.tested(&[]).await, (&[], "response-other-certificate", "saml-idp, new")));
    world.set_right().await;
    let foreign = certificate("another service");
    let foreign = [
        ("encryptAssertion", "true"),
        ("encryptionCert", &foreign.pem),
        ("encryptionPublicKey", &foreign.pem),
    ];
    world.idp.set(&foreign).await;
    let cbc = json!({ "cbc_encryption": true });
    world.service.put("/saml/options", cbc).await.ok();
    troubles.extend(trouble(&world.tested(&[]).await, (&[], "response-decryption-failed", "")));
    assert!(troubles.is_empty(), "{}", troubles.join("\n"));
}
