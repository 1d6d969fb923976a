//! What identity providers that are not ours give out when they are set up wrongly, read as the administrator would who
//! brings it to the SAML step.

use super::{GROUP, ID, WHO, World, certificate, row};
use adapters::SystemClock;
use std::collections::BTreeSet;
use test_support::TestCertificate;
use test_support::browser::Browser;
use test_support::peers::For;
use test_support::rsa_certificate;
use test_support::saml_idp::SamlIdp;
use texts::Texts;
use time::Duration;
use vocabulary::{Finding, Severity, StepId};
use wizard::app::MetadataFrom;
use wizard::ports::Clock;
use wizard::steps::saml::Edit;

/// A certificate that is good from and until so many days from now.
fn dated(from: i64, until: i64) -> TestCertificate {
    let day = |days| SystemClock.now().plus(Duration::days(days));
    rsa_certificate("SimpleSAMLphp", day(from), day(until))
}

async fn page(url: &str) -> Vec<u8> {
    let mut browser = Browser::default();
    let first = browser.get(url).await;
    browser.follow(first).await.text.into_bytes()
}

impl World {
    /// Everything that is said of a document which is brought beside the values that the project has, and taken.
    fn brought(&self, document: Vec<u8>) -> Vec<Finding> {
        let aside = self.wizard.read_metadata(ID, document, MetadataFrom::Paste).unwrap();
        let differences = aside.newer_metadata.into_iter().flat_map(|one| one.findings);
        let taken = self.wizard.edit_saml(ID, Edit::TakeNewer).unwrap();
        let step = taken.steps.into_iter().find(|one| one.step == StepId::Saml).unwrap();
        differences.chain(step.findings).collect()
    }

    async fn metadata_signed_with(&self, own: &TestCertificate, next: Option<&TestCertificate>) -> Vec<u8> {
        self.idp.signs_with(own, next);
        self.idp.metadata().await.into_bytes()
    }
}

/// What is brought, and the row of the table of diagnoses that it is of.
async fn documents(world: &World) -> Vec<(&'static str, Vec<u8>)> {
    let known = For { request_id: "", acs_url: &world.acs_url, entity_id: &world.entity_id };
    let other = SamlIdp::start(&world.own, known, WHO, &[GROUP]).await;
    let good = world.idp.metadata().await;
    let notepad = [0xff, 0xfe].into_iter().chain(good.encode_utf16().flat_map(u16::to_le_bytes));
    let front =
        world.idp.metadata_url().replace("saml2/idp/metadata.php", "module.php/core/frontpage_welcome.php");
    let mut documents = vec![
        ("M01", page(&front).await),
        ("M02", notepad.collect()),
        ("M04", page(&world.metadata_url).await),
        ("M13", other.metadata().await.into_bytes()),
        ("M15", world.idp.metadata_url().into_bytes()),
        ("M15", good.into_bytes()),
    ];
    let half = world.own.pem.len() / 2;
    let broken = format!("{}\n-----END CERTIFICATE-----\n", world.own.pem[..half].trim_end());
    other.set(&[("cert", &broken)]).await;
    documents.push(("M09", other.metadata().await.into_bytes()));
    other.set(&[("cert", "the certificate")]).await;
    documents.push(("M09", other.metadata().await.into_bytes()));
    documents.push(("M06", world.metadata_signed_with(&world.own, Some(&certificate("new"))).await));
    for (from, until) in [(-300, -1), (1, 300), (-300, 5)] {
        documents.push(("M08", world.metadata_signed_with(&dated(from, until), None).await));
    }
    documents
}

#[tokio::test]
async fn whoever_brings_wrong_metadata_of_a_provider_reads_what_to_change() {
    let world = World::new().await;
    let texts = Texts::english().unwrap();
    let good = world.idp.metadata().await;
    let mut troubles = Vec::new();
    let mut made = BTreeSet::new();
    for (id, document) in documents(&world).await {
        world.read(good.clone());
        let findings = world.brought(document);
        let told = findings.iter().find(|one| row(one).as_deref() == Some(id));
        let is_told = told.map(|one| (one, texts.finding(one)));
        // What is only noted asks for nothing.
        let asks = |one: &Finding| one.severity != Severity::Info;
        if !is_told
            .is_some_and(|(one, words)| words.message != *one.code && !(asks(one) && words.fix.is_empty()))
        {
            let codes: Vec<_> = findings.iter().map(|one| one.code.as_ref()).collect();
            troubles.push(format!("{id}: {codes:?}"));
        }
        made.insert(id);
    }
    assert!(troubles.is_empty(), "{}", troubles.join("\n"));
    let table = diagnosis::Table::embedded().unwrap();
    let rows = table.rows().iter().map(|row| row.id.as_str());
    let left: Vec<&str> = rows.filter(|id| id.starts_with('M') && !made.contains(id)).collect();
    // Neither of the two can be set up to give these out, or they are said by somebody else.
    assert_eq!(left, ["M03", "M05", "M07", "M10", "M11", "M12", "M14", "M16", "M17"]);
}
