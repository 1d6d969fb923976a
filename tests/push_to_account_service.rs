//! The core pushes to a real account service over HTTP on loopback, and loses nobody's change.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "push_to_account_service/licence_keys.rs"]
mod licence_keys;
#[path = "support/no_domain.rs"]
mod no_domain;
mod support;
#[path = "push_to_account_service/tokens_elsewhere.rs"]
mod tokens_elsewhere;

use account_api::{Group, Groups};
use account_service::{Config, Running, Service};
use adapters::{Connections, HttpService, LocalAccess, LocalService, ProjectFiles, SystemClock};
use async_trait::async_trait;
use no_domain::NoDomain;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use support::MemoryKeyring;
use tempfile::TempDir;
use test_support::{TestCertificate, metadata};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use vocabulary::{Secret, StepId, Timestamp};
use wizard::app::{Keep, MetadataFrom, Ports};
use wizard::ports::{AccountService, Clock, SecretKind, SecretStore, Written};
use wizard::rollover::{Edit as RolloverEdit, Stage};
use wizard::steps::groups::{Edit, GroupField, GroupRole};
use wizard::steps::saml::Edit as SamlEdit;
use wizard::view::Connection;
use wizard::{Backend, Failure, FailureCode, NewProject, ProjectView, Wizard};

const GUID: &str = "8b1f2f0e-6c1d-4a7e-9d53-2f6a1c90b7e4";
const OTHER_GUID: &str = "11111111-6c1d-4a7e-9d53-2f6a1c90b7e4";

/// A core, a service, and a door between them that can be shut or made to lose answers.
struct World {
    _folder: TempDir,
    wizard: Wizard,
    running: Running,
    door: Arc<Door>,
    secrets: Arc<MemoryKeyring>,
}

impl World {
    /// Metadata that says something else is taken only when somebody says so.
    fn replace_metadata(&self, id: &str, certificates: &[&TestCertificate]) -> ProjectView {
        let read = self.wizard.read_metadata(id, metadata_with(certificates), MetadataFrom::Paste).unwrap();
        assert!(read.newer_metadata.is_some(), "there is nothing to decide");
        self.wizard.edit_saml(id, SamlEdit::TakeNewer).unwrap()
    }

    async fn new() -> Self {
        Self::of(|_| {}).await
    }

    /// With a service that is told something else.
    async fn of(tell: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut config = Config {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            public_url: Some(format!("http://{address}")),
            ..Config::local(folder.path().join("service"))
        };
        tell(&mut config);
        let running = Service::start(config, SystemTime).await.unwrap();
        let door = Door::open(listener, running.local_addr());
        let local = Local {
            url: format!("http://{address}"),
            service: running.service.clone(),
            token: Mutex::default(),
        };
        let store = Arc::new(ProjectFiles::new(folder.path().join("projects")));
        let secrets = Arc::new(MemoryKeyring::default());
        let services = Connections::new(Arc::new(local), Arc::clone(&secrets) as _);
        let wizard = Wizard::new(Ports {
            store,
            secrets: Arc::clone(&secrets) as _,
            services: Arc::new(services),
            checker: Arc::new(NoDomain),
            metadata: Arc::new(adapters::HttpsMetadata),
            clock: Arc::new(SystemClock),
        })
        .unwrap();
        Self { _folder: folder, wizard, running, door, secrets }
    }

    async fn project(&self) -> ProjectView {
        let new = NewProject {
            organization: "Contoso Ltd".into(),
            admin_email: "jonas.weber@contoso.test".into(),
            service: "parallels-my-account".into(),
            idp: "entra".into(),
            backend: Backend::ThisComputer,
        };
        self.wizard.create("4e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a11".into(), new, None).await.unwrap()
    }

    /// Another administrator of the same account.
    async fn colleague(&self) -> HttpService {
        let token = self.running.service.issue_access_token("jonas.weber@contoso.test").await.unwrap();
        HttpService::new(&format!("http://{}", self.running.local_addr()), token).unwrap()
    }

    fn name_admins(&self, id: &str, name: &str) -> ProjectView {
        let edit = |field, value: &str| {
            self.wizard.edit_groups(id, Edit { role: GroupRole::Admins, field, value: value.into() }).unwrap()
        };
        edit(GroupField::Id, GUID);
        edit(GroupField::IdpName, name);
        edit(GroupField::ServiceName, name)
    }
}

