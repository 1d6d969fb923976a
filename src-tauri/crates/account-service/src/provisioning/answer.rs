//! Resources as they are sent, lists, errors.

use crate::Service;
use crate::error::{ASK_AGAIN, Error, database_code};
use crate::store::is_lost_together;
use crate::store::memberships::{Member, Membership};
use crate::store::resources::StoredResource;
use crate::tokens::NoRandomness;
use account_api::ProblemCode;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use scim::{LIST_RESPONSE, MEDIA_TYPE, ResourceKind, Selection};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A success.
pub(crate) struct Sent {
    status: StatusCode,
    location: Option<String>,
    /// The entity tag.
    version: Option<String>,
    body: Value,
}

/// A resource as it is sent, with its entity tag.
pub(crate) struct Rendered {
    pub(crate) body: Value,
    pub(crate) tag: String,
}

/// A refusal, with the body of RFC 7644, section 3.12.
#[derive(Debug)]
pub(crate) struct Refusal {
    error: scim::Error,
    /// Only because others were in the same commit, as in [`is_lost_together`].
    is_lost_together: bool,
}

/// `scimType` of a refusal, beside its response.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RefusedAs(pub(crate) Option<&'static str>);

impl Sent {
    /// A resource as it is.
    pub(crate) fn ok(body: Value) -> Self {
        Self { status: StatusCode::OK, location: None, version: None, body }
    }

    /// One resource, whole or in part.
    pub(crate) fn resource(rendered: Rendered) -> Self {
        Self { version: Some(rendered.tag), ..Self::ok(rendered.body) }
    }

    /// A change that is done; nothing is told of what it led to.
    pub(crate) fn no_content(id: String, version: u32) -> Self {
        let rendered = Rendered { body: json!({ "id": id }), tag: entity_tag(version, None) };
        Self { status: StatusCode::NO_CONTENT, ..Self::resource(rendered) }
    }

    /// Whoever asks has it already.
    pub(crate) fn not_modified(tag: String) -> Self {
        Self { status: StatusCode::NOT_MODIFIED, ..Self::resource(Rendered { body: Value::Null, tag }) }
    }

    /// A new resource, whole or in part.
    pub(crate) fn created(rendered: Rendered, location: String) -> Self {
        Self { status: StatusCode::CREATED, location: Some(location), ..Self::resource(rendered) }
    }

    pub(crate) const fn status(&self) -> StatusCode {
        self.status
    }

    /// Status, id and entity tag of a resource.
    pub(crate) fn into_parts(self) -> (u16, String, Option<String>) {
        let id = self.body["id"].as_str().unwrap_or_default().to_owned();
        (self.status.as_u16(), id, self.version)
    }

    /// Everything there is.
    pub(crate) fn all(resources: Vec<Value>) -> Self {
        Self::page(resources.len(), 1, resources)
    }

    /// A part of everything; `start` counts from 1.
    pub(crate) fn page(total: usize, start: usize, resources: Vec<Value>) -> Self {
        Self::ok(json!({
            "schemas": [LIST_RESPONSE],
            "totalResults": total,
            "startIndex": start,
            "itemsPerPage": resources.len(),
            "Resources": resources
        }))
    }
}

/// The version of a resource as it stands in headers and in `meta.version` (RFC 7644, section 3.14): the number of changes
/// made to it, and of a user in groups a digest of those, behind a hyphen. The groups are told with the user, and change
/// without them; whoever has the user with other groups has not what would be sent now.
pub(crate) fn entity_tag(version: u32, groups: Option<&Value>) -> String {
    let Some(groups) = groups else { return format!("W/\"{version}\"") };
    let digest = Sha256::digest(groups.to_string());
    let digest: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("W/\"{version}-{digest}\"")
}

impl Refusal {
    /// Status and body.
    pub(crate) fn into_parts(self) -> (u16, Value) {
        (self.error.status, self.error.body())
    }

    /// Status and `scimType`.
    pub(crate) fn told(&self) -> (u16, Option<&'static str>) {
        (self.error.status, self.kind())
    }

