use crate::normalise::{canonical, finish};
use crate::patch_list::{apply_to_elements, apply_to_list};
use crate::patch_path::Target;
use crate::{Attribute, Error, ErrorType, Kind, Mutability, PatchPath, ResourceKind, Schema};
use serde_json::{Map, Value};

/// So many operations may stand in one request.
pub const MAX_OPERATIONS: usize = 1000;

/// A PATCH request (RFC 7644, section 3.5.2).
#[derive(Debug, Clone, PartialEq)]
pub struct Patch {
    /// In the order in which they apply.
    pub operations: Vec<Operation>,
}

/// One operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// What to do.
    pub kind: OperationKind,
    /// Where; the whole resource when there is none.
    pub path: Option<String>,
    /// With what; null when there is nothing.
    pub value: Value,
}

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OperationKind {
    /// `add`.
    Add,
    /// `replace`.
    Replace,
    /// `remove`.
    Remove,
}

impl Patch {
    /// Reads a request. Names and operations may be written in any case.
    ///
    /// # Errors
    /// `invalidSyntax`, or `tooMany` above [`MAX_OPERATIONS`].
    pub fn parse(body: &Value) -> Result<Self, Error> {
        let operations = member(body, "Operations").and_then(Value::as_array);
        let operations = operations
            .ok_or_else(|| Error::new(ErrorType::InvalidSyntax, "the list Operations is missing"))?;
        if operations.len() > MAX_OPERATIONS {
            return Err(Error::new(
                ErrorType::TooMany,
                format!("at most {MAX_OPERATIONS} operations are taken"),
            ));
        }
        let operations = operations.iter().map(Operation::parse).collect::<Result<_, _>>()?;
        Ok(Self { operations })
    }

    /// The normalised resource after all operations.
    ///
    /// # Errors
    /// When one of them cannot be done; none of them counts then.
    pub fn apply(&self, resource: &Value, kind: ResourceKind) -> Result<Value, Error> {
        let mut object = resource.as_object().cloned().unwrap_or_default();
        for operation in &self.operations {
            operation.apply(&mut object, kind)?;
        }
        finish(object, kind)
    }
}

impl Operation {
    fn parse(operation: &Value) -> Result<Self, Error> {
        let invalid = |detail: &str| Error::new(ErrorType::InvalidSyntax, detail);
        let kind =
            match member(operation, "op").and_then(Value::as_str).map(str::to_ascii_lowercase).as_deref() {
                Some("add") => OperationKind::Add,
                Some("replace") => OperationKind::Replace,
                Some("remove") => OperationKind::Remove,
                _ => return Err(invalid("op has to be add, replace or remove")),
            };
        let path = match member(operation, "path") {
            None | Some(Value::Null) => None,
            Some(Value::String(path)) if path.trim().is_empty() => None,
            Some(Value::String(path)) => Some(path.clone()),
            Some(_) => return Err(Error::new(ErrorType::InvalidPath, "the path is not a text")),
        };
        Ok(Self { kind, path, value: member(operation, "value").cloned().unwrap_or(Value::Null) })
    }

    fn apply(&self, resource: &mut Map<String, Value>, kind: ResourceKind) -> Result<(), Error> {
        let Some(path) = &self.path else { return self.apply_to_resource(resource, kind) };
        if let Some(schema) = kind.extension(path.trim()) {
            return self.apply_to_extension(resource, schema, kind);
        }
        let path = PatchPath::parse(path)?;
        let target = path
            .resolve(kind)
            .ok_or_else(|| Error::new(ErrorType::InvalidPath, "there is no such attribute at the path"))?;
        if target.place.attribute.is_read_only() {
            let detail = format!("{} cannot be written", target.place.attribute.name);
            return Err(Error::new(ErrorType::Mutability, detail));
        }
        apply_at(resource, target, self.kind, &self.value)
    }

    /// Without a path the value's names are the paths. Names that cannot be written, or that are not in the schemas,
    /// are passed over, as they are in a whole resource.
    fn apply_to_resource(&self, resource: &mut Map<String, Value>, kind: ResourceKind) -> Result<(), Error> {
        if self.kind == OperationKind::Remove {
            return Err(Error::new(ErrorType::NoTarget, "remove needs a path"));
        }
        let Value::Object(sent) = &self.value else {
            return Err(Error::new(ErrorType::InvalidValue, "without a path the value has to be an object"));
        };
        for (name, value) in sent {
            if let Some(schema) = kind.extension(name) {
                let inner = Self { kind: self.kind, path: None, value: value.clone() };
                inner.apply_to_extension(resource, schema, kind)?;
                continue;
            }
            let Ok(path) = PatchPath::parse(name) else { continue };
            if let Some(target) = path.resolve(kind).filter(|target| !target.place.attribute.is_read_only()) {
                apply_at(resource, target, self.kind, value)?;
            }
        }
        Ok(())
    }

