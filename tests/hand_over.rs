//! A step goes from one program to another and comes back, with real project files on both sides.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/no_domain.rs"]
mod no_domain;

use account_api::{
    Account, Domain, DomainState, Integration, Scim, ScimToken, ServiceProvider, Status, TxtRecord,
};
use adapters::ProjectFiles;
use async_trait::async_trait;
use no_domain::NoDomain;
use proptest::prelude::*;
use signpost_desktop::paper::{html, text};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use texts::Texts;
use vocabulary::{Secret, StepId, Timestamp};
use wizard::app::{Keep, MetadataFrom, Ports};
use wizard::broker::Broker;
use wizard::handover::File;
use wizard::keycloak::Keycloak;
use wizard::polis::Polis;
use wizard::ports::{AccountService, Clock, ProjectStore, SecretKind, SecretStore, Services};
use wizard::project::Known;
use wizard::steps::StepState;
use wizard::steps::groups::{Edit, GroupField, GroupRole};
use wizard::{Backend, Failure, FailureCode, NewProject, Project, ProjectView, Wizard};

const ID: &str = "4e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a11";
const TASK: &str = "7a1d3c0a-52b1-4f0c-9a57-0c5c3b6f3a22";
const GUID: &str = "8b1f2f0e-6c1d-4a7e-9d53-2f6a1c90b7e4";
const TOKEN: &str = "scim-kr2PZ8vWq4y1TbN6";
const ACCESS: &str = "access-J7dLm3Xc9aFe5RsV";
const HINT: &str = "hint-bN6";

/// One program: its project files, its keyring, its core. Its service is out of reach.
struct Program {
    _folder: TempDir,
    store: Arc<ProjectFiles>,
    wizard: Wizard,
}

impl Program {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(ProjectFiles::new(folder.path().join("projects")));
        let wizard = Wizard::new(Ports {
            store: Arc::clone(&store) as _,
            secrets: Arc::new(Keyring::default()),
            services: Arc::new(OutOfReach),
            checker: Arc::new(NoDomain),
            metadata: Arc::new(adapters::HttpsMetadata),
            clock: Arc::new(Noon),
        })
        .unwrap();
        Self { _folder: folder, store, wizard }
    }

    /// A program with a project that has been at its service before.
    fn with_project() -> Self {
        let program = Self::new();
        program.store.save(&project()).unwrap();
        program
    }

    fn name(&self, id: &str, role: GroupRole, name: &str) -> ProjectView {
        let edit = |field, value: &str| Edit { role, field, value: value.to_owned() };
        self.wizard.edit_groups(id, edit(GroupField::Id, GUID)).unwrap();
        self.wizard.edit_groups(id, edit(GroupField::IdpName, name)).unwrap()
    }

    /// Hands a step over; the file.
    fn hand_over(&self, step: StepId) -> String {
        let task =
            self.wizard.task(ID, step, "Dana Kim", "The group is there already.", TASK.into()).unwrap();
        self.wizard.handed_over(ID, &task).unwrap();
        File::Task(Box::new(task)).to_json().unwrap()
    }

    fn result(&self, id: &str) -> String {
        File::Result(Box::new(self.wizard.outcome(id).unwrap())).to_json().unwrap()
    }
}

fn project() -> Project {
    let new = NewProject {
        organization: "Contoso Ltd".into(),
        admin_email: "jonas.weber@contoso.test".into(),
        service: "parallels-my-account".into(),
        idp: "entra".into(),
        backend: Backend::AccountService { url: "https://sso.example".into() },
    };
    let mut project = new.begin(ID.into(), noon()).unwrap();
    project.account = Some("a-1".into());
    project.scim.token_hint = Some(HINT.into());
    project.known = Some(Known { integration: integration(), arrivals: Default::default(), seen_at: noon() });
    wizard::steps::domains::add(&mut project, "contoso.com", noon());
    project
}

fn integration() -> Integration {
    let record = TxtRecord {
        host: "_parallels-challenge".into(),
        name: "_parallels-challenge.contoso.com".into(),
        value: "token=abcdefghijklmnopqrstuvwxyz".into(),
    };
    Integration {
        account: "a-1".into(),
        organization: "Contoso Ltd".into(),
        version: 3,
        as_of: None,
        status: Status::Inactive,
        activated_at: None,
        domains: vec![Domain {
            name: "contoso.com".into(),
            record,
            state: DomainState::Pending,
            added_at: noon(),
            verified_at: None,
            checked_at: None,
            missing_since: None,
            lost_at: None,
        }],
        app_registration: None,
        groups: Default::default(),
        service_provider: ServiceProvider {
            entity_id: "https://sso.example/saml/a-1".into(),
            acs_url: "https://sso.example/saml/a-1/acs".into(),
            metadata_url: "https://sso.example/saml/a-1/metadata".into(),
            slo_url: Some("https://sso.example/saml/a-1/slo".into()),
        },
        identity_provider: None,
        saml_options: account_api::SamlOptions::default(),
        saml: None,
        sign_ins: account_api::SignIns::default(),
        scim: Scim {
            enabled: true,
            base_url: "https://sso.example/scim/v2".into(),
            token: Some(ScimToken { hint: HINT.into(), issued_at: noon(), used_at: None, ends_at: None }),
            old_tokens: Vec::new(),
            mark: None,
        },
        users: None,
        backup_login: None,
        blockers: Vec::new(),
    }
}

