//! The bodies of requests.

use serde_json::{Value, json};

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// The extension with department and manager.
pub(crate) const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// Under which names users and groups are made. They begin alike, so that whoever finds one knows where it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cast {
    run: String,
    domain: String,
}

impl Cast {
    /// How every name begins.
    pub const PREFIX: &'static str = "signpost-rehearsal-";

    /// `run` tells this rehearsal from every other, in letters and digits; `domain` is that of the users' addresses.
    pub fn new(run: &str, domain: &str) -> Self {
        Self { run: run.to_owned(), domain: domain.to_owned() }
    }

    /// The name of a group, and what everything is marked with.
    pub(crate) fn name(&self, role: &str) -> String {
        format!("{}{}-{role}", Self::PREFIX, self.run)
    }

    /// The address of a user.
    pub(crate) fn address(&self, role: &str) -> String {
        format!("{}@{}", self.name(role), self.domain)
    }
}

/// A user as Entra makes them.
pub(crate) fn entra_user(cast: &Cast, role: &str) -> Value {
    json!({
        "schemas": [USER, ENTERPRISE],
        "externalId": cast.name(role),
        "userName": cast.address(role),
        "active": true,
        "displayName": format!("Rehearsal {role}"),
        "title": "Rehearsal",
        "emails": [{ "primary": true, "type": "work", "value": cast.address(role) }],
        "meta": { "resourceType": "User" },
        "name": { "formatted": format!("Rehearsal {role}"), "familyName": role, "givenName": "Rehearsal" },
        ENTERPRISE: { "department": "Rehearsals" },
    })
}

/// A user as Okta makes them.
pub(crate) fn okta_user(cast: &Cast, role: &str) -> Value {
    json!({
        "schemas": [USER],
        "userName": cast.address(role),
        "name": { "givenName": "Rehearsal", "familyName": role },
        "emails": [{ "primary": true, "value": cast.address(role), "type": "work" }],
        "displayName": format!("Rehearsal {role}"),
        "locale": "en-US",
        "externalId": cast.name(role),
        "groups": [],
        "active": true,
    })
}

/// A user as PingOne makes them: with two addresses, both primary.
pub(crate) fn pingone_user(cast: &Cast, role: &str) -> Value {
    json!({
        "schemas": [USER],
        "userName": cast.address(role),
        "name": { "givenName": "Rehearsal", "familyName": role },
        "emails": [
            { "primary": true, "value": cast.address(role), "type": "work" },
            { "primary": true, "value": cast.address(&format!("{role}-home")), "type": "home" },
        ],
        "active": true,
    })
}

/// A group without members.
pub(crate) fn group(cast: &Cast, role: &str) -> Value {
    json!({ "schemas": [GROUP], "externalId": cast.name(role), "displayName": cast.name(role) })
}

/// A PATCH request.
pub(crate) fn patch(operations: Value) -> Value {
    json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations })
}

/// References to users.
pub(crate) fn members(ids: &[&str]) -> Value {
    ids.iter().map(|id| json!({ "value": id })).collect()
}
