//! From the core through a real account service to SimpleSAMLphp, an identity provider that is not ours: every mistake
//! that it can be set up with is made, and read as the administrator would who pressed *Test sign-in*; and its signing
//! certificate is changed.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/local_access.rs"]
mod local_access;
#[path = "real_provider/metadata.rs"]
mod metadata;
#[path = "support/seen_domain.rs"]
mod seen_domain;
mod support;

use account_api::{SamlOptions, SignInPurpose, SignInState};
use account_service::{Running, Service};
use adapters::{ProjectFiles, SystemClock};
use seen_domain::SeenDomain;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use support::MemoryKeyring;
use tempfile::TempDir;
use test_support::browser::{Browser, Shown};
use test_support::simplesamlphp::SimpleSamlPhp;
use test_support::{TestCertificate, rsa_certificate};
use texts::Texts;
use time::Duration;
use vocabulary::{Finding, Severity, StepId, Timestamp};
use wizard::app::{MetadataFrom, Ports};
use wizard::ports::Clock;
use wizard::rollover::{Edit as RolloverEdit, Stage};
use wizard::sign_in::SignInView;
use wizard::steps::groups::{Edit as GroupsEdit, GroupField, GroupRole};
use wizard::steps::saml::Edit as SamlEdit;
use wizard::{Backend, FailureCode, NewProject, ProjectView, Wizard};

const ID: &str = "4e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a11";
const GROUP: &str = "8b1f2f0e-6c1d-4a7e-9d53-2f6a1c90b7e4";
const WHO: &str = "jonas.weber@contoso.test";
const EMAIL: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

/// The service's clock, which may go wrong by so many minutes.
#[derive(Clone, Default)]
struct Skewed(Arc<AtomicI64>);

impl account_service::Clock for Skewed {
    fn now(&self) -> Timestamp {
        SystemClock.now().plus(Duration::minutes(self.0.load(Ordering::SeqCst)))
    }
}

struct World {
    _folder: TempDir,
    _running: Running,
    wizard: Wizard,
    idp: SimpleSamlPhp,
    own: TestCertificate,
    clock: Skewed,
    entity_id: String,
    acs_url: String,
    metadata_url: String,
}

fn certificate(name: &str) -> TestCertificate {
    let day = |days| SystemClock.now().plus(Duration::days(days));
    rsa_certificate(name, day(-1), day(300))
}

fn user() -> Value {
    json!({
        "mail": [WHO], "name": [WHO], "displayName": ["Jonas Weber"], "objectidentifier": ["7c6f3f5e"],
        "groups": [GROUP],
    })
}

