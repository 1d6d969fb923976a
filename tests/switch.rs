//! Changing the identity provider or the place where the settings go, and changing one's mind again: with real project
//! files, a real account service and a keyring in memory.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/confirmed.rs"]
mod confirmed;
#[path = "support/contoso.rs"]
mod contoso;
#[path = "support/local_service.rs"]
mod local_service;
#[path = "support/published.rs"]
mod published;
mod support;

use account_api::Status;
use account_service::Running;
use adapters::{ProjectFiles, SystemClock};
use confirmed::confirm_all;
use contoso::contoso;
use guides::Library;
use published::EverythingPublished;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use support::MemoryKeyring;
use tempfile::TempDir;
use test_support::metadata;
use texts::Texts;
use vocabulary::{Secret, StepId};
use wizard::app::{MetadataFrom, Ports};
use wizard::handover::File;
use wizard::portal::Edit;
use wizard::portal::fields::PortalField;
use wizard::ports::{Clock, ProjectStore, SecretKind, SecretStore};
use wizard::steps::app_registration::Edit as AppEdit;
use wizard::steps::groups::{Edit as GroupsEdit, GroupField, GroupRole};
use wizard::switch::{Line, Plan, RedoAt, Target};
use wizard::walk::{AS_IT_SHOULD, Edit as WalkEdit};
use wizard::{Backend, FailureCode, Project, ProjectView, Wizard};

const ID: &str = "4e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a11";
const TASK: &str = "7a1d3c0a-52b1-4f0c-9a57-0c5c3b6f3a22";
const GUID: &str = "8b1f2f0e-6c1d-4a7e-9d53-2f6a1c90b7e4";
const ACS: &str = "https://sso.parallels.test/acs/contoso";
const TOKEN: &str = "t0k3n-of-the-portal-4Qz9";

struct World {
    folder: TempDir,
    store: Arc<ProjectFiles>,
    wizard: Wizard,
    running: Running,
    secrets: Arc<MemoryKeyring>,
}

impl World {
    /// A project whose settings go into the portal by hand.
    async fn by_hand() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(ProjectFiles::new(folder.path().join("projects")));
        let secrets = Arc::new(MemoryKeyring::default());
        let (running, services) = local_service::start(folder.path(), Arc::clone(&secrets) as _).await;
        let wizard = Wizard::new(Ports {
            store: Arc::clone(&store) as _,
            secrets: Arc::clone(&secrets) as _,
            services: Arc::new(services),
            checker: Arc::new(EverythingPublished),
            metadata: Arc::new(adapters::HttpsMetadata),
            clock: Arc::new(SystemClock),
        })
        .unwrap();
        let new = contoso("parallels-my-account", "entra", Backend::Portal);
        wizard.create(ID.into(), new, None).await.unwrap();
        Self { folder, store, wizard, running, secrets }
    }

    /// The same, set up to the end and switched on.
    async fn active() -> Self {
        let world = Self::by_hand().await;
        world.wizard.add_domains(ID, "contoso.test").await.unwrap();
        let domain = || "contoso.test".to_owned();
        world.edit(Edit::TxtValue { domain: domain(), value: "token=abcdef".into() });
        world.wizard.check_domain(ID, "contoso.test").await.unwrap();
        world.edit(Edit::Verified { domain: domain(), seen: true });
        world.wizard.edit_app_registration(ID, AppEdit::AppName { value: "My Account".into() }).unwrap();
        world.mark(StepId::AppRegistration).await;
        for (field, value) in [(GroupField::IdpName, "Signpost Admins"), (GroupField::Id, GUID)] {
            world.group(field, value);
        }
        confirm_all(&world.wizard, ID, StepId::Groups);
        let sp = metadata::sp("https://sso.parallels.test/sp", ACS);
        world.wizard.read_sp_metadata(ID, sp.as_bytes(), &MetadataFrom::Paste).unwrap();
        world.idp_file();
        world.mark(StepId::Saml).await;
        world.edit(Edit::ScimBaseUrl { value: "https://account.parallels.test/scim".into() });
        world.wizard.keep_scim_token(ID, Secret::new(TOKEN.into())).await.unwrap();
        world.mark(StepId::Scim).await;
        world.mark(StepId::Users).await;
        for field in [
            PortalField::AdminsName,
            PortalField::AdminsId,
            PortalField::IdpMetadata,
            PortalField::BackupLogin,
        ] {
            world.edit(Edit::Entered { field, entered: true });
        }
        let view = world.wizard.activate(ID, None).await.unwrap();
        assert!(view.activation.active && view.activation.missing.is_empty());
        let seen = Some(AS_IT_SHOULD.to_owned());
        let seen = WalkEdit { page: "test-sign-in".into(), hop: "sign-in-page".into(), outcome: seen };
        world.wizard.edit_walk(ID, seen).unwrap();
        world
    }

    fn edit(&self, edit: Edit) -> ProjectView {
        self.wizard.edit_portal(ID, edit).unwrap()
    }

    fn group(&self, field: GroupField, value: &str) -> ProjectView {
        let edit = GroupsEdit { role: GroupRole::Admins, field, value: value.into() };
        self.wizard.edit_groups(ID, edit).unwrap()
    }

    async fn mark(&self, step: StepId) -> ProjectView {
        confirm_all(&self.wizard, ID, step);
        self.wizard.mark(ID, step, true).await.unwrap()
    }

    fn idp_file(&self) -> ProjectView {
        let now = SystemClock.now();
        let certificate = test_support::certificate("Contoso SSO", now, now.plus(time::Duration::days(900)));
        let xml = test_support::signed_metadata::entra_signed(GUID, &[&certificate]).into_bytes();
        self.wizard.read_metadata(ID, xml, MetadataFrom::File("Contoso.xml".into())).unwrap()
    }

    fn project(&self) -> Project {
        self.store.load(ID).unwrap()
    }

    fn plan(&self, target: Target) -> Plan {
        self.wizard.plan_switch(ID, target).unwrap()
    }

    async fn go(&self, target: Target) -> Project {
        self.wizard.switch_to(ID, target, None).await.unwrap().project
    }

    async fn undo(&self) -> Project {
        self.wizard.undo_switch(ID).await.unwrap().project
    }

    async fn scim_token(&self) -> Result<String, FailureCode> {
        let token = self.wizard.scim_token(ID).await;
        token.map(|token| token.expose().to_owned()).map_err(|failure| failure.code)
    }

    fn files(&self) -> String {
        let files = std::fs::read_dir(self.folder.path().join("projects")).unwrap();
        files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
    }
}

