//! Whose token it is, whether provisioning is on, and what is written down of every request.

use super::answer::{Refusal, RefusedAs};
use super::told;
use crate::Service;
use crate::api::request::bearer;
use crate::store::scim_calls::Call;
use crate::store::{Part, scim_tokens};
use crate::tokens::digest;
use account_api::ScimCaller;
use axum::extract::{OriginalUri, Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use scim::ResourceKind;
use serde_json::Value;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// The account whose token the request carries.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) account: String,
    /// What is to be written down; nothing of a rehearsal.
    asked: Option<Arc<Asked>>,
}

/// One request, as far as it is written down.
#[derive(Debug)]
struct Asked {
    /// The digest of the token, and its last characters.
    token: (Vec<u8>, String),
    caller: OnceLock<ScimCaller>,
    request: String,
    is_written: AtomicBool,
}

/// How a request that wrote ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Done {
    pub(crate) status: u16,
    /// What was taken away.
    pub(crate) removed: Option<ResourceKind>,
}

impl Done {
    /// With that status, and nothing was taken away.
    pub(crate) const fn with(status: u16) -> Self {
        Self { status, removed: None }
    }
}

/// Lets only the owner of a current token through, and writes down what was asked and answered.
pub(crate) async fn identify(
    State(service): State<Service>,
    OriginalUri(uri): OriginalUri,
    mut request: Request,
    next: Next,
) -> Response {
    let (token, holder) = match holder(&service, request.headers()).await {
        Ok(found) => found,
        Err(refusal) => return refusal.into_response(),
    };
    let asked = Asked {
        token: (token, holder.hint),
        caller: told::caller(request.headers(), &uri).map(OnceLock::from).unwrap_or_default(),
        request: told::request(request.method(), &uri),
        is_written: AtomicBool::new(false),
    };
    let asked = (!is_rehearsal(request.headers())).then(|| Arc::new(asked));
    let caller = Caller { account: holder.account, asked };
    request.extensions_mut().insert(caller.clone());
    let response = if holder.is_enabled {
        next.run(request).await
    } else {
        Refusal::with_status(403, "provisioning is switched off for this account").into_response()
    };
    let refusal = response.extensions().get::<RefusedAs>().and_then(|refused| refused.0);
    caller.answered(&service, response.status().as_u16(), refusal);
    response
}

/// The wizard's rehearsal says who it is. It is no sign of the identity provider having called.
fn is_rehearsal(headers: &HeaderMap) -> bool {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    agent.is_some_and(|agent| agent.starts_with("Signpost-Rehearsal/"))
}

async fn holder(service: &Service, headers: &HeaderMap) -> Result<(Vec<u8>, scim_tokens::Holder), Refusal> {
    let digest = digest(bearer(headers).ok_or_else(Refusal::unauthorized)?);
    let holder = scim_tokens::holder(&service.inner.pool, &digest, service.inner.now()).await?;
    Ok((digest, holder.ok_or_else(Refusal::unauthorized)?))
}

impl Caller {
    /// The same caller with one operation of a bulk request.
    pub(crate) fn within(&self, request: String) -> Self {
        let asked = self.asked.as_ref().map(|asked| {
            Arc::new(Asked {
                token: asked.token.clone(),
                caller: asked.caller.clone(),
                request,
                is_written: AtomicBool::new(false),
            })
        });
        Self { account: self.account.clone(), asked }
    }

    /// Looks at a body for signs of who has sent it.
    pub(crate) fn sent(&self, body: &Value) {
        if let (Some(asked), Some(sender)) = (&self.asked, told::sender(body)) {
            // Who calls itself by a name is believed.
            let _ = asked.caller.set(sender);
        }
    }

    /// Ends what was begun to be written, with the note of this request and of those that wait to be written down; a refusal
    /// undoes it. It is over when nothing can change the answer any more.
    pub(crate) async fn end<T>(
        &self,
        service: &Service,
        part: Part,
        done: Result<(T, Done), Refusal>,
    ) -> Result<T, Refusal> {
        let (told, done) = match done {
            Ok(done) => done,
            Err(refusal) => return part.end(Err(refusal)).await,
        };
        let Some(asked) = &self.asked else { return part.end(Ok(told)).await };
        let mut taken = service.inner.calls.take();
        let call = self.call(service, asked, done.status, None);
        taken.add(Call { removed: done.removed, ..call });
        // Also when whoever asked is gone: what was written down must not wait to be written again.
        let kept = tokio::spawn(async move {
            let kept = part.keep(taken.calls().to_vec()).await;
            if kept.is_ok() {
                taken.written();
            } else {
                taken.leave_out_newest();
            }
            kept
        });
        kept.await.unwrap_or(Err(sqlx::Error::WorkerCrashed))?;
        asked.is_written.store(true, Ordering::Relaxed);
        Ok(told)
    }

    /// The request is answered; unless it was written down already, that waits until it can go along.
    pub(crate) fn answered(&self, service: &Service, status: u16, refusal: Option<&'static str>) {
        if let Some(asked) = self.asked.as_ref().filter(|asked| !asked.is_written.load(Ordering::Relaxed)) {
            service.inner.calls.gather(self.call(service, asked, status, refusal));
        }
    }

    fn call(&self, service: &Service, asked: &Asked, status: u16, refusal: Option<&'static str>) -> Call {
        Call {
            account: self.account.clone(),
            token: asked.token.0.clone(),
            hint: asked.token.1.clone(),
            at: service.inner.now(),
            caller: asked.caller.get().copied(),
            request: asked.request.clone(),
            status,
            refusal,
            removed: None,
        }
    }
}
