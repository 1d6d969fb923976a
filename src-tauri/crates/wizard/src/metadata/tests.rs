use super::*;
use crate::project::{Backend, NewProject};
use crate::steps::saml::{Way, source};
use test_support::signed_metadata::signed;
use test_support::{TestCertificate, metadata};
use vocabulary::StepId;

const GUID: &str = "5f2f0a3e-6c1d-4a7e-9d53-2f6a1c90b7e4";

fn now() -> Timestamp {
    Timestamp::parse("2026-11-22T10:00:00Z").unwrap()
}

fn certificate(name: &str) -> TestCertificate {
    let day = |days| now().plus(time::Duration::days(days));
    test_support::ec_certificate(name, day(-10), day(900))
}

fn project() -> Project {
    let new = NewProject {
        organization: "Contoso Ltd".into(),
        admin_email: "jonas@contoso.test".into(),
        service: "parallels-my-account".into(),
        idp: "entra".into(),
        backend: Backend::ThisComputer,
    };
    new.begin("contoso".into(), now()).unwrap()
}

fn reading(project: &Project, xml: &str) -> Reading {
    let trust =
        metadata_signature::Trust { certificates: project.saml.signer.as_slice(), checks_large: false };
    let limit = saml::LIMIT_BY_FILE;
    let read = metadata_signature::inspect(xml.as_bytes(), None, limit, None, trust, now()).unwrap();
    Reading::new(project, &read, source(Way::Pasted, "", xml.len(), now()))
}

fn read(project: &mut Project, xml: &str) {
    let reading = reading(project, xml);
    take(project, reading, now());
}

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| &*finding.code).collect()
}

fn prints(project: &Project) -> Vec<String> {
    project.saml.values.iter().flat_map(|values| &values.certificates).map(|one| one.sha256.clone()).collect()
}

#[test]
fn what_would_be_replaced_is_shown_first() {
    let (old, new) = (certificate("Old"), certificate("New"));
    let mut project = project();
    read(&mut project, &metadata::entra_unsigned(GUID, &[&old]));
    let before = prints(&project);
    assert_eq!((before.len(), newer(&project)), (1, None), "there was nothing to replace");

    read(&mut project, &metadata::entra_unsigned(GUID, &[&new]));
    assert_eq!(prints(&project), before);
    let shown = newer(&project).unwrap();
    assert_eq!(shown.differences.iter().map(|one| one.field).collect::<Vec<_>>(), [IdpField::Certificate]);
    assert!(codes(&shown.findings).contains(&"metadata-change-certificates-replaced"));

    project.saml.newer = None;
    read(&mut project, &metadata::entra_unsigned(GUID, &[&old]));
    assert_eq!(newer(&project), None, "the same says nothing new");

    read(&mut project, &metadata::entra_unsigned(GUID, &[&new]));
    take_newer(&mut project, now());
    assert_ne!(prints(&project), before);
    assert_eq!(newer(&project), None);
}

#[test]
fn a_page_in_its_place_takes_nothing_away() {
    let mut project = project();
    read(&mut project, &metadata::entra_unsigned(GUID, &[&certificate("Old")]));
    let before = project.saml.values.clone();
    read(&mut project, "<html><body>Sign in");
    assert_eq!(project.saml.values, before);
    let shown = newer(&project).unwrap();
    assert!(shown.differences.is_empty());
    assert_eq!(codes(&shown.findings), ["metadata-html-page"]);
}

#[test]
fn another_provider_than_the_projects_is_pointed_out() {
    let mut project = project();
    read(&mut project, &metadata::okta("northwind", "app", "exk1", &certificate("okta")));
    assert!(codes(&project.saml.reading).contains(&"metadata-provider-differs"));
}

#[test]
fn a_key_that_was_compared_is_asked_for_from_then_on() {
    let day = |days| now().plus(time::Duration::days(days));
    let [ours, other] =
        ["Federation", "Somebody"].map(|name| test_support::ec_certificate(name, day(-1), day(900)));
    let idp = certificate("IdP");
    let by = |signer| signed(&metadata::entra_unsigned(GUID, &[&idp]), signer);
    let mut project = project();
    read(&mut project, &by(&ours));
    let signature = project.saml.signature.clone().unwrap();
    assert_eq!(signature.state, Signature::Unconfirmed);
    assert!(codes(&project.saml.reading).contains(&"metadata-signature-unconfirmed"));

    trust_signer(&mut project, "no such fingerprint");
    assert_eq!(project.saml.signer, None);
    trust_signer(&mut project, &signature.signed_by.unwrap().sha256);
    let state = |project: &Project| project.saml.signature.as_ref().map(|one| one.state);
    assert_eq!(state(&project), Some(Signature::Confirmed));
    assert!(!codes(&project.saml.reading).contains(&"metadata-signature-unconfirmed"));

    let read_now = |project: &Project, xml: &str| reading(project, xml).signature.unwrap().state;
    assert_eq!(read_now(&project, &by(&ours)), Signature::Confirmed);
    assert_eq!(read_now(&project, &by(&other)), Signature::OtherKey);
    let unsigned = reading(&project, &metadata::entra_unsigned(GUID, &[&idp]));
    assert!(codes(&unsigned.findings).contains(&"metadata-signature-missing"));

    forget_signer(&mut project);
    assert_eq!(state(&project), Some(Signature::Unconfirmed));
    assert_eq!(read_now(&project, &by(&other)), Signature::Unconfirmed);
}

#[test]
fn a_federation_is_searched_and_only_the_first_are_kept() {
    let day = |days| now().plus(time::Duration::days(days));
    let many = metadata::aggregate(1400, day(-10), day(900));
    let mut project = project();
    read(&mut project, &many);
    assert_eq!((project.saml.choices.len(), project.saml.choice_count), (CHOICES, 700));
    let inspection = saml::inspect(many.as_bytes(), saml::LIMIT_BY_FILE, now());
    let idps: Vec<EntitySummary> = choices(&inspection.entities).cloned().collect();
    let found = search(&idps, "UNIVERSITY 1398");
    assert_eq!(found.count, 1, "{found:?}");
    assert_eq!(search(&idps, "").count, 700);
}

/// What a step says is sent to the service says what its metadata asks for.
#[test]
fn signed_requests_are_asked_for_of_the_service() {
    let mut project = project();
    let xml = metadata::entra_unsigned(GUID, &[&certificate("IdP")]);
    let wants = xml.replacen("<IDPSSODescriptor ", "<IDPSSODescriptor WantAuthnRequestsSigned=\"true\" ", 1);
    assert_ne!(xml, wants);
    read(&mut project, &wants);
    let sent = crate::push::changes(&project, StepId::Saml);
    let json = serde_json::to_value(crate::steps::saml::to_service(&project).unwrap()).unwrap();
    assert!(!sent.is_empty());
    assert_eq!(json["wants_signed_requests"], true);
}
