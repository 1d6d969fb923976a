use super::package::{Letter, lacks, letter};
use super::{is_confirmed, judge_mail, values};
use crate::project::Project;
use crate::steps::{Context, Proof, StepState, StepView, saml};
use guides::{Guide, HandOver, Page, PageId, PatternValue};
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, StepId, Timestamp, worst};

/// How far the service's support is, and what goes there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SupportView {
    /// Who sets it up, in words: `pymetrics support`.
    pub to: String,
    /// Whom the project waits for once the package is sent.
    pub waits_for: String,
    /// The addresses, and whether they are real.
    pub values: Vec<PatternValue>,
    /// What comes after the steps, in order.
    pub stages: Vec<StageView>,
    /// The first stage that the administrator can work on; `None` while support is waited for, or when all are settled.
    pub next: Option<PageId>,
    /// The letter as it would be sent now.
    pub letter: Letter,
    /// What is to be said about support's e-mail address.
    pub about_mail: Vec<Finding>,
    /// The names of the files that go with the letter.
    pub files: Vec<String>,
    /// When the package was sent.
    pub sent_at: Option<Timestamp>,
    /// When support has confirmed the name and the addresses as they are now.
    pub confirmed_at: Option<Timestamp>,
}

/// A page of the guide that comes after the steps, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct StageView {
    /// Which page.
    pub page: PageId,
    /// Its title.
    pub title: String,
    /// Its number, counted on from the steps.
    pub number: u8,
    /// How far it is.
    pub state: StepState,
    /// What is known.
    pub evidence: Vec<Finding>,
    /// What asks to be decided.
    pub findings: Vec<Finding>,
    /// What is missing.
    pub missing: Vec<Finding>,
}

/// What the user interface shows; `None` for a service that takes its values itself, and for a step that was handed
/// over, whose owner sends the package.
pub fn view(project: &Project, guide: &Guide, steps: &[StepView], now: Timestamp) -> Option<SupportView> {
    let hand_over = guide.service.hand_over.as_ref().filter(|_| project.task.is_none())?;
    let confirmed = project.support.confirmed.as_ref();
    let mut stages: Vec<StageView> = [
        guide.page(PageId::HandOver).map(|page| package_stage(page, hand_over, project, guide, now)),
        guide.page(PageId::TestSignIn).map(|page| test_stage(page, project, guide)),
    ]
    .into_iter()
    .flatten()
    .collect();
    for (number, stage) in (steps.len() + 1..).zip(&mut stages) {
        stage.number = u8::try_from(number).unwrap_or(u8::MAX);
    }
    Some(SupportView {
        to: hand_over.to.clone(),
        waits_for: hand_over.waits_for.clone(),
        values: values(project, &guide.service),
        next: next(&stages),
        stages,
        letter: letter(project, guide, hand_over),
        about_mail: judge_mail(&project.support.mail).into_iter().collect(),
        files: hand_over.files.iter().map(|file| file.name.clone()).collect(),
        sent_at: project.support.sent.as_ref().map(|sent| sent.at),
        confirmed_at: confirmed.filter(|_| is_confirmed(project, &guide.service)).map(|one| one.at),
    })
}

/// Nothing after a stage that is waited for can be worked on.
fn next(stages: &[StageView]) -> Option<PageId> {
    let first = stages.iter().find(|stage| !stage.state.is_settled())?;
    (!matches!(first.state, StepState::Waiting { .. })).then_some(first.page)
}

fn package_stage(
    page: &Page,
    hand_over: &HandOver,
    project: &Project,
    guide: &Guide,
    now: Timestamp,
) -> StageView {
    let support = &project.support;
    let mut stage = StageView::new(PageId::HandOver, page);
    stage.missing = lacks(&crate::steps::view(StepId::Saml, &Context { project, guide, now }));
    let Some(sent) = &support.sent else {
        let ready = stage.missing.is_empty();
        stage.state = if ready { StepState::InProgress } else { StepState::NotStarted };
        if ready {
            stage.missing.push(Finding::info("package-not-sent").with("to", &hand_over.to));
        }
        return stage;
    };
    stage.missing.clear();
    let to = |finding: Finding| finding.with("to", &hand_over.to);
    stage.evidence.push(to(Finding::info("package-sent")).with("at", sent.at));
    if is_outdated(project) {
        stage.findings.push(to(Finding::warning("package-outdated")));
    }
    match &support.confirmed {
        Some(confirmed) if is_confirmed(project, &guide.service) => {
            stage.evidence.push(to(Finding::info("support-confirmed")).with("at", confirmed.at));
            stage.state = StepState::Done { by: Proof::Word, at: confirmed.at };
        }
        other => {
            if other.is_some() {
                stage.findings.push(to(Finding::warning("support-confirmed-other")));
            }
            stage.missing.push(to(Finding::info("support-unconfirmed")));
            stage.state = StepState::Waiting { for_whom: hand_over.waits_for.clone(), since: sent.at };
        }
    }
    if let Some(severity) = worst(&stage.findings) {
        stage.state = StepState::NeedsAttention { severity };
    }
    stage
}

/// Whether the identity provider's values are others than those that were sent.
fn is_outdated(project: &Project) -> bool {
    let mine = saml::to_service(project);
    let sent = project.support.sent.as_ref().map(|sent| &sent.identity_provider);
    mine.is_none_or(|mine| !saml::differences(&mine, sent).is_empty())
}

fn test_stage(page: &Page, project: &Project, guide: &Guide) -> StageView {
    let mut stage = StageView::new(PageId::TestSignIn, page);
    if !is_confirmed(project, &guide.service) {
        stage.missing.push(Finding::info("test-too-early"));
        return stage;
    }
    if let Some(at) = tested_at(project, page) {
        stage.evidence.push(Finding::info("sign-in-tested").with("at", at));
        stage.state = StepState::Done { by: Proof::Word, at };
        return stage;
    }
    let open = page.missing(|id| project.confirmed.contains_key(id));
    let asked = open.iter().map(|one| Finding::info("confirmation-missing").with("confirmation", &one.id));
    stage.missing.extend(asked);
    stage
}

/// When the page's last confirmation was given; `None` while one is open.
pub(super) fn tested_at(project: &Project, page: &Page) -> Option<Timestamp> {
    let given = |id: &str| project.confirmed.get(id);
    if !page.missing(|id| given(id).is_some()).is_empty() {
        return None;
    }
    page.confirmations.iter().filter_map(|one| given(&one.id)).max().copied()
}

impl StageView {
    fn new(page: PageId, guide: &Page) -> Self {
        Self {
            page,
            title: guide.title.clone(),
            number: 0,
            state: StepState::NotStarted,
            evidence: Vec::new(),
            findings: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// Whom this waits for, and since when.
    pub fn waits(&self) -> Option<(&str, Timestamp)> {
        match &self.state {
            StepState::Waiting { for_whom, since } => Some((for_whom, *since)),
            _ => None,
        }
    }
}
