//! What the service saw of a domain's record.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vocabulary::Timestamp;

/// `GET …/domains/{domain}/history`: what the service saw of the record while the account had the domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct DomainHistory {
    /// The newest 200 changes, newest first. Looks that saw the same as the one before are none, and neither are looks
    /// at which no name server could be asked.
    pub changes: Vec<DomainChange>,
    /// When the service last looked and could see something.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub checked_at: Option<Timestamp>,
}

/// From a moment on the service saw this, until the next change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct DomainChange {
    /// The first look that saw it.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// What it came to: `verified`, `waiting`, `problem` or `unreachable`.
    pub verdict: String,
    /// What each delegated name server said.
    pub servers: Vec<SeenServer>,
}

/// What one delegated name server said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct SeenServer {
    /// Its name.
    pub server: String,
    /// What its answer means, as in the rows of `signpost domain check --json`.
    pub status: String,
    /// The TXT values it has at the name.
    pub values: Vec<String>,
}
