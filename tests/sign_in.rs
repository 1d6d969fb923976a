//! A sign-in that is tested from the core: a real account service watches it, and the identity provider is played.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/local_service.rs"]
mod local_service;
mod support;

use account_api::{SignInHopName, SignInHopState, SignInPurpose, SignInState};
use account_service::Running;
use adapters::{ProjectFiles, SystemClock};
use async_trait::async_trait;
use domain_check::{DomainName, Report};
use std::sync::Arc;
use support::MemoryKeyring;
use tempfile::TempDir;
use test_support::browser::Browser;
use test_support::identity_provider::{PlayedIdentityProvider, ReceivedRequest, post};
use test_support::responses::Signing;
use vocabulary::StepId;
use wizard::app::{MetadataFrom, Ports};
use wizard::ports::{Clock, DomainChecker, FetchedMetadata, MetadataDocument, MetadataFetcher};
use wizard::sign_in::SignInView;
use wizard::steps::groups::{Edit as GroupsEdit, GroupField, GroupRole};
use wizard::{Backend, Failure, FailureCode, NewProject, ProjectView, Wizard};

const ID: &str = "4e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a11";
const GUID: &str = "8b1f2f0e-6c1d-4a7e-9d53-2f6a1c90b7e4";
const TENANT: &str = "5f2f0a3e-6c1d-4a7e-9d53-2f6a1c90b7e4";
const WHO: &str = "jonas.weber@contoso.test";

struct World {
    folder: TempDir,
    _running: Running,
    wizard: Wizard,
    entra: PlayedIdentityProvider,
}

impl World {
    /// A project whose groups and identity provider are at the service; no domain is verified.
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let secrets = Arc::new(MemoryKeyring::default());
        let (running, services) = local_service::start(folder.path(), Arc::clone(&secrets) as _).await;
        let wizard = Wizard::new(Ports {
            store: Arc::new(ProjectFiles::new(folder.path().join("projects"))),
            secrets,
            services: Arc::new(services),
            checker: Arc::new(NobodyAnswers),
            metadata: Arc::new(Published),
            clock: Arc::new(SystemClock),
        })
        .unwrap();
        let new = NewProject {
            organization: "Contoso Ltd".into(),
            admin_email: WHO.into(),
            service: "parallels-my-account".into(),
            idp: "entra".into(),
            backend: Backend::ThisComputer,
        };
        wizard.create(ID.into(), new, None).await.unwrap();
        let now = SystemClock.now();
        let entra = PlayedIdentityProvider::new(&format!("https://sts.windows.net/{TENANT}/"), now);
        let metadata = test_support::signed_metadata::entra_signed(TENANT, &[&entra.certificate]);
        wizard.read_metadata(ID, metadata.into_bytes(), MetadataFrom::Paste).unwrap();
        for (field, value) in [(GroupField::IdpName, "Admins"), (GroupField::Id, GUID)] {
            let edit = GroupsEdit { role: GroupRole::Admins, field, value: value.into() };
            wizard.edit_groups(ID, edit).unwrap();
        }
        wizard.push(ID, StepId::Groups).await.unwrap();
        wizard.push(ID, StepId::Saml).await.unwrap();
        Self { folder, _running: running, wizard, entra }
    }

    async fn follow(&self) -> SignInView {
        let view = self.wizard.follow_sign_in_test(ID, SignInPurpose::Portal).await.unwrap();
        view.sign_ins.portal.unwrap()
    }

    /// Signs in with the claims under these names.
    async fn answer(&self, page: &str, display_name: &str) {
        let mut browser = Browser::default();
        let request = ReceivedRequest::of(&browser.get(page).await);
        assert_eq!(self.follow().await.state, SignInState::AtIdentityProvider);
        let mut response = self.entra.response(&request, WHO, &[GUID], SystemClock.now());
        let claims = [
            ("http://schemas.microsoft.com/identity/claims/objectidentifier", "7c6f3f5e"),
            ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", WHO),
            (display_name, "Jonas Weber"),
        ];
        response.attributes.extend(claims.map(|(name, value)| (name.to_owned(), vec![value.to_owned()])));
        let xml = response.signed(Signing::Assertion, &self.entra.certificate);
        post(&mut browser, &request.acs_url, &xml).await;
    }
}

fn codes(view: &SignInView) -> Vec<&str> {
    let errors = view.problems.iter().map(|problem| &problem.finding).filter(|finding| finding.is_error());
    errors.map(|finding| finding.code.as_ref()).collect()
}

