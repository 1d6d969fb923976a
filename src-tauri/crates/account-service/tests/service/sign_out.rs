//! Signing out, with messages that xmlsec1 and OpenSSL sign for the identity provider.

use crate::harness::{Harness, OWNER};
use crate::seven_steps::{entra_metadata, finish_all_steps};
use crate::sign_in::{ADMINS, activate, entra, now, openssl_accepts};
use reqwest::Method;
use serde_json::{Value, json};
use test_support::browser::{Browser, Shown};
use test_support::identity_provider::{ReceivedRequest, post};
use test_support::responses::xmlsec1_accepts_element;
use test_support::sign_out::{TestLogout, inflated};
use test_support::{TestCertificate, ec_certificate};
use time::Duration;

const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";

/// An active service, with provisioning off.
pub(crate) struct World {
    pub(crate) service: Harness,
    pub(crate) base: String,
    pub(crate) slo: String,
    own: TestCertificate,
}

impl World {
    pub(crate) async fn new() -> Self {
        let service = Harness::start().await;
        finish_all_steps(&service).await;
        service.put("/scim", json!({ "enabled": false })).await.ok();
        activate(&service).await;
        let base = service.running.service.public_url();
        let metadata = service.anonymous(Method::GET, "/saml/contoso/metadata").send().await.unwrap();
        let read = saml::inspect(metadata.text().await.unwrap().as_bytes(), saml::LIMIT_BY_HAND, now());
        let own = read.certificates[0].certificate.clone();
        let own = TestCertificate { der: own.der(), pem: own.pem, key_pem: String::new() };
        Self { slo: format!("{base}/saml/contoso/slo"), service, base, own }
    }

    pub(crate) fn login(&self) -> String {
        format!("{}/sso/login", self.base)
    }

