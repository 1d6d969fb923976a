//! Step 6: who has arrived by provisioning.

use super::request::Member;
use crate::Service;
use crate::error::Error;
use crate::provisioning::calls;
use crate::store::{arrivals, scim_calls};
use account_api::{Arrivals, Problem};
use axum::Json;
use axum::extract::State;

/// What the identity provider has sent so far.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/arrivals", tag = "scim",
    params(("account" = String, Path)), responses(
    (status = 200, body = Arrivals),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn read(State(service): State<Service>, member: Member) -> Result<Json<Arrivals>, Error> {
    calls::try_to_settle(&service).await;
    let mut reading = crate::store::reading(&service.inner.pool).await?;
    let mut arrivals = arrivals::arrivals(&mut reading, &member.account).await?;
    arrivals.last_call = scim_calls::last(&mut reading, &member.account).await?;
    Ok(Json(arrivals))
}
