//! What a metadata document says, beside what the project has: nothing that is there is replaced before somebody saw
//! the difference.
//!
//! - [`Reading`]: what one reading of a document came to; [`take`] puts it into the project, or keeps it aside
//! - [`NewerView`], [`newer`]: what a reading that was kept aside would change
//! - [`SignatureRead`]: who signed the document; [`trust_signer`], [`forget_signer`]: whose word is needed
//! - [`Address`]: what is kept of where a document was fetched
//! - [`search`]: in the identity providers of a document

mod address;

use crate::project::Project;
use crate::rollover;
use crate::steps::saml::Source;
use certs::Certificate;
use saml::{Difference, EntitySummary, IdpField, IdpValues, Inspection, Kind, Provider, Role, Signature};
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, Timestamp};

pub use address::Address;

/// How many entities of a document are kept in the project, and shown at once.
pub const CHOICES: usize = 20;

/// What one reading of a document came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "MetadataReading")]
pub struct Reading {
    /// Where it came from.
    pub source: Source,
    /// The values, when there are usable ones.
    pub values: Option<IdpValues>,
    /// What is wrong with the document, or noteworthy.
    pub findings: Vec<Finding>,
    /// What is known of its signature; nothing when it is no metadata.
    pub signature: Option<SignatureRead>,
    /// The first of the identity providers to choose from, when it has several.
    pub choices: Vec<EntitySummary>,
    /// How many there are.
    pub choice_count: u32,
    /// The document itself, where it is handed on as it is.
    pub document: Option<String>,
}

/// What is known of a document's signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SignatureRead {
    /// In one word.
    pub state: Signature,
    /// Whose key it is good with.
    pub signed_by: Option<Certificate>,
}

impl Reading {
    /// What an inspection of the document says to this project.
    pub fn new(project: &Project, inspection: &Inspection, source: Source) -> Self {
        let idps: Vec<&EntitySummary> = choices(&inspection.entities).collect();
        let several = inspection.kind == Kind::Aggregate;
        let mut findings = inspection.findings.clone();
        findings.extend(other_provider(project, inspection.provider));
        let read = inspection.kind != Kind::NotMetadata;
        let signature = read
            .then(|| SignatureRead { state: inspection.signature, signed_by: inspection.signed_by.clone() });
        Self {
            source,
            values: inspection.idp_values(),
            findings,
            signature,
            choice_count: if several { u32::try_from(idps.len()).unwrap_or(u32::MAX) } else { 0 },
            choices: if several { idps.into_iter().take(CHOICES).cloned().collect() } else { Vec::new() },
            document: None,
        }
    }

    /// Whether it would replace values by others, which somebody has to see first.
    fn differs(&self, project: &Project) -> bool {
        match (&project.saml.values, &self.values) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(before), Some(after)) => {
                let only_later = |one: &Difference| one.field == IdpField::ValidUntil;
                !saml::judge_differences(before, after).is_empty()
                    || !saml::differences(before, after).iter().all(only_later)
            }
        }
    }
}

fn other_provider(project: &Project, found: Option<Provider>) -> Option<Finding> {
    let expected = serde_json::from_value(serde_json::Value::from(project.idp.as_str())).ok()?;
    saml::provider_differs(found, expected)
}

/// The identity providers among the entities of a document.
pub fn choices(entities: &[EntitySummary]) -> impl Iterator<Item = &EntitySummary> {
    entities.iter().filter(|entity| entity.roles.contains(&Role::Idp))
}

/// Some of the identity providers of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct EntitiesFound {
    /// The first of them.
    pub entities: Vec<EntitySummary>,
    /// How many there are.
    pub count: u32,
}

/// The identity providers in whose entity ID or name every word of the text stands.
pub fn search(entities: &[EntitySummary], text: &str) -> EntitiesFound {
    let found: Vec<&EntitySummary> = saml::search(entities, text).collect();
    EntitiesFound {
        count: u32::try_from(found.len()).unwrap_or(u32::MAX),
        entities: found.into_iter().take(CHOICES).cloned().collect(),
    }
}

/// Takes what a document said. Where the project has other values already, it is kept aside until somebody decides. A
/// document without usable values leaves none of an earlier one behind: a preview must not show those.
pub fn take(project: &mut Project, reading: Reading, now: Timestamp) {
    if reading.differs(project) {
        project.saml.newer = Some(Box::new(reading));
    } else {
        put(project, reading, now);
    }
}

