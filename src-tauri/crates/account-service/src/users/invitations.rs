//! Everybody after the first administrator: a link that works once, for one address, for a week.

use super::html::{Draft, Trouble};
use super::visitor::{Fields, Shown, Visitor};
use super::{NEW_PASSWORD, account, name_field, note, over, password, sign_in_here, weak};
use crate::Service;
use crate::api::fields;
use crate::error::Error;
use crate::page::{add_cookies, redirect};
use crate::store::users::{self, Invitation, Role, User};
use crate::store::{self, Alone};
use crate::tokens;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use time::Duration;

/// So long an invitation is good.
const GOOD_FOR: Duration = Duration::days(7);

/// Makes an invitation and shows its link, this once.
pub(super) async fn invite(
    State(service): State<Service>,
    Shown { visitor, posted }: Shown,
) -> Result<Response, Error> {
    let Some(user) = visitor.user(&service).await? else { return Ok(redirect("/sign-in")) };
    if user.role != Role::Administrator {
        return Ok(over(&service, StatusCode::FORBIDDEN, "not-administrator"));
    }
    let Some(email) = fields::email(posted.value("email")) else {
        return account::page(&service, &visitor, &user, Some(&Trouble::new("email-wrong"))).await;
    };
    let (inner, secret) = (&service.inner, tokens::bearer_token()?);
    let invitation = Invitation { email, role: Role::of(posted.value("role")) };
    let mut writing = store::writing(&inner.pool, Alone::Rows).await?;
    if users::find(&mut writing, &invitation.email).await?.is_some() {
        drop(writing);
        return account::page(&service, &visitor, &user, Some(&Trouble::new("invited-is-user"))).await;
    }
    let until = inner.now().plus(GOOD_FOR);
    let digest = tokens::digest(secret.expose());
    users::invite(&mut writing, &digest, &invitation, &user.email, until).await?;
    let line = (user.email.as_str(), "invitation.made", Some(invitation.email.as_str()));
    note(&service, &mut writing, Some(&visitor), line).await?;
    writing.commit().await?;
    let link = format!("{}/invitations/{}", service.public_url(), secret.expose());
    Ok(Draft::new(&inner.texts, "users-invited", &[("email", &invitation.email)])
        .says("users-invited-link", &[])
        .value(&link)
        .plain(StatusCode::OK))
}

/// Asks who is invited for a name and a password.
pub(super) async fn show(
    State(service): State<Service>,
    Path(secret): Path<String>,
    visitor: Visitor,
) -> Result<Response, Error> {
    let mut connection = service.inner.pool.acquire().await?;
    let digest = tokens::digest(&secret);
    match users::invitation(&mut connection, &digest, service.inner.now()).await? {
        Some(invitation) => page(&service, &visitor, &invitation, &Fields::read(b""), (&secret, None)),
        None => Ok(over(&service, StatusCode::GONE, "invitation-over")),
    }
}

/// Makes the user.
pub(super) async fn accept(
    State(service): State<Service>,
    Path(secret): Path<String>,
    Shown { visitor, posted }: Shown,
) -> Result<Response, Error> {
    let (inner, digest) = (&service.inner, tokens::digest(&secret));
    let mut connection = inner.pool.acquire().await?;
    let invitation = users::invitation(&mut connection, &digest, inner.now()).await?;
    drop(connection);
    let Some(invitation) = invitation else {
        return Ok(over(&service, StatusCode::GONE, "invitation-over"));
    };
    let name = match read(&posted, &invitation) {
        Ok(name) => name,
        Err(trouble) => return page(&service, &visitor, &invitation, &posted, (&secret, Some(&trouble))),
    };
    let password = inner.passwords.hash(&posted.secret("new-password")).await?;
    let user = User { email: invitation.email, name, role: invitation.role, password };
    let mut writing = store::writing(&inner.pool, Alone::Rows).await?;
    let is_first = users::use_invitation(&mut writing, &digest).await?;
    if !is_first || !users::add(&mut writing, &user, inner.now()).await? {
        return Ok(over(&service, StatusCode::GONE, "invitation-over"));
    }
    let cookies = sign_in_here(&service, &mut writing, &visitor, &user.email).await?;
    note(&service, &mut writing, Some(&visitor), (&user.email, "invitation.accepted", None)).await?;
    writing.commit().await?;
    let mut response = redirect("/user");
    add_cookies(&mut response, cookies);
    Ok(response)
}

fn read(posted: &Fields, invitation: &Invitation) -> Result<String, Trouble<'static>> {
    let name =
        fields::one_line(posted.value("name").trim(), 100).ok_or_else(|| Trouble::new("name-wrong"))?;
    password::check(posted.value("new-password"), &invitation.email).map_err(weak)?;
    Ok(name)
}

fn page(
    service: &Service,
    visitor: &Visitor,
    invitation: &Invitation,
    posted: &Fields,
    (secret, trouble): (&str, Option<&Trouble<'_>>),
) -> Result<Response, Error> {
    let form = visitor.form_secret()?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(Draft::new(&service.inner.texts, "users-invitation", &[])
        .says("users-invitation-intro", &[("email", &invitation.email)])
        .trouble(trouble)
        .form(&format!("/invitations/{secret}"), &form, &[])
        .field(&name_field(posted))
        .field(&NEW_PASSWORD)
        .button("users-invitation-accept", None, false)
        .end_form()
        .answer(status, form))
}
