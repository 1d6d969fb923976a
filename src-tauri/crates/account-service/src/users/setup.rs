//! The first administrator. Whoever can read what the service printed at its first start may become it.

use super::html::{Draft, Field, Trouble};
use super::visitor::{Fields, Shown, Visitor};
use super::{NEW_PASSWORD, email_field, name_field, note, over, password, sign_in_here, weak};
use crate::Service;
use crate::api::fields;
use crate::error::Error;
use crate::page::{add_cookies, redirect};
use crate::store::users::{self, Role, User};
use crate::store::{self, Alone};
use crate::tokens;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use vocabulary::Secret;

/// Asks for the code and for who the administrator is to be.
pub(super) async fn show(State(service): State<Service>, visitor: Visitor) -> Result<Response, Error> {
    let mut connection = service.inner.pool.acquire().await?;
    if users::are_there(&mut connection).await? {
        return Ok(over(&service, StatusCode::GONE, "setup-over"));
    }
    page(&service, &visitor, &Fields::read(b""), None)
}

/// Makes the administrator.
pub(super) async fn done(
    State(service): State<Service>,
    Shown { visitor, posted }: Shown,
) -> Result<Response, Error> {
    let inner = &service.inner;
    let digest = tokens::digest(&as_issued(posted.value("code")));
    let mut connection = inner.pool.acquire().await?;
    let is_code = users::is_setup_code(&mut connection, &digest).await?;
    drop(connection);
    if !is_code {
        return page(&service, &visitor, &posted, Some(&Trouble::new("setup-code-wrong")));
    }
    let user = match read(&posted) {
        Ok(user) => user,
        Err(trouble) => return page(&service, &visitor, &posted, Some(&trouble)),
    };
    let password = inner.passwords.hash(&posted.secret("new-password")).await?;
    let user = User { password, ..user };
    let mut writing = store::writing(&inner.pool, Alone::Rows).await?;
    let first =
        users::use_setup_code(&mut writing, &digest).await? && !users::are_there(&mut writing).await?;
    if !first || !users::add(&mut writing, &user, inner.now()).await? {
        return Ok(over(&service, StatusCode::GONE, "setup-over"));
    }
    let cookies = sign_in_here(&service, &mut writing, &visitor, &user.email).await?;
    note(&service, &mut writing, Some(&visitor), (&user.email, "setup.done", None)).await?;
    writing.commit().await?;
    let mut response = redirect("/user");
    add_cookies(&mut response, cookies);
    Ok(response)
}

/// Makes and keeps a code while there is no user; each start of each node makes its own, and the first one used voids
/// all others.
pub(crate) async fn code(service: &Service) -> Result<Option<Secret>, Error> {
    let inner = &service.inner;
    let mut writing = store::writing(&inner.pool, Alone::Rows).await?;
    if users::are_there(&mut writing).await? {
        return Ok(None);
    }
    let code = tokens::setup_code()?;
    users::add_setup_code(&mut writing, &tokens::digest(&as_issued(code.expose())), inner.now()).await?;
    writing.commit().await?;
    Ok(Some(code))
}

/// A code without what people and terminals put between its letters.
fn as_issued(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Who it is to be, still without the password's string.
fn read(posted: &Fields) -> Result<User, Trouble<'static>> {
    let name =
        fields::one_line(posted.value("name").trim(), 100).ok_or_else(|| Trouble::new("name-wrong"))?;
    let email = fields::email(posted.value("email")).ok_or_else(|| Trouble::new("email-wrong"))?;
    password::check(posted.value("new-password"), &email).map_err(weak)?;
    Ok(User { email, name, role: Role::Administrator, password: String::new(), is_disabled: false })
}

fn page(
    service: &Service,
    visitor: &Visitor,
    posted: &Fields,
    trouble: Option<&Trouble<'_>>,
) -> Result<Response, Error> {
    let form = visitor.form_secret()?;
    let code = Field { name: "code", kind: "text", autocomplete: "off", value: posted.value("code") };
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(Draft::new(&service.inner.texts, "users-setup", &[])
        .says("users-setup-intro", &[])
        .trouble(trouble)
        .form("/setup", &form, &[])
        .field(&code)
        .field(&name_field(posted))
        .field(&email_field(posted.value("email")))
        .field(&NEW_PASSWORD)
        .button("users-setup-done", None, false)
        .end_form()
        .answer(status, form))
}
