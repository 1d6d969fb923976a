//! Step 4: SAML values.

use super::answer;
use super::request::{BasedOn, Body, Member};
use crate::Service;
use crate::error::Error;
use crate::store::change::{self, Line};
use account_api::{
    IdentityProvider, Integration, Problem, ProblemCode, SamlOptions, ServiceProvider, SetIdentityProvider,
    SetSamlOptions, SignIns, SsoBinding,
};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use saml::{Binding, IdpValues};
use vocabulary::{Finding, Timestamp};

/// The service's own values, as they go into the identity provider.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/saml/service-provider", tag = "saml",
    params(("account" = String, Path)), responses(
    (status = 200, body = ServiceProvider),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn service_provider(
    State(service): State<Service>,
    member: Member,
) -> Json<ServiceProvider> {
    Json(service.inner.view().service_provider(&member.account))
}

/// Sets the identity provider's values, given one by one or as metadata of at most 1 MiB. Refused with the findings
/// when one of them is an error; a private key is refused and kept nowhere.
#[utoipa::path(put, path = "/api/v1/accounts/{account}/saml/identity-provider", tag = "saml",
    params(("account" = String, Path), ("If-Match" = String, Header)), request_body = SetIdentityProvider, responses(
    (status = 200, body = Integration, headers(("ETag" = String))),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn set_identity_provider(
    State(service): State<Service>,
    member: Member,
    BasedOn(version): BasedOn,
    Body(body): Body<SetIdentityProvider>,
) -> Result<Response, Error> {
    let author = member.writes(&service, Some(version));
    let (provider, wants_signed_requests) = read(body, author.at)?;
    let outcome = change::settings(&service.inner.pool, &member.account, &author, |draft, _| {
        let line = Line::about("identity-provider.changed", provider.entity_id.clone());
        let settings = &mut draft.settings;
        if settings.identity_provider.as_ref() != Some(&provider) {
            // A sign-in that was seen to work says nothing about other values.
            settings.sign_ins = SignIns::default();
        }
        settings.saml_options.sign_requests |= wants_signed_requests;
        settings.identity_provider = Some(provider);
        Ok(line)
    })
    .await?;
    answer::after(&service, outcome)
}

/// Switches what the service does beyond the usual when somebody signs in.
#[utoipa::path(put, path = "/api/v1/accounts/{account}/saml/options", tag = "saml",
    params(("account" = String, Path), ("If-Match" = String, Header)), request_body = SamlOptions, responses(
    (status = 200, body = Integration, headers(("ETag" = String))),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn set_options(
    State(service): State<Service>,
    member: Member,
    BasedOn(version): BasedOn,
    Body(options): Body<SetSamlOptions>,
) -> Result<Response, Error> {
    let author = member.writes(&service, Some(version));
    let outcome = change::settings(&service.inner.pool, &member.account, &author, |draft, _| {
        draft.settings.saml_options = options;
        Ok(Line::new("saml-options.changed"))
    })
    .await?;
    answer::after(&service, outcome)
}

/// The values, and whether the identity provider asks for signed requests.
fn read(body: SetIdentityProvider, now: Timestamp) -> Result<(IdentityProvider, bool), Error> {
    match body {
        SetIdentityProvider::Values { entity_id, sso_url, sso_binding, certificates } => {
            let by_hand = saml::by_hand(&entity_id, &sso_url, &certificates.join("\n"), now);
            refuse_errors("certificates", by_hand.findings)?;
            Ok((IdentityProvider { sso_binding, ..provider(by_hand.values) }, false))
        }
        SetIdentityProvider::Metadata { xml } => {
            if xml.len() > saml::LIMIT_BY_HAND {
                return Err(Error::about(ProblemCode::TooLarge, "xml", "metadata may have 1 MiB"));
            }
            let inspection = saml::inspect(xml.as_bytes(), saml::LIMIT_BY_HAND, now);
            let values = inspection.idp_values();
            refuse_errors("xml", inspection.findings)?;
            values
                .map(|values| (values.wants_signed_requests, values))
                .map(|(wants, values)| (provider(values), wants))
                .ok_or_else(|| Error::value("xml", "there is no usable identity provider in it"))
        }
    }
}

/// A finding that names its field itself goes before the general one.
fn refuse_errors(field: &str, findings: Vec<Finding>) -> Result<(), Error> {
    let errors: Vec<Finding> = findings.into_iter().filter(Finding::is_error).collect();
    let Some(first) = errors.first() else { return Ok(()) };
    let field = match first.args.get("field").map(String::as_str) {
        Some("entity-id") => "entity_id",
        Some("sso-url") => "sso_url",
        _ => field,
    };
    Err(Error::findings(field, errors))
}

fn provider(values: IdpValues) -> IdentityProvider {
    IdentityProvider {
        entity_id: values.entity_id,
        sso_url: values.sso_url,
        sso_binding: match values.sso_binding {
            Binding::HttpRedirect => SsoBinding::HttpRedirect,
            Binding::HttpPost => SsoBinding::HttpPost,
        },
        certificates: values.certificates.into_iter().map(|certificate| certificate.pem).collect(),
    }
}
