use serde_json::{Value, json};

/// Why a request was refused (RFC 7644, section 3.12).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct Error {
    /// The HTTP status.
    pub status: u16,
    /// The kind, where the RFC has a word for it.
    pub kind: Option<ErrorType>,
    /// What happened, for whoever reads the log of the identity provider.
    pub detail: String,
}

/// `scimType` (RFC 7644, section 3.12, table 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorType {
    /// The filter cannot be read, or asks for something that is not supported.
    InvalidFilter,
    /// More results, or more operations, than the server will handle.
    TooMany,
    /// Another resource has the value already.
    Uniqueness,
    /// The attribute cannot be written.
    Mutability,
    /// The body is not what it has to be.
    InvalidSyntax,
    /// The path of a PATCH operation cannot be read, or names nothing there is.
    InvalidPath,
    /// The path of a PATCH operation selects nothing.
    NoTarget,
    /// A value is missing, or is of the wrong type.
    InvalidValue,
}

impl ErrorType {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidFilter => "invalidFilter",
            Self::TooMany => "tooMany",
            Self::Uniqueness => "uniqueness",
            Self::Mutability => "mutability",
            Self::InvalidSyntax => "invalidSyntax",
            Self::InvalidPath => "invalidPath",
            Self::NoTarget => "noTarget",
            Self::InvalidValue => "invalidValue",
        }
    }

    /// The HTTP status that goes with it.
    pub const fn status(self) -> u16 {
        match self {
            Self::Uniqueness => 409,
            _ => 400,
        }
    }
}

impl Error {
    /// A refusal that the RFC has a word for.
    pub fn new(kind: ErrorType, detail: impl Into<String>) -> Self {
        Self { status: kind.status(), kind: Some(kind), detail: detail.into() }
    }

    /// A refusal with an HTTP status only.
    pub fn with_status(status: u16, detail: impl Into<String>) -> Self {
        Self { status, kind: None, detail: detail.into() }
    }

    /// The body of the answer.
    pub fn body(&self) -> Value {
        let mut body = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
            "status": self.status.to_string(),
            "detail": self.detail,
        });
        if let Some(kind) = self.kind {
            body["scimType"] = kind.as_str().into();
        }
        body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_is_text_in_the_body() {
        let body = Error::new(ErrorType::Uniqueness, "taken").body();
        assert_eq!(body["status"], "409");
        assert_eq!(body["scimType"], "uniqueness");
        assert_eq!(Error::with_status(404, "none").body().get("scimType"), None);
    }
}
