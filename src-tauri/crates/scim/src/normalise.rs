use crate::{Attribute, Error, ErrorType, Kind, Mutability, ResourceKind, Schema};
use serde_json::{Map, Value};

/// A resource as it was sent (POST, PUT) in canonical form: names in their spelling, booleans as booleans, empty
/// values left out. What the client cannot write, what is not in the schemas, and passwords are left out too.
///
/// # Errors
/// `invalidSyntax` when it is no object, `invalidValue` when a value is of the wrong type or a required one is missing.
pub fn normalise(resource: &Value, kind: ResourceKind) -> Result<Value, Error> {
    let Value::Object(sent) = resource else {
        return Err(Error::new(ErrorType::InvalidSyntax, "the resource is not a JSON object"));
    };
    let mut canonical = Map::new();
    for (name, value) in sent {
        if let Some(attribute) = kind.attribute(name) {
            insert(&mut canonical, attribute, value)?;
        } else if let Some(extension) = kind.extension(name) {
            insert_extension(&mut canonical, extension, value)?;
        }
    }
    finish(canonical, kind)
}

/// Adds `schemas`, and sees that nothing required is missing.
pub(crate) fn finish(mut resource: Map<String, Value>, kind: ResourceKind) -> Result<Value, Error> {
    for attribute in kind.schema().attributes.iter().filter(|attribute| attribute.required) {
        if !resource.contains_key(attribute.name) {
            return Err(Error::new(ErrorType::InvalidValue, format!("{} is missing", attribute.name)));
        }
    }
    resource.retain(|_, value| !matches!(value, Value::Object(parts) if parts.is_empty()));
    let mut schemas = vec![Value::from(kind.schema().id)];
    let extensions = kind.extensions().iter().map(|schema| schema.id);
    schemas.extend(extensions.filter(|id| resource.contains_key(*id)).map(Value::from));
    resource.insert("schemas".to_owned(), Value::Array(schemas));
    Ok(Value::Object(resource))
}

fn insert_extension(resource: &mut Map<String, Value>, schema: &Schema, value: &Value) -> Result<(), Error> {
    let Value::Object(sent) = value else {
        return if value.is_null() { Ok(()) } else { Err(wrong(schema.id, "an object")) };
    };
    let mut canonical = Map::new();
    for (name, value) in sent {
        if let Some(attribute) = schema.attribute(name) {
            insert(&mut canonical, attribute, value)?;
        }
    }
    if !canonical.is_empty() {
        resource.insert(schema.id.to_owned(), Value::Object(canonical));
    }
    Ok(())
}

fn insert(object: &mut Map<String, Value>, attribute: &Attribute, value: &Value) -> Result<(), Error> {
    if matches!(attribute.mutability, Mutability::ReadOnly | Mutability::WriteOnly) {
        return Ok(());
    }
    if let Some(value) = canonical(attribute, value)? {
        object.insert(attribute.name.to_owned(), value);
    }
    Ok(())
}

/// A value in canonical form; `None` when it says that there is none (RFC 7643, section 2.5, and the empty text).
pub(crate) fn canonical(attribute: &Attribute, value: &Value) -> Result<Option<Value>, Error> {
    if !attribute.many {
        return single(attribute, value);
    }
    let sent = match value {
        Value::Array(elements) => elements.as_slice(),
        Value::Null => &[],
        one => std::slice::from_ref(one),
    };
    let mut elements = Vec::new();
    for element in sent {
        elements.extend(single(attribute, element)?);
    }
    keep_one_primary(elements.iter_mut());
    Ok((!elements.is_empty()).then_some(Value::Array(elements)))
}

/// Takes `primary` from all but the first element that has it (RFC 7643, section 2.4).
pub(crate) fn keep_one_primary<'a>(elements: impl Iterator<Item = &'a mut Value>) {
    let is_primary = |element: &&mut Value| element["primary"] == Value::Bool(true);
    for element in elements.filter(is_primary).skip(1) {
        element["primary"] = Value::Bool(false);
    }
}

