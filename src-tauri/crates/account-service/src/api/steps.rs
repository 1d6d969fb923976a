//! The marks of steps 2, 4, 5 and 6.

use super::answer;
use super::request::{BasedOn, Body, Licensed};
use crate::Service;
use crate::error::Error;
use crate::store::change::{self, Line};
use crate::store::settings::Settings;
use account_api::{Integration, Mark, MarkStep, Problem};
use axum::extract::{Path, State};
use axum::response::Response;
use vocabulary::StepId;

/// Sets or takes back the mark of `app-registration`, `saml`, `scim` or `users`.
#[utoipa::path(put, path = "/api/v1/accounts/{account}/steps/{step}", tag = "integration",
    params(("account" = String, Path), ("step" = String, Path), ("If-Match" = String, Header)),
    request_body = MarkStep, responses(
    (status = 200, body = Integration, headers(("ETag" = String))),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn mark(
    State(service): State<Service>,
    Licensed(member): Licensed,
    Path((_, step)): Path<(String, String)>,
    BasedOn(version): BasedOn,
    Body(body): Body<MarkStep>,
) -> Result<Response, Error> {
    let step: StepId = step.parse().map_err(|_| Error::not_found())?;
    let author = member.writes(&service, Some(version));
    let outcome = change::settings(&service.inner.pool, &member.account, &author, |draft, _| {
        let mark = mark_of(&mut draft.settings, step)
            .ok_or_else(|| Error::value("step", "this step is done by what it holds, not by a mark"))?;
        *mark = body
            .done
            .then(|| mark.take().unwrap_or_else(|| Mark { at: author.at, by: author.email.clone() }));
        Ok(Line::about(if body.done { "step.marked" } else { "step.unmarked" }, step.as_str()))
    })
    .await?;
    answer::after(&service, outcome)
}

fn mark_of(settings: &mut Settings, step: StepId) -> Option<&mut Option<Mark>> {
    match step {
        StepId::AppRegistration => Some(&mut settings.app_registration),
        StepId::Saml => Some(&mut settings.saml),
        StepId::Scim => Some(&mut settings.scim),
        StepId::Users => Some(&mut settings.users),
        StepId::Domains | StepId::Groups | StepId::BackupLogin => None,
    }
}
