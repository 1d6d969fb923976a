//! Signing in to an account service in the system's browser (RFC 8252: authorization code, PKCE, loopback redirect).
//!
//! - [`endpoints`]: where the service has its sign-in (RFC 8414)
//! - [`loopback`]: the browser comes back to this computer, once, within a time
//! - [`session`]: what a sign-in left: tokens that renew themselves

mod endpoints;
mod loopback;
pub(crate) mod session;

use crate::browser_sign_in::endpoints::Endpoints;
use crate::browser_sign_in::loopback::Loopback;
use account_api::{OAUTH_CLIENT, SCOPE_WRITE};
use oauth2::basic::{BasicClient, BasicErrorResponse, BasicErrorResponseType};
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, CsrfToken, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, TokenUrl, http,
};
use session::Session;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use url::Url;
use vocabulary::Timestamp;
use wizard::{Failure, FailureCode};

/// So long a person may take in the browser.
const PATIENCE: Duration = Duration::from_secs(300);

/// More than this, in bytes, is no answer of an authorization server.
const LIMIT: usize = 64 * 1024;

/// What stands in the browser at the end.
#[derive(Debug, Clone)]
pub struct LastPage {
    /// When it worked: a title and a sentence.
    pub done: (String, String),
    /// When it did not.
    pub failed: (String, String),
}

/// Sign-ins that were made in the browser and not yet given to a project. Nothing of them is on the disk.
#[derive(Debug, Default)]
pub struct BrowserSignIns(Mutex<HashMap<String, Session>>);

/// A sign-in that waits for the browser. Dropping it ends it.
pub struct BrowserSignIn {
    /// What the browser has to open. It works once, and belongs in no log.
    pub page: String,
    service: String,
    endpoints: Endpoints,
    loopback: Loopback,
    client: Client,
    verifier: PkceCodeVerifier,
    state: CsrfToken,
}

type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

impl BrowserSignIns {
    /// Asks the service where it signs people in, and listens for the browser to come back.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) on `url`, [`ServiceUnreachable`](FailureCode::ServiceUnreachable),
    /// or [`NotAnAccountService`](FailureCode::NotAnAccountService) when it has no such sign-in.
    pub async fn begin(&self, url: &str) -> Result<BrowserSignIn, Failure> {
        let endpoints = Endpoints::of(url).await?;
        let loopback = Loopback::listen().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let redirect = RedirectUrl::new(loopback.redirect_uri()).map_err(|error| internal(&error))?;
        let client = BasicClient::new(ClientId::new(OAUTH_CLIENT.to_owned()))
            .set_auth_uri(AuthUrl::from_url(endpoints.authorization.clone()))
            .set_token_uri(TokenUrl::from_url(endpoints.token.clone()))
            .set_redirect_uri(redirect);
        let (page, state) = client
            .authorize_url(CsrfToken::new_random)
            .add_scope(Scope::new(SCOPE_WRITE.to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        let page = page.to_string();
        Ok(BrowserSignIn { page, service: key(url), endpoints, loopback, client, verifier, state })
    }

    /// Waits for the browser, for five minutes at the most, and keeps what it brings until a project takes it.
    ///
    /// # Errors
    /// [`SignInNotFinished`](FailureCode::SignInNotFinished) when nobody comes or the service said no, and what the
    /// network answers.
    pub async fn finish(
        &self,
        sign_in: BrowserSignIn,
        last_page: &LastPage,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let BrowserSignIn { service, endpoints, loopback, client, verifier, state, .. } = sign_in;
        let issuer = endpoints.says_issuer.then_some(endpoints.issuer.as_str());
        let waiting = loopback.returned(state.secret(), issuer);
        let returned = tokio::time::timeout(PATIENCE, waiting);
        let too_late =
            || Failure::new(FailureCode::SignInNotFinished, "the browser did not come back in time");
        let returned = returned.await.map_err(|_| too_late())??;
        let session = redeem(&client, &endpoints, returned.code(), verifier, now).await;
        let page = if session.is_ok() { &last_page.done } else { &last_page.failed };
        returned.answer(page).await;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(service, session?);
        Ok(())
    }

    /// Takes the sign-in to that service, once.
    pub(crate) fn taken(&self, url: &str) -> Option<Session> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&key(url))
    }

    /// Puts one back.
    pub(crate) fn put(&self, url: &str, session: Session) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key(url), session);
    }
}

async fn redeem(
    client: &Client,
    endpoints: &Endpoints,
    code: Result<&str, &str>,
    verifier: PkceCodeVerifier,
    now: Timestamp,
) -> Result<Session, Failure> {
    // What the service says of itself in an error is a code of RFC 6749, section 4.1.2.1.
    let code =
        code.map_err(|error| Failure::new(FailureCode::SignInNotFinished, format!("it said {error}")))?;
    let exchange = client.exchange_code(AuthorizationCode::new(code.to_owned())).set_pkce_verifier(verifier);
    let tokens = exchange.request_async(&send).await.map_err(refused)?;
    Session::of(&tokens, &endpoints.token, now)
}

/// A code or a token that the service does not take any more means that nobody is signed in; the rest is the network.
fn refused(error: RequestTokenError<Failure, BasicErrorResponse>) -> Failure {
    match error {
        RequestTokenError::Request(failure) => failure,
        RequestTokenError::ServerResponse(answer) => match answer.error() {
            BasicErrorResponseType::InvalidGrant => {
                Failure::new(FailureCode::SignedOut, "the sign-in is over").hint("sign-in-again")
            }
            other => Failure::new(FailureCode::SignInNotFinished, format!("it said {}", other.as_ref())),
        },
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => not_ours("the answer holds no tokens"),
    }
}

/// Carries a request of the OAuth library with our own HTTP client.
async fn send(request: HttpRequest) -> Result<HttpResponse, Failure> {
    let (parts, body) = request.into_parts();
    let url = Url::parse(&parts.uri.to_string()).map_err(|error| internal(&error))?;
    let client = crate::http_service::client()?;
    let request = client.request(parts.method, url.clone()).headers(parts.headers).body(body);
    let unreachable = |error: reqwest::Error| crate::http_service::unreachable(&url, &error);
    let mut response = request.send().await.map_err(unreachable)?;
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LIMIT {
            return Err(not_ours("the answer is too large"));
        }
    }
    let mut answer = http::Response::new(bytes);
    *answer.status_mut() = response.status();
    *answer.headers_mut() = response.headers().clone();
    if answer.status().is_server_error() || answer.status() == http::StatusCode::TOO_MANY_REQUESTS {
        return Err(Failure::new(FailureCode::ServiceFailed, format!("it answered {}", answer.status())));
    }
    Ok(answer)
}

fn not_ours(why: &str) -> Failure {
    Failure::new(FailureCode::NotAnAccountService, why).hint("check-address-and-network")
}

fn internal(error: &dyn std::error::Error) -> Failure {
    Failure::new(FailureCode::SignInNotFinished, error.to_string())
}

/// The service's address as it is compared.
fn key(url: &str) -> String {
    Url::parse(url.trim())
        .map_or_else(|_| url.to_owned(), |url| url.as_str().trim_end_matches('/').to_owned())
}
