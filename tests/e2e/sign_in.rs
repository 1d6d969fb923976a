//! The sign-in test of the portal, with an identity provider that is played. It goes through the settings API with a
//! token that the command line would issue.

use crate::app::App;
use crate::journey::now;
use account_service::{Database, token_from_cli};

const WHO: &str = "jonas.weber@contoso.test";

/// Passes the test of the project on the screen.
pub(crate) async fn prove(app: &App) {
    app.go_to("SAML").await;
    app.see("/saml/").await;
    let words = app.words().await;
    let (base, account) = address(&words).expect("the service's values are on the screen");
    let database = Database::Directory(app.data().join("account-service"));
    let token = token_from_cli(database, WHO, "Contoso Ltd").await.unwrap();
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