fn provider(idp: &str) -> Target {
    Target::IdentityProvider { idp: idp.into() }
}

const fn backend(backend: Backend) -> Target {
    Target::Backend { backend }
}

fn codes(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(|line| line.code.as_str()).collect()
}

fn line<'a>(lines: &'a [Line], code: &str) -> &'a Line {
    lines.iter().find(|line| line.code == code).unwrap()
}

/// A project without what every change of it touches.
fn still(project: &Project) -> Project {
    Project {
        revision: 0,
        saved_at: project.created_at,
        history: Vec::new(),
        aside: Default::default(),
        known: None,
        ..project.clone()
    }
}

#[tokio::test]
async fn another_identity_provider_is_listed_first_then_made_and_undone() {
    let world = World::active().await;
    let before = world.project();
    let plan = world.plan(provider("okta"));
    assert_eq!(world.project(), before, "a plan changes nothing");
    assert_eq!(
        codes(&plan.carries),
        ["domains", "proof", "group-names", "service-values", "scim-token", "backup-login"]
    );
    assert_eq!(
        codes(&plan.set_aside),
        ["app-registration", "group-ids", "idp-values", "confirmations", "sign-in"]
    );
    assert_eq!(line(&plan.set_aside, "group-ids").items, [GUID]);
    assert_eq!(codes(&plan.stays), ["active", "provisioning", "application"]);
    let redo: Vec<_> = plan.redo.iter().map(|redo| (redo.step, redo.at)).collect();
    assert_eq!(
        redo,
        [
            (StepId::AppRegistration, RedoAt::Provider),
            (StepId::Groups, RedoAt::Both),
            (StepId::Saml, RedoAt::Both),
            (StepId::Scim, RedoAt::Provider),
            (StepId::Users, RedoAt::Provider),
        ]
    );
    assert!(plan.comes_back.is_empty() && !plan.asks_for_token);

    let after = world.go(provider("okta")).await;
    assert_eq!((after.idp.as_str(), after.groups.admins.id.as_str()), ("okta", ""));
    assert_eq!(after.groups.admins.service_name, "Signpost Admins");
    assert!(after.saml.values.is_none() && after.walks.is_empty());
    assert_eq!(after.domains, before.domains);
    assert_eq!(after.portal.records, before.portal.records);
    assert!(!after.confirmed.contains_key("sp-values-entered"));
    assert!(world.wizard.open(ID).unwrap().activation.active, "nothing is switched off");
    assert_eq!(world.scim_token().await.unwrap(), TOKEN);

    let undone = world.undo().await;
    assert_eq!(still(&undone), still(&before));
    assert_eq!(undone.known, before.known);
}

