//! The pages that `ui/tests/screens` looks at in a browser are those that the service shows.

use crate::harness::OWNER;
use crate::people::{PASSWORD, invite, page, set_up, sign_in};
use crate::sign_in::entra;
use crate::sign_out::World;
use std::collections::BTreeSet;
use test_support::browser::{Browser, Shown};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/tests/screens/service");

/// `UPDATE_FAKES=1` writes them anew.
#[tokio::test]
async fn the_pages_that_are_looked_at_are_those_of_the_service() {
    let world = World::new().await;
    let update = std::env::var_os("UPDATE_FAKES").is_some();
    let mut wrong = Vec::new();
    let mut names = BTreeSet::new();
    for (name, shown) in pages(&world).await {
        let html = as_every_time(&shown, &world.base);
        let file = format!("{name}.html");
        let path = format!("{FOLDER}/{file}");
        if update {
            std::fs::write(&path, &html).unwrap();
        }
        if std::fs::read_to_string(&path).unwrap_or_default() != html {
            wrong.push(name);
        }
        names.insert(file);
    }
    assert!(wrong.is_empty(), "{wrong:?}: UPDATE_FAKES=1 cargo test -p account-service shown_pages");
    let there = std::fs::read_dir(FOLDER).unwrap().map(|one| one.unwrap().file_name().into_string().unwrap());
    assert_eq!(there.collect::<BTreeSet<_>>(), names);
}

async fn pages(world: &World) -> Vec<(&'static str, Shown)> {
    let unsigned = world.request("_unsigned").query(None, &entra().certificate);
    let unsigned = unsigned.split("&SigAlg").next().unwrap().to_owned();
    let mut browser = world.signed_in("_s1").await;
    let refused = browser.get(&format!("{}?{unsigned}", world.slo)).await;
    let signed_in = browser.get(&world.login()).await;
    let signed_out = browser.press(&refused, &[]).await;
    let mut browser = Browser::default();
    let ask = browser.get(&world.login()).await;
    let unknown = browser.press(&ask, &[("email", "maria@fabrikam.example")]).await;
    let acs = format!("{}/saml/contoso/acs", world.base);
    let nothing = browser.post(&acs, &[("SAMLResponse".into(), "x".into())]).await;
    let mut admin = Browser::default();
    set_up(&world.service, &mut admin).await;
    invite(&world.service, &mut admin, &mut Browser::default(), "mia@contoso.example").await;
    let own = admin.get(&page(&world.service, "/user")).await;
    let users = admin.get(&page(&world.service, "/users")).await;
    let one = admin.get(&page(&world.service, "/users/mia@contoso.example")).await;
    let mut stranger = Browser::default();
    let password = sign_in(&world.service, &mut stranger, OWNER, PASSWORD).await;
    let people = stranger.get(&page(&world.service, "/sign-in")).await;
    vec![
        ("sign-out-refused", refused),
        ("signed-in", signed_in),
        ("signed-out", signed_out),
        ("sign-in", ask),
        ("sign-in-unknown-domain", unknown),
        ("sign-in-refused", nothing),
        ("people-sign-in", people),
        ("people-sign-in-refused", password),
        ("people-user", own),
        ("people-users", users),
        ("people-users-one", one),
    ]
}

/// Without what differs from one start to the next: the port, and the secrets of forms.
fn as_every_time(shown: &Shown, base: &str) -> String {
    let html = shown.text.replace(base, "https://account.example.com");
    match shown.field("form") {
        Some(secret) if !secret.is_empty() => html.replace(&secret, "the-secret-of-the-form"),
        _ => html,
    }
}
