//! Writes down what follows from an answer, all of it or nothing.

use super::cookies::Cookies;
use crate::Service;
use crate::error::Error;
use crate::store::settings::Stored;
use crate::store::sign_in_tests::StoredTest;
use crate::store::sign_ins::{self, NamedSession, Session};
use crate::store::{self, Alone, Writing, accounts, audit, people, sign_in_tests};
use crate::tokens;
use account_api::{PassedSignIn, SignInAnswer, SignInPurpose, SignInRole};
use axum::http::HeaderValue;
use saml_response::{AssertionUse, SKEW, Subject};
use time::Duration;
use vocabulary::{Finding, Timestamp};

/// So long a browser stays signed in.
const SESSION: Duration = Duration::hours(8);

/// An answer that was examined.
pub(super) struct Arrival<'a> {
    pub(super) account: &'a str,
    pub(super) issuer: String,
    /// The assertion, where a good signature covers it.
    pub(super) assertion: Option<AssertionUse>,
    /// Whom it is about, in the identity provider's words.
    pub(super) subject: Option<Subject>,
    pub(super) email: String,
    pub(super) test: Option<&'a StoredTest>,
    pub(super) now: Timestamp,
}

impl Arrival<'_> {
    fn named(&self) -> Option<NamedSession> {
        let subject = self.subject.as_ref()?;
        let index = self.assertion.as_ref().and_then(|one| one.session_index.clone());
        Some(NamedSession { name_id: subject.name_id.clone(), format: subject.format.clone(), index })
    }
}

/// The answer as it stands after it was used, and the cookie of the session that was made of it.
pub(super) async fn record(
    service: &Service,
    arrival: &Arrival<'_>,
    mut answer: SignInAnswer,
) -> Result<(SignInAnswer, Option<HeaderValue>), Error> {
    let mut writing = store::writing(&service.inner.pool, Alone::Account(arrival.account)).await?;
    if !is_first_use(&mut writing, arrival).await? {
        answer.accepted = false;
        answer.findings.push(Finding::error("sign-in-replayed"));
    }
    let mut session = None;
    match arrival.test {
        Some(test) => record_test(&mut writing, arrival, test, &answer).await?,
        None if answer.accepted => {
            session = sign_in(service, &mut writing, arrival, answer.role).await?;
        }
        None => {}
    }
    if answer.accepted {
        people::signed_in(&mut writing, &arrival.email, arrival.now).await?;
    }
    writing.commit().await?;
    Ok((answer, session))
}

/// An assertion is used up by whoever brings it first (SAML Profiles 4.1.4.5), whatever came of it.
async fn is_first_use(writing: &mut Writing, arrival: &Arrival<'_>) -> Result<bool, Error> {
    let Some(assertion) = &arrival.assertion else { return Ok(true) };
    let until = assertion.until.unwrap_or(arrival.now).plus(SKEW + SKEW);
    let key = (arrival.issuer.as_str(), assertion.id.as_str());
    Ok(sign_ins::use_assertion(writing, arrival.account, key, until, arrival.now).await?)
}

/// Keeps the test's answer; a passed one stands in the integration until the identity provider's values change.
async fn record_test(
    writing: &mut Writing,
    arrival: &Arrival<'_>,
    test: &StoredTest,
    answer: &SignInAnswer,
) -> Result<(), Error> {
    sign_in_tests::answer(writing, &test.id, answer).await?;
    let Arrival { account, now, .. } = *arrival;
    let purpose = match test.purpose {
        SignInPurpose::Portal => "portal",
        SignInPurpose::Desktop => "desktop",
    };
    if !answer.accepted {
        audit::add(writing, account, now, &test.started_by, "sign-in-test.failed", Some(purpose)).await?;
        return Ok(());
    }
    let stored = accounts::integration(writing, account).await?.ok_or_else(Error::not_found)?;
    let Stored { mut draft, .. } = stored;
    let passed = Some(PassedSignIn { at: now, by: arrival.email.clone() });
    match test.purpose {
        SignInPurpose::Portal => draft.settings.sign_ins.portal = passed,
        SignInPurpose::Desktop => draft.settings.sign_ins.desktop = passed,
    }
    accounts::write(writing, account, &draft).await?;
    audit::add(writing, account, now, &test.started_by, "sign-in-test.passed", Some(purpose)).await?;
    Ok(())
}

/// Makes a session. Who is no user of the account yet becomes one.
async fn sign_in(
    service: &Service,
    writing: &mut Writing,
    arrival: &Arrival<'_>,
    role: Option<SignInRole>,
) -> Result<Option<HeaderValue>, Error> {
    let Arrival { account, now, .. } = *arrival;
    if people::add_member(writing, account, &arrival.email, now).await? {
        audit::add(writing, account, now, crate::api::SERVICE, "user.added", Some(&arrival.email)).await?;
    }
    audit::add(writing, account, now, &arrival.email, "signed-in", None).await?;
    let secret = tokens::bearer_token()?;
    let session = Session {
        account: account.to_owned(),
        email: arrival.email.clone(),
        role: role.unwrap_or(SignInRole::User),
        issued_at: now,
        expires_at: now.plus(SESSION),
        named: arrival.named(),
    };
    sign_ins::add_session(writing, &tokens::digest(secret.expose()), &session).await?;
    Ok(Cookies::of(&service.public_url()).session(&secret, SESSION.whole_seconds()))
}
