//! A project whose SAML connection is an identity provider of a Keycloak realm: against a stand-in that speaks its documented
//! API and reads metadata with the same gaps. Keycloak itself cannot be had here.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/broker.rs"]
mod broker;
#[path = "support/confirmed.rs"]
mod confirmed;
#[path = "support/contoso.rs"]
mod contoso;
#[path = "support/published.rs"]
mod published;
mod support;

use broker::{Desk, ID, IDP, SSO, certificate, codes, known, saml};
use contoso::contoso;
use serde_json::{Value, json};
use test_support::keycloak::Keycloak;
use vocabulary::{Secret, StepId};
use wizard::keycloak::{Groups, Place};
use wizard::ports::{SecretKind, SecretStore};
use wizard::rollover::Edit as RolloverEdit;
use wizard::switch::Target;
use wizard::view::Connection;
use wizard::{Backend, Failure, FailureCode, ProjectView};

const SECRET: &str = "hush-k7m2qv4x";

struct World {
    desk: Desk,
    keycloak: Keycloak,
}

impl World {
    fn new() -> Self {
        Self { desk: Desk::new(), keycloak: Keycloak::start(SECRET) }
    }

    fn place(&self, alias: &str) -> Place {
        Place {
            url: format!("{}/", self.keycloak.url),
            realm: "staff".into(),
            alias: alias.into(),
            client_id: "signpost".into(),
            client_realm: String::new(),
        }
    }

    async fn create(&self, place: Place, secret: &str) -> Result<ProjectView, Failure> {
        self.desk.create(ID, Backend::Keycloak(place), secret).await
    }

    /// What the other side says of itself.
    async fn provider(&self) -> Value {
        let token = self.keycloak.token(SECRET).await;
        self.keycloak.ask("GET", "instances/contoso", &token, &json!({})).await.1
    }

    async fn mappers(&self) -> Value {
        let token = self.keycloak.token(SECRET).await;
        self.keycloak.ask("GET", "instances/contoso/mappers", &token, &json!({})).await.1
    }

    /// Somebody else changes it there.
    async fn change(&self, change: impl FnOnce(&mut Value)) {
        let token = self.keycloak.token(SECRET).await;
        let mut provider = self.provider().await;
        change(&mut provider);
        assert_eq!(self.keycloak.ask("PUT", "instances/contoso", &token, &provider).await.0, 204);
    }
}

fn keys(provider: &Value) -> usize {
    provider["config"]["signingCertificate"].as_str().unwrap().split(',').count()
}

