//! The last step switches the connection on in Polis; and where people go after a sign-in.

use crate::{ID, IDP, KEY, SHOP, World, certificate, codes, saml};
use serde_json::json;
use test_support::browser::Browser;
use vocabulary::StepId;
use wizard::polis::{ConnectionState, Redirects};
use wizard::{Failure, FailureCode, ProjectView};

const OTHER: &str = "https://shop.example/other";

impl World {
    /// Everything up to the activation, as a person would do it.
    async fn all_steps(&self) -> ProjectView {
        self.desk.read(ID, IDP, &[&certificate("idp", 900)]);
        self.desk.wizard.push(ID, StepId::Saml).await.unwrap();
        self.desk.settle_the_rest(true).await
    }

    async fn activate(&self) -> Result<ProjectView, Failure> {
        self.desk.wizard.activate(ID, None).await
    }

    async fn deactivate(&self) -> ProjectView {
        self.desk.wizard.deactivate(ID).await.unwrap()
    }

    async fn may_begin(&self) -> bool {
        Browser::default().get(&self.polis.sign_in_url("contoso.test", "shop", SHOP)).await.status != 403
    }
}

fn notes(view: &ProjectView) -> Vec<&str> {
    codes(&view.activation.notes)
}

#[tokio::test]
async fn the_switch_is_thrown_in_polis_and_read_back() {
    let world = World::new();
    world.create(ID, "contoso.test", KEY).await.unwrap();
    let refused = world.activate().await.unwrap_err();
    assert_eq!(refused.code, FailureCode::ActivationBlocked);
    let view = world.deactivate().await;
    assert!(!view.activation.active, "what is not there is off");

    let view = world.all_steps().await;
    assert!(view.activation.missing.is_empty(), "{:#?}", view.activation.missing);
    assert!(view.abilities.activates && !view.activation.active);
    assert_eq!(notes(&view), ["polis-connection-on-already"], "a test needs it");
    // It can be off until then.
    let view = world.deactivate().await;
    assert!(notes(&view).is_empty() && !world.may_begin().await);
    assert_eq!(view.project.portal.seen_in_polis.connection, ConnectionState::Off);

    let view = world.activate().await.unwrap();
    assert!(view.activation.active && notes(&view).is_empty() && world.may_begin().await);
    assert_eq!(world.connections().await[0]["deactivated"], false);

    world.change(json!({ "deactivated": true })).await;
    let view = world.desk.wizard.refresh(ID).await.unwrap();
    assert!(!view.activation.active && notes(&view) == ["polis-connection-off"], "{:#?}", view.activation);
    assert!(view.activation.missing.is_empty(), "it can be switched on again");
    assert_eq!(view.project.history.last().unwrap().code, "polis-switched-off");
    let view = world.activate().await.unwrap();
    assert!(view.activation.active && world.may_begin().await);
    let view = world.deactivate().await;
    assert!(!view.activation.active && notes(&view).is_empty() && !world.may_begin().await);

    world.activate().await.unwrap();
    let there = world.connections().await;
    let of = |name: &str| there[0][name].as_str().unwrap().to_owned();
    let which = format!("sso?clientID={}&clientSecret={}", of("clientID"), of("clientSecret"));
    world.ask("DELETE", &which, &json!({})).await;
    let view = world.desk.wizard.refresh(ID).await.unwrap();
    assert_eq!(notes(&view), ["polis-connection-gone"]);
    assert!(saml(&view).unsent && !view.activation.active);
}

#[tokio::test]
async fn where_people_go_is_changed_in_polis_and_read_back() {
    let world = World::new();
    world.create(ID, "contoso.test", KEY).await.unwrap();
    let to = |default: &str, others: &[&str]| Redirects {
        default_redirect_url: default.into(),
        redirect_urls: others.iter().map(|url| (*url).to_owned()).collect(),
    };
    // There is no connection yet: it is made with them later.
    let view = world.desk.wizard.redirect(ID, to(OTHER, &[])).await.unwrap();
    assert_eq!(view.project.backend.polis().unwrap().default_redirect_url, OTHER);
    world.desk.read(ID, IDP, &[&certificate("idp", 300)]);
    world.desk.wizard.push(ID, StepId::Saml).await.unwrap();
    assert_eq!(world.connections().await[0]["defaultRedirectUrl"], OTHER);

    let view = world.desk.wizard.redirect(ID, to(SHOP, &[OTHER])).await.unwrap();
    assert!(!saml(&view).unsent, "{:#?}", saml(&view));
    let there = world.connections().await;
    assert_eq!(there[0]["defaultRedirectUrl"], SHOP);
    assert_eq!(there[0]["redirectUrl"], json!([SHOP, OTHER]));
    for (default, others, field) in
        [("https://*.shop.example", &[][..], "default-redirect-url"), (SHOP, &["nowhere"], "redirect-urls")]
    {
        let refused = world.desk.wizard.redirect(ID, to(default, others)).await.unwrap_err();
        assert_eq!((refused.code, refused.field.as_deref()), (FailureCode::InvalidInput, Some(field)));
    }
    assert_eq!(world.desk.wizard.open(ID).unwrap().project.revision, view.project.revision);

    // Somebody else changes them: told, and sent again with the rest.
    world.change(json!({ "defaultRedirectUrl": OTHER, "redirectUrl": [OTHER] })).await;
    let view = world.desk.wizard.refresh(ID).await.unwrap();
    assert!(saml(&view).unsent && codes(&saml(&view).findings).contains(&"polis-redirects-differ"));
    let view = world.desk.wizard.push(ID, StepId::Saml).await.unwrap();
    assert!(!saml(&view).unsent && !codes(&saml(&view).findings).contains(&"polis-redirects-differ"));
    assert_eq!(world.connections().await[0]["defaultRedirectUrl"], SHOP);
}