    /// A browser in which the owner is signed in, in the identity provider's session of that name.
    pub(crate) async fn signed_in(&self, session: &str) -> Browser {
        let mut browser = Browser::default();
        let page = browser.get(&self.login()).await;
        let request = ReceivedRequest::of(&browser.press(&page, &[("email", OWNER)]).await);
        let response = entra().response(&request, OWNER, &[ADMINS], self.service.now());
        let index = format!(r#"SessionIndex="{session}""#);
        let xml = response.with_replaced(r#"SessionIndex="_session-1""#, &index, &entra().certificate);
        post(&mut browser, &request.acs_url, &xml).await;
        assert!(self.is_signed_in(&mut browser).await);
        browser
    }

    async fn is_signed_in(&self, browser: &mut Browser) -> bool {
        browser.get(&self.login()).await.text.contains("You are signed in")
    }

    pub(crate) fn request(&self, id: &str) -> TestLogout {
        let message = TestLogout::request(&entra().entity_id, &self.slo, OWNER, self.service.now());
        TestLogout { id: id.to_owned(), ..message }
    }

    /// The message in the query, in a browser without any cookie.
    async fn redirected(&self, message: &TestLogout, state: Option<&str>) -> Shown {
        let query = message.query(state, &entra().certificate);
        Browser::default().get(&format!("{}?{query}", self.slo)).await
    }

    async fn posted(&self, xml: &str) -> Shown {
        let mut browser = Browser::default();
        browser.post(&self.slo, &[("SAMLRequest".into(), encoded(xml))]).await
    }
}

fn encoded(xml: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(xml)
}

fn field(shown: &Shown, name: &str) -> Option<String> {
    let location = shown.location.as_ref()?;
    location.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

fn is_refused(shown: &Shown, code: &str) -> bool {
    matches!(shown.status, 400 | 403) && shown.text.contains(&format!("<code>{code}</code>"))
}

#[tokio::test]
async fn the_identity_provider_ends_a_users_sessions_and_is_told() {
    let world = World::new().await;
    let (mut one, mut other) = (world.signed_in("_s1").await, world.signed_in("_s2").await);
    let first = world.request("_logout-1");
    let index = "<samlp:SessionIndex>_s1</samlp:SessionIndex>";
    let first = TestLogout { inside: first.inside.clone() + index, ..first };
    let answer = world.redirected(&first, Some("state & more")).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    assert!(!world.is_signed_in(&mut one).await, "the session that was named is over in its browser");
    assert!(world.is_signed_in(&mut other).await, "the other one goes on");

    let location = answer.location.as_ref().unwrap();
    assert_eq!(location.host_str(), Some("login.microsoftonline.com"));
    assert_eq!(field(&answer, "RelayState").as_deref(), Some("state & more"));
    let xml = inflated(&field(&answer, "SAMLResponse").unwrap());
    for part in [
        "<samlp:LogoutResponse ",
        r#" InResponseTo="_logout-1""#,
        "status:Success",
        world.slo.trim_end_matches("slo"),
    ] {
        assert!(xml.contains(part), "{part}: {xml}");
    }
    let query = location.query().unwrap();
    assert!(openssl_accepts(query, &world.own.pem));
    assert!(!openssl_accepts(&query.replace("RelayState=s", "RelayState=t"), &world.own.pem));

    let again = world.redirected(&first, None).await;
    assert!(is_refused(&again, "logout-replayed"), "{again:?}");
    let mut third = world.signed_in("_s3").await;
    let all = world.request("_logout-2").signed(&entra().certificate);
    assert_eq!(world.posted(&all).await.status, 303);
    assert!(!world.is_signed_in(&mut other).await && !world.is_signed_in(&mut third).await);
    let audit = world.service.read("/audit").await.ok();
    let ended =
        audit["entries"].as_array().unwrap().iter().filter(|one| one["action"] == "signed-out").count();
    assert_eq!(ended, 3);
    assert_eq!(
        world.posted(&world.request("_logout-3").signed(&entra().certificate)).await.status,
        303,
        "nobody is left, which is what was asked for"
    );
}

#[tokio::test]
async fn an_answer_goes_the_way_that_the_metadata_name_or_is_shown() {
    let world = World::new().await;
    let metadata = entra_metadata();
    let start = metadata.find("<SingleLogoutService").unwrap();
    let end = start + metadata[start..].find("/>").unwrap() + 2;
    let named = |service: &str| metadata.replace(&metadata[start..end], service);
    let set = async |xml: String| {
        let kept =
            world.service.put("/saml/identity-provider", json!({ "kind": "metadata", "xml": xml })).await;
        kept.ok()
    };
    let elsewhere = r#"<SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example/slo" ResponseLocation="https://idp.example/slo/answer?a=b"/>"#;
    let kept = set(named(elsewhere)).await;
    assert_eq!(kept["identity_provider"]["logout"]["response_url"], "https://idp.example/slo/answer?a=b");
    assert_eq!(kept["sign_ins"]["portal"]["by"], OWNER, "it still signs people in alike");
    let answer = world.redirected(&world.request("_logout-1"), Some("\"state\"")).await;
    let form = answer.form().unwrap();
    assert_eq!(form.action.as_str(), "https://idp.example/slo/answer?a=b");
    assert_eq!(answer.field("RelayState").as_deref(), Some("\"state\""));
    use base64::Engine as _;
    let xml =
        base64::engine::general_purpose::STANDARD.decode(answer.field("SAMLResponse").unwrap()).unwrap();
    let xml = String::from_utf8(xml).unwrap();
    assert!(xmlsec1_accepts_element(&xml, "LogoutResponse", PROTOCOL, &world.own), "{xml}");
    let altered = xml.replace("_logout-1", "_logout-9");
    assert!(!xmlsec1_accepts_element(&altered, "LogoutResponse", PROTOCOL, &world.own));

    for unusable in ["", &elsewhere.replace("https://idp.example/slo\"", "javascript:alert(1)\"")] {
        assert_eq!(set(named(unusable)).await["identity_provider"]["logout"], Value::Null);
    }
    let mut browser = world.signed_in("_s1").await;
    let answer = world.redirected(&world.request("_logout-2"), None).await;
    assert!(answer.status == 200 && answer.text.contains("You are signed out"), "{answer:?}");
    assert!(!world.is_signed_in(&mut browser).await);
}

#[tokio::test]
async fn no_hostile_message_signs_anybody_out() {
    let world = World::new().await;
    let mut browser = world.signed_in("_s1").await;
    let good = world.request("_good");
    let by = &entra().certificate;
    let stranger = ec_certificate("stranger", now().plus(Duration::days(-1)), now().plus(Duration::days(9)));
    let ecdsa = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256".to_owned();
    let by_stranger = TestLogout { signature_method: ecdsa, ..good.clone() }.signed(&stranger);
    let signed = good.signed(by);
    let wrapped = good.unsigned().replace("_good", "_evil");
    let wrapped = wrapped.replace("</samlp:LogoutRequest>", &format!("{signed}</samlp:LogoutRequest>"));
    let forms = [
        (good.unsigned(), "logout-not-signed"),
        (by_stranger, "logout-signature"),
        (signed.replace("_good", "_other"), "logout-signature"),
        (wrapped, "logout-malformed"),
        (format!("<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>{signed}"), "logout-malformed"),
        (signed.replace(OWNER, &OWNER.replace('@', "<!-- -->@")), "logout-malformed"),
        (TestLogout { issuer: "https://evil.example".into(), ..good.clone() }.signed(by), "logout-issuer"),
        (
            TestLogout { destination: "https://evil.example".into(), ..good.clone() }.signed(by),
            "logout-destination",
        ),
        (TestLogout { issued: now().plus(Duration::hours(-1)), ..good.clone() }.signed(by), "logout-expired"),
        (
            TestLogout { issued: now().plus(Duration::hours(1)), ..good.clone() }.signed(by),
            "logout-not-yet-valid",
        ),
        (TestLogout { inside: "<saml:EncryptedID/>".into(), ..good.clone() }.signed(by), "logout-name-id"),
        ("no message".into(), "logout-malformed"),
    ];
    for (xml, code) in forms {
        let refused = world.posted(&xml).await;
        assert!(is_refused(&refused, code), "{code}: {refused:?}");
    }
    let query = good.query(Some("a"), by);
    for (query, code) in [
        (query.replace("RelayState=a", "RelayState=b"), "logout-signature"),
        (query.split("&SigAlg").next().unwrap().to_owned(), "logout-not-signed"),
        (format!("{query}&RelayState=a"), "logout-malformed"),
        (query.replace("rsa-sha256", "rsa-sha1"), "logout-algorithm"),
        ("SAMLRequest=x".into(), "logout-malformed"),
        (String::new(), "logout-none"),
    ] {
        // The user's own browser comes along, as when somebody has it open a link.
        let refused = browser.get(&format!("{}?{query}", world.slo)).await;
        assert!(is_refused(&refused, code), "{code}: {refused:?}");
    }
    assert!(world.is_signed_in(&mut browser).await);
    let other = world.service.anonymous(Method::GET, "/saml/nobody/slo").send().await.unwrap();
    assert_eq!(other.status(), 404);
    assert_eq!(world.posted(&signed).await.status, 303, "without harm it works");
    assert!(!world.is_signed_in(&mut browser).await);
}

#[tokio::test]
async fn whoever_an_unsigned_message_did_not_sign_out_can_do_so_on_its_page() {
    let world = World::new().await;
    let mut browser = world.signed_in("_s1").await;
    let query = world.request("_good").query(None, &entra().certificate);
    let unsigned = query.split("&SigAlg").next().unwrap();
    let refused = browser.get(&format!("{}?{unsigned}", world.slo)).await;
    assert!(is_refused(&refused, "logout-not-signed"), "{refused:?}");
    assert!(world.is_signed_in(&mut browser).await);
    let end = browser.press(&refused, &[]).await;
    assert!(end.status == 200 && end.text.contains("You are signed out"), "{end:?}");
    assert!(!world.is_signed_in(&mut browser).await);
}

#[tokio::test]
async fn a_user_may_end_the_session_at_the_identity_provider_too() {
    let world = World::new().await;
    let everywhere = [("everywhere".to_owned(), "yes".to_owned())];
    let ask = async || {
        let mut browser = world.signed_in("_s&lt;1&gt;").await;
        let page = browser.get(&world.login()).await;
        assert!(page.text.contains("Sign out of the identity provider, too"), "{}", page.text);
        let asked = browser.post(&format!("{}/sso/logout", world.base), &everywhere).await;
        assert!(!world.is_signed_in(&mut browser).await, "whatever the identity provider does");
        asked
    };
    let asked = ask().await;
    assert!(openssl_accepts(asked.location.as_ref().unwrap().query().unwrap(), &world.own.pem));
    let xml = inflated(&field(&asked, "SAMLRequest").unwrap());
    for part in [
        "<samlp:LogoutRequest ",
        OWNER,
        "<samlp:SessionIndex>_s&lt;1&gt;</samlp:SessionIndex>",
        "nameid-format:emailAddress",
    ] {
        assert!(xml.contains(part), "{part}: {xml}");
    }
    let id = |xml: &str| xml.split(" ID=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let answer = world.request("_answer").answer(&id(&xml), "");
    let end = world.redirected(&answer, None).await;
    assert!(end.text.contains("signed out here and at the identity provider"), "{end:?}");
    let again = world.redirected(&answer, None).await;
    assert!(is_refused(&again, "logout-unknown"), "{again:?}");

    let xml = inflated(&field(&ask().await, "SAMLRequest").unwrap());
    let partial = r#"<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:PartialLogout"/>"#;
    let end = world.redirected(&world.request("_answer-2").answer(&id(&xml), partial), None).await;
    assert!(end.text.contains("could not sign you out everywhere"), "{end:?}");
}
