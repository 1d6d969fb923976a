//! Everybody after the first administrator: a link that works once, for one address, for a week. Whoever is a user
//! already and lost their password gets another one by such a link, for a day.

use super::html::{Draft, Trouble};
use super::visitor::{Fields, Shown, Visitor};
use super::{NEW_PASSWORD, account, name_field, note, over, password, sign_in_here, weak};
use crate::Service;
use crate::api::fields;
use crate::error::Error;
use crate::page::{add_cookies, redirect};
use crate::store::users::{self, Invitation, Role, User};
use crate::store::{self, Alone, Writing, oauth};
use crate::tokens;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use time::Duration;
use vocabulary::Secret;

/// So long an invitation is good.
const GOOD_FOR: Duration = Duration::days(7);

/// So long a link for a new password is good.
const GOOD_FOR_PASSWORD: Duration = Duration::days(1);

/// A link that works once.
pub(super) struct Link {
    secret: Secret,
    invitation: Invitation,
    good_for: Duration,
}

impl Link {
    fn for_somebody_new(invitation: Invitation) -> Result<Self, Error> {
        Ok(Self { secret: tokens::bearer_token()?, invitation, good_for: GOOD_FOR })
    }

    /// A link with which a user chooses a new password.
    pub(super) fn for_password(email: &str, role: Role) -> Result<Self, Error> {
        let invitation = Invitation { email: email.to_owned(), role };
        Ok(Self { secret: tokens::bearer_token()?, invitation, good_for: GOOD_FOR_PASSWORD })
    }

    /// Keeps its digest; an earlier one of that address is void. Gives the address to send.
    pub(super) async fn keep(
        &self,
        service: &Service,
        writing: &mut Writing,
        by: &str,
    ) -> Result<String, Error> {
        let until = service.inner.now().plus(self.good_for);
        users::invite(writing, &tokens::digest(self.secret.expose()), &self.invitation, by, until).await?;
        Ok(format!("{}/invitations/{}", service.public_url(), self.secret.expose()))
    }
}

/// Shows a link, this once.
pub(super) fn shown(service: &Service, title: &str, email: &str, link: &str) -> Response {
    Draft::new(&service.inner.texts, title, &[("email", email)])
        .says(&format!("{title}-more"), &[])
        .value(link)
        .link("users-back-to-list", "/users")
        .plain(StatusCode::OK)
}

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
    let mut writing = store::writing(&service.inner.pool, Alone::Users).await?;
    if users::find(&mut writing, &email).await?.is_some() {
        drop(writing);
        return account::page(&service, &visitor, &user, Some(&Trouble::new("invited-is-user"))).await;
    }
    let role = Role::of(posted.value("role"));
    let link = Link::for_somebody_new(Invitation { email: email.clone(), role })?;
    let link = link.keep(&service, &mut writing, &user.email).await?;
    let line = (user.email.as_str(), "invitation.made", Some(email.as_str()));
    note(&service, &mut writing, Some(&visitor), line).await?;
    writing.commit().await?;
    Ok(shown(&service, "users-invited", &email, &link))
}

/// Whom a link is for.
struct Guest {
    invitation: Invitation,
    /// Whether they are a user already, and the link is for a new password.
    is_user: bool,
}

async fn guest(service: &Service, digest: &[u8]) -> sqlx::Result<Option<Guest>> {
    let mut connection = service.inner.pool.acquire().await?;
    let Some(invitation) = users::invitation(&mut connection, digest, service.inner.now()).await? else {
        return Ok(None);
    };
    let is_user = users::find(&mut connection, &invitation.email).await?.is_some();
    Ok(Some(Guest { invitation, is_user }))
}

/// Asks who is invited for a name and a password, or a user for a new password.
pub(super) async fn show(
    State(service): State<Service>,
    Path(secret): Path<String>,
    visitor: Visitor,
) -> Result<Response, Error> {
    match guest(&service, &tokens::digest(&secret)).await? {
        Some(guest) => page(&service, &visitor, &guest, &Fields::read(b""), (&secret, None)),
        None => Ok(over(&service, StatusCode::GONE, "invitation-over")),
    }
}

/// Makes the user, or changes their password.
pub(super) async fn accept(
    State(service): State<Service>,
    Path(secret): Path<String>,
    Shown { visitor, posted }: Shown,
) -> Result<Response, Error> {
    let digest = tokens::digest(&secret);
    let Some(guest) = guest(&service, &digest).await? else {
        return Ok(over(&service, StatusCode::GONE, "invitation-over"));
    };
    let name = match read(&posted, &guest) {
        Ok(name) => name,
        Err(trouble) => return page(&service, &visitor, &guest, &posted, (&secret, Some(&trouble))),
    };
    let password = service.inner.passwords.hash(&posted.secret("new-password")).await?;
    let mut writing = store::writing(&service.inner.pool, Alone::Rows).await?;
    let Some(action) = use_up(&service, &mut writing, &digest, (&guest, name, password)).await? else {
        return Ok(over(&service, StatusCode::GONE, "invitation-over"));
    };
    let email = &guest.invitation.email;
    let cookies = sign_in_here(&service, &mut writing, &visitor, email).await?;
    note(&service, &mut writing, Some(&visitor), (email, action, None)).await?;
    writing.commit().await?;
    let mut response = redirect("/user");
    add_cookies(&mut response, cookies);
    Ok(response)
}

/// What was done, or nothing when the link was used or made void meanwhile.
async fn use_up(
    service: &Service,
    writing: &mut Writing,
    digest: &[u8],
    (guest, name, password): (&Guest, String, String),
) -> sqlx::Result<Option<&'static str>> {
    let (Invitation { email, role }, now) = (&guest.invitation, service.inner.now());
    if !users::use_invitation(writing, digest).await? {
        return Ok(None);
    }
    if guest.is_user {
        users::change_password(writing, email, &password, now).await?;
        oauth::end_grants_of(writing, email, now).await?;
        return Ok(Some("password-link.used"));
    }
    let user = User { email: email.clone(), name, role: *role, password, is_disabled: false };
    Ok(users::add(writing, &user, now).await?.then_some("invitation.accepted"))
}

/// The name of somebody new; a user has one.
fn read(posted: &Fields, guest: &Guest) -> Result<String, Trouble<'static>> {
    let name =
        if guest.is_user { Some(String::new()) } else { fields::one_line(posted.value("name").trim(), 100) };
    let name = name.ok_or_else(|| Trouble::new("name-wrong"))?;
    password::check(posted.value("new-password"), &guest.invitation.email).map_err(weak)?;
    Ok(name)
}

fn page(
    service: &Service,
    visitor: &Visitor,
    guest: &Guest,
    posted: &Fields,
    (secret, trouble): (&str, Option<&Trouble<'_>>),
) -> Result<Response, Error> {
    let form = visitor.form_secret()?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (title, button) = if guest.is_user {
        ("users-new-password", "users-change-password-done")
    } else {
        ("users-invitation", "users-invitation-accept")
    };
    let mut draft = Draft::new(&service.inner.texts, title, &[])
        .says("users-invitation-intro", &[("email", &guest.invitation.email)])
        .trouble(trouble)
        .form(&format!("/invitations/{secret}"), &form, &[]);
    if !guest.is_user {
        draft = draft.field(&name_field(posted));
    }
    Ok(draft.field(&NEW_PASSWORD).button(button, None, false).end_form().answer(status, form))
}
