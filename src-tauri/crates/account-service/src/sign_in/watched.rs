//! A sign-in test as it is shown: state and hops follow from what was written down. Pure.

use super::codes::OF_THE_SESSION;
use crate::store::sign_in_tests::StoredTest;
use account_api::{SignInAnswer, SignInHop, SignInHopName, SignInHopState, SignInState, SignInTest};
use vocabulary::Timestamp;

/// The test as it is at that time.
pub(crate) fn shown(test: StoredTest, now: Timestamp) -> SignInTest {
    SignInTest {
        state: state(&test, now),
        hops: hops(&test),
        id: test.id,
        purpose: test.purpose,
        started_by: test.started_by,
        started_at: test.started_at,
        expires_at: test.expires_at,
        open_url: None,
        answer: test.answer,
    }
}

fn state(test: &StoredTest, now: Timestamp) -> SignInState {
    match (&test.answer, test.opened_at) {
        (Some(answer), _) if answer.accepted => SignInState::Passed,
        (Some(_), _) => SignInState::Failed,
        (None, _) if now >= test.expires_at => SignInState::Expired,
        (None, Some(_)) => SignInState::AtIdentityProvider,
        (None, None) => SignInState::Waiting,
    }
}

fn hops(test: &StoredTest) -> Vec<SignInHop> {
    use SignInHopName::{AnswerReceived, Arrived, EmailAccepted, RequestSent, Session, SignedIn};
    use SignInHopState::{Good, NotReached, Unseen};
    let sent = if test.opened_at.is_some() { Good } else { NotReached };
    let [arrived, signed_in, answered, session] = match &test.answer {
        Some(answer) => after(answer),
        None if test.opened_at.is_some() => [Unseen, Unseen, NotReached, NotReached],
        None => [NotReached; 4],
    };
    let received_at = test.answer.as_ref().map(|answer| answer.received_at);
    let hop = |hop, state, at: Option<Timestamp>| {
        let was_seen = matches!(state, Good | SignInHopState::Stopped);
        SignInHop { hop, state, at: at.filter(|_| was_seen) }
    };
    vec![
        hop(EmailAccepted, sent, test.opened_at),
        hop(RequestSent, sent, test.opened_at),
        hop(Arrived, arrived, None),
        hop(SignedIn, signed_in, None),
        hop(AnswerReceived, answered, received_at),
        hop(Session, session, received_at),
    ]
}

/// The last four hops, as the answer tells them.
fn after(answer: &SignInAnswer) -> [SignInHopState; 4] {
    use SignInHopState::{Good, NotReached, Stopped};
    let errors: Vec<&str> =
        answer.findings.iter().filter(|one| one.is_error()).map(|one| one.code.as_ref()).collect();
    if errors.contains(&"response-status") {
        // The identity provider answered that it did not sign the user in.
        return [Good, Stopped, NotReached, NotReached];
    }
    if errors.iter().any(|code| !OF_THE_SESSION.contains(code)) {
        return [Good, Good, Stopped, NotReached];
    }
    [Good, Good, Good, if answer.accepted { Good } else { Stopped }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use account_api::SignInPurpose;
    use vocabulary::Finding;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix(1_800_000_000 + seconds).unwrap()
    }

    fn test(opened: bool, answer: Option<SignInAnswer>) -> StoredTest {
        StoredTest {
            id: "t".into(),
            account: "a".into(),
            purpose: SignInPurpose::Portal,
            started_by: "ada@contoso.test".into(),
            started_at: at(0),
            expires_at: at(600),
            claims: Vec::new(),
            opened_at: opened.then(|| at(5)),
            answer,
        }
    }

    fn answer(accepted: bool, codes: &[&'static str]) -> SignInAnswer {
        SignInAnswer {
            received_at: at(60),
            accepted,
            subject: None,
            issuer: None,
            signed_by: None,
            encrypted: false,
            issued_at: None,
            clock_seconds: None,
            comparisons: Vec::new(),
            attributes: Vec::new(),
            groups: Vec::new(),
            overage: false,
            role: None,
            licence: None,
            findings: codes.iter().map(|code| Finding::error(code)).collect(),
            redacted: String::new(),
        }
    }

    fn told(test: StoredTest, now: Timestamp) -> (SignInState, String) {
        let shown = shown(test, now);
        let letter = |hop: &SignInHop| match hop.state {
            SignInHopState::Good => 'g',
            SignInHopState::Stopped => 's',
            SignInHopState::NotReached => 'n',
            SignInHopState::Unseen => 'u',
        };
        (shown.state, shown.hops.iter().map(letter).collect())
    }

    #[test]
    fn the_hops_follow_what_happened() {
        let cases = [
            (test(false, None), 10, SignInState::Waiting, "nnnnnn"),
            (test(false, None), 600, SignInState::Expired, "nnnnnn"),
            (test(true, None), 10, SignInState::AtIdentityProvider, "gguunn"),
            (test(true, None), 600, SignInState::Expired, "gguunn"),
            (test(true, Some(answer(true, &[]))), 900, SignInState::Passed, "gggggg"),
            (test(true, Some(answer(false, &["response-status"]))), 70, SignInState::Failed, "gggsnn"),
            (test(true, Some(answer(false, &["response-audience"]))), 70, SignInState::Failed, "ggggsn"),
            (test(true, Some(answer(false, &["sign-in-no-group"]))), 70, SignInState::Failed, "gggggs"),
        ];
        for (test, now, state, hops) in cases {
            assert_eq!(told(test, at(now)), (state, hops.to_owned()));
        }
    }
}
