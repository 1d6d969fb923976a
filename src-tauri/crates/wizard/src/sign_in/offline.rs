use super::expected::{expected, short_name};
use super::groups;
use crate::project::{Project, is_email};
use account_api::{
    SignInAnswer, SignInAttribute, SignInHop, SignInHopName, SignInHopState, SignInMatter, SignInPurpose,
};
use guides::Guide;
use saml_response::{Bergshamra, Examination, Expected, Taken, examine, redact};
use sign_in_answer::{highest, shown};
use vocabulary::{Finding, Timestamp};

/// What came of an answer that somebody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The answer beside what is expected of it.
    pub answer: SignInAnswer,
    /// The hops as far as an answer tells of them; none when there was no answer to look at.
    pub hops: Vec<SignInHop>,
}

/// Judges an answer as the project's service would have at the time it was made: XML, base64, a form, a page or a HAR
/// file. Nobody is asked, and nothing is kept.
pub fn check(
    project: &Project,
    guide: &Guide,
    purpose: SignInPurpose,
    bytes: &[u8],
    now: Timestamp,
) -> Checked {
    looked_at(project, guide, (purpose, bytes), now, |xml, expected| in_its_time(xml, expected, now))
}

/// Judges an answer that was received then, as [`check`] does, but for that moment: it may have come too late.
pub fn check_received(
    project: &Project,
    guide: &Guide,
    purpose: SignInPurpose,
    bytes: &[u8],
    at: Timestamp,
) -> Checked {
    looked_at(project, guide, (purpose, bytes), at, |xml, expected| examine(xml, expected, &Bergshamra, at))
}

fn looked_at(
    project: &Project,
    guide: &Guide,
    (purpose, bytes): (SignInPurpose, &[u8]),
    now: Timestamp,
    examined: impl Fn(&str, &Expected) -> Examination,
) -> Checked {
    let taken = match saml_response::take(bytes) {
        Ok(taken) => taken,
        Err(finding) => {
            let examination = Examination::of_nothing(finding);
            return Checked { answer: plain(examination, String::new(), now), hops: Vec::new() };
        }
    };
    let expected = expected(project, guide);
    let mut answer = plain(examined(&taken.xml, &expected), redact(&taken.xml), now);
    leave_out_unknown(&mut answer, &expected);
    if answer.signed_by.is_some() {
        who(&mut answer, project, purpose);
    }
    remark_on(&mut answer, &taken);
    answer.accepted = answer.signed_by.is_some() && !answer.findings.iter().any(Finding::is_error);
    Checked { hops: hops(&answer), answer }
}

/// A recorded answer is always too old; what counts is whether it was good when it was made. One that is made later
/// than now shows that a clock is off.
fn in_its_time(xml: &str, expected: &Expected, now: Timestamp) -> Examination {
    let examination = examine(xml, expected, &Bergshamra, now);
    match examination.issued {
        Some(issued) if issued < now => examine(xml, expected, &Bergshamra, issued),
        _ => examination,
    }
}

/// What a recorded answer says. How long ago it was recorded says nothing about clocks; one from the future does.
fn plain(examination: Examination, redacted: String, now: Timestamp) -> SignInAnswer {
    let answer = shown(examination, now, redacted);
    SignInAnswer {
        accepted: false,
        clock_seconds: answer.clock_seconds.filter(|seconds| *seconds < 0),
        ..answer
    }
}

/// What is not known yet cannot differ.
fn leave_out_unknown(answer: &mut SignInAnswer, expected: &Expected) {
    let unknown = [
        (&expected.sp_entity_id, SignInMatter::Audience, "response-audience"),
        (&expected.acs_url, SignInMatter::Destination, "response-destination"),
        (&expected.acs_url, SignInMatter::Recipient, "response-recipient"),
    ];
    let mut left_out = false;
    for (_, matter, code) in unknown.iter().filter(|(value, ..)| value.is_empty()) {
        let before = answer.comparisons.len();
        answer.comparisons.retain(|one| one.matter != *matter);
        left_out |= answer.comparisons.len() < before;
        answer.findings.retain(|finding| finding.code != *code);
    }
    if left_out {
        answer.findings.push(Finding::warning("sign-in-service-unknown"));
    }
}

/// Who signed in, and what they may do: the groups, the role, the domain of the address.
fn who(answer: &mut SignInAnswer, project: &Project, purpose: SignInPurpose) {
    answer.groups = groups::resolve(project, &answer.attributes);
    answer.role = highest(&answer.groups);
    if !project.groups.admins.is_empty() || !project.groups.users.is_empty() {
        let lacks = groups::lacks(project, purpose, &answer.attributes, &answer.groups);
        // Groups that did not arrive at all are told of by their claim.
        answer.findings.extend(lacks.filter(|_| !answer.groups.is_empty()));
    }
    answer.findings.extend(other_domain(answer, project));
}

/// An address outside the project's domains would be refused.
fn other_domain(answer: &SignInAnswer, project: &Project) -> Option<Finding> {
    let address = address(answer)?;
    let (_, host) = address.rsplit_once('@')?;
    let known = &project.domains.entries;
    let is_known = known.iter().any(|entry| entry.name.eq_ignore_ascii_case(host));
    (!known.is_empty() && !is_known)
        .then(|| Finding::error("sign-in-email-domain").with("domain", host).seen("received", &address))
}

/// The e-mail address of who signed in: the claim with the name, or the NameID.
pub(super) fn address(answer: &SignInAnswer) -> Option<String> {
    let named = |claim: &&SignInAttribute| {
        ["name", "emailaddress", "useremail"].contains(&short_name(&claim.name).as_str())
    };
    let claimed = answer.attributes.iter().filter(named).flat_map(|claim| &claim.values);
    let subject = answer.subject.iter().map(|subject| &subject.name_id);
    claimed.chain(subject).find(|text| is_email(text)).cloned()
}

fn remark_on(answer: &mut SignInAnswer, taken: &Taken) {
    let remark = taken.remark();
    if remark.is_none() && taken.count > 1 {
        answer.findings.push(Finding::info("sign-in-last-of-several").with("count", taken.count));
    }
    answer.findings.extend(remark);
}

/// What an answer tells of the way it came: that there is one shows that the identity provider was reached.
fn hops(answer: &SignInAnswer) -> Vec<SignInHop> {
    use SignInHopName::{AnswerReceived, Arrived, EmailAccepted, RequestSent, Session, SignedIn};
    use SignInHopState::{Good, NotReached, Stopped, Unseen};
    let has = |code: &str| answer.findings.iter().any(|finding| finding.code == code);
    let errors = || answer.findings.iter().filter(|finding| finding.is_error());
    let states = if has("response-status") {
        [Unseen, Unseen, Good, Stopped, NotReached, NotReached]
    } else if has("response-encrypted-no-key") {
        // Only the service can look inside: nothing is known to be wrong.
        [Unseen, Unseen, Unseen, Unseen, Unseen, NotReached]
    } else if answer.signed_by.is_none() {
        [Unseen, Unseen, Unseen, Unseen, Stopped, NotReached]
    } else if errors().any(|finding| !finding.code.starts_with("sign-in-")) {
        [Unseen, Unseen, Good, Good, Stopped, NotReached]
    } else if errors().next().is_some() {
        [Unseen, Unseen, Good, Good, Good, Stopped]
    } else {
        [Unseen, Unseen, Good, Good, Good, Good]
    };
    let names = [EmailAccepted, RequestSent, Arrived, SignedIn, AnswerReceived, Session];
    names.into_iter().zip(states).map(|(hop, state)| SignInHop { hop, state, at: None }).collect()
}
