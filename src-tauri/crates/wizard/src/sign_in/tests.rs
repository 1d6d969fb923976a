//! Answers are signed by xmlsec1 and judged as the project's service would.

use super::*;
use crate::project::{Backend, NewProject, Project};
use crate::steps::{domains, saml as saml_step};
use account_api::{SignInHopName, SignInHopState, SignInRole, SignInState};
use guides::{Guide, Library, Segment};
use saml_step::Way;
use test_support::TestCertificate;
use test_support::responses::{Signing, TestResponse};
use time::Duration;
use vocabulary::{StepId, Timestamp};

const ENTITY_ID: &str = "https://account.example/saml/northwind/metadata";
const ECDSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
const ACS: &str = "https://account.example/saml/northwind/acs";

pub(crate) fn now() -> Timestamp {
    Timestamp::parse("2026-11-22T14:31:00Z").unwrap()
}

pub(crate) fn years(n: i64) -> Timestamp {
    now().plus(Duration::days(365 * n))
}

pub(crate) struct World {
    pub(crate) project: Project,
    guide: &'static Guide,
    pub(crate) certificate: TestCertificate,
}

/// Northwind with Okta: both sides' values, both groups and one domain are known.
pub(crate) fn world() -> World {
    let library = Library::embedded().unwrap();
    let asked = NewProject {
        organization: "Northwind Traders".into(),
        admin_email: "maria.lopez@northwind.example".into(),
        service: "parallels-my-account".into(),
        idp: "okta".into(),
        backend: Backend::Portal,
    };
    let mut project = asked.begin("p".into(), now()).unwrap();
    project.groups.admins.idp_name = "Northwind-Admins".into();
    project.groups.admins.service_name = "Northwind-Admins".into();
    project.groups.users.idp_name = "Northwind-Users".into();
    project.groups.users.service_name = "Northwind-Users".into();
    project.groups.users.id = "00g2abcdefGHIJKLMN5d".into();
    domains::add(&mut project, "northwind.example", now());
    project.portal.service_provider.entity_id = ENTITY_ID.into();
    project.portal.service_provider.acs_url = ACS.into();
    let certificate = test_support::ec_certificate("okta", years(-1), years(7));
    let metadata = test_support::metadata::okta("northwind", "app", "exk1", &certificate);
    let read = saml::inspect(metadata.as_bytes(), saml::LIMIT_BY_HAND, now());
    let source = saml_step::source(Way::Pasted, "", metadata.len(), now());
    let reading = crate::metadata::Reading::new(&project, &read, source);
    crate::metadata::put(&mut project, reading, now());
    project.known = Some(crate::portal::known(&project, "_parallels-challenge"));
    let guide = library.guide("parallels-my-account", "okta").unwrap();
    World { project, guide, certificate }
}

impl World {
    /// What Okta answers when everything is as it should be.
    pub(crate) fn answer(&self) -> TestResponse {
        let claim = |name: &str, values: &[&str]| {
            (name.to_owned(), values.iter().map(|value| (*value).to_owned()).collect())
        };
        TestResponse {
            issuer: self.project.saml.values.as_ref().unwrap().entity_id.clone(),
            audience: ENTITY_ID.into(),
            destination: ACS.into(),
            recipient: ACS.into(),
            name_id: "maria.lopez@northwind.example".into(),
            attributes: vec![
                claim("objectidentifier", &["00u4k2m9qTz7VhX1d5d7"]),
                claim("name", &["maria.lopez@northwind.example"]),
                claim("displayName", &["Maria Lopez"]),
                claim("groups", &["Everyone", "Northwind-Admins", "Sales"]),
            ],
            signature_method: ECDSA_SHA256.into(),
            ..TestResponse::new(now().plus(Duration::minutes(-40)))
        }
    }

    pub(crate) fn look_at(&self, xml: &str, purpose: SignInPurpose) -> SignInView {
        let checked = check(&self.project, self.guide, purpose, xml.as_bytes(), now());
        SignInView::of_given(checked, purpose, &self.project, self.guide)
    }

    fn look(&self, answer: &TestResponse) -> SignInView {
        self.look_at(&answer.signed(Signing::Both, &self.certificate), SignInPurpose::Portal)
    }
}

