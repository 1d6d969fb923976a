//! Licence keys.

use super::accounts::created;
use super::fields;
use super::request::{Body, Member};
use crate::error::Error;
use crate::store::{self, Alone, audit, licence_keys};
use crate::{Service, tokens};
use account_api::{LicenceKey, Problem, ProblemCode, RegisterLicenceKey};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

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
    params(("account" = String, Path)), request_body = RegisterLicenceKey, responses(
    (status = 201, body = LicenceKey),
    (status = 200, body = LicenceKey, description = "The account has registered it before."),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn register(
    State(service): State<Service>,
    member: Member,
    Body(body): Body<RegisterLicenceKey>,
) -> Result<(StatusCode, Json<LicenceKey>), Error> {
    let (digest, key) = read(&body, service.inner.now())?;
    let mut writing = store::writing(&service.inner.pool, Alone::Account(&member.account)).await?;
    match licence_keys::find(&mut writing, &digest).await? {
        Some((account, known)) if account == member.account => return Ok((created(false), Json(known))),
        Some(_) => return Err(Error::plain(ProblemCode::LicenceKeyTaken)),
        None => {}
    }
    // Another account may have been quicker since it was looked for.
    if !licence_keys::add(&mut writing, &member.account, &digest, &key).await? {
        return Err(Error::plain(ProblemCode::LicenceKeyTaken));
    }
    let (at, action) = (key.registered_at, "licence-key.registered");
    audit::add(&mut writing, &member.account, at, &member.email, action, Some(&key.hint)).await?;
    writing.commit().await?;
    Ok((created(true), Json(key)))
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