#[tokio::test]
async fn a_project_names_keycloak_and_its_identity_provider_is_made_rolled_over_and_watched() {
    let world = World::new();
    let refused = world.create(world.place("contoso"), "another").await.unwrap_err();
    assert_eq!(refused.code, FailureCode::KeycloakSignInRefused, "{refused}");
    assert!(world.desk.wizard.projects().unwrap().is_empty(), "nothing is kept of a secret that is refused");
    for (place, field) in [
        (Place { realm: "a/b".into(), ..world.place("contoso") }, "realm"),
        (Place { client_realm: "a b".into(), ..world.place("contoso") }, "client-realm"),
        (world.place("two words"), "alias"),
        (Place { url: "http://sso.example".into(), ..world.place("contoso") }, "keycloak-url"),
        (Place { client_id: " ".into(), ..world.place("contoso") }, "client-id"),
    ] {
        let misread = world.create(place, SECRET).await.unwrap_err();
        assert_eq!((misread.code, misread.field.as_deref()), (FailureCode::InvalidInput, Some(field)));
        if field == "alias" {
            assert_eq!(misread.args["alias"], "two words");
        }
    }
    let elsewhere = Place { realm: "other".into(), client_realm: "staff".into(), ..world.place("contoso") };
    assert_eq!(world.create(elsewhere, SECRET).await.unwrap_err().code, FailureCode::KeycloakRefused);

    // Before anything is made the identity provider can be told where people come back to.
    let view = world.create(world.place("contoso"), SECRET).await.unwrap();
    assert_eq!(view.connection, Connection::Connected);
    let acs = format!("{}/realms/staff/broker/contoso/endpoint", world.keycloak.url);
    let side = |view: &ProjectView| known(view).service_provider.clone();
    assert_eq!(side(&view).acs_url, acs);
    assert_eq!(side(&view).entity_id, format!("{}/realms/staff", world.keycloak.url));
    assert!(world.desk.wizard.sp_metadata(ID).await.unwrap().contains(&acs));
    assert!(codes(&view.limits).contains(&"limit-keycloak-rest"), "{:?}", view.limits);
    let kept = world.desk.kept();
    assert!(kept.contains("\"alias\"") && !kept.contains(SECRET), "the secret is in the keyring alone");
    let again = world.desk.wizard.refresh(ID).await.unwrap();
    assert_eq!(
        again.project.revision, view.project.revision,
        "a look that finds nothing new changes nothing"
    );

    world.desk.read(ID, IDP, &[&certificate("expired", -3)]);
    let stopped = world.desk.wizard.push(ID, StepId::Saml).await.unwrap_err();
    assert_eq!(stopped.code, FailureCode::ErrorsOpen, "Keycloak would take it");
    assert_eq!(world.provider().await["alias"], Value::Null);

    let (old, new) = (certificate("old", 300), certificate("new", 900));
    let view = world.desk.read(ID, IDP, &[&old]);
    assert!(saml(&view).unsent && codes(&saml(&view).missing).contains(&"keycloak-unsent"));
    let view = world.desk.wizard.push(ID, StepId::Saml).await.unwrap();
    assert!(!saml(&view).unsent, "{:#?}", saml(&view));
    assert!(codes(&saml(&view).evidence).contains(&"keycloak-has-saml-values"));
    assert!(codes(&saml(&view).findings).contains(&"keycloak-connection-off"), "it is made switched off");
    assert_eq!(saml(&view).open().count(), 0, "which asks for nothing");
    assert_eq!(side(&view).acs_url, acs, "it is what was told before");
    let there = world.provider().await;
    assert_eq!((&there["enabled"], &there["config"]["validateSignature"]), (&json!(false), &json!("true")));
    assert_eq!(there["config"]["singleSignOnServiceUrl"], SSO);

    // Both certificates until a sign-in was seen, then the new one alone; what somebody else has set stays.
    world
        .change(|provider| {
            provider["enabled"] = true.into();
            provider["config"]["principalType"] = "ATTRIBUTE".into();
        })
        .await;
    let view = world.desk.read(ID, IDP, &[&new]);
    assert!(view.rollover.is_some() && saml(&view).unsent, "{:#?}", saml(&view));
    let view = world.desk.wizard.push(ID, StepId::Saml).await.unwrap();
    assert!(!codes(&saml(&view).findings).contains(&"keycloak-connection-off"));
    assert!(view.activation.active, "it is on, whoever switched it");
    let there = world.provider().await;
    assert_eq!((keys(&there), &there["enabled"]), (2, &json!(true)), "{there:#}");
    assert_eq!(there["config"]["principalType"], "ATTRIBUTE");
    world.desk.wizard.edit_rollover(ID, RolloverEdit::SawSignIn).await.unwrap();
    let view = world.desk.wizard.edit_rollover(ID, RolloverEdit::TakeAway).await.unwrap();
    assert!(!saml(&view).unsent, "{:#?}", saml(&view));
    assert_eq!(keys(&world.provider().await), 1);

    // Somebody else gives it the other certificate.
    world.change(|provider| provider["config"]["signingCertificate"] = old.base64().into()).await;
    let view = world.desk.wizard.refresh(ID).await.unwrap();
    assert!(saml(&view).unsent, "what Keycloak has not is unsent");
    assert_eq!(view.project.history.last().unwrap().code, "keycloak-differs");

    // Another identity provider gets an alias of its own.
    world.desk.read(ID, "https://other.example/", &[&new]);
    let view = world.desk.wizard.push(ID, StepId::Saml).await.unwrap();
    assert!(saml(&view).unsent && codes(&saml(&view).findings).contains(&"keycloak-entity-id-other"));
    assert_eq!(world.provider().await["config"]["idpEntityId"], IDP);
}