fn groups(name: &str, id: &str) -> Groups {
    Groups { admins: Some(Group { name: name.into(), id: id.into() }), users: None }
}

fn account(view: &ProjectView) -> String {
    view.project.account.clone().unwrap()
}

fn version(view: &ProjectView) -> u32 {
    view.project.integration().unwrap().version
}

#[tokio::test]
async fn a_new_project_has_an_account_and_its_values() {
    let world = World::new().await;
    let view = world.project().await;
    let known = view.project.integration().unwrap();
    assert_eq!(view.connection, Connection::Connected);
    assert!(known.service_provider.acs_url.starts_with("http://"));
    assert_eq!(known.organization, "Contoso Ltd");
    let metadata = world.wizard.sp_metadata(&view.project.id).await.unwrap();
    let read = saml::inspect(metadata.as_bytes(), saml::LIMIT_BY_HAND, view.now);
    let read = read.sp_values().unwrap();
    assert_eq!(read.acs_url, known.service_provider.acs_url);
    let shown = view.values.iter().find(|known| known.key == guides::ValueKey::SloUrl).unwrap();
    assert_eq!(Some(&shown.value), read.slo_url.as_ref(), "what the metadata says can be copied");
}

#[tokio::test]
async fn what_is_entered_arrives_whole() {
    let world = World::new().await;
    let id = world.project().await.project.id;
    assert!(world.name_admins(&id, "Signpost Admins").steps[2].unsent);
    let view = world.wizard.push(&id, StepId::Groups).await.unwrap();
    assert!(!view.steps[2].unsent);
    assert_eq!(view.project.integration().unwrap().groups, groups("Signpost Admins", GUID));
}

#[tokio::test]
async fn a_change_of_other_values_elsewhere_is_no_conflict() {
    let world = World::new().await;
    let view = world.project().await;
    let (id, account) = (view.project.id.clone(), account(&view));
    world.name_admins(&id, "Signpost Admins");
    let colleague = world.colleague().await;
    assert!(matches!(colleague.set_scim(&account, version(&view), false).await.unwrap(), Written::Done(_)));
    let view = world.wizard.push(&id, StepId::Groups).await.unwrap();
    assert_eq!(view.project.conflict, None);
    let known = view.project.integration().unwrap();
    assert_eq!((known.groups.clone(), known.scim.enabled), (groups("Signpost Admins", GUID), false));
}

#[tokio::test]
async fn a_conflict_shows_both_sides_and_mine_can_be_kept() {
    let world = World::new().await;
    let view = world.project().await;
    let (id, account) = (view.project.id.clone(), account(&view));
    let theirs = groups("Their Admins", OTHER_GUID);
    world.colleague().await.set_groups(&account, version(&view), &theirs).await.unwrap();
    world.name_admins(&id, "My Admins");
    let view = world.wizard.push(&id, StepId::Groups).await.unwrap();
    let conflict = view.project.conflict.unwrap();
    assert_eq!(conflict.step, StepId::Groups);
    assert_eq!(
        (conflict.fields[0].mine.as_str(), conflict.fields[0].theirs.as_str()),
        ("My Admins", "Their Admins")
    );
    let view = world.wizard.resolve(&id, Keep::Mine).await.unwrap();
    assert_eq!(view.project.conflict, None);
    assert_eq!(view.project.integration().unwrap().groups, groups("My Admins", GUID));
}

