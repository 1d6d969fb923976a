//! What an editor needs to help with the data files: their form as JSON Schema, made from the types that read them.

use crate::file::{GuideFile, IdentityProvidersFile, NotesFile};
use crate::service::Service;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;
use std::borrow::Cow;
use vocabulary::StepId;

/// A kind of data file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataFile {
    /// `guides/SERVICE/IDP.toml` and `guides/SERVICE/common.toml`.
    Guide,
    /// `services/SERVICE.toml`.
    Service,
    /// `identity-providers.toml`.
    IdentityProviders,
    /// `notes.toml`.
    Notes,
}

impl DataFile {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Guide, Self::Service, Self::IdentityProviders, Self::Notes];

    /// The kebab-case name, as on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Guide => "guide",
            Self::Service => "service",
            Self::IdentityProviders => "identity-providers",
            Self::Notes => "notes",
        }
    }

    /// Which kind the file at this path inside a data directory is; `None` for one that is none of them.
    pub fn at(path: &str) -> Option<Self> {
        match path.split('/').collect::<Vec<_>>()[..] {
            ["guides", _, _] => Some(Self::Guide),
            ["services", _] => Some(Self::Service),
            ["identity-providers.toml"] => Some(Self::IdentityProviders),
            ["notes.toml"] => Some(Self::Notes),
            _ => None,
        }
    }

    /// Its form (JSON Schema, draft 2020-12): every key with its meaning. What files say of each other is not in it;
    /// that is what [`crate::Library`] checks.
    pub fn schema(self) -> Value {
        let schema = match self {
            Self::Guide => schemars::schema_for!(GuideFile),
            Self::Service => schemars::schema_for!(Service),
            Self::IdentityProviders => schemars::schema_for!(IdentityProvidersFile),
            Self::Notes => schemars::schema_for!(NotesFile),
        };
        schema.into()
    }
}

/// The form of a [`StepId`].
pub(crate) struct Step;

impl JsonSchema for Step {
    fn schema_name() -> Cow<'static, str> {
        "StepId".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": StepId::ALL.map(StepId::as_str) })
    }
}
