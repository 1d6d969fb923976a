//! The SCIM 2.0 server (RFC 7643, RFC 7644).
//!
//! - [`caller`]: whose token it is, whether provisioning is on, and the note of every request
//! - [`told`]: what may be told of a request; [`calls`]: what is written down, gathered
//! - [`resources`]: users and groups; [`conditions`]: based on which version
//! - [`list`]: filter, order and pages; [`bulk`]: several operations in one request
//! - [`answer`]: resources as they are sent, lists, errors

mod answer;
mod bulk;
mod caller;
pub(crate) mod calls;
mod conditions;
mod list;
mod resources;
mod told;

use crate::Service;
use answer::{Refusal, Sent};
use axum::extract::State;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use axum::{Extension, Router};
use caller::Caller;
use resources::{Id, ScimBody};
use scim::{ResourceKind, discovery};
use serde_json::Value;

/// All routes below `/scim/v2`.
pub(crate) fn router(service: &Service) -> Router<Service> {
    Router::new()
        .route("/ServiceProviderConfig", get(service_provider_config))
        .route("/ResourceTypes", get(resource_types))
        .route("/ResourceTypes/{id}", get(resource_type))
        .route("/Schemas", get(schemas))
        .route("/Schemas/{id}", get(schema))
        .route("/.search", post(search_all))
        .route("/Bulk", post(bulk::bulk))
        .merge(resources::router(ResourceKind::User))
        .merge(resources::router(ResourceKind::Group))
        .fallback(async || Refusal::not_found())
        .method_not_allowed_fallback(async || {
            Refusal::with_status(405, "this address does not take that method")
        })
        .layer(from_fn_with_state(service.clone(), caller::identify))
}

async fn search_all(service: State<Service>, by: Extension<Caller>, body: ScimBody) -> Result<Sent, Refusal> {
    list::search(&ResourceKind::ALL, service, by, body).await
}

async fn service_provider_config(State(service): State<Service>) -> Sent {
    Sent::ok(discovery::service_provider_config(&service.inner.view().scim()))
}

async fn resource_types(State(service): State<Service>) -> Sent {
    Sent::all(discovery::resource_types(&service.inner.view().scim()))
}

async fn resource_type(State(service): State<Service>, Id(id): Id) -> Result<Sent, Refusal> {
    one_of(discovery::resource_types(&service.inner.view().scim()), &id)
}

async fn schemas(State(service): State<Service>) -> Sent {
    Sent::all(discovery::schemas(&service.inner.view().scim()))
}

async fn schema(State(service): State<Service>, Id(id): Id) -> Result<Sent, Refusal> {
    one_of(discovery::schemas(&service.inner.view().scim()), &id)
}

fn one_of(all: Vec<Value>, id: &str) -> Result<Sent, Refusal> {
    let found =
        all.into_iter().find(|one| one["id"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(id)));
    found.map(Sent::ok).ok_or_else(Refusal::not_found)
}
