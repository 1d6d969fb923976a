//! The integration as it is, and its audit log.

use super::answer;
use super::request::{Known, Member};
use crate::Service;
use crate::error::Error;
use crate::provisioning::calls;
use crate::store::{accounts, audit as log};
use account_api::{AuditLog, Integration, Problem, ProblemCode};
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use url::form_urlencoded;

/// So many entries one piece of an export has.
const PIECE: i64 = 5000;

/// The integration. With `If-None-Match` and its current version the answer is 304: no setting has changed, though
/// moments such as `used_at` may be newer.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/integration", tag = "integration",
    params(("account" = String, Path), ("If-None-Match" = Option<String>, Header)), responses(
    (status = 200, body = Integration, headers(("ETag" = String))),
    (status = 304),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn read(
    State(service): State<Service>,
    member: Member,
    Known(known): Known,
) -> Result<Response, Error> {
    calls::try_to_settle(&service).await;
    let mut reading = crate::store::reading(&service.inner.pool).await?;
    let stored = accounts::integration(&mut reading, &member.account).await?.ok_or_else(Error::not_found)?;
    if known == Some(stored.version) {
        return Ok(answer::not_modified(stored.version));
    }
    Ok(answer::integration(service.inner.view().integration(stored, service.inner.now())))
}

/// Who did what: the newest 200 entries, newest first.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/audit", tag = "integration",
    params(("account" = String, Path)), responses(
    (status = 200, body = AuditLog),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn audit(State(service): State<Service>, member: Member) -> Result<Json<AuditLog>, Error> {
    Ok(Json(AuditLog { entries: log::newest(&service.inner.pool, &member.account).await? }))
}

/// The whole log, oldest first, one JSON object a line (NDJSON), in pieces of 5,000 entries: while there are more,
/// `Link` (RFC 8288) leads to the next piece. The log is only added to, so that a piece never changes.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/audit/export", tag = "integration",
    params(("account" = String, Path),
        ("after" = Option<i64>, Query, description = "As it stands in the link to the next piece.")), responses(
    (status = 200, body = String, content_type = "application/x-ndjson", headers(("Link" = String))),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn export(
    State(service): State<Service>,
    member: Member,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let after = after(query.as_deref().unwrap_or_default())?;
    let mut connection = service.inner.pool.acquire().await?;
    let piece = log::page(&mut connection, &member.account, after, PIECE).await?;
    let lines: Result<Vec<String>, _> = piece.iter().map(|(_, entry)| serde_json::to_string(entry)).collect();
    let lines = lines.map_err(|error| sqlx::Error::Encode(error.into()))?;
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let mut response = ([(header::CONTENT_TYPE, "application/x-ndjson")], text).into_response();
    let next = piece.last().filter(|_| i64::try_from(piece.len()) == Ok(PIECE));
    let next = next.and_then(|(newest, _)| {
        let path = format!("{}/api/v1/accounts/{}/audit/export", service.public_url(), member.account);
        HeaderValue::try_from(format!("<{path}?after={newest}>; rel=\"next\"")).ok()
    });
    response.headers_mut().extend(next.map(|next| (header::LINK, next)));
    Ok(response)
}

fn after(query: &str) -> Result<i64, Error> {
    let after = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "after");
    let Some((_, number)) = after else { return Ok(0) };
    number.parse().map_err(|_| Error::because(ProblemCode::InvalidRequest, "after is not a whole number"))
}