impl World {
    /// A project that has everything at the service, with a verified domain, and SimpleSAMLphp that knows the service.
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let secrets = Arc::new(MemoryKeyring::default());
        let clock = Skewed::default();
        let config = local_access::config(folder.path());
        let service =
            Service::open_with(config, Arc::new(clock.clone()), SeenDomain::default()).await.unwrap();
        let running = service.run().await.unwrap();
        let services = local_access::connections(&running, Arc::clone(&secrets) as _);
        let wizard = Wizard::new(Ports {
            store: Arc::new(ProjectFiles::new(folder.path().join("projects"))),
            secrets,
            services: Arc::new(services),
            checker: Arc::new(SeenDomain::default()),
            metadata: Arc::new(adapters::HttpsMetadata),
            clock: Arc::new(SystemClock),
        })
        .unwrap();
        let new = NewProject {
            organization: "Contoso Ltd".into(),
            admin_email: WHO.into(),
            service: "parallels-my-account".into(),
            idp: "saml".into(),
            backend: Backend::ThisComputer,
        };
        wizard.create(ID.into(), new, None).await.unwrap();
        let own = certificate("SimpleSAMLphp");
        let idp = SimpleSamlPhp::start(&own, WHO, &[GROUP]).await;
        let mut world = Self {
            _folder: folder,
            _running: running,
            wizard,
            idp,
            own,
            clock,
            entity_id: String::new(),
            acs_url: String::new(),
            metadata_url: String::new(),
        };
        world.prepare().await;
        world
    }

    async fn prepare(&mut self) {
        let wizard = &self.wizard;
        wizard.add_domains(ID, "contoso.test").await.unwrap();
        wizard.check_domain(ID, "contoso.test").await.unwrap();
        for (field, value) in [(GroupField::IdpName, "Admins"), (GroupField::Id, GROUP)] {
            let edit = GroupsEdit { role: GroupRole::Admins, field, value: value.into() };
            wizard.edit_groups(ID, edit).unwrap();
        }
        wizard.push(ID, StepId::Groups).await.unwrap();
        self.take(self.idp.metadata().await).await;
        let options = SamlOptions { cbc_encryption: true, ..SamlOptions::default() };
        let view = self.wizard.set_saml_options(ID, options).await.unwrap();
        let own = view.project.known.unwrap().integration.service_provider;
        (self.entity_id, self.acs_url, self.metadata_url) = (own.entity_id, own.acs_url, own.metadata_url);
        self.set_right();
    }

    /// Reads metadata and has the service take them.
    async fn take(&self, metadata: String) -> ProjectView {
        self.read(metadata);
        self.save().await
    }

    /// Saves the values with every warning ticked, such as that the provider runs on this computer.
    async fn save(&self) -> ProjectView {
        let view = self.wizard.open(ID).unwrap();
        let saml = view.steps.iter().find(|one| one.step == StepId::Saml).unwrap();
        for warning in saml.findings.iter().filter(|one| one.severity == Severity::Warning) {
            let edit = SamlEdit::Accept { code: warning.code.to_string(), accepted: true };
            self.wizard.edit_saml(ID, edit).unwrap();
        }
        self.wizard.push(ID, StepId::Saml).await.unwrap()
    }

    fn read(&self, metadata: String) -> ProjectView {
        self.wizard.read_metadata(ID, metadata.into_bytes(), MetadataFrom::Paste).unwrap();
        self.wizard.edit_saml(ID, SamlEdit::TakeNewer).unwrap()
    }

    /// SimpleSAMLphp as it should be set up.
    fn set_right(&self) {
        self.idp.signs_with(&self.own, None);
        self.idp.user(&user());
        self.knows(json!({}));
        self.clock.0.store(0, Ordering::SeqCst);
    }

    fn knows(&self, further: Value) {
        self.idp.knows(&self.entity_id, &self.acs_url, &further);
    }

    /// Begins a test; the page that carries the identity provider's answer, and the browser that is there.
    async fn answered(&self) -> (Browser, Shown) {
        let (_, page) = self.wizard.start_sign_in_test(ID, SignInPurpose::Portal).await.unwrap();
        let mut browser = Browser::default();
        let sent = browser.get(&page).await;
        let answer = self.idp.answer(&mut browser, sent).await;
        (browser, answer)
    }

    /// Takes the answer to the service, wherever it was made for, in that browser.
    async fn arrives(&self, mut browser: Browser, answer: &Shown) -> SignInView {
        browser.post(&self.acs_url, &answer.form().unwrap().fields).await;
        self.followed().await.sign_ins.portal.unwrap()
    }

    async fn followed(&self) -> ProjectView {
        self.wizard.follow_sign_in_test(ID, SignInPurpose::Portal).await.unwrap()
    }

    async fn tested(&self) -> SignInView {
        let (browser, answer) = self.answered().await;
        self.arrives(browser, &answer).await
    }
}

/// Puts SimpleSAMLphp, or the way to it, wrong.
type Wrong = fn(&World);

fn with_user(world: &World, change: impl FnOnce(&mut Value)) {
    let mut attributes = user();
    change(&mut attributes);
    world.idp.user(&attributes);
}

fn without(attributes: &mut Value, name: &str) {
    attributes.as_object_mut().unwrap().remove(name);
}

