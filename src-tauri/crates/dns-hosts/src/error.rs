use std::fmt;

/// Every code this crate brings up: that of [`DataError`] has the text `error-CODE`, the others `finding-CODE`.
pub const CODES: &[&str] = &[
    "dns-hosts-unreadable",
    "record-value-empty",
    "record-value-unprintable",
    "record-value-long",
    "domain-connect-unreadable",
];

/// The embedded table cannot be used. A test keeps this from being shipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataError {
    /// What is wrong, with the host or the line.
    pub what: String,
}

impl DataError {
    /// The code of the texts `error-CODE`; their variable is `what`.
    pub const fn code(&self) -> &'static str {
        "dns-hosts-unreadable"
    }
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the table of DNS hosts: {}", self.what)
    }
}

impl std::error::Error for DataError {}
