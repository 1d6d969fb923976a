//! Step 5: provisioning, its tokens, and what was asked with them.

use super::answer;
use super::once::{Creation, Made};
use super::request::{BasedOn, Body, Licensed, Member};
use crate::error::Error;
use crate::provisioning::calls;
use crate::store::change::{self, Line};
use crate::store::scim_calls;
use crate::{Service, scim_token};
use account_api::{Integration, IssueScimToken, IssuedToken, Problem, ScimCalls, SetScim};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

/// Switches provisioning on or off.
#[utoipa::path(put, path = "/api/v1/accounts/{account}/scim", tag = "scim",
    params(("account" = String, Path), ("If-Match" = String, Header)), request_body = SetScim, responses(
    (status = 200, body = Integration, headers(("ETag" = String))),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn switch(
    State(service): State<Service>,
    member: Member,
    BasedOn(version): BasedOn,
    Body(body): Body<SetScim>,
) -> Result<Response, Error> {
    if body.enabled {
        member.licensed(&service).await?;
    }
    let author = member.writes(&service, Some(version));
    let outcome = change::settings(&service.inner.pool, &member.account, &author, |draft, _| {
        draft.settings.scim_enabled = body.enabled;
        Ok(Line::about("scim.switched", if body.enabled { "on" } else { "off" }))
    })
    .await?;
    answer::after(&service, outcome)
}

/// Issues a bearer token, shown here once. The one before stays good until the given time, or ends at the same moment.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/scim/token", tag = "scim",
    params(("account" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = Option<IssueScimToken>, responses(
    (status = 200, body = IssuedToken, headers(("ETag" = String))),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn issue_token(
    State(service): State<Service>,
    Licensed(member): Licensed,
    BasedOn(version): BasedOn,
    Creation { body, once }: Creation<Option<IssueScimToken>>,
) -> Result<Response, Error> {
    let author = member.writes(&service, Some(version));
    let (mut writing, fresh) = change::begin(&service.inner.pool, &member.account, &author).await?;
    if let Some(answer) = once.before(&mut writing, &author.email, author.at).await? {
        return Ok(answer);
    }
    if let Err(stored) = fresh {
        return Err(answer::conflict(&service, stored));
    }
    let keep_old_until = body.and_then(|body| body.keep_old_until);
    let (token, line) = scim_token::issue(&mut writing, &member.account, author.at, keep_old_until).await?;
    let stored = change::bump(&mut writing, &member.account, &author, &line).await?;
    let issued = IssuedToken { token: token.expose().to_owned(), issued_at: author.at };
    let made = Made::new(StatusCode::OK, Some(stored.version), &issued)?;
    once.commit(writing, &author.email, author.at, made).await
}

/// Ends a bearer token at once: the current one, or one that was replaced and is still good.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}/scim/tokens/{hint}", tag = "scim",
    params(("account" = String, Path), ("hint" = String, Path, description = "Its last four characters."),
        ("If-Match" = String, Header)), responses(
    (status = 200, body = Integration, headers(("ETag" = String))),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn revoke_token(
    State(service): State<Service>,
    member: Member,
    Path((_, hint)): Path<(String, String)>,
    BasedOn(version): BasedOn,
) -> Result<Response, Error> {
    let author = member.writes(&service, Some(version));
    let (mut writing, fresh) = change::begin(&service.inner.pool, &member.account, &author).await?;
    if let Err(stored) = fresh {
        return Err(answer::conflict(&service, stored));
    }
    let line = scim_token::revoke(&mut writing, &member.account, &hint).await?;
    answer::after(&service, change::bump_and_finish(writing, &member.account, &author, &line).await?)
}

/// The newest SCIM requests: who called, what for, and what was answered, without what was in them.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/scim/calls", tag = "scim",
    params(("account" = String, Path)), responses(
    (status = 200, body = ScimCalls),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn calls(State(service): State<Service>, member: Member) -> Result<Json<ScimCalls>, Error> {
    calls::try_to_settle(&service).await;
    let mut reading = crate::store::reading(&service.inner.pool).await?;
    let run = scim_calls::run(&mut reading, &member.account).await?;
    let calls = scim_calls::newest(&mut reading, &member.account).await?;
    Ok(Json(ScimCalls { as_of: service.inner.now(), run, calls }))
}
