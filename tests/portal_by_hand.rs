//! A project against the service's portal: no account service runs, and none is asked.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/confirmed.rs"]
mod confirmed;
#[path = "support/contoso.rs"]
mod contoso;
#[path = "support/no_service.rs"]
mod no_service;
#[path = "support/published.rs"]
mod published;
mod support;

use adapters::{ProjectFiles, SystemClock};
use confirmed::confirm_all;
use contoso::contoso;
use no_service::NoService;
use published::EverythingPublished;
use std::sync::Arc;
use support::MemoryKeyring;
use tempfile::TempDir;
use test_support::metadata;
use vocabulary::{Secret, StepId};
use wizard::app::{MetadataFrom, Ports};
use wizard::portal::Edit;
use wizard::portal::fields::{FieldState, PortalField};
use wizard::ports::{Clock, SecretKind, SecretStore};
use wizard::steps::groups::{Edit as GroupsEdit, GroupField, GroupRole};
use wizard::steps::{Proof, StepState, saml};
use wizard::walk::{AS_IT_SHOULD, Edit as WalkEdit};
use wizard::{Backend, FailureCode, ProjectView, Wizard};

const ID: &str = "4e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a11";
const GUID: &str = "8b1f2f0e-6c1d-4a7e-9d53-2f6a1c90b7e4";
const ENTITY_ID: &str = "https://sso.parallels.test/sp";
const ACS: &str = "https://sso.parallels.test/acs/contoso";
const SCIM: &str = "https://account.parallels.test/scim";
const TOKEN: &str = "t0k3n-of-the-portal-4Qz9";

struct World {
    folder: TempDir,
    wizard: Wizard,
    secrets: Arc<MemoryKeyring>,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let secrets = Arc::new(MemoryKeyring::default());
        let wizard = Wizard::new(Ports {
            store: Arc::new(ProjectFiles::new(folder.path().join("projects"))),
            secrets: Arc::clone(&secrets) as _,
            services: Arc::new(NoService),
            checker: Arc::new(EverythingPublished),
            metadata: Arc::new(adapters::HttpsMetadata),
            clock: Arc::new(SystemClock),
        })
        .unwrap();
        let new = contoso("parallels-my-account", "entra", Backend::Portal);
        wizard.create(ID.into(), new, None).await.unwrap();
        Self { folder, wizard, secrets }
    }

    fn edit(&self, edit: Edit) -> ProjectView {
        self.wizard.edit_portal(ID, edit).unwrap()
    }

    fn enter(&self, field: PortalField) -> ProjectView {
        self.edit(Edit::Entered { field, entered: true })
    }

    fn group(&self, role: GroupRole, name: &str, id: &str) {
        for (field, value) in [(GroupField::IdpName, name), (GroupField::Id, id)] {
            self.wizard.edit_groups(ID, GroupsEdit { role, field, value: value.into() }).unwrap();
        }
    }

    async fn domain(&self) -> ProjectView {
        self.wizard.add_domains(ID, "contoso.test").await.unwrap();
        let domain = || "contoso.test".to_owned();
        self.edit(Edit::TxtValue { domain: domain(), value: "token=abcdef".into() });
        self.wizard.check_domain(ID, "contoso.test").await.unwrap();
        self.edit(Edit::Verified { domain: domain(), seen: true })
    }

    fn idp_file(&self, subject: &str) -> ProjectView {
        let now = SystemClock.now();
        let certificate = test_support::certificate(subject, now, now.plus(time::Duration::days(900)));
        let xml = test_support::signed_metadata::entra_signed(GUID, &[&certificate]);
        self.wizard.read_metadata(ID, xml.into_bytes(), MetadataFrom::File("Contoso.xml".into())).unwrap()
    }

    async fn mark(&self, step: StepId) -> ProjectView {
        confirm_all(&self.wizard, ID, step);
        self.wizard.mark(ID, step, true).await.unwrap()
    }

    /// Everything up to the activation, as a person would do it.
    async fn all_seven(&self) -> ProjectView {
        self.domain().await;
        self.mark(StepId::AppRegistration).await;
        self.group(GroupRole::Admins, "Signpost Admins", GUID);
        confirm_all(&self.wizard, ID, StepId::Groups);
        self.enter(PortalField::AdminsName);
        self.enter(PortalField::AdminsId);
        let sp = metadata::sp(ENTITY_ID, ACS);
        self.wizard.read_sp_metadata(ID, sp.as_bytes(), &MetadataFrom::Paste).unwrap();
        self.idp_file("Microsoft Azure Federated SSO Certificate");
        self.enter(PortalField::IdpMetadata);
        self.mark(StepId::Saml).await;
        self.edit(Edit::ScimBaseUrl { value: SCIM.into() });
        self.wizard.keep_scim_token(ID, Secret::new(TOKEN.into())).await.unwrap();
        self.mark(StepId::Scim).await;
        self.mark(StepId::Users).await;
        self.enter(PortalField::BackupLogin)
    }
}

