//! The seven steps: what is entered, how an edit changes it, and what is true of it now.
//!
//! Every module has the same three parts: the data that the project keeps, an `Edit` with its `apply`, and `view`,
//! a pure function of (project, guide, now).

pub mod app_registration;
pub mod backup_login;
pub mod domains;
pub mod groups;
pub mod saml;
pub mod scim;
mod together;
pub mod users;

use crate::broker::Kind;
use crate::project::Project;
use account_api::Mark;
use guides::Guide;
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, Severity, StepId, Timestamp, worst};

/// How far a step is. Shape, colour and word of each stand in the user interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum StepState {
    /// Nothing was entered.
    NotStarted,
    /// Something was entered, something is missing.
    InProgress,
    /// Somebody or something else has to act first.
    Waiting {
        /// For whom: `dns` or a name.
        for_whom: String,
        /// Since when.
        since: Timestamp,
    },
    /// A finding asks to be fixed or decided.
    NeedsAttention {
        /// The most demanding one.
        severity: Severity,
    },
    /// Nothing is missing.
    Done {
        /// What makes it done.
        by: Proof,
        /// Since when.
        at: Timestamp,
    },
    /// The step was switched off.
    NotNeeded {
        /// Why: a code of the texts.
        why: String,
    },
}

impl StepState {
    /// Whether the step stands in the way of nothing.
    pub const fn is_settled(&self) -> bool {
        matches!(self, Self::Done { .. } | Self::NotNeeded { .. })
    }
}

/// What makes a step done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// Signpost or the service saw it.
    Evidence,
    /// The admin said so.
    Word,
}

/// What is true of one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct StepView {
    /// Which.
    pub step: StepId,
    /// Its number in the list.
    pub number: u8,
    /// How far it is.
    pub state: StepState,
    /// Whose turn it is: `you` or a name.
    pub owner: String,
    /// What is known, the most telling first.
    pub evidence: Vec<Finding>,
    /// What asks to be fixed or decided.
    pub findings: Vec<Finding>,
    /// What is missing before the step is done; empty when nothing is.
    pub missing: Vec<Finding>,
    /// The codes of the warnings among them that were ticked.
    pub accepted: Vec<String>,
    /// Whether something was changed here that the service has not got.
    pub unsent: bool,
}

impl StepView {
    /// The findings that still ask for something: errors, and warnings that were not ticked.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        open(&self.findings, &self.accepted)
    }
}

fn open<'a>(findings: &'a [Finding], accepted: &'a [String]) -> impl Iterator<Item = &'a Finding> {
    findings.iter().filter(|finding| match finding.severity {
        Severity::Info => false,
        Severity::Warning => !accepted.iter().any(|code| *code == finding.code),
        Severity::Error => true,
    })
}

/// What a view is made from.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The project.
    pub project: &'a Project,
    /// The guide, which says what has to be confirmed.
    pub guide: &'a Guide,
    /// The time.
    pub now: Timestamp,
}

impl Context<'_> {
    /// Whether everything is entered into the service's portal by hand.
    fn by_hand(&self) -> bool {
        self.project.backend.is_by_hand()
    }

    /// The broker that holds the SAML connection, when there is one.
    fn broker(&self) -> Option<Kind> {
        self.project.backend.broker()
    }

    /// Whether the service's support sets it up from a package that is sent.
    fn by_support(&self) -> bool {
        self.project.backend.is_by_support()
    }

    /// When the step was said to be done: by its mark, or by its confirmations where the service has no mark.
    fn marked_at(&self, step: StepId, given: Option<Timestamp>) -> Option<Timestamp> {
        if self.has_mark(step) { given } else { self.confirmed_at(step) }
    }

    /// Whether the service has a mark of its own for the step.
    fn has_mark(&self, step: StepId) -> bool {
        self.guide.step(step).is_none_or(|page| page.mark.is_some())
    }

    /// What the mark of step 2, 4, 5 or 6 lacks: `not-marked` until it is given, `mark-unsent` until the service has
    /// it; nothing where the service has no mark.
    fn mark_missing(&self, step: StepId, given: Option<Timestamp>, known: Option<&Mark>) -> Option<Finding> {
        match (given, known) {
            _ if !self.has_mark(step) => None,
            (None, _) => Some(Finding::info("not-marked")),
            (Some(_), None) => Some(Finding::info("mark-unsent")),
            (Some(_), Some(_)) => None,
        }
    }

    /// What the step's confirmations still lack.
    pub fn unconfirmed(&self, step: StepId) -> Vec<Finding> {
        let Some(page) = self.guide.step(step) else { return Vec::new() };
        let open = page.missing(|id| self.project.confirmed.contains_key(id));
        open.iter().map(|one| Finding::info("confirmation-missing").with("confirmation", &one.id)).collect()
    }

    /// When the newest of the step's confirmations was given.
    fn confirmed_at(&self, step: StepId) -> Option<Timestamp> {
        let page = self.guide.step(step)?;
        page.confirmations.iter().filter_map(|one| self.project.confirmed.get(&one.id)).max().copied()
    }

    fn any_confirmed(&self, step: StepId) -> bool {
        self.confirmed_at(step).is_some()
    }
}

