//! The dossier of a set-up: every value, what was seen, who did what and when, until when the certificates are valid,
//! and how to undo it. For the company's files, so it holds no secret.

use crate::broker::Kind;
use crate::error::{Failure, FailureCode};
use crate::paper::{Block, Document, Fact, Section, Words};
use crate::project::{Backend, Happening};
use crate::steps::{Proof, StepState, StepView};
use crate::support::SupportView;
use crate::view::{KnownValue, ProjectView};
use account_api::{AuditEntry, Domain, Mark};
use guides::{Guide, PageId, ValueKey, plain};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::{Finding, Severity, StepId, Timestamp};

/// The form of the dossier's JSON.
pub const FORM: u32 = 1;

/// Everything about one set-up at one time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dossier {
    /// [`FORM`].
    pub form: u32,
    /// When it was written.
    pub written_at: Timestamp,
    /// The organization's name.
    pub organization: String,
    /// The service's name.
    pub service: String,
    /// The identity provider's name.
    pub identity_provider: String,
    /// Where the settings are.
    pub backend: Backend,
    /// The account's id at the service.
    pub account: Option<String>,
    /// Who set it up.
    pub set_up_by: String,
    /// Whether single sign-on is on.
    pub active: bool,
    /// Since when.
    pub active_since: Option<Timestamp>,
    /// When the service was asked last.
    pub service_seen_at: Option<Timestamp>,
    /// Every value that is known.
    pub values: Vec<KnownValue>,
    /// The domains with their records, as the service has them.
    pub domains: Vec<Domain>,
    /// The identity provider's signing certificates.
    pub certificates: Vec<CertificateDates>,
    /// What went to the service's support and what came back, when that sets it up.
    pub support: Option<SupportRecord>,
    /// The steps.
    pub steps: Vec<StepRecord>,
    /// What happened in Signpost, oldest first.
    pub history: Vec<Happening>,
    /// What happened at the service, newest first; empty when it could not be asked.
    pub audit: Vec<AuditEntry>,
    /// How to undo it, in this order: codes of the texts `dossier-undo-CODE`.
    pub undo: Vec<String>,
}

/// What went to the service's support, and what it has confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportRecord {
    /// Who sets it up, in words.
    pub to: String,
    /// When the package was sent.
    pub sent_at: Option<Timestamp>,
    /// When the name and the addresses were confirmed.
    pub confirmed_at: Option<Timestamp>,
    /// The name and the addresses that were confirmed.
    pub confirmed: BTreeMap<ValueKey, String>,
    /// When a sign-in was tested.
    pub tested_at: Option<Timestamp>,
}

/// Until when a certificate is valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateDates {
    /// Its holder.
    pub subject: String,
    /// SHA-256 fingerprint.
    pub sha256: String,
    /// The kind and size of the key.
    pub key: String,
    /// From.
    pub not_before: Timestamp,
    /// Until.
    pub not_after: Timestamp,
}

/// One step as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepRecord {
    /// Which.
    pub step: StepId,
    /// How far it is.
    pub state: StepState,
    /// Whose it is.
    pub owner: String,
    /// What was seen.
    pub evidence: Vec<Finding>,
    /// What asks to be fixed or decided.
    pub findings: Vec<Finding>,
    /// The warnings among them that were ticked.
    pub accepted: Vec<String>,
    /// What is missing.
    pub missing: Vec<Finding>,
    /// What was confirmed by word.
    pub confirmed: Vec<Confirmed>,
    /// The mark at the service.
    pub marked: Option<Mark>,
}

/// One thing that was confirmed by word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// What, as the guide has it.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// The dossier of a project; `audit` is what the service wrote down itself.
pub fn dossier(view: &ProjectView, guide: &Guide, audit: Vec<AuditEntry>) -> Dossier {
    let project = &view.project;
    let certificates = project.saml.values.iter().flat_map(|values| &values.certificates);
    Dossier {
        form: FORM,
        written_at: view.now,
        organization: project.organization.clone(),
        service: view.service_name.clone(),
        identity_provider: view.idp_name.clone(),
        backend: project.backend.clone(),
        account: project.account.clone(),
        set_up_by: project.admin_email.clone(),
        active: view.activation.active,
        active_since: view.activation.since,
        service_seen_at: project.known.as_ref().map(|known| known.seen_at),
        values: view.values.clone(),
        domains: project.integration().map(|known| known.domains.clone()).unwrap_or_default(),
        certificates: certificates.map(dates).collect(),
        support: view.support.as_ref().map(|support| support_record(view, support)),
        steps: view.steps.iter().map(|step| record(view, guide, step)).collect(),
        history: project.history.clone(),
        audit,
        undo: undo(view),
    }
}

