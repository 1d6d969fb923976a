//! Every mistake of the table of diagnoses that shows in metadata or in an answer is made here, and read as the
//! administrator would: it leads to the row it is of, and to a sentence that says what to change.

use crate::metadata::{Reading, newer, take};
use crate::project::Project;
use crate::sign_in::tests::{World, now, world, years};
use crate::steps::saml::{Way, source};
use account_api::{SignInHopState, SignInPurpose, SignInState};
use base64::Engine as _;
use metadata_signature::Trust;
use std::collections::BTreeSet;
use test_support::metadata;
use test_support::responses::{Signing, TestResponse};
use texts::Texts;
use time::Duration;
use vocabulary::{Finding, Severity, StepId};

/// Mistakes that are seen elsewhere, each with where.
const ELSEWHERE: &[(&str, &str)] = &[
    ("M07", "it is no mistake: the test below signs in with such a key"),
    ("M12", "said by a broker, which has several customers: tests/pages.rs of the crate diagnosis"),
    ("M17", "said by Google when the app is made: tests/pages.rs of the crate diagnosis"),
    ("A05", "our service reads such keys; `certs` refuses curves that nobody reads"),
    ("A10", "the request is known to the service only: tests/service/sign_in.rs and peers.rs there"),
    ("A11", "the browser is known to the service only: tests/service/sign_in.rs there"),
    ("A15", "the claim is named as it arrived beside the one that is looked for, which is row A14"),
    ("A18", "of services that keep one value"),
    ("A19", "nobody can see from an answer which groups are nested in which"),
    ("A21", "of the users that a service has"),
];

/// An identity provider of [`metadata::aggregate`].
const MEMBER: &str = "https://idp-0.federation.example/saml";

/// A binding that no browser can use.
const SOAP: &str = "bindings:SOAP";

fn read(project: &Project, bytes: &[u8], entity: Option<&str>) -> Reading {
    let limit = saml::LIMIT_BY_HAND;
    let read = metadata_signature::inspect(bytes, None, limit, entity, Trust::default(), now()).unwrap();
    Reading::new(project, &read, source(Way::Pasted, "", bytes.len(), now()))
}

fn found(bytes: &[u8]) -> Vec<Finding> {
    found_of(bytes, None)
}

fn found_of(bytes: &[u8], entity: Option<&str>) -> Vec<Finding> {
    let project = Project { saml: crate::steps::saml::Saml::default(), ..world().project };
    let Reading { mut findings, values, .. } = read(&project, bytes, entity);
    if let Some(values) = values {
        findings.extend(saml::judge_signing(&values.certificates, now()));
    }
    findings
}

/// A certificate as it is pasted into the field for it.
fn typed(certificate: &str) -> Vec<Finding> {
    saml::by_hand("https://idp.example/metadata", "https://idp.example/sso", certificate, now()).findings
}

/// What a portal gives out as a chain: the certificate that signs, and that of its issuer.
fn chain() -> String {
    let authority = test_support::Authority::new("Northwind CA", years(-5), years(5));
    authority.issue("IdP", &[], years(-1), years(2)).pem + &authority.certificate.pem
}

/// A federation's list that nobody downloaded for years, with certificates that are good.
fn old_federation() -> String {
    let until = format!("validUntil=\"{}\"", years(1));
    metadata::aggregate(4, years(-1), years(1)).replace(&until, "validUntil=\"2020-01-01T00:00:00Z\"")
}

