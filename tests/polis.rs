//! A project whose connection and directory are in Ory Polis: against the library that Polis is made of, which is not ours.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/broker.rs"]
mod broker;
#[path = "support/confirmed.rs"]
mod confirmed;
#[path = "support/contoso.rs"]
mod contoso;
#[path = "polis/provisioning.rs"]
mod provisioning;
#[path = "support/published.rs"]
mod published;
#[path = "polis/sign_in.rs"]
mod sign_in;
mod support;
#[path = "polis/switching_on.rs"]
mod switching_on;

use adapters::SystemClock;
use broker::{Desk, ID, IDP, SSO, certificate, codes, known, saml};
use test_support::metadata;
use test_support::polis::Polis;
use vocabulary::{Secret, StepId};
use wizard::polis::Place;
use wizard::ports::{Clock, SecretKind, SecretStore};
use wizard::rollover::Edit as RolloverEdit;
use wizard::switch::Target;
use wizard::view::Connection;
use wizard::{Backend, Failure, FailureCode, ProjectView};

const KEY: &str = "hush-k7m2qv4x";
const SHOP: &str = "https://shop.example/signed-in";

struct World {
    desk: Desk,
    polis: Polis,
}

impl World {
    fn new() -> Self {
        Self { desk: Desk::new(), polis: Polis::start(KEY) }
    }

    fn backend(&self, tenant: &str) -> Backend {
        Backend::Polis(Place {
            url: format!("{}/", self.polis.url),
            tenant: tenant.into(),
            product: "shop".into(),
            default_redirect_url: SHOP.into(),
            redirect_urls: Vec::new(),
        })
    }

    async fn create(&self, id: &str, tenant: &str, key: &str) -> Result<ProjectView, Failure> {
        self.desk.create(id, self.backend(tenant), key).await
    }

    /// What the other side says of itself.
    async fn connections(&self) -> serde_json::Value {
        let path = "sso?tenant=contoso.test&product=shop";
        self.ask("GET", path, &serde_json::json!({})).await
    }

    /// Somebody else uses the same API key.
    async fn ask(&self, method: &str, path: &str, body: &serde_json::Value) -> serde_json::Value {
        let url = format!("{}/api/v1/{path}", self.polis.url);
        let (status, answer) = Polis::ask(method, &url, KEY, body).await;
        assert!(status < 300, "{method} {path}: {status} {answer:#}");
        answer
    }

    /// Somebody else changes the connection.
    async fn change(&self, change: serde_json::Value) {
        let there = self.connections().await;
        let mut body = change;
        for name in ["clientID", "clientSecret", "tenant", "product"] {
            body[name] = there[0][name].clone();
        }
        body["isSAML"] = true.into();
        self.ask("PATCH", "sso", &body).await;
    }
}

#[tokio::test]
async fn a_project_names_polis_and_its_connection_is_made_rolled_over_and_watched() {
    let world = World::new();
    let refused = world.create(ID, "contoso.test", "another-key").await.unwrap_err();
    assert_eq!(refused.code, FailureCode::PolisKeyRefused, "{refused}");
    assert!(world.desk.wizard.projects().unwrap().is_empty(), "nothing is kept of a key that is refused");
    let misread = world.create(ID, "a:b", KEY).await.unwrap_err();
    assert_eq!((misread.code, misread.field.as_deref()), (FailureCode::InvalidInput, Some("tenant")));

    let view = world.create(ID, "contoso.test", KEY).await.unwrap();
    assert_eq!(view.connection, Connection::Connected);
    assert!(known(&view).service_provider.acs_url.starts_with(&world.polis.url), "{:?}", known(&view));
    assert!(
        world.desk.wizard.sp_metadata(ID).await.unwrap().contains(&known(&view).service_provider.acs_url)
    );
    let kept = world.desk.kept();
    assert!(kept.contains("contoso.test") && !kept.contains(KEY), "the key is in the keyring alone");
    let again = world.desk.wizard.refresh(ID).await.unwrap();
    assert_eq!(
        again.project.revision, view.project.revision,
        "a look that finds nothing new changes nothing"
    );

    let expired = certificate("expired", -3);
    world.desk.read(ID, IDP, &[&expired]);
    let stopped = world.desk.wizard.push(ID, StepId::Saml).await.unwrap_err();
    assert_eq!(stopped.code, FailureCode::ErrorsOpen, "Polis would take it");
    assert_eq!(world.connections().await, serde_json::json!([]));

    let (old, new) = (certificate("old", 300), certificate("new", 900));
    let view = world.desk.read(ID, IDP, &[&old]);
    assert!(saml(&view).unsent && codes(&saml(&view).missing).contains(&"polis-unsent"));
    let view = world.desk.wizard.push(ID, StepId::Saml).await.unwrap();
    assert!(!saml(&view).unsent, "{:#?}", saml(&view));
    assert!(codes(&saml(&view).evidence).contains(&"polis-has-saml-values"));
    assert_eq!(known(&view).identity_provider.as_ref().unwrap().entity_id, IDP);
    let there = world.connections().await;
    assert_eq!(there[0]["defaultRedirectUrl"], SHOP);
    assert_eq!(there[0]["idpMetadata"]["sso"]["redirectUrl"], SSO);

    // Both certificates until a sign-in was seen, then the new one alone.
    let view = world.desk.read(ID, IDP, &[&new]);
    assert!(view.rollover.is_some() && saml(&view).unsent, "{:#?}", saml(&view));
    world.desk.wizard.push(ID, StepId::Saml).await.unwrap();
    let keys =
        |there: &serde_json::Value| there[0]["idpMetadata"]["publicKey"].as_str().unwrap().split(',').count();
    let there = world.connections().await;
    assert_eq!((there.as_array().unwrap().len(), keys(&there)), (1, 2), "{there:#}");
    world.desk.wizard.edit_rollover(ID, RolloverEdit::SawSignIn).await.unwrap();
    let view = world.desk.wizard.edit_rollover(ID, RolloverEdit::TakeAway).await.unwrap();
    assert!(!saml(&view).unsent, "{:#?}", saml(&view));
    assert_eq!(keys(&world.connections().await), 1);

    // Somebody else gives the connection the other certificate.
    let server =
        adapters::PolisServer::new(view.project.backend.polis().unwrap(), &Secret::new(KEY.into())).unwrap();
    let other = metadata::idp(IDP, SSO, &[&old]);
    wizard::broker::Broker::send(&server, &other, SystemClock.now()).await.unwrap();
    let view = world.desk.wizard.refresh(ID).await.unwrap();
    assert!(saml(&view).unsent, "what Polis has not is unsent");
    assert_eq!(view.project.history.last().unwrap().code, "polis-differs");

    // Another tenant has the identity provider already.
    let second = "5e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a12";
    world.create(second, "fabrikam.test", KEY).await.unwrap();
    world.desk.read(second, IDP, &[&new]);
    let view = world.desk.wizard.push(second, StepId::Saml).await.unwrap();
    assert!(
        saml(&view).unsent && codes(&saml(&view).findings).contains(&"polis-entity-id-taken"),
        "{:#?}",
        saml(&view)
    );
}

