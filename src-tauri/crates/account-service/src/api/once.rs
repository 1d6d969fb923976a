//! `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a creation that is sent again with the same key and the
//! same body, because its answer was lost, is answered as it was the first time and makes nothing again.
//!
//! The answer is written in the transaction of what it tells, so that there never is the one without the other, on whichever
//! node the request comes again. Only what was done is kept: a refusal is thought over anew. Answers hold secrets that the
//! service itself keeps as digests only (a bearer token, the address of a sign-in test), so they are sealed with the key,
//! of which the database has the digest alone.

use super::answer;
use super::request::{body_bytes, shape_of};
use crate::Service;
use crate::error::Error;
use crate::store::Writing;
use crate::store::kept_answers::{self, KeptAnswer};
use crate::tokens;
use account_api::{IDEMPOTENCY_KEY, ProblemCode};
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use time::Duration;
use vocabulary::{Secret, Timestamp};

/// So long an answer is given again.
const KEPT: Duration = Duration::hours(24);

/// How long a key has to be: it is what an answer is sealed with.
const LENGTH: std::ops::RangeInclusive<usize> = 16..=255;

/// A JSON body that makes something, once. Without a body it is read as `null`.
pub(crate) struct Creation<T> {
    pub(crate) body: T,
    pub(crate) once: Once,
}

/// What tells a request from others, when it has a key.
pub(crate) struct Once(Option<Key>);

struct Key {
    text: Secret,
    /// The digest of method, path and body.
    request: Vec<u8>,
}

/// What was made, as it is told.
pub(crate) struct Made {
    status: StatusCode,
    version: Option<u32>,
    body: Vec<u8>,
}

impl<T: DeserializeOwned> FromRequest<Service> for Creation<T> {
    type Rejection = Error;

    async fn from_request(request: Request, service: &Service) -> Result<Self, Error> {
        let key = key(request.headers())?;
        let target = format!("{} {}\n", request.method(), request.uri().path());
        let bytes = body_bytes(request, service).await?;
        let is_blank = bytes.iter().all(u8::is_ascii_whitespace);
        let json: &[u8] = if is_blank { b"null" } else { &bytes };
        let body = serde_json::from_slice(json)
            .map_err(|error| Error::because(ProblemCode::InvalidRequest, shape_of(&error)))?;
        let digest = || Sha256::new().chain_update(&target).chain_update(&bytes).finalize().to_vec();
        let once = Once(key.map(|text| Key { text, request: digest() }));
        Ok(Self { body, once })
    }
}

/// The key, with or without the quotation marks that the draft has around it.
fn key(headers: &HeaderMap) -> Result<Option<Secret>, Error> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let text = value.to_str().map(str::trim).unwrap_or_default();
    let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    if !LENGTH.contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        let detail = "Idempotency-Key has 16 to 255 visible ASCII characters, such as a random UUID";
        return Err(Error::because(ProblemCode::InvalidRequest, detail));
    }
    Ok(Some(Secret::new(text.to_owned())))
}

impl Made {
    /// With that status, and the version of the integration, where the answer has one.
    pub(crate) fn new(
        status: StatusCode,
        version: Option<u32>,
        body: &impl Serialize,
    ) -> Result<Self, Error> {
        let body = serde_json::to_vec(body).map_err(|error| sqlx::Error::Encode(error.into()))?;
        Ok(Self { status, version, body })
    }

    fn response(self) -> Response {
        let kind = (header::CONTENT_TYPE, "application/json");
        let mut response = (self.status, [kind], self.body).into_response();
        let tag = self.version.and_then(answer::etag);
        response.headers_mut().extend(tag.map(|tag| (header::ETAG, tag)));
        response
    }
}

impl Once {
    /// The answer to the same request of that person before, if there is one.
    ///
    /// # Errors
    /// [`ProblemCode::IdempotencyKeyReused`] when they have asked something else under the same key.
    pub(crate) async fn before(
        &self,
        writing: &mut Writing,
        who: &str,
        now: Timestamp,
    ) -> Result<Option<Response>, Error> {
        let Some(key) = &self.0 else { return Ok(None) };
        let kept = kept_answers::find(writing, &key.digest(who), now.plus(-KEPT)).await?;
        let Some(kept) = kept else { return Ok(None) };
        if kept.request != key.request {
            return Err(Error::plain(ProblemCode::IdempotencyKeyReused));
        }
        let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
        let made = Made { status, version: kept.version, body: key.unseal(&kept.answer)? };
        Ok(Some(made.response()))
    }

