use crate::attribute_path::Resolved;
use crate::{Attribute, AttributePath, Error, ErrorType, Kind, ResourceKind};
use serde_json::Value;
use std::cmp::Ordering;
use vocabulary::Timestamp;

/// The order of a list (RFC 7644, section 3.4.2.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    by: AttributePath,
    descending: bool,
}

impl Sort {
    /// Takes the two query parameters; `None` when nothing is asked for.
    ///
    /// # Errors
    /// `invalidPath` when the attribute cannot be one, `invalidValue` for an order that is neither of the two.
    pub fn new(by: Option<&str>, order: Option<&str>) -> Result<Option<Self>, Error> {
        let Some(by) = by.map(str::trim).filter(|by| !by.is_empty()) else { return Ok(None) };
        let invalid = || Error::new(ErrorType::InvalidPath, "sortBy is not the name of an attribute");
        let by = AttributePath::parse(by).ok_or_else(invalid)?;
        let descending = match order.map(str::trim).map(str::to_ascii_lowercase).as_deref() {
            None | Some("" | "ascending") => false,
            Some("descending") => true,
            Some(_) => {
                let detail = "sortOrder has to be ascending or descending";
                return Err(Error::new(ErrorType::InvalidValue, detail));
            }
        };
        Ok(Some(Self { by, descending }))
    }

    /// Puts normalised resources in order. What has no value comes last, or first when the order is
    /// descending; resources that are alike stay as they are.
    pub fn apply<T>(&self, resources: &mut [T], of: impl Fn(&T) -> (ResourceKind, &Value)) {
        resources.sort_by_cached_key(|one| {
            let (kind, resource) = of(one);
            let key = self.by.resolve(kind).map_or(Key::Nothing, |found| key(&found, resource));
            Directed { key, descending: self.descending }
        });
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Boolean(bool),
    Moment(Timestamp),
    Text(String),
    Nothing,
}

#[derive(PartialEq, Eq)]
struct Directed {
    key: Key,
    descending: bool,
}

impl Ord for Directed {
    fn cmp(&self, other: &Self) -> Ordering {
        let ordering = self.key.cmp(&other.key);
        if self.descending { ordering.reverse() } else { ordering }
    }
}

impl PartialOrd for Directed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The value that counts: of a list the primary element, else the first; of a complex value its `value`.
fn key(found: &Resolved, resource: &Value) -> Key {
    let value = match found.value(resource) {
        Some(Value::Array(elements)) => {
            let primary = elements.iter().find(|element| element["primary"] == Value::Bool(true));
            primary.or_else(|| elements.first())
        }
        value => value,
    };
    let part = found.part.or_else(|| found.attribute.part("value"));
    match (part, value) {
        (Some(part), Some(value)) => value.get(part.name).map_or(Key::Nothing, |value| single(part, value)),
        (None, Some(value)) => single(found.attribute, value),
        (_, None) => Key::Nothing,
    }
}

fn single(attribute: &Attribute, value: &Value) -> Key {
    match (attribute.kind, value) {
        (_, Value::Bool(value)) => Key::Boolean(*value),
        (Kind::DateTime, Value::String(text)) => Timestamp::parse(text).map_or(Key::Nothing, Key::Moment),
        (_, Value::String(text)) if attribute.case_exact => Key::Text(text.clone()),
        (_, Value::String(text)) => Key::Text(text.to_lowercase()),
        _ => Key::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sorted(by: &str, order: Option<&str>) -> Vec<String> {
        let mut users = vec![
            json!({ "id": "1", "userName": "carol", "emails": [{ "value": "z@x.test" }, { "value": "a@x.test", "primary": true }] }),
            json!({ "id": "2", "userName": "Bob", "active": true, "emails": [{ "value": "m@x.test" }] }),
            json!({ "id": "3", "userName": "alice", "active": false, "name": { "familyName": "Z" } }),
        ];
        let sort = Sort::new(Some(by), order).unwrap().unwrap();
        sort.apply(&mut users, |user| (ResourceKind::User, user));
        users.iter().map(|user| user["id"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn texts_are_ordered_without_case_and_what_is_missing_comes_last() {
        assert_eq!(sorted("userName", None), ["3", "2", "1"]);
        assert_eq!(sorted("USERNAME", Some("Descending")), ["1", "2", "3"]);
        assert_eq!(sorted("name.familyName", None), ["3", "1", "2"]);
        assert_eq!(sorted("name.familyName", Some("descending")), ["1", "2", "3"]);
        assert_eq!(sorted("active", None), ["3", "2", "1"]);
        assert_eq!(sorted("id", Some("descending")), ["3", "2", "1"]);
    }

    #[test]
    fn of_a_list_the_primary_element_counts() {
        assert_eq!(sorted("emails", None), ["1", "2", "3"]);
        assert_eq!(sorted("emails.value", Some("descending")), ["3", "2", "1"]);
        assert_eq!(
            sorted("shoeSize", None),
            ["1", "2", "3"],
            "an attribute that there is not orders nothing"
        );
    }

    #[test]
    fn what_cannot_be_an_order_is_refused() {
        assert_eq!(Sort::new(None, Some("descending")).unwrap(), None);
        assert_eq!(Sort::new(Some(" "), None).unwrap(), None);
        assert_eq!(Sort::new(Some("a b"), None).unwrap_err().kind, Some(ErrorType::InvalidPath));
        assert_eq!(Sort::new(Some("id"), Some("up")).unwrap_err().kind, Some(ErrorType::InvalidValue));
    }
}
