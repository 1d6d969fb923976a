//! Licence keys.

use super::once::{Creation, Made};
use super::request::{BasedOn, Member};
use super::{answer, fields};
use crate::error::Error;
use crate::store::change::{self, Line};
use crate::store::licence_keys;
use crate::{Service, tokens};
use account_api::{LicenceKey, Problem, ProblemCode, RegisterLicenceKey};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// The registered keys, oldest first.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/licence-keys", tag = "accounts",
    params(("account" = String, Path)), responses(
    (status = 200, body = Vec<LicenceKey>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list(
    State(service): State<Service>,
    member: Member,
) -> Result<Json<Vec<LicenceKey>>, Error> {
    Ok(Json(licence_keys::of(&service.inner.pool, &member.account).await?))
}

/// Registers a key. The key itself is not kept, only its digest. This service knows per-user subscriptions only.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/licence-keys", tag = "accounts",
    params(("account" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = RegisterLicenceKey, responses(
    (status = 201, body = LicenceKey, headers(("ETag" = String))),
    (status = 200, body = LicenceKey, description = "The account has registered it before."),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn register(
    State(service): State<Service>,
    member: Member,
    BasedOn(version): BasedOn,
    Creation { body, once }: Creation<RegisterLicenceKey>,
) -> Result<Response, Error> {
    let author = member.writes(&service, Some(version));
    let (digest, key) = read(&body, author.at)?;
    let (mut writing, fresh) = change::begin(&service.inner.pool, &member.account, &author).await?;
    if let Some(answer) = once.before(&mut writing, &author.email, author.at).await? {
        return Ok(answer);
    }
    match licence_keys::find(&mut writing, &digest).await? {
        Some((account, known)) if account == member.account => return Ok(Json(known).into_response()),
        Some(_) => return Err(Error::plain(ProblemCode::LicenceKeyTaken)),
        None => {}
    }
    if let Err(stored) = fresh {
        return Err(answer::conflict(&service, stored));
    }
    // Another account may have been quicker since it was looked for.
    if !licence_keys::add(&mut writing, &member.account, &digest, &key).await? {
        return Err(Error::plain(ProblemCode::LicenceKeyTaken));
    }
    let line = Line::about("licence-key.registered", &key.hint)
        .after(json!({ "licence_key": key.hint, "name": key.name }));
    let stored = change::bump(&mut writing, &member.account, &author, &line).await?;
    let made = Made::new(StatusCode::CREATED, Some(stored.version), &key)?;
    once.commit(writing, &author.email, author.at, made).await
}

fn read(body: &RegisterLicenceKey, now: vocabulary::Timestamp) -> Result<(Vec<u8>, LicenceKey), Error> {
    let key = fields::licence_key(&body.key)
        .ok_or_else(|| Error::value("key", "a licence key has 8 to 128 letters and digits"))?;
    let name = body.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let name = name.map(|name| fields::one_line(name, 100)).map(|name| {
        name.ok_or_else(|| Error::value("name", "the name has at most 100 characters on one line"))
    });
    let hint = tokens::hint(&key);
    let key_digest = tokens::digest(&key);
    Ok((key_digest, LicenceKey { hint, name: name.transpose()?, per_user: true, registered_at: now }))
}