fn single(attribute: &Attribute, value: &Value) -> Result<Option<Value>, Error> {
    let name = attribute.name;
    match (attribute.kind, value) {
        (_, Value::Null) => Ok(None),
        (Kind::Complex(_), Value::Object(sent)) => complex(attribute, sent),
        (Kind::Complex(_), Value::String(text)) if attribute.part("value").is_some() => {
            let parts = Map::from_iter([("value".to_owned(), Value::String(text.clone()))]);
            complex(attribute, &parts)
        }
        (Kind::Complex(_), _) => Err(wrong(name, "an object")),
        (_, Value::String(text)) if text.is_empty() => Ok(None),
        (Kind::Boolean, Value::Bool(_)) => Ok(Some(value.clone())),
        (Kind::Boolean, Value::String(text)) => boolean_text(text)
            .map(|value| Some(Value::Bool(value)))
            .ok_or_else(|| wrong(name, "true or false")),
        (Kind::Boolean, _) => Err(wrong(name, "true or false")),
        (Kind::Text | Kind::DateTime | Kind::Reference(_), Value::String(_)) => Ok(Some(value.clone())),
        (Kind::Text | Kind::DateTime | Kind::Reference(_), _) => Err(wrong(name, "a text")),
    }
}

fn complex(attribute: &Attribute, sent: &Map<String, Value>) -> Result<Option<Value>, Error> {
    let mut canonical = Map::new();
    for (name, value) in sent {
        if let Some(part) = attribute.part(name) {
            insert(&mut canonical, part, value)?;
        }
    }
    let worth_keeping = canonical.keys().any(|name| !matches!(name.as_str(), "type" | "primary"));
    Ok(worth_keeping.then_some(Value::Object(canonical)))
}

/// `true` and `false` in any case.
pub(crate) fn boolean_text(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn wrong(name: &str, expected: &str) -> Error {
    Error::new(ErrorType::InvalidValue, format!("{name} has to be {expected}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_and_booleans_are_taken_in_any_spelling() {
        let sent = json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
            "username": "ada@contoso.test",
            "Active": "True",
            "emails": [{ "Primary": true, "type": "work", "value": "ada@contoso.test" }, { "value": "b", "primary": "true" }],
            "id": "mine",
            "password": "hush",
            "shoeSize": 44,
            "nickName": "",
            "title": null,
            "roles": [],
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user": { "manager": "m1", "division": "" }
        });
        let expected = json!({
            "schemas": [USER_ID, ENTERPRISE_ID],
            "userName": "ada@contoso.test",
            "active": true,
            "emails": [
                { "primary": true, "type": "work", "value": "ada@contoso.test" },
                { "value": "b", "primary": false }
            ],
            ENTERPRISE_ID: { "manager": { "value": "m1" } }
        });
        assert_eq!(normalise(&sent, ResourceKind::User).unwrap(), expected);
    }

    const USER_ID: &str = crate::USER.id;
    const ENTERPRISE_ID: &str = crate::ENTERPRISE_USER.id;

    #[test]
    fn a_user_needs_a_name_and_values_of_the_right_type() {
        for (sent, kind) in [
            (json!({}), ErrorType::InvalidValue),
            (json!({ "userName": "" }), ErrorType::InvalidValue),
            (json!({ "userName": 7 }), ErrorType::InvalidValue),
            (json!({ "userName": "a", "active": "maybe" }), ErrorType::InvalidValue),
            (json!({ "userName": "a", "name": "Ada" }), ErrorType::InvalidValue),
            (json!({ "userName": "a", "emails": [7] }), ErrorType::InvalidValue),
            (json!([]), ErrorType::InvalidSyntax),
        ] {
            assert_eq!(normalise(&sent, ResourceKind::User).unwrap_err().kind, Some(kind), "{sent}");
        }
    }
}