fn step(view: &ProjectView, step: StepId) -> &wizard::steps::StepView {
    view.steps.iter().find(|one| one.step == step).unwrap()
}

fn missing(view: &ProjectView, of: StepId) -> Vec<&str> {
    step(view, of).missing.iter().map(|finding| finding.code.as_ref()).collect()
}

fn open_findings(view: &ProjectView, of: StepId) -> Vec<&str> {
    step(view, of).open().map(|finding| finding.code.as_ref()).collect()
}

fn value(view: &ProjectView, key: guides::ValueKey) -> Option<&str> {
    view.values.iter().find(|known| known.key == key).map(|known| known.value.as_str())
}

#[tokio::test]
async fn from_nothing_to_active_without_any_account_service() {
    let world = World::new().await;
    let view = world.all_seven().await;
    assert_eq!(view.settled, 7, "{:#?}", view.activation.missing);
    assert!(view.activation.missing.is_empty());
    let view = world.wizard.activate(ID, None).await.unwrap();
    assert!(view.activation.active && view.activation.since.is_some());
    let view = world.wizard.deactivate(ID).await.unwrap();
    assert!(!view.activation.active);
    assert_eq!(view.project.account, None);
}

#[tokio::test]
async fn what_cannot_be_done_is_said_and_nothing_is_ever_sent() {
    let world = World::new().await;
    let view = world.wizard.open(ID).unwrap();
    assert!(!view.abilities.activates && view.limits.len() == 4);
    assert_eq!(world.wizard.push(ID, StepId::Groups).await.unwrap_err().code, FailureCode::EnteredByHand);
    assert_eq!(world.wizard.audit(ID).await.unwrap_err().code, FailureCode::EnteredByHand);
    assert_eq!(world.wizard.issue_scim_token(ID, 0).await.unwrap_err().code, FailureCode::EnteredByHand);
    let refused = world.wizard.activate(ID, None).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::ActivationBlocked);
    assert!(world.wizard.refresh(ID).await.is_ok());
}

#[tokio::test]
async fn a_domain_needs_the_portal_s_value_and_the_portal_s_word() {
    let world = World::new().await;
    let view = world.wizard.add_domains(ID, "contoso.test").await.unwrap().view;
    assert_eq!(missing(&view, StepId::Domains), ["domain-record-missing"]);
    let refused = world.wizard.check_domain(ID, "contoso.test").await.unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (FailureCode::InvalidInput, Some("txt-value")));
    let domain = || "contoso.test".to_owned();
    let view = world.edit(Edit::TxtValue { domain: domain(), value: "_parallels-challenge".into() });
    assert_eq!(open_findings(&view, StepId::Domains), ["txt-value-is-host"]);
    let view = world.edit(Edit::TxtValue { domain: domain(), value: " \"token=abc\" ".into() });
    let record = &view.project.known_domain("contoso.test").unwrap().record;
    assert_eq!((record.host.as_str(), record.value.as_str()), ("_parallels-challenge", "token=abc"));
    assert_eq!(missing(&view, StepId::Domains), ["domain-not-verified-in-portal"]);
    let waits = &step(&view, StepId::Domains).state;
    assert!(matches!(waits, StepState::Waiting { for_whom, .. } if for_whom == "dns"), "{waits:?}");
    let view = world.edit(Edit::Verified { domain: domain(), seen: true });
    let word = &step(&view, StepId::Domains).state;
    assert!(matches!(word, StepState::Done { by: Proof::Word, .. }), "{word:?}");
    let view = world.wizard.check_domain(ID, "contoso.test").await.unwrap();
    let seen = &step(&view, StepId::Domains).state;
    assert!(matches!(seen, StepState::Done { by: Proof::Evidence, .. }), "{seen:?}");
    let view = world.edit(Edit::TxtValue { domain: domain(), value: "token=other".into() });
    assert_eq!(missing(&view, StepId::Domains), ["domain-not-verified-in-portal"]);
    assert_eq!(view.project.domains.entries[0].report, None);
}

