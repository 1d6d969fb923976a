//! Plays an identity provider: reads an authentication request, and has xmlsec1 sign an answer to it.

use crate::browser::{Browser, Shown};
use crate::responses::{Signing, TestResponse};
use crate::{TestCertificate, certificate};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::sync::atomic::{AtomicU32, Ordering};
use time::Duration;
use url::Url;
use vocabulary::Timestamp;

/// An identity provider that signs with a throw-away key.
#[derive(Debug, Clone)]
pub struct PlayedIdentityProvider {
    /// Its entity ID.
    pub entity_id: String,
    /// The certificate with the key that it signs with.
    pub certificate: TestCertificate,
}

/// An authentication request as it arrived (SAML Core 3.4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedRequest {
    /// Its ID.
    pub id: String,
    /// The service's entity ID.
    pub issuer: String,
    /// Where the answer goes.
    pub acs_url: String,
    /// The XML.
    pub xml: String,
}

/// Assertions of one run never have the same ID, also across programs that share a service.
static NUMBER: AtomicU32 = AtomicU32::new(1);

impl PlayedIdentityProvider {
    /// One whose certificate is good around that time.
    pub fn new(entity_id: &str, now: Timestamp) -> Self {
        let (from, until) = (now.plus(-Duration::days(30)), now.plus(Duration::days(1000)));
        Self { entity_id: entity_id.to_owned(), certificate: certificate("played", from, until) }
    }

    /// A response to a request about a user with those groups, to be changed and signed.
    pub fn response(
        &self,
        request: &ReceivedRequest,
        email: &str,
        groups: &[&str],
        now: Timestamp,
    ) -> TestResponse {
        TestResponse {
            issuer: self.entity_id.clone(),
            audience: request.issuer.clone(),
            destination: request.acs_url.clone(),
            recipient: request.acs_url.clone(),
            in_response_to: Some(request.id.clone()),
            name_id: email.to_owned(),
            attributes: vec![(
                "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups".to_owned(),
                groups.iter().map(|group| (*group).to_owned()).collect(),
            )],
            number: format!("{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed)),
            ..TestResponse::new(now)
        }
    }

    /// Opens a page of the service that leads to this provider, and signs that user in.
    ///
    /// # Panics
    /// When it does not lead to an identity provider.
    pub async fn sign_in(
        &self,
        browser: &mut Browser,
        open_url: &str,
        (email, groups): (&str, &[&str]),
        now: Timestamp,
    ) -> Shown {
        let request = ReceivedRequest::of(&browser.get(open_url).await);
        let xml = self.response(&request, email, groups, now).signed(Signing::Assertion, &self.certificate);
        post(browser, &request.acs_url, &xml).await
    }
}

/// Posts a response as a browser does that comes from an identity provider.
pub async fn post(browser: &mut Browser, acs_url: &str, xml: &str) -> Shown {
    post_with(browser, acs_url, xml, "").await
}

/// The same with the RelayState that came along with the request.
pub async fn post_with(browser: &mut Browser, acs_url: &str, xml: &str, relay_state: &str) -> Shown {
    let fields = [
        ("SAMLResponse".to_owned(), STANDARD.encode(xml)),
        ("RelayState".to_owned(), relay_state.to_owned()),
    ];
    browser.post(acs_url, &fields).await
}

impl ReceivedRequest {
    /// The request that an answer of the service carries: in a redirect, or in a form that posts itself.
    ///
    /// # Panics
    /// When there is none, or it cannot be read.
    pub fn of(shown: &Shown) -> Self {
        let xml = match (&shown.location, shown.field("SAMLRequest")) {
            (Some(location), _) => inflated(location),
            (None, Some(value)) => {
                String::from_utf8(STANDARD.decode(value).expect("it is base64")).expect("it is UTF-8")
            }
            (None, None) => panic!("nothing leads to an identity provider: {shown:?}"),
        };
        let attribute = |name: &str| {
            let (_, rest) =
                xml.split_once(&format!(" {name}=\"")).unwrap_or_else(|| panic!("no {name}: {xml}"));
            rest.split('"').next().unwrap_or_default().to_owned()
        };
        let issuer = xml.split_once("<saml:Issuer").and_then(|(_, rest)| rest.split_once('>'));
        let (_, issuer) = issuer.expect("it names its issuer");
        Self {
            id: attribute("ID"),
            acs_url: attribute("AssertionConsumerServiceURL"),
            issuer: issuer.split('<').next().unwrap_or_default().to_owned(),
            xml,
        }
    }
}

fn inflated(location: &Url) -> String {
    let value = location.query_pairs().find(|(name, _)| name == "SAMLRequest");
    let (_, value) = value.unwrap_or_else(|| panic!("no request in {location}"));
    crate::sign_out::inflated(&value)
}

/// Passes a sign-in test of the portal through a service's settings API, as the identity provider that the account
/// has: its values name the entity ID, and its certificate carries the key that all of [`certificate`] share.
///
/// # Panics
/// When the test does not pass.
pub async fn pass_portal_test(base: &str, account: &str, token: &str, email: &str, now: Timestamp) {
    let api = format!("{base}/api/v1/accounts/{account}");
    let http = reqwest::Client::builder().no_proxy().build().expect("a client can be made");
    let answered = async |request: reqwest::RequestBuilder| -> serde_json::Value {
        let response = request.bearer_auth(token).send().await.expect("the service answers");
        assert!(response.status().is_success(), "{response:?}");
        response.json().await.expect("the service answers with JSON")
    };
    let integration = answered(http.get(format!("{api}/integration"))).await;
    let text = |pointer: &str| {
        let value = integration.pointer(pointer).and_then(serde_json::Value::as_str);
        value.unwrap_or_else(|| panic!("no {pointer}: {integration}")).to_owned()
    };
    let begun = http.post(format!("{api}/sign-in-tests")).json(&serde_json::json!({ "purpose": "portal" }));
    let begun = begun.header("If-Match", format!("\"{}\"", integration["version"]));
    let begun = answered(begun).await;
    let open_url = begun["open_url"].as_str().expect("a test begins with an URL");
    let played = PlayedIdentityProvider::new(&text("/identity_provider/entity_id"), now);
    let group = text("/groups/admins/id");
    let page = played.sign_in(&mut Browser::default(), open_url, (email, &[&group]), now).await;
    assert_eq!(page.status, 200, "{page:?}");
}
