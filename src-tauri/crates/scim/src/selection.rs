use serde_json::{Map, Value};

/// Which attributes an answer has (RFC 7644, section 3.9).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    only: Vec<Vec<String>>,
    without: Vec<Vec<String>>,
}

/// Always in the answer (RFC 7643, section 3.1).
const ALWAYS: [&str; 2] = ["schemas", "id"];

impl Selection {
    /// Takes the two query parameters, each a list of names with commas between them.
    pub fn new(attributes: Option<&str>, excluded: Option<&str>) -> Self {
        Self { only: paths(attributes), without: paths(excluded) }
    }

    /// Whether the answer has anything of that attribute.
    pub fn wants(&self, attribute: &str) -> bool {
        let name = attribute.to_ascii_lowercase();
        let excluded = self.without.iter().any(|path| *path == [name.as_str()]);
        !excluded && (self.only.is_empty() || self.only.iter().any(|path| path[0] == name))
    }

    /// The resource with these attributes only.
    pub fn apply(&self, resource: Value) -> Value {
        let Value::Object(mut object) = resource else { return resource };
        if !self.only.is_empty() {
            object.retain(|name, value| ALWAYS.contains(&name.as_str()) || keep(&self.only, name, value));
        }
        object
            .retain(|name, value| ALWAYS.contains(&name.as_str()) || !drop_parts(&self.without, name, value));
        Value::Object(object)
    }
}

/// `a.b` as `[a, b]`; a URN is one name, and so is what it stands before.
fn paths(list: Option<&str>) -> Vec<Vec<String>> {
    let names = list.unwrap_or_default().split(',').map(|name| name.trim().to_ascii_lowercase());
    names.filter(|name| !name.is_empty()).map(|name| path(&name)).collect()
}

fn path(name: &str) -> Vec<String> {
    let own = |schema: &str| {
        schema == crate::USER.id.to_ascii_lowercase() || schema == crate::GROUP.id.to_ascii_lowercase()
    };
    let extension = crate::ENTERPRISE_USER.id.to_ascii_lowercase();
    if name == extension {
        return vec![extension];
    }
    match name.rsplit_once(':') {
        Some((schema, rest)) if own(schema) => path(rest),
        Some((schema, rest)) => {
            vec![schema.to_owned(), rest.split('.').next().unwrap_or_default().to_owned()]
        }
        None => name.splitn(2, '.').map(str::to_owned).collect(),
    }
}

fn below<'a>(paths: &'a [Vec<String>], name: &str) -> impl Iterator<Item = &'a Vec<String>> {
    let name = name.to_ascii_lowercase();
    paths.iter().filter(move |path| path[0] == name)
}

fn keep(only: &[Vec<String>], name: &str, value: &mut Value) -> bool {
    let meant: Vec<&Vec<String>> = below(only, name).collect();
    if !meant.is_empty() && meant.iter().all(|path| path.len() == 2) {
        parts(value, |part| meant.iter().any(|path| path[1].eq_ignore_ascii_case(part)));
    }
    !meant.is_empty()
}

/// Takes the excluded sub-attributes away; whether the whole attribute is excluded.
fn drop_parts(without: &[Vec<String>], name: &str, value: &mut Value) -> bool {
    let meant: Vec<&Vec<String>> = below(without, name).collect();
    if meant.iter().any(|path| path.len() == 1) {
        return true;
    }
    if !meant.is_empty() {
        parts(value, |part| !meant.iter().any(|path| path[1].eq_ignore_ascii_case(part)));
    }
    false
}

fn parts(value: &mut Value, keeps: impl Fn(&str) -> bool) {
    let filter = |object: &mut Map<String, Value>| object.retain(|part, _| keeps(part));
    match value {
        Value::Object(object) => filter(object),
        Value::Array(elements) => elements.iter_mut().filter_map(Value::as_object_mut).for_each(filter),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn group() -> Value {
        json!({ "schemas": [], "id": "1", "displayName": "A", "members": [{ "value": "2", "display": "B" }] })
    }

    #[test]
    fn members_can_be_left_out() {
        let selection = Selection::new(None, Some("Members"));
        assert!(!selection.wants("members"));
        assert_eq!(selection.apply(group()), json!({ "schemas": [], "id": "1", "displayName": "A" }));
    }

    #[test]
    fn id_and_schemas_are_always_there() {
        let selected =
            Selection::new(Some("urn:ietf:params:scim:schemas:core:2.0:Group:displayName"), Some("id"));
        assert_eq!(selected.apply(group()), json!({ "schemas": [], "id": "1", "displayName": "A" }));
        let parts = Selection::new(Some("members.value"), None);
        assert_eq!(parts.apply(group()), json!({ "schemas": [], "id": "1", "members": [{ "value": "2" }] }));
        assert_eq!(Selection::new(Some(" "), None).apply(group()), group());
    }

    #[test]
    fn an_extension_is_chosen_by_its_urn() {
        let urn = crate::ENTERPRISE_USER.id;
        let user = json!({ "id": "1", "title": "T", urn: { "department": "D", "division": "E" } });
        let selected = Selection::new(Some(&format!("{urn}:department")), None).apply(user.clone());
        assert_eq!(selected, json!({ "id": "1", urn: { "department": "D" } }));
        assert_eq!(Selection::new(None, Some(urn)).apply(user), json!({ "id": "1", "title": "T" }));
    }

    proptest::proptest! {
        #[test]
        fn arbitrary_lists_never_panic(only: String, without: String) {
            let _ = Selection::new(Some(&only), Some(&without)).apply(group());
        }
    }
}
