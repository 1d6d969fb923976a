use super::expected::{is_groups, short_name};
use super::offline::{Checked, address};
use super::place::{SignInPlace, place};
use super::rows::{SignInRow, rows};
use crate::project::Project;
use account_api::{
    SignInAnswer, SignInAttribute, SignInHop, SignInLicence, SignInPurpose, SignInRole, SignInState,
    SignInTest,
};
use guides::Guide;
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, Severity, Timestamp};

/// What came of a sign-in, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SignInView {
    /// What for.
    pub purpose: SignInPurpose,
    /// Where it comes from.
    pub origin: SignInOrigin,
    /// How far it has come.
    pub state: SignInState,
    /// When the answer came, or the test was begun.
    pub at: Timestamp,
    /// Until when an answer is waited for.
    pub expires_at: Option<Timestamp>,
    /// The e-mail address or the name of who signed in.
    pub who: Option<String>,
    /// What they are called in a sentence.
    pub person: Option<String>,
    /// The hops; none when there was no answer to look at.
    pub hops: Vec<SignInHop>,
    /// Expected beside received.
    pub rows: Vec<SignInRow>,
    /// What is wrong or noteworthy, what the rest follows from and the most serious first.
    pub problems: Vec<SignInProblem>,
    /// The highest role that the groups grant.
    pub role: Option<SignInRole>,
    /// For Desktop, and only from the service: whether a licence would be granted.
    pub licence: Option<SignInLicence>,
    /// Everything that arrived.
    pub attributes: Vec<SignInAttribute>,
    /// The answer with names, values and signatures masked; empty when there was none.
    pub redacted: String,
}

/// Where a result comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum SignInOrigin {
    /// A test that the service watched.
    Service,
    /// An answer that somebody has, judged on this computer.
    Given,
}

/// One thing that is wrong or noteworthy, and where it is put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SignInProblem {
    /// What.
    pub finding: Finding,
    /// Where; `None` when that is nowhere in the set-up.
    pub place: Option<SignInPlace>,
}

/// The tests of a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SignInsView {
    /// The newest of the portal.
    pub portal: Option<SignInView>,
    /// The newest of Desktop.
    pub desktop: Option<SignInView>,
}

/// The project's tests, each ready to be shown.
pub fn views(project: &Project, guide: &Guide, now: Timestamp) -> SignInsView {
    let view =
        |purpose| project.sign_ins.of(purpose).map(|test| SignInView::of_test(test, project, guide, now));
    SignInsView { portal: view(SignInPurpose::Portal), desktop: view(SignInPurpose::Desktop) }
}

impl SignInView {
    /// An answer that somebody has.
    pub fn of_given(checked: Checked, purpose: SignInPurpose, project: &Project, guide: &Guide) -> Self {
        let Checked { answer, hops } = checked;
        let state = if answer.accepted { SignInState::Passed } else { SignInState::Failed };
        let at = answer.issued_at.unwrap_or(answer.received_at);
        let begun = Self::begun(purpose, SignInOrigin::Given, state, at, hops);
        begun.answered(&answer, project, guide)
    }

    /// A test as the service told of it last. One that was waited for too long has expired, even if nobody was asked.
    fn of_test(test: &SignInTest, project: &Project, guide: &Guide, now: Timestamp) -> Self {
        let waits = matches!(test.state, SignInState::Waiting | SignInState::AtIdentityProvider);
        let state = if waits && now >= test.expires_at { SignInState::Expired } else { test.state };
        let begun =
            Self::begun(test.purpose, SignInOrigin::Service, state, test.started_at, test.hops.clone());
        let begun = Self { expires_at: waits.then_some(test.expires_at), ..begun };
        match &test.answer {
            Some(answer) => Self { at: answer.received_at, ..begun.answered(answer, project, guide) },
            None => begun,
        }
    }

    /// The same, of an answer that somebody else refused, then: nothing that is found here makes it good.
    pub(crate) fn refused(self, at: Option<Timestamp>) -> Self {
        Self { state: SignInState::Failed, at: at.unwrap_or(self.at), ..self }
    }

    /// What the identity provider itself said of why it refused.
    pub fn message(&self) -> Option<&str> {
        let refused = self.problems.iter().find(|problem| problem.finding.code == "response-status")?;
        refused.finding.evidence.first().map(|seen| seen.value.as_str())
    }

    const fn begun(
        purpose: SignInPurpose,
        origin: SignInOrigin,
        state: SignInState,
        at: Timestamp,
        hops: Vec<SignInHop>,
    ) -> Self {
        Self {
            purpose,
            origin,
            state,
            at,
            expires_at: None,
            who: None,
            person: None,
            hops,
            rows: Vec::new(),
            problems: Vec::new(),
            role: None,
            licence: None,
            attributes: Vec::new(),
            redacted: String::new(),
        }
    }

    fn answered(self, answer: &SignInAnswer, project: &Project, guide: &Guide) -> Self {
        Self {
            who: address(answer).or_else(|| answer.subject.as_ref().map(|subject| subject.name_id.clone())),
            person: person(answer),
            rows: rows(answer, project, self.purpose),
            problems: problems(answer, guide),
            role: answer.role,
            licence: answer.licence.clone(),
            attributes: answer.attributes.clone(),
            redacted: answer.redacted.clone(),
            ..self
        }
    }
}

/// The first of somebody's names, by which colleagues call them.
fn person(answer: &SignInAnswer) -> Option<String> {
    let called = ["displayname", "userfirstname", "givenname"];
    let claims = answer.attributes.iter().filter(|claim| called.contains(&short_name(&claim.name).as_str()));
    let name = claims.flat_map(|claim| &claim.values).find(|name| !name.trim().is_empty())?;
    name.split_whitespace().next().map(str::to_owned)
}

fn problems(answer: &SignInAnswer, guide: &Guide) -> Vec<SignInProblem> {
    let is_overage = |finding: &Finding| finding.code == "response-groups-overage";
    // That the groups did not arrive follows from there being too many.
    let follows = |finding: &Finding| {
        answer.overage
            && finding.code == "response-claim-missing"
            && finding.args.get("claim").is_some_and(|claim| is_groups(claim))
    };
    let mut findings: Vec<&Finding> = answer.findings.iter().filter(|finding| !follows(finding)).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse((is_overage(finding), finding.severity)));
    let of = |finding: &Finding| SignInProblem {
        place: place(finding, guide).filter(|_| finding.severity > Severity::Info),
        finding: finding.clone(),
    };
    findings.into_iter().map(of).collect()
}
