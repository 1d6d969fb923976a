use std::fmt;

/// The code of the texts that belong to a [`DataError`].
pub const CODES: &[&str] = &["guide-data-unreadable"];

/// A file of the guide data cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataError {
    /// The file's path inside the data directory.
    pub file: String,
    /// The line, starting at 1; `None` when the file as a whole is meant.
    pub line: Option<u32>,
    /// What is wrong.
    pub what: String,
}

impl DataError {
    /// The code of the texts `error-CODE`; their variables are `file`, `line` and `what`.
    pub const fn code(&self) -> &'static str {
        CODES[0]
    }

    pub(crate) fn in_file(file: &str, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: None, what: what.into() }
    }

    /// At a byte offset of the file's text.
    pub(crate) fn at(file: &str, text: &str, offset: usize, what: impl Into<String>) -> Self {
        let line = text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1;
        Self { line: u32::try_from(line).ok(), ..Self::in_file(file, what) }
    }

    /// At the last place where the id is written in quotes.
    pub(crate) fn at_last(file: &str, text: &str, id: &str, what: impl Into<String>) -> Self {
        match text.rfind(&format!("\"{id}\"")) {
            Some(offset) => Self::at(file, text, offset, what),
            None => Self::in_file(file, what),
        }
    }
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

impl std::error::Error for DataError {}