    fn apply_to_extension(
        &self,
        resource: &mut Map<String, Value>,
        schema: &Schema,
        kind: ResourceKind,
    ) -> Result<(), Error> {
        let Value::Object(sent) = &self.value else {
            if self.kind == OperationKind::Remove || self.value.is_null() {
                resource.remove(schema.id);
                return Ok(());
            }
            return Err(Error::new(ErrorType::InvalidValue, "the value of an extension has to be an object"));
        };
        for (name, value) in sent {
            let Ok(path) = PatchPath::parse(&format!("{}:{name}", schema.id)) else { continue };
            if let Some(target) = path.resolve(kind) {
                apply_at(resource, target, self.kind, value)?;
            }
        }
        Ok(())
    }
}

fn apply_at(
    resource: &mut Map<String, Value>,
    target: Target<'_>,
    kind: OperationKind,
    value: &Value,
) -> Result<(), Error> {
    let attribute = target.place.attribute;
    if attribute.mutability == Mutability::WriteOnly {
        return Ok(());
    }
    match target.place.extension {
        Some(urn) => within(resource, urn, |extension| apply_in(extension, target, kind, value)),
        None => apply_in(resource, target, kind, value),
    }
}

fn apply_in(
    container: &mut Map<String, Value>,
    target: Target<'_>,
    kind: OperationKind,
    value: &Value,
) -> Result<(), Error> {
    let attribute = target.place.attribute;
    match (attribute.many, target.filter, target.place.part) {
        (false, _, None) => apply_to_single(container, attribute, kind, value),
        (false, _, Some(part)) => apply_to_part(container, attribute, part, kind, value),
        (true, None, None) => apply_to_list(container, attribute, kind, value),
        (true, filter, part) => apply_to_elements(container, attribute, filter, part, kind, value),
    }
}

/// Edits the object of that name. It is made when it is missing, and dropped when nothing is left in it.
fn within<R>(
    container: &mut Map<String, Value>,
    name: &str,
    edit: impl FnOnce(&mut Map<String, Value>) -> R,
) -> R {
    let mut object = match container.remove(name) {
        Some(Value::Object(object)) => object,
        _ => Map::new(),
    };
    let edited = edit(&mut object);
    if !object.is_empty() {
        container.insert(name.to_owned(), Value::Object(object));
    }
    edited
}

fn apply_to_single(
    container: &mut Map<String, Value>,
    attribute: &Attribute,
    kind: OperationKind,
    value: &Value,
) -> Result<(), Error> {
    if kind == OperationKind::Remove {
        return remove_single(container, attribute);
    }
    let value = unwrapped(attribute, value);
    let canonical = canonical(attribute, value)?;
    // Sub-attributes that are sent empty have to be taken away one by one, so that the value as sent is merged.
    let is_merged = matches!(attribute.kind, Kind::Complex(_));
    match canonical {
        _ if is_merged && value.is_object() => {
            within(container, attribute.name, |object| merge(object, attribute, value))
        }
        Some(canonical) if is_merged => {
            within(container, attribute.name, |object| merge(object, attribute, &canonical))
        }
        Some(canonical) => {
            container.insert(attribute.name.to_owned(), canonical);
            Ok(())
        }
        None => {
            container.remove(attribute.name);
            Ok(())
        }
    }
}

fn remove_single(container: &mut Map<String, Value>, attribute: &Attribute) -> Result<(), Error> {
    if attribute.required {
        return Err(Error::new(ErrorType::Mutability, format!("{} cannot be removed", attribute.name)));
    }
    container.remove(attribute.name);
    Ok(())
}

/// Some identity providers wrap a single value: `[{"value": "x"}]`.
fn unwrapped<'a>(attribute: &Attribute, value: &'a Value) -> &'a Value {
    let value = match value {
        Value::Array(elements) if elements.len() == 1 => &elements[0],
        value => value,
    };
    match value {
        Value::Object(parts) if attribute.parts().is_empty() => parts.get("value").unwrap_or(value),
        value => value,
    }
}

/// Sets the sub-attributes that are sent and leaves the others alone.
pub(crate) fn merge(
    object: &mut Map<String, Value>,
    attribute: &Attribute,
    sent: &Value,
) -> Result<(), Error> {
    for (name, value) in sent.as_object().into_iter().flatten() {
        if let Some(part) = attribute.part(name).filter(|part| !part.is_read_only()) {
            set_part(object, part, value)?;
        }
    }
    Ok(())
}

pub(crate) fn set_part(
    object: &mut Map<String, Value>,
    part: &Attribute,
    value: &Value,
) -> Result<(), Error> {
    match canonical(part, unwrapped(part, value))? {
        Some(value) => object.insert(part.name.to_owned(), value),
        None => object.remove(part.name),
    };
    Ok(())
}

fn apply_to_part(
    container: &mut Map<String, Value>,
    attribute: &Attribute,
    part: &Attribute,
    kind: OperationKind,
    value: &Value,
) -> Result<(), Error> {
    within(container, attribute.name, |object| match kind {
        OperationKind::Remove => {
            object.remove(part.name);
            Ok(())
        }
        OperationKind::Add | OperationKind::Replace => set_part(object, part, value),
    })
}

pub(crate) fn member<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    object.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

#[cfg(test)]
#[path = "patch_tests.rs"]
mod tests;
