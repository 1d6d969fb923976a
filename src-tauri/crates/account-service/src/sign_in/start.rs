//! A browser comes, and is sent to the identity provider.

use super::cookies::Cookies;
use super::page::{self, Page};
use super::request::Request;
use super::sign_out::can_end_everywhere;
use crate::Service;
use crate::api::fields;
use crate::error::Error;
use crate::store::settings::Stored;
use crate::store::sign_ins::{self, StoredRequest};
use crate::store::{self, Alone, Writing, accounts, domains, sign_in_tests};
use crate::tokens;
use account_api::SignInRole;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain_check::DomainName;
use time::Duration;
use url::form_urlencoded;
use vocabulary::Finding;

/// So long an answer to a request is taken.
const OPEN: Duration = Duration::minutes(10);

/// Asks for the work e-mail address, or says who is signed in.
pub(super) async fn ask(State(service): State<Service>, headers: HeaderMap) -> Result<Response, Error> {
    let inner = &service.inner;
    let Some(secret) = Cookies::of(&service.public_url()).read(&headers).session else {
        return Ok(Page::ask_for_email(&inner.texts, "", None).into_response());
    };
    let mut connection = inner.pool.acquire().await?;
    let session = sign_ins::session(&mut connection, &tokens::digest(secret.expose()), inner.now()).await?;
    let Some(session) = session else {
        return Ok(Page::ask_for_email(&inner.texts, "", None).into_response());
    };
    let stored = accounts::integration(&mut connection, &session.account).await?;
    let stored = stored.ok_or_else(Error::not_found)?;
    let role = match session.role {
        SignInRole::Administrator => "administrator",
        SignInRole::User => "user",
    };
    let args = [("email", session.email.as_str()), ("organization", &stored.organization), ("role", role)];
    Ok(Page::signed_in(&inner.texts, &args, can_end_everywhere(&stored, &session)).into_response())
}

/// Looks whose domain it is, and sends the browser to that organization's identity provider (fact of the portal: only
/// verified domains, and only while single sign-on is switched on).
pub(super) async fn with_email(
    State(service): State<Service>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Error> {
    let typed = form_urlencoded::parse(&body).find(|(name, _)| name == "email");
    let typed = typed.map(|(_, value)| value.into_owned()).unwrap_or_default();
    let mut writing = store::writing(&service.inner.pool, Alone::Rows).await?;
    match responsible(&mut writing, &typed).await? {
        Ok(stored) => send(&service, writing, stored, None, &headers).await,
        Err(finding) => {
            let shown: String = typed.chars().take(254).collect();
            Ok(Page::ask_for_email(&service.inner.texts, &shown, Some(&finding)).into_response())
        }
    }
}

/// The account that signs in people with such an address.
async fn responsible(writing: &mut Writing, typed: &str) -> Result<Result<Stored, Finding>, Error> {
    let Some(email) = fields::email(typed) else { return Ok(Err(Finding::error("sign-in-address"))) };
    let domain = domain_of(&email);
    let unknown = || Finding::error("sign-in-domain-unknown").with("domain", &domain);
    let Some(account) = domains::verified_holder(writing, &domain).await? else { return Ok(Err(unknown())) };
    let Some(stored) = accounts::integration(writing, &account).await? else { return Ok(Err(unknown())) };
    if stored.draft.activated_at.is_none() {
        return Ok(Err(Finding::error("sign-in-not-active").with("domain", &domain)));
    }
    Ok(Ok(stored))
}

/// The domain of an address as domains are kept: A-labels, lower case.
pub(super) fn domain_of(email: &str) -> String {
    let domain = email.rsplit_once('@').map_or("", |(_, domain)| domain);
    DomainName::parse(domain).map_or_else(|_| domain.to_owned(), |parsed| parsed.domain.to_string())
}

/// Opens a sign-in test, once: this browser is the one whose answer is taken.
pub(super) async fn open_test(
    State(service): State<Service>,
    Path(opener): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let mut writing = store::writing(&service.inner.pool, Alone::Rows).await?;
    let now = service.inner.now();
    let Some(test) = sign_in_tests::open(&mut writing, &tokens::digest(&opener), now).await? else {
        let over = [Finding::error("sign-in-test-over")];
        return Ok(Page::bad(&service.inner.texts, StatusCode::GONE, true, &over).into_response());
    };
    let stored = accounts::integration(&mut writing, &test.account).await?.ok_or_else(Error::not_found)?;
    send(&service, writing, stored, Some(test.id), &headers).await
}

async fn send(
    service: &Service,
    mut writing: Writing,
    stored: Stored,
    test: Option<String>,
    headers: &HeaderMap,
) -> Result<Response, Error> {
    let inner = &service.inner;
    let now = inner.now();
    let settings = stored.draft.settings;
    let Some(provider) = settings.identity_provider else {
        let missing = [Finding::error("sign-in-no-identity-provider")];
        let page = Page::bad(&inner.texts, StatusCode::CONFLICT, test.is_some(), &missing);
        return Ok(page.into_response());
    };
    let cookies = Cookies::of(&service.public_url());
    let (secret, set) = cookies.bind(cookies.read(headers))?;
    let id = tokens::request_id()?;
    let request = Request {
        id: &id,
        issued: now,
        from: &inner.view().service_provider(&stored.account),
        to: &provider,
        key: settings.saml_options.sign_requests.then_some(&inner.key),
    };
    let carried = request.carried()?;
    let request = StoredRequest { id: id.clone(), test, expires_at: now.plus(OPEN), is_answered: false };
    let browser = tokens::digest(secret.expose());
    sign_ins::add_request(&mut writing, &stored.account, &browser, &request, now).await?;
    writing.commit().await?;
    Ok(page::carry(&inner.texts, carried, set))
}