    fn kind(&self) -> Option<&'static str> {
        self.error.kind.map(scim::ErrorType::as_str)
    }

    pub(crate) fn with_status(status: u16, detail: &str) -> Self {
        scim::Error::with_status(status, detail).into()
    }

    /// Whether it may go well alone.
    pub(crate) const fn is_lost_together(&self) -> bool {
        self.is_lost_together
    }

    pub(crate) fn not_found() -> Self {
        Self::with_status(404, "there is no such resource")
    }

    pub(crate) fn unauthorized() -> Self {
        Self::with_status(401, "the bearer token is missing, or is not good any more")
    }
}

/// A resource with what the server adds to it, and the attributes that are wanted. `related` are the members of a group, or
/// the groups of a user.
pub(crate) fn rendered(
    service: &Service,
    kind: ResourceKind,
    stored: StoredResource,
    related: Option<&Value>,
    selection: &Selection,
) -> Rendered {
    let base = service.inner.view().scim();
    let StoredResource { id, created_at, modified_at, version, mut resource } = stored;
    let tag = entity_tag(version, related.filter(|_| kind == ResourceKind::User));
    if let Some(related) = related {
        resource[related_attribute(kind)] = related.clone();
    }
    resource["meta"] = json!({
        "resourceType": kind.name(),
        "created": created_at,
        "lastModified": modified_at,
        "location": format!("{base}{}/{id}", kind.endpoint()),
        "version": tag
    });
    resource["id"] = id.into();
    Rendered { body: selection.apply(resource), tag }
}

/// The attribute in which a resource names resources of the other kind.
pub(crate) const fn related_attribute(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::User => "groups",
        ResourceKind::Group => "members",
    }
}

/// The members of a group.
pub(crate) fn rendered_members(base: &str, members: &[Member]) -> Value {
    let reference = |id: &str| format!("{base}/Users/{id}");
    members
        .iter()
        .map(|member| json!({ "value": member.user_id, "$ref": reference(&member.user_id) }))
        .collect()
}

/// The groups of a user. No group is a member of another one.
pub(crate) fn rendered_groups(base: &str, memberships: &[Membership]) -> Value {
    let group = |one: &Membership| {
        let Membership { group_id, group_name } = one;
        let reference = format!("{base}/Groups/{group_id}");
        json!({ "value": group_id, "$ref": reference, "display": group_name, "type": "direct" })
    };
    memberships.iter().map(group).collect()
}

impl IntoResponse for Sent {
    fn into_response(self) -> Response {
        let mut response = match self.status {
            StatusCode::NOT_MODIFIED | StatusCode::NO_CONTENT => self.status.into_response(),
            status => scim_json(status, &self.body),
        };
        let further = [(header::LOCATION, self.location), (header::ETAG, self.version)];
        for (name, value) in further {
            let value = value.and_then(|value| HeaderValue::try_from(value).ok());
            response.headers_mut().extend(value.map(|value| (name, value)));
        }
        response
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = scim_json(status, &self.error.body());
        response.extensions_mut().insert(RefusedAs(self.kind()));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(ASK_AGAIN));
        }
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

fn scim_json(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, MEDIA_TYPE)], body.to_string()).into_response()
}

impl From<scim::Error> for Refusal {
    fn from(error: scim::Error) -> Self {
        Self { error, is_lost_together: false }
    }
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        let code = database_code(&error);
        Self { is_lost_together: is_lost_together(&error), ..Self::with_status(code.status(), code.title()) }
    }
}

impl From<NoRandomness> for Refusal {
    fn from(error: NoRandomness) -> Self {
        tracing::error!(%error, "no resource could be made");
        Self::with_status(500, ProblemCode::Internal.title())
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::Problem(problem) => {
                Self::with_status(problem.status, problem.detail.as_deref().unwrap_or(&problem.title))
            }
            Error::Busy(_) => Self::with_status(429, ProblemCode::TooManyRequests.title()),
            Error::Database(error) => error.into(),
            Error::NoRandomness => NoRandomness.into(),
            Error::CannotSign | Error::Sealed => Self::with_status(500, ProblemCode::Internal.title()),
        }
    }
}
