//! A project that the service's own support sets up: no account service runs, and none is asked.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/contoso.rs"]
mod contoso;
#[path = "support/no_domain.rs"]
mod no_domain;
#[path = "support/no_service.rs"]
mod no_service;
mod support;

use adapters::{ProjectFiles, SystemClock};
use contoso::contoso;
use guide_files::GuideFiles;
use guides::{Library, PageId, ValueKey};
use no_domain::NoDomain;
use no_service::NoService;
use proptest::prelude::*;
use signpost_desktop::package::zipped;
use signpost_desktop::paper::text;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use support::MemoryKeyring;
use tempfile::TempDir;
use texts::Texts;
use vocabulary::{Secret, Severity, StepId};
use wizard::app::{MetadataFrom, Ports};
use wizard::handover::File;
use wizard::ports::{Clock, ProjectStore, SecretKind, SecretStore};
use wizard::steps::app_registration::Edit as AppEdit;
use wizard::steps::saml::Edit as SamlEdit;
use wizard::steps::{Proof, StepState, StepView};
use wizard::support::{Edit, StageView, judge_mail, judge_name};
use wizard::switch::Target;
use wizard::{Backend, FailureCode, NewProject, Project, ProjectView, Wizard};

const ID: &str = "4e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a11";
const TASK: &str = "7a1d3c0a-52b1-4f0c-9a57-0c5c3b6f3a22";
const GUID: &str = "8b1f2f0e-6c1d-4a7e-9d53-2f6a1c90b7e4";
const IDENTIFIER: &str = "https://www.pymetrics.com/saml2-sp/contoso/contoso/metadata/";
const REPLY: &str = "https://www.pymetrics.com/saml2-sp/contoso/contoso/?acs";
const SIGN_ON: &str = "https://www.pymetrics.com/saml2-sp/contoso/contoso/?sso";
const OTHER_REPLY: &str = "https://eu.pymetrics.com/saml2-sp/contoso/contoso/?acs";

/// What is in the keyring meanwhile.
const SECRETS: [(SecretKind, &str); 2] =
    [(SecretKind::AccessToken, "access-3f9b27c1"), (SecretKind::ScimToken, "bearer-b80d51e4")];

struct World {
    _folder: TempDir,
    keyring: Arc<MemoryKeyring>,
    store: Arc<ProjectFiles>,
    wizard: Wizard,
}

impl World {
    fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(ProjectFiles::new(folder.path().join("projects")));
        let keyring = Arc::new(MemoryKeyring::default());
        let wizard = Wizard::new(Ports {
            store: Arc::clone(&store) as _,
            secrets: Arc::clone(&keyring) as _,
            services: Arc::new(NoService),
            checker: Arc::new(NoDomain),
            metadata: Arc::new(adapters::HttpsMetadata),
            clock: Arc::new(SystemClock),
        })
        .unwrap();
        Self { _folder: folder, keyring, store, wizard }
    }

    async fn new() -> Self {
        let world = Self::empty();
        world.wizard.create(ID.into(), asked(Backend::HandOver), None).await.unwrap();
        world
    }

    fn edit(&self, edit: Edit) -> ProjectView {
        self.wizard.edit_support(ID, edit).unwrap()
    }

    fn name(&self, name: &str) -> ProjectView {
        self.edit(Edit::CustomerName { value: name.into() })
    }

    fn address(&self, key: ValueKey, value: &str) -> ProjectView {
        self.edit(Edit::Address { key, value: value.into() })
    }

    /// The package as support has it.
    fn unzipped(&self) -> BTreeMap<String, String> {
        let bytes = zipped(&self.wizard.package(ID).unwrap().files).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let count = archive.len();
        let read = |place| {
            let mut file = archive.by_index(place).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().to_owned(), text)
        };
        (0..count).map(read).collect()
    }

    fn give(&self, xml: &str) -> ProjectView {
        let from = MetadataFrom::File("pymetrics.xml".into());
        self.wizard.read_metadata(ID, xml.as_bytes().to_vec(), from).unwrap()
    }

    fn confirm(&self, id: &str) -> ProjectView {
        self.wizard.confirm(ID, id, true).unwrap()
    }

    /// Everything that is done in Entra.
    fn three_steps(&self) -> ProjectView {
        self.wizard.edit_app_registration(ID, AppEdit::AppName { value: "pymetrics".into() }).unwrap();
        self.confirm("app-created");
        self.name("contoso");
        self.give(&entra("Microsoft Azure Federated SSO Certificate"));
        self.confirm("sp-values-entered");
        self.confirm("claims-reviewed");
        self.confirm("test-user-assigned")
    }

    fn sent(&self) -> ProjectView {
        self.three_steps();
        self.edit(Edit::Sent { sent: true })
    }
}

