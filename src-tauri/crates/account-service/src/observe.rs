//! What is logged and counted of every request: the route, never the path, because paths hold domain names.

use crate::Service;
use crate::error::Error;
use crate::store::domains::MissingDomains;
use crate::upkeep::GRACE;
use crate::users::visitor::client;
use account_api::ProblemCode;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};
use std::time::{Duration, Instant};
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// No request may take longer; a walk to silent name servers takes the most.
const TIME_LIMIT: Duration = Duration::from_secs(90);

/// What is counted, in the form that Prometheus reads.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    database_up: Gauge,
    domains_missing: Gauge,
    next_domain_loss: Gauge,
    domain_changes: Family<Changed, Counter>,
}

/// What domains are counted by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Changed {
    change: &'static str,
}

/// What requests are counted by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: String,
}

/// Gives every request an id, logs it once, counts it, and forbids caches to keep the answer.
pub(crate) async fn observe(State(service): State<Service>, request: Request, next: Next) -> Response {
    let id = uuid::Uuid::new_v4().to_string();
    let method = known_method(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let client = client(&service, request.extensions(), request.headers());
    let span = tracing::info_span!("request", %id, method, %route);
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    span.in_scope(|| tracing::debug!(%client, status, took_ms = started.elapsed().as_millis(), "answered"));
    service.inner.metrics.count(method, route, status);
    let headers = response.headers_mut();
    headers.extend(HeaderValue::try_from(id).ok().map(|id| (REQUEST_ID, id)));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Gives up on a request that takes too long; what it began to write is rolled back.
pub(crate) async fn time_limit(request: Request, next: Next) -> Response {
    match tokio::time::timeout(TIME_LIMIT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Error::because(ProblemCode::Unavailable, "the request took too long").into_response(),
    }
}

/// Methods that anybody may invent are counted as one.
fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let metrics = Self {
            registry: Registry::with_prefix("account_service"),
            requests: Family::default(),
            database_up: Gauge::default(),
            domains_missing: Gauge::default(),
            next_domain_loss: Gauge::default(),
            domain_changes: Family::default(),
        };
        metrics.registered()
    }
}

impl Metrics {
    /// The media type of [`Metrics::text`].
    pub(crate) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    fn registered(mut self) -> Self {
        let registry = &mut self.registry;
        registry.register("requests", "Requests answered", self.requests.clone());
        registry.register("database_up", "Whether the database answers", self.database_up.clone());
        let help = "Verified domains of all accounts whose record is gone";
        registry.register("domains_missing", help, self.domains_missing.clone());
        let help = "When the first of them stops counting as verified, in Unix time; 0 while there is none";
        registry.register_with_unit("next_domain_loss", help, Unit::Seconds, self.next_domain_loss.clone());
        let help = "Changes of domains that this node has seen: verified, missing, found again, lost";
        registry.register("domain_changes", help, self.domain_changes.clone());
        self
    }

    /// Counts what a look has changed.
    pub(crate) fn count_change(&self, change: &'static str) {
        self.domain_changes.get_or_create(&Changed { change }).inc();
    }

    fn count(&self, method: &'static str, route: String, status: u16) {
        self.requests.get_or_create(&Answered { method, route, status: status.to_string() }).inc();
    }

    /// The OpenMetrics text format, version 1.0.0. Without what is `missing` the database does not answer, and what it
    /// said last stands.
    pub(crate) fn text(&self, missing: Option<MissingDomains>) -> String {
        self.database_up.set(i64::from(missing.is_some()));
        if let Some(MissingDomains { count, since }) = missing {
            self.domains_missing.set(count);
            self.next_domain_loss.set(since.map_or(0, |since| since.plus(GRACE).unix()));
        }
        let mut text = String::new();
        if let Err(error) = encode(&mut text, &self.registry) {
            tracing::error!(%error, "the metrics could not be written");
        }
        text
    }
}
