//! The directory of a project, those that are not its own, and who arrives.

use crate::{ID, KEY, World, codes, known};
use serde_json::{Value, json};
use test_support::polis::Polis;
use vocabulary::{Secret, StepId};
use wizard::ports::{SecretKind, SecretStore};
use wizard::steps::groups::{Edit as GroupsEdit, GroupField, GroupRole};
use wizard::steps::{Proof, StepState, StepView};
use wizard::{FailureCode, ProjectView};

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

fn step(view: &ProjectView, step: StepId) -> &StepView {
    view.steps.iter().find(|one| one.step == step).unwrap()
}

impl World {
    /// The identity provider sends that.
    async fn provision(&self, method: &str, path: &str, body: &Value) -> Value {
        let view = self.desk.wizard.open(ID).unwrap();
        let token = self.desk.secrets.secret(ID, SecretKind::ScimToken).await.unwrap().unwrap();
        let url = format!("{}/{path}", known(&view).scim.base_url);
        let (status, answer) = Polis::ask(method, &url, token.expose(), body).await;
        assert!(status < 300, "{method} {path}: {status} {answer:#}");
        answer
    }

    async fn user(&self, name: &str, external_id: &str) -> Value {
        let address = format!("{name}@contoso.test");
        let user = json!({
            "schemas": [USER], "userName": address, "externalId": external_id, "active": true,
            "name": { "givenName": name, "familyName": "L" }, "emails": [{ "primary": true, "value": address }],
        });
        self.provision("POST", "Users", &user).await
    }

