//! Errors of the settings API.

use crate::{ActivationBlocker, Integration};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vocabulary::Finding;

/// An RFC 9457 problem document, `application/problem+json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// A URI reference of the kind of problem: `/problems/CODE`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Stable; programs react to it.
    pub code: ProblemCode,
    /// The field of the request that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What a check of the request found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    pub findings: Vec<Finding>,
    /// With `activation-blocked`: what is missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blockers: Vec<ActivationBlocker>,
    /// With `version-conflict`: the integration as it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Box<Integration>>,
}

/// The kinds of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemCode {
    /// 401: no token, or one that is not known.
    Unauthorized,
    /// 404: no such account, domain, route; or not this user's.
    NotFound,
    /// 400: the request cannot be read.
    InvalidRequest,
    /// 422: the request was read, and a value in it will not do; see `field` and `findings`.
    InvalidValue,
    /// 428: a write without `If-Match`.
    VersionRequired,
    /// 412: somebody else has written since; see `current`.
    VersionConflict,
    /// 409: the domain belongs to another account.
    DomainTaken,
    /// 409: the licence key is registered already.
    LicenceKeyTaken,
    /// 422: activation lacks something; see `blockers`.
    ActivationBlocked,
    /// 422: the backup login is not a user of the account who has signed in.
    BackupLoginUnknown,
    /// 413: the body is too large.
    TooLarge,
    /// 429: too many requests; see `Retry-After`.
    TooManyRequests,
    /// 500: the service's own fault; the log has it.
    Internal,
    /// 503: the database cannot be used now.
    Unavailable,
}
