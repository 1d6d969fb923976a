//! Failures as the window gets them.

use serde::Serialize;
use std::collections::BTreeMap;
use wizard::{Failure, FailureCode};

/// `{code, message, field?, hints}` and the values for the text. The window reacts to codes, never to the message.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct IpcError {
    /// What happened; the words are `error-CODE` and `error-CODE.fix`.
    pub code: FailureCode,
    /// For the log.
    pub message: String,
    /// The field to correct.
    pub field: Option<String>,
    /// Codes of what may help, most promising first.
    pub hints: Vec<String>,
    /// Values for the text.
    pub args: BTreeMap<String, String>,
}

impl From<Failure> for IpcError {
    /// Logged here and nowhere else: this is where a failure is handled. The message may name files and addresses,
    /// so it stays at DEBUG.
    fn from(failure: Failure) -> Self {
        tracing::warn!(code = failure.code.as_str(), field = failure.field, "a request was not carried out");
        tracing::debug!(message = failure.message, "the reason");
        let Failure { code, message, field, args, hints } = failure;
        Self { code, message, field, hints, args }
    }
}

/// What a command answers.
pub type Answer<T> = Result<T, IpcError>;