#[tokio::test]
async fn a_test_is_followed_from_the_browser_to_what_arrived() {
    let world = World::new().await;
    let (view, page) = world.wizard.start_sign_in_test(ID, SignInPurpose::Portal).await.unwrap();
    assert_eq!(view.sign_ins.portal.unwrap().state, SignInState::Waiting);
    let saved = serde_json::to_string(&view.project).unwrap();
    assert!(!saved.contains(&page), "the page works once and is nobody else's");
    world.answer(&page, "http://schemas.microsoft.com/identity/claims/displayName").await;

    let seen = world.follow().await;
    assert_eq!((seen.state, seen.person.as_deref()), (SignInState::Failed, Some("Jonas")));
    assert!(codes(&seen).contains(&"response-claim-case"), "{:?}", seen.problems);
    let stopped = seen.hops.iter().find(|hop| hop.state == SignInHopState::Stopped).unwrap();
    assert_eq!(stopped.hop, SignInHopName::AnswerReceived);
    let place = seen.problems.iter().find(|one| one.finding.code == "response-claim-case").unwrap();
    let wanted = place.place.as_ref().and_then(|place| place.wanted.as_deref());
    assert_eq!(wanted, Some("http://schemas.microsoft.com/identity/claims/displayname"));

    let again: ProjectView = world.wizard.open(ID).unwrap();
    assert_eq!(again.sign_ins.portal, Some(seen), "the result is kept with the project");
}

#[tokio::test]
async fn nobody_is_waited_for_once_the_test_is_forgotten() {
    let world = World::new().await;
    world.wizard.start_sign_in_test(ID, SignInPurpose::Desktop).await.unwrap();
    let view = world.wizard.forget_sign_in_test(ID, SignInPurpose::Desktop).unwrap();
    assert_eq!((view.sign_ins.portal, view.sign_ins.desktop), (None, None));
}

#[tokio::test]
async fn an_untested_sign_in_stands_in_the_way_of_activation_and_insisting_is_for_nothing_else() {
    let world = World::new().await;
    let view = world.wizard.refresh(ID).await.unwrap();
    let missing = &view.activation.missing;
    assert!(missing.iter().any(|one| one.finding.code == "sign-in-not-tested"), "{missing:?}");
    assert!(!view.activation.can_insist);
    let refused = world.wizard.activate(ID, Some("Contoso Ltd".into())).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::ActivationBlocked);
}

#[tokio::test]
async fn what_may_be_a_secret_in_an_address_is_kept_nowhere() {
    let world = World::new().await;
    let read = async |address: &str| {
        let address = Some((address.to_owned(), false));
        let (document, from) = world.wizard.fetch_metadata(ID, address).await.unwrap();
        let view = world.wizard.read_document(ID, document, from).unwrap();
        let newer = view.project.saml.newer.unwrap();
        world.wizard.edit_saml(ID, wizard::steps::saml::Edit::TakeNewer).unwrap();
        newer.source.address.unwrap()
    };
    let address = read("https://ada:s3cret@idp.example/m?appid=7&token=s3cret").await;
    assert_eq!((address.url.as_str(), address.withheld), ("https://idp.example/m?appid=7", true));
    let mut files = 0;
    for entry in std::fs::read_dir(world.folder.path().join("projects")).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&bytes).contains("s3cret"));
        files += 1;
    }
    assert!(files > 0);
    let again = world.wizard.fetch_metadata(ID, None).await.err().unwrap();
    assert_eq!(again.code, FailureCode::NothingChosen, "half an address is not asked");
}

/// Metadata of another identity provider, led to by an address with a secret of its own.
struct Published;

struct Document(String);

impl MetadataDocument for Document {
    fn open(&self) -> std::io::Result<Box<dyn std::io::Read + Send + '_>> {
        Ok(Box::new(self.0.as_bytes()))
    }

    fn size(&self) -> Option<u64> {
        u64::try_from(self.0.len()).ok()
    }
}

#[async_trait]
impl MetadataFetcher for Published {
    async fn fetch(&self, url: &str, _: usize, _: bool) -> Result<FetchedMetadata, Failure> {
        assert!(url.contains("s3cret"), "the whole address is asked");
        let day = |days| SystemClock.now().plus(time::Duration::days(days));
        let by = test_support::ec_certificate("idp.example", day(-1), day(300));
        let xml = test_support::metadata::idp("https://idp.example/m", "https://idp.example/sso", &[&by]);
        let redirects = vec!["https://cdn.example/m?signature=s3cret".to_owned()];
        Ok(FetchedMetadata { document: Arc::new(Document(xml)), redirects })
    }
}

/// No domain is looked at here.
struct NobodyAnswers;

#[async_trait]
impl DomainChecker for NobodyAnswers {
    async fn check(&self, _: &DomainName, _: &str, _: Option<&str>) -> Report {
        unreachable!("no test here checks a domain")
    }
}
