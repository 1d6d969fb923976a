//! The bytes of a file or of standard input, and secrets from the environment.

use crate::failure::Failure;
use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal, Read, StdinLock};
use std::path::Path;
use vocabulary::Secret;

/// What is read from: a file, or standard input for `-`.
pub(crate) struct Opened {
    source: String,
    /// The bytes.
    pub(crate) reader: Box<dyn Read>,
    /// The size, for a file.
    pub(crate) size: Option<u64>,
}

impl Opened {
    /// Why it could not be read to its end.
    pub(crate) fn unreadable(&self, error: &io::Error) -> Failure {
        unreadable(&self.source, error)
    }
}

/// Opens a file, or standard input for `-`.
pub(crate) fn open(source: &str) -> Result<Opened, Failure> {
    let (reader, size): (Box<dyn Read>, _) = if source == "-" {
        (Box::new(terminal_refused()?), None)
    } else {
        let file = file(source)?;
        let size = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len());
        (Box::new(file), size)
    };
    Ok(Opened { source: source.to_owned(), reader, size })
}

/// Reads a file, or standard input for `-`: at most one byte more than `limit`, so that whoever judges the bytes sees
/// that there are too many.
pub(crate) fn read(source: &str, limit: usize) -> Result<Vec<u8>, Failure> {
    if source == "-" {
        return bounded(terminal_refused()?, limit).map_err(|error| unreadable("-", &error));
    }
    bounded(file(source)?, limit).map_err(|error| unreadable(source, &error))
}

/// The same of a file alone.
pub(crate) fn read_file(path: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
    let source = path.to_string_lossy();
    bounded(file(&source)?, limit).map_err(|error| unreadable(&source, &error))
}

/// A secret from an environment variable: arguments are seen by everybody on the computer. `missing` is the code where
/// there is none.
pub(crate) fn secret(variable: &str, missing: &'static str) -> Result<Secret, Failure> {
    let value = std::env::var(variable).ok().filter(|value| !value.trim().is_empty());
    value.map(Secret::new).ok_or_else(|| Failure::unusable(missing).with("variable", variable))
}

fn file(source: &str) -> Result<File, Failure> {
    let file = File::open(source).map_err(|error| unreadable(source, &error))?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(Failure::unusable("input-folder").with("source", source));
    }
    Ok(file)
}

fn terminal_refused() -> Result<StdinLock<'static>, Failure> {
    let input = io::stdin();
    if input.is_terminal() { Err(Failure::unusable("input-terminal")) } else { Ok(input.lock()) }
}

fn bounded(reader: impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    reader.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(source: &str, error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::NotFound => Failure::unusable("input-not-found").with("source", source),
        ErrorKind::IsADirectory => Failure::unusable("input-folder").with("source", source),
        _ => Failure::unusable("input-unreadable").with("source", source).with("reason", error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_read_than_shows_that_it_is_too_much() {
        assert_eq!(bounded(io::repeat(7), 10).unwrap().len(), 11);
        assert_eq!(bounded(&b"abc"[..], 10).unwrap(), b"abc");
    }
}