    /// Somebody makes a directory elsewhere; its name.
    async fn directory_elsewhere(&self) -> String {
        let new = json!({ "tenant": "contoso.test", "product": "shop", "type": "okta-scim-v2", "name": "elsewhere" });
        self.ask("POST", "dsync", &new).await["data"]["scim"]["endpoint"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn who_has_arrived_is_counted_and_named() {
    let world = World::new();
    world.create(ID, "contoso.test", KEY).await.unwrap();
    let name = |role, value: &str| {
        let edit = GroupsEdit { role, field: GroupField::ServiceName, value: value.into() };
        world.desk.wizard.edit_groups(ID, edit).unwrap();
    };
    name(GroupRole::Admins, "Signpost Admins");
    name(GroupRole::Users, "Signpost Users");
    let view = world.desk.wizard.issue_scim_token(ID, 0).await.unwrap();
    assert!(view.abilities.tells_arrivals && !view.abilities.tells_calls);
    assert!(view.project.known.as_ref().unwrap().arrivals.users.is_empty());
    let asked = view.project.portal.seen_in_polis.arrived.is_some();
    assert!(asked, "that nobody has arrived is told from not having asked");

    let ada = world.user("ada", "00u1abcdefGHIJKLMN5d").await;
    world.user("bob", "bob@contoso.test").await;
    for name in ["Aaa", "Bbb", "Signpost Admins"] {
        world.provision("POST", "Groups", &json!({ "schemas": [GROUP], "displayName": name })).await;
    }
    let found = world.provision("GET", "Groups", &json!({})).await;
    // More than one page of them.
    let mut many = Vec::new();
    for number in 0..51 {
        many.push(
            json!({ "value": world.user(&format!("user{number}"), "00u1abcdefGHIJKLMN5d").await["id"] }),
        );
    }
    let group = |name: &str| {
        let mut all = found["Resources"].as_array().unwrap().iter();
        all.find(|one| one["displayName"] == name).unwrap()["id"].as_str().unwrap().to_owned()
    };
    let add =
        |members: &[Value]| json!({ "Operations": [{ "op": "add", "path": "members", "value": members }] });
    world.provision("PATCH", &format!("Groups/{}", group("Signpost Admins")), &add(&many)).await;
    world
        .provision("PATCH", &format!("Groups/{}", group("Bbb")), &add(&[json!({ "value": ada["id"] })]))
        .await;

    let view = world.desk.wizard.refresh(ID).await.unwrap();
    let arrivals = &view.project.known.as_ref().unwrap().arrivals;
    assert_eq!((arrivals.user_count, arrivals.group_count), (53, 3));
    let users: Vec<_> = arrivals.users.iter().take(2).map(|one| one.user_name.as_str()).collect();
    assert_eq!(users, ["ada@contoso.test", "bob@contoso.test"]);
    assert_eq!(arrivals.users[0].display_name.as_deref(), Some("ada L"));
    assert_eq!(arrivals.users[0].external_id.as_deref(), Some("00u1abcdefGHIJKLMN5d"));
    let groups: Vec<_> =
        arrivals.groups.iter().map(|one| (one.display_name.as_str(), one.member_count)).collect();
    assert_eq!(groups, [("Signpost Admins", 51), ("Aaa", 0), ("Bbb", 1)], "those of the project come first");
    assert!(codes(&step(&view, StepId::Scim).evidence).contains(&"polis-arrived"));
    assert!(codes(&step(&view, StepId::Groups).evidence).contains(&"groups-arrived"));
    let users = step(&view, StepId::Users);
    assert!(codes(&users.evidence).contains(&"users-arrived"));
    let found = codes(&users.findings);
    assert!(found.contains(&"users-external-id-wrong") && found.contains(&"polis-group-empty"), "{found:?}");

    let again = world.desk.wizard.refresh(ID).await.unwrap();
    assert_eq!(again.project.revision, view.project.revision, "nobody new changes nothing");
    // A Polis that refuses the key says nothing of who has arrived; what was seen stays.
    world.desk.secrets.keep(ID, SecretKind::AccessToken, &Secret::new("another-key".into())).await.unwrap();
    let refused = world.desk.wizard.refresh(ID).await.unwrap();
    assert_eq!(refused.connection, wizard::view::Connection::SignedOut);
    assert_eq!(refused.project.known.unwrap().arrivals.user_count, 53);
}

#[tokio::test]
async fn a_directory_that_was_made_elsewhere_is_told_and_not_taken_by_itself() {
    let world = World::new();
    let elsewhere = world.directory_elsewhere().await;
    let view = world.create(ID, "contoso.test", KEY).await.unwrap();
    assert_eq!(codes(&step(&view, StepId::Scim).findings), ["polis-directory-there"]);
    let view = world.desk.wizard.take_directory(ID, Some(&elsewhere)).await.unwrap();
    assert_eq!(known(&view).scim.base_url, elsewhere);
    assert_eq!(codes(&step(&view, StepId::Scim).findings), [""; 0]);

    let second = world.directory_elsewhere().await;
    let view = world.desk.wizard.refresh(ID).await.unwrap();
    assert_eq!(codes(&step(&view, StepId::Scim).findings), ["polis-directory-other"]);
    let view = world.desk.wizard.issue_scim_token(ID, 0).await.unwrap();
    assert_eq!(known(&view).scim.base_url, elsewhere, "the project keeps its own");

    // Its own is taken away: the other one is not taken instead until somebody chooses it.
    let there = world.ask("GET", "dsync?tenant=contoso.test&product=shop", &json!({})).await;
    let own =
        there["data"].as_array().unwrap().iter().find(|one| one["scim"]["endpoint"] == elsewhere.as_str());
    world.ask("DELETE", &format!("dsync/{}", own.unwrap()["id"].as_str().unwrap()), &json!({})).await;
    let refused = world.desk.wizard.issue_scim_token(ID, 0).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::PolisDirectoryOther);
    let view = world.desk.wizard.open(ID).unwrap();
    let scim = step(&view, StepId::Scim);
    assert_eq!(codes(&scim.findings), ["polis-directory-gone", "polis-directory-other"]);
    assert!(matches!(scim.state, StepState::NeedsAttention { .. }));
    let view = world.desk.wizard.take_directory(ID, Some(&second)).await.unwrap();
    assert_eq!(codes(&step(&view, StepId::Scim).findings), [""; 0]);
    assert!(!matches!(step(&view, StepId::Scim).state, StepState::Done { by: Proof::Evidence, .. }));

    let portal = "6e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a13";
    let new = crate::contoso::contoso("parallels-my-account", "okta", wizard::Backend::Portal);
    world.desk.wizard.create(portal.into(), new, None).await.unwrap();
    let none = world.desk.wizard.take_directory(portal, Some(&second)).await.unwrap_err();
    assert_eq!(none.code, FailureCode::EnteredByHand);
}
