//! What was found in an identity provider's answer, in the words of the account service's wire: the same whether the
//! service received it, or somebody has it looked at on this computer.
//!
//! - [`shown`]: from an examination to an answer, before anybody says who the user is to the service.
//! - [`highest`]: the role that groups grant.

use account_api::{
    SignInAnswer, SignInAttribute, SignInComparison, SignInGroup, SignInMatter, SignInRole, SignInSubject,
};
use saml_response::{Comparison, Examination, Matter, OVERAGE_CLAIMS};
use vocabulary::Timestamp;

/// The answer as far as the examination alone tells it; groups, role and licence are left open.
pub fn shown(examination: Examination, received_at: Timestamp, redacted: String) -> SignInAnswer {
    let clock = examination.issued.map(|issued| received_at.since(issued).whole_seconds());
    let overage = examination.attributes.iter().any(|one| OVERAGE_CLAIMS.contains(&one.name.as_str()));
    let subject = examination.subject;
    SignInAnswer {
        received_at,
        accepted: examination.accepted,
        subject: subject.map(|one| SignInSubject { name_id: one.name_id, format: one.format }),
        issuer: examination.issuer,
        signed_by: examination.signed_by,
        encrypted: examination.encrypted,
        issued_at: examination.issued,
        clock_seconds: clock.map(|seconds| i32::try_from(seconds).unwrap_or(i32::MAX)),
        comparisons: examination.comparisons.into_iter().map(comparison).collect(),
        attributes: examination
            .attributes
            .into_iter()
            .map(|one| SignInAttribute { name: one.name, values: one.values })
            .collect(),
        groups: Vec::new(),
        overage,
        role: None,
        licence: None,
        findings: examination.findings,
        redacted,
    }
}

fn comparison(one: Comparison) -> SignInComparison {
    let matter = match one.matter {
        Matter::Issuer => SignInMatter::Issuer,
        Matter::Destination => SignInMatter::Destination,
        Matter::Recipient => SignInMatter::Recipient,
        Matter::Audience => SignInMatter::Audience,
        Matter::InResponseTo => SignInMatter::InResponseTo,
        Matter::Certificate => SignInMatter::Certificate,
        Matter::Claim => SignInMatter::Claim,
    };
    SignInComparison { matter, expected: one.expected, received: one.received, matches: one.matches }
}

/// The role that the groups grant: the administrators' before the users'.
pub fn highest(groups: &[SignInGroup]) -> Option<SignInRole> {
    let grants = |role| groups.iter().any(|group| group.grants == Some(role));
    [SignInRole::Administrator, SignInRole::User].into_iter().find(|role| grants(*role))
}
