//! The SAML service provider: what browsers and identity providers open (SAML Profiles 4.1).
//!
//! - [`start`]: a browser comes, and is sent to the identity provider with a [`request`]
//! - [`acs`]: it comes back with an answer; [`examined`] holds it against the account's settings with both [`verifiers`],
//!   [`verdict`] makes of it who may do what, [`recorded`] writes down what follows
//! - [`watched`]: the same as a test, hop by hop
//! - [`sign_out`]: the way out, from either side; [`message`] carries what is sent
//! - [`metadata`]: the other address below `/saml/{account}`
//! - [`key`]: the service's own key; [`cookies`]: what ties a browser to its request; [`page`]: plain HTML

mod acs;
mod codes;
pub(crate) mod cookies;
mod examined;
pub(crate) mod key;
mod message;
mod metadata;
mod native_key;
mod page;
mod recorded;
mod request;
mod sign_out;
mod start;
mod verdict;
mod verifiers;
pub(crate) mod watched;

pub use verifiers::{BothAgree, XmlSec};

use crate::Service;
use crate::api::request::path_part;
use crate::error::Error;
use crate::store::accounts;
use crate::store::settings::Stored;
use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::routing::{get, post};

/// The account in the path.
struct AccountPart(String);

impl FromRequestParts<Service> for AccountPart {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &Service) -> Result<Self, Error> {
        path_part(parts, "account").await.map(Self)
    }
}

/// `/saml/{account}` and `/sso`.
pub(crate) fn router() -> Router<Service> {
    Router::new()
        .route("/saml/{account}/metadata", get(metadata::metadata))
        .route("/saml/{account}/acs", post(acs::receive))
        .route("/saml/{account}/slo", get(sign_out::by_redirect).post(sign_out::by_form))
        .route("/sso/login", get(start::ask).post(start::with_email))
        .route("/sso/logout", post(sign_out::asked_by_user))
        .route("/sso/tests/{opener}", get(start::open_test))
}

/// Everything about an account, or 404.
async fn existing(service: &Service, account: &str) -> Result<Stored, Error> {
    let mut reading = crate::store::reading(&service.inner.pool).await?;
    accounts::integration(&mut reading, account).await?.ok_or_else(Error::not_found)
}
