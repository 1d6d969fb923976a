//! Anything that a provisioner may send as a filter or as the path of a change.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scim::{Filter, PatchPath, ResourceKind};
use serde_json::{Value, json};
use std::sync::LazyLock;

static USER: LazyLock<Value> = LazyLock::new(|| {
    json!({
        "id": "2819c223", "userName": "ada@example.com", "active": true,
        "name": { "givenName": "Ada", "familyName": "Lovelace" },
        "emails": [{ "type": "work", "value": "ada@example.com", "primary": true }, { "value": "a@b.c" }],
        "meta": { "lastModified": "2026-11-22T12:00:00Z" }
    })
});

fuzz_target!(|text: &str| {
    let _ = PatchPath::parse(text);
    if let Ok(filter) = Filter::parse(text) {
        for kind in [ResourceKind::User, ResourceKind::Group] {
            filter.matches(&USER, kind);
        }
    }
});
