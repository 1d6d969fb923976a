//! The token endpoint (RFC 6749, sections 4.1.3, 5 and 6) and the revocation endpoint (RFC 7009).
//!
//! A refresh token is used once. One that comes again says that two have it, and the whole sign-in of the program ends
//! (RFC 9700, section 4.14.2). An answer can get lost, though: for [`GRACE`] a used token may be used again as long as
//! nobody has used its successor, which is then void. Whoever of two comes second with a void one ends the sign-in, so
//! that a thief is found out all the same.

use super::client::Scope;
use crate::error::Error;
use crate::store::oauth::{self, Grant, Refresh};
use crate::store::{self, Alone, Writing};
use crate::users::note;
use crate::users::visitor::Visitor;
use crate::{Service, tokens};
use account_api::OAUTH_CLIENT;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use sha2::{Digest, Sha256};
use time::Duration;
use url::form_urlencoded;
use vocabulary::Secret;

/// So long an access token is good.
const ACCESS: Duration = Duration::hours(1);

/// So long a refresh token is good; every use gives a new one.
const REFRESH: Duration = Duration::days(30);

/// So long a refresh token whose answer was lost may come again.
const GRACE: Duration = Duration::seconds(30);

/// A successful answer (RFC 6749, section 5.1).
#[derive(Serialize)]
struct Tokens<'a> {
    access_token: &'a str,
    token_type: &'static str,
    expires_in: i64,
    refresh_token: &'a str,
    scope: &'static str,
}

/// An error (RFC 6749, section 5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refused {
    Request,
    Client,
    Grant,
    GrantType,
    Scope,
}

/// The parameters of a request, each at most once.
struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn read(body: &[u8]) -> Result<Self, Refused> {
        let pairs: Vec<(String, String)> =
            form_urlencoded::parse(body).into_owned().filter(|(_, value)| !value.is_empty()).collect();
        let is_twice =
            |(at, (name, _)): (usize, &(String, String))| pairs[..at].iter().any(|(key, _)| key == name);
        if pairs.iter().enumerate().any(is_twice) { Err(Refused::Request) } else { Ok(Self(pairs)) }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn need(&self, name: &str) -> Result<&str, Refused> {
        self.get(name).ok_or(Refused::Request)
    }

    /// A public client says who it is, and proves nothing by it (RFC 6749, section 3.2.1).
    fn client(&self) -> Result<(), Refused> {
        if self.need("client_id")? == OAUTH_CLIENT { Ok(()) } else { Err(Refused::Client) }
    }
}

