//! An integration with its version as `ETag`.

use crate::Service;
use crate::error::Error;
use crate::store::change::Outcome;
use crate::store::settings::Stored;
use account_api::Integration;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The integration after a write, or the conflict.
pub(crate) fn after(service: &Service, outcome: Outcome) -> Result<Response, Error> {
    let inner = &service.inner;
    match outcome {
        Outcome::Written(stored) => Ok(integration(inner.view().integration(stored, inner.now()))),
        Outcome::Conflict(stored) => Err(conflict(service, stored)),
    }
}

/// Somebody else has written since.
pub(crate) fn conflict(service: &Service, stored: Stored) -> Error {
    Error::conflict(service.inner.view().integration(stored, service.inner.now()))
}

/// The integration and its version.
pub(crate) fn integration(integration: Integration) -> Response {
    let tag = etag(integration.version);
    let mut response = Json(integration).into_response();
    response.headers_mut().extend(tag.map(|tag| (header::ETAG, tag)));
    response
}

/// What the asker has is current (RFC 9110, section 15.4.5).
pub(crate) fn not_modified(version: u32) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    response.headers_mut().extend(etag(version).map(|tag| (header::ETAG, tag)));
    response
}

pub(crate) fn etag(version: u32) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("\"{version}\"")).ok()
}
