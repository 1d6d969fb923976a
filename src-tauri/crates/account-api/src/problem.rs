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
    /// 403: the access token may not be used for that (RFC 6750, section 3.1).
    InsufficientScope,
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
    /// 422: the `Idempotency-Key` was used for something else within a day.
    IdempotencyKeyReused,
    /// 409: the domain belongs to another account.
    DomainTaken,
    /// 409: the licence key is registered in another account.
    LicenceKeyTaken,
    /// 409: the service wants a licence key of a subscription that is licensed per user in the account first.
    LicenceKeyRequired,
    /// 422: the user has no account, and did not say what the organization is called.
    OrganizationNeeded,
    /// 409: the user has several accounts; the request has to name one in its path.
    AccountNeeded,
    /// 422: activation lacks something; see `blockers`.
    ActivationBlocked,
    /// 422: the backup login is not a user of the account who has signed in.
    BackupLoginUnknown,
    /// 405: the route does not know this method.
    MethodNotAllowed,
    /// 413: the body is too large.
    TooLarge,
    /// 429: too many requests; see `Retry-After`.
    TooManyRequests,
    /// 500: the service's own fault; the log has it.
    Internal,
    /// 503: the database cannot be used now.
    Unavailable,
}

impl ProblemCode {
    /// Every code, in the order they are listed above.
    pub const ALL: [Self; 20] = [
        Self::Unauthorized,
        Self::InsufficientScope,
        Self::NotFound,
        Self::InvalidRequest,
        Self::InvalidValue,
        Self::VersionRequired,
        Self::VersionConflict,
        Self::IdempotencyKeyReused,
        Self::DomainTaken,
        Self::LicenceKeyTaken,
        Self::LicenceKeyRequired,
        Self::OrganizationNeeded,
        Self::AccountNeeded,
        Self::ActivationBlocked,
        Self::BackupLoginUnknown,
        Self::MethodNotAllowed,
        Self::TooLarge,
        Self::TooManyRequests,
        Self::Internal,
        Self::Unavailable,
    ];

    /// The code as it stands on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unauthorized => "unauthorized",
            Self::InsufficientScope => "insufficient-scope",
            Self::NotFound => "not-found",
            Self::InvalidRequest => "invalid-request",
            Self::InvalidValue => "invalid-value",
            Self::VersionRequired => "version-required",
            Self::VersionConflict => "version-conflict",
            Self::IdempotencyKeyReused => "idempotency-key-reused",
            Self::DomainTaken => "domain-taken",
            Self::LicenceKeyTaken => "licence-key-taken",
            Self::LicenceKeyRequired => "licence-key-required",
            Self::OrganizationNeeded => "organization-needed",
            Self::AccountNeeded => "account-needed",
            Self::ActivationBlocked => "activation-blocked",
            Self::BackupLoginUnknown => "backup-login-unknown",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::TooLarge => "too-large",
            Self::TooManyRequests => "too-many-requests",
            Self::Internal => "internal",
            Self::Unavailable => "unavailable",
        }
    }

    /// The HTTP status that goes with it (RFC 9110, section 15; RFC 6585, sections 3 and 4).
    pub const fn status(self) -> u16 {
        match self {
            Self::Unauthorized => 401,
            Self::InsufficientScope => 403,
            Self::NotFound => 404,
            Self::InvalidRequest => 400,
            Self::InvalidValue
            | Self::IdempotencyKeyReused
            | Self::OrganizationNeeded
            | Self::ActivationBlocked
            | Self::BackupLoginUnknown => 422,
            Self::VersionRequired => 428,
            Self::VersionConflict => 412,
            Self::DomainTaken | Self::LicenceKeyTaken | Self::LicenceKeyRequired | Self::AccountNeeded => 409,
            Self::MethodNotAllowed => 405,
            Self::TooLarge => 413,
            Self::TooManyRequests => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// The kind in words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Unauthorized => "The sign-in is missing or no longer valid",
            Self::InsufficientScope => "The sign-in does not allow that",
            Self::NotFound => "There is nothing here",
            Self::InvalidRequest => "The request cannot be read",
            Self::InvalidValue => "A value will not do",
            Self::VersionRequired => "The request does not say which version it is based on",
            Self::VersionConflict => "Somebody else has changed the settings since",
            Self::IdempotencyKeyReused => "The Idempotency-Key was used for something else",
            Self::DomainTaken => "The domain belongs to another account",
            Self::LicenceKeyTaken => "The licence key is registered in another account",
            Self::LicenceKeyRequired => {
                "A licence key that is licensed per user has to be registered in the account first"
            }
            Self::OrganizationNeeded => {
                "The organization\u{2019}s name is needed, to make an account for the key"
            }
            Self::AccountNeeded => "There are several accounts: the request has to name one",
            Self::ActivationBlocked => "Something is missing before activation",
            Self::BackupLoginUnknown => "The backup login is not a user who has signed in",
            Self::MethodNotAllowed => "This address does not take that method",
            Self::TooLarge => "The request is too large",
            Self::TooManyRequests => "Too many requests",
            Self::Internal => "The service failed",
            Self::Unavailable => "The service cannot be used now",
        }
    }
}

impl Problem {
    /// A problem of that kind without particulars yet.
    pub fn new(code: ProblemCode) -> Self {
        Self {
            kind: format!("/problems/{}", code.as_str()),
            title: code.title().to_owned(),
            status: code.status(),
            detail: None,
            code,
            field: None,
            findings: Vec::new(),
            blockers: Vec::new(),
            current: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_written_on_the_wire_as_it_calls_itself() {
        for code in ProblemCode::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
            assert!((400..600).contains(&code.status()));
        }
    }

    #[test]
    fn a_problem_without_particulars_reads_back() {
        let text = r#"{"type":"/problems/not-found","title":"There is nothing here","status":404,"code":"not-found"}"#;
        let problem: Problem = serde_json::from_str(text).unwrap();
        assert_eq!(problem, Problem::new(ProblemCode::NotFound));
        assert_eq!(serde_json::to_string(&problem).unwrap(), text);
    }
}