fn support_record(view: &ProjectView, support: &SupportView) -> SupportRecord {
    let confirmed = view.project.support.confirmed.as_ref().filter(|_| support.confirmed_at.is_some());
    let tested = support.stages.iter().find(|stage| stage.page == PageId::TestSignIn);
    SupportRecord {
        to: support.to.clone(),
        sent_at: support.sent_at,
        confirmed_at: support.confirmed_at,
        confirmed: confirmed.map(|confirmed| confirmed.values.clone()).unwrap_or_default(),
        tested_at: tested.and_then(|stage| match stage.state {
            StepState::Done { at, .. } => Some(at),
            _ => None,
        }),
    }
}

fn dates(certificate: &certs::Certificate) -> CertificateDates {
    let certs::Certificate { subject, sha256, key, not_before, not_after, .. } = certificate.clone();
    CertificateDates { subject, sha256, key, not_before, not_after }
}

fn record(view: &ProjectView, guide: &Guide, step: &StepView) -> StepRecord {
    let asked = guide.step(step.step).into_iter().flat_map(|page| &page.confirmations);
    let given = asked.filter_map(|one| {
        let at = *view.project.confirmed.get(&one.id)?;
        Some(Confirmed { text: plain(&one.text), at })
    });
    StepRecord {
        step: step.step,
        state: step.state.clone(),
        owner: step.owner.clone(),
        evidence: step.evidence.clone(),
        findings: step.findings.clone(),
        accepted: step.accepted.clone(),
        missing: step.missing.iter().map(|finding| told(guide, step.step, finding)).collect(),
        confirmed: given.collect(),
        marked: mark(view, step.step),
    }
}

/// The finding; one about a confirmation with what is to be confirmed, as the guide has it.
fn told(guide: &Guide, step: StepId, finding: &Finding) -> Finding {
    let id = finding.args.get("confirmation");
    let asked = guide.step(step).into_iter().flat_map(|page| &page.confirmations);
    let asked = asked.into_iter().find(|one| Some(&one.id) == id);
    match asked {
        Some(asked) => finding.clone().with("what", plain(&asked.text)),
        None => finding.clone(),
    }
}

fn mark(view: &ProjectView, step: StepId) -> Option<Mark> {
    let known = view.project.integration()?;
    match step {
        StepId::AppRegistration => known.app_registration.clone(),
        StepId::Saml => known.saml.clone(),
        StepId::Scim => known.scim.mark.clone(),
        StepId::Users => known.users.clone(),
        StepId::Domains | StepId::Groups | StepId::BackupLogin => None,
    }
}

/// What was done, backwards. Deactivating comes first: from then on nobody depends on the rest.
fn undo(view: &ProjectView) -> Vec<String> {
    let project = &view.project;
    let has = |step: StepId| view.steps.iter().any(|one| one.step == step);
    let all = [
        ("deactivate", view.activation.active && view.support.is_none()),
        ("support", view.support.as_ref().is_some_and(|support| support.sent_at.is_some())),
        ("scim", has(StepId::Scim) && project.scim.enabled),
        ("application", has(StepId::AppRegistration)),
        ("groups", has(StepId::Groups)),
        ("records", !project.domains.entries.is_empty()),
        ("project", true),
    ];
    all.into_iter().filter(|(_, done)| *done).map(|(code, _)| code.to_owned()).collect()
}

impl Dossier {
    /// The same as JSON.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which no value of these types brings about.
    pub fn to_json(&self) -> Result<String, Failure> {
        serde_json::to_string_pretty(self)
            .map_err(|error| Failure::new(FailureCode::StorageFailed, error.to_string()))
    }

