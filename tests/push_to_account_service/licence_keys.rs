//! What the account is licensed for, told from the window.

use super::{World, account};
use account_api::{LicenceKey, RegisterFirstLicenceKey, RegisterLicenceKey};
use vocabulary::{Secret, StepId};
use wizard::{Failure, FailureCode, ProjectView};

impl World {
    async fn register(&self, id: &str, key: &str, name: &str) -> Result<Vec<LicenceKey>, Failure> {
        self.wizard.register_licence_key(id, Secret::new(key.to_owned()), name, true).await
    }
}

#[tokio::test]
async fn a_licence_key_is_registered_and_kept_in_no_file() {
    let world = World::new().await;
    let view = world.project().await;
    let id = view.project.id.as_str();
    assert_eq!(world.wizard.licence_keys(id).await.unwrap(), []);
    for (key, name, field) in
        [("abc", "", "licence-key"), ("aaaa11-bbbb22", &"x".repeat(101), "licence-name")]
    {
        let refused = world.register(id, key, name).await.unwrap_err();
        assert_eq!((refused.code, refused.field.as_deref()), (FailureCode::InvalidInput, Some(field)));
    }
    let keys = world.register(id, " qqqq11-WWWW22 ", " Desktop ").await.unwrap();
    assert_eq!((keys.len(), keys[0].hint.as_str(), keys[0].name.as_deref()), (1, "WW22", Some("Desktop")));
    assert!(keys[0].per_user);
    // What was said of it is corrected by registering it again.
    let key = || Secret::new("QQQQ11WWWW22".to_owned());
    let keys = world.wizard.register_licence_key(id, key(), "", false).await.unwrap();
    assert_eq!((keys.len(), keys[0].name.as_deref(), keys[0].per_user), (1, Some("Desktop"), false));
    for entry in super::walk(world._folder.path()) {
        let text = String::from_utf8_lossy(&std::fs::read(&entry).unwrap()).to_uppercase();
        assert!(!text.contains("QQQQ11"), "{} holds the key", entry.display());
    }
}

#[tokio::test]
async fn a_licence_key_of_another_account_is_said_to_be_one() {
    let world = World::new().await;
    let view = world.project().await;
    let token = world.running.service.issue_access_token("eve@fabrikam.test").await.unwrap();
    let licence_key = RegisterLicenceKey { key: "aaaa11-bbbb22".into(), name: None, per_user: true };
    let first = RegisterFirstLicenceKey { licence_key, organization: Some("Fabrikam".into()) };
    let url = format!("http://{}/api/v1/licence-keys", world.running.local_addr());
    let answer =
        reqwest::Client::new().post(url).bearer_auth(token.expose()).json(&first).send().await.unwrap();
    assert_eq!(answer.status(), 201);
    let refused = world.register(&view.project.id, "AAAA11BBBB22", "").await.unwrap_err();
    assert_eq!(refused.code, FailureCode::LicenceKeyTaken);
    assert_ne!(account(&view), "fabrikam");
    assert_eq!(world.wizard.licence_keys(&view.project.id).await.unwrap(), []);
}

#[tokio::test]
async fn a_licence_key_that_was_registered_by_mistake_is_removed_and_may_be_gone_already() {
    let world = World::new().await;
    let view = world.project().await;
    let id = view.project.id.as_str();
    world.register(id, "aaaa11-bbbb22", "Mistake").await.unwrap();
    let keys = world.register(id, "cccc33-dddd44", "Desktop").await.unwrap();
    let mistake = keys.iter().find(|key| key.hint == "BB22").unwrap();
    // A colleague has changed something since, which is no reason to ask anybody.
    world.colleague().await.create_account("Fabrikam").await.unwrap();
    for _ in 0..2 {
        let left = world.wizard.remove_licence_key(id, mistake).await.unwrap();
        assert_eq!(left.iter().map(|key| key.hint.as_str()).collect::<Vec<_>>(), ["DD44"]);
    }
}

#[tokio::test]
async fn a_service_that_wants_a_licence_key_first_says_so_until_there_is_one() {
    let world = World::of(|config| config.require_licence_key = true).await;
    let view = world.project().await;
    let id = view.project.id.as_str();
    let missing = |view: &ProjectView| -> Vec<String> {
        view.activation.missing.iter().map(|one| one.finding.code.to_string()).collect()
    };
    let view = world.wizard.refresh(id).await.unwrap();
    assert_eq!(missing(&view)[0], "licence-key-missing");
    world.name_admins(id, "SSO Admins");
    let refused = world.wizard.push(id, StepId::Groups).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::LicenceKeyRequired);
    // A domain stays here meanwhile, and why is said: as it is added, and when somebody wants it sent.
    let added = world.wizard.add_domains(id, "contoso.test").await.unwrap();
    assert_eq!(added.findings.last().map(|finding| &*finding.code), Some("licence-key-missing"));
    let refused = world.wizard.push(id, StepId::Domains).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::LicenceKeyRequired);
    world.register(id, "aaaa11-bbbb22", "").await.unwrap();
    let view = world.wizard.push(id, StepId::Domains).await.unwrap();
    assert!(!view.steps[0].unsent);
    let view = world.wizard.refresh(id).await.unwrap();
    assert!(!missing(&view).contains(&"licence-key-missing".to_owned()));
    world.wizard.push(id, StepId::Groups).await.unwrap();
}
