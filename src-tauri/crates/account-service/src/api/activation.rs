//! Switching single sign-on on and off.

use super::answer;
use super::request::{BasedOn, Licensed, MayBeBody, Member};
use crate::Service;
use crate::blockers::NO_PORTAL_SIGN_IN;
use crate::error::Error;
use crate::store::change::{self, Line};
use account_api::{Activate, Integration, Problem};
use axum::extract::State;
use axum::response::Response;

/// Switches single sign-on on; refused with what is missing while something is. Whoever gives the organization's name, to
/// the letter, insists though no sign-in was seen to work: the audit log says so. Nothing else can be insisted past.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/activate", tag = "integration",
    params(("account" = String, Path), ("If-Match" = String, Header)), request_body = Option<Activate>, responses(
    (status = 200, body = Integration, headers(("ETag" = String))),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn activate(
    State(service): State<Service>,
    Licensed(member): Licensed,
    BasedOn(version): BasedOn,
    MayBeBody(body): MayBeBody<Activate>,
) -> Result<Response, Error> {
    let author = member.writes(&service, Some(version));
    let view = service.inner.view();
    let outcome = change::settings(&service.inner.pool, &member.account, &author, |draft, stored| {
        if draft.activated_at.is_none() {
            let mut blockers = view.integration(stored.clone(), author.at).blockers;
            let before = blockers.len();
            if insists(&body, &stored.organization)? {
                blockers.retain(|blocker| blocker.code != NO_PORTAL_SIGN_IN);
            }
            if !blockers.is_empty() {
                return Err(Error::blocked(blockers));
            }
            draft.activated_at = Some(author.at);
            if before > 0 {
                return Ok(Line::new("integration.activated-without-sign-in"));
            }
        }
        Ok(Line::new("integration.activated"))
    })
    .await?;
    answer::after(&service, outcome)
}

fn insists(body: &Activate, organization: &str) -> Result<bool, Error> {
    match &body.without_sign_in {
        None => Ok(false),
        Some(name) if name == organization => Ok(true),
        Some(_) => Err(Error::value("without_sign_in", "this is not the organization's name, to the letter")),
    }
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
