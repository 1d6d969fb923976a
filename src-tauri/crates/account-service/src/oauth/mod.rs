//! How a program signs in: OAuth 2.0 authorization code with PKCE for native apps (RFC 6749, RFC 7636, RFC 8252).
//!
//! - [`client`]: the one program that every service knows, its redirect URIs and scopes
//! - [`request`]: what an authorization request may say; a pure function of its query
//! - [`authorize`]: the browser comes with one, and goes back with a code
//! - [`token`]: a code or a refresh token for new tokens (RFC 6749, sections 4.1.3 and 6), and their end (RFC 7009)
//! - [`metadata`]: where all that is (RFC 8414)

mod authorize;
mod client;
mod metadata;
mod request;
mod token;

pub(crate) use authorize::after_sign_in;
pub(crate) use client::Scope;

use crate::Service;
use account_api::OAUTH_METADATA_PATH;
use axum::Router;
use axum::routing::{get, post};

const AUTHORIZE: &str = "/oauth/authorize";
const TOKEN: &str = "/oauth/token";
const REVOKE: &str = "/oauth/revoke";

/// The endpoints.
pub(crate) fn router() -> Router<Service> {
    Router::new()
        .route(AUTHORIZE, get(authorize::show).post(authorize::decided))
        .route(TOKEN, post(token::issue))
        .route(REVOKE, post(token::revoke))
        .route(OAUTH_METADATA_PATH, get(metadata::document))
}