#[tokio::test]
async fn signatures_that_are_not_checked_are_found_whoever_switched_that_off() {
    let world = World::new();
    world.create(world.place("contoso"), SECRET).await.unwrap();
    world.desk.read(ID, IDP, &[&certificate("idp", 300)]);

    // A Keycloak that keeps the check off although it was sent on.
    world.keycloak.misbehave(&json!({ "validateSignature": "false" })).await;
    let view = world.desk.wizard.push(ID, StepId::Saml).await.unwrap();
    assert_eq!(
        saml(&view).open().map(|one| &*one.code).collect::<Vec<_>>(),
        ["keycloak-signature-unchecked"]
    );
    assert_eq!(view.project.history.last().unwrap().code, "keycloak-not-taken", "{:?}", view.project.history);
    assert!(!view.activation.missing.is_empty());

    // What is wrong there is no reason not to send it again, which mends it.
    world.keycloak.misbehave(&json!({})).await;
    let view = world.desk.wizard.push(ID, StepId::Saml).await.unwrap();
    assert_eq!(saml(&view).open().count(), 0, "{:#?}", saml(&view));

    // Somebody switches it off later: the values are the same, and nobody may take them for checked.
    world.change(|provider| provider["config"]["validateSignature"] = "false".into()).await;
    let view = world.desk.wizard.refresh(ID).await.unwrap();
    assert_eq!(
        saml(&view).open().map(|one| &*one.code).collect::<Vec<_>>(),
        ["keycloak-signature-unchecked"]
    );
    assert!(saml(&view).unsent, "it can be sent again");
    let view = world.desk.wizard.push(ID, StepId::Saml).await.unwrap();
    assert_eq!(saml(&view).open().count(), 0, "{:#?}", saml(&view));
    assert_eq!(world.provider().await["config"]["validateSignature"], "true");
}

#[tokio::test]
async fn a_project_moves_there_and_away_and_the_secret_can_be_given_again() {
    let world = World::new();
    let new = contoso("parallels-my-account", "okta", Backend::Portal);
    world.desk.wizard.create(ID.into(), new, None).await.unwrap();
    world.desk.read(ID, IDP, &[&certificate("idp", 300)]);
    let there = Target::Backend { backend: Backend::Keycloak(world.place("contoso")) };
    let plan = world.desk.wizard.plan_switch(ID, there.clone()).unwrap();
    assert!(plan.asks_for_token, "{plan:#?}");
    assert_eq!(
        codes(&plan.limits),
        ["limit-keycloak-rest", "limit-keycloak-activation"],
        "what only it cannot hold"
    );
    let keyless = world.desk.wizard.switch_to(ID, there.clone(), None).await.unwrap_err();
    assert_eq!((keyless.code, keyless.field.as_deref()), (FailureCode::InvalidInput, Some("client-secret")));
    let view = world.desk.wizard.switch_to(ID, there, Some(Secret::new(SECRET.into()))).await.unwrap();
    assert!(codes(&saml(&view).missing).contains(&"keycloak-unsent"), "{:#?}", saml(&view));
    world.desk.wizard.push(ID, StepId::Saml).await.unwrap();

    let portal = Target::Backend { backend: Backend::Portal };
    let plan = world.desk.wizard.plan_switch(ID, portal.clone()).unwrap();
    let of = |lines: &[wizard::switch::Line]| lines.iter().map(|line| line.code.clone()).collect::<Vec<_>>();
    assert!(of(&plan.stays).contains(&"keycloak-connection".to_owned()), "{plan:#?}");
    assert!(of(&plan.set_aside).contains(&"client-secret".to_owned()), "{plan:#?}");
    world.desk.wizard.switch_to(ID, portal, None).await.unwrap();
    let view = world.desk.wizard.undo_switch(ID).await.unwrap();
    assert!(!saml(&view).unsent && view.connection == Connection::Connected, "{:#?}", saml(&view));

    // The keyring has another secret than the client by now.
    let name = view.project.keyring_name();
    world.desk.secrets.keep(&name, SecretKind::AccessToken, &Secret::new("old".into())).await.unwrap();
    let view = world.desk.wizard.refresh(ID).await.unwrap();
    assert_eq!(view.connection, Connection::SignedOut);
    assert!(!saml(&view).unsent, "what was seen last stays");
    world.desk.secrets.forget(&name, SecretKind::AccessToken).await.unwrap();
    assert_eq!(world.desk.wizard.refresh(ID).await.unwrap().connection, Connection::SignedOut);
    let refused = world.desk.wizard.sign_in(ID, Some(Secret::new("wrong".into()))).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::KeycloakSignInRefused);
    let view = world.desk.wizard.sign_in(ID, Some(Secret::new(format!(" {SECRET}\n")))).await.unwrap();
    assert_eq!(view.connection, Connection::Connected);
}