/// Takes what was kept aside.
pub fn take_newer(project: &mut Project, now: Timestamp) {
    if let Some(reading) = project.saml.newer.take() {
        put(project, *reading, now);
    }
}

/// Takes a reading, whatever there was.
pub fn put(project: &mut Project, reading: Reading, now: Timestamp) {
    let Reading { source, values, findings, signature, choices, choice_count, document } = reading;
    let data = &mut project.saml;
    data.newer = None;
    data.source = Some(source);
    data.choices = choices;
    data.choice_count = choice_count;
    data.signature = signature;
    if project.backend.is_by_support() {
        project.support.metadata = document.filter(|_| values.is_some());
    }
    take_values(project, values, findings, now);
}

/// Takes values from whichever source. What depends on the time is not kept.
pub(crate) fn take_values(
    project: &mut Project,
    values: Option<IdpValues>,
    findings: Vec<Finding>,
    now: Timestamp,
) {
    let timely =
        values.iter().flat_map(|values| saml::judge_signing(&values.certificates, now)).collect::<Vec<_>>();
    let data = &mut project.saml;
    let changed = data.values != values;
    data.reading = findings.into_iter().filter(|finding| !is_timely(finding, &timely)).collect();
    data.values = values;
    if changed {
        data.accepted.clear();
    }
    rollover::values_given(project, now);
}

/// Whether the finding is one that is judged anew with every view; those of typed values carry a field besides.
fn is_timely(finding: &Finding, timely: &[Finding]) -> bool {
    timely.iter().any(|timely| {
        timely.code == finding.code
            && timely.args.iter().all(|(name, value)| finding.args.get(name) == Some(value))
    })
}

/// What a reading that was kept aside would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "NewerMetadata")]
pub struct NewerView {
    /// Value by value; empty when the document has no usable values.
    pub differences: Vec<Difference>,
    /// What the differences mean, and what is wrong with the document.
    pub findings: Vec<Finding>,
}

/// What the reading that was kept aside would change, if there is one.
pub fn newer(project: &Project) -> Option<NewerView> {
    let reading = project.saml.newer.as_ref()?;
    let before = project.saml.values.as_ref();
    let both = before.zip(reading.values.as_ref());
    let mut findings = both.map(|(before, after)| saml::judge_differences(before, after)).unwrap_or_default();
    findings.extend(reading.findings.iter().cloned());
    let differences = both.map(|(before, after)| saml::differences(before, after)).unwrap_or_default();
    Some(NewerView { differences, findings })
}

/// Somebody compared the fingerprint: what is signed with this key is confirmed, now and later.
pub fn trust_signer(project: &mut Project, sha256: &str) {
    let mut shown = signatures(project).into_iter().filter_map(|(signature, _)| signature.signed_by.clone());
    let Some(signer) = shown.find(|signer| signer.sha256 == sha256) else { return };
    drop(shown);
    for (signature, findings) in signatures(project) {
        if signature.signed_by.as_ref() == Some(&signer) {
            signature.state = Signature::Confirmed;
            findings.retain(|finding| {
                !matches!(&*finding.code, "metadata-signature-unconfirmed" | "metadata-signature-other-key")
            });
        }
    }
    project.saml.signer = Some(signer);
}

/// Any key will do again, as long as the document was not changed since.
pub fn forget_signer(project: &mut Project) {
    project.saml.signer = None;
    for (signature, findings) in signatures(project) {
        findings.retain(|finding| {
            !matches!(&*finding.code, "metadata-signature-missing" | "metadata-signature-other-key")
        });
        if let (Signature::Confirmed | Signature::OtherKey, Some(by)) =
            (signature.state, &signature.signed_by)
        {
            signature.state = Signature::Unconfirmed;
            findings.push(metadata_signature::unconfirmed(by));
        }
    }
}

/// The signatures of the document that the values are from, and of the one kept aside, each with its findings. The newer
/// one first.
fn signatures(project: &mut Project) -> Vec<(&mut SignatureRead, &mut Vec<Finding>)> {
    let data = &mut project.saml;
    let newer = data.newer.as_mut().and_then(|newer| {
        let Reading { signature, findings, .. } = newer.as_mut();
        signature.as_mut().map(|signature| (signature, findings))
    });
    let taken = data.signature.as_mut().map(|signature| (signature, &mut data.reading));
    newer.into_iter().chain(taken).collect()
}

#[cfg(test)]
mod tests;
