//! Sign-in tests: begun here, gone through in a browser, read here.

use super::once::{Creation, Made};
use super::request::{BasedOn, Licensed, Member};
use super::{answer, fields};
use crate::error::Error;
use crate::sign_in::watched;
use crate::store::change;
use crate::store::sign_in_tests::{self, StoredTest};
use crate::{Service, tokens};
use account_api::{Problem, RequiredClaim, SignInTest, StartSignInTest};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use time::Duration;

/// So long an answer is taken.
const OPEN: Duration = Duration::minutes(10);

/// The most claims that one test judges.
const MOST_CLAIMS: usize = 50;

/// Begins a sign-in test. The answer holds the URL that a browser has to open, once.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/sign-in-tests", tag = "sign-in",
    params(("account" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = StartSignInTest, responses(
    (status = 201, body = SignInTest, headers(("ETag" = String))),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn start(
    State(service): State<Service>,
    Licensed(member): Licensed,
    BasedOn(version): BasedOn,
    Creation { body, once }: Creation<StartSignInTest>,
) -> Result<Response, Error> {
    check(&body.claims)?;
    let author = member.writes(&service, Some(version));
    let now = author.at;
    let opener = tokens::bearer_token()?;
    let (mut writing, fresh) = change::begin(&service.inner.pool, &member.account, &author).await?;
    if let Some(answer) = once.before(&mut writing, &author.email, now).await? {
        return Ok(answer);
    }
    let stored = fresh.map_err(|stored| answer::conflict(&service, stored))?;
    if stored.draft.settings.identity_provider.is_none() {
        return Err(Error::value("identity_provider", "the identity provider's values are not set yet"));
    }
    let test = StoredTest {
        id: uuid::Uuid::new_v4().to_string(),
        account: member.account,
        purpose: body.purpose,
        started_by: member.email,
        started_at: now,
        expires_at: now.plus(OPEN),
        claims: body.claims,
        opened_at: None,
        answer: None,
    };
    sign_in_tests::add(&mut writing, &test, &tokens::digest(opener.expose())).await?;
    let open_url = format!("{}/sso/tests/{}", service.public_url(), opener.expose());
    let shown = SignInTest { open_url: Some(open_url), ..watched::shown(test, now) };
    let made = Made::new(StatusCode::CREATED, Some(version), &shown)?;
    once.commit(writing, &author.email, now, made).await
}

fn check(claims: &[RequiredClaim]) -> Result<(), Error> {
    let good = |claim: &RequiredClaim| fields::one_line(&claim.name, 256).is_some();
    if claims.len() <= MOST_CLAIMS && claims.iter().all(good) {
        return Ok(());
    }
    Err(Error::value("claims", "at most 50 claims, each with a name of 1 to 256 characters on one line"))
}

/// The newest 20 tests, newest first.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/sign-in-tests", tag = "sign-in",
    params(("account" = String, Path)), responses(
    (status = 200, body = Vec<SignInTest>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list(
    State(service): State<Service>,
    member: Member,
) -> Result<Json<Vec<SignInTest>>, Error> {
    let mut connection = service.inner.pool.acquire().await?;
    let now = service.inner.now();
    let tests = sign_in_tests::of(&mut connection, &member.account).await?;
    Ok(Json(tests.into_iter().map(|test| watched::shown(test, now)).collect()))
}

/// One test as it is now.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/sign-in-tests/{id}", tag = "sign-in",
    params(("account" = String, Path), ("id" = String, Path)), responses(
    (status = 200, body = SignInTest),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn read(
    State(service): State<Service>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
) -> Result<Json<SignInTest>, Error> {
    let mut connection = service.inner.pool.acquire().await?;
    let test = sign_in_tests::find(&mut connection, &member.account, &id).await?;
    let test = test.ok_or_else(Error::not_found)?;
    Ok(Json(watched::shown(test, service.inner.now())))
}
