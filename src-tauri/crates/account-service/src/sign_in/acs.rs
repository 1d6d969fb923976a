//! The assertion consumer service: a browser comes back with an answer (SAML Profiles 4.1.4).

use super::cookies::{Browser, Cookies};
use super::examined::{examined, expected, posted};
use super::page::{Page, add_cookies, redirect};
use super::recorded::{Arrival, record};
use super::{AccountPart, existing, verdict};
use crate::Service;
use crate::error::Error;
use crate::store::settings::Stored;
use crate::store::sign_in_tests::StoredTest;
use crate::store::sign_ins::{self, StoredRequest};
use crate::store::{self, Alone, Connection, arrivals, licence_keys, people, sign_in_tests};
use crate::tokens;
use account_api::{SignInAnswer, SignInPurpose};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use saml_response::{Examination, redact};
use std::collections::HashMap;
use vocabulary::{Finding, Timestamp};

/// The request that an answer belongs to.
enum Asked {
    /// This one, of this browser; it is used up.
    By(StoredRequest),
    /// None, and the account takes such answers.
    Nobody,
}

/// An answer that is not looked into: why, and the test that hears of it.
struct Turned {
    why: Finding,
    test: Option<String>,
}

/// Takes an answer and signs the browser in, or says why not.
pub(super) async fn receive(
    State(service): State<Service>,
    AccountPart(account): AccountPart,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Error> {
    let stored = existing(&service, &account).await?;
    let texts = &service.inner.texts;
    let xml = match posted(&body) {
        Ok(xml) => xml,
        Err(finding) => {
            return Ok(Page::bad(texts, StatusCode::BAD_REQUEST, false, &[finding]).into_response());
        }
    };
    let now = service.inner.now();
    let browser = Cookies::of(&service.public_url()).read(&headers);
    let asked = match asked(&service, &stored, &browser, &xml, now).await? {
        Ok(asked) => asked,
        Err(turned) => return turned_away(&service, &stored, turned, &xml, now).await,
    };
    let request = match asked {
        Asked::By(request) => Some(request),
        Asked::Nobody => None,
    };
    let mut connection = service.inner.pool.acquire().await?;
    let test = match request.as_ref().and_then(|request| request.test.as_deref()) {
        Some(id) => sign_in_tests::find(&mut connection, &stored.account, id).await?,
        None => None,
    };
    drop(connection);
    if test.is_none() && stored.draft.activated_at.is_none() {
        let why = Finding::error("sign-in-not-active").with("domain", &stored.organization);
        return turned_away(&service, &stored, Turned { why, test: None }, &xml, now).await;
    }
    let claims = test.as_ref().map(|test| test.claims.as_slice()).unwrap_or_default();
    let view = service.inner.view();
    let key = service.inner.key.private_pem();
    let asked_id = request.as_ref().map(|request| request.id.clone());
    let Some(expected) = expected(&stored, &view, key, asked_id, claims) else {
        let why = Finding::error("sign-in-no-identity-provider");
        return turned_away(&service, &stored, Turned { why, test: test.map(|one| one.id) }, &xml, now).await;
    };
    let redacted = redact(&xml);
    // Signatures and encryption are work for the processor.
    let examination = tokio::task::spawn_blocking(move || examined(&xml, &expected, now)).await;
    let examination =
        examination.unwrap_or_else(|_| Examination::of_nothing(Finding::error("response-malformed")));
    conclude(&service, stored, test, examination, redacted, now).await
}

/// Which request is answered: one of this browser, once, in time.
async fn asked(
    service: &Service,
    stored: &Stored,
    browser: &Browser,
    xml: &str,
    now: Timestamp,
) -> Result<Result<Asked, Turned>, Error> {
    let account = &stored.account;
    let mut writing = store::writing(&service.inner.pool, Alone::Account(account)).await?;
    let own = match &browser.secret {
        Some(secret) => {
            sign_ins::requests_of(&mut writing, account, &tokens::digest(secret.expose())).await?
        }
        None => Vec::new(),
    };
    // The IDs are random, so that one of them in the text is the one that is meant. Whether the signed assertion says
    // so, too, is examined afterwards.
    let named = own.iter().find(|request| xml.contains(&request.id));
    let open = || own.iter().find(|request| !request.is_answered && request.expires_at > now);
    let names_one = xml.contains("InResponseTo");
    let Some(request) = named.or_else(open).cloned() else {
        if !names_one && stored.draft.settings.saml_options.idp_initiated {
            return Ok(Ok(Asked::Nobody));
        }
        return Ok(Err(of_nobody_here(&mut writing, account, xml, names_one).await?));
    };
    let turned = |code| Ok(Err(Turned { why: Finding::error(code), test: request.test.clone() }));
    if request.is_answered {
        // The test has its answer already; a second one changes nothing.
        return Ok(Err(Turned { why: Finding::error("sign-in-request-used"), test: None }));
    }
    if !sign_ins::use_request(&mut writing, &request.id, now).await? {
        return turned("sign-in-request-over");
    }
    writing.commit().await?;
    Ok(Ok(Asked::By(request)))
}

/// Why an answer belongs to no request of this browser.
async fn of_nobody_here(
    connection: &mut Connection,
    account: &str,
    xml: &str,
    names_one: bool,
) -> Result<Turned, Error> {
    if !names_one {
        return Ok(Turned { why: Finding::error("sign-in-unsolicited"), test: None });
    }
    let known = match in_response_to(xml) {
        Some(id) => sign_ins::find_request(connection, account, id).await?,
        None => None,
    };
    Ok(match known {
        Some(request) => Turned { why: Finding::error("sign-in-other-browser"), test: request.test },
        None => Turned { why: Finding::error("sign-in-request-unknown"), test: None },
    })
}

/// What the text names as its request. It only chooses the words of a refusal.
fn in_response_to(xml: &str) -> Option<&str> {
    let (_, rest) = xml.split_once("InResponseTo=")?;
    let quote = rest.chars().next().filter(|one| matches!(one, '"' | '\''))?;
    rest[1..].split(quote).next()
}

/// Says why an answer was not looked into, in the browser and in its test.
async fn turned_away(
    service: &Service,
    stored: &Stored,
    turned: Turned,
    xml: &str,
    now: Timestamp,
) -> Result<Response, Error> {
    let findings = vec![turned.why];
    if let Some(id) = &turned.test {
        let examination = Examination::of_nothing(findings[0].clone());
        let setting = verdict::Setting::bare(&stored.draft.settings.groups);
        let answer = verdict::answer(examination, &setting, now, redact(xml));
        let mut writing = store::writing(&service.inner.pool, Alone::Account(&stored.account)).await?;
        sign_in_tests::answer(&mut writing, id, &answer).await?;
        writing.commit().await?;
    }
    let page = Page::bad(&service.inner.texts, StatusCode::FORBIDDEN, turned.test.is_some(), &findings);
    Ok(page.into_response())
}

/// Judges what is known of the user, writes down what follows, and answers the browser.
async fn conclude(
    service: &Service,
    stored: Stored,
    test: Option<StoredTest>,
    examination: Examination,
    redacted: String,
    now: Timestamp,
) -> Result<Response, Error> {
    let email = verdict::email(&examination);
    let assertion = examination.assertion.clone();
    let subject = examination.subject.clone();
    let mut connection = service.inner.pool.acquire().await?;
    let setting = setting(&mut connection, &stored, test.as_ref(), email.as_deref()).await?;
    drop(connection);
    let answer = verdict::answer(examination, &setting, now, redacted);
    let arrival = Arrival {
        account: &stored.account,
        issuer: answer.issuer.clone().unwrap_or_default(),
        assertion,
        subject,
        email: email.unwrap_or_default(),
        test: test.as_ref(),
        now,
    };
    let (answer, session) = record(service, &arrival, answer).await?;
    Ok(shown(service, &stored, &arrival, &answer, session))
}

fn shown(
    service: &Service,
    stored: &Stored,
    arrival: &Arrival<'_>,
    answer: &SignInAnswer,
    session: Option<axum::http::HeaderValue>,
) -> Response {
    let texts = &service.inner.texts;
    let is_test = arrival.test.is_some();
    if !answer.accepted {
        return Page::bad(texts, StatusCode::FORBIDDEN, is_test, &answer.findings).into_response();
    }
    if is_test {
        let role = match answer.role {
            Some(account_api::SignInRole::Administrator) => "administrator",
            _ => "user",
        };
        let args =
            [("email", arrival.email.as_str()), ("organization", &stored.organization), ("role", role)];
        return Page::good(texts, "service-test-passed", &args).into_response();
    }
    // A page that was asked for with GET can be loaded again without sending the answer again.
    let mut response = redirect("/sso/login");
    add_cookies(&mut response, session);
    response
}

async fn setting<'a>(
    connection: &mut Connection,
    stored: &'a Stored,
    test: Option<&StoredTest>,
    email: Option<&str>,
) -> Result<verdict::Setting<'a>, Error> {
    let settings = &stored.draft.settings;
    let account = &stored.account;
    let verified = stored.domains.iter().filter(|domain| domain.verified_at.is_some());
    let standing = match email {
        Some(email) if settings.scim_enabled => standing(connection, account, email).await?,
        _ => verdict::Standing::Welcome,
    };
    Ok(verdict::Setting {
        purpose: test.map_or(SignInPurpose::Portal, |test| test.purpose),
        groups: &settings.groups,
        domains: verified.map(|domain| domain.name.clone()).collect(),
        known_groups: known_groups(connection, account).await?,
        licence_keys: licence_keys::kind(connection, account).await?,
        standing,
        is_test: test.is_some(),
    })
}

/// With provisioning it decides who is there; a user of the account from before it is one in any case.
async fn standing(
    connection: &mut Connection,
    account: &str,
    email: &str,
) -> Result<verdict::Standing, Error> {
    use verdict::Standing::{Deactivated, NotProvisioned, Welcome};
    match arrivals::is_active(connection, account, email).await? {
        Some(true) => Ok(Welcome),
        Some(false) => Ok(Deactivated),
        None if people::member(connection, account, email).await?.is_some() => Ok(Welcome),
        None => Ok(NotProvisioned),
    }
}

async fn known_groups(connection: &mut Connection, account: &str) -> Result<HashMap<String, String>, Error> {
    let arrived = arrivals::arrivals(connection, account).await?.groups;
    let named = arrived.into_iter().filter_map(|group| Some((group.external_id?, group.display_name)));
    Ok(named.collect())
}
