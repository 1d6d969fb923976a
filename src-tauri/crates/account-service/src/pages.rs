//! What browsers and identity providers open: the service provider's SAML addresses.

use crate::Service;
use crate::api::request::path_part;
use crate::error::Error;
use crate::store::accounts;
use account_api::Account;
use axum::Router;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{any, get};
use saml::{NAME_ID_EMAIL_ADDRESS, Organization, SpMetadata, write_sp_metadata};

const CONTENT_SECURITY_POLICY: (HeaderName, &str) = (
    header::CONTENT_SECURITY_POLICY,
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
);

const NO_SIGN_IN_YET: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign-in tests are not available</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem }
@media (prefers-color-scheme: dark) { body { background: #16181d; color: #e8eaee } }</style>
<h1>Sign-in tests are not available in this version</h1>
<p>Your identity provider reached the right address. This version of the account service does not read its answer, so
nobody was signed in and nothing was stored.</p>
<p>Go back to Signpost and continue there.</p>
</html>
"#;

/// The account in the path.
struct AccountPart(String);

impl FromRequestParts<Service> for AccountPart {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &Service) -> Result<Self, Error> {
        path_part(parts, "account").await.map(Self)
    }
}

/// `/saml/{account}`.
pub(crate) fn router() -> Router<Service> {
    Router::new().route("/saml/{account}/metadata", get(metadata)).route("/saml/{account}/acs", any(acs))
}

/// The service provider's metadata; its URL is the entity ID (SAML metadata, section 4.1).
async fn metadata(
    State(service): State<Service>,
    AccountPart(account): AccountPart,
) -> Result<Response, Error> {
    let account = existing(&service, &account).await?;
    let view = service.inner.view();
    let values = view.service_provider(&account.id);
    let xml = write_sp_metadata(&SpMetadata {
        entity_id: values.entity_id,
        acs_url: values.acs_url,
        organization: Some(Organization { name: account.name, url: view.public_url }),
        name_id_format: NAME_ID_EMAIL_ADDRESS.to_owned(),
    });
    Ok(([(header::CONTENT_TYPE, "application/samlmetadata+xml; charset=utf-8")], xml).into_response())
}

async fn acs(State(service): State<Service>, AccountPart(account): AccountPart) -> Result<Response, Error> {
    existing(&service, &account).await?;
    Ok((StatusCode::NOT_IMPLEMENTED, [CONTENT_SECURITY_POLICY], Html(NO_SIGN_IN_YET)).into_response())
}

async fn existing(service: &Service, account: &str) -> Result<Account, Error> {
    let mut connection = service.inner.pool.acquire().await?;
    accounts::find(&mut connection, account).await?.ok_or_else(Error::not_found)
}