fn step(view: &ProjectView, step: StepId) -> &wizard::steps::StepView {
    view.steps.iter().find(|one| one.step == step).unwrap()
}

#[test]
fn groups_go_out_are_done_and_come_back() {
    let (mine, theirs) = (Program::with_project(), Program::new());
    let file = mine.hand_over(StepId::Groups);
    let waiting = mine.wizard.open(ID).unwrap();
    let groups = step(&waiting, StepId::Groups);
    assert_eq!(groups.owner, "Dana Kim");
    assert!(matches!(&groups.state, StepState::Waiting { for_whom, .. } if for_whom == "Dana Kim"));

    let opened = theirs.wizard.open_hand_over(file.as_bytes()).unwrap();
    assert_eq!(opened.steps.len(), 1);
    assert_eq!(opened.project.organization, "Contoso Ltd");
    let id = opened.project.id;
    theirs.name(&id, GroupRole::Admins, "Contoso-Admins");
    let again = theirs.wizard.open_hand_over(file.as_bytes()).unwrap();
    assert_eq!(again.project.groups.admins.id, GUID, "what was done is not opened over");

    let back = mine.wizard.open_hand_over(theirs.result(&id).as_bytes()).unwrap();
    assert_eq!(
        (back.project.id.as_str(), back.project.groups.admins.idp_name.as_str()),
        (ID, "Contoso-Admins")
    );
    assert!(back.project.handovers.is_empty());
    assert_eq!(step(&back, StepId::Groups).owner, "you");
}

#[test]
fn metadata_read_elsewhere_arrives_with_its_certificates() {
    let (mine, theirs) = (Program::with_project(), Program::new());
    let opened = theirs.wizard.open_hand_over(mine.hand_over(StepId::Saml).as_bytes()).unwrap();
    let id = opened.project.id;
    assert!(opened.values.iter().any(|known| known.value == "https://sso.example/saml/a-1/acs"));
    let xml = idp_metadata();
    let read = theirs.wizard.read_metadata(&id, xml.into(), MetadataFrom::File("idp.xml".into())).unwrap();
    let back = mine.wizard.open_hand_over(theirs.result(&id).as_bytes()).unwrap();
    let certificates = |view: &ProjectView| {
        let values = view.project.saml.values.clone().unwrap();
        (values.entity_id, values.certificates.into_iter().map(|one| one.sha256).collect::<Vec<_>>())
    };
    assert_eq!(certificates(&back), certificates(&read));
    assert_eq!(back.project.saml.sent_at, None);
    assert!(step(&back, StepId::Saml).unsent, "the service has to hear of it");
}

#[test]
fn both_sides_of_a_conflict_are_shown_and_one_is_chosen() {
    for (keep, expected) in [(Keep::Mine, "Mine"), (Keep::Theirs, "Theirs")] {
        let (mine, theirs) = (Program::with_project(), Program::new());
        let id = theirs.wizard.open_hand_over(mine.hand_over(StepId::Groups).as_bytes()).unwrap().project.id;
        mine.name(ID, GroupRole::Admins, "Mine");
        theirs.name(&id, GroupRole::Admins, "Theirs");
        let view = mine.wizard.open_hand_over(theirs.result(&id).as_bytes()).unwrap();
        let conflict = view.project.handovers[0].conflict.as_ref().unwrap();
        let field = conflict.fields.iter().find(|field| field.field == "admins-name").unwrap();
        assert_eq!((field.mine.as_str(), field.theirs.as_str()), ("Mine", "Theirs"));
        assert_eq!(view.project.groups.admins.idp_name, "Mine", "nothing is taken before it is decided");
        assert!(matches!(step(&view, StepId::Groups).state, StepState::NeedsAttention { .. }));
        let decided = mine.wizard.resolve_hand_over(ID, StepId::Groups, keep).unwrap();
        assert_eq!(decided.project.groups.admins.idp_name, expected);
        assert!(decided.project.handovers.is_empty());
    }
}

