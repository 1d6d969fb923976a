use super::{
    accounts, activation, arrivals, backup_login, domains, groups, integration, licence_keys, saml, scim,
    sign_in_tests, steps,
};
use axum::Json;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{OpenApi as Document, RefOr};
use utoipa::{Modify, OpenApi};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Signpost account service: settings API",
        description = "Every write carries If-Match with the version of the integration that it was based on. What \
            makes something takes an Idempotency-Key: sent again with the same body within a day, it is answered as before. \
            Errors are problem documents (RFC 9457) with a stable code."
    ),
    paths(
        accounts::me,
        accounts::create,
        accounts::users,
        accounts::add_user,
        accounts::remove_user,
        licence_keys::list,
        licence_keys::register,
        licence_keys::remove,
        licence_keys::register_first,
        integration::read,
        integration::audit,
        integration::export,
        arrivals::read,
        domains::add,
        domains::remove,
        domains::verify,
        domains::history,
        groups::set,
        saml::service_provider,
        saml::set_identity_provider,
        saml::set_options,
        sign_in_tests::start,
        sign_in_tests::list,
        sign_in_tests::read,
        scim::switch,
        scim::issue_token,
        scim::revoke_token,
        scim::calls,
        steps::mark,
        backup_login::set,
        activation::activate,
        activation::deactivate,
    ),
    modifiers(&BearerToken, &Described)
)]
struct Description;

struct BearerToken;

impl Modify for BearerToken {
    fn modify(&self, document: &mut Document) {
        let scheme = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        let components = document.components.get_or_insert_default();
        components.security_schemes.insert("access-token".to_owned(), scheme.into());
        document.security = Some(vec![SecurityRequirement::new("access-token", Vec::<String>::new())]);
    }
}

/// Says of every answer what it means: OpenAPI 3.1, section 4.8.17, requires it.
struct Described;

impl Modify for Described {
    fn modify(&self, document: &mut Document) {
        let items = document.paths.paths.values_mut();
        let operations = items.flat_map(|item| {
            [&mut item.get, &mut item.put, &mut item.post, &mut item.delete].into_iter().flatten()
        });
        operations.for_each(describe);
    }
}

fn describe(operation: &mut Operation) {
    for (status, response) in &mut operation.responses.responses {
        match response {
            RefOr::T(response) if response.description.is_empty() => {
                response.description = meaning(status).to_owned();
            }
            _ => {}
        }
    }
}

fn meaning(status: &str) -> &'static str {
    match status {
        "201" => "It was made.",
        "304" => "Nothing has changed since that version.",
        "default" => "The request was refused, or failed; the code says why.",
        _ => "It was done.",
    }
}

/// The description of the settings API (OpenAPI 3.1).
pub fn openapi() -> Document {
    Description::openapi()
}

/// `GET /api/v1/openapi.json`.
pub(crate) async fn document() -> Json<Document> {
    Json(openapi())
}
