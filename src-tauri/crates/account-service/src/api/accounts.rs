//! The signed-in user, their accounts, and the users of an account.

use super::fields;
use super::request::{Body, Member, SignedIn};
use crate::Service;
use crate::error::Error;
use crate::store::{self, Alone, accounts, audit, people};
use account_api::{Account, AddUser, CreateAccount, Me, Problem, User};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

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
#[utoipa::path(post, path = "/api/v1/accounts", tag = "accounts", request_body = CreateAccount, responses(
    (status = 201, body = Account),
    (status = 200, body = Account, description = "The user has an account of that name."),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn create(
    State(service): State<Service>,
    user: SignedIn,
    Body(body): Body<CreateAccount>,
) -> Result<(StatusCode, Json<Account>), Error> {
    let name = fields::organization(&body.name)
        .ok_or_else(|| Error::value("name", "the name has 1 to 100 characters on one line"))?;
    let (account, new) = service.inner.ensure_owner(&user.email, &name, None).await?;
    Ok((created(new), Json(account)))
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
    params(("account" = String, Path)), request_body = AddUser, responses(
    (status = 201, body = User),
    (status = 200, body = User, description = "They were one before."),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn add_user(
    State(service): State<Service>,
    member: Member,
    Body(body): Body<AddUser>,
) -> Result<(StatusCode, Json<User>), Error> {
    let email =
        fields::email(&body.email).ok_or_else(|| Error::value("email", "this is not an e-mail address"))?;
    let now = service.inner.now();
    let mut writing = store::writing(&service.inner.pool, Alone::Account(&member.account)).await?;
    let new = people::add_member(&mut writing, &member.account, &email, now).await?;
    if new {
        audit::add(&mut writing, &member.account, now, &member.email, "user.added", Some(&email)).await?;
    }
    let user = people::member(&mut writing, &member.account, &email).await?.ok_or_else(Error::not_found)?;
    writing.commit().await?;
    Ok((created(new), Json(user)))
}

/// The status of something that is new, or was there before.
pub(crate) fn created(new: bool) -> StatusCode {
    if new { StatusCode::CREATED } else { StatusCode::OK }
}
