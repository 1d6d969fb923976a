//! Sign-ins through Polis: those that failed are told with what each comes from, and nothing is said of those that did not.

use crate::{ID, IDP, KEY, SHOP, World};
use adapters::SystemClock;
use test_support::browser::Browser;
use test_support::identity_provider::{PlayedIdentityProvider, ReceivedRequest, post_with};
use test_support::polis::Polis;
use test_support::responses::{Signing, TestResponse};
use time::Duration;
use vocabulary::{Secret, StepId};
use wizard::FailureCode;
use wizard::polis::SignIns;
use wizard::ports::{Clock, SecretKind, SecretStore};

/// Somebody opens the page, and the answer of the identity provider is changed before it is signed. Where it ends.
async fn sign_in(page: &str, idp: &PlayedIdentityProvider, change: fn(&mut TestResponse)) -> String {
    let mut browser = Browser::default();
    let asked = browser.get(page).await;
    let request = ReceivedRequest::of(&asked);
    let mut response = idp.response(&request, "ada@contoso.test", &["admins"], SystemClock.now());
    change(&mut response);
    let state =
        asked.location.as_ref().unwrap().query_pairs().find(|(name, _)| name == "RelayState").unwrap();
    let xml = response.signed(Signing::Assertion, &idp.certificate);
    post_with(&mut browser, &request.acs_url, &xml, &state.1).await.location.unwrap().into()
}

fn problems(found: &SignIns, index: usize) -> Vec<&str> {
    found.failed[index].sign_in.problems.iter().map(|problem| problem.finding.code.as_ref()).collect()
}

#[tokio::test]
async fn a_sign_in_that_failed_is_told_with_what_it_comes_from() {
    let world = World::new();
    world.create(ID, "contoso.test", KEY).await.unwrap();
    let idp = PlayedIdentityProvider::new(IDP, SystemClock.now());
    world.desk.read(ID, IDP, &[&idp.certificate]);
    world.desk.wizard.push(ID, StepId::Saml).await.unwrap();
    let none = world.desk.wizard.polis_sign_ins(ID).await.unwrap();
    assert!(none.failed.is_empty() && !none.more);

    let (view, page) = world.desk.wizard.begin_polis_sign_in(ID).unwrap();
    let tested = |view: &wizard::ProjectView| view.project.portal.tested_in_polis.clone().unwrap();
    assert_eq!(tested(&view).came_through_at, None);
    let end = sign_in(&page, &idp, |_| ()).await;
    assert!(end.starts_with(SHOP) && end.contains("code=") && end.contains("state=signpost"), "{end}");
    assert!(
        world.desk.wizard.polis_sign_ins(ID).await.unwrap().failed.is_empty(),
        "what went well is not written down"
    );
    let view = world.desk.wizard.say_polis_sign_in(ID, true).unwrap();
    assert!(tested(&view).came_through_at.is_some());
    let view = world.desk.wizard.refresh(ID).await.unwrap();
    assert!(tested(&view).came_through_at.is_some(), "it stays while the connection is there");
    let view = world.desk.wizard.say_polis_sign_in(ID, false).unwrap();
    assert!(tested(&view).came_through_at.is_none());

    let end = sign_in(&page, &idp, |response| response.audience = "https://elsewhere.example".into()).await;
    assert!(!end.contains("code="), "{end}");
    let stranger = PlayedIdentityProvider { certificate: crate::certificate("stranger", 300), ..idp.clone() };
    let end = sign_in(&page, &stranger, |_| ()).await;
    assert!(!end.contains("code="), "{end}");
    let found = world.desk.wizard.polis_sign_ins(ID).await.unwrap();
    assert_eq!(found.failed.len(), 2, "{found:#?}");
    let codes = problems(&found, 0);
    assert!(codes.iter().any(|code| code.contains("certificate") || code.contains("signature")), "{codes:?}");
    let codes = problems(&found, 1);
    assert_eq!(codes.first(), Some(&"response-audience"), "{codes:?}");
    // Polis asked at another hour than somebody who looks later: what was too late then is told as that.
    let end =
        sign_in(&page, &idp, |response| response.issued = response.issued.plus(-Duration::hours(1))).await;
    assert!(!end.contains("code="), "{end}");
    let found = world.desk.wizard.polis_sign_ins(ID).await.unwrap();
    let codes = problems(&found, 0);
    assert!(codes.contains(&"response-expired"), "{codes:?}");
    let table = diagnosis::Table::embedded().unwrap();
    for one in &found.failed {
        assert!(!table.explain(&one.error).is_empty(), "no row for {}", one.error);
        assert!(one.at.is_some() && one.sign_in.state == account_api::SignInState::Failed);
        assert!(!one.sign_in.redacted.contains("ada@contoso.test"), "{}", one.sign_in.redacted);
    }
    let kept = world.desk.kept();
    assert!(!kept.contains("ada@contoso.test"), "nothing of the answers is kept");

    // Another tenant's are its own.
    let other = "5e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a12";
    world.create(other, "fabrikam.test", KEY).await.unwrap();
    assert!(world.desk.wizard.polis_sign_ins(other).await.unwrap().failed.is_empty());
    world
        .desk
        .secrets
        .keep(other, SecretKind::AccessToken, &Secret::new("another-key".into()))
        .await
        .unwrap();
    let refused = world.desk.wizard.polis_sign_ins(other).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::PolisKeyRefused);
    let World { polis, desk } = world;
    let address = polis.url.clone();
    drop::<Polis>(polis);
    let away = desk.wizard.polis_sign_ins(ID).await.unwrap_err();
    assert_eq!(away.code, FailureCode::PolisUnreachable, "{address}");
}