/// Those that the service has, in its order and numbered by it.
pub fn views(context: &Context<'_>) -> Vec<StepView> {
    let steps = (1..).zip(&context.guide.service.steps);
    steps.map(|(number, step)| StepView { number, ..view(*step, context) }).collect()
}

/// One of the seven.
pub fn view(step: StepId, context: &Context<'_>) -> StepView {
    together::shared(context, own(step, context))
}

fn own(step: StepId, context: &Context<'_>) -> StepView {
    match step {
        StepId::Domains => domains::view(context),
        StepId::AppRegistration => app_registration::view(context),
        StepId::Groups => groups::view(context),
        StepId::Saml => saml::view(context),
        StepId::Scim => scim::view(context),
        StepId::Users => users::view(context),
        StepId::BackupLogin => backup_login::view(context),
    }
}

/// The pieces of a view, before its state is settled.
struct Draft {
    step: StepId,
    started: bool,
    evidence: Vec<Finding>,
    findings: Vec<Finding>,
    missing: Vec<Finding>,
    accepted: Vec<String>,
    unsent: bool,
    proof: Proof,
    done_at: Option<Timestamp>,
}

impl Draft {
    fn new(step: StepId) -> Self {
        Self {
            step,
            started: false,
            evidence: Vec::new(),
            findings: Vec::new(),
            missing: Vec::new(),
            accepted: Vec::new(),
            unsent: false,
            proof: Proof::Word,
            done_at: None,
        }
    }

    /// Names the portal's fields of the step that do not hold what stands here; any of them leaves the step unsent.
    fn add_open_fields(&mut self, context: &Context<'_>) {
        if !context.by_hand() {
            return;
        }
        let mut open = crate::portal::fields::open(context.project, self.step).peekable();
        if let Some(kind) = context.broker().filter(|_| self.step == StepId::Saml) {
            if open.peek().is_some() {
                self.unsent = true;
                self.missing.push(Finding::info(kind.codes().unsent));
            }
            return;
        }
        for field in open {
            self.unsent = true;
            self.missing.push(Finding::info("portal-field-open").with("field", field.as_str()));
        }
    }

    /// Open errors and warnings ask for attention first; then nothing missing means done.
    fn settle(self, now: Timestamp) -> StepView {
        let open = worst(open(&self.findings, &self.accepted));
        let state = match (open, self.missing.is_empty() && !self.unsent) {
            (Some(severity), _) => StepState::NeedsAttention { severity },
            (None, true) => StepState::Done { by: self.proof, at: self.done_at.unwrap_or(now) },
            (None, false) if self.started => StepState::InProgress,
            (None, false) => StepState::NotStarted,
        };
        self.with_state(state)
    }

    fn with_state(self, state: StepState) -> StepView {
        StepView {
            step: self.step,
            number: self.step.number(),
            state,
            owner: "you".to_owned(),
            evidence: self.evidence,
            findings: self.findings,
            missing: self.missing,
            accepted: self.accepted,
            unsent: self.unsent,
        }
    }
}

/// The mark of step 2, 4, 5 or 6, to be given or taken back.
pub(crate) const fn mark_mut(project: &mut Project, step: StepId) -> Option<&mut Option<Timestamp>> {
    match step {
        StepId::AppRegistration => Some(&mut project.app_registration.marked_at),
        StepId::Saml => Some(&mut project.saml.marked_at),
        StepId::Scim => Some(&mut project.scim.marked_at),
        StepId::Users => Some(&mut project.users.marked_at),
        StepId::Domains | StepId::Groups | StepId::BackupLogin => None,
    }
}
