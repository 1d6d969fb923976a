//! Who did what.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vocabulary::Timestamp;

/// `GET …/audit`, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct AuditLog {
    /// The newest 200 entries.
    pub entries: Vec<AuditEntry>,
}

/// One line of the audit log. It is only ever added to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct AuditEntry {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The e-mail address of who did it, or `service`.
    pub by: String,
    /// What: `account.created`, `domain.added`, `domain.removed`, `domain.verified`, `domain.missing`, `domain.found`, `domain.lost`, `groups.changed`,
    /// `identity-provider.changed`, `saml-options.changed`, `sign-in-test.passed`, `sign-in-test.failed`, `signed-in`,
    /// `signed-out`, `integration.activated-without-sign-in`, `step.marked`, `step.unmarked`, `scim.switched`, `scim-token.issued`, `scim-token.revoked`,
    /// `backup-login.changed`, `user.added`, `user.removed`, `licence-key.registered`, `licence-key.changed`, `licence-key.removed`, `integration.activated`,
    /// `integration.deactivated`.
    pub action: String,
    /// About what, when there is something to name; never a secret.
    pub subject: Option<String>,
    /// The integration's version after it.
    pub version: u32,
    /// The values that it changed, as they were; never a secret. Nothing where there was nothing before, and on lines that
    /// an earlier version of the service has written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    #[specta(skip)]
    pub before: Option<serde_json::Value>,
    /// The values that it changed, as they are after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    #[specta(skip)]
    pub after: Option<serde_json::Value>,
}