#[tokio::test]
async fn a_field_is_open_until_it_is_ticked_and_again_when_it_changes() {
    let world = World::new().await;
    world.group(GroupRole::Admins, "Signpost Admins", GUID);
    confirm_all(&world.wizard, ID, StepId::Groups);
    let view = world.enter(PortalField::AdminsName);
    assert_eq!(missing(&view, StepId::Groups), ["portal-field-open"]);
    let view = world.enter(PortalField::AdminsId);
    let done = &step(&view, StepId::Groups).state;
    assert!(matches!(done, StepState::Done { by: Proof::Word, .. }), "{done:?}");
    world.group(GroupRole::Admins, "Other Admins", GUID);
    let view = world.wizard.open(ID).unwrap();
    assert!(step(&view, StepId::Groups).unsent);
    let fields = view.portal.unwrap().fields;
    let name = fields.iter().find(|one| one.field == PortalField::AdminsName).unwrap();
    assert!(matches!(name.state, FieldState::Changed { .. }) && name.value == "Other Admins");
    assert_eq!(name.label, "Name of the administrators’ group");
}

#[tokio::test]
async fn the_service_s_values_come_from_its_file_or_from_the_keyboard() {
    use guides::ValueKey::{AcsUrl, SpEntityId};
    let world = World::new().await;
    let certificate = test_support::certificate("IdP", SystemClock.now(), SystemClock.now());
    let idp = test_support::signed_metadata::entra_signed(GUID, &[&certificate]);
    let view = world.wizard.read_sp_metadata(ID, idp.as_bytes(), &MetadataFrom::Paste).unwrap();
    assert_eq!(open_findings(&view, StepId::Saml), ["sp-metadata-is-idp"]);
    assert_eq!(value(&view, SpEntityId), None);
    let sp = metadata::sp(ENTITY_ID, ACS);
    let from = MetadataFrom::File("sp-metadata.xml".into());
    let view = world.wizard.read_sp_metadata(ID, sp.as_bytes(), &from).unwrap();
    assert!(open_findings(&view, StepId::Saml).is_empty());
    assert_eq!((value(&view, SpEntityId), value(&view, AcsUrl)), (Some(ENTITY_ID), Some(ACS)));
    assert_eq!(world.wizard.sp_metadata(ID).await.unwrap(), sp, "the portal's own document is handed on");
    let dropped =
        world.wizard.read_metadata(ID, sp.clone().into_bytes(), MetadataFrom::File("a.xml".into())).unwrap();
    assert_eq!(dropped.project.saml.source, None, "a service's document is not the identity provider's");
    let view = world.edit(Edit::AcsUrl { value: "https://sso.parallels.test/other".into() });
    assert_eq!(value(&view, AcsUrl), Some("https://sso.parallels.test/other"));
    let written = world.wizard.sp_metadata(ID).await.unwrap();
    let read = ::saml::inspect(written.as_bytes(), ::saml::LIMIT_BY_HAND, view.now).sp_values().unwrap();
    assert_eq!(
        (read.entity_id.as_str(), read.acs_url.as_str()),
        (ENTITY_ID, "https://sso.parallels.test/other")
    );
    let view = world.wizard.read_sp_metadata(ID, b"<html>", &MetadataFrom::Paste).unwrap();
    assert_eq!(open_findings(&view, StepId::Saml), ["metadata-html-page"]);
    let mut findings = step(&view, StepId::Saml).findings.iter();
    let page = findings.find(|one| one.code == "metadata-html-page").unwrap();
    assert_eq!(
        page.args["side"], "service",
        "it has to be told from a fault of the identity provider's file"
    );
    assert_eq!(value(&view, SpEntityId), Some(ENTITY_ID), "what was read before stays");
    world.edit(Edit::AcsUrl { value: "http://sso.parallels.test/other".into() });
    let refused = world.wizard.sp_metadata(ID).await.unwrap_err();
    assert_eq!(refused.code, wizard::FailureCode::ErrorsOpen, "a file with a wrong address is of no use");
}