fn asked(backend: Backend) -> NewProject {
    contoso("pymetrics", "entra", backend)
}

fn entra(subject: &str) -> String {
    let now = SystemClock.now();
    test_support::metadata::entra_unsigned(
        GUID,
        &[&test_support::certificate(subject, now, now.plus(time::Duration::days(900)))],
    )
}

fn value(view: &ProjectView, key: ValueKey) -> Option<&str> {
    view.values.iter().find(|known| known.key == key).map(|known| known.value.as_str())
}

fn step(view: &ProjectView, step: StepId) -> &StepView {
    view.steps.iter().find(|one| one.step == step).unwrap()
}

fn stage(view: &ProjectView, page: PageId) -> &StageView {
    view.support.as_ref().unwrap().stages.iter().find(|stage| stage.page == page).unwrap()
}

fn codes(findings: &[vocabulary::Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.code.as_ref()).collect()
}

fn is_real(view: &ProjectView) -> bool {
    let values = &view.support.as_ref().unwrap().values;
    assert_eq!(values.len(), 3);
    values.iter().all(|value| value.real)
}

#[tokio::test]
async fn from_nothing_to_waiting_and_on_to_a_tested_sign_in() {
    let world = World::new().await;
    let view = world.wizard.refresh(ID).await.unwrap();
    let names: Vec<_> = view.steps.iter().map(|step| (step.number, step.step)).collect();
    assert_eq!(names, [(1, StepId::AppRegistration), (2, StepId::Saml), (3, StepId::Users)]);
    assert_eq!((view.settled, view.total), (0, 5));
    assert_eq!(view.next, Some(StepId::AppRegistration));
    assert_eq!(view.project.account, None);

    let view = world.three_steps();
    assert_eq!((view.settled, view.next), (3, None), "{:#?}", view.steps);
    assert_eq!(view.support.as_ref().unwrap().next, Some(PageId::HandOver));
    assert!(!is_real(&view));

    let view = world.edit(Edit::Sent { sent: true });
    let StepState::Waiting { for_whom, since } = &stage(&view, PageId::HandOver).state else { panic!() };
    assert_eq!((for_whom.as_str(), Some(*since)), ("pymetrics", view.support.as_ref().unwrap().sent_at));
    let waiting = world.wizard.projects().unwrap()[0].waiting.clone().unwrap();
    assert_eq!((waiting.for_whom.as_str(), waiting.since), ("pymetrics", *since));
    assert_eq!(view.support.as_ref().unwrap().next, None);
    assert_eq!(codes(&stage(&view, PageId::TestSignIn).missing), ["test-too-early"]);

    let view = world.edit(Edit::Confirmed { confirmed: true });
    assert!(is_real(&view));
    assert_eq!(view.support.as_ref().unwrap().next, Some(PageId::TestSignIn));
    assert!(!view.activation.active);
    assert_eq!(world.wizard.projects().unwrap()[0].waiting, None);

    let view = world.confirm("sign-in-tested");
    assert!(view.activation.active && view.activation.since.is_some());
    assert_eq!((view.settled, view.total), (5, 5));
    assert!(world.wizard.projects().unwrap()[0].active);
}

#[tokio::test]
async fn every_stage_can_be_undone() {
    let world = World::new().await;
    world.sent();
    world.edit(Edit::Confirmed { confirmed: true });
    world.confirm("sign-in-tested");
    let view = world.wizard.confirm(ID, "sign-in-tested", false).unwrap();
    assert!(!view.activation.active);
    let view = world.edit(Edit::Confirmed { confirmed: false });
    assert!(!is_real(&view));
    assert!(matches!(stage(&view, PageId::HandOver).state, StepState::Waiting { .. }));
    let view = world.edit(Edit::Sent { sent: false });
    assert_eq!(stage(&view, PageId::HandOver).state, StepState::InProgress);
    assert_eq!(view.support.unwrap().sent_at, None);
    assert_eq!(view.project.support.customer_name, "contoso");
}

