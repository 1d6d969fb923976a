//! Who asks, about which version, with what body. Every refusal is a problem document.

use crate::Service;
use crate::error::Error;
use crate::oauth::Scope;
use crate::store::change::Author;
use crate::store::licence_keys::{self, Keys};
use crate::store::{oauth, people};
use crate::tokens::digest;
use account_api::ProblemCode;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::{HeaderMap, StatusCode, header, request::Parts};
use axum::response::IntoResponse;
use serde::de::DeserializeOwned;

/// A user with a valid access token.
pub(crate) struct SignedIn {
    pub(crate) email: String,
}

/// A signed-in user of the account in the path. To anybody else the account does not exist.
pub(crate) struct Member {
    pub(crate) account: String,
    pub(crate) email: String,
}

/// A [`Member`] of an account that may be set up: where the service wants a licence key first, the account has one. Such a
/// write is based on a version, which the removal of a key changes.
pub(crate) struct Licensed(pub(crate) Member);

/// The version in `If-Match` (RFC 9110, section 13.1.1).
pub(crate) struct BasedOn(pub(crate) u32);

/// The version in `If-None-Match` (RFC 9110, section 13.1.2), when there is one.
pub(crate) struct Known(pub(crate) Option<u32>);

/// A JSON body.
pub(crate) struct Body<T>(pub(crate) T);

/// A JSON body, or none: then it is what it is by default.
pub(crate) struct MayBeBody<T>(pub(crate) T);

/// One named part of the path.
pub(crate) async fn path_part(parts: &mut Parts, name: &str) -> Result<String, Error> {
    let params = RawPathParams::from_request_parts(parts, &()).await.map_err(|_| Error::not_found())?;
    params
        .iter()
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
        .ok_or_else(Error::not_found)
}

/// The token of `Authorization: Bearer` (RFC 6750, section 2.1).
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = text.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

impl Member {
    /// What is written down about a write of this user.
    pub(crate) fn writes(&self, service: &Service, based_on: Option<u32>) -> Author {
        Author { email: self.email.clone(), at: service.inner.now(), based_on }
    }
}

impl FromRequestParts<Service> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Error> {
        let unknown = || Error::plain(ProblemCode::Unauthorized);
        let digest = digest(bearer(&parts.headers).ok_or_else(unknown)?);
        let inner = &service.inner;
        if let Some((email, scope)) = oauth::access(&inner.pool, &digest, inner.now()).await? {
            let allowed = Scope::read(&scope).is_some_and(|scope| scope.allows(&parts.method));
            return if allowed {
                Ok(Self { email })
            } else {
                Err(Error::plain(ProblemCode::InsufficientScope))
            };
        }
        let email = people::sign_in(&inner.pool, digest, inner.now()).await?;
        email.map(|email| Self { email }).ok_or_else(unknown)
    }
}

impl FromRequestParts<Service> for Member {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Error> {
        let SignedIn { email } = SignedIn::from_request_parts(parts, service).await?;
        let account = path_part(parts, "account").await?;
        let mut connection = service.inner.pool.acquire().await?;
        people::member(&mut connection, &account, &email).await?.ok_or_else(Error::not_found)?;
        Ok(Self { account, email })
    }
}

impl Member {
    /// Refused where the service wants a licence key first, and the account has none that is licensed per user.
    pub(crate) async fn licensed(&self, service: &Service) -> Result<(), Error> {
        if !service.inner.require_licence_key {
            return Ok(());
        }
        let mut connection = service.inner.pool.acquire().await?;
        match licence_keys::kind(&mut connection, &self.account).await? {
            Keys::PerUser => Ok(()),
            Keys::None | Keys::NotPerUser => Err(Error::plain(ProblemCode::LicenceKeyRequired)),
        }
    }
}

impl FromRequestParts<Service> for Licensed {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Error> {
        let member = Member::from_request_parts(parts, service).await?;
        member.licensed(service).await?;
        Ok(Self(member))
    }
}

impl FromRequestParts<Service> for BasedOn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &Service) -> Result<Self, Error> {
        let version = version(&parts.headers, header::IF_MATCH)?;
        version.map(Self).ok_or_else(|| Error::plain(ProblemCode::VersionRequired))
    }
}

impl FromRequestParts<Service> for Known {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &Service) -> Result<Self, Error> {
        Ok(Self(version(&parts.headers, header::IF_NONE_MATCH).ok().flatten()))
    }
}

impl<T: DeserializeOwned> FromRequest<Service> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, service: &Service) -> Result<Self, Error> {
        let bytes = body_bytes(request, service).await?;
        let value = serde_json::from_slice(&bytes)
            .map_err(|error| Error::because(ProblemCode::InvalidRequest, shape_of(&error)))?;
        Ok(Self(value))
    }
}

impl<T: DeserializeOwned + Default> FromRequest<Service> for MayBeBody<T> {
    type Rejection = Error;

    async fn from_request(request: Request, service: &Service) -> Result<Self, Error> {
        let bytes = body_bytes(request, service).await?;
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(Self(T::default()));
        }
        let value: Option<T> = serde_json::from_slice(&bytes)
            .map_err(|error| Error::because(ProblemCode::InvalidRequest, shape_of(&error)))?;
        Ok(Self(value.unwrap_or_default()))
    }
}

/// The body as it came.
pub(crate) async fn body_bytes(request: Request, service: &Service) -> Result<Bytes, Error> {
    Bytes::from_request(request, service).await.map_err(|rejection| {
        match rejection.into_response().status() {
            StatusCode::PAYLOAD_TOO_LARGE => Error::plain(ProblemCode::TooLarge),
            _ => Error::because(ProblemCode::InvalidRequest, "the body broke off"),
        }
    })
}

/// Where the JSON is not as it should be, without repeating any of it.
pub(crate) fn shape_of(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        serde_json::error::Category::Data => "the JSON does not have the expected fields",
        _ => "the body is not JSON",
    };
    format!("{what} (line {}, column {})", error.line(), error.column())
}

fn version(headers: &HeaderMap, name: header::HeaderName) -> Result<Option<u32>, Error> {
    let Some(value) = headers.get(&name) else { return Ok(None) };
    let number =
        value.to_str().ok().and_then(|text| text.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok());
    let unreadable = || {
        Error::because(ProblemCode::InvalidRequest, format!("{name} is not the version in quotation marks"))
    };
    number.map(Some).ok_or_else(unreadable)
}