#[tokio::test]
async fn theirs_can_be_kept_too() {
    let world = World::new().await;
    let view = world.project().await;
    let (id, account) = (view.project.id.clone(), account(&view));
    let theirs = groups("Their Admins", OTHER_GUID);
    world.colleague().await.set_groups(&account, version(&view), &theirs).await.unwrap();
    world.name_admins(&id, "My Admins");
    world.wizard.push(&id, StepId::Groups).await.unwrap();
    let view = world.wizard.resolve(&id, Keep::Theirs).await.unwrap();
    assert_eq!(view.project.groups.admins.service_name, "Their Admins");
    assert_eq!(view.project.integration().unwrap().groups, theirs);
    assert!(!view.steps[2].unsent);
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_and_nothing_is_doubled() {
    let world = World::new().await;
    let view = world.project().await;
    let id = view.project.id.clone();
    world.name_admins(&id, "Signpost Admins");
    world.door.lose_answers(1);
    let after = world.wizard.push(&id, StepId::Groups).await.unwrap();
    assert_eq!(after.project.conflict, None);
    assert_eq!(version(&after), version(&view) + 1);
    world.door.lose_answers(1);
    let after = world.wizard.add_domains(&id, "contoso.test").await.unwrap().view;
    assert_eq!(after.project.integration().unwrap().domains.len(), 1);
}

#[tokio::test]
async fn a_service_that_is_down_loses_nothing() {
    let world = World::new().await;
    let id = world.project().await.project.id;
    world.name_admins(&id, "Signpost Admins");
    world.door.shut(true);
    let refused = world.wizard.push(&id, StepId::Groups).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::ServiceUnreachable);
    let view = world.wizard.add_domains(&id, "jonas@contoso.test").await.unwrap().view;
    assert_eq!(view.connection, Connection::Offline);
    assert_eq!(view.project.domains.entries[0].name, "contoso.test");
    let view = world.wizard.refresh(&id).await.unwrap();
    assert!(view.steps[2].unsent && view.steps[0].unsent);
    world.door.shut(false);
    world.wizard.push(&id, StepId::Domains).await.unwrap();
    let view = world.wizard.push(&id, StepId::Groups).await.unwrap();
    assert_eq!(view.connection, Connection::Connected);
    assert!(!view.steps[2].unsent && !view.steps[0].unsent);
}

#[tokio::test]
async fn metadata_goes_from_the_file_to_the_service() {
    let world = World::new().await;
    let id = world.project().await.project.id;
    let now = SystemClock.now();
    let until = now.plus(time::Duration::days(900));
    let certificate = test_support::certificate("Microsoft Azure Federated SSO Certificate", now, until);
    let xml = test_support::signed_metadata::entra_signed(GUID, &[&certificate]);
    world.wizard.read_metadata(&id, xml.into_bytes(), MetadataFrom::File("Contoso.xml".into())).unwrap();
    let view = world.wizard.push(&id, StepId::Saml).await.unwrap();
    let idp = view.project.integration().unwrap().identity_provider.clone().unwrap();
    assert_eq!(idp.entity_id, "https://sts.windows.net/8b1f2f0e-6c1d-4a7e-9d53-2f6a1c90b7e4/");
    assert!(!view.steps[3].unsent);
}

#[tokio::test]
async fn nothing_is_sent_while_an_error_is_open() {
    let world = World::new().await;
    let id = world.project().await.project.id;
    world
        .wizard
        .read_metadata(&id, b"<html><body>Sign in".to_vec(), MetadataFrom::File("a.xml".into()))
        .unwrap();
    let refused = world.wizard.push(&id, StepId::Saml).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::ErrorsOpen);
}

#[tokio::test]
async fn activation_says_what_is_missing() {
    let world = World::new().await;
    let view = world.project().await;
    let missing: Vec<StepId> = view.activation.missing.iter().map(|missing| missing.step).collect();
    assert!(
        StepId::ALL.iter().all(|step| missing.contains(step) || *step == StepId::BackupLogin),
        "{missing:?}"
    );
    let refused = world.wizard.activate(&view.project.id, None).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::ActivationBlocked);
}

#[tokio::test]
async fn a_token_goes_to_the_keyring_and_into_no_file() {
    let world = World::new().await;
    let id = world.project().await.project.id;
    let view = world.wizard.issue_scim_token(&id, 0).await.unwrap();
    let token = world.wizard.scim_token(&id).await.unwrap();
    assert!(token.expose().ends_with(view.project.scim.token_hint.as_deref().unwrap()));
    for entry in walk(world._folder.path()) {
        let bytes = std::fs::read(&entry).unwrap();
        let found = bytes.windows(token.expose().len()).any(|window| window == token.expose().as_bytes());
        assert!(!found, "{} holds the token", entry.display());
    }
}

#[tokio::test]
async fn a_service_at_a_url_is_signed_in_to_by_token() {
    let world = World::new().await;
    let url = format!("http://{}/", world.running.local_addr());
    let asked = || NewProject {
        organization: "Fabrikam".into(),
        admin_email: "ana@fabrikam.test".into(),
        service: "parallels-my-account".into(),
        idp: "entra".into(),
        backend: Backend::AccountService { url: url.clone() },
    };
    let id = || "5e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a12".to_owned();
    let missing = world.wizard.create(id(), asked(), None).await.unwrap_err();
    assert_eq!((missing.code, missing.field.as_deref()), (FailureCode::InvalidInput, Some("access-token")));
    let wrong =
        world.wizard.create(id(), asked(), Some(Secret::new("not a token".into()))).await.unwrap_err();
    assert_eq!(wrong.code, FailureCode::SignedOut);
    assert!(world.wizard.projects().unwrap().is_empty());
    let token = world.running.service.issue_access_token("ana@fabrikam.test").await.unwrap();
    let view = world.wizard.create(id(), asked(), Some(token)).await.unwrap();
    assert_eq!((view.connection, view.project.organization.as_str()), (Connection::Connected, "Fabrikam"));
}