#[tokio::test]
async fn the_last_step_switches_it_on_in_keycloak_and_off_again() {
    let world = World::new();
    world.create(world.place("contoso"), SECRET).await.unwrap();
    let wizard = &world.desk.wizard;
    let blocked = wizard.activate(ID, None).await.unwrap_err();
    assert_eq!(blocked.code, FailureCode::ActivationBlocked);
    assert!(!wizard.deactivate(ID).await.unwrap().activation.active, "what is not there is off");

    let certificate = certificate("idp", 300);
    world.desk.read(ID, IDP, &[&certificate]);
    wizard.push(ID, StepId::Saml).await.unwrap();
    let view = world.desk.settle_the_rest(false).await;
    assert!(view.activation.missing.is_empty(), "{:#?}", view.activation.missing);
    assert!(view.abilities.activates && !view.activation.active);

    // The administrators' group leads into a group of the realm; one that is not there is not mapped.
    let to = |admins: &str, users: &str| Groups {
        attribute: " groups ".into(),
        admins: admins.into(),
        users: users.into(),
    };
    for (groups, field) in [
        (Groups { attribute: String::new(), ..to("admins", "") }, "group-attribute"),
        (to("", " / "), "admins-path"),
        (to("admins", "Desktop users"), "users-path"),
    ] {
        let refused = wizard.map_keycloak_groups(ID, groups).await.unwrap_err();
        assert_eq!((refused.code, refused.field.as_deref()), (FailureCode::InvalidInput, Some(field)));
    }
    let said = |view: &ProjectView| view.project.portal.mapped.as_ref().unwrap().findings.clone();
    let view = wizard.map_keycloak_groups(ID, to("/admin", "")).await.unwrap();
    assert_eq!(codes(&said(&view)), ["keycloak-group-missing"]);
    assert_eq!(world.mappers().await, json!([]));
    let view = wizard.map_keycloak_groups(ID, to("admins", "")).await.unwrap();
    assert!(said(&view).is_empty() && view.project.history.last().unwrap().code == "keycloak-groups-mapped");
    let config = &world.mappers().await[0]["config"];
    assert_eq!(config["attributes"], r#"[{"key":"groups","value":"00g1abcdefGHIJKLMN5d"}]"#);
    assert_eq!((&config["group"], &config["syncMode"]), (&json!("/admins"), &json!("FORCE")));
    let view = wizard.activate(ID, None).await.unwrap();
    assert!(view.activation.active && world.provider().await["enabled"] == true);
    assert_eq!(view.project.history.last().unwrap().code, "activated-at-keycloak");
    assert!(!wizard.deactivate(ID).await.unwrap().activation.active);
    let there = world.provider().await;
    assert_eq!((&there["enabled"], keys(&there)), (&json!(false), 1), "nothing else is changed");

    // Between the look and the switch somebody has the check of signatures off: it stays off, and that is told.
    let server = adapters::KeycloakServer::new(&world.place("contoso"), &Secret::new(SECRET.into())).unwrap();
    world.change(|provider| provider["config"]["validateSignature"] = "false".into()).await;
    let now = wizard::ports::Clock::now(&adapters::SystemClock);
    let said = wizard::keycloak::Keycloak::switch(&server, IDP, true, now).await.unwrap();
    assert_eq!(codes(&said.findings), ["keycloak-signature-unchecked"]);
    let other =
        wizard::keycloak::Keycloak::switch(&server, "https://other.example/", true, now).await.unwrap();
    assert!(codes(&other.findings).contains(&"keycloak-entity-id-other"));
    assert_eq!(world.provider().await["enabled"], false);
    let blocked = wizard.activate(ID, None).await.unwrap_err();
    assert_eq!(blocked.code, FailureCode::ActivationBlocked, "the step has an error open by then");
}
