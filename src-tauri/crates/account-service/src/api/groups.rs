//! Step 3: groups.

use super::request::{BasedOn, Body, Licensed};
use super::{answer, fields};
use crate::Service;
use crate::error::Error;
use crate::store::change::{self, Line};
use account_api::requests::SetGroups;
use account_api::{Group, Groups, Integration, Problem};
use axum::extract::State;
use axum::response::Response;

/// Sets the two groups; a group that is left out is taken back.
#[utoipa::path(put, path = "/api/v1/accounts/{account}/groups", tag = "groups",
    params(("account" = String, Path), ("If-Match" = String, Header)), request_body = Groups, responses(
    (status = 200, body = Integration, headers(("ETag" = String))),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn set(
    State(service): State<Service>,
    Licensed(member): Licensed,
    BasedOn(version): BasedOn,
    Body(groups): Body<SetGroups>,
) -> Result<Response, Error> {
    check("admins", groups.admins.as_ref())?;
    check("users", groups.users.as_ref())?;
    let author = member.writes(&service, Some(version));
    let outcome = change::settings(&service.inner.pool, &member.account, &author, |draft, _| {
        draft.settings.groups = groups;
        Ok(Line::new("groups.changed"))
    })
    .await?;
    answer::after(&service, outcome)
}

fn check(field: &str, group: Option<&Group>) -> Result<(), Error> {
    let Some(group) = group else { return Ok(()) };
    let refused = |part| Error::value(&format!("{field}.{part}"), "1 to 256 characters on one line");
    fields::one_line(&group.name, 256).ok_or_else(|| refused("name"))?;
    fields::one_line(&group.id, 256).ok_or_else(|| refused("id"))?;
    Ok(())
}
