use super::*;
use crate::{ENTERPRISE_USER, normalise};
use proptest::prelude::*;
use serde_json::json;

fn ada() -> Value {
    let sent = json!({
        "userName": "ada@contoso.test",
        "active": true,
        "displayName": "Ada",
        "name": { "givenName": "Ada", "familyName": "Lovelace" },
        "emails": [{ "value": "ada@contoso.test", "type": "work", "primary": true }]
    });
    normalise(&sent, ResourceKind::User).unwrap()
}

fn engineers() -> Value {
    let sent = json!({ "displayName": "Engineers", "members": [{ "value": "1" }, { "value": "2" }, { "value": "3" }] });
    normalise(&sent, ResourceKind::Group).unwrap()
}

fn patched(resource: &Value, kind: ResourceKind, operations: Value) -> Result<Value, Error> {
    Patch::parse(&json!({ "schemas": [], "Operations": operations }))?.apply(resource, kind)
}

fn user(operations: Value) -> Value {
    patched(&ada(), ResourceKind::User, operations).unwrap()
}

fn members(operations: Value) -> Vec<String> {
    let group = patched(&engineers(), ResourceKind::Group, operations).unwrap();
    let members = group["members"].as_array().cloned().unwrap_or_default();
    members.iter().map(|member| member["value"].as_str().unwrap().to_owned()).collect()
}

fn refused(kind: ResourceKind, operations: Value) -> Option<ErrorType> {
    let resource = if kind == ResourceKind::User { ada() } else { engineers() };
    patched(&resource, kind, operations).unwrap_err().kind
}

#[test]
fn operations_and_booleans_are_taken_in_any_case() {
    for (op, value) in [("Replace", json!("False")), ("replace", json!(false)), ("ADD", json!("false"))] {
        assert_eq!(user(json!([{ "op": op, "path": "active", "value": value }]))["active"], false);
    }
    let wrapped =
        json!([{ "op": "Replace", "path": "displayName", "value": [{ "$ref": null, "value": "Countess" }] }]);
    assert_eq!(user(wrapped)["displayName"], "Countess");
}

#[test]
fn a_whole_resource_is_merged_without_a_path() {
    let changed = user(json!([{ "op": "replace", "value": {
        "active": "False",
        "name.givenName": "Augusta",
        "displayName": "Augusta",
        "id": "somebody else",
        "shoeSize": 44,
        "emails[type eq \"work\"].value": "augusta@contoso.test",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department": "Engines",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "division": "North" }
    } }]));
    assert_eq!(changed["name"], json!({ "givenName": "Augusta", "familyName": "Lovelace" }));
    assert_eq!(changed["active"], false);
    assert_eq!(changed["emails"][0]["value"], "augusta@contoso.test");
    assert_eq!(changed[ENTERPRISE_USER.id], json!({ "department": "Engines", "division": "North" }));
    assert_eq!(changed["schemas"], json!([crate::USER.id, ENTERPRISE_USER.id]));
    assert_eq!((changed.get("id"), changed.get("shoeSize")), (None, None));
}

#[test]
fn a_complex_attribute_is_merged_and_cleared_part_by_part() {
    let merged =
        user(json!([{ "op": "add", "path": "name", "value": { "familyName": "King", "givenName": "" } }]));
    assert_eq!(merged["name"], json!({ "familyName": "King" }));
    let part = user(json!([{ "op": "Replace", "path": "NAME.FAMILYNAME", "value": "King" }]));
    assert_eq!(part["name"]["familyName"], "King");
    let gone = user(
        json!([{ "op": "remove", "path": "name.givenName" }, { "op": "remove", "path": "name.familyName" }]),
    );
    assert_eq!(gone.get("name"), None);
    let emptied = user(json!([{ "op": "replace", "path": "displayName", "value": "" }]));
    assert_eq!(emptied.get("displayName"), None);
}

