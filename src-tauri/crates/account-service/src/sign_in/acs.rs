use super::page::Page;
use super::{AccountPart, existing};
use crate::Service;
use crate::error::Error;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Says that answers are not read in this version.
pub(super) async fn receive(
    State(service): State<Service>,
    AccountPart(account): AccountPart,
) -> Result<Response, Error> {
    existing(&service, &account).await?;
    let page = Page::good(&service.inner.texts, "service-answer-unread", &[], false);
    Ok((StatusCode::NOT_IMPLEMENTED, page).into_response())
}
