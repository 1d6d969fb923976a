//! Errors of the settings API, as problem documents.

use crate::sign_in::key::CannotSign;
use crate::start_error::{is_passing, is_unkeepable};
use crate::tokens::NoRandomness;
use account_api::{ActivationBlocker, Integration, Problem, ProblemCode};
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use vocabulary::Finding;

/// After so many seconds whoever was told that the service cannot be used now may ask again (RFC 9110, section 10.2.3).
pub(crate) const ASK_AGAIN: u32 = 5;

/// Why a request was not done.
#[derive(Debug)]
pub(crate) enum Error {
    /// The asker's affair.
    Problem(Box<Problem>),
    /// Too many at once; how many seconds to wait.
    Busy(u32),
    /// The service's affair: logged, not shown.
    Database(sqlx::Error),
    /// The service's affair.
    NoRandomness,
    /// The service's affair.
    CannotSign,
    /// A kept answer cannot be sealed, or was changed since it was.
    Sealed,
}

impl Error {
    /// A problem without particulars.
    pub(crate) fn plain(code: ProblemCode) -> Self {
        Self::Problem(Box::new(Problem::new(code)))
    }

    /// A problem, and what happened this time.
    pub(crate) fn because(code: ProblemCode, detail: impl Into<String>) -> Self {
        let problem = Problem { detail: Some(detail.into()), ..Problem::new(code) };
        Self::Problem(Box::new(problem))
    }

    /// There is nothing here, or nothing that this user may see.
    pub(crate) fn not_found() -> Self {
        Self::plain(ProblemCode::NotFound)
    }

    /// A value was read and will not do.
    pub(crate) fn value(field: &str, detail: impl Into<String>) -> Self {
        Self::about(ProblemCode::InvalidValue, field, detail)
    }

    /// A problem about one field.
    pub(crate) fn about(code: ProblemCode, field: &str, detail: impl Into<String>) -> Self {
        let detail = Some(detail.into());
        Self::Problem(Box::new(Problem { field: Some(field.to_owned()), detail, ..Problem::new(code) }))
    }

    /// A value was read, and a check found something that cannot stand.
    pub(crate) fn findings(field: &str, findings: Vec<Finding>) -> Self {
        let problem = Problem::new(ProblemCode::InvalidValue);
        Self::Problem(Box::new(Problem { field: Some(field.to_owned()), findings, ..problem }))
    }

    /// Something is missing before activation.
    pub(crate) fn blocked(blockers: Vec<ActivationBlocker>) -> Self {
        Self::Problem(Box::new(Problem { blockers, ..Problem::new(ProblemCode::ActivationBlocked) }))
    }

    /// Somebody else has written since.
    pub(crate) fn conflict(current: Integration) -> Self {
        let problem = Problem::new(ProblemCode::VersionConflict);
        Self::Problem(Box::new(Problem { current: Some(Box::new(current)), ..problem }))
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl From<NoRandomness> for Error {
    fn from(_: NoRandomness) -> Self {
        Self::NoRandomness
    }
}

impl From<CannotSign> for Error {
    fn from(_: CannotSign) -> Self {
        Self::CannotSign
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self {
            Self::Problem(problem) => problem_response(*problem),
            Self::Busy(seconds) => {
                let mut response = problem_response(Problem::new(ProblemCode::TooManyRequests));
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
                response
            }
            Self::Database(error) => problem_response(Problem::new(database_code(&error))),
            Self::NoRandomness => {
                tracing::error!("the operating system gave no random numbers");
                problem_response(Problem::new(ProblemCode::Internal))
            }
            Self::CannotSign => {
                tracing::error!("the service's key could not sign");
                problem_response(Problem::new(ProblemCode::Internal))
            }
            Self::Sealed => {
                tracing::error!("a kept answer could not be sealed, or was changed since");
                problem_response(Problem::new(ProblemCode::Internal))
            }
        }
    }
}

/// Logs a failure of the database, once, and says whether it may pass.
pub(crate) fn database_code(error: &sqlx::Error) -> ProblemCode {
    if is_passing(error) {
        tracing::warn!(%error, "the database cannot be used now");
        return ProblemCode::Unavailable;
    }
    if is_unkeepable(error) {
        tracing::debug!(%error, "a text could not be kept");
        return ProblemCode::InvalidRequest;
    }
    tracing::error!(%error, "the database failed");
    ProblemCode::Internal
}

fn problem_response(problem: Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(problem)).into_response();
    let kind = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(ASK_AGAIN));
    }
    // RFC 6750, section 3.
    let challenge = match status {
        StatusCode::UNAUTHORIZED => Some("Bearer"),
        StatusCode::FORBIDDEN => Some("Bearer error=\"insufficient_scope\""),
        _ => None,
    };
    let challenge = challenge.map(|text| (header::WWW_AUTHENTICATE, HeaderValue::from_static(text)));
    response.headers_mut().extend(challenge);
    response
}
