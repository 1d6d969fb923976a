//! Step 4: SAML values.

use super::answer;
use super::request::{BasedOn, Body, Licensed, Member};
use crate::Service;
use crate::error::Error;
use crate::store::change::{self, Line};
use account_api::{
    IdentityProvider, Integration, LogoutService, Problem, ProblemCode, SamlOptions, ServiceProvider,
    SetIdentityProvider, SetSamlOptions, SignIns, SsoBinding,
};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use metadata_signature::Trust;
use saml::{Binding, IdpValues, Inspection};
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
/// when one of them is an error, which a broken signature of the metadata is; a private key is refused and kept nowhere.
#[utoipa::path(put, path = "/api/v1/accounts/{account}/saml/identity-provider", tag = "saml",
    params(("account" = String, Path), ("If-Match" = String, Header)), request_body = SetIdentityProvider, responses(
    (status = 200, body = Integration, headers(("ETag" = String))),
    (status = "default", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn set_identity_provider(
    State(service): State<Service>,
    Licensed(member): Licensed,
    BasedOn(version): BasedOn,
    Body(body): Body<SetIdentityProvider>,
) -> Result<Response, Error> {
    let author = member.writes(&service, Some(version));
    let (provider, wants_signed_requests) = read(body, author.at)?;
    let outcome = change::settings(&service.inner.pool, &member.account, &author, |draft, _| {
        let line = Line::about("identity-provider.changed", provider.entity_id.clone());
        let settings = &mut draft.settings;
        if settings.identity_provider.as_ref().is_none_or(|known| !signs_in_alike(known, &provider)) {
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
    Licensed(member): Licensed,
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

/// Whether two identity providers differ in nothing but how they sign people out.
fn signs_in_alike(one: &IdentityProvider, other: &IdentityProvider) -> bool {
    let plain = |provider: &IdentityProvider| IdentityProvider { logout: None, ..provider.clone() };
    plain(one) == plain(other)
}

/// The values, and whether the identity provider asks for signed requests.
fn read(body: SetIdentityProvider, now: Timestamp) -> Result<(IdentityProvider, bool), Error> {
    match body {
        SetIdentityProvider::Values {
            entity_id,
            sso_url,
            sso_binding,
            certificates,
            wants_signed_requests,
            logout,
        } => {
            let by_hand = saml::by_hand(&entity_id, &sso_url, &certificates.join("\n"), now);
            refuse_errors("certificates", by_hand.findings)?;
            let logout = logout.map(usable).transpose()?;
            let provider = IdentityProvider { sso_binding, logout, ..provider(by_hand.values) };
            Ok((provider, wants_signed_requests))
        }
        SetIdentityProvider::Metadata { xml, signed_by } => {
            if xml.len() > saml::LIMIT_BY_HAND {
                return Err(Error::about(ProblemCode::TooLarge, "xml", "metadata may have 1 MiB"));
            }
            let inspection = inspect(&xml, &signed_by, now)?;
            let values = inspection.idp_values();
            refuse_errors("xml", inspection.findings)?;
            values
                .map(|values| (values.wants_signed_requests, values))
                .map(|(wants, values)| (provider(values), wants))
                .ok_or_else(|| Error::value("xml", "there is no usable identity provider in it"))
        }
    }
}

/// What the document says, its signature checked.
fn inspect(xml: &str, signed_by: &[String], now: Timestamp) -> Result<Inspection, Error> {
    let certs::Reading { certificates, findings } = certs::read(signed_by.join("\n").as_bytes());
    if !signed_by.is_empty() {
        refuse_errors("signed_by", findings)?;
    }
    let trust = Trust { certificates: &certificates, checks_large: true };
    let size = u64::try_from(xml.len()).ok();
    metadata_signature::inspect(xml.as_bytes(), size, saml::LIMIT_BY_HAND, None, trust, now)
        .map_err(|_| Error::value("xml", "the document cannot be read"))
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
        sso_binding: sso_binding(values.sso_binding),
        certificates: values.certificates.into_iter().map(|certificate| certificate.pem).collect(),
        logout: values.logout.map(|logout| LogoutService {
            url: logout.location,
            response_url: logout.response_location,
            binding: sso_binding(logout.binding),
        }),
    }
}

const fn sso_binding(binding: Binding) -> SsoBinding {
    match binding {
        Binding::HttpRedirect => SsoBinding::HttpRedirect,
        Binding::HttpPost => SsoBinding::HttpPost,
    }
}

/// The addresses have to be such that a browser may be sent there.
fn usable(logout: LogoutService) -> Result<LogoutService, Error> {
    let mut addresses = std::iter::once(&logout.url).chain(&logout.response_url);
    let all_good = addresses.all(|url| saml::is_usable_address(url));
    if all_good { Ok(logout) } else { Err(Error::value("logout", "it is not a complete https address")) }
}