#[tokio::test]
async fn what_was_entered_after_a_change_outlives_its_undo() {
    let world = World::active().await;
    world.go(provider("okta")).await;
    world.group(GroupField::Id, "00g1abcdefGHIJKLMN5d");
    world.wizard.add_domains(ID, "fabrikam.test").await.unwrap();
    let undone = world.undo().await;
    assert_eq!(undone.groups.admins.id, GUID);
    assert!(undone.domains.entry("fabrikam.test").is_some(), "domains belong to neither");
    assert_eq!(codes(&world.plan(provider("okta")).comes_back), ["kept"]);
    let again = world.go(provider("okta")).await;
    assert_eq!(again.groups.admins.id, "00g1abcdefGHIJKLMN5d");
    assert_eq!(again.aside.providers.len(), 1, "what is in use is not set aside, too");
}

#[tokio::test]
async fn what_was_sent_counts_again_after_an_undo() {
    let world = World::active().await;
    let mut project = world.project();
    let sent = Some(project.created_at);
    (project.groups.sent_at, project.saml.sent_at) = (sent, sent);
    world.store.save(&project).unwrap();
    let times = |project: &Project| (project.groups.sent_at, project.saml.sent_at);
    for target in [provider("okta"), backend(Backend::ThisComputer)] {
        assert_eq!(times(&world.go(target).await), (None, None), "nothing of it was sent there");
        assert_eq!(times(&world.undo().await), (sent, sent));
    }
}

#[tokio::test]
async fn another_place_for_the_settings_begins_anew_and_leaves_the_old_one_as_it_is() {
    let world = World::active().await;
    let before = world.project();
    let plan = world.plan(backend(Backend::ThisComputer));
    assert_eq!(
        codes(&plan.carries),
        ["domains", "app-registration", "groups", "idp-values", "users", "backup-login"]
    );
    assert_eq!(
        codes(&plan.set_aside),
        ["records", "service-values", "scim-token", "portal-ticks", "confirmations", "sign-in"]
    );
    assert_eq!(codes(&plan.stays), ["active-there", "records", "sign-in-values", "provisioning-there"]);
    assert!(plan.limits.is_empty(), "it can do all that the portal can: {:?}", plan.limits);
    assert!(line(&plan.set_aside, "service-values").items.contains(&ACS.to_owned()));
    assert_eq!(plan.redo.first().map(|redo| (redo.step, redo.at)), Some((StepId::Domains, RedoAt::Dns)));

    let after = world.go(backend(Backend::ThisComputer)).await;
    let known = after.integration().unwrap();
    assert_eq!((known.status, known.domains.len()), (Status::Inactive, 1));
    assert!(known.service_provider.acs_url.starts_with("http://") && after.account.is_some());
    assert_eq!(after.groups.admins.id, GUID);
    assert!(after.saml.values.is_some() && after.saml.marked_at.is_none());
    assert!(after.domains.entry("contoso.test").unwrap().report.is_none(), "the record is another one");
    assert_eq!(world.scim_token().await, Err(FailureCode::SecretMissing));
    world.wizard.issue_scim_token(ID, 0).await.unwrap();
    let issued = world.scim_token().await.unwrap();

    let undone = world.undo().await;
    assert_eq!(still(&undone), still(&before));
    assert!(world.wizard.open(ID).unwrap().activation.active);
    assert_eq!(world.scim_token().await.unwrap(), TOKEN, "each place has its own name in the keyring");
    world.undo().await;
    assert_eq!(world.scim_token().await.unwrap(), issued);
    assert!(!world.files().contains(TOKEN) && !world.files().contains(&issued));
}

#[tokio::test]
async fn an_access_token_is_tried_first_and_kept_under_its_own_name() {
    let world = World::by_hand().await;
    let before = world.project();
    let url = format!("http://{}", world.running.local_addr());
    let target = backend(Backend::AccountService { url });
    assert!(world.plan(target.clone()).asks_for_token);
    let wrong = Some(Secret::new("not-a-token".into()));
    let refused = world.wizard.switch_to(ID, target.clone(), wrong).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::SignedOut);
    assert_eq!(world.project(), before);

    let token = world.running.service.issue_access_token("jonas.weber@contoso.test").await.unwrap();
    let after = world.wizard.switch_to(ID, target, Some(token.clone())).await.unwrap().project;
    let kept = async |name: String| world.secrets.secret(&name, SecretKind::AccessToken).await.unwrap();
    assert_eq!(kept(after.keyring_name()).await.unwrap().expose(), token.expose());
    assert!(kept(before.keyring_name()).await.is_none() && !world.files().contains(token.expose()));
    world.wizard.forget_secrets(ID).await.unwrap();
    assert!(kept(after.keyring_name()).await.is_none());
}

