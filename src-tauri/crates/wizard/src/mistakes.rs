//! Every mistake of the table of diagnoses that shows in metadata or in an answer is made here, and read as the
//! administrator would: it leads to the row it is of, and to a sentence that says what to change.

use crate::metadata::{Reading, newer, take};
use crate::project::Project;
use crate::sign_in::tests::{World, now, world, years};
use crate::steps::saml::{Way, source};
use account_api::SignInPurpose;
use metadata_signature::Trust;
use std::collections::BTreeSet;
use test_support::metadata;
use test_support::responses::{Signing, TestResponse};
use texts::Texts;
use time::Duration;
use vocabulary::{Finding, Severity};

/// Mistakes that are seen elsewhere, each with where.
const ELSEWHERE: &[(&str, &str)] = &[
    ("M07", "it is no mistake: a key without a use is taken for signing, as it should be"),
    ("M12", "said by the broker whose message is pasted: the crate diagnosis has it"),
    ("M17", "said by Google: the crate diagnosis has it"),
    ("A05", "our service reads such keys; `certs` refuses curves that nobody reads"),
    ("A10", "the request is known to the service only: tests/service/sign_in.rs and peers.rs there"),
    ("A11", "the browser is known to the service only: tests/service/sign_in.rs there"),
    ("A15", "the claim is named as it arrived beside the one that is looked for, which is row A14"),
    ("A18", "of services that keep one value"),
    ("A19", "nobody can see from an answer which groups are nested in which"),
    ("A21", "of the users that a service has"),
];

fn read(project: &Project, bytes: &[u8]) -> Reading {
    let limit = saml::LIMIT_BY_HAND;
    let read = metadata_signature::inspect(bytes, None, limit, None, Trust::default(), now()).unwrap();
    Reading::new(project, &read, source(Way::Pasted, "", bytes.len(), now()))
}

fn found(bytes: &[u8]) -> Vec<Finding> {
    let project = Project { saml: crate::steps::saml::Saml::default(), ..world().project };
    let mut findings = read(&project, bytes).findings;
    if let Some(values) = read(&project, bytes).values {
        findings.extend(saml::judge_signing(&values.certificates, now()));
    }
    findings
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
    let reading = read(&replaced, other_tenant.as_bytes());
    take(&mut replaced, reading, now());
    let other_certificate = test_support::ec_certificate("okta", years(-1), years(2));
    let beside = crate::certificates::inspect(other_certificate.pem.as_bytes(), &[world().project], now());
    vec![
        ("M01", found(b"<!doctype html><html><body>Sign in to your account</body></html>")),
        ("M02", found(&utf16)),
        ("M03", found(metadata::aggregate(4, years(-1), years(1)).as_bytes())),
        ("M04", found(metadata::sp("https://sp.example", "https://sp.example/acs").as_bytes())),
        ("M05", found(idp(&[]).as_bytes())),
        ("M06", found(idp(&[&good, &next]).as_bytes())),
        ("M08", found(idp(&[&old]).as_bytes())),
        ("M09", found(one.replace(&body, &body[..body.len() / 2]).as_bytes())),
        ("M10", crate::certificates::inspect(pasted.as_bytes(), &[], now()).findings),
        ("M11", beside.findings),
        ("M13", newer(&replaced).unwrap().findings),
        ("M14", found(one.replace("bindings:HTTP-", "bindings:Other-").as_bytes())),
        ("M15", found(one.replace("\"https://idp.example/sso\"", "\"http://idp.example/sso\"").as_bytes())),
        ("M15", found(b"https://idp.example/metadata")),
        (
            "M16",
            found(one.replacen(" entityID=", " validUntil=\"2020-01-01T00:00:00Z\" entityID=", 1).as_bytes()),
        ),
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

#[test]
fn each_leads_to_its_row_and_to_what_to_change() {
    let texts = Texts::english().unwrap();
    let all: Vec<_> = in_metadata().into_iter().chain(in_answers()).collect();
    let mut wrong = Vec::new();
    for (row, findings) in &all {
        let of_row = |finding: &&Finding| {
            diagnosis::explain(&finding.code).unwrap().first().is_some_and(|first| first.row.id == *row)
        };
        let Some(finding) = findings.iter().find(of_row) else {
            wrong.push(format!("{row}: {:?}", findings.iter().map(|one| &one.code).collect::<Vec<_>>()));
            continue;
        };
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