/// The NameID as it should be, after PHP that does something else.
fn filters(php: &str) -> Value {
    json!({
        "3": { "class": "saml:AttributeNameID", "attribute": "mail", "Format": EMAIL },
        "5": { "class": "core:PHP", "code": php },
    })
}

/// Rows of the table of diagnoses that SimpleSAMLphp can be set up for.
const MISTAKES: &[(&str, Wrong)] = &[
    ("A01", |world| {
        let refuse = r#"\SimpleSAML\Auth\State::throwException($state, new \SimpleSAML\Module\saml\Error("urn:oasis:names:tc:SAML:2.0:status:Responder", "urn:oasis:names:tc:SAML:2.0:status:RequestDenied", "not today"));"#;
        world.knows(json!({ "authproc": filters(refuse) }));
    }),
    ("A02", |world| world.idp.signs_with(&certificate("SimpleSAMLphp, new"), None)),
    ("A03", |world| {
        world.knows(json!({ "saml20.sign.assertion": false, "saml20.sign.response": false }));
    }),
    ("A04", |world| {
        world.knows(json!({ "signature.algorithm": "http://www.w3.org/2000/09/xmldsig#rsa-sha1" }));
    }),
    ("A06", |world| {
        world.knows(json!({ "authproc": filters(r#"$state["SPMetadata"]["entityid"] .= "/";"#) }));
    }),
    ("A08", |world| {
        world.idp.knows(&world.entity_id, &format!("{}/", world.acs_url), &json!({}));
    }),
    ("A09", |world| world.clock.0.store(20, Ordering::SeqCst)),
    ("A09", |world| world.clock.0.store(-20, Ordering::SeqCst)),
    ("A12", |world| {
        let other = certificate("another service").base64();
        world.knows(json!({ "assertion.encryption": true, "certData": other }));
    }),
    ("A13", |world| {
        let transient = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
        let authproc = json!({ "3": { "class": "saml:TransientNameID" } });
        world.knows(json!({ "NameIDFormat": transient, "authproc": authproc }));
    }),
    ("A14", |world| with_user(world, |user| without(user, "displayName"))),
    ("A14", |world| {
        with_user(world, |user| {
            without(user, "displayName");
            user["DisplayName"] = json!(["Jonas Weber"]);
        });
    }),
    ("A16", |world| {
        with_user(world, |user| {
            without(user, "groups");
            user["http://schemas.microsoft.com/claims/groups.link"] = json!(["https://graph.example/groups"]);
        });
    }),
    ("A17", |world| with_user(world, |user| user["groups"] = json!(["Domain Users"]))),
    ("A20", |world| {
        with_user(world, |user| {
            for name in ["mail", "name"] {
                user[name] = json!(["jonas@partner.example"]);
            }
        });
    }),
];

/// The first row of the table that a finding leads to.
fn row(finding: &Finding) -> Option<String> {
    Some(diagnosis::explain(&finding.code).unwrap().into_iter().next()?.row.id)
}

/// What is wrong with how a mistake is told; nothing when it is told well.
fn trouble(row_id: &str, seen: &SignInView, texts: &Texts) -> Option<String> {
    let codes: Vec<_> = seen.problems.iter().map(|one| one.finding.code.as_ref()).collect();
    let told = seen.problems.iter().find(|one| row(&one.finding).as_deref() == Some(row_id));
    let Some(told) = told else { return Some(format!("{row_id}: {codes:?}")) };
    let words = texts.finding(&told.finding);
    // What is wrong with a clock or a browser is put right in no step.
    let nowhere = matches!(row_id, "A09" | "A11");
    let is_told = words.message != *told.finding.code && !words.fix.is_empty();
    let is_whole = is_told && told.place.is_some() != nowhere;
    let ends = told.finding.severity != Severity::Error || seen.state == SignInState::Failed;
    (!is_whole || !ends).then(|| format!("{row_id}: {:?} {words:?} {:?}", seen.state, told.place))
}

#[tokio::test]
async fn whoever_set_the_provider_up_wrongly_reads_what_to_change_and_where() {
    let world = World::new().await;
    let texts = Texts::english().unwrap();
    let good = world.tested().await;
    assert_eq!(good.state, SignInState::Passed, "{:?}", good.problems);
    let mut troubles = Vec::new();
    let mut made = BTreeSet::new();
    for (id, wrong) in MISTAKES {
        world.set_right();
        wrong(&world);
        troubles.extend(trouble(id, &world.tested().await, &texts));
        made.insert(*id);
    }
    world.set_right();
    let (_, answer) = world.answered().await;
    troubles.extend(trouble("A11", &world.arrives(Browser::default(), &answer).await, &texts));

    // Another identity provider's metadata, with the same address.
    let metadata = world.idp.metadata().await;
    let named = format!("entityID=\"{}\"", world.idp.metadata_url());
    let other = metadata.replace(&named, "entityID=\"https://idp.example/other\"");
    assert_ne!(metadata, other);
    world.take(other).await;
    troubles.extend(trouble("A07", &world.tested().await, &texts));
    assert!(troubles.is_empty(), "{}", troubles.join("\n"));
    made.extend(["A07", "A11"]);
    let rows = diagnosis::Table::embedded().unwrap().rows().iter().map(|row| row.id.as_str());
    let left: Vec<&str> = rows.filter(|id| id.starts_with('A') && !made.contains(id)).collect();
    // A request that was never made has no test to show it; the rest is nothing that an answer tells.
    assert_eq!(left, ["A05", "A10", "A15", "A18", "A19", "A21"]);
}

#[tokio::test]
async fn the_old_certificate_goes_only_after_the_provider_signed_with_the_new_one() {
    let world = World::new().await;
    let new = certificate("SimpleSAMLphp, new");
    world.idp.signs_with(&world.own, Some(&new));
    let both = world.read(world.idp.metadata().await);
    assert_eq!(both.rollover.as_ref().map(|one| one.stage), Some(Stage::Send));
    let refused = world.wizard.edit_rollover(ID, RolloverEdit::TakeAway).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::RolloverUnproven);
    let at_service = |view: &ProjectView| -> BTreeSet<String> {
        let known = &view.project.known.as_ref().unwrap().integration;
        let pem = &known.identity_provider.as_ref().unwrap().certificates;
        pem.iter().map(|one| one.split_whitespace().collect()).collect()
    };
    let set = |certificates: &[&TestCertificate]| -> BTreeSet<String> {
        certificates.iter().map(|one| one.pem.split_whitespace().collect()).collect()
    };
    let sent = world.save().await;
    assert_eq!(at_service(&sent), set(&[&world.own, &new]));

    assert_eq!(world.tested().await.state, SignInState::Passed, "it signs with the old key");
    let before = world.followed().await.rollover.unwrap();
    assert_eq!((before.stage, before.seen.is_some()), (Stage::SignIn, false));
    assert!(before.refusal.is_some());
    let refused = world.wizard.edit_rollover(ID, RolloverEdit::TakeAway).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::RolloverUnproven);

    // The new one alone stands in the metadata from now on, and signs.
    world.idp.signs_with(&new, None);
    let seen = world.tested().await;
    assert_eq!(seen.state, SignInState::Passed, "{:?}", seen.problems);
    let after = world.followed().await.rollover.unwrap();
    assert_eq!((after.stage, after.refusal), (Stage::TakeAway, None));
    assert!(after.seen.unwrap().signed_by.is_some());
    world.wizard.edit_rollover(ID, RolloverEdit::TakeAway).await.unwrap();
    let done = world.save().await;
    assert_eq!(at_service(&done), set(&[&new]));
    assert_eq!(done.rollover.unwrap().stage, Stage::Done);
    assert_eq!(world.tested().await.state, SignInState::Passed);

    world.idp.signs_with(&world.own, None);
    let old = world.tested().await;
    assert_eq!(old.state, SignInState::Failed, "what the old key signs is taken no more");
    assert_eq!(row(&old.problems[0].finding).as_deref(), Some("A02"));
}
