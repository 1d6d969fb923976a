//! Who has arrived by provisioning.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vocabulary::Timestamp;

/// `GET …/arrivals`: what the identity provider has sent so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct Arrivals {
    /// How many users there are in all.
    pub user_count: u32,
    /// How many groups there are in all.
    pub group_count: u32,
    /// The first 200 users, by user name.
    pub users: Vec<ArrivedUser>,
    /// The first 200 groups, by name.
    pub groups: Vec<ArrivedGroup>,
    /// The newest SCIM request.
    pub last_call: Option<LastCall>,
}

/// A provisioned user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct ArrivedUser {
    /// SCIM `userName`.
    pub user_name: String,
    /// SCIM `displayName`, when sent.
    pub display_name: Option<String>,
    /// SCIM `externalId`, when sent; with Entra it has to be the Object ID.
    pub external_id: Option<String>,
    /// SCIM `active`.
    pub active: bool,
}

/// A provisioned group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct ArrivedGroup {
    /// SCIM `displayName`.
    pub display_name: String,
    /// SCIM `externalId`, when sent.
    pub external_id: Option<String>,
    /// How many members it has.
    pub member_count: u32,
}

/// The newest SCIM request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct LastCall {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Method and path, without query.
    pub request: String,
    /// The HTTP status that was answered.
    pub status: u16,
}
