//! The signed-in user, their accounts, and the users of an account.

use super::once::{Creation, Made};
use super::request::{BasedOn, Member, SignedIn};
use super::{answer, fields};
use crate::Service;
use crate::error::Error;
use crate::store::change::{self, Line};
use crate::store::{self, Alone, accounts, people};
use account_api::{Account, AddUser, CreateAccount, Integration, Me, Problem, User};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// The signed-in user and their accounts.
#[utoipa::path(get, path = "/api/v1/me", tag = "accounts", responses(
    (status = 200, body = Me),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn me(State(service): State<Service>, user: SignedIn) -> Result<Json<Me>, Error> {
    let accounts = accounts::of(&service.inner.pool, &user.email).await?;
    Ok(Json(Me { email: user.email, accounts }))
}

/// Makes a business account. When the user has one of that name already, it is the answer, with status 200.
#[utoipa::path(post, path = "/api/v1/accounts", tag = "accounts",
    params(("Idempotency-Key" = Option<String>, Header)), request_body = CreateAccount, responses(
    (status = 201, body = Account),
    (status = 200, body = Account, description = "The user has an account of that name."),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn create(
    State(service): State<Service>,
    user: SignedIn,
    Creation { body, once }: Creation<CreateAccount>,
) -> Result<Response, Error> {
    let name = fields::organization(&body.name)
        .ok_or_else(|| Error::value("name", "the name has 1 to 100 characters on one line"))?;
    let now = service.inner.now();
    let mut writing = store::writing(&service.inner.pool, Alone::Person(&user.email)).await?;
    if let Some(answer) = once.before(&mut writing, &user.email, now).await? {
        return Ok(answer);
    }
    let (account, new) = service.inner.own(&mut writing, &user.email, &name, None).await?;
    let status = if new { StatusCode::CREATED } else { StatusCode::OK };
    once.commit(writing, &user.email, now, Made::new(status, None, &account)?).await
}

/// The users of the account, by e-mail address.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/users", tag = "accounts",
    params(("account" = String, Path)), responses(
    (status = 200, body = Vec<User>),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn users(State(service): State<Service>, member: Member) -> Result<Json<Vec<User>>, Error> {
    Ok(Json(people::of(&service.inner.pool, &member.account).await?))
}

/// Makes somebody a user of the account.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/users", tag = "accounts",
    params(("account" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = AddUser, responses(
    (status = 201, body = User, headers(("ETag" = String))),
    (status = 200, body = User, description = "They were one before."),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn add_user(
    State(service): State<Service>,
    member: Member,
    BasedOn(version): BasedOn,
    Creation { body, once }: Creation<AddUser>,
) -> Result<Response, Error> {
    let email =
        fields::email(&body.email).ok_or_else(|| Error::value("email", "this is not an e-mail address"))?;
    let author = member.writes(&service, Some(version));
    let (mut writing, fresh) = change::begin(&service.inner.pool, &member.account, &author).await?;
    if let Some(answer) = once.before(&mut writing, &author.email, author.at).await? {
        return Ok(answer);
    }
    if let Some(user) = people::member(&mut writing, &member.account, &email).await? {
        return Ok(Json(user).into_response());
    }
    if let Err(stored) = fresh {
        return Err(answer::conflict(&service, stored));
    }
    people::add_member(&mut writing, &member.account, &email, author.at).await?;
    let line = Line::about("user.added", &email).after(json!({ "user": email }));
    let stored = change::bump(&mut writing, &member.account, &author, &line).await?;
    let user = people::member(&mut writing, &member.account, &email).await?.ok_or_else(Error::not_found)?;
    let made = Made::new(StatusCode::CREATED, Some(stored.version), &user)?;
    once.commit(writing, &author.email, author.at, made).await
}

/// Takes somebody out of the users of the account. Not the last one, and not the backup login.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}/users/{email}", tag = "accounts",
    params(("account" = String, Path), ("email" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 200, body = Integration, headers(("ETag" = String))),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn remove_user(
    State(service): State<Service>,
    member: Member,
    Path((_, email)): Path<(String, String)>,
    BasedOn(version): BasedOn,
) -> Result<Response, Error> {
    let email = fields::email(&email).ok_or_else(Error::not_found)?;
    let author = member.writes(&service, Some(version));
    let (mut writing, fresh) = change::begin(&service.inner.pool, &member.account, &author).await?;
    people::member(&mut writing, &member.account, &email).await?.ok_or_else(Error::not_found)?;
    let stored = fresh.map_err(|stored| answer::conflict(&service, stored))?;
    if stored.draft.settings.backup_login.as_deref() == Some(&email) {
        return Err(Error::value("email", "this user is the backup login; name another one first"));
    }
    if !people::has_other_member(&mut writing, &member.account, &email).await? {
        return Err(Error::value("email", "this is the only user of the account; add another one first"));
    }
    people::remove_member(&mut writing, &member.account, &email).await?;
    let line = Line::about("user.removed", &email).before(json!({ "user": email }));
    answer::after(&service, change::bump_and_finish(writing, &member.account, &author, &line).await?)
}
