//! The settings API, one file a subject; in each the routes first.
//!
//! - [`request`]: who asks ([`SignedIn`], [`Member`]), about which version, with what body
//! - [`fields`]: what may stand in a field
//! - [`answer`]: an integration with its version as `ETag`
//! - [`once`]: what makes something, and is sent again

pub(crate) mod answer;
pub(crate) mod domains;
pub(crate) mod fields;
pub(crate) mod once;
pub(crate) mod request;

mod accounts;
mod activation;
mod arrivals;
mod backup_login;
mod description;
mod groups;
mod health;
mod integration;
mod licence_keys;
mod saml;
mod scim;
mod sign_in_tests;
mod steps;

pub use description::openapi;

use crate::error::Error;
use crate::{Service, oauth, observe, provisioning, sign_in, users};
use account_api::ProblemCode;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};

/// Who writes what nobody asked for, in the audit log.
pub(crate) const SERVICE: &str = "service";

/// The largest request body, in bytes.
const MAX_BODY: usize = ::scim::discovery::MAX_PAYLOAD;

/// All routes.
pub(crate) fn router(service: Service) -> Router {
    Router::new()
        .nest("/api/v1", settings())
        .nest("/scim/v2", provisioning::router(&service))
        .merge(sign_in::router())
        .merge(users::router())
        .merge(oauth::router())
        .merge(health::router())
        .fallback(nothing_here)
        .method_not_allowed_fallback(async || Error::plain(ProblemCode::MethodNotAllowed))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn(observe::time_limit))
        .layer(from_fn_with_state(service.clone(), observe::observe))
        .with_state(service)
}

/// People are told on a page, programs in a problem document.
async fn nothing_here(State(service): State<Service>, method: Method, headers: HeaderMap) -> Response {
    let accepts = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    if method == Method::GET && accepts.contains("text/html") {
        users::no_such_page(&service)
    } else {
        Error::not_found().into_response()
    }
}

fn settings() -> Router<Service> {
    Router::new()
        .route("/openapi.json", get(description::document))
        .route("/me", get(accounts::me))
        .route("/accounts", post(accounts::create))
        .route("/licence-keys", post(licence_keys::register_first))
        .nest("/accounts/{account}", account())
}

fn account() -> Router<Service> {
    Router::new()
        .route("/users", get(accounts::users).post(accounts::add_user))
        .route("/users/{email}", delete(accounts::remove_user))
        .route("/licence-keys", get(licence_keys::list).post(licence_keys::register))
        .route("/licence-keys/{hint}", delete(licence_keys::remove))
        .route("/integration", get(integration::read))
        .route("/audit", get(integration::audit))
        .route("/audit/export", get(integration::export))
        .route("/arrivals", get(arrivals::read))
        .route("/domains", post(domains::add))
        .route("/domains/{domain}", delete(domains::remove))
        .route("/domains/{domain}/verify", post(domains::verify))
        .route("/domains/{domain}/history", get(domains::history))
        .route("/groups", put(groups::set))
        .route("/saml/service-provider", get(saml::service_provider))
        .route("/saml/identity-provider", put(saml::set_identity_provider))
        .route("/saml/options", put(saml::set_options))
        .route("/sign-in-tests", get(sign_in_tests::list).post(sign_in_tests::start))
        .route("/sign-in-tests/{id}", get(sign_in_tests::read))
        .route("/scim", put(scim::switch))
        .route("/scim/token", post(scim::issue_token))
        .route("/scim/tokens/{hint}", delete(scim::revoke_token))
        .route("/scim/calls", get(scim::calls))
        .route("/steps/{step}", put(steps::mark))
        .route("/backup-login", put(backup_login::set))
        .route("/activate", post(activation::activate))
        .route("/deactivate", post(activation::deactivate))
}