#[test]
fn what_only_one_side_changed_is_kept() {
    let (mine, theirs) = (Program::with_project(), Program::new());
    let id = theirs.wizard.open_hand_over(mine.hand_over(StepId::Groups).as_bytes()).unwrap().project.id;
    mine.name(ID, GroupRole::Admins, "Mine");
    let back = mine.wizard.open_hand_over(theirs.result(&id).as_bytes()).unwrap();
    assert_eq!(back.project.groups.admins.idp_name, "Mine");
    assert!(back.project.handovers.is_empty());
}

#[test]
fn a_result_nobody_waits_for_is_refused() {
    let (mine, theirs) = (Program::with_project(), Program::new());
    let id = theirs.wizard.open_hand_over(mine.hand_over(StepId::Groups).as_bytes()).unwrap().project.id;
    let result = theirs.result(&id);
    mine.wizard.take_back(ID, StepId::Groups).unwrap();
    let code =
        |program: &Program, file: &str| program.wizard.open_hand_over(file.as_bytes()).unwrap_err().code;
    assert_eq!(code(&mine, &result), FailureCode::HandOverUnknown);
    assert_eq!(code(&Program::new(), &result), FailureCode::HandOverUnknown);
    assert_eq!(code(&mine, &result.replace("\"form\": 1", "\"form\": 2")), FailureCode::HandOverNewer);
    assert_eq!(code(&mine, "<EntityDescriptor/>"), FailureCode::HandOverUnreadable);
    assert_eq!(code(&mine, &result.replace(ID, "../../x")), FailureCode::HandOverUnreadable);
}

#[tokio::test]
async fn no_secret_goes_out_in_any_form() {
    let program = Program::with_project();
    let texts = Texts::english().unwrap();
    let mut out = Vec::new();
    for step in StepId::ALL {
        let task = program.wizard.task(ID, step, "Dana Kim", "", TASK.into()).unwrap();
        let letter = program.wizard.letter(&task).unwrap();
        out.extend([
            File::Task(Box::new(task)).to_json().unwrap(),
            html(&letter, &texts),
            text(&letter, &texts),
        ]);
    }
    let opened = program.wizard.open_hand_over(program.hand_over(StepId::Scim).as_bytes()).unwrap();
    out.push(program.result(&opened.project.id));
    let dossier = program.wizard.dossier(ID).await.unwrap();
    out.extend([dossier.to_json().unwrap(), html(&dossier.document(), &texts)]);
    for text in out {
        for secret in [TOKEN, ACCESS, HINT] {
            assert!(!text.contains(secret), "{secret} is in {text}");
        }
    }
    let other = program.wizard.task(ID, StepId::Groups, "Dana Kim", "", TASK.into()).unwrap();
    assert!(
        !File::Task(Box::new(other)).to_json().unwrap().contains("token="),
        "only the step that it is about"
    );
}

#[tokio::test]
async fn the_dossier_has_every_value_in_words_and_says_how_to_undo_it() {
    let program = Program::with_project();
    program.name(ID, GroupRole::Admins, "<b>Admins</b>");
    let xml = idp_metadata();
    let view = program.wizard.read_metadata(ID, xml.into(), MetadataFrom::Paste).unwrap();
    let dossier = program.wizard.dossier(ID).await.unwrap();
    let page = html(&dossier.document(), &Texts::english().unwrap());
    for known in
        view.values.iter().filter(|known| !known.value.starts_with("-----") && !known.value.contains('<'))
    {
        assert!(page.contains(&known.value.replace('&', "&amp;")), "{known:?}");
    }
    let certificate = &view.project.saml.values.unwrap().certificates[0];
    assert!(page.contains(&certificate.sha256) && page.contains(&certificate.not_after.to_minute()));
    assert!(page.contains("&lt;b&gt;Admins&lt;/b&gt;") && !page.contains("<b>"));
    assert!(page.contains("How to undo it") && page.contains("token=abcdefghijklmnopqrstuvwxyz"));
    assert!(page.contains("To confirm: The application is in the list"), "which confirmation is missing");
    // A text that is missing shows its id.
    for id in ["paper-", "letter-", "dossier-", "finding-", "activity-", "state-", "value-", "step-"] {
        assert!(!page.contains(&format!(">{id}")), "{id} in {page}");
    }
    let json: serde_json::Value = serde_json::from_str(&dossier.to_json().unwrap()).unwrap();
    assert_eq!((json["form"].as_u64(), json["organization"].as_str()), (Some(1), Some("Contoso Ltd")));
}

#[tokio::test]
async fn every_step_s_letter_is_in_words() {
    let program = Program::with_project();
    let texts = Texts::english().unwrap();
    for step in StepId::ALL {
        let task = program.wizard.task(ID, step, "Dana Kim", "Thanks", TASK.into()).unwrap();
        let letter = text(&program.wizard.letter(&task).unwrap(), &texts);
        assert!(letter.contains("Contoso Ltd") && letter.contains("Dana Kim") && letter.contains("Thanks"));
        assert!(!letter.contains("letter-") && !letter.contains("paper-"), "{letter}");
        assert!(!letter.contains("›  ›"), "a place without a name: {letter}");
        assert!(!letter.contains("onto this window"), "paper has no window: {letter}");
    }
}