#[tokio::test]
async fn the_directory_is_made_once_and_moving_away_says_what_stays() {
    let world = World::new();
    world.create(ID, "contoso.test", KEY).await.unwrap();
    let token = || async { world.desk.secrets.secret(ID, SecretKind::ScimToken).await.unwrap().unwrap() };
    let view = world.desk.wizard.issue_scim_token(ID, 0).await.unwrap();
    let (base_url, first) = (known(&view).scim.base_url.clone(), token().await);
    assert!(base_url.starts_with(&world.polis.url), "{base_url}");
    let (status, _) =
        Polis::ask("GET", &format!("{base_url}/Users"), first.expose(), &serde_json::json!({})).await;
    assert_eq!(status, 200, "the identity provider gets in with the token");
    let view = world.desk.wizard.issue_scim_token(ID, 0).await.unwrap();
    assert_eq!(
        (&known(&view).scim.base_url, token().await.expose()),
        (&base_url, first.expose()),
        "no second one"
    );

    world.desk.read(ID, IDP, &[&certificate("idp", 300)]);
    world.desk.wizard.push(ID, StepId::Saml).await.unwrap();
    let portal = Target::Backend { backend: Backend::Portal };
    let plan = world.desk.wizard.plan_switch(ID, portal.clone()).unwrap();
    let of = |lines: &[wizard::switch::Line]| lines.iter().map(|line| line.code.clone()).collect::<Vec<_>>();
    assert!(of(&plan.stays).contains(&"polis-connection".to_owned()), "{plan:#?}");
    assert!(of(&plan.set_aside).contains(&"api-key".to_owned()), "{plan:#?}");
    assert!(codes(&plan.limits).contains(&"limit-arrivals-unseen"), "{:?}", plan.limits);
    let view = world.desk.wizard.switch_to(ID, portal, None).await.unwrap();
    assert!(saml(&view).unsent && view.limits.iter().all(|limit| limit.code != "limit-polis-rest"));
    let back = world
        .desk
        .wizard
        .plan_switch(ID, Target::Backend { backend: world.backend("contoso.test") })
        .unwrap();
    assert!(!back.asks_for_token, "the key is still in the keyring");
    let view = world.desk.wizard.undo_switch(ID).await.unwrap();
    assert!(!saml(&view).unsent && known(&view).scim.base_url == base_url, "{:#?}", saml(&view));

    let elsewhere = Target::Backend { backend: world.backend("fabrikam.test") };
    assert!(world.desk.wizard.plan_switch(ID, elsewhere.clone()).unwrap().asks_for_token);
    let keyless = world.desk.wizard.switch_to(ID, elsewhere, None).await.unwrap_err();
    assert_eq!((keyless.code, keyless.field.as_deref()), (FailureCode::InvalidInput, Some("api-key")));
}
