//! *Expected beside received*, line by line.

use super::expected::is_groups;
use super::groups::needed;
use crate::project::Project;
use crate::steps::groups::GroupRole;
use account_api::{SignInAnswer, SignInComparison, SignInMatter, SignInPurpose, SignInRole};
use saml_response::SKEW;
use serde::{Deserialize, Serialize};
use vocabulary::Finding;

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum SignInSubjectMatter {
    /// A claim that the service needs.
    Claim,
    /// The certificate whose key signed.
    SignedBy,
    /// The identity provider's entity ID.
    Issuer,
    /// The service's entity ID.
    Audience,
    /// The address the assertion may be delivered to.
    Recipient,
    /// The address the response was made for.
    Destination,
    /// The request that is answered.
    InResponseTo,
    /// The name of the user.
    NameId,
    /// The domain of the user's e-mail address.
    EmailDomain,
    /// How far the two clocks are apart, in seconds.
    Clock,
    /// Whether the assertion came encrypted.
    Encryption,
}

/// How a line came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum SignInResult {
    /// As it should be.
    Good,
    /// The same to the letter.
    Same,
    /// There, with a value.
    Present,
    /// A group that makes an administrator.
    Administrator,
    /// A group that may activate Desktop.
    User,
    /// None of the groups grants the role that is needed.
    NoRole,
    /// A link came instead of the groups.
    Overage,
    /// The same but for capital letters.
    CaseDiffers,
    /// It came under another name.
    Renamed,
    /// It did not come.
    Missing,
    /// It came without a value.
    Empty,
    /// Something else came.
    Differs,
    /// It cannot be seen from here.
    Unseen,
}

impl SignInResult {
    /// Whether it asks for nothing.
    pub const fn is_good(self) -> bool {
        matches!(
            self,
            Self::Good | Self::Same | Self::Present | Self::Administrator | Self::User | Self::Unseen
        )
    }
}

/// One line of *expected beside received*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SignInRow {
    /// What it is about.
    pub matter: SignInSubjectMatter,
    /// What any one of has to arrive; empty where anything will do. Of a claim, its name.
    pub expected: Vec<String>,
    /// What arrived; empty when nothing did. Of a claim, the name it came under.
    pub received: Vec<String>,
    /// What a claim held; of groups, their names where they are known.
    pub values: Vec<String>,
    /// How it came out.
    pub result: SignInResult,
}

/// Every line, the claims first, and of those the wrong ones first.
pub(super) fn rows(answer: &SignInAnswer, project: &Project, purpose: SignInPurpose) -> Vec<SignInRow> {
    let compared = |matter| answer.comparisons.iter().filter(move |one| one.matter == matter);
    let mut rows: Vec<SignInRow> =
        compared(SignInMatter::Claim).map(|one| claim(answer, project, purpose, one)).collect();
    rows.sort_by_key(|row| row.result.is_good());
    rows.extend(signed_by(answer));
    for (matter, about) in [
        (SignInMatter::Issuer, SignInSubjectMatter::Issuer),
        (SignInMatter::Audience, SignInSubjectMatter::Audience),
        (SignInMatter::Recipient, SignInSubjectMatter::Recipient),
        (SignInMatter::Destination, SignInSubjectMatter::Destination),
        (SignInMatter::InResponseTo, SignInSubjectMatter::InResponseTo),
        (SignInMatter::EmailDomain, SignInSubjectMatter::EmailDomain),
    ] {
        rows.extend(compared(matter).map(|one| exact(about, one)));
    }
    rows.extend(name_id(answer));
    rows.extend(clock(answer));
    if answer.encrypted {
        let result = if answer.signed_by.is_some() { SignInResult::Good } else { SignInResult::Unseen };
        rows.push(row(SignInSubjectMatter::Encryption, Vec::new(), Vec::new(), result));
    }
    rows
}

const fn row(
    matter: SignInSubjectMatter,
    expected: Vec<String>,
    received: Vec<String>,
    result: SignInResult,
) -> SignInRow {
    SignInRow { matter, expected, received, values: Vec::new(), result }
}

