use crate::patch::member;
use crate::{Operation, OperationKind, Patch, PatchPath, ResourceKind};
use serde_json::Value;

/// A change of a group that need not know who its members are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MemberChange {
    /// Those become members too.
    Add(Vec<String>),
    /// Those are no members any more.
    Remove(Vec<String>),
}

impl Patch {
    /// The changes, when the request does nothing but add and remove members of a group by their ids, which is what
    /// identity providers send all day. Whatever else it is, or is not as it should be: `None`, and [`Patch::apply`] tells.
    pub fn member_changes(&self) -> Option<Vec<MemberChange>> {
        if self.operations.is_empty() {
            return None;
        }
        self.operations.iter().map(member_change).collect()
    }
}

fn member_change(operation: &Operation) -> Option<MemberChange> {
    let path = PatchPath::parse(operation.path.as_deref()?).ok()?;
    let target = path.resolve(ResourceKind::Group)?;
    if target.place.attribute.name != "members" || target.place.part.is_some() {
        return None;
    }
    match (operation.kind, target.filter) {
        (OperationKind::Add, None) => ids(&operation.value).map(MemberChange::Add),
        (OperationKind::Remove, None) => ids(&operation.value).map(MemberChange::Remove),
        (OperationKind::Remove, Some(filter)) => match filter.equalities()?.as_slice() {
            [(name, Value::String(id))] if name.eq_ignore_ascii_case("value") => {
                Some(MemberChange::Remove(vec![id.clone()]))
            }
            _ => None,
        },
        _ => None,
    }
}

fn ids(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Null => None,
        Value::Array(elements) => elements.iter().map(id).collect(),
        one => Some(vec![id(one)?]),
    }
}

fn id(element: &Value) -> Option<String> {
    let id = member(element, "value").unwrap_or(element).as_str()?;
    (!id.is_empty()).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeSet;

    fn patch(operations: Value) -> Patch {
        Patch::parse(&json!({ "Operations": operations })).unwrap()
    }

    fn set(group: &Value) -> BTreeSet<String> {
        let members = group["members"].as_array().into_iter().flatten();
        members.map(|member| member["value"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn the_changes_come_to_what_the_whole_group_comes_to() {
        let group = json!({ "displayName": "A", "members": [{ "value": "1" }, { "value": "2" }] });
        for operations in [
            json!([{ "op": "Add", "path": "members", "value": [{ "value": "3" }, { "Value": "1" }] }]),
            json!([{ "op": "add", "path": "Members", "value": { "value": "3" } }]),
            json!([{ "op": "add", "path": "members", "value": ["3"] }]),
            json!([{ "op": "Remove", "path": "members", "value": [{ "value": "2" }, { "value": "9" }] }]),
            json!([{ "op": "remove", "path": "members[value eq \"1\"]" }]),
            json!([{ "op": "remove", "path": "members", "value": [] }]),
            json!([
                { "op": "remove", "path": "members[value eq \"1\"]" },
                { "op": "add", "path": "urn:ietf:params:scim:schemas:core:2.0:Group:members", "value": [{ "value": "1" }] },
                { "op": "remove", "path": "members", "value": [{ "value": "2" }] }
            ]),
        ] {
            let patch = patch(operations.clone());
            let mut members = set(&group);
            for change in patch.member_changes().unwrap_or_else(|| panic!("{operations}")) {
                match change {
                    MemberChange::Add(ids) => members.extend(ids),
                    MemberChange::Remove(ids) => members.retain(|member| !ids.contains(member)),
                }
            }
            assert_eq!(members, set(&patch.apply(&group, ResourceKind::Group).unwrap()), "{operations}");
        }
    }

    #[test]
    fn everything_else_needs_the_group() {
        for operation in [
            json!({ "op": "replace", "path": "members", "value": [] }),
            json!({ "op": "remove", "path": "members" }),
            json!({ "op": "remove", "path": "members[value sw \"1\"]" }),
            json!({ "op": "add", "path": "members", "value": [{ "display": "x" }] }),
            json!({ "op": "add", "path": "members", "value": [{ "value": 1 }] }),
            json!({ "op": "add", "path": "displayName", "value": "B" }),
            json!({ "op": "add", "value": { "members": [{ "value": "1" }] } }),
        ] {
            assert_eq!(patch(json!([operation])).member_changes(), None, "{operation}");
        }
        assert_eq!(patch(json!([])).member_changes(), None);
    }
}
