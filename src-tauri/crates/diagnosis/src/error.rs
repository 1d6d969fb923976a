use std::fmt;

/// The code of the texts that belong to a [`DataError`].
pub const CODES: &[&str] = &["diagnosis-data-unreadable"];

/// The embedded table cannot be used. A test keeps this from being shipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataError {
    /// What is wrong, with the row or the line.
    pub what: String,
}

impl DataError {
    /// The code of the texts `error-CODE`; `what` is for the log.
    pub const fn code(&self) -> &'static str {
        CODES[0]
    }
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the table of diagnoses: {}", self.what)
    }
}

impl std::error::Error for DataError {}