fn claim(
    answer: &SignInAnswer,
    project: &Project,
    purpose: SignInPurpose,
    one: &SignInComparison,
) -> SignInRow {
    let name = one.expected.first().map(String::as_str).unwrap_or_default();
    let arrived = one.received.first().and_then(|name| answer.attributes.iter().find(|it| it.name == *name));
    let mut values = arrived.map(|claim| claim.values.clone()).unwrap_or_default();
    let mut result = if one.matches { SignInResult::Present } else { wrong(answer, name) };
    if is_groups(name) {
        values = answer
            .groups
            .iter()
            .map(|group| group.name.clone().unwrap_or_else(|| group.value.clone()))
            .collect();
        if one.matches {
            result = granted(answer, project, purpose);
        } else if answer.overage {
            result = SignInResult::Overage;
        }
    }
    SignInRow {
        matter: SignInSubjectMatter::Claim,
        expected: one.expected.clone(),
        received: one.received.clone(),
        values,
        result,
    }
}

fn wrong(answer: &SignInAnswer, claim: &str) -> SignInResult {
    let about = |finding: &&Finding| finding.args.get("claim").is_some_and(|name| name == claim);
    let code = answer.findings.iter().find(about).map(|finding| finding.code.as_ref());
    match code {
        Some("response-claim-case") => SignInResult::CaseDiffers,
        Some("response-claim-renamed") => SignInResult::Renamed,
        Some("response-claim-empty") => SignInResult::Empty,
        _ => SignInResult::Missing,
    }
}

fn granted(answer: &SignInAnswer, project: &Project, purpose: SignInPurpose) -> SignInResult {
    let role = needed(purpose);
    let grants = |role| answer.groups.iter().any(|group| group.grants == Some(role));
    match role {
        GroupRole::Admins if grants(SignInRole::Administrator) => SignInResult::Administrator,
        GroupRole::Users if grants(SignInRole::User) => SignInResult::User,
        _ if project.groups.entry(role).is_empty() => SignInResult::Present,
        _ => SignInResult::NoRole,
    }
}

/// A certificate that is not known is named by the finding about it.
fn signed_by(answer: &SignInAnswer) -> Option<SignInRow> {
    let known = answer.comparisons.iter().find(|one| one.matter == SignInMatter::Certificate);
    if let Some(one) = known {
        let result = if one.matches { SignInResult::Good } else { SignInResult::Differs };
        return Some(row(SignInSubjectMatter::SignedBy, one.expected.clone(), one.received.clone(), result));
    }
    let other = answer.findings.iter().find(|finding| finding.code == "response-other-certificate")?;
    let seen = |source: &str| -> Vec<String> {
        let evidence = other.evidence.iter().find(|one| one.source == source);
        evidence.iter().flat_map(|one| one.value.split(", ")).map(str::to_owned).collect()
    };
    Some(row(SignInSubjectMatter::SignedBy, seen("expected"), seen("received"), SignInResult::Differs))
}

fn exact(matter: SignInSubjectMatter, one: &SignInComparison) -> SignInRow {
    let case = |want: &String| one.received.iter().any(|got| got != want && got.eq_ignore_ascii_case(want));
    let result = match (one.matches, one.received.is_empty()) {
        (true, _) => SignInResult::Same,
        (false, true) => SignInResult::Missing,
        (false, false) if one.expected.iter().any(case) => SignInResult::CaseDiffers,
        (false, false) => SignInResult::Differs,
    };
    row(matter, one.expected.clone(), one.received.clone(), result)
}

fn name_id(answer: &SignInAnswer) -> Option<SignInRow> {
    let wrong = |finding: &&Finding| finding.code.starts_with("response-name-id-");
    let wrong = answer.findings.iter().find(wrong);
    let result = match (wrong.map(|finding| finding.code.as_ref()), answer.signed_by.is_some()) {
        (Some("response-name-id-missing"), _) => SignInResult::Missing,
        (Some(_), _) => SignInResult::Differs,
        (None, true) => SignInResult::Present,
        (None, false) => return None,
    };
    let received = answer.subject.iter().map(|subject| subject.name_id.clone()).collect();
    Some(row(SignInSubjectMatter::NameId, Vec::new(), received, result))
}

/// Where the answer came at once, how far the clocks are apart.
fn clock(answer: &SignInAnswer) -> Option<SignInRow> {
    answer.issued_at?;
    let most = SKEW.whole_seconds();
    let apart = answer.clock_seconds.map(|seconds| i64::from(seconds).abs());
    let result = match apart {
        None => SignInResult::Unseen,
        Some(apart) if apart <= most => SignInResult::Good,
        Some(_) => SignInResult::Differs,
    };
    let received = apart.map(|apart| apart.to_string()).into_iter().collect();
    Some(row(SignInSubjectMatter::Clock, vec![most.to_string()], received, result))
}