#[tokio::test]
async fn the_service_s_logout_url_is_optional() {
    use guides::ValueKey::SloUrl;
    const SLO: &str = "https://sso.parallels.test/slo/contoso";
    let world = World::new().await;
    let own = |slo_url: Option<&str>| {
        ::saml::write_sp_metadata(&::saml::SpMetadata {
            entity_id: ENTITY_ID.into(),
            acs_url: ACS.into(),
            slo_url: slo_url.map(str::to_owned),
            organization: None,
            name_id_format: ::saml::NAME_ID_EMAIL_ADDRESS.into(),
            certificates: Vec::new(),
            signs_requests: false,
            contact: None,
        })
    };
    let read = |document: &str| {
        world.wizard.read_sp_metadata(ID, document.as_bytes(), &MetadataFrom::Paste).unwrap()
    };
    let view = read(&own(Some(SLO)));
    assert_eq!(value(&view, SloUrl), Some(SLO));
    let view = read(&own(None));
    assert_eq!(value(&view, SloUrl), None, "the portal's file has none any more");
    assert!(open_findings(&view, StepId::Saml).is_empty() && !missing(&view, StepId::Saml).is_empty());
    let view = world.edit(Edit::SloUrl { value: "sso.parallels.test/slo".into() });
    assert_eq!(open_findings(&view, StepId::Saml), ["slo-url-not-https"]);
    assert_eq!(world.wizard.sp_metadata(ID).await.unwrap_err().code, FailureCode::ErrorsOpen);
    let view = world.edit(Edit::SloUrl { value: format!(" {SLO}") });
    assert_eq!((value(&view, SloUrl), open_findings(&view, StepId::Saml).len()), (Some(SLO), 0));
    assert_eq!(world.wizard.sp_metadata(ID).await.unwrap(), own(Some(SLO)));
    // A project of a version that did not know it.
    let mut saved = serde_json::to_value(&view.project).unwrap();
    assert!(saved["portal"]["service_provider"].as_object_mut().unwrap().remove("slo_url").is_some());
    assert!(
        serde_json::from_value::<wizard::Project>(saved).unwrap().portal.service_provider.slo_url.is_empty()
    );
}

#[tokio::test]
async fn the_identity_provider_s_values_are_ticked_one_by_one_or_as_a_file() {
    let world = World::new().await;
    let view = world.idp_file("Microsoft Azure Federated SSO Certificate");
    let fields = |view: &ProjectView| -> Vec<PortalField> {
        let fields = view.portal.as_ref().unwrap().fields.iter();
        fields.filter(|one| one.step == StepId::Saml).map(|one| one.field).collect()
    };
    assert_eq!(fields(&view), [PortalField::IdpMetadata]);
    let view = world.enter(PortalField::IdpMetadata);
    assert!(!step(&view, StepId::Saml).unsent);
    world.idp_file("A certificate that came after it");
    let view = world.wizard.edit_saml(ID, saml::Edit::TakeNewer).unwrap();
    assert!(step(&view, StepId::Saml).unsent, "another file has to be uploaded again");
    let edit = saml::Edit::Type { field: ::saml::Field::SsoUrl, value: "https://idp.example/sso".into() };
    world.wizard.edit_saml(ID, edit).unwrap();
    let edit = saml::Edit::Type { field: ::saml::Field::EntityId, value: "https://idp.example".into() };
    world.wizard.edit_saml(ID, edit).unwrap();
    let now = SystemClock.now();
    let certificate = test_support::certificate("IdP", now, now.plus(time::Duration::days(900)));
    let edit = saml::Edit::Type { field: ::saml::Field::Certificate, value: certificate.pem.clone() };
    let view = world.wizard.edit_saml(ID, edit).unwrap();
    let three = [PortalField::IdpEntityId, PortalField::IdpSsoUrl, PortalField::IdpCertificate];
    assert_eq!(fields(&view), three);
    let views = three.map(|field| world.enter(field));
    assert!(step(&views[1], StepId::Saml).unsent && !step(&views[2], StepId::Saml).unsent);
}

