//! What is read out of resources.

use serde_json::Value;
use std::collections::BTreeSet;

/// The text at a JSON pointer.
pub(super) fn text<'a>(resource: &'a Value, pointer: &str) -> Option<&'a str> {
    resource.pointer(pointer).and_then(Value::as_str)
}

/// Whether one element of a list has that `value`, and that `type` where one is asked for.
pub(super) fn has(resource: &Value, list: &str, kind: Option<&str>, value: &str) -> bool {
    let elements = resource[list].as_array().map(Vec::as_slice).unwrap_or_default();
    elements.iter().any(|element| {
        element["value"].as_str() == Some(value)
            && kind.is_none_or(|kind| element["type"].as_str() == Some(kind))
    })
}

/// Whether the members are exactly those.
pub(super) fn has_members(group: &Value, ids: &[&str]) -> bool {
    let members = group["members"].as_array().map(Vec::as_slice).unwrap_or_default();
    let members: BTreeSet<&str> = members.iter().filter_map(|member| member["value"].as_str()).collect();
    members == ids.iter().copied().collect()
}

/// Whether the state is exactly the truth value: a text will not do.
pub(super) fn is_active(user: &Value, active: bool) -> bool {
    user["active"] == Value::Bool(active)
}
