use super::{AccountPart, existing};
use crate::Service;
use crate::error::Error;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use saml::{NAME_ID_EMAIL_ADDRESS, Organization, SpMetadata, write_sp_metadata};

/// The service provider's metadata; its URL is the entity ID (SAML metadata, section 4.1).
pub(super) async fn metadata(
    State(service): State<Service>,
    AccountPart(account): AccountPart,
) -> Result<Response, Error> {
    let stored = existing(&service, &account).await?;
    let view = service.inner.view();
    let values = view.service_provider(&stored.account);
    let xml = write_sp_metadata(&SpMetadata {
        entity_id: values.entity_id,
        acs_url: values.acs_url,
        slo_url: values.slo_url,
        organization: Some(Organization { name: stored.organization, url: view.public_url }),
        name_id_format: NAME_ID_EMAIL_ADDRESS.to_owned(),
        certificates: vec![service.inner.key.certificate_pem().to_owned()],
        signs_requests: stored.draft.settings.saml_options.sign_requests,
        contact: None,
    });
    Ok(([(header::CONTENT_TYPE, "application/samlmetadata+xml; charset=utf-8")], xml).into_response())
}
