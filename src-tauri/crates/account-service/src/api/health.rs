//! For whoever keeps the service running.

use crate::Service;
use crate::error::{Error, database_code};
use crate::observe::Metrics;
use crate::store::domains::{self, MissingDomains};
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

/// `/healthz`, `/readyz` and `/metrics`.
pub(crate) fn router() -> Router<Service> {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

async fn ready(State(service): State<Service>) -> Result<&'static str, Error> {
    probe(&service).await.map_err(|error| Error::plain(database_code(&error)))?;
    Ok("ready\n")
}

async fn metrics(State(service): State<Service>) -> impl IntoResponse {
    let kind = (header::CONTENT_TYPE, Metrics::MEDIA_TYPE);
    ([kind], service.inner.metrics.text(missing(&service).await.ok()))
}

async fn missing(service: &Service) -> sqlx::Result<MissingDomains> {
    let mut connection = service.inner.pool.acquire().await?;
    domains::missing(&mut connection).await
}

async fn probe(service: &Service) -> sqlx::Result<()> {
    crate::store::probe(&service.inner.pool).await
}
