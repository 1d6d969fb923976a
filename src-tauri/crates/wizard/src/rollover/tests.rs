use super::{
    Edit, Rollover, Stage, apply, observe, sign_in_seen, sign_ins_seen, signing_certificates, view,
    waits_for_sign_in,
};
use crate::certificates::{self, RolloverPart};
use crate::error::FailureCode;
use crate::project::{Backend, Known, NewProject, Project};
use crate::steps::{Context, Proof, StepState, saml};
use account_api::{
    Arrivals, Groups, IdentityProvider, Integration, LogoutService, Scim, ServiceProvider, SignInTest,
    SsoBinding, Status,
};
use certs::Certificate;
use guides::Library;
use test_support::{TestCertificate, certificate, ec_certificate, fixtures, metadata};
use vocabulary::{Severity, StepId, Timestamp};

const GUID: &str = "8b1f2f0e-6c1d-4a7e-9d53-2f6a1c90b7e4";
const NOW: &str = "2026-11-22T14:20:00Z";

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn now() -> Timestamp {
    at(NOW)
}

fn made(name: &str, from: &str, until: &str) -> TestCertificate {
    ec_certificate(name, at(from), at(until))
}

fn old() -> TestCertificate {
    made("Old", "2024-01-01T00:00:00Z", "2027-01-01T00:00:00Z")
}

fn new() -> TestCertificate {
    made("New", "2026-11-01T00:00:00Z", "2029-11-01T00:00:00Z")
}

fn read(one: &TestCertificate) -> Certificate {
    certs::read(one.pem.as_bytes()).certificates.remove(0)
}

/// A project whose service has these certificates for the tenant.
fn project(backend: Backend, at_service: &[&TestCertificate]) -> Project {
    let asked = NewProject {
        organization: "Contoso".into(),
        admin_email: "jonas@contoso.test".into(),
        service: "parallels-my-account".into(),
        idp: "entra".into(),
        backend,
    };
    let mut project = asked.begin("p".into(), now()).unwrap();
    project.known = Some(known(at_service));
    project
}

fn known(at_service: &[&TestCertificate]) -> Known {
    let integration: Integration = serde_json::from_value(serde_json::json!({
        "account": "a", "organization": "Contoso", "version": 1, "status": Status::Active, "activated_at": NOW,
        "domains": [], "app_registration": null, "groups": Groups::default(),
        "service_provider": ServiceProvider {
            entity_id: String::new(), acs_url: String::new(), metadata_url: String::new(), slo_url: None,
        },
        "identity_provider": IdentityProvider {
            entity_id: format!("https://sts.windows.net/{GUID}/"),
            sso_url: format!("https://login.microsoftonline.com/{GUID}/saml2"),
            sso_binding: SsoBinding::HttpRedirect,
            certificates: at_service.iter().map(|one| one.pem.clone()).collect(),
            logout: Some(LogoutService {
                url: format!("https://login.microsoftonline.com/{GUID}/saml2"),
                response_url: None,
                binding: SsoBinding::HttpRedirect,
            }),
        },
        "saml": null,
        "scim": Scim { enabled: true, base_url: String::new(), token: None, old_tokens: Vec::new(), mark: None },
        "users": null, "backup_login": null, "blockers": [],
    }))
    .unwrap();
    Known { integration, arrivals: Arrivals::default(), seen_at: now() }
}

fn give(project: &mut Project, certificates: &[&TestCertificate]) {
    give_at(project, certificates, now());
}

fn give_at(project: &mut Project, certificates: &[&TestCertificate], now: Timestamp) {
    let xml = metadata::entra_unsigned(GUID, certificates);
    let inspection = ::saml::inspect(xml.as_bytes(), ::saml::LIMIT_BY_HAND, now);
    let source = saml::source(saml::Way::Pasted, "", xml.len(), now);
    let reading = crate::metadata::Reading::new(project, &inspection, source);
    crate::metadata::put(project, reading, now);
    observe(project, now);
}

fn service_has(project: &mut Project, certificates: &[&TestCertificate]) {
    project.known = Some(known(certificates));
    observe(project, now());
}