#[tokio::test]
async fn every_address_is_made_from_the_one_name() {
    let world = World::new().await;
    assert!(world.wizard.open(ID).unwrap().support.unwrap().values.is_empty());
    let view = world.name(" contoso ");
    assert_eq!(value(&view, ValueKey::SpEntityId), Some(IDENTIFIER));
    assert_eq!(value(&view, ValueKey::AcsUrl), Some(REPLY));
    assert_eq!(value(&view, ValueKey::SsoLoginUrl), Some(SIGN_ON));
    assert_eq!(value(&view, ValueKey::CustomerName), Some("contoso"));
    assert!(view.support.as_ref().unwrap().letter.body.contains(REPLY));
    let known = view.project.integration().unwrap();
    assert_eq!(known.service_provider.acs_url, REPLY);
}

#[test]
fn a_wrong_name_is_called_by_what_is_wrong_with_it() {
    for (text, code) in [
        (IDENTIFIER, "customer-name-is-address"),
        ("www.pymetrics.com/contoso", "customer-name-is-address"),
        ("contoso ltd", "customer-name-has-blanks"),
        ("müller", "customer-name-odd-character"),
        ("contoso.test", "customer-name-odd-character"),
    ] {
        let finding = judge_name(text).unwrap();
        assert_eq!((finding.code.as_ref(), finding.severity), (code, Severity::Error), "{text}");
        assert_eq!(finding.args["field"], "customer-name");
    }
    assert_eq!(judge_name(&"a".repeat(64)).unwrap().code, "customer-name-too-long");
    for text in ["", " ", "contoso", " Contoso-2 "] {
        assert_eq!(judge_name(text), None, "{text:?}");
    }
    assert_eq!(judge_mail("support at pymetrics").unwrap().code, "support-mail-invalid");
    assert!(judge_mail("").is_none() && judge_mail("help@pymetrics.example").is_none());
}

#[tokio::test]
async fn a_wrong_name_is_kept_and_makes_no_address() {
    let world = World::new().await;
    let view = world.name("contoso ltd");
    assert_eq!(view.project.support.customer_name, "contoso ltd");
    assert_eq!(value(&view, ValueKey::AcsUrl), None);
    let saml = step(&view, StepId::Saml);
    assert_eq!(saml.state, StepState::NeedsAttention { severity: Severity::Error });
    assert_eq!(codes(&saml.findings), ["customer-name-has-blanks"]);
    assert!(!codes(&saml.missing).contains(&"customer-name-missing"));
}

#[tokio::test]
async fn the_package_has_the_metadata_as_it_was_given_and_the_addresses() {
    let world = World::new().await;
    let lacking = world.wizard.package(ID).unwrap_err();
    assert_eq!(lacking.code, FailureCode::NothingToSend);
    let refused = world.wizard.edit_support(ID, Edit::Sent { sent: true }).unwrap_err();
    assert_eq!(refused.code, FailureCode::NothingToSend);

    world.name("contoso");
    let xml = entra("Microsoft Azure Federated SSO Certificate");
    let view = world.give(&xml);
    assert_eq!(stage(&view, PageId::HandOver).state, StepState::InProgress);
    let sent = world.unzipped();
    assert_eq!(sent["federation-metadata.xml"], xml);
    let addresses = &sent["addresses.txt"];
    for value in
        [IDENTIFIER, REPLY, SIGN_ON, "contoso", &format!("https://sts.windows.net/{GUID}/"), "Contoso Ltd"]
    {
        assert!(addresses.contains(value), "{value} is not in {addresses}");
    }
    world.name("contoso ltd");
    assert_eq!(world.wizard.package(ID).unwrap_err().code, FailureCode::ErrorsOpen);
}

