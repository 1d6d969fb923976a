//! The SCIM 2.0 server (RFC 7643, RFC 7644).

use crate::Service;
use axum::Router;

pub(crate) fn router(_service: &Service) -> Router<Service> {
    Router::new()
}
