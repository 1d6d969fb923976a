//! Whose token it is, whether provisioning is on, and the note of the newest request.

use super::answer::Refusal;
use crate::Service;
use crate::api::request::bearer;
use crate::store::{accounts, scim_tokens};
use crate::tokens::digest;
use account_api::LastCall;
use axum::extract::{OriginalUri, Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The account whose token the request carries.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) account: String,
}

/// Lets only the owner of a current token through, and writes down what was asked and answered.
pub(crate) async fn identify(
    State(service): State<Service>,
    OriginalUri(uri): OriginalUri,
    mut request: Request,
    next: Next,
) -> Response {
    let caller = match caller(&service, request.headers()).await {
        Ok(caller) => caller,
        Err(refusal) => return refusal.into_response(),
    };
    let (account, digest) = (caller.0.account.clone(), caller.1);
    let is_rehearsal = is_rehearsal(request.headers());
    let line = format!("{} {}", request.method(), shortened(uri.path()));
    request.extensions_mut().insert(caller.0);
    let response = match accounts::scim_enabled(&service.inner.pool, &account).await {
        Ok(true) => next.run(request).await,
        Ok(false) => {
            Refusal::with_status(403, "provisioning is switched off for this account").into_response()
        }
        Err(error) => Refusal::from(error).into_response(),
    };
    if is_rehearsal {
        return response;
    }
    let call = LastCall { at: service.inner.now(), request: line, status: response.status().as_u16() };
    if let Err(error) = scim_tokens::record(&service.inner.pool, &account, &digest, &call).await {
        tracing::warn!(%error, "the newest provisioning request could not be written down");
    }
    response
}

/// The wizard's rehearsal says who it is. It is no sign of the identity provider having called.
fn is_rehearsal(headers: &HeaderMap) -> bool {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    agent.is_some_and(|agent| agent.starts_with("Signpost-Rehearsal/"))
}

async fn caller(service: &Service, headers: &HeaderMap) -> Result<(Caller, Vec<u8>), Refusal> {
    let digest = digest(bearer(headers).ok_or_else(Refusal::unauthorized)?);
    let account = scim_tokens::account(&service.inner.pool, digest.clone()).await?;
    Ok((Caller { account: account.ok_or_else(Refusal::unauthorized)? }, digest))
}

/// Paths are as long as whoever asks makes them.
fn shortened(path: &str) -> String {
    path.chars().take(200).collect()
}