#[tokio::test]
async fn a_service_of_one_s_own_is_handed_over_as_well_and_no_secret_with_it() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/write-a-guide-example");
    let (library, wrong) = Library::with(&GuideFiles::read(&example).unwrap().sources()).unwrap();
    assert_eq!(wrong, []);
    let world = World::empty();
    world.wizard.use_guides(Box::leak(Box::new(library)));
    world.wizard.create(ID.into(), contoso("example-desk", "okta", Backend::HandOver), None).await.unwrap();
    let name = world.store.load(ID).unwrap().keyring_name();
    for (kind, secret) in SECRETS {
        world.keyring.keep(&name, kind, &Secret::new(secret.to_owned())).await.unwrap();
    }
    world.wizard.edit_app_registration(ID, AppEdit::AppName { value: "Desk".into() }).unwrap();
    world.confirm("app-created");
    world.name("contoso");
    let now = SystemClock.now();
    let days = time::Duration::days;
    let okta =
        |signing: &[&_]| test_support::metadata::idp("https://okta.test/1", "https://okta.test/sso", signing);
    let [mine, next] = [600, 900].map(|end| test_support::certificate("okta", now, now.plus(days(end))));
    let key = okta(&[&mine]).replace("<md:IDPSSO", &format!("{}<md:IDPSSO", mine.key_pem));
    let refused = world.wizard.read_metadata(ID, key.into_bytes(), MetadataFrom::Paste).unwrap();
    assert!(refused.support.unwrap().stages[0].missing.iter().any(|one| one.code == "saml-values-missing"));
    world.give(&okta(&[&mine, &next]));
    let view = world.confirm("sp-values-entered");
    assert_eq!(view.support.as_ref().unwrap().next, Some(PageId::HandOver), "{:#?}", view.steps);

    let letter = world.wizard.package(ID).unwrap().letter;
    let sent = world.unzipped();
    assert_eq!(
        sent.keys().collect::<Vec<_>>(),
        ["addresses.txt", "idp-certificates.pem", "idp-metadata.xml"]
    );
    assert_eq!(sent["idp-certificates.pem"], format!("{}\n{}\n", mine.pem.trim(), next.pem.trim()));
    for value in ["Our entity ID: https://desk.example/saml", "https://desk.example/contoso/saml/acs"] {
        assert!(sent["addresses.txt"].contains(value), "{value} is not in {sent:?}");
    }
    let whole = format!("{sent:?} {letter:?} {}", letter.mailto());
    for secret in SECRETS.map(|(_, secret)| secret).into_iter().chain(["PRIVATE KEY"]) {
        assert!(!whole.contains(secret), "{secret} is in {whole}");
    }
    world.edit(Edit::Sent { sent: true });
    let waiting = world.wizard.projects().unwrap()[0].waiting.clone().unwrap();
    assert_eq!(waiting.for_whom, "Desk support");
    world.address(ValueKey::SpEntityId, "https://desk.example/contoso");
    let view = world.edit(Edit::Confirmed { confirmed: true });
    assert_eq!(value(&view, ValueKey::SpEntityId), Some("https://desk.example/contoso"));
    world.confirm("sp-values-entered");
    assert!(world.confirm("sign-in-tested").activation.active);
}

#[tokio::test]
async fn the_mail_opens_with_its_whole_text() {
    let world = World::new().await;
    world.three_steps();
    world.edit(Edit::Mail { value: "help+sso@pymetrics.example".into() });
    let letter = world.wizard.package(ID).unwrap().letter;
    let opened = url::Url::parse(&letter.mailto()).unwrap();
    assert_eq!((opened.scheme(), opened.path()), ("mailto", "help%2Bsso@pymetrics.example"));
    assert!(!letter.mailto().contains('+'), "a plus stays a plus in a mail address");
    let said: Vec<_> = opened.query_pairs().collect();
    assert_eq!(said[0], ("subject".into(), letter.subject.as_str().into()));
    assert_eq!(said[1].1.replace("\r\n", "\n"), letter.body);
    assert!(letter.mailto().len() < 2000, "Windows opens no longer address: {}", letter.mailto().len());

    world.edit(Edit::Mail { value: "support".into() });
    let letter = world.wizard.package(ID).unwrap().letter;
    assert!(letter.mail.is_empty() && letter.mailto().starts_with("mailto:?subject="));
}

