//! The integration as it is, and its audit log.

use super::answer;
use super::request::{Known, Member};
use crate::Service;
use crate::error::Error;
use crate::provisioning::calls;
use crate::store::{accounts, audit as log};
use account_api::{AuditLog, Integration, Problem};
use axum::Json;
use axum::extract::State;
use axum::response::Response;

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