fn stage(project: &Project) -> Stage {
    view(project, now()).unwrap().stage
}

fn names(project: &Project) -> Vec<String> {
    signing_certificates(project).into_iter().map(|one| one.subject).collect()
}

fn notes(project: &Project, now: Timestamp) -> Vec<String> {
    view(project, now).unwrap().notes.into_iter().map(|note| note.code.into_owned()).collect()
}

fn refused(project: &mut Project, edit: Edit) -> (FailureCode, String) {
    let failure = apply(project, edit, now()).unwrap_err();
    (failure.code, failure.args.get("reason").cloned().unwrap_or_default())
}

#[test]
fn the_old_one_stays_until_a_sign_in_with_the_new_one_was_seen() {
    let (old, new) = (old(), new());
    let mut project = project(Backend::ThisComputer, &[&old]);
    give(&mut project, &[&new]);
    assert_eq!((stage(&project), names(&project)), (Stage::Send, vec!["CN=New".into(), "CN=Old".into()]));
    assert_eq!(refused(&mut project, Edit::TakeAway), (FailureCode::RolloverUnproven, "not-sent".into()));
    service_has(&mut project, &[&new, &old]);
    assert_eq!(stage(&project), Stage::SignIn);
    assert_eq!(refused(&mut project, Edit::TakeAway).1, "no-sign-in");
    let later = now().plus(time::Duration::minutes(5));
    sign_in_seen(&mut project, &read(&old).sha256, later, later);
    assert_eq!(refused(&mut project, Edit::TakeAway).1, "still-old");
    assert!(notes(&project, now()).contains(&"rollover-still-old".to_owned()));
    sign_in_seen(&mut project, &read(&new).sha256, later, later);
    assert_eq!(stage(&project), Stage::TakeAway);
    apply(&mut project, Edit::TakeAway, later).unwrap();
    assert_eq!((stage(&project), names(&project)), (Stage::SendRemoval, vec!["CN=New".into()]));
    service_has(&mut project, &[&new]);
    assert_eq!(stage(&project), Stage::Done);
    apply(&mut project, Edit::PutBack, later).unwrap();
    assert_eq!(names(&project), ["CN=New", "CN=Old"]);
}

#[test]
fn a_sign_in_from_before_the_service_had_both_proves_nothing() {
    let (old, new) = (old(), new());
    let mut project = project(Backend::ThisComputer, &[&old]);
    give(&mut project, &[&new]);
    sign_in_seen(&mut project, &read(&new).sha256, now(), now());
    assert_eq!(project.saml.rollover.as_ref().unwrap().seen, None);
    service_has(&mut project, &[&new, &old]);
    let earlier = now().plus(time::Duration::minutes(-5));
    sign_in_seen(&mut project, &read(&new).sha256, earlier, now());
    sign_in_seen(&mut project, "00:11", now(), now());
    assert_eq!(stage(&project), Stage::SignIn);
}

#[test]
fn only_a_test_that_passed_proves_anything() {
    let (old, new) = (old(), new());
    let mut project = project(Backend::ThisComputer, &[&old]);
    give(&mut project, &[&new]);
    assert!(!waits_for_sign_in(&project));
    service_has(&mut project, &[&new, &old]);
    assert!(waits_for_sign_in(&project));
    // As the service writes it, without colons and in small letters.
    let print = read(&new).sha256.replace(':', "").to_lowercase();
    let test = |state: &str| {
        let answer = serde_json::json!({
            "received_at": NOW, "accepted": true, "subject": null, "issuer": null, "signed_by": print,
            "encrypted": false, "issued_at": null, "clock_seconds": null, "comparisons": [], "attributes": [],
            "groups": [], "overage": false, "role": null, "licence": null, "findings": [], "redacted": "",
        });
        let test = serde_json::json!({
            "id": "t", "purpose": "portal", "started_by": "a", "started_at": NOW, "expires_at": NOW,
            "state": state, "hops": [], "answer": answer,
        });
        serde_json::from_value::<SignInTest>(test).unwrap()
    };
    sign_ins_seen(&mut project, &[test("failed")], now());
    assert!(waits_for_sign_in(&project));
    sign_ins_seen(&mut project, &[test("failed"), test("passed")], now());
    assert_eq!(stage(&project), Stage::TakeAway);
    assert_eq!(project.saml.rollover.unwrap().seen.unwrap().by, Proof::Evidence);
}

