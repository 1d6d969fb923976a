use crate::normalise::{canonical, keep_one_primary};
use crate::patch::{merge, set_part};
use crate::{Attribute, Error, ErrorType, Filter, Mutability, OperationKind};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// An operation on a whole list.
pub(crate) fn apply_to_list(
    container: &mut Map<String, Value>,
    attribute: &Attribute,
    kind: OperationKind,
    value: &Value,
) -> Result<(), Error> {
    if value.is_null() && kind != OperationKind::Add {
        container.remove(attribute.name);
        return Ok(());
    }
    let sent = match canonical(attribute, value)? {
        Some(Value::Array(elements)) => elements,
        _ => Vec::new(),
    };
    let mut elements = take_list(container, attribute);
    match kind {
        OperationKind::Replace => elements = sent,
        OperationKind::Add => add_elements(&mut elements, attribute, sent),
        OperationKind::Remove => remove_elements(&mut elements, &sent),
    }
    put_list(container, attribute, elements);
    Ok(())
}

/// What makes two elements the same one: the value, and the type where the client may change it. `None` for elements
/// without a value, which are the same when they are equal.
fn identity(element: &Value, attribute: &Attribute) -> Option<(String, Option<String>)> {
    let text = |name: &str| element.get(name).and_then(Value::as_str).map(str::to_owned);
    let typed = attribute.part("type").is_some_and(|part| part.mutability == Mutability::ReadWrite);
    Some((text("value")?, text("type").filter(|_| typed)))
}

fn add_elements(elements: &mut Vec<Value>, attribute: &Attribute, sent: Vec<Value>) {
    let mut known: HashMap<(String, Option<String>), usize> = HashMap::new();
    for (index, element) in elements.iter().enumerate() {
        known.extend(identity(element, attribute).map(|identity| (identity, index)));
    }
    let mut touched = Vec::new();
    for element in sent {
        let identity = identity(&element, attribute);
        let index = match &identity {
            Some(identity) => known.get(identity).copied(),
            None => elements.iter().position(|known| *known == element),
        };
        if let Some(index) = index {
            elements[index] = element;
            touched.push(index);
            continue;
        }
        known.extend(identity.map(|identity| (identity, elements.len())));
        touched.push(elements.len());
        elements.push(element);
    }
    prefer_primary(elements, &touched);
}

fn remove_elements(elements: &mut Vec<Value>, sent: &[Value]) {
    let values: HashSet<&str> =
        sent.iter().filter_map(|element| element.get("value").and_then(Value::as_str)).collect();
    elements.retain(|element| match element.get("value").and_then(Value::as_str) {
        Some(value) => !values.contains(value),
        None => !sent.contains(element),
    });
}

/// An operation on chosen elements of a list, or on one part of them.
pub(crate) fn apply_to_elements(
    container: &mut Map<String, Value>,
    attribute: &Attribute,
    filter: Option<&Filter>,
    part: Option<&Attribute>,
    kind: OperationKind,
    value: &Value,
) -> Result<(), Error> {
    let mut elements = take_list(container, attribute);
    let is_meant = |element: &Value| filter.is_none_or(|filter| filter.matches_element(element, attribute));
    if kind == OperationKind::Remove && part.is_none() {
        elements.retain(|element| !is_meant(element));
        put_list(container, attribute, elements);
        return Ok(());
    }
    let mut touched: Vec<usize> = (0..elements.len()).filter(|index| is_meant(&elements[*index])).collect();
    if touched.is_empty() && kind != OperationKind::Remove {
        touched.push(elements.len());
        elements.push(new_element(filter, attribute)?);
    }
    for index in &touched {
        change_element(&mut elements[*index], attribute, part, kind, value)?;
    }
    prefer_primary(&mut elements, &touched);
    put_list(container, attribute, elements);
    Ok(())
}

/// An element as the filter wants it, where the filter says what it has to be.
fn new_element(filter: Option<&Filter>, attribute: &Attribute) -> Result<Value, Error> {
    let nothing = || Error::new(ErrorType::NoTarget, "no element matches the path");
    let equalities = filter.map_or_else(|| Some(Vec::new()), Filter::equalities).ok_or_else(nothing)?;
    let mut element = Map::new();
    for (name, value) in equalities {
        let part = attribute.part(name).ok_or_else(nothing)?;
        set_part(&mut element, part, value)?;
    }
    Ok(Value::Object(element))
}

fn change_element(
    element: &mut Value,
    attribute: &Attribute,
    part: Option<&Attribute>,
    kind: OperationKind,
    value: &Value,
) -> Result<(), Error> {
    let Value::Object(object) = element else { return Ok(()) };
    match (part, kind) {
        (Some(part), OperationKind::Remove) => {
            object.remove(part.name);
            Ok(())
        }
        (Some(part), _) => set_part(object, part, value),
        (None, _) if value.is_object() => merge(object, attribute, value),
        (None, _) => match attribute.part("value") {
            Some(part) => set_part(object, part, value),
            None => {
                Err(Error::new(ErrorType::InvalidValue, format!("{} has to be an object", attribute.name)))
            }
        },
    }
}

/// When a changed element is the primary one now, no other is (RFC 7644, section 3.5.2).
fn prefer_primary(elements: &mut [Value], touched: &[usize]) {
    let is_primary = |index: &&usize| elements[**index]["primary"] == Value::Bool(true);
    let Some(preferred) = touched.iter().rev().find(is_primary).copied() else { return };
    let (before, rest) = elements.split_at_mut(preferred);
    keep_one_primary(rest.iter_mut().chain(before));
}

fn take_list(container: &mut Map<String, Value>, attribute: &Attribute) -> Vec<Value> {
    match container.remove(attribute.name) {
        Some(Value::Array(elements)) => elements,
        _ => Vec::new(),
    }
}

/// Puts a list back, without the elements that say nothing any more.
fn put_list(container: &mut Map<String, Value>, attribute: &Attribute, mut elements: Vec<Value>) {
    let says_something = |element: &Value| {
        element
            .as_object()
            .is_some_and(|parts| parts.keys().any(|name| !matches!(name.as_str(), "type" | "primary")))
    };
    elements.retain(says_something);
    if !elements.is_empty() {
        container.insert(attribute.name.to_owned(), Value::Array(elements));
    }
}
