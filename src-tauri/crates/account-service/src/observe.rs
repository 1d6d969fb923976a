//! What is logged and counted of every request: the route, never the path, because paths hold domain names.

use crate::Service;
use crate::error::Error;
use account_api::ProblemCode;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// No request may take longer; a walk to silent name servers takes the most.
const TIME_LIMIT: Duration = Duration::from_secs(90);

/// How many requests there were, by method, route and status.
#[derive(Default)]
pub(crate) struct Metrics(Mutex<BTreeMap<(String, String, u16), u64>>);

/// Gives every request an id, logs it once, counts it, and forbids caches to keep the answer.
pub(crate) async fn observe(State(service): State<Service>, request: Request, next: Next) -> Response {
    let id = uuid::Uuid::new_v4().to_string();
    let method = known_method(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", %id, method, %route);
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    span.in_scope(|| tracing::debug!(status, took_ms = started.elapsed().as_millis(), "answered"));
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

impl Metrics {
    fn count(&self, method: &str, route: String, status: u16) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry((method.to_owned(), route, status)).or_default() += 1;
    }

    /// The Prometheus text format, version 0.0.4.
    pub(crate) fn text(&self, database_up: bool) -> String {
        let mut text = String::from(
            "# HELP account_service_requests_total Requests answered.\n# TYPE account_service_requests_total counter\n",
        );
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for ((method, route, status), count) in counts.iter() {
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "account_service_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}} {count}"
            );
        }
        let up = u8::from(database_up);
        text + "# HELP account_service_database_up Whether the database answers.\n\
            # TYPE account_service_database_up gauge\n"
            + &format!("account_service_database_up {up}\n")
    }
}
