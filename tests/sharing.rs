//! Two identity providers for one organization: two projects that share the domains, with real project files and a
//! real account service.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/contoso.rs"]
mod contoso;
#[path = "support/local_service.rs"]
mod local_service;
#[path = "support/no_domain.rs"]
mod no_domain;
mod support;

use account_service::Running;
use adapters::{ProjectFiles, SystemClock};
use contoso::contoso;
use no_domain::NoDomain;
use std::sync::Arc;
use support::MemoryKeyring;
use tempfile::TempDir;
use vocabulary::StepId;
use wizard::app::Ports;
use wizard::handover::File;
use wizard::portal::Edit;
use wizard::sharing::{SharedDomain, Sharing};
use wizard::{Backend, FailureCode, NewProject, ProjectView, Wizard};

const ENTRA: &str = "4e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a11";
const OKTA: &str = "5e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a11";
const TASK: &str = "7a1d3c0a-52b1-4f0c-9a57-0c5c3b6f3a22";

struct World {
    _folder: TempDir,
    _running: Running,
    wizard: Wizard,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let secrets = Arc::new(MemoryKeyring::default());
        let (running, services) = local_service::start(folder.path(), Arc::clone(&secrets) as _).await;
        let wizard = Wizard::new(Ports {
            store: Arc::new(ProjectFiles::new(folder.path().join("projects"))),
            secrets,
            services: Arc::new(services),
            checker: Arc::new(NoDomain),
            metadata: Arc::new(adapters::HttpsMetadata),
            clock: Arc::new(SystemClock),
        })
        .unwrap();
        Self { _folder: folder, _running: running, wizard }
    }

    async fn project(&self, id: &str, organization: &str, idp: &str, backend: Backend) -> ProjectView {
        let asked = contoso("parallels-my-account", idp, backend);
        let new = NewProject { organization: organization.into(), ..asked };
        self.wizard.create(id.into(), new, None).await.unwrap()
    }

    /// Two projects of one organization; the first has two domains.
    async fn two(first: Backend, second: Backend) -> Self {
        let world = Self::new().await;
        world.project(ENTRA, "Contoso Ltd", "entra", first).await;
        world.wizard.add_domains(ENTRA, "contoso.test, fabrikam.test").await.unwrap();
        world.project(OKTA, " Contoso Ltd ", "okta", second).await;
        world
    }

    fn sharing(&self, id: &str) -> Sharing {
        let mut all = self.wizard.sharing(id).unwrap();
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    async fn take(&self, names: &[&str]) -> Result<ProjectView, FailureCode> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        self.wizard.take_domains(OKTA, ENTRA, &names).await.map_err(|failure| failure.code)
    }
}

fn names(domains: &[SharedDomain]) -> Vec<&str> {
    domains.iter().map(|domain| domain.name.as_str()).collect()
}

#[tokio::test]
async fn what_the_portal_has_accepted_counts_for_both() {
    let world = World::two(Backend::Portal, Backend::Portal).await;
    let domain = || "contoso.test".to_owned();
    let given = Edit::TxtValue { domain: domain(), value: "token=abcdef".into() };
    world.wizard.edit_portal(ENTRA, given).unwrap();
    world.wizard.edit_portal(ENTRA, Edit::Verified { domain: domain(), seen: true }).unwrap();
    let before = world.sharing(OKTA);
    assert!(before.same_place && before.both.is_empty());
    assert_eq!(
        (before.idp_name.as_str(), names(&before.only_there)),
        ("Microsoft Entra ID", vec!["contoso.test", "fabrikam.test"])
    );

    let view = world.take(&["contoso.test"]).await.unwrap();
    let known = view.project.known_domain("contoso.test").unwrap();
    assert_eq!(known.record.value, "token=abcdef");
    assert!(known.verified_at.is_some());
    let after = world.sharing(ENTRA);
    assert_eq!((names(&after.both), names(&after.only_here)), (vec!["contoso.test"], vec!["fabrikam.test"]));
    world.wizard.remove_domain(ENTRA, "contoso.test").await.unwrap();
    assert_eq!(names(&world.sharing(OKTA).only_here), ["contoso.test"], "a change is seen in the other");
}

#[tokio::test]
async fn one_account_has_one_record_for_both() {
    let world = World::two(Backend::ThisComputer, Backend::ThisComputer).await;
    let value =
        |view: &ProjectView, name: &str| view.project.known_domain(name).unwrap().record.value.clone();
    let entra = world.wizard.open(ENTRA).unwrap();
    let okta = world.take(&["contoso.test", "fabrikam.test"]).await.unwrap();
    assert!(world.sharing(OKTA).same_place);
    for name in ["contoso.test", "fabrikam.test"] {
        assert_eq!(value(&okta, name), value(&entra, name));
        assert!(okta.project.domains.entry(name).unwrap().refusal.is_empty());
    }
    let again = world.take(&["contoso.test"]).await.unwrap();
    assert_eq!(again.project.domains, okta.project.domains, "taking over again adds nothing");
}

#[tokio::test]
async fn another_place_issues_its_own_records() {
    let world = World::two(Backend::Portal, Backend::ThisComputer).await;
    let given = Edit::TxtValue { domain: "contoso.test".into(), value: "token=abcdef".into() };
    world.wizard.edit_portal(ENTRA, given).unwrap();
    assert!(!world.sharing(OKTA).same_place);
    let view = world.take(&["contoso.test"]).await.unwrap();
    let known = view.project.known_domain("contoso.test").unwrap();
    assert_ne!(known.record.value, "token=abcdef");
    assert!(known.verified_at.is_none());
}

#[tokio::test]
async fn only_projects_that_belong_together_share() {
    let world = World::new().await;
    world.project(ENTRA, "Contoso Ltd", "entra", Backend::Portal).await;
    world.wizard.add_domains(ENTRA, "contoso.test").await.unwrap();
    world.project(OKTA, "Fabrikam", "okta", Backend::Portal).await;
    let task = world.wizard.task(ENTRA, StepId::Domains, "Dana Kim", "", TASK.into()).unwrap();
    world.wizard.open_hand_over(File::Task(Box::new(task)).to_json().unwrap().as_bytes()).unwrap();
    for id in [ENTRA, OKTA, TASK] {
        assert_eq!(world.wizard.sharing(id).unwrap(), Vec::new());
    }
    assert_eq!(world.take(&["contoso.test"]).await.unwrap_err(), FailureCode::InvalidInput);
    let listed = world.wizard.projects().unwrap();
    let domains = |id: &str| listed.iter().find(|one| one.id == id).unwrap().domains.clone();
    assert_eq!((domains(ENTRA), domains(TASK)), (vec!["contoso.test".to_owned()], Vec::new()));
}