#[tokio::test]
async fn other_metadata_than_was_sent_asks_for_another_package() {
    let world = World::new().await;
    world.sent();
    world.give(&entra("Rolled over"));
    let view = world.wizard.edit_saml(ID, SamlEdit::TakeNewer).unwrap();
    let package = stage(&view, PageId::HandOver);
    assert_eq!(codes(&package.findings), ["package-outdated"]);
    assert_eq!(package.state, StepState::NeedsAttention { severity: Severity::Warning });
    assert_eq!(view.support.as_ref().unwrap().next, Some(PageId::HandOver));
    let view = world.edit(Edit::Sent { sent: true });
    assert!(matches!(stage(&view, PageId::HandOver).state, StepState::Waiting { .. }));
}

#[tokio::test]
async fn what_support_corrects_counts_and_has_to_be_entered_again() {
    let world = World::new().await;
    let view = world.sent();
    assert!(matches!(step(&view, StepId::Saml).state, StepState::Done { by: Proof::Word, .. }));
    let view = world.address(ValueKey::AcsUrl, OTHER_REPLY);
    assert_eq!(value(&view, ValueKey::AcsUrl), Some(OTHER_REPLY));
    assert_eq!(value(&view, ValueKey::SpEntityId), Some(IDENTIFIER));
    assert_eq!(step(&view, StepId::Saml).state, StepState::InProgress, "Entra has the other one");
    let view = world.edit(Edit::Confirmed { confirmed: true });
    assert!(is_real(&view));
    assert_eq!(view.project.support.confirmed.as_ref().unwrap().values[&ValueKey::AcsUrl], OTHER_REPLY);

    let view = world.address(ValueKey::AcsUrl, "");
    assert_eq!(value(&view, ValueKey::AcsUrl), Some(REPLY));
    assert_eq!(codes(&stage(&view, PageId::HandOver).findings), ["support-confirmed-other"]);
    assert!(!is_real(&view) && view.support.unwrap().confirmed_at.is_none());
    let view = world.address(ValueKey::AcsUrl, OTHER_REPLY);
    assert!(is_real(&view), "it is what they confirmed");
    let view = world.address(ValueKey::AcsUrl, &format!(" {REPLY} "));
    assert!(view.project.support.corrections.is_empty());
}

#[tokio::test]
async fn an_address_that_is_none_is_kept_and_said() {
    let world = World::new().await;
    world.sent();
    let view = world.address(ValueKey::SsoLoginUrl, "pymetrics.com");
    assert_eq!(value(&view, ValueKey::SsoLoginUrl), Some(SIGN_ON));
    assert_eq!(codes(&step(&view, StepId::Saml).findings), ["address-not-https"]);
    let refused = world.wizard.edit_support(ID, Edit::Confirmed { confirmed: true }).unwrap_err();
    assert_eq!(refused.code, FailureCode::ErrorsOpen);
    let refused = world.wizard.edit_support(ID, Edit::Address { key: ValueKey::TxtValue, value: "a".into() });
    assert_eq!(refused.unwrap_err().code, FailureCode::InvalidInput);
}

#[tokio::test]
async fn nothing_is_confirmed_before_it_was_sent() {
    let world = World::new().await;
    world.three_steps();
    let refused = world.wizard.edit_support(ID, Edit::Confirmed { confirmed: true }).unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (FailureCode::InvalidInput, Some("confirmed")));
}

#[tokio::test]
async fn a_service_and_what_sets_it_up_belong_together() {
    let world = World::empty();
    for (service, backend) in [
        ("pymetrics", Backend::Portal),
        ("pymetrics", Backend::ThisComputer),
        ("parallels-my-account", Backend::HandOver),
    ] {
        let new = NewProject { service: service.into(), ..asked(backend) };
        let refused = world.wizard.create(ID.into(), new, None).await.unwrap_err();
        assert_eq!(refused.field.as_deref(), Some("backend"));
    }
    assert!(world.wizard.projects().unwrap().is_empty());
}