fn codes(view: &SignInView) -> Vec<&str> {
    view.problems.iter().map(|problem| problem.finding.code.as_ref()).collect()
}

fn state(view: &SignInView, hop: SignInHopName) -> SignInHopState {
    view.hops.iter().find(|one| one.hop == hop).unwrap().state
}

fn results(view: &SignInView) -> Vec<(SignInSubjectMatter, SignInResult)> {
    view.rows.iter().map(|row| (row.matter, row.result)).collect()
}

#[test]
fn a_good_answer_passes_long_after_it_was_made() {
    use SignInResult::{Administrator, Present, Same, Unseen};
    use SignInSubjectMatter::{Audience, Claim, Clock, Destination, Issuer, NameId, Recipient, SignedBy};
    let world = world();
    let view = world.look(&world.answer());
    assert_eq!((view.state, codes(&view).as_slice()), (SignInState::Passed, &[][..]));
    assert_eq!(view.role, Some(SignInRole::Administrator));
    assert_eq!(view.who.as_deref(), Some("maria.lopez@northwind.example"));
    assert_eq!(view.person.as_deref(), Some("Maria"));
    assert_eq!(state(&view, SignInHopName::Session), SignInHopState::Good);
    assert_eq!(state(&view, SignInHopName::EmailAccepted), SignInHopState::Unseen);
    assert_eq!(
        results(&view),
        [
            (Claim, Present),
            (Claim, Present),
            (Claim, Present),
            (Claim, Administrator),
            (SignedBy, SignInResult::Good),
            (Issuer, Same),
            (Audience, Same),
            (Recipient, Same),
            (Destination, Same),
            (NameId, Present),
            (Clock, Unseen),
        ]
    );
    assert!(view.redacted.contains("AudienceRestriction") && !view.redacted.contains("Lopez"));
}

#[test]
fn a_claim_of_another_case_is_shown_with_the_place_to_mend_it() {
    let world = world();
    let mut answer = world.answer();
    answer.attributes[2].0 = "displayname".into();
    let view = world.look(&answer);
    assert_eq!((view.state, codes(&view).as_slice()), (SignInState::Failed, &["response-claim-case"][..]));
    assert_eq!(state(&view, SignInHopName::AnswerReceived), SignInHopState::Stopped);
    assert_eq!(state(&view, SignInHopName::Session), SignInHopState::NotReached);
    let row = &view.rows[0];
    assert_eq!(
        (row.result, row.values.as_slice()),
        (SignInResult::CaseDiffers, &["Maria Lopez".to_owned()][..])
    );
    let place = view.problems[0].place.clone().unwrap();
    assert_eq!(
        (place.received.as_deref(), place.wanted.as_deref()),
        (Some("displayname"), Some("displayName"))
    );
    assert_eq!(
        (place.row, place.field.as_deref(), place.keeps.as_deref()),
        (Some(3), Some("Name"), Some("user.displayName"))
    );
    assert_eq!(place.section.as_deref(), Some("Attribute Statements (optional)"));
    assert_eq!(place.portal.unwrap().path.last(), Some(&Segment::Label { text: "Edit".into() }));
}

#[test]
fn each_purpose_needs_its_own_group() {
    let world = world();
    let xml = world.answer().signed(Signing::Both, &world.certificate);
    let desktop = world.look_at(&xml, SignInPurpose::Desktop);
    assert_eq!(codes(&desktop), ["sign-in-no-group"]);
    assert_eq!(state(&desktop, SignInHopName::Session), SignInHopState::Stopped);
    assert_eq!(desktop.problems[0].place.as_ref().unwrap().step, StepId::Groups);
    for (sent, code) in [
        (&["Northwind-Users"][..], None),
        (&["00g2abcdefGHIJKLMN5d"], None),
        (&["northwind-users"], Some("sign-in-no-group")),
        (&["/Northwind-Users"], Some("sign-in-no-group")),
    ] {
        let mut answer = world.answer();
        answer.attributes[3].1 = sent.iter().map(|one| (*one).to_owned()).collect();
        let view = world.look_at(&answer.signed(Signing::Both, &world.certificate), SignInPurpose::Desktop);
        assert_eq!(codes(&view).first().copied(), code, "{sent:?}");
    }
}