    /// The same to be read and printed.
    pub fn document(&self) -> Document {
        let mut sections = vec![self.overview(), self.value_section()];
        sections.extend(self.domain_section());
        sections.extend(self.certificate_section());
        sections.extend(self.steps.iter().map(step_section));
        sections.extend(self.support.as_ref().map(support_section));
        sections.push(self.undo_section());
        sections.extend(self.history_section());
        Document {
            title: Words::said("dossier-title").with("organization", &self.organization),
            lead: vec![Words::said("dossier-lead").with("at", self.written_at.to_minute())],
            sections,
        }
    }

    fn overview(&self) -> Section {
        let backend = match &self.backend {
            Backend::ThisComputer => Words::said("new-project-backend-here"),
            Backend::AccountService { url } => Words::data(url),
            Backend::Polis(place) => Words::data(format!("{}, {}", Kind::Polis.name(), place.url)),
            Backend::Keycloak(place) => Words::data(format!(
                "{}, {}, {}, {}",
                Kind::Keycloak.name(),
                place.url,
                place.realm,
                place.alias
            )),
            Backend::Portal => Words::said("new-project-backend-portal").with("service", &self.service),
            Backend::HandOver => {
                Words::data(self.support.as_ref().map_or(&self.service, |support| &support.to))
            }
        };
        let mut facts = vec![
            Fact::one("paper-organization", &self.organization),
            Fact::one("paper-service", &self.service),
            Fact::one("paper-idp", &self.identity_provider),
            Fact { name: Words::said("dossier-backend"), values: vec![backend] },
            Fact::one("dossier-set-up-by", &self.set_up_by),
        ];
        facts.extend(self.account.iter().map(|account| Fact::one("dossier-account", account)));
        let state = Words::said(if self.active { "hub-active" } else { "dossier-inactive" });
        facts.push(Fact { name: Words::said("dossier-state"), values: vec![state] });
        facts.extend(self.active_since.map(|at| Fact::at("dossier-since", at)));
        facts.extend(self.service_seen_at.map(|at| Fact::at("dossier-seen", at)));
        Section { title: Words::said("dossier-overview"), blocks: vec![Block::Facts { facts }] }
    }

    fn value_section(&self) -> Section {
        // Certificates and records have sections of their own.
        let elsewhere = [ValueKey::IdpCertificate, ValueKey::TxtHost, ValueKey::TxtValue];
        let values = self.values.iter().filter(|known| !elsewhere.contains(&known.key));
        let facts = values.map(|known| Fact::one(&format!("value-{}", known.key.as_str()), &known.value));
        Section {
            title: Words::said("dossier-values"),
            blocks: vec![Block::Facts { facts: facts.collect() }],
        }
    }

    fn domain_section(&self) -> Option<Section> {
        let blocks: Vec<Block> = self.domains.iter().map(domain).collect();
        (!blocks.is_empty()).then(|| Section { title: Words::said("step-domains"), blocks })
    }

    fn certificate_section(&self) -> Option<Section> {
        let block = |one: &CertificateDates| Block::Facts {
            facts: vec![
                Fact::one("dossier-subject", &one.subject),
                Fact::at("dossier-from", one.not_before),
                Fact::at("dossier-until", one.not_after),
                Fact::one("dossier-key", &one.key),
                Fact::one("dossier-sha256", &one.sha256),
            ],
        };
        let blocks: Vec<Block> = self.certificates.iter().map(block).collect();
        (!blocks.is_empty()).then(|| Section { title: Words::said("dossier-certificates"), blocks })
    }

    fn undo_section(&self) -> Section {
        let to = self.support.as_ref().map_or(&self.service, |support| &support.to);
        let args = |words: Words| {
            words.with("idp", &self.identity_provider).with("service", &self.service).with("to", to)
        };
        let lines = self.undo.iter().map(|code| args(Words::said(format!("dossier-undo-{code}"))));
        let blocks = vec![
            Block::Text { words: Words::said("dossier-undo-lead") },
            Block::Actions { lines: lines.collect() },
        ];
        Section { title: Words::said("dossier-undo"), blocks }
    }

