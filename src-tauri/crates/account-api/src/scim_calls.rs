//! What an identity provider asks over SCIM, call by call.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vocabulary::Timestamp;

/// `GET …/scim/calls`: the newest SCIM requests of the account. Rehearsals are not among them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct ScimCalls {
    /// When the service answered this, by its own clock, in which the calls are stamped too.
    #[schema(value_type = String, format = DateTime)]
    pub as_of: Timestamp,
    /// The newest calls, as far as they came without a pause; `None` when nobody has called yet.
    pub run: Option<ScimRun>,
    /// The newest 100 calls, newest first.
    pub calls: Vec<ScimCall>,
}

/// Calls that followed each other without a pause of ten minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct ScimRun {
    /// Who called, as far as the requests show it.
    pub caller: Option<ScimCaller>,
    /// When the first of them came.
    #[schema(value_type = String, format = DateTime)]
    pub began_at: Timestamp,
    /// When the newest came.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// How many users were made, changed or taken away meanwhile.
    pub users: u32,
    /// How many groups were made, changed or taken away meanwhile.
    pub groups: u32,
}

/// One SCIM request, without what was in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct ScimCall {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who called, as far as this request shows it.
    pub caller: Option<ScimCaller>,
    /// The last four characters of the bearer token.
    pub token: String,
    /// Method, path and filter, without names and values.
    pub request: String,
    /// The HTTP status that was answered.
    pub status: u16,
    /// `scimType` of a refusal (RFC 7644, section 3.12), where there is one.
    pub refusal: Option<String>,
}

/// An identity provider that is known by how it asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum ScimCaller {
    /// Microsoft Entra ID.
    Entra,
    /// Okta.
    Okta,
    /// PingOne.
    #[serde(rename = "pingone")]
    PingOne,
}

impl ScimCaller {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Entra, Self::Okta, Self::PingOne];

    /// The name on the wire; the same that guides have for the identity provider.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Entra => "entra",
            Self::Okta => "okta",
            Self::PingOne => "pingone",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_is_written_on_the_wire_as_it_calls_itself() {
        for caller in ScimCaller::ALL {
            assert_eq!(serde_json::to_value(caller).unwrap(), caller.as_str());
        }
    }
}
