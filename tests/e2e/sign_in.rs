//! The sign-in test of the portal, with an identity provider that is played. It goes through the settings API with a
//! token that the command line would issue.

use crate::app::App;
use crate::journey::now;
use account_service::{Database, token_from_cli};
use std::path::Path;
use std::time::{Duration, Instant};
use test_support::browser::Browser;
use test_support::identity_provider::{PlayedIdentityProvider, ReceivedRequest, post};
use test_support::responses::Signing;

const WHO: &str = "jonas.weber@contoso.test";

/// Passes the test of the project on the screen.
pub(crate) async fn prove(app: &App) {
    app.go_to("SAML").await;
    app.see("/saml/").await;
    let words = app.words().await;
    let (base, account) = address(&words).expect("the service's values are on the screen");
    let database = Database::Directory(app.data().join("account-service"));
    let token = token_from_cli(database, None, WHO, "Contoso Ltd").await.unwrap();
    test_support::identity_provider::pass_portal_test(&base, &account, token.expose(), WHO, now()).await;
    app.go_to("Overview").await;
    app.press("Check everything").await;
    app.see("Everything that has to be there is there.").await;
}

/// Scheme, host and port of the service, and the account, from `http://localhost:PORT/saml/ACCOUNT/…`.
fn address(words: &str) -> Option<(String, String)> {
    let at = words.find("http://localhost:")?;
    let (base, rest) = words[at..].split_once("/saml/")?;
    let account = rest.split(|one: char| !one.is_ascii_alphanumeric() && one != '-').next()?;
    Some((base.to_owned(), account.to_owned()))
}

/// Entra's names of the claims, in the order they are sent.
const CLAIMS: [(&str, &str); 3] = [
    ("http://schemas.microsoft.com/identity/claims/objectidentifier", "7c6f3f5e-1c39-4c7a-8d35-5a9f0b6c1d22"),
    ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", WHO),
    ("http://schemas.microsoft.com/identity/claims/displayname", "Jonas Weber"),
];

/// The test as a person makes it: pressed in the window, gone through in the browser that opens. At the first try one
/// claim's name has another case; that is told with the place to mend it, and the second try passes.
pub(crate) async fn in_the_window(app: &App, entity_id: &str, group: &str) {
    let entra = PlayedIdentityProvider::new(entity_id, now());
    app.go_to("Test sign-in").await;
    app.press_at("//main//button[normalize-space()='Test sign-in']").await;
    app.see("Waiting for").await;
    let wrong = |claim: &str| claim.replace("displayname", "displayName");
    assert_eq!(answer(&entra, &opened(1).await, group, wrong).await, 403);
    app.see("but one claim’s name has the wrong case.").await;
    app.see_element("//li[contains(., 'Answer received')][contains(., 'Stopped here')]").await;
    app.see_element("//tr[contains(., 'displayName')][contains(., 'Case differs')]").await;
    app.see("What to change").await;
    app.press("Try again").await;
    app.see("Waiting for").await;
    assert_eq!(answer(&entra, &opened(2).await, group, str::to_owned).await, 200);
    app.see("Jonas can sign in as an administrator.").await;
    app.see_element("//tr[contains(., 'groups')][contains(., 'Administrator')]").await;
    app.see_element("//li[contains(., 'Session and role')][contains(., 'Good')]").await;
}

/// What the program has opened in the browser, once it was so many pages; the last of them.
async fn opened(count: usize) -> String {
    let file = Path::new(&std::env::var_os("HOME").unwrap()).join("opened");
    let start = Instant::now();
    loop {
        let pages = std::fs::read_to_string(&file).unwrap_or_default();
        if let Some(page) = pages.lines().nth(count - 1).filter(|_| pages.ends_with('\n')) {
            return page.to_owned();
        }
        assert!(start.elapsed() < Duration::from_secs(20), "the browser was not opened: {pages:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Goes through the sign-in in a browser of its own, with the names of the claims as `written`; the service's HTTP status.
async fn answer(
    entra: &PlayedIdentityProvider,
    page: &str,
    group: &str,
    written: impl Fn(&str) -> String,
) -> u16 {
    let mut browser = Browser::default();
    let request = ReceivedRequest::of(&browser.get(page).await);
    let mut response = entra.response(&request, WHO, &[group], now());
    let claims = CLAIMS.iter().map(|(name, value)| (written(name), vec![(*value).to_owned()]));
    response.attributes.extend(claims);
    let xml = response.signed(Signing::Assertion, &entra.certificate);
    post(&mut browser, &request.acs_url, &xml).await.status
}
