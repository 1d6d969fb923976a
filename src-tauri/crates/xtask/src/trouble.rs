//! What can go wrong in a task, in words the developer can act on.

use std::path::PathBuf;
use std::process::ExitStatus;
use thiserror::Error;

/// The result of anything that can fail here.
pub(crate) type Outcome<T> = Result<T, Trouble>;

/// Why a task stopped.
#[derive(Debug, Error)]
pub(crate) enum Trouble {
    /// A program could not be started at all.
    #[error("{program} cannot be started: {source}")]
    CannotStart { program: String, source: std::io::Error },
    /// A program ran and said no.
    #[error("`{command}` ended with {status}")]
    Exited { command: String, status: ExitStatus },
    /// Tests ran and failed; with the beginnings of what they said.
    #[error("`{command}` ended with {status}{}", indented(failures))]
    TestsFailed { command: String, status: ExitStatus, failures: Vec<String> },
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: std::io::Error },
    /// A program answered something unreadable.
    #[error("{program} answered something unreadable: {reason}")]
    Unreadable { program: String, reason: String },
    /// Something has to be done by hand first; the text says what.
    #[error("{0}")]
    Needed(String),
}

impl Trouble {
    /// Attaches the path to an I/O error, for `map_err`.
    pub(crate) fn at(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}

fn indented(lines: &[String]) -> String {
    lines.iter().map(|line| format!("\n    {line}")).collect()
}
