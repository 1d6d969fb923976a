//! Signing out, asked for by the identity provider or by the user.

use super::cookies::Cookies;
use super::page::{Page, add_cookies};
use super::{AccountPart, existing};
use crate::error::Error;
use crate::store::{self, Alone, audit, sign_ins};
use crate::{Service, tokens};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

/// Ends the session of the browser that the identity provider sends here, with a `LogoutRequest` or without one. It can
/// end no other browser's, so that nothing in the request has to be believed.
pub(super) async fn asked_by_provider(
    State(service): State<Service>,
    AccountPart(account): AccountPart,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let account = existing(&service, &account).await?.account;
    sign_out(&service, Some(&account), &headers).await
}

/// Ends the session of this browser.
pub(super) async fn asked_by_user(
    State(service): State<Service>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    sign_out(&service, None, &headers).await
}

async fn sign_out(service: &Service, only: Option<&str>, headers: &HeaderMap) -> Result<Response, Error> {
    let inner = &service.inner;
    let cookies = Cookies::of(&service.public_url());
    let page = || Page::good(&inner.texts, "service-signed-out", &[], false).into_response();
    let Some(secret) = cookies.read(headers).session else { return Ok(page()) };
    let digest = tokens::digest(secret.expose());
    let now = inner.now();
    let mut writing = store::writing(&inner.pool, Alone::Rows).await?;
    let session = sign_ins::session(&mut writing, &digest, now).await?;
    let session = session.filter(|session| only.is_none_or(|account| account == session.account));
    if let Some(session) = session {
        sign_ins::end_session(&mut writing, &digest).await?;
        audit::add(&mut writing, &session.account, now, &session.email, "signed-out", None).await?;
        writing.commit().await?;
    }
    let mut response = page();
    add_cookies(&mut response, cookies.no_session());
    Ok(response)
}
