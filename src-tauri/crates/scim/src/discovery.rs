//! What a server says of itself (RFC 7643, sections 5 to 7). `base` is the base URL, without a slash at the end.

use crate::{
    Attribute, ENTERPRISE_USER, GROUP, Kind, MAX_BULK_OPERATIONS, Mutability, ResourceKind, Schema, USER,
    Uniqueness,
};
use serde_json::{Value, json};

/// The most resources in one list answer.
pub const MAX_RESULTS: usize = 200;

/// The longest body that is taken, in bytes.
pub const MAX_PAYLOAD: usize = 2 * 1024 * 1024;

/// `/ServiceProviderConfig`.
pub fn service_provider_config(base: &str) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "patch": { "supported": true },
        "bulk": {
            "supported": true,
            "maxOperations": MAX_BULK_OPERATIONS,
            "maxPayloadSize": MAX_PAYLOAD
        },
        "filter": { "supported": true, "maxResults": MAX_RESULTS },
        "changePassword": { "supported": false },
        "sort": { "supported": true },
        "etag": { "supported": true },
        "authenticationSchemes": [{
            "type": "oauthbearertoken",
            "name": "Bearer token",
            "description": "The token that the account service has issued, in the Authorization header.",
            "specUri": "https://www.rfc-editor.org/info/rfc6750",
            "primary": true
        }],
        "meta": meta("ServiceProviderConfig", &format!("{base}/ServiceProviderConfig"))
    })
}

/// The resources of `/ResourceTypes`.
pub fn resource_types(base: &str) -> Vec<Value> {
    ResourceKind::ALL.into_iter().map(|kind| resource_type(base, kind)).collect()
}

/// The resources of `/Schemas`.
pub fn schemas(base: &str) -> Vec<Value> {
    [&USER, &ENTERPRISE_USER, &GROUP].into_iter().map(|schema| describe(base, schema)).collect()
}

fn resource_type(base: &str, kind: ResourceKind) -> Value {
    let extensions = kind.extensions().iter().map(|schema| json!({ "schema": schema.id, "required": false }));
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
        "id": kind.name(),
        "name": kind.name(),
        "endpoint": kind.endpoint(),
        "schema": kind.schema().id,
        "schemaExtensions": Vec::from_iter(extensions),
        "meta": meta("ResourceType", &format!("{base}/ResourceTypes/{}", kind.name()))
    })
}

fn describe(base: &str, schema: &Schema) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
        "id": schema.id,
        "name": schema.name,
        "description": schema.name,
        "attributes": Vec::from_iter(schema.attributes.iter().map(attribute)),
        "meta": meta("Schema", &format!("{base}/Schemas/{}", schema.id))
    })
}

fn attribute(attribute: &Attribute) -> Value {
    let (kind, parts, references) = match attribute.kind {
        Kind::Text => ("string", None, None),
        Kind::Boolean => ("boolean", None, None),
        Kind::DateTime => ("dateTime", None, None),
        Kind::Reference(to) => ("reference", None, Some(to)),
        Kind::Complex(parts) => ("complex", Some(Vec::from_iter(parts.iter().map(self::attribute))), None),
    };
    let mut described = json!({
        "name": attribute.name,
        "type": kind,
        "description": attribute.name,
        "multiValued": attribute.many,
        "required": attribute.required,
        "caseExact": attribute.case_exact,
        "mutability": mutability(attribute.mutability),
        "returned": if attribute.mutability == Mutability::WriteOnly { "never" } else { "default" },
        "uniqueness": if attribute.uniqueness == Uniqueness::Server { "server" } else { "none" },
    });
    if let Some(parts) = parts {
        described["subAttributes"] = parts.into();
    }
    if let Some(references) = references {
        described["referenceTypes"] = references.into();
    }
    described
}

const fn mutability(mutability: Mutability) -> &'static str {
    match mutability {
        Mutability::ReadWrite => "readWrite",
        Mutability::ReadOnly => "readOnly",
        Mutability::Immutable => "immutable",
        Mutability::WriteOnly => "writeOnly",
    }
}

fn meta(kind: &str, location: &str) -> Value {
    json!({ "resourceType": kind, "location": location })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_is_described_with_its_attributes() {
        let schemas = schemas("https://id.contoso.test/scim/v2");
        assert_eq!(schemas.len(), 3);
        for (schema, described) in [&USER, &ENTERPRISE_USER, &GROUP].into_iter().zip(&schemas) {
            let attributes = described["attributes"].as_array().unwrap();
            assert_eq!(attributes.len(), schema.attributes.len());
        }
        assert_eq!(schemas[2]["attributes"][1]["subAttributes"][0]["name"], "value");
        let password =
            schemas[0]["attributes"].as_array().unwrap().iter().find(|it| it["name"] == "password");
        assert_eq!(password.unwrap()["returned"], "never");
    }
}
