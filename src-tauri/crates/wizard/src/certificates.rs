//! Every certificate of every project, and certificates that are looked at by themselves: pure functions of the projects
//! and the time.

use crate::project::Project;
use crate::rollover::{at_service, signing_certificates};
use certs::{Certificate, Event, Reading};
use guides::{Guide, Library};
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, StepId, Timestamp};

pub use certs::MAX_BYTES;

/// The certificates of all projects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct CertificateList {
    /// The earliest end first.
    pub entries: Vec<CertificateEntry>,
    /// The projects that have none yet.
    pub without: Vec<ProjectName>,
    /// The time this was judged at.
    pub now: Timestamp,
}

/// A project by its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ProjectName {
    /// The project's id.
    pub project: String,
    /// The organization's name.
    pub organization: String,
    /// The service's name inside a sentence.
    pub service: String,
    /// The identity provider's name inside a sentence.
    pub idp: String,
}

/// One signing certificate of one project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct CertificateEntry {
    /// Whose it is.
    pub of: ProjectName,
    /// The certificate.
    pub certificate: Certificate,
    /// Whether the service had it when it was last seen.
    pub at_service: bool,
    /// What it is in the change of certificates that runs.
    pub part: Option<RolloverPart>,
    /// What is wrong with it now.
    pub findings: Vec<Finding>,
}

/// What a certificate is in a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum RolloverPart {
    /// It is to go.
    Old,
    /// It is to stay.
    New,
}

/// Certificates that were pasted or dropped to be looked at; nothing of them is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct CertificateReport {
    /// In the order of the input.
    pub certificates: Vec<Certificate>,
    /// About the input, each certificate, and all together.
    pub findings: Vec<Finding>,
    /// The time this was judged at.
    pub now: Timestamp,
}

/// The list over projects.
pub fn list(projects: &[Project], library: &Library, now: Timestamp) -> CertificateList {
    let mut entries = Vec::new();
    let mut without = Vec::new();
    for project in projects {
        let Some(guide) = guide_with_saml(project, library) else { continue };
        let name = name(project, guide);
        let found = entries_of(project, &name, now);
        if found.is_empty() {
            without.push(name);
        }
        entries.extend(found);
    }
    entries.sort_by(|a: &CertificateEntry, b| {
        (a.certificate.not_after, &a.of.organization).cmp(&(b.certificate.not_after, &b.of.organization))
    });
    without.sort_by(|a, b| a.organization.cmp(&b.organization));
    CertificateList { entries, without, now }
}

/// A step of another kind that was handed over has no certificates.
fn guide_with_saml<'a>(project: &Project, library: &'a Library) -> Option<&'a Guide> {
    let elsewhere = project.task.as_ref().is_some_and(|task| task.step != StepId::Saml);
    let guide = library.guide(&project.service, &project.idp)?;
    (!elsewhere && guide.step(StepId::Saml).is_some()).then_some(guide)
}

fn name(project: &Project, guide: &Guide) -> ProjectName {
    ProjectName {
        project: project.id.clone(),
        organization: project.organization.clone(),
        service: guide.service.short_name.clone(),
        idp: guide.identity_provider.short_name.clone(),
    }
}

fn entries_of(project: &Project, name: &ProjectName, now: Timestamp) -> Vec<CertificateEntry> {
    let there = at_service(project);
    let is_in = |list: &[Certificate], one: &Certificate| list.iter().any(|other| other.sha256 == one.sha256);
    let mut all = signing_certificates(project);
    let more: Vec<Certificate> = there.iter().filter(|one| !is_in(&all, one)).cloned().collect();
    all.extend(more);
    let rollover = crate::rollover::view(project, now).filter(|rollover| !rollover.stage.is_over());
    let part = |one: &Certificate| {
        let rollover = rollover.as_ref()?;
        let old = is_in(&rollover.old, one).then_some(RolloverPart::Old);
        old.or_else(|| is_in(&rollover.new, one).then_some(RolloverPart::New))
    };
    all.into_iter()
        .map(|certificate| CertificateEntry {
            of: name.clone(),
            at_service: is_in(&there, &certificate),
            part: part(&certificate),
            findings: certs::judge(&certificate, now),
            certificate,
        })
        .collect()
}

/// Looks at what was pasted or dropped. Where a project has another certificate of the same holder, that is said.
pub fn inspect(bytes: &[u8], projects: &[Project], now: Timestamp) -> CertificateReport {
    let Reading { certificates, mut findings } = certs::read(bytes);
    findings.extend(certificates.iter().flat_map(|one| certs::judge(one, now)));
    findings.extend(certs::judge_together(&certificates, now));
    let found: Vec<Finding> = certs::leaves(&certificates)
        .iter()
        .flat_map(|one| projects.iter().filter_map(|project| known_as(one, project)))
        .collect();
    findings.extend(found);
    CertificateReport { certificates, findings, now }
}

fn known_as(one: &Certificate, project: &Project) -> Option<Finding> {
    let mut theirs = signing_certificates(project);
    theirs.extend(at_service(project));
    let about =
        |finding: Finding| finding.with("organization", &project.organization).with("subject", &one.subject);
    if theirs.iter().any(|other| other.sha256 == one.sha256) {
        return Some(about(Finding::info("certificate-of-project")).seen("SHA-256", &*one.sha256));
    }
    let other = theirs.iter().find(|other| other.subject == one.subject && other.issuer == one.issuer)?;
    let finding = about(Finding::warning("certificate-differs-from-project"));
    Some(finding.seen("SHA-256", &*one.sha256).seen(&*project.organization, &*other.sha256))
}

/// The ends that are still to come, as entries of a calendar; `words` gives the text of an id.
pub fn reminders(
    entries: &[CertificateEntry],
    now: Timestamp,
    words: impl Fn(&str, &[(&str, &str)]) -> String,
) -> Vec<Event> {
    let to_come = entries.iter().filter(|entry| entry.certificate.not_after > now);
    to_come.map(|entry| reminder(entry, &words)).collect()
}

fn reminder(entry: &CertificateEntry, words: &impl Fn(&str, &[(&str, &str)]) -> String) -> Event {
    let CertificateEntry { of, certificate, .. } = entry;
    let args = [
        ("organization", of.organization.as_str()),
        ("service", of.service.as_str()),
        ("idp", of.idp.as_str()),
        ("subject", certificate.subject.as_str()),
        ("sha256", certificate.sha256.as_str()),
    ];
    Event {
        uid: certs::uid(certificate, &of.project),
        at: certificate.not_after,
        summary: words("certificate-reminder", &args),
        description: words("certificate-reminder-text", &args),
    }
}