    fn history_section(&self) -> Option<Section> {
        let here = self.history.iter().map(|line| Fact {
            name: Words::at(line.at),
            values: vec![Words::Said { id: format!("activity-{}", line.code), args: line.args.clone() }],
        });
        let there = self.audit.iter().rev().map(|entry| Fact {
            name: Words::data(format!("{}, {}", entry.at.to_minute(), entry.by)),
            values: vec![
                Words::said(format!("audit-{}", entry.action.replace('.', "-")))
                    .with("subject", entry.subject.as_deref().unwrap_or_default()),
            ],
        });
        let (here, there): (Vec<Fact>, Vec<Fact>) = (here.collect(), there.collect());
        let mut blocks = vec![Block::Facts { facts: here }];
        if !there.is_empty() {
            blocks.push(Block::Text { words: Words::said("audit-title").with("service", &self.service) });
            blocks.push(Block::Facts { facts: there });
        }
        Some(Section { title: Words::said("hub-log"), blocks })
    }
}

fn support_section(support: &SupportRecord) -> Section {
    let at = |name: &str, at: Option<Timestamp>| at.map(|at| Fact::at(name, at));
    let dates = [
        at("dossier-sent", support.sent_at),
        at("dossier-support-confirmed", support.confirmed_at),
        at("dossier-tested", support.tested_at),
    ];
    let values = support.confirmed.iter();
    let values = values.map(|(key, value)| Fact::one(&format!("value-{}", key.as_str()), value));
    let facts = dates.into_iter().flatten().chain(values).collect();
    Section { title: Words::data(&support.to), blocks: vec![Block::Facts { facts }] }
}

fn domain(domain: &Domain) -> Block {
    let mut facts = vec![
        Fact::one("paper-domain", &domain.name),
        Fact::one("paper-record-name", &domain.record.name),
        Fact::one("paper-record-value", &domain.record.value),
    ];
    facts.extend(domain.verified_at.map(|at| Fact::at("dossier-verified", at)));
    facts.extend(domain.checked_at.map(|at| Fact::at("dossier-checked", at)));
    Block::Facts { facts }
}

fn step_section(record: &StepRecord) -> Section {
    let said = |finding: &Finding| match finding.args.get("what") {
        Some(what) if finding.code == "confirmation-missing" => {
            Words::said("step-confirm").with("what", what)
        }
        _ => Words::Said { id: format!("finding-{}", finding.code), args: finding.args.clone() },
    };
    let mut facts = vec![Fact {
        name: Words::said("dossier-state"),
        values: vec![Words::said(format!("state-{}", state(&record.state)))],
    }];
    if let StepState::Done { at, .. } | StepState::Waiting { since: at, .. } = &record.state {
        facts.push(Fact::at("dossier-since", *at));
    }
    let mut add = |name: &str, values: Vec<Words>| {
        if !values.is_empty() {
            facts.push(Fact { name: Words::said(name), values });
        }
    };
    add("dossier-evidence", record.evidence.iter().map(said).collect());
    add("dossier-findings", record.findings.iter().map(said).collect());
    add("dossier-missing", record.missing.iter().map(said).collect());
    let confirmed = record.confirmed.iter();
    add(
        "dossier-confirmed",
        confirmed.map(|one| Words::data(format!("{} ({})", one.text, one.at.to_minute()))).collect(),
    );
    let marked = record.marked.iter();
    add(
        "dossier-marked",
        marked.map(|mark| Words::data(format!("{}, {}", mark.by, mark.at.to_minute()))).collect(),
    );
    Section { title: Words::said(format!("step-{}", record.step)), blocks: vec![Block::Facts { facts }] }
}

const fn state(state: &StepState) -> &'static str {
    match state {
        StepState::NotStarted => "not-started",
        StepState::InProgress => "in-progress",
        StepState::Waiting { .. } => "waiting",
        StepState::NeedsAttention { severity: Severity::Error } => "error",
        StepState::NeedsAttention { .. } => "warning",
        StepState::Done { by: Proof::Evidence, .. } => "done-by-evidence",
        StepState::Done { by: Proof::Word, .. } => "done-by-word",
        StepState::NotNeeded { .. } => "not-needed",
    }
}
