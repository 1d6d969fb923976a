//! Where the endpoints are, and what they take (RFC 8414, section 2).

use super::{AUTHORIZE, REVOKE, TOKEN};
use crate::Service;
use account_api::{SCOPE_READ, SCOPE_WRITE};
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

/// The authorization server's metadata.
pub(super) async fn document(State(service): State<Service>) -> Json<Value> {
    let issuer = service.public_url();
    let at = |path: &str| format!("{issuer}{path}");
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": at(AUTHORIZE),
        "token_endpoint": at(TOKEN),
        "revocation_endpoint": at(REVOKE),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
        "scopes_supported": [SCOPE_READ, SCOPE_WRITE],
        "authorization_response_iss_parameter_supported": true,
    }))
}
