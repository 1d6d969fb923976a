//! Signing in with a password, and out.

use super::html::{Draft, Trouble};
use super::patience::Attempt;
use super::visitor::{Fields, Shown, Visitor};
use super::{PASSWORD, email_field, note, sign_in_here};
use crate::api::fields;
use crate::error::Error;
use crate::page::{add_cookies, redirect};
use crate::store::users::{self, User};
use crate::store::{self, Alone};
use crate::{Service, oauth, tokens};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

/// Who wrote what nobody can be named for.
const SOMEBODY: &str = "somebody";

/// How an attempt ended.
enum Outcome {
    /// Who it is, and the cookies of the session.
    SignedIn(Box<User>, Vec<HeaderValue>),
    /// The address or the password is wrong.
    Wrong,
    /// The password is right, but an administrator has closed the service to them.
    Disabled,
    /// Too many attempts; how many seconds to wait.
    Wait(i64),
}

/// Asks for e-mail address and password.
pub(super) async fn show(State(service): State<Service>, visitor: Visitor) -> Result<Response, Error> {
    if visitor.user(&service).await?.is_some() {
        return Ok(redirect("/user"));
    }
    page(&service, &visitor, ("", ""), None, StatusCode::OK)
}

/// Signs in, and goes on with the authorization request that the form carries, if there is one.
pub(super) async fn done(
    State(service): State<Service>,
    Shown { visitor, posted }: Shown,
) -> Result<Response, Error> {
    let shown: String = posted.value("email").chars().take(254).collect();
    let carried = (shown.as_str(), posted.value("request"));
    match attempt(&service, &visitor, &posted).await? {
        Outcome::SignedIn(user, cookies) => {
            let mut response =
                oauth::after_sign_in(&service, &visitor, &user, posted.value("request")).await?;
            add_cookies(&mut response, cookies);
            Ok(response)
        }
        Outcome::Wrong => {
            let trouble = Trouble::new("sign-in-wrong");
            page(&service, &visitor, carried, Some(&trouble), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Outcome::Disabled => {
            let trouble = Trouble::new("sign-in-disabled");
            page(&service, &visitor, carried, Some(&trouble), StatusCode::FORBIDDEN)
        }
        Outcome::Wait(seconds) => {
            let trouble = Trouble::new("sign-in-wait").with("minutes", (seconds + 59) / 60);
            let status = StatusCode::TOO_MANY_REQUESTS;
            let mut response = page(&service, &visitor, carried, Some(&trouble), status)?;
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            Ok(response)
        }
    }
}

async fn attempt(service: &Service, visitor: &Visitor, posted: &Fields) -> Result<Outcome, Error> {
    let inner = &service.inner;
    let Some(email) = fields::email(posted.value("email")) else { return Ok(Outcome::Wrong) };
    let mut writing = store::writing(&inner.pool, Alone::Rows).await?;
    let browser = match visitor.digest() {
        Some(digest) => users::knows_browser(&mut writing, &digest, &email).await?.then_some(digest),
        None => None,
    };
    let attempt = Attempt::new(&email, visitor.address, browser.as_deref());
    if let Err(seconds) = attempt.begin(&mut writing, inner.now()).await? {
        return Ok(Outcome::Wait(seconds));
    }
    let user = users::find(&mut writing, &email).await?;
    writing.commit().await?;
    let kept = user.as_ref().map(|user| user.password.clone());
    let matches = inner.passwords.matches(&posted.secret("password"), kept).await?;
    let mut writing = store::writing(&inner.pool, Alone::Rows).await?;
    let Some(user) = user.filter(|_| matches) else {
        // Some people type their password where the address goes: what is no user's address is not written down.
        let known = users::find(&mut writing, &email).await?;
        let by = known.map_or_else(|| SOMEBODY.to_owned(), |user| user.email);
        note(service, &mut writing, Some(visitor), (&by, "sign-in.failed", None)).await?;
        writing.commit().await?;
        return Ok(Outcome::Wrong);
    };
    attempt.succeeded(&mut writing).await?;
    if user.is_disabled {
        note(service, &mut writing, Some(visitor), (&user.email, "sign-in.disabled", None)).await?;
        writing.commit().await?;
        return Ok(Outcome::Disabled);
    }
    let cookies = sign_in_here(service, &mut writing, visitor, &user.email).await?;
    note(service, &mut writing, Some(visitor), (&user.email, "signed-in", None)).await?;
    writing.commit().await?;
    Ok(Outcome::SignedIn(Box::new(user), cookies))
}

/// Ends this browser's session; with an authorization request, somebody else may go on with it.
pub(super) async fn sign_out(
    State(service): State<Service>,
    Shown { visitor, posted }: Shown,
) -> Result<Response, Error> {
    if let Some(session) = &visitor.session {
        let user = visitor.user(&service).await?;
        let mut writing = store::writing(&service.inner.pool, Alone::Rows).await?;
        users::end_session(&mut writing, &tokens::digest(session.expose())).await?;
        if let Some(user) = user {
            note(&service, &mut writing, Some(&visitor), (&user.email, "signed-out", None)).await?;
        }
        writing.commit().await?;
    }
    let mut response = page(&service, &visitor, ("", posted.value("request")), None, StatusCode::OK)?;
    add_cookies(&mut response, visitor.no_session());
    Ok(response)
}

/// The form; it carries the authorization request that a program came with.
pub(crate) fn page(
    service: &Service,
    visitor: &Visitor,
    (email, request): (&str, &str),
    trouble: Option<&Trouble<'_>>,
    status: StatusCode,
) -> Result<Response, Error> {
    let form = visitor.form_secret()?;
    let intro = if request.is_empty() { "users-sign-in-intro" } else { "users-sign-in-for-program" };
    Ok(Draft::new(&service.inner.texts, "users-sign-in", &[])
        .says(intro, &[("address", &service.public_url())])
        .trouble(trouble)
        .form("/sign-in", &form, &[("request", request)])
        .field(&email_field(email))
        .field(&PASSWORD)
        .button("users-sign-in-done", None, false)
        .end_form()
        .says("users-sign-in-forgotten", &[])
        .answer(status, form))
}