/// The sign-ins are stamped by the service's clock, which is an hour behind this computer's.
#[test]
fn what_came_first_is_told_by_the_service_s_clock() {
    let (old, new) = (old(), new());
    let mut project = project(Backend::ThisComputer, &[&old]);
    give(&mut project, &[&new]);
    let there = now().plus(time::Duration::hours(-1));
    let mut answer = known(&[&new, &old]);
    answer.integration.as_of = Some(there);
    project.known = Some(answer);
    observe(&mut project, now());
    let print = read(&new).sha256;
    sign_in_seen(&mut project, &print, there.plus(time::Duration::seconds(-1)), now());
    assert_eq!(stage(&project), Stage::SignIn, "that one came before");
    sign_in_seen(&mut project, &print, there.plus(time::Duration::seconds(1)), now());
    assert_eq!(stage(&project), Stage::TakeAway);
}

#[test]
fn it_survives_a_restart_and_an_older_project_has_none() {
    let (old, new) = (old(), new());
    let mut project = project(Backend::ThisComputer, &[&old]);
    give(&mut project, &[&new]);
    service_has(&mut project, &[&new, &old]);
    let mut saved = serde_json::to_value(&project).unwrap();
    assert_eq!(serde_json::from_value::<Project>(saved.clone()).unwrap(), project);
    saved["saml"].as_object_mut().unwrap().remove("rollover");
    assert_eq!(serde_json::from_value::<Project>(saved).unwrap().saml.rollover, None);
}

#[test]
fn reading_the_same_again_changes_nothing_and_reading_another_begins_anew() {
    let (old, new) = (old(), new());
    let mut project = project(Backend::ThisComputer, &[&old]);
    give(&mut project, &[&old]);
    assert_eq!(project.saml.rollover, None);
    give(&mut project, &[&new]);
    service_has(&mut project, &[&new, &old]);
    let running = project.saml.rollover.clone();
    give_at(&mut project, &[&old, &new], now().plus(time::Duration::hours(1)));
    assert_eq!(project.saml.rollover, running, "the metadata lists both, which is the same change");
    let third = made("Third", "2026-11-01T00:00:00Z", "2029-11-01T00:00:00Z");
    give(&mut project, &[&third]);
    let rollover = project.saml.rollover.clone().unwrap();
    assert_eq!((rollover.old.len(), rollover.new.len(), rollover.sent_at), (2, 1, None));
    assert_eq!(names(&project), ["CN=Third", "CN=New", "CN=Old"]);
}

#[test]
fn one_that_only_vanished_from_the_metadata_is_kept_too() {
    let (old, new) = (old(), new());
    let mut project = project(Backend::ThisComputer, &[&old, &new]);
    give(&mut project, &[&new]);
    assert_eq!((stage(&project), names(&project)), (Stage::SignIn, vec!["CN=New".into(), "CN=Old".into()]));
    assert_eq!(notes(&project, now()), ["rollover-old-withdrawn"]);
}

#[test]
fn another_provider_is_no_change_of_certificates() {
    let (old, new) = (old(), new());
    let mut project = project(Backend::ThisComputer, &[&old]);
    project.known.as_mut().unwrap().integration.identity_provider.as_mut().unwrap().entity_id =
        "other".into();
    give(&mut project, &[&new]);
    assert_eq!((project.saml.rollover.clone(), names(&project)), (None, vec!["CN=New".into()]));
}

#[test]
fn a_new_one_that_is_not_valid_yet_keeps_the_old() {
    let (old, late) = (old(), made("Late", "2026-12-01T00:00:00Z", "2029-12-01T00:00:00Z"));
    let mut project = project(Backend::ThisComputer, &[&old]);
    give(&mut project, &[&old, &late]);
    service_has(&mut project, &[&old, &late]);
    sign_in_seen(&mut project, &read(&late).sha256, now(), now());
    assert_eq!(refused(&mut project, Edit::TakeAway).1, "not-valid");
    assert_eq!(notes(&project, now()), ["rollover-new-not-valid"]);
    let then = at("2026-12-01T00:00:00Z");
    assert_eq!(view(&project, then).unwrap().stage, Stage::TakeAway);
    apply(&mut project, Edit::TakeAway, then).unwrap();
}

