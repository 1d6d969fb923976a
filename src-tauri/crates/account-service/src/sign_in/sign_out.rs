//! Signing out, asked for by the identity provider or by the user (SAML Profiles 4.4).
//!
//! Only a message that the identity provider signed ends anything. It ends the sessions of the user whom it names, in
//! whichever browser they are: the cookie of a session does not come along from another site.

use super::cookies::Cookies;
use super::page::{Page, add_cookies, carry};
use super::request::Logout;
use super::verifiers::{BothAgree, XmlSec};
use super::{AccountPart, existing};
use crate::error::Error;
use crate::store::settings::Stored;
use crate::store::sign_ins::{self, NamedSession, Session};
use crate::store::{self, Alone, Writing, accounts, audit};
use crate::{Service, tokens};
use account_api::LogoutService;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use saml_response::{
    Bergshamra, ExpectedLogout, LogoutAnswer, LogoutMessage, LogoutRequest, SKEW, SentLogout, examine_logout,
    from_form, from_query,
};
use time::Duration;
use url::form_urlencoded;
use vocabulary::{Finding, Timestamp};

/// So long the identity provider may take to answer.
const OPEN: Duration = Duration::minutes(10);

/// The most of a `RelayState` that goes back, in bytes. The standard has 80; some identity providers have URLs in it.
const LONGEST_STATE: usize = 2048;

/// A message in the query (HTTP-Redirect).
pub(super) async fn by_redirect(
    State(service): State<Service>,
    AccountPart(account): AccountPart,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let stored = existing(&service, &account).await?;
    received(&service, stored, from_query(query.as_deref().unwrap_or_default()), &headers).await
}