#[test]
fn values_of_the_other_side_are_compared() {
    let world = world();
    let mut answer = world.answer();
    answer.audience = "https://account.example/saml/Northwind/metadata".into();
    answer.recipient = "https://account.example/saml/northwind/acs/".into();
    let view = world.look(&answer);
    assert_eq!(codes(&view), ["response-recipient", "response-audience"]);
    let places: Vec<_> = view.problems.iter().map(|problem| problem.place.clone().unwrap()).collect();
    assert_eq!(places[1].field.as_deref(), Some("Audience Restriction"));
    assert_eq!(places[1].wanted.as_deref(), Some(ENTITY_ID));
    assert_eq!(places[0].wanted.as_deref(), Some(ACS));
}

#[test]
fn who_signed_is_compared_before_anything_is_read() {
    let world = world();
    let other = test_support::ec_certificate("old okta", years(-2), years(3));
    let view = world.look_at(&world.answer().signed(Signing::Both, &other), SignInPurpose::Portal);
    assert_eq!(codes(&view), ["response-other-certificate"]);
    assert_eq!(results(&view)[0], (SignInSubjectMatter::SignedBy, SignInResult::Differs));
    assert_eq!((view.who, view.attributes.len()), (None, 0));
    assert_eq!(view.problems[0].place.as_ref().unwrap().step, StepId::Saml);
}

#[test]
fn a_clock_that_is_ahead_is_told() {
    let world = world();
    let answer = TestResponse { issued: now().plus(Duration::minutes(9)), ..world.answer() };
    let view = world.look(&answer);
    assert_eq!(codes(&view), ["response-not-yet-valid"]);
    assert_eq!(results(&view).last(), Some(&(SignInSubjectMatter::Clock, SignInResult::Differs)));
}

#[test]
fn an_address_of_another_domain_is_refused() {
    let world = world();
    let mut answer = world.answer();
    answer.attributes[1].1 = vec!["maria@fabrikam.example".into()];
    let view = world.look(&answer);
    assert_eq!(codes(&view), ["sign-in-email-domain"]);
    assert_eq!(view.problems[0].place.as_ref().unwrap().step, StepId::Domains);
}

#[test]
fn what_is_no_answer_has_no_hops_and_says_so() {
    let world = world();
    for text in ["", "AADSTS50105: not assigned", "<!doctype html><html></html>", "{}"] {
        let view = world.look_at(text, SignInPurpose::Portal);
        assert_eq!((view.hops.len(), view.problems.len(), view.state), (0, 1, SignInState::Failed), "{text}");
    }
}

#[test]
fn without_the_other_side_s_values_nothing_is_compared_with_nothing() {
    let mut world = world();
    world.project.portal.service_provider = Default::default();
    world.project.known = Some(crate::portal::known(&world.project, "_parallels-challenge"));
    let view = world.look(&world.answer());
    assert_eq!(codes(&view), ["sign-in-service-unknown"]);
    let answer = world.answer();
    world.project.saml.values = None;
    let view = world.look(&answer);
    assert_eq!(codes(&view), ["response-no-keys"]);
}

#[test]
fn an_encrypted_answer_is_no_fault_but_cannot_be_opened_here() {
    let world = world();
    let service = test_support::certificate("service", years(-1), years(2));
    let xml = world.answer().encrypted(Signing::Both, &world.certificate, &service);
    let view = world.look_at(&xml, SignInPurpose::Portal);
    assert_eq!(codes(&view), ["response-encrypted-no-key"]);
    assert_eq!(state(&view, SignInHopName::AnswerReceived), SignInHopState::Unseen);
    assert!(results(&view).contains(&(SignInSubjectMatter::Encryption, SignInResult::Unseen)));
}

#[test]
fn too_many_groups_are_one_thing_to_mend() {
    let world = world();
    let mut answer = world.answer();
    answer.attributes[3] = (saml_response::OVERAGE_CLAIMS[0].into(), vec!["https://graph.example".into()]);
    let view = world.look(&answer);
    assert_eq!((view.state, codes(&view)[0]), (SignInState::Failed, "response-groups-overage"));
    assert!(!codes(&view).contains(&"response-claim-missing"), "{:?}", codes(&view));
    assert_eq!(results(&view)[0], (SignInSubjectMatter::Claim, SignInResult::Overage));
}
