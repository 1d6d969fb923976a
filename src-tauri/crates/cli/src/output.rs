//! Standard output and standard error. Whoever reads may stop at any time; that is no failure.

use crate::failure::{Failure, Status};
use crate::words::Words;
use serde::Serialize;
use serde_json::{Value, json};
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::Path;

/// How the answer is printed.
pub(crate) struct Output {
    json: bool,
    /// The sentences.
    pub(crate) words: Words,
}

/// Back to the beginning of the line, which is erased (ECMA-48, EL).
const CLEAR: &str = "\r\u{1b}[2K";

/// So many characters fit into one line of every terminal.
const NARROW: usize = 79;

/// So much JSON is written at once, in bytes.
const AT_ONCE: usize = 64 * 1024;

/// Whether anybody still reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    /// Yes, as far as can be told.
    Listening,
    /// The pipe is closed.
    Gone,
}

impl Output {
    pub(crate) const fn new(json: bool, words: Words) -> Self {
        Self { json, words }
    }

    /// Whether JSON is asked for.
    pub(crate) const fn is_json(&self) -> bool {
        self.json
    }

    /// The whole answer of a command.
    pub(crate) fn answer(&self, text: &str, document: &impl Serialize) -> Result<(), Failure> {
        if self.json { write_json(document) } else { write(&harmless(text)) }.map(drop)
    }

    /// One answer of several: one line each.
    pub(crate) fn line(&self, text: &str, document: &Value) -> Result<Reader, Failure> {
        let printed = if self.json { format!("{document}\n") } else { harmless(&format!("{text}\n")) };
        write(&printed)
    }

    /// Says in one line how far it is, until the next such line or [`Output::passed`]; only to somebody who watches.
    pub(crate) fn passing(&self, text: &str) {
        let line: String = harmless(text).replace('\n', " ").chars().take(NARROW).collect();
        self.on_terminal(&format!("{CLEAR}{line}"));
    }

    /// Takes the last such line away.
    pub(crate) fn passed(&self) {
        self.on_terminal(CLEAR);
    }

    fn on_terminal(&self, text: &str) {
        let mut terminal = io::stderr().lock();
        if !self.json && terminal.is_terminal() {
            // It is no part of the answer.
            let _ = write!(terminal, "{text}").and_then(|()| terminal.flush());
        }
    }

    /// A document as it is, or as a value of JSON.
    pub(crate) fn verbatim(&self, text: &str, document: &Value) -> Result<(), Failure> {
        let printed = if self.json { format!("{document:#}\n") } else { text.to_owned() };
        write(&printed).map(drop)
    }

    /// Says on standard error what went wrong beside an answer.
    pub(crate) fn failed_beside(&self, failure: &Failure) {
        let text = self.words.failure(failure);
        complain(&harmless(&format!("{}\n  {}", text.message, text.fix)));
    }

    /// Says why there is no answer: on standard error, as JSON on standard output.
    pub(crate) fn failed(&self, failure: &Failure) -> Status {
        let text = self.words.failure(failure);
        if self.json {
            let error = json!({ "code": failure.finding.code, "message": text.message, "fix": text.fix });
            // When standard output cannot be written, the exit status is all that is left.
            let _ = write(&format!("{:#}\n", json!({ "error": error })));
        } else {
            complain(&harmless(&format!("{}\n  {}", text.message, text.fix)));
        }
        failure.status
    }
}

/// Writes to standard error, as far as that is possible.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "signpost: {}", text.trim_end());
}

/// Says how far it is, on standard error, as far as that is possible.
pub(crate) fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", harmless(text));
}

/// Replaces a file in one step.
pub(crate) fn into_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// A piece of the answer as it is.
pub(crate) fn raw(text: &str) -> Result<Reader, Failure> {
    write(text)
}

fn write(text: &str) -> Result<Reader, Failure> {
    let mut out = io::stdout().lock();
    written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Piece by piece: an aggregate's entities are megabytes.
fn write_json(document: &impl Serialize) -> Result<Reader, Failure> {
    let mut out = BufWriter::with_capacity(AT_ONCE, io::stdout().lock());
    let json = serde_json::to_writer_pretty(&mut out, document).map_err(io::Error::from);
    written(json.and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()))
}

fn written(result: io::Result<()>) -> Result<Reader, Failure> {
    match result {
        Ok(()) => Ok(Reader::Listening),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(Reader::Gone),
        Err(error) => Err(Failure::environment("output-failed").with("reason", error)),
    }
}

/// Without the characters by which a name from outside could steer the terminal or turn text around.
fn harmless(text: &str) -> String {
    text.chars().map(|c| if is_steering(c) { '\u{FFFD}' } else { c }).collect()
}

fn is_steering(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_steers_the_terminal() {
        assert_eq!(harmless("a\u{1b}[31m\r\u{9b}\u{202e}b\nü"), "a\u{fffd}[31m\u{fffd}\u{fffd}\u{fffd}b\nü");
    }
}
