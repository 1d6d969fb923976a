//! The browser comes with an authorization request, and goes back to the program with a code.

use super::AUTHORIZE;
use super::request::{AuthorizationRequest, Refusal};
use crate::error::Error;
use crate::page::redirect;
use crate::store::oauth::{self, Grant};
use crate::store::users::User;
use crate::store::{self, Alone};
use crate::users::html::Draft;
use crate::users::visitor::{Shown, Visitor};
use crate::users::{note, over, sign_in};
use crate::{Service, tokens};
use account_api::OAUTH_CLIENT;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use time::Duration;

/// So long a code is good. The program is waiting for it on the same computer.
const CODE: Duration = Duration::minutes(1);

/// So long a program stays signed in at the most; then its user signs in again.
const GRANT: Duration = Duration::days(180);

/// Asks who it is, or whether the program may.
pub(super) async fn show(
    State(service): State<Service>,
    RawQuery(query): RawQuery,
    visitor: Visitor,
) -> Result<Response, Error> {
    let query = query.unwrap_or_default();
    let request = match AuthorizationRequest::read(&query, &service.public_url()) {
        Ok(request) => request,
        Err(refusal) => return Ok(refused(&service, refusal)),
    };
    match visitor.user(&service).await? {
        Some(user) => ask(&service, &visitor, &user, (&request, &query)).await,
        None => sign_in::page(&service, &visitor, ("", &query), None, StatusCode::OK),
    }
}

/// Somebody has just signed in for this request; an empty one is none. Only what the program may do is still to be
/// asked, once: to press another button to the same end would be no consent.
pub(crate) async fn after_sign_in(
    service: &Service,
    visitor: &Visitor,
    user: &User,
    query: &str,
) -> Result<Response, Error> {
    if query.is_empty() {
        return Ok(redirect("/user"));
    }
    let request = match AuthorizationRequest::read(query, &service.public_url()) {
        Ok(request) => request,
        Err(refusal) => return Ok(refused(service, refusal)),
    };
    let mut connection = service.inner.pool.acquire().await?;
    let asked = (user.email.as_str(), OAUTH_CLIENT, request.scope.as_str());
    let has_consented = oauth::has_consented(&mut connection, asked).await?;
    drop(connection);
    if has_consented {
        return grant(service, visitor, user, &request).await;
    }
    Ok(redirect(&format!("{AUTHORIZE}?{query}")))
}

/// The user has decided.
pub(super) async fn decided(
    State(service): State<Service>,
    Shown { visitor, posted }: Shown,
) -> Result<Response, Error> {
    let query = posted.value("request");
    let request = match AuthorizationRequest::read(query, &service.public_url()) {
        Ok(request) => request,
        Err(refusal) => return Ok(refused(&service, refusal)),
    };
    let Some(user) = visitor.user(&service).await? else {
        return sign_in::page(&service, &visitor, ("", query), None, StatusCode::OK);
    };
    if posted.value("decision") != "allow" {
        return Ok(redirect(&request.refused("access_denied")));
    }
    grant(&service, &visitor, &user, &request).await
}

/// What the program may do is listed the first time. After that it is still asked whether it is the user who wants it:
/// any program on their computer could have opened the browser (RFC 8252, section 8.6).
async fn ask(
    service: &Service,
    visitor: &Visitor,
    user: &User,
    (request, query): (&AuthorizationRequest, &str),
) -> Result<Response, Error> {
    let mut connection = service.inner.pool.acquire().await?;
    let scope = request.scope.as_str();
    let is_known = oauth::has_consented(&mut connection, (&user.email, OAUTH_CLIENT, scope)).await?;
    let form = visitor.form_secret()?;
    let args = [("name", user.name.as_str()), ("email", &user.email)];
    let mut draft = Draft::new(&service.inner.texts, "users-consent", &args).says("users-consent-who", &args);
    if !is_known {
        let may = match request.scope {
            super::Scope::Read => ["users-consent-read"].as_slice(),
            super::Scope::Write => ["users-consent-read", "users-consent-write"].as_slice(),
        };
        draft = draft.says("users-consent-may", &[]).list(may);
    }
    Ok(draft
        .says("users-consent-only-if", &[])
        .form(AUTHORIZE, &form, &[("request", query)])
        .button("users-consent-allow", Some(("decision", "allow")), false)
        .button("users-consent-deny", Some(("decision", "deny")), true)
        .end_form()
        .form("/sign-out", &form, &[("request", query)])
        .button("users-consent-other", None, true)
        .end_form()
        .answer(StatusCode::OK, form))
}

async fn grant(
    service: &Service,
    visitor: &Visitor,
    user: &User,
    request: &AuthorizationRequest,
) -> Result<Response, Error> {
    let inner = &service.inner;
    let (now, code) = (inner.now(), tokens::bearer_token()?);
    let (client, scope) = (OAUTH_CLIENT.to_owned(), request.scope.as_str().to_owned());
    let granted = Grant { id: uuid::Uuid::new_v4().to_string(), email: user.email.clone(), client, scope };
    let mut writing = store::writing(&inner.pool, Alone::Rows).await?;
    oauth::consent(&mut writing, (&granted.email, &granted.client, &granted.scope), now).await?;
    oauth::add_grant(&mut writing, &granted, (now, now.plus(GRANT))).await?;
    let digest = tokens::digest(code.expose());
    let bound = (request.redirect_uri.as_str(), request.challenge.as_str());
    oauth::add_code(&mut writing, &digest, &granted.id, bound, now.plus(CODE)).await?;
    let line = (user.email.as_str(), "program.allowed", Some(OAUTH_CLIENT));
    note(service, &mut writing, Some(visitor), line).await?;
    writing.commit().await?;
    Ok(redirect(&request.granted(code.expose())))
}

fn refused(service: &Service, refusal: Refusal) -> Response {
    match refusal {
        Refusal::Page => over(service, StatusCode::BAD_REQUEST, "program-unknown"),
        Refusal::Redirect(url) => redirect(&url),
    }
}