#[tokio::test]
async fn the_token_goes_to_the_keyring_and_into_no_file() {
    let world = World::new().await;
    let refused = world.wizard.keep_scim_token(ID, Secret::new(format!("Bearer {TOKEN}"))).await.unwrap_err();
    assert_eq!(
        (refused.code, refused.hints),
        (FailureCode::InvalidInput, vec!["token-has-bearer".to_owned()])
    );
    assert!(world.secrets.secret(ID, SecretKind::ScimToken).await.unwrap().is_none());
    let view = world.wizard.keep_scim_token(ID, Secret::new(format!("  {TOKEN}\n"))).await.unwrap();
    assert_eq!(view.project.scim.token_hint.as_deref(), Some("4Qz9"));
    assert_eq!(world.wizard.scim_token(ID).await.unwrap().expose(), TOKEN);
    for file in std::fs::read_dir(world.folder.path().join("projects")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(!text.contains(TOKEN));
    }
}

#[tokio::test]
async fn switching_scim_off_is_something_to_do_in_the_portal() {
    let world = World::new().await;
    let off = wizard::steps::scim::Edit { enabled: false };
    let view = world.wizard.switch_scim(ID, off).await.unwrap();
    assert!(step(&view, StepId::Scim).unsent);
    let view = world.enter(PortalField::ScimSwitch);
    assert!(!step(&view, StepId::Scim).unsent);
    assert!(step(&view, StepId::Scim).state.is_settled());
}

#[tokio::test]
async fn a_sign_in_is_walked_hop_by_hop() {
    let world = World::new().await;
    let edit = |hop: &str, outcome: Option<&str>| WalkEdit {
        page: "test-sign-in".into(),
        hop: hop.into(),
        outcome: outcome.map(Into::into),
    };
    let walk_of =
        |view: &ProjectView| view.walks.iter().find(|one| one.page == "test-sign-in").unwrap().clone();
    let walk = |hop: &str, outcome| walk_of(&world.wizard.edit_walk(ID, edit(hop, outcome)).unwrap());
    assert_eq!(walk_of(&world.wizard.open(ID).unwrap()).hops.len(), 1);
    walk("sign-in-page", Some(AS_IT_SHOULD));
    assert_eq!(walk("redirect", Some("address-unknown")).hops.len(), 2);
    for wrong in [edit("redirect", Some("not-assigned")), edit("licence", None)] {
        let refused = world.wizard.edit_walk(ID, wrong).unwrap_err();
        assert_eq!(refused.code, FailureCode::InvalidInput);
    }
    for hop in ["redirect", "identity-provider", "back"] {
        walk(hop, Some(AS_IT_SHOULD));
    }
    let seen = walk_of(&world.wizard.open(ID).unwrap());
    assert!(seen.proven_at.is_some() && seen.hops.len() == 4);
    assert_eq!(walk("redirect", None).hops.len(), 2);
}

#[tokio::test]
async fn a_removed_domain_leaves_nothing_behind() {
    let world = World::new().await;
    world.domain().await;
    let view = world.wizard.remove_domain(ID, "contoso.test").await.unwrap();
    assert!(view.project.portal.records.is_empty() && view.project.portal.verified.is_empty());
    let gone = Edit::TxtValue { domain: "contoso.test".into(), value: "token=abc".into() };
    assert_eq!(world.wizard.edit_portal(ID, gone).unwrap_err().code, FailureCode::InvalidInput);
}