    /// Ends the transaction in which something was made, and keeps the answer with it.
    pub(crate) async fn commit(
        &self,
        mut writing: Writing,
        who: &str,
        now: Timestamp,
        made: Made,
    ) -> Result<Response, Error> {
        if let Some(key) = &self.0 {
            let kept = KeptAnswer {
                request: key.request.clone(),
                status: made.status.as_u16(),
                version: made.version,
                answer: key.seal(&made.body)?,
            };
            let times = (now, now.plus(-KEPT));
            // Under the same key somebody may make something else, elsewhere, at the same moment.
            if !kept_answers::add(&mut writing, &key.digest(who), &kept, times).await? {
                return Err(Error::plain(ProblemCode::IdempotencyKeyReused));
            }
        }
        writing.commit().await?;
        Ok(made.response())
    }
}

impl Key {
    /// Everybody has their own keys.
    fn digest(&self, who: &str) -> Vec<u8> {
        let digest = Sha256::new().chain_update(who).chain_update([0]).chain_update(self.text.expose());
        digest.finalize().to_vec()
    }

    /// Encrypted and authenticated (AES-256-GCM, NIST SP 800-38D), under a nonce of its own that stands in front.
    fn seal(&self, text: &[u8]) -> Result<Vec<u8>, Error> {
        let nonce: [u8; NONCE_LEN] = tokens::random()?;
        let mut sealed = text.to_vec();
        let nonce_of = Nonce::assume_unique_for_key(nonce);
        self.cipher()?
            .seal_in_place_append_tag(nonce_of, Aad::empty(), &mut sealed)
            .map_err(|_| Error::Sealed)?;
        sealed.splice(0..0, nonce);
        Ok(sealed)
    }

    fn unseal(&self, sealed: &[u8]) -> Result<Vec<u8>, Error> {
        let (nonce, text) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(Error::Sealed)?;
        let mut text = text.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let plain =
            self.cipher()?.open_in_place(nonce, Aad::empty(), &mut text).map_err(|_| Error::Sealed)?;
        Ok(plain.to_vec())
    }

    fn cipher(&self) -> Result<LessSafeKey, Error> {
        let digest = Sha256::new().chain_update(b"kept answer").chain_update(self.text.expose()).finalize();
        UnboundKey::new(&AES_256_GCM, &digest).map(LessSafeKey::new).map_err(|_| Error::Sealed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_of(text: &str) -> Result<Option<Secret>, Error> {
        key(&HeaderMap::from_iter([(
            axum::http::HeaderName::from_static("idempotency-key"),
            text.parse().unwrap(),
        )]))
    }

    #[test]
    fn a_key_is_long_enough_to_seal_with() {
        let uuid = "8e03978e-40d5-43e8-bc93-6894a57f9324";
        for text in [uuid.to_owned(), format!("\"{uuid}\"")] {
            assert_eq!(key_of(&text).unwrap().unwrap().expose(), uuid);
        }
        for text in ["", "1", "fifteen-letters", "a key with blanks in it", &"x".repeat(256)] {
            assert!(key_of(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_answer_is_read_with_the_key_only() {
        let key = |text: &str| Key { text: Secret::new(text.to_owned()), request: Vec::new() };
        let answer = "a bearer token, and more than one block of text, so that blocks are told apart";
        let (mine, other) = (key("8e03978e-40d5-43e8"), key("8e03978e-40d5-43e9"));
        let sealed = mine.seal(answer.as_bytes()).unwrap();
        assert_eq!(mine.unseal(&sealed).unwrap(), answer.as_bytes());
        assert!(other.unseal(&sealed).is_err());
        let mut changed = sealed.clone();
        changed[20] ^= 1;
        assert!(mine.unseal(&changed).is_err(), "what was changed is not taken for an answer");
        assert_ne!(sealed, mine.seal(answer.as_bytes()).unwrap(), "no two are sealed alike");
        assert!(!sealed.windows(6).any(|part| answer.as_bytes().windows(6).any(|plain| plain == part)));
        assert!(mine.unseal(b"short").is_err());
        assert_ne!(mine.digest("ada"), mine.digest("eve"));
    }
}