#[tokio::test]
async fn a_token_that_is_not_taken_any_more_is_said_and_a_new_one_goes_on() {
    let world = World::new().await;
    let id = "5e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a12".to_owned();
    let backend = Backend::AccountService { url: format!("http://{}", world.running.local_addr()) };
    let asked = NewProject {
        organization: "Fabrikam".into(),
        admin_email: "ana@fabrikam.test".into(),
        service: "parallels-my-account".into(),
        idp: "entra".into(),
        backend,
    };
    let token = world.running.service.issue_access_token("ana@fabrikam.test").await.unwrap();
    world.wizard.create(id.clone(), asked, Some(token)).await.unwrap();
    world.secrets.keep(&id, SecretKind::AccessToken, &Secret::new("expired".into())).await.unwrap();
    assert_eq!(world.wizard.refresh(&id).await.unwrap().connection, Connection::SignedOut);
    world.name_admins(&id, "Signpost Admins");
    assert_eq!(world.wizard.push(&id, StepId::Groups).await.unwrap_err().code, FailureCode::SignedOut);
    let token = world.running.service.issue_access_token("ana@fabrikam.test").await.unwrap();
    let view = world.wizard.sign_in(&id, Some(token)).await.unwrap();
    assert_eq!(view.connection, Connection::Connected);
    let view = world.wizard.push(&id, StepId::Groups).await.unwrap();
    assert_eq!(view.project.integration().unwrap().groups, groups("Signpost Admins", GUID));
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

struct SystemTime;

impl account_service::Clock for SystemTime {
    fn now(&self) -> Timestamp {
        SystemClock.now()
    }
}

/// The way to the service as `Connections` asks for it; the account service itself is real.
struct Local {
    url: String,
    service: Service,
    token: Mutex<Option<Secret>>,
}

#[async_trait]
impl LocalService for Local {
    async fn access(&self, email: &str) -> Result<LocalAccess, Failure> {
        let known = self.token.lock().unwrap().clone();
        let token = match known {
            Some(token) => token,
            None => self.service.issue_access_token(email).await.unwrap(),
        };
        *self.token.lock().unwrap() = Some(token.clone());
        Ok(LocalAccess { url: self.url.clone(), token })
    }
}

/// Passes connections on to the service; shut, it refuses them, and it can lose the answer to a write.
struct Door {
    shut: AtomicBool,
    lose: AtomicU32,
}

impl Door {
    fn open(listener: TcpListener, to: SocketAddr) -> Arc<Self> {
        let door = Arc::new(Self { shut: AtomicBool::new(false), lose: AtomicU32::new(0) });
        let keeper = Arc::clone(&door);
        tokio::spawn(async move {
            while let Ok((inside, _)) = listener.accept().await {
                let keeper = Arc::clone(&keeper);
                tokio::spawn(async move { keeper.pass(inside, to).await });
            }
        });
        door
    }

    fn shut(&self, shut: bool) {
        self.shut.store(shut, Ordering::SeqCst);
    }

    /// The answers to so many of the next writes do not get through.
    fn lose_answers(&self, count: u32) {
        self.lose.store(count, Ordering::SeqCst);
    }

    async fn pass(&self, mut inside: TcpStream, to: SocketAddr) -> Option<()> {
        let mut outside = TcpStream::connect(to).await.ok()?;
        let (mut question, mut answer) = (vec![0; 65536], vec![0; 65536]);
        let mut writing = false;
        loop {
            tokio::select! {
                count = inside.read(&mut question) => {
                    let count = count.ok().filter(|count| *count > 0)?;
                    if self.shut.load(Ordering::SeqCst) {
                        return None;
                    }
                    writing = [&b"PUT "[..], b"POST"].contains(&question.get(..4)?);
                    outside.write_all(&question[..count]).await.ok()?;
                }
                count = outside.read(&mut answer) => {
                    let count = count.ok().filter(|count| *count > 0)?;
                    let lost = |left: u32| left.checked_sub(1);
                    if writing && self.lose.fetch_update(Ordering::SeqCst, Ordering::SeqCst, lost).is_ok() {
                        return None;
                    }
                    inside.write_all(&answer[..count]).await.ok()?;
                }
            }
        }
    }
}

fn metadata_with(certificates: &[&TestCertificate]) -> Vec<u8> {
    metadata::entra_unsigned(GUID, certificates).into_bytes()
}

fn valid(name: &str, from: i64, until: i64) -> TestCertificate {
    let day = |days| SystemClock.now().plus(time::Duration::days(days));
    test_support::ec_certificate(name, day(from), day(until))
}

fn at_service(view: &ProjectView) -> usize {
    let known = view.project.integration().unwrap();
    known.identity_provider.as_ref().map_or(0, |provider| provider.certificates.len())
}

#[tokio::test]
async fn a_new_certificate_goes_beside_the_old_which_stays_until_a_sign_in_was_seen() {
    let world = World::new().await;
    let id = world.project().await.project.id;
    let (old, new) = (valid("Old", -900, 100), valid("New", -1, 900));
    world.wizard.read_metadata(&id, metadata_with(&[&old]), MetadataFrom::Paste).unwrap();
    let view = world.wizard.push(&id, StepId::Saml).await.unwrap();
    assert_eq!((at_service(&view), view.rollover), (1, None));
    let view = world.replace_metadata(&id, &[&new]);
    assert_eq!(view.rollover.unwrap().stage, Stage::Send);
    let view = world.wizard.push(&id, StepId::Saml).await.unwrap();
    assert_eq!((at_service(&view), view.rollover.unwrap().stage), (2, Stage::SignIn));
    let refused = world.wizard.edit_rollover(&id, RolloverEdit::TakeAway).await.unwrap_err();
    assert_eq!(
        (refused.code, refused.args["reason"].as_str()),
        (FailureCode::RolloverUnproven, "no-sign-in")
    );
    let view = world.wizard.refresh(&id).await.unwrap();
    assert_eq!((at_service(&view), view.signing_certificates.len()), (2, 2), "nothing was taken away");
}

#[tokio::test]
async fn calling_a_change_off_takes_the_new_certificate_from_the_service() {
    let world = World::new().await;
    let id = world.project().await.project.id;
    let (old, new) = (valid("Old", -900, 100), valid("New", -1, 900));
    world.wizard.read_metadata(&id, metadata_with(&[&old]), MetadataFrom::Paste).unwrap();
    world.wizard.push(&id, StepId::Saml).await.unwrap();
    world.replace_metadata(&id, &[&old, &new]);
    world.wizard.push(&id, StepId::Saml).await.unwrap();
    let view = world.wizard.edit_rollover(&id, RolloverEdit::CallOff).await.unwrap();
    assert_eq!((at_service(&view), view.rollover.unwrap().stage), (1, Stage::CalledOff));
    let view = world.wizard.edit_rollover(&id, RolloverEdit::GoOn).await.unwrap();
    assert_eq!((at_service(&view), view.rollover.unwrap().stage), (2, Stage::SignIn));
}

/// Two certificates for one key cannot be told apart by what they signed.
#[tokio::test]
async fn a_key_that_was_certified_again_is_changed_without_a_sign_in_and_back() {
    let world = World::new().await;
    let id = world.project().await.project.id;
    let day = |days| SystemClock.now().plus(time::Duration::days(days));
    let [old, new] = ["Old", "New"].map(|name| test_support::certificate(name, day(-10), day(900)));
    world.wizard.read_metadata(&id, metadata_with(&[&old]), MetadataFrom::Paste).unwrap();
    world.wizard.push(&id, StepId::Saml).await.unwrap();
    world.replace_metadata(&id, &[&new]);
    world.wizard.push(&id, StepId::Saml).await.unwrap();
    let view = world.wizard.edit_rollover(&id, RolloverEdit::TakeAway).await.unwrap();
    assert_eq!((at_service(&view), view.rollover.unwrap().stage), (1, Stage::Done));
    let view = world.wizard.edit_rollover(&id, RolloverEdit::PutBack).await.unwrap();
    assert_eq!((at_service(&view), view.rollover.unwrap().stage), (2, Stage::TakeAway));
    let ics = world.wizard.reminders(Some(&id), |id, _| id.to_owned()).unwrap();
    assert_eq!(ics.matches("BEGIN:VEVENT").count(), 2);
}
