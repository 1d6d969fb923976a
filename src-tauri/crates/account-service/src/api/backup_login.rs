//! Step 7: the login that works when single sign-on does not.

use super::request::{BasedOn, Body, Licensed};
use super::{answer, fields};
use crate::Service;
use crate::error::Error;
use crate::store::change::{self, Line};
use crate::store::people;
use account_api::{Integration, Problem, ProblemCode, SetBackupLogin};
use axum::extract::State;
use axum::response::Response;

/// Names the backup login: a user of the account who has signed in.
#[utoipa::path(put, path = "/api/v1/accounts/{account}/backup-login", tag = "integration",
    params(("account" = String, Path), ("If-Match" = String, Header)), request_body = SetBackupLogin, responses(
    (status = 200, body = Integration, headers(("ETag" = String))),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn set(
    State(service): State<Service>,
    Licensed(member): Licensed,
    BasedOn(version): BasedOn,
    Body(body): Body<SetBackupLogin>,
) -> Result<Response, Error> {
    let email =
        fields::email(&body.email).ok_or_else(|| Error::value("email", "this is not an e-mail address"))?;
    check(&service, &member.account, &email).await?;
    let author = member.writes(&service, Some(version));
    let outcome = change::settings(&service.inner.pool, &member.account, &author, |draft, _| {
        draft.settings.backup_login = Some(email.clone());
        Ok(Line::about("backup-login.changed", email))
    })
    .await?;
    answer::after(&service, outcome)
}

/// Whoever takes a user out of the account changes its version, so that what holds here holds when it is written.
async fn check(service: &Service, account: &str, email: &str) -> Result<(), Error> {
    let refused = |detail: &str| Err(Error::about(ProblemCode::BackupLoginUnknown, "email", detail));
    let mut connection = service.inner.pool.acquire().await?;
    match people::member(&mut connection, account, email).await? {
        None => refused("this address is not a user of the account"),
        Some(user) if user.signed_in_at.is_none() => refused("this user has never signed in"),
        Some(_) if people::login(&mut connection, email).await?.is_disabled => {
            refused("an administrator of the service has disabled this user")
        }
        Some(_) => Ok(()),
    }
}