#[test]
fn the_manager_is_set_by_id_or_object_and_cleared_by_nothing() {
    let path = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager";
    for value in [json!("m1"), json!({ "value": "m1" }), json!([{ "value": "m1" }])] {
        let changed = user(json!([{ "op": "Add", "path": path, "value": value }]));
        assert_eq!(changed[ENTERPRISE_USER.id]["manager"], json!({ "value": "m1" }));
        for nothing in [json!(""), Value::Null, json!({ "value": "" })] {
            let cleared = json!([{ "op": "Replace", "path": path, "value": nothing }]);
            let cleared = patched(&changed, ResourceKind::User, cleared).unwrap();
            assert_eq!(cleared.get(ENTERPRISE_USER.id), None);
        }
    }
}

#[test]
fn elements_are_chosen_by_filter_and_made_when_missing() {
    let changed = user(json!([
        { "op": "Replace", "path": "emails[type eq \"work\"].value", "value": "a@contoso.test" },
        { "op": "Add", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "+44 1" },
        { "op": "Add", "path": "addresses[type eq \"work\"].country", "value": "GB" }
    ]));
    assert_eq!(changed["emails"], json!([{ "value": "a@contoso.test", "type": "work", "primary": true }]));
    assert_eq!(changed["phoneNumbers"], json!([{ "type": "mobile", "value": "+44 1" }]));
    assert_eq!(changed["addresses"], json!([{ "type": "work", "country": "GB" }]));
    let cleared = user(json!([{ "op": "Replace", "path": "emails[type eq \"work\"].value", "value": "" }]));
    assert_eq!(cleared.get("emails"), None, "an element of nothing but its type is dropped");
    let inexact = json!([{ "op": "replace", "path": "emails[value co \"@home\"].display", "value": "x" }]);
    assert_eq!(refused(ResourceKind::User, inexact), Some(ErrorType::NoTarget));
}

#[test]
fn there_is_one_primary_element() {
    let changed = user(json!([
        { "op": "add", "path": "emails", "value": [{ "value": "b@home.test", "type": "home", "primary": true }] }
    ]));
    let primary: Vec<&Value> =
        changed["emails"].as_array().unwrap().iter().map(|email| &email["primary"]).collect();
    assert_eq!(primary, [false, true]);
}

#[test]
fn members_are_added_once() {
    let add = json!([{ "op": "Add", "path": "members", "value": [{ "value": "3" }, { "value": "4", "display": "D" }] }]);
    assert_eq!(members(add), ["1", "2", "3", "4"]);
    assert_eq!(
        members(json!([{ "op": "add", "value": { "members": [{ "value": "4" }] } }])),
        ["1", "2", "3", "4"]
    );
    assert_eq!(members(json!([{ "op": "add", "path": "members", "value": "4" }])), ["1", "2", "3", "4"]);
}

#[test]
fn members_are_removed_by_list_by_filter_and_all_together() {
    let by_list =
        json!([{ "op": "Remove", "path": "members", "value": [{ "value": "1" }, { "value": "9" }] }]);
    assert_eq!(members(by_list), ["2", "3"]);
    assert_eq!(members(json!([{ "op": "remove", "path": "members[value eq \"2\"]" }])), ["1", "3"]);
    let either = json!([{ "op": "remove", "path": "members[value eq \"2\" or value eq \"3\"]" }]);
    assert_eq!(members(either), ["1"]);
    assert_eq!(members(json!([{ "op": "remove", "path": "members" }])), [""; 0]);
    assert_eq!(members(json!([{ "op": "replace", "path": "members", "value": [] }])), [""; 0]);
    assert_eq!(members(json!([{ "op": "replace", "path": "members", "value": [{ "value": "7" }] }])), ["7"]);
    assert_eq!(members(json!([{ "op": "remove", "path": "members[value eq \"9\"]" }])), ["1", "2", "3"]);
    assert_eq!(members(json!([{ "op": "remove", "path": "members", "value": [] }])), ["1", "2", "3"]);
}

#[test]
fn a_group_is_renamed_with_its_id_beside_it() {
    let renamed = json!([{ "op": "replace", "value": { "id": "g1", "displayName": "Builders" } }]);
    let group = patched(&engineers(), ResourceKind::Group, renamed).unwrap();
    assert_eq!(group["displayName"], "Builders");
    assert_eq!(group["members"].as_array().unwrap().len(), 3);
}