/// What is found in metadata with each mistake.
fn in_metadata() -> Vec<(&'static str, Vec<Finding>)> {
    let good = test_support::ec_certificate("IdP", years(-1), years(2));
    let next = test_support::ec_certificate("Next", years(-1), years(3));
    let old = test_support::ec_certificate("IdP", years(-3), years(-1));
    let idp = |certificates: &[&test_support::TestCertificate]| {
        metadata::idp("https://idp.example/metadata", "https://idp.example/sso", certificates)
    };
    let one = idp(&[&good]);
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(one.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let body = good.base64();
    let pasted = format!("Here it is:\r\n  {}", good.pem.replace('\n', "\r\n  "));
    let mut replaced = world().project;
    let other_tenant = metadata::okta("northwind", "app", "exk2", &next);
    let reading = read(&replaced, other_tenant.as_bytes(), None);
    take(&mut replaced, reading, now());
    let other_certificate = test_support::ec_certificate("okta", years(-1), years(2));
    let beside = crate::certificates::inspect(other_certificate.pem.as_bytes(), &[world().project], now());
    vec![
        ("M01", found(b"<!doctype html><html><body>Sign in to your account</body></html>")),
        ("M02", found(&utf16)),
        ("M03", found(metadata::aggregate(4, years(-1), years(1)).as_bytes())),
        ("M04", found(metadata::sp("https://sp.example", "https://sp.example/acs").as_bytes())),
        ("M04", found(one.replace("IDPSSODescriptor", "AttributeAuthorityDescriptor").as_bytes())),
        ("M05", found(idp(&[]).as_bytes())),
        ("M05", found(one.replace("use=\"signing\"", "use=\"encryption\"").as_bytes())),
        ("M06", found(idp(&[&good, &next]).as_bytes())),
        ("M08", found(idp(&[&old]).as_bytes())),
        ("M09", found(one.replace(&body, &body[..body.len() / 2]).as_bytes())),
        ("M10", crate::certificates::inspect(pasted.as_bytes(), &[], now()).findings),
        ("M10", typed(&pasted)),
        ("M10", typed(&chain())),
        ("M11", beside.findings),
        ("M13", newer(&replaced).unwrap().findings),
        (
            "M14",
            found(one.replace("bindings:HTTP-POST", SOAP).replace("bindings:HTTP-Redirect", SOAP).as_bytes()),
        ),
        ("M15", found(one.replace("\"https://idp.example/sso\"", "\"http://idp.example/sso\"").as_bytes())),
        ("M15", found(b"https://idp.example/metadata")),
        (
            "M16",
            found(one.replacen(" entityID=", " validUntil=\"2020-01-01T00:00:00Z\" entityID=", 1).as_bytes()),
        ),
        ("M16", found(metadata::google("C0abc", now().plus(Duration::days(-1)), &good).as_bytes())),
        ("M16", found_of(old_federation().as_bytes(), Some(MEMBER))),
    ]
}

/// What the offline test of a sign-in finds in an answer with each mistake.
fn in_answers() -> Vec<(&'static str, Vec<Finding>)> {
    let world = world();
    let other = test_support::ec_certificate("other", years(-1), years(2));
    let rsa = test_support::certificate("rsa", years(-1), years(2));
    let with = |change: &dyn Fn(&mut TestResponse)| {
        let mut answer = world.answer();
        change(&mut answer);
        problems(&world, &answer.signed(Signing::Both, &world.certificate))
    };
    let claim = |answer: &mut TestResponse, name: &str, to: Option<(&str, &str)>| {
        answer.attributes.retain(|(known, _)| known != name);
        answer.attributes.extend(to.map(|(name, value)| (name.to_owned(), vec![value.to_owned()])));
    };
    let signed = world.answer().signed(Signing::Both, &world.certificate);
    let by_other = world.answer().signed(Signing::Both, &other);
    let status = world.answer().with_replaced("status:Success", "status:Responder", &world.certificate);
    let encrypted = world.answer().encrypted(Signing::Both, &world.certificate, &rsa);
    const OVERAGE: &str = "http://schemas.microsoft.com/claims/groups.link";
    vec![
        ("A01", problems(&world, &status)),
        ("A02", problems(&world, &by_other)),
        ("A02", problems(&world, &signed.replace("maria.lopez@", "marla.lopez@"))),
        ("A03", problems(&world, &without_signatures(&signed))),
        ("A04", with(&|one| one.digest_method = "http://www.w3.org/2000/09/xmldsig#sha1".into())),
        ("A06", with(&|one| one.audience.push('/'))),
        ("A07", with(&|one| one.issuer = "http://www.okta.com/exk9".into())),
        ("A08", with(&|one| one.destination.push('/'))),
        ("A08", with(&|one| one.recipient = one.recipient.to_uppercase())),
        ("A09", with(&|one| one.issued = now().plus(Duration::hours(2)))),
        ("A12", problems(&world, &encrypted)),
        (
            "A13",
            with(&|one| {
                one.name_id = "_4f1d".into();
                one.name_id_format = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient".into();
            }),
        ),
        ("A14", with(&|one| claim(one, "displayName", None))),
        ("A14", with(&|one| claim(one, "displayName", Some(("DisplayName", "Maria Lopez"))))),
        ("A16", with(&|one| claim(one, "groups", Some((OVERAGE, "https://graph.example/groups"))))),
        ("A17", with(&|one| claim(one, "groups", Some(("groups", "00g9zzzzzzzzzzzzzzzz"))))),
        (
            "A20",
            with(&|one| {
                claim(one, "name", Some(("name", "maria@partner.example")));
                one.name_id = "maria@partner.example".into();
            }),
        ),
    ]
}

fn problems(world: &World, xml: &str) -> Vec<Finding> {
    let view = world.look_at(xml, SignInPurpose::Portal);
    view.problems.into_iter().map(|problem| problem.finding).collect()
}

fn without_signatures(xml: &str) -> String {
    let mut rest = xml;
    let mut text = String::new();
    while let Some((before, after)) = rest.split_once("<ds:Signature ") {
        text.push_str(before);
        rest = after.split_once("</ds:Signature>").unwrap().1;
    }
    text + rest
}

/// The row that *More about this* shows.
fn row_of(finding: &Finding) -> Option<diagnosis::Row> {
    diagnosis::explain(&finding.code).unwrap().into_iter().next().map(|first| first.row)
}

#[test]
fn each_leads_to_its_row_and_to_what_to_change() {
    let texts = Texts::english().unwrap();
    let all: Vec<_> = in_metadata().into_iter().chain(in_answers()).collect();
    let mut wrong = Vec::new();
    for (row, findings) in &all {
        // What is read first: the first of the most serious.
        let first = findings.iter().rev().max_by_key(|finding| finding.severity);
        let of_row = first.and_then(|finding| Some((finding, row_of(finding)?)));
        let Some((finding, told)) = of_row.filter(|(_, told)| told.id == *row) else {
            wrong.push(format!("{row}: {:?}", findings.iter().map(|one| &one.code).collect::<Vec<_>>()));
            continue;
        };
        if told.fix.is_empty()
            || (row.starts_with('M') && (told.field.is_none() || told.step != StepId::Saml))
        {
            wrong.push(format!("{row} does not say what to change and where"));
        }
        let words = texts.finding(finding);
        if words.message == *finding.code || (finding.severity != Severity::Info && words.fix.is_empty()) {
            wrong.push(format!("{row}: {} has no words: {words:?}", finding.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let made: BTreeSet<&str> =
        all.iter().map(|(row, _)| *row).chain(ELSEWHERE.iter().map(|(row, _)| *row)).collect();
    let rows = diagnosis::Table::embedded().unwrap().rows().iter().map(|row| row.id.as_str());
    let wanted: BTreeSet<&str> = rows.filter(|id| id.starts_with(['M', 'A'])).collect();
    assert_eq!(made, wanted);
}

fn rows(findings: &[Finding]) -> BTreeSet<String> {
    findings.iter().filter_map(row_of).map(|row| row.id).collect()
}

/// Each is next to a mistake, and none.
#[test]
fn what_is_no_mistake_is_not_told_as_one() {
    let good = test_support::ec_certificate("IdP", years(-1), years(2));
    let one = metadata::idp("https://idp.example/metadata", "https://idp.example/sso", &[&good]);
    let federation = metadata::aggregate(4, years(-1), years(1));
    let keycloak = metadata::keycloak("idp.example", "northwind", true, &good);
    let without_post = one.replace("bindings:HTTP-POST", SOAP);
    let without_redirect = one.replace("bindings:HTTP-Redirect", SOAP);
    let google = metadata::google("C0abc", now().plus(Duration::days(400)), &good);
    let World { project, certificate, .. } = world();
    let own = certificate.pem;
    for (row, findings) in [
        ("M03", found_of(federation.as_bytes(), Some(MEMBER))),
        ("M03", found(keycloak.as_bytes())),
        ("M05", found(one.as_bytes())),
        ("M07", found(one.replace(" use=\"signing\"", "").as_bytes())),
        ("M10", typed(&good.pem)),
        ("M11", crate::certificates::inspect(own.as_bytes(), &[project], now()).findings),
        ("M14", found(without_post.as_bytes())),
        ("M14", found(without_redirect.as_bytes())),
        ("M16", found(google.as_bytes())),
    ] {
        let told = rows(&findings);
        let errors: Vec<_> = findings.iter().filter(|finding| finding.is_error()).collect();
        assert!(!told.contains(row) && errors.is_empty(), "{row}: {told:?}, {errors:?}");
    }
}

/// Row M07: many identity providers leave `use` out, and people sign in all the same.
#[test]
fn a_key_that_does_not_say_what_it_is_for_is_signed_in_with() {
    let mut world = world();
    let metadata =
        metadata::okta("northwind", "app", "exk1", &world.certificate).replace(" use=\"signing\"", "");
    assert!(metadata.contains("<md:KeyDescriptor>"));
    world.project.saml = crate::steps::saml::Saml::default();
    let reading = read(&world.project, metadata.as_bytes(), None);
    take(&mut world.project, reading, now());
    let signed = world.answer().signed(Signing::Both, &world.certificate);
    assert_eq!(problems(&world, &signed), []);
    let other = test_support::ec_certificate("other", years(-1), years(2));
    let forged = problems(&world, &world.answer().signed(Signing::Both, &other));
    assert!(rows(&forged).contains("A02"), "signatures are checked with it: {forged:?}");
}

/// Row I24: the service and the identity provider send the browser to and fro, each time with a good answer.
#[test]
fn a_recording_of_an_endless_redirect_stops_at_the_session() {
    let world = world();
    let answer = world.answer().signed(Signing::Both, &world.certificate);
    let recorded = |apart: i64, answer: &str| {
        let entry = |round: i64| {
            let encoded = base64::engine::general_purpose::STANDARD.encode(answer);
            serde_json::json!({
                "startedDateTime": now().plus(Duration::seconds(apart * round)).to_string(),
                "request": { "method": "POST", "postData": { "params": [{ "name": "SAMLResponse", "value": encoded }] } },
            })
        };
        let entries: Vec<_> = (0..6).map(entry).collect();
        world
            .look_at(&serde_json::json!({ "log": { "entries": entries } }).to_string(), SignInPurpose::Portal)
    };
    let view = recorded(2, &answer);
    let first = &view.problems[0].finding;
    assert_eq!(row_of(first).unwrap().id, "I24");
    assert!(Texts::english().unwrap().finding(first).message.contains("6 answers"));
    assert_eq!((view.state, view.hops.last().unwrap().state), (SignInState::Failed, SignInHopState::Stopped));
    let attempts = recorded(60, &answer);
    assert_eq!(
        (attempts.state, attempts.problems.len()),
        (SignInState::Passed, 1),
        "{:?}",
        attempts.problems
    );
    let wrong = TestResponse { audience: "https://other.example".into(), ..world.answer() };
    let cause = recorded(2, &wrong.signed(Signing::Both, &world.certificate));
    assert_eq!(row_of(&cause.problems[0].finding).unwrap().id, "A06", "what the service refuses comes first");
}