#[test]
fn the_same_key_needs_no_sign_in() {
    let of = |name: &str| certificate(name, at("2025-01-01T00:00:00Z"), at("2029-11-01T00:00:00Z"));
    let (old, new) = (of("Old"), of("New"));
    let mut project = project(Backend::ThisComputer, &[&old]);
    give(&mut project, &[&new]);
    assert_eq!(notes(&project, now()), ["rollover-same-key"]);
    service_has(&mut project, &[&new, &old]);
    assert_eq!(stage(&project), Stage::TakeAway);
    apply(&mut project, Edit::TakeAway, now()).unwrap();
}

#[test]
fn entra_signs_with_the_inactive_one_once_the_old_has_ended() {
    let (old, new) = (old(), new());
    let mut project = project(Backend::ThisComputer, &[&old]);
    let later = at("2027-02-01T00:00:00Z");
    give_at(&mut project, &[&new], later);
    assert_eq!(notes(&project, later), ["rollover-old-expired"]);
    project.idp = "okta".into();
    assert_eq!(notes(&project, later), Vec::<String>::new());
}

#[test]
fn it_can_be_called_off_until_sign_ins_use_the_new_one() {
    let (old, new) = (old(), new());
    let mut project = project(Backend::ThisComputer, &[&old]);
    give(&mut project, &[&new]);
    service_has(&mut project, &[&new, &old]);
    apply(&mut project, Edit::CallOff, now()).unwrap();
    assert_eq!((stage(&project), names(&project)), (Stage::SendCallOff, vec!["CN=Old".into()]));
    service_has(&mut project, &[&old]);
    assert_eq!(stage(&project), Stage::CalledOff);
    apply(&mut project, Edit::GoOn, now()).unwrap();
    assert_eq!(stage(&project), Stage::Send);
    service_has(&mut project, &[&new, &old]);
    sign_in_seen(&mut project, &read(&new).sha256, now().plus(time::Duration::hours(1)), now());
    assert_eq!(refused(&mut project, Edit::CallOff).0, FailureCode::RolloverProven);
}

#[test]
fn by_hand_a_sign_in_is_seen_by_word_and_nowhere_else() {
    let (old, new) = (old(), new());
    let mut project = project(Backend::ThisComputer, &[&old]);
    assert_eq!(refused(&mut project, Edit::SawSignIn).0, FailureCode::InvalidInput, "none runs");
    give(&mut project, &[&new]);
    service_has(&mut project, &[&new, &old]);
    assert_eq!(refused(&mut project, Edit::SawSignIn).0, FailureCode::InvalidInput);
    project.backend = Backend::Portal;
    assert_eq!(stage(&project), Stage::SignIn);
    apply(&mut project, Edit::SawSignIn, now()).unwrap();
    assert_eq!(project.saml.rollover.as_ref().and_then(|one| one.seen.as_ref()).unwrap().by, Proof::Word);
    assert_eq!(stage(&project), Stage::TakeAway);
    apply(&mut project, Edit::SawNoSignIn, now()).unwrap();
    assert_eq!(refused(&mut project, Edit::TakeAway).1, "no-sign-in");
}

#[test]
fn the_step_is_in_progress_while_it_runs_and_activation_is_not_held_up() {
    let (old, new) = (old(), new());
    let mut project = project(Backend::ThisComputer, &[&old]);
    give(&mut project, &[&new]);
    service_has(&mut project, &[&new, &old]);
    let library = Library::embedded().unwrap();
    let guide = library.guide("parallels-my-account", "entra").unwrap();
    for one in &guide.step(StepId::Saml).unwrap().confirmations {
        project.confirmed.insert(one.id.clone(), now());
    }
    project.saml.marked_at = Some(now());
    let integration = &mut project.known.as_mut().unwrap().integration;
    integration.saml = Some(account_api::Mark { at: now(), by: "jonas@contoso.test".into() });
    let step = crate::steps::view(StepId::Saml, &Context { project: &project, guide, now: now() });
    assert_eq!((step.state, step.missing, step.unsent), (StepState::InProgress, vec![], false));
    assert_eq!(step.evidence[0].code, "rollover-sign-in");
}