/// Gives tokens for a code or a refresh token.
pub(super) async fn issue(
    State(service): State<Service>,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, Error> {
    let answer = match Parameters::read(&body) {
        Ok(parameters) => match parameters.get("grant_type") {
            Some("authorization_code") => for_code(&service, &visitor, &parameters).await?,
            Some("refresh_token") => for_refresh_token(&service, &visitor, &parameters).await?,
            Some(_) => Err(Refused::GrantType),
            None => Err(Refused::Request),
        },
        Err(refused) => Err(refused),
    };
    Ok(answer.unwrap_or_else(Refused::into_response))
}

async fn for_code(
    service: &Service,
    visitor: &Visitor,
    parameters: &Parameters,
) -> Result<Result<Response, Refused>, Error> {
    let read = || {
        parameters.client()?;
        let (code, redirect_uri) = (parameters.need("code")?, parameters.need("redirect_uri")?);
        Ok((tokens::digest(code), redirect_uri, parameters.need("code_verifier")?))
    };
    let (digest, redirect_uri, verifier) = match read() {
        Ok(read) => read,
        Err(refused) => return Ok(Err(refused)),
    };
    let now = service.inner.now();
    let mut writing = store::writing(&service.inner.pool, Alone::Rows).await?;
    let Some(code) = oauth::code(&mut writing, &digest).await? else { return Ok(Err(Refused::Grant)) };
    let is_bound = code.redirect_uri == redirect_uri && is_verifier_of(verifier, &code.challenge);
    let is_first = oauth::use_code(&mut writing, &digest, now).await?;
    if code.is_used || !is_first || !is_bound {
        // A code that comes twice, or from somebody without its proof, was seen by somebody else (RFC 6749, 4.1.2).
        end(service, &mut writing, visitor, (&code.grant, "program.code-misused")).await?;
        writing.commit().await?;
        return Ok(Err(Refused::Grant));
    }
    if code.is_over || code.expires_at <= now.unix() {
        oauth::end_grant(&mut writing, &code.grant.id, now).await?;
        writing.commit().await?;
        return Ok(Err(Refused::Grant));
    }
    let refresh = tokens::bearer_token()?;
    let scope = Scope::read(&code.grant.scope).unwrap_or(Scope::Read);
    let answer = answer(&mut writing, now, (&code.grant, scope), &refresh).await?;
    writing.commit().await?;
    Ok(Ok(answer))
}

async fn for_refresh_token(
    service: &Service,
    visitor: &Visitor,
    parameters: &Parameters,
) -> Result<Result<Response, Refused>, Error> {
    let read = || {
        parameters.client()?;
        Ok(tokens::digest(parameters.need("refresh_token")?))
    };
    let digest = match read() {
        Ok(digest) => digest,
        Err(refused) => return Ok(Err(refused)),
    };
    let now = service.inner.now();
    let mut writing = store::writing(&service.inner.pool, Alone::Rows).await?;
    let Some(known) = oauth::refresh(&mut writing, &digest).await? else { return Ok(Err(Refused::Grant)) };
    if known.is_over || known.expires_at <= now.unix() {
        return Ok(Err(Refused::Grant));
    }
    let granted = Scope::read(&known.grant.scope).unwrap_or(Scope::Read);
    let scope = parameters.get("scope").map_or(Some(granted), Scope::read);
    let Some(scope) = scope.filter(|scope| scope.is_within(granted)) else { return Ok(Err(Refused::Scope)) };
    let successor = tokens::bearer_token()?;
    if !rotate(&mut writing, (&known, &digest), &successor, now).await? {
        end(service, &mut writing, visitor, (&known.grant, "program.token-misused")).await?;
        writing.commit().await?;
        return Ok(Err(Refused::Grant));
    }
    let answer = answer(&mut writing, now, (&known.grant, scope), &successor).await?;
    writing.commit().await?;
    Ok(Ok(answer))
}

/// Puts a successor in the place of a refresh token; `false` when the token was used before and its answer cannot just
/// have been lost.
async fn rotate(
    writing: &mut Writing,
    (known, digest): (&Refresh, &[u8]),
    successor: &Secret,
    now: vocabulary::Timestamp,
) -> Result<bool, Error> {
    let new = tokens::digest(successor.expose());
    let Some(used_at) = known.used_at else {
        return Ok(oauth::use_refresh_token(writing, digest, &new, now).await?);
    };
    let Some(old) = known.successor.as_deref() else { return Ok(false) };
    if now.unix() - used_at > GRACE.whole_seconds() {
        return Ok(false);
    }
    Ok(oauth::replace_successor(writing, (digest, &known.grant.id), (old, &new), now).await?)
}

async fn answer(
    writing: &mut Writing,
    now: vocabulary::Timestamp,
    (grant, scope): (&Grant, Scope),
    refresh: &Secret,
) -> Result<Response, Error> {
    let access = tokens::bearer_token()?;
    let digest = tokens::digest(access.expose());
    let lasts = (now, now.plus(ACCESS));
    oauth::add_access_token(&mut *writing, &digest, (&grant.id, scope.as_str()), lasts).await?;
    let digest = tokens::digest(refresh.expose());
    oauth::add_refresh_token(&mut *writing, &digest, &grant.id, now.plus(REFRESH)).await?;
    let tokens = Tokens {
        access_token: access.expose(),
        token_type: "Bearer",
        expires_in: ACCESS.whole_seconds(),
        refresh_token: refresh.expose(),
        scope: scope.as_str(),
    };
    Ok(not_kept((StatusCode::OK, Json(tokens)).into_response()))
}

/// Ends the sign-in that a token belongs to. That the token is unknown is no error (RFC 7009, section 2.2).
pub(super) async fn revoke(
    State(service): State<Service>,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, Error> {
    let read = || {
        let parameters = Parameters::read(&body)?;
        parameters.client()?;
        Ok(tokens::digest(parameters.need("token")?))
    };
    let digest = match read() {
        Ok(digest) => digest,
        Err(refused) => return Ok(Refused::into_response(refused)),
    };
    let mut writing = store::writing(&service.inner.pool, Alone::Rows).await?;
    if let Some(grant) = oauth::grant_of(&mut writing, &digest).await? {
        end(&service, &mut writing, &visitor, (&grant, "program.signed-out")).await?;
        writing.commit().await?;
    }
    Ok(StatusCode::OK.into_response())
}

async fn end(
    service: &Service,
    writing: &mut Writing,
    visitor: &Visitor,
    (grant, action): (&Grant, &str),
) -> Result<(), Error> {
    if oauth::end_grant(writing, &grant.id, service.inner.now()).await? {
        let line = (grant.email.as_str(), action, Some(grant.client.as_str()));
        note(service, writing, Some(visitor), line).await?;
    }
    Ok(())
}

/// Whether the challenge was made of the verifier (RFC 7636, sections 4.1 and 4.6). What is compared is a digest, whose
/// order says nothing about the verifier.
fn is_verifier_of(verifier: &str, challenge: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    let is_verifier = (43..=128).contains(&verifier.len()) && verifier.bytes().all(allowed);
    is_verifier && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == challenge
}

/// Tokens lie in no cache (RFC 6749, section 5.1).
fn not_kept(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    response
}

impl Refused {
    fn into_response(self) -> Response {
        let (status, error) = match self {
            Self::Request => (StatusCode::BAD_REQUEST, "invalid_request"),
            Self::Client => (StatusCode::UNAUTHORIZED, "invalid_client"),
            Self::Grant => (StatusCode::BAD_REQUEST, "invalid_grant"),
            Self::GrantType => (StatusCode::BAD_REQUEST, "unsupported_grant_type"),
            Self::Scope => (StatusCode::BAD_REQUEST, "invalid_scope"),
        };
        not_kept((status, Json(serde_json::json!({ "error": error }))).into_response())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verifier_is_the_one_the_challenge_was_made_of() {
        // RFC 7636, appendix B.
        let (verifier, challenge) =
            ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert!(is_verifier_of(verifier, challenge));
        assert!(!is_verifier_of(challenge, challenge), "that would be `plain`");
        assert!(!is_verifier_of("short", challenge));
        assert!(!is_verifier_of(&format!("{verifier} "), challenge));
    }

    #[test]
    fn a_parameter_stands_once() {
        assert!(Parameters::read(b"grant_type=a&code=b").is_ok());
        assert!(matches!(Parameters::read(b"code=a&code=a"), Err(Refused::Request)));
    }
}