#[tokio::test]
async fn there_is_no_service_to_ask() {
    let world = World::new().await;
    world.three_steps();
    let refused = world.wizard.push(ID, StepId::Saml).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::SetUpBySupport);
    let here = Target::Backend { backend: Backend::ThisComputer };
    assert_eq!(world.wizard.plan_switch(ID, here).unwrap_err().code, FailureCode::SetUpBySupport);
    assert_eq!(world.wizard.audit(ID).await.unwrap_err().code, FailureCode::SetUpBySupport);
    let view = world.wizard.open(ID).unwrap();
    assert_eq!(codes(&view.limits), ["limit-set-up-by-support"]);
    assert!(view.portal.is_none() && !view.abilities.takes_settings);
}

#[tokio::test]
async fn the_dossier_says_what_was_sent_and_what_was_confirmed() {
    let world = World::new().await;
    world.sent();
    world.edit(Edit::Confirmed { confirmed: true });
    world.confirm("sign-in-tested");
    let dossier = world.wizard.dossier(ID).await.unwrap();
    let record = dossier.support.as_ref().unwrap();
    assert!(record.sent_at.is_some() && record.confirmed_at.is_some() && record.tested_at.is_some());
    assert_eq!(record.confirmed[&ValueKey::AcsUrl], REPLY);
    assert_eq!(dossier.undo, ["support", "application", "project"]);
    let printed = text(&dossier.document(), &Texts::english().unwrap());
    for words in ["pymetrics support", REPLY, "Package sent", "Ask pymetrics support to switch"] {
        assert!(printed.contains(words), "{words} is not in {printed}");
    }
    for strange in ["SCIM", "TXT", "Backup login"] {
        assert!(!printed.contains(strange), "{strange} is in {printed}");
    }
}

#[tokio::test]
async fn the_saml_step_goes_out_and_comes_back_with_its_name_and_its_document() {
    let (mine, theirs) = (World::new().await, World::empty());
    mine.name("contoso");
    let task = mine.wizard.task(ID, StepId::Saml, "Dana Kim", "", TASK.into()).unwrap();
    mine.wizard.handed_over(ID, &task).unwrap();
    let letter = text(&mine.wizard.letter(&task).unwrap(), &Texts::english().unwrap());
    assert!(letter.contains(REPLY) && letter.contains("UserFirstName"), "{letter}");
    let file = File::Task(Box::new(task)).to_json().unwrap();

    let opened = theirs.wizard.open_hand_over(file.as_bytes()).unwrap();
    assert_eq!(value(&opened, ValueKey::AcsUrl), Some(REPLY));
    assert!(opened.support.is_none(), "the package is the sender's");
    let xml = entra("Microsoft Azure Federated SSO Certificate");
    theirs.wizard.read_metadata(TASK, xml.as_bytes().to_vec(), MetadataFrom::Paste).unwrap();
    theirs.wizard.confirm(TASK, "sp-values-entered", true).unwrap();
    let view = theirs.wizard.confirm(TASK, "claims-reviewed", true).unwrap();
    assert!(step(&view, StepId::Saml).state.is_settled(), "{:#?}", step(&view, StepId::Saml));
    let back = File::Result(Box::new(theirs.wizard.outcome(TASK).unwrap())).to_json().unwrap();

    let view = mine.wizard.open_hand_over(back.as_bytes()).unwrap();
    assert!(step(&view, StepId::Saml).state.is_settled());
    assert_eq!(mine.wizard.package(ID).unwrap().files[0].text, xml);
}

#[tokio::test]
async fn older_project_files_read_as_before() {
    let world = World::new().await;
    let project = world.store.load(ID).unwrap();
    let mut json = serde_json::to_value(&project).unwrap();
    json.as_object_mut().unwrap().remove("support").unwrap();
    assert_eq!(serde_json::from_value::<Project>(json).unwrap(), project);
    let world = World::new().await;
    let task = world.wizard.task(ID, StepId::Saml, "Dana Kim", "", TASK.into()).unwrap();
    let mut json = serde_json::to_value(File::Task(Box::new(task.clone()))).unwrap();
    json["work"]["entered"].as_object_mut().unwrap().remove("customer").unwrap();
    assert_eq!(File::read(json.to_string().as_bytes()).unwrap(), File::Task(Box::new(task)));
}

proptest! {
    #[test]
    fn no_text_makes_the_judges_panic(text in any::<String>()) {
        judge_name(&text);
        judge_mail(&text);
    }
}
