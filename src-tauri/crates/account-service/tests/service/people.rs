//! People with a password, and a program that signs in for them, as the tests need them.

use crate::harness::{Answer, Harness};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Method;
use serde_json::Value;
use sha2::{Digest, Sha256};
use test_support::browser::{Browser, Shown};
use url::{Url, form_urlencoded};

pub(crate) const ADMIN: &str = "grace@fabrikam.test";
pub(crate) const PASSWORD: &str = "a quiet harbour at noon";
pub(crate) const VERIFIER: &str = "the-verifier-of-this-test-is-fifty-characters-long";
pub(crate) const REDIRECT: &str = "http://127.0.0.1:49152/signed-in";

/// The address of a page as browsers reach it.
pub(crate) fn page(service: &Harness, path: &str) -> String {
    format!("{}{path}", service.running.service.public_url())
}

/// Makes the first administrator with the setup code, in that browser.
pub(crate) async fn set_up(service: &Harness, browser: &mut Browser) {
    let code = service.running.service.setup_code().await.unwrap().unwrap();
    let form = browser.get(&page(service, "/setup")).await;
    let filled =
        [("code", code.expose()), ("name", "Grace Hopper"), ("email", ADMIN), ("new-password", PASSWORD)];
    let made = browser.press(&form, &filled).await;
    assert_eq!(made.status, 303, "{}", made.text);
    assert_eq!(browser.follow(made).await.status, 200);
}

/// Tries to sign in at the service's own page.
pub(crate) async fn sign_in(service: &Harness, browser: &mut Browser, email: &str, password: &str) -> Shown {
    let form = browser.get(&page(service, "/sign-in")).await;
    browser.press(&form, &[("email", email), ("password", password)]).await
}

/// Makes a user by an invitation, in that browser.
pub(crate) async fn invite(service: &Harness, admin: &mut Browser, guest: &mut Browser, email: &str) {
    let user = admin.get(&page(service, "/user")).await;
    let fields =
        [("form", user.field("form").unwrap()), ("email", email.to_owned()), ("role", "user".to_owned())];
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    let invited = admin.post(&page(service, "/user/invitations"), &fields).await;
    let form = guest.get(&link(&invited)).await;
    let made = guest.press(&form, &[("name", "Mia"), ("new-password", PASSWORD)]).await;
    assert_eq!(made.status, 303, "{made:?}");
}

/// The link that a page shows.
pub(crate) fn link(shown: &Shown) -> String {
    let code = shown.text.split("<code>").nth(1).unwrap_or_else(|| panic!("no link: {shown:?}"));
    code.split("</code>").next().unwrap().to_owned()
}

/// The query of a good authorization request, with some values changed; an empty one is left out.
pub(crate) fn request(changes: &[(&str, &str)]) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let mut pairs = vec![
        ("response_type", "code"),
        ("client_id", "signpost-desktop"),
        ("redirect_uri", REDIRECT),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        ("state", "the state"),
    ];
    for (name, value) in changes {
        pairs.retain(|(key, _)| key != name);
        pairs.push((name, value));
    }
    pairs.retain(|(_, value)| !value.is_empty());
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// Opens an authorization request.
pub(crate) async fn open(service: &Harness, browser: &mut Browser, query: &str) -> Shown {
    browser.get(&page(service, &format!("/oauth/authorize?{query}"))).await
}

/// A value in the query of where a page leads.
pub(crate) fn value(shown: &Shown, name: &str) -> Option<String> {
    let location: &Url = shown.location.as_ref()?;
    location.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// Lets the program in in a browser that is signed in; the code.
pub(crate) async fn code(service: &Harness, browser: &mut Browser, changes: &[(&str, &str)]) -> String {
    let asked = open(service, browser, &request(changes)).await;
    let back = browser.press(&asked, &[("decision", "allow")]).await;
    value(&back, "code").unwrap_or_else(|| panic!("no code: {back:?}"))
}

/// A request of the program to an endpoint of its own.
pub(crate) async fn ask(service: &Harness, endpoint: &str, pairs: &[(&str, &str)]) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let request = service
        .anonymous(Method::POST, endpoint)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body);
    Answer::of(request).await
}

/// Asks for tokens for a code.
pub(crate) async fn redeem(service: &Harness, code: &str, changes: &[(&str, &str)]) -> Answer {
    let mut pairs = vec![
        ("grant_type", "authorization_code"),
        ("client_id", "signpost-desktop"),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    for (name, value) in changes {
        pairs.retain(|(key, _)| key != name);
        pairs.push((name, value));
    }
    ask(service, "/oauth/token", &pairs).await
}

/// Asks for new tokens for a refresh token.
pub(crate) async fn refresh(service: &Harness, token: &str) -> Answer {
    let pairs =
        [("grant_type", "refresh_token"), ("client_id", "signpost-desktop"), ("refresh_token", token)];
    ask(service, "/oauth/token", &pairs).await
}

/// A token of an answer.
pub(crate) fn token(tokens: &Value, name: &str) -> String {
    tokens[name].as_str().unwrap_or_else(|| panic!("no {name}: {tokens}")).to_owned()
}

/// Who the service takes the bearer for.
pub(crate) async fn me(service: &Harness, access_token: &str) -> Answer {
    Answer::of(service.anonymous(Method::GET, "/api/v1/me").bearer_auth(access_token)).await
}