#[test]
fn a_certificate_that_is_out_of_date_is_sent_by_consent_only() {
    let ended = made("Ended", "2024-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
    let mut project = project(Backend::ThisComputer, &[]);
    give(&mut project, &[&ended]);
    let library = Library::embedded().unwrap();
    let guide = library.guide("parallels-my-account", "entra").unwrap();
    let step = crate::steps::view(StepId::Saml, &Context { project: &project, guide, now: now() });
    let severity = step.findings.iter().find(|one| one.code == "certificate-expired").unwrap().severity;
    assert_eq!(severity, Severity::Warning);
    assert_eq!(step.state, StepState::NeedsAttention { severity: Severity::Warning });
}

#[test]
fn a_private_key_is_not_kept_in_whatever_form_it_is_typed() {
    let bare = |pem: &str| pem.lines().filter(|line| !line.starts_with('-')).collect::<String>();
    for text in [fixtures::RSA_KEY.to_owned(), bare(fixtures::RSA_KEY), bare(fixtures::ENCRYPTED_KEY)] {
        let mut project = project(Backend::ThisComputer, &[]);
        let edit = saml::Edit::Type { field: ::saml::Field::Certificate, value: text.clone() };
        saml::apply(&mut project, edit, now());
        let saved = serde_json::to_string(&project).unwrap();
        let piece = &bare(&text)[40..80];
        assert!(!saved.contains(piece) && project.saml.typed.certificate.is_empty());
        assert!(saved.contains("private-key-refused"));
    }
}

#[test]
fn the_list_is_over_all_projects_by_their_ends() {
    let (old, new) = (old(), new());
    let mut first = project(Backend::ThisComputer, &[&old]);
    give(&mut first, &[&new]);
    let ended = made("Ended", "2024-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
    let mut second = project(Backend::Portal, &[]);
    second.organization = "Fabrikam".into();
    give(&mut second, &[&ended]);
    let mut third = project(Backend::ThisComputer, &[]);
    third.organization = "Adatum".into();
    third.known = None;
    let library = Library::embedded().unwrap();
    let list = certificates::list(&[first.clone(), second, third], library, now());
    let told: Vec<_> = list
        .entries
        .iter()
        .map(|one| (one.certificate.subject.as_str(), one.of.organization.as_str(), one.at_service, one.part))
        .collect();
    assert_eq!(
        told,
        [
            ("CN=Ended", "Fabrikam", false, None),
            ("CN=Old", "Contoso", true, Some(RolloverPart::Old)),
            ("CN=New", "Contoso", false, Some(RolloverPart::New)),
        ]
    );
    assert_eq!(list.entries[0].findings[0].code, "certificate-expired");
    assert_eq!(list.without.iter().map(|one| one.organization.as_str()).collect::<Vec<_>>(), ["Adatum"]);
    let events = certificates::reminders(&list.entries, now(), |id, args| format!("{id} {}", args[0].1));
    let ends: Vec<_> = events.iter().map(|event| (event.at, event.summary.as_str())).collect();
    let contoso = "certificate-reminder Contoso";
    assert_eq!(ends, [(at("2027-01-01T00:00:00Z"), contoso), (at("2029-11-01T00:00:00Z"), contoso)]);
    let other = made("New", "2026-11-01T00:00:00Z", "2029-11-01T00:00:00Z");
    let looked = |pem: &str| certificates::inspect(pem.as_bytes(), std::slice::from_ref(&first), now());
    assert_eq!(looked(&new.pem).findings[0].code, "certificate-of-project");
    assert_eq!(looked(&other.pem).findings[0].code, "certificate-differs-from-project");
    let running: Option<Rollover> = first.saml.rollover;
    assert_eq!(running.unwrap().started_at, now());
}