/// A message in a form (HTTP-POST).
pub(super) async fn by_form(
    State(service): State<Service>,
    AccountPart(account): AccountPart,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Error> {
    let stored = existing(&service, &account).await?;
    received(&service, stored, from_form(&body), &headers).await
}

async fn received(
    service: &Service,
    stored: Stored,
    sent: Result<SentLogout, Finding>,
    headers: &HeaderMap,
) -> Result<Response, Error> {
    let sent = match sent {
        Ok(sent) => sent,
        Err(finding) => return Ok(refused(service, StatusCode::BAD_REQUEST, finding)),
    };
    let now = service.inner.now();
    let Some(expected) = expected(service, &stored) else {
        let finding = Finding::error("sign-in-no-identity-provider");
        return Ok(refused(service, StatusCode::CONFLICT, finding));
    };
    let relay_state = sent.relay_state.clone().filter(|state| state.len() <= LONGEST_STATE);
    let examined = move || examine_logout(&sent, &expected, &BothAgree(Bergshamra, XmlSec), now);
    let examined = tokio::task::spawn_blocking(examined).await;
    match examined.unwrap_or_else(|_| Err(Finding::error("logout-malformed"))) {
        Err(finding) => Ok(refused(service, StatusCode::FORBIDDEN, finding)),
        Ok(LogoutMessage::Request(request)) => {
            requested(service, stored, request, relay_state.as_deref(), headers).await
        }
        Ok(LogoutMessage::Answer(answer)) => answered(service, &stored, &answer, now).await,
    }
}

fn refused(service: &Service, status: StatusCode, finding: Finding) -> Response {
    Page::not_signed_out(&service.inner.texts, status, &[finding]).into_response()
}

fn expected(service: &Service, stored: &Stored) -> Option<ExpectedLogout> {
    let provider = stored.draft.settings.identity_provider.as_ref()?;
    let certificates = provider.certificates.iter().flat_map(|pem| certs::read(pem.as_bytes()).certificates);
    Some(ExpectedLogout {
        idp_entity_id: provider.entity_id.clone(),
        certificates: certificates.collect(),
        address: service.inner.view().slo_url(&stored.account),
    })
}

/// Ends the sessions that the identity provider names, once, and tells it.
async fn requested(
    service: &Service,
    stored: Stored,
    request: LogoutRequest,
    relay_state: Option<&str>,
    headers: &HeaderMap,
) -> Result<Response, Error> {
    let now = service.inner.now();
    let account = &stored.account;
    let Some(provider) = &stored.draft.settings.identity_provider else { return Err(Error::not_found()) };
    let mut writing = store::writing(&service.inner.pool, Alone::Account(account)).await?;
    let key = (provider.entity_id.as_str(), request.id.as_str());
    let until = request.until.plus(SKEW + SKEW);
    if !sign_ins::use_assertion(&mut writing, account, key, until, now).await? {
        return Ok(refused(service, StatusCode::FORBIDDEN, Finding::error("logout-replayed")));
    }
    let name = request.name_id.as_str();
    for session in sign_ins::named(&mut writing, account, name, &request.session_indexes, now).await? {
        end(&mut writing, &session.digest, account, &session.email, now).await?;
    }
    let gone = forgotten(service, &mut writing, headers, now).await?;
    writing.commit().await?;
    let mut response = match &provider.logout {
        Some(to) => {
            let id = tokens::request_id()?;
            let answer = message(service, &stored, to, &id, now).answer(&request.id, relay_state)?;
            carry(&service.inner.texts, answer, None)
        }
        None => signed_out(service),
    };
    add_cookies(&mut response, gone);
    Ok(response)
}

/// Takes the cookie away from a browser whose session is over.
async fn forgotten(
    service: &Service,
    writing: &mut Writing,
    headers: &HeaderMap,
    now: Timestamp,
) -> Result<Option<HeaderValue>, Error> {
    let cookies = Cookies::of(&service.public_url());
    let Some(secret) = cookies.read(headers).session else { return Ok(None) };
    let left = sign_ins::session(writing, &tokens::digest(secret.expose()), now).await?;
    Ok(if left.is_none() { cookies.no_session() } else { None })
}

/// What became of a request that a user made here, whose session is over already.
async fn answered(
    service: &Service,
    stored: &Stored,
    answer: &LogoutAnswer,
    now: Timestamp,
) -> Result<Response, Error> {
    let mut writing = store::writing(&service.inner.pool, Alone::Account(&stored.account)).await?;
    let request = (stored.account.as_str(), answer.in_response_to.as_str());
    if !sign_ins::use_sign_out(&mut writing, request, now).await? {
        return Ok(refused(service, StatusCode::FORBIDDEN, Finding::error("logout-unknown")));
    }
    writing.commit().await?;
    let id = if answer.everywhere { "service-signed-out-everywhere" } else { "service-signed-out-partly" };
    Ok(Page::good(&service.inner.texts, id, &[]).into_response())
}

/// Ends the session of this browser; with `everywhere` in the form the identity provider is asked to end its own, too.
pub(super) async fn asked_by_user(
    State(service): State<Service>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Error> {
    let inner = &service.inner;
    let cookies = Cookies::of(&service.public_url());
    let Some(secret) = cookies.read(&headers).session else { return Ok(signed_out(&service)) };
    let digest = tokens::digest(secret.expose());
    let now = inner.now();
    let mut writing = store::writing(&inner.pool, Alone::Rows).await?;
    let mut response = signed_out(&service);
    if let Some(session) = sign_ins::session(&mut writing, &digest, now).await? {
        end(&mut writing, &digest, &session.account, &session.email, now).await?;
        let everywhere = form_urlencoded::parse(&body).any(|(name, _)| name == "everywhere");
        if everywhere && let Some(asking) = ask(&service, &mut writing, &session, now).await? {
            response = asking;
        }
        writing.commit().await?;
    }
    add_cookies(&mut response, cookies.no_session());
    Ok(response)
}

/// Sends the browser to the identity provider, where that takes such requests and named the session.
async fn ask(
    service: &Service,
    writing: &mut Writing,
    session: &Session,
    now: Timestamp,
) -> Result<Option<Response>, Error> {
    let stored = accounts::integration(writing, &session.account).await?;
    let Some((stored, named)) = stored.zip(session.named.as_ref()) else { return Ok(None) };
    let Some(to) = logout_of(&stored) else { return Ok(None) };
    let id = tokens::request_id()?;
    let request: Result<_, _> = message(service, &stored, to, &id, now).request(named);
    sign_ins::add_sign_out(writing, (&stored.account, &id), now.plus(OPEN), now).await?;
    Ok(Some(carry(&service.inner.texts, request?, None)))
}

/// Whether a session can be ended at the identity provider, too.
pub(super) fn can_end_everywhere(stored: &Stored, session: &Session) -> bool {
    let named: Option<&NamedSession> = session.named.as_ref();
    named.is_some() && logout_of(stored).is_some()
}

fn logout_of(stored: &Stored) -> Option<&LogoutService> {
    stored.draft.settings.identity_provider.as_ref()?.logout.as_ref()
}

fn message<'a>(
    service: &'a Service,
    stored: &Stored,
    to: &'a LogoutService,
    id: &'a str,
    issued: Timestamp,
) -> Logout<'a> {
    let from = service.inner.view().service_provider(&stored.account);
    Logout { id, issued, from, to, key: &service.inner.key }
}

async fn end(
    writing: &mut Writing,
    digest: &[u8],
    account: &str,
    email: &str,
    now: Timestamp,
) -> Result<(), Error> {
    sign_ins::end_session(writing, digest).await?;
    audit::add(writing, account, now, email, "signed-out", None).await?;
    Ok(())
}

fn signed_out(service: &Service) -> Response {
    Page::good(&service.inner.texts, "service-signed-out", &[]).into_response()
}
