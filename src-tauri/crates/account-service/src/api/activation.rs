//! Switching single sign-on on and off.

use super::answer;
use super::request::{BasedOn, Member};
use crate::Service;
use crate::error::Error;
use crate::store::change::{self, Line};
use account_api::{Integration, Problem};
use axum::extract::State;
use axum::response::Response;

/// Switches single sign-on on; refused with what is missing while something is.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/activate", tag = "integration",
    params(("account" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 200, body = Integration, headers(("ETag" = String))),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn activate(
    State(service): State<Service>,
    member: Member,
    BasedOn(version): BasedOn,
) -> Result<Response, Error> {
    let author = member.writes(&service, Some(version));
    let view = service.inner.view();
    let outcome = change::settings(&service.inner.pool, &member.account, &author, |draft, stored| {
        if draft.activated_at.is_none() {
            let blockers = view.integration(stored.clone(), author.at).blockers;
            if !blockers.is_empty() {
                return Err(Error::blocked(blockers));
            }
            draft.activated_at = Some(author.at);
        }
        Ok(Line::new("integration.activated"))
    })
    .await?;
    answer::after(&service, outcome)
}

/// Switches single sign-on off; everybody signs in as before.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/deactivate", tag = "integration",
    params(("account" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 200, body = Integration, headers(("ETag" = String))),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn deactivate(
    State(service): State<Service>,
    member: Member,
    BasedOn(version): BasedOn,
) -> Result<Response, Error> {
    let author = member.writes(&service, Some(version));
    let outcome = change::settings(&service.inner.pool, &member.account, &author, |draft, _| {
        draft.activated_at = None;
        Ok(Line::new("integration.deactivated"))
    })
    .await?;
    answer::after(&service, outcome)
}
