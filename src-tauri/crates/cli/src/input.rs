//! The bytes of a file or of standard input.

use crate::failure::Failure;
use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal, Read};

/// Reads a file, or standard input for `-`: at most one byte more than `limit`, so that whoever judges the bytes sees
/// that there are too many.
pub(crate) fn read(source: &str, limit: usize) -> Result<Vec<u8>, Failure> {
    if source == "-" {
        return standard_input(limit);
    }
    let unreadable = |error: io::Error| unreadable(source, &error);
    let file = File::open(source).map_err(unreadable)?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(Failure::unusable("input-folder").with("source", source));
    }
    bounded(file, limit).map_err(unreadable)
}

fn standard_input(limit: usize) -> Result<Vec<u8>, Failure> {
    let input = io::stdin();
    if input.is_terminal() {
        return Err(Failure::unusable("input-terminal"));
    }
    bounded(input.lock(), limit).map_err(|error| unreadable("-", &error))
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
