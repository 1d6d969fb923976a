//! People who sign in with a password of their own: the service's own pages for that.
//!
//! - [`setup`]: the first administrator, with the one-time code that the first start prints
//! - [`invitations`]: everybody after that, with a link that an administrator makes
//! - [`sign_in`]: signing in and out; [`patience`] slows guessing down
//! - [`administration`]: who may sign in, for administrators
//! - [`account`]: who is signed in, the password, and what happened lately
//! - [`password`]: Argon2id; [`visitor`]: the browser; [`html`]: what pages are made of

mod account;
mod administration;
pub(crate) mod html;
mod invitations;
pub(crate) mod password;
mod patience;
mod setup;
pub(crate) mod sign_in;
pub(crate) mod visitor;

pub(crate) use setup::code as setup_code;

use crate::Service;
use crate::error::Error;
use crate::page::redirect;
use crate::store::attempts::{self, Line};
use crate::store::{Writing, people, users};
use crate::tokens;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use html::{Draft, Field, Trouble};
use password::Weak;
use time::Duration;
use visitor::{Fields, Visitor};

/// So long a browser stays signed in at the service's pages.
const SESSION: Duration = Duration::hours(12);

/// The pages for users.
pub(crate) fn router() -> Router<Service> {
    Router::new()
        .route("/", get(home))
        .route("/setup", get(setup::show).post(setup::done))
        .route("/invitations/{invitation}", get(invitations::show).post(invitations::accept))
        .route("/sign-in", get(sign_in::show).post(sign_in::done))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/user", get(account::show))
        .route("/user/password", post(account::change_password))
        .route("/user/invitations", post(invitations::invite))
        .route("/users", get(administration::list))
        .route("/users/{email}", get(administration::show).post(administration::change))
}

/// Whoever opens the service's address gets to their own page, by way of signing in or of setting the service up.
async fn home(State(service): State<Service>) -> Result<Response, Error> {
    let mut connection = service.inner.pool.acquire().await?;
    Ok(redirect(if users::are_there(&mut connection).await? { "/user" } else { "/setup" }))
}

/// The answer to a browser that asks for a page which does not exist; programs get a problem document.
pub(crate) fn no_such_page(service: &Service) -> Response {
    over(service, StatusCode::NOT_FOUND, "page-unknown")
}

/// Signs this browser in, under secrets that nobody could have planted before. Returns the cookies to set.
async fn sign_in_here(
    service: &Service,
    writing: &mut Writing,
    visitor: &Visitor,
    email: &str,
) -> Result<Vec<HeaderValue>, Error> {
    let now = service.inner.now();
    let (session, browser) = (tokens::bearer_token()?, tokens::bearer_token()?);
    if let Some(old) = &visitor.session {
        users::end_session(&mut *writing, &tokens::digest(old.expose())).await?;
    }
    let digest = tokens::digest(session.expose());
    users::add_session(&mut *writing, &digest, email, (now, now.plus(SESSION))).await?;
    let (old, new) = (visitor.digest(), tokens::digest(browser.expose()));
    users::know_browser(&mut *writing, (old.as_deref(), &new), email, now).await?;
    people::signed_in(&mut *writing, email, now).await?;
    let cookies =
        [visitor.session_cookie(&session, SESSION.whole_seconds()), visitor.browser_cookie(&browser)];
    Ok(cookies.into_iter().flatten().collect())
}

/// Writes down what somebody did.
pub(crate) async fn note(
    service: &Service,
    writing: &mut Writing,
    visitor: Option<&Visitor>,
    (by, action, subject): (&str, &str, Option<&str>),
) -> Result<(), Error> {
    let line = Line {
        at: service.inner.now(),
        by: by.to_owned(),
        action: action.to_owned(),
        subject: subject.map(str::to_owned),
        address: visitor.map(|visitor| visitor.address.to_string()),
    };
    Ok(attempts::write_down(writing, &line).await?)
}

/// The page that says that something is over or was never there.
pub(crate) fn over(service: &Service, status: StatusCode, code: &str) -> Response {
    let title = "users-not-possible";
    Draft::new(&service.inner.texts, title, &[])
        .trouble(Some(&Trouble::new(code)))
        .link("users-back", "/user")
        .plain(status)
}

/// A form came from another page than one that was shown to this browser.
fn not_shown(service: &Service) -> Response {
    over(service, StatusCode::FORBIDDEN, "form-not-shown")
}

/// What is wrong with a new password.
fn weak(weak: Weak) -> Trouble<'static> {
    match weak {
        Weak::Short => Trouble::new("password-short").with("least", password::SHORTEST),
        Weak::Long => Trouble::new("password-long").with("most", password::LONGEST),
        Weak::Guessable => Trouble::new("password-guessable"),
    }
}

fn name_field(fields: &Fields) -> Field<'_> {
    Field { name: "name", kind: "text", autocomplete: "name", value: fields.value("name") }
}

fn email_field(value: &str) -> Field<'_> {
    Field { name: "email", kind: "email", autocomplete: "username", value }
}

const NEW_PASSWORD: Field<'static> =
    Field { name: "new-password", kind: "password", autocomplete: "new-password", value: "" };

const PASSWORD: Field<'static> =
    Field { name: "password", kind: "password", autocomplete: "current-password", value: "" };