#[tokio::test]
async fn what_was_done_with_the_values_of_another_place_is_not_taken_for_done() {
    let world = World::active().await;
    world.go(provider("okta")).await;
    world.go(backend(Backend::ThisComputer)).await;
    let back = world.go(provider("entra")).await;
    assert_eq!(back.groups.admins.id, GUID);
    assert!(back.saml.values.is_some() && back.app_registration.marked_at.is_some());
    assert!(back.saml.marked_at.is_none() && back.scim.marked_at.is_none());
    assert!(!back.confirmed.contains_key("sp-values-entered") && back.walks.is_empty());
    let portal = world.go(backend(Backend::Portal)).await;
    assert_eq!(portal.portal.service_provider.acs_url, ACS);
    assert!(portal.saml.marked_at.is_none(), "Okta's mark is not Entra's");
    assert!(portal.portal.verified.contains_key("contoso.test"), "the proof belongs to the portal");
}

#[tokio::test]
async fn a_step_that_somebody_has_is_set_aside_with_its_provider() {
    let world = World::by_hand().await;
    let task = world.wizard.task(ID, StepId::Groups, "Dana Kim", "", TASK.into()).unwrap();
    world.wizard.handed_over(ID, &task).unwrap();
    let other = World::by_hand().await;
    let opened =
        other.wizard.open_hand_over(File::Task(Box::new(task)).to_json().unwrap().as_bytes()).unwrap();
    let result = File::Result(Box::new(other.wizard.outcome(&opened.project.id).unwrap())).to_json().unwrap();
    let elsewhere = other.wizard.plan_switch(&opened.project.id, provider("okta")).unwrap_err();
    assert_eq!(elsewhere.code, FailureCode::InvalidInput, "the step was handed over as it is");

    assert_eq!(line(&world.plan(provider("okta")).set_aside, "handovers").items, ["Dana Kim"]);
    world.go(provider("okta")).await;
    let refused = world.wizard.open_hand_over(result.as_bytes()).unwrap_err();
    assert_eq!(refused.code, FailureCode::HandOverUnknown);
    world.undo().await;
    let merged = world.wizard.open_hand_over(result.as_bytes()).unwrap();
    assert!(merged.project.handovers.is_empty());
}

#[tokio::test]
async fn there_is_no_change_to_what_is_there_or_to_nothing() {
    let world = World::by_hand().await;
    for (target, code) in [
        (provider("entra"), FailureCode::InvalidInput),
        (backend(Backend::Portal), FailureCode::InvalidInput),
        (provider("nobody"), FailureCode::NoGuide),
        (backend(Backend::AccountService { url: "ftp://x".into() }), FailureCode::InvalidInput),
    ] {
        assert_eq!(world.wizard.plan_switch(ID, target.clone()).unwrap_err().code, code, "{target:?}");
        assert_eq!(world.wizard.switch_to(ID, target, None).await.unwrap_err().code, code);
    }
    assert_eq!(world.wizard.undo_switch(ID).await.unwrap_err().code, FailureCode::InvalidInput);
    let begun = world.plan(provider("okta"));
    assert_eq!((codes(&begun.set_aside), begun.redo.len()), (Vec::new(), 0), "nothing was begun");
}

#[tokio::test]
async fn every_identity_provider_can_be_gone_to_and_come_back_from() {
    let world = World::active().await;
    let before = still(&world.project());
    let guides = Library::embedded().unwrap().guides().iter();
    let others = guides.filter(|guide| guide.service.id == "parallels-my-account");
    for guide in others.filter(|guide| guide.identity_provider.id != "entra") {
        world.go(provider(&guide.identity_provider.id)).await;
        assert_eq!(still(&world.undo().await), before, "{}", guide.identity_provider.id);
    }
}

#[tokio::test]
async fn a_project_file_from_before_changes_reads_as_it_was() {
    let project = World::by_hand().await.project();
    let mut json = serde_json::to_value(&project).unwrap();
    for name in ["aside", "keyring_slot"] {
        json.as_object_mut().unwrap().remove(name).unwrap();
    }
    assert_eq!(serde_json::from_value::<Project>(json).unwrap(), project);
}

#[test]
fn every_line_of_a_plan_has_words() {
    let texts = Texts::english().unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/crates/wizard/src/switch/plan.rs");
    let source = std::fs::read_to_string(path).unwrap();
    let mut asked = BTreeSet::new();
    for function in source.split("fn ").skip(1) {
        let name = function.split(['(', '<']).next().unwrap();
        let kind = match name {
            name if name.ends_with("_aside") => "aside",
            name if name.ends_with("_stays") => "stays",
            "comes_back" => "back",
            _ => "carries",
        };
        for opening in ["Line::new(\"", "some(\""] {
            let found = function.split(opening).skip(1).map(|rest| rest.split('"').next().unwrap());
            asked.extend(found.map(|code| format!("switch-{kind}-{code}")));
        }
    }
    assert!(asked.len() > 25, "the codes were not found");
    for id in asked {
        assert!(texts.text(&id, []).is_some(), "{id} has no words");
    }
}