/// A service of a version before it has no such member in its answer.
#[test]
fn a_letter_names_a_logout_url_only_where_the_service_has_one() {
    let (program, texts) = (Program::with_project(), Texts::english().unwrap());
    let task = program.wizard.task(ID, StepId::Saml, "Dana Kim", "", TASK.into()).unwrap();
    let with = text(&program.wizard.letter(&task).unwrap(), &texts);
    assert!(with.contains("Logout Url (Optional): https://sso.example/saml/a-1/slo"), "{with}");
    let mut sent = serde_json::to_value(&task).unwrap();
    assert!(sent["service_provider"].as_object_mut().unwrap().remove("slo_url").is_some());
    let without = program.wizard.letter(&serde_json::from_value(sent).unwrap()).unwrap();
    assert!(!text(&without, &texts).contains("This one is optional"));
}

#[test]
fn a_letter_has_the_rows_that_are_compared_to_the_letter() {
    let (library, texts) = (guides::Library::embedded().unwrap(), Texts::english().unwrap());
    let mut rows = 0;
    for guide in library.guides().iter().filter(|guide| guide.service.id == "parallels-my-account") {
        let program = Program::new();
        program.store.save(&Project { idp: guide.identity_provider.id.clone(), ..project() }).unwrap();
        for step in StepId::ALL {
            let task = program.wizard.task(ID, step, "Dana Kim", "", TASK.into()).unwrap();
            let letter = text(&program.wizard.letter(&task).unwrap(), &texts);
            let tables = guide.step(step).unwrap().parts.iter().filter_map(|part| part.table.as_ref());
            for cell in tables.flat_map(|table| &table.rows).flatten() {
                assert!(letter.contains(&guides::plain(cell)), "{cell:?} in {letter}");
                rows += 1;
            }
        }
    }
    assert!(rows > 3, "no guide has a table any more");
}

#[test]
fn a_project_file_without_hand_overs_reads_as_before() {
    let mut json = serde_json::to_value(project()).unwrap();
    for name in ["handovers", "task"] {
        json.as_object_mut().unwrap().remove(name).unwrap();
    }
    assert_eq!(serde_json::from_value::<Project>(json).unwrap(), project());
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2048)) {
        prop_assert!(File::read(&bytes).is_err());
    }
}

fn idp_metadata() -> String {
    let certificate =
        test_support::certificate("Contoso SSO", noon(), noon().plus(time::Duration::days(900)));
    test_support::signed_metadata::entra_signed(GUID, &[&certificate])
}

fn noon() -> Timestamp {
    Timestamp::parse("2026-11-22T12:00:00Z").unwrap()
}

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        noon()
    }
}

/// A keyring that has both secrets of every project.
#[derive(Default)]
struct Keyring(Mutex<HashMap<String, Secret>>);

#[async_trait]
impl SecretStore for Keyring {
    async fn secret(&self, _: &str, kind: SecretKind) -> Result<Option<Secret>, Failure> {
        let secret = if kind == SecretKind::ScimToken { TOKEN } else { ACCESS };
        Ok(Some(Secret::new(secret.to_owned())))
    }

    async fn keep(&self, project: &str, _: SecretKind, secret: &Secret) -> Result<(), Failure> {
        self.0.lock().unwrap().insert(project.to_owned(), secret.clone());
        Ok(())
    }

    async fn forget(&self, project: &str, _: SecretKind) -> Result<(), Failure> {
        self.0.lock().unwrap().remove(project);
        Ok(())
    }
}

struct OutOfReach;

#[async_trait]
impl Services for OutOfReach {
    async fn connect(&self, _: &Project) -> Result<Arc<dyn AccountService>, Failure> {
        Err(Failure::new(FailureCode::ServiceUnreachable, "out of reach"))
    }

    async fn broker(&self, _: &Project, _: Option<Secret>) -> Result<Arc<dyn Broker>, Failure> {
        Err(Failure::new(FailureCode::PolisUnreachable, "out of reach"))
    }

    async fn keycloak(&self, _: &Project) -> Result<Arc<dyn Keycloak>, Failure> {
        Err(Failure::new(FailureCode::KeycloakUnreachable, "out of reach"))
    }

    async fn polis(&self, _: &Project) -> Result<Arc<dyn Polis>, Failure> {
        Err(Failure::new(FailureCode::PolisUnreachable, "out of reach"))
    }

    async fn enrol(&self, _: &Project, _: Option<Secret>) -> Result<Account, Failure> {
        Err(Failure::new(FailureCode::ServiceUnreachable, "out of reach"))
    }
}