#[test]
fn what_cannot_be_done_is_refused_by_its_word() {
    let user = ResourceKind::User;
    for (operations, expected) in [
        (json!([{ "op": "move", "path": "active" }]), ErrorType::InvalidSyntax),
        (json!("add"), ErrorType::InvalidSyntax),
        (json!([7]), ErrorType::InvalidSyntax),
        (json!([{ "op": "remove" }]), ErrorType::NoTarget),
        (json!([{ "op": "add", "value": "x" }]), ErrorType::InvalidValue),
        (json!([{ "op": "add", "path": "shoeSize", "value": "44" }]), ErrorType::InvalidPath),
        (json!([{ "op": "add", "path": "a b", "value": "44" }]), ErrorType::InvalidPath),
        (json!([{ "op": "add", "path": "name[type eq \"x\"]", "value": "44" }]), ErrorType::InvalidPath),
        (json!([{ "op": "add", "path": "emails[type].value", "value": "44" }]), ErrorType::InvalidFilter),
        (json!([{ "op": "replace", "path": "id", "value": "x" }]), ErrorType::Mutability),
        (json!([{ "op": "remove", "path": "userName" }]), ErrorType::Mutability),
        (json!([{ "op": "replace", "path": "userName", "value": "" }]), ErrorType::InvalidValue),
        (json!([{ "op": "replace", "path": "active", "value": "maybe" }]), ErrorType::InvalidValue),
    ] {
        assert_eq!(refused(user, operations.clone()), Some(expected), "{operations}");
    }
    let many: Vec<Value> = vec![json!({ "op": "remove", "path": "title" }); MAX_OPERATIONS + 1];
    assert_eq!(refused(user, json!(many)), Some(ErrorType::TooMany));
}

#[test]
fn a_password_is_never_kept() {
    let changed = user(json!([
        { "op": "replace", "path": "password", "value": "hush" },
        { "op": "add", "value": { "password": "hush" } }
    ]));
    assert!(!changed.to_string().contains("hush"));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        prop::sample::select(vec!["", "x", "work", "True", "add", "Remove", "1", "members"])
            .prop_map(Value::from),
    ];
    let name = prop::sample::select(vec![
        "value",
        "type",
        "primary",
        "members",
        "emails",
        "name.givenName",
        "active",
        "userName",
        "$ref",
        "emails[type eq \"work\"].value",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        "manager",
    ]);
    leaf.prop_recursive(3, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name.clone().prop_map(str::to_owned), inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn any_operation() -> impl Strategy<Value = Value> {
    let op = prop::sample::select(vec!["Add", "replace", "REMOVE"]);
    let path = prop::option::of(prop_oneof![
        prop::sample::select(vec![
            "members",
            "members[value eq \"1\"]",
            "emails",
            "emails[type eq \"work\"]",
            "emails.value",
            "name",
            "emails[type eq \"work\"].primary",
            "name.givenName",
            "active",
            "userName",
            "displayName",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
        ])
        .prop_map(str::to_owned),
        ".{0,20}",
    ]);
    (op, path, any_json()).prop_map(|(op, path, value)| json!({ "op": op, "path": path, "value": value }))
}

proptest! {
    /// Whatever is sent: no panic, and what comes out is a resource that normalises to itself.
    #[test]
    fn a_patched_resource_stays_in_canonical_form(operations in prop::collection::vec(any_operation(), 0..6)) {
        for (resource, kind) in [(ada(), ResourceKind::User), (engineers(), ResourceKind::Group)] {
            if let Ok(patched) = patched(&resource, kind, json!(operations)) {
                prop_assert_eq!(normalise(&patched, kind).unwrap(), patched);
            }
        }
    }

    #[test]
    fn replacing_is_the_same_when_repeated(operation in any_operation()) {
        prop_assume!(operation["op"] == "replace");
        let resource = ada();
        if let Ok(once) = patched(&resource, ResourceKind::User, json!([operation])) {
            let twice = patched(&once, ResourceKind::User, json!([operation])).unwrap();
            prop_assert_eq!(once, twice);
        }
    }

    #[test]
    fn arbitrary_requests_never_panic(body in any_json()) {
        if let Ok(patch) = Patch::parse(&body) {
            let _ = patch.apply(&ada(), ResourceKind::User);
        }
        let _ = normalise(&body, ResourceKind::User);
        let _ = normalise(&body, ResourceKind::Group);
    }
}
