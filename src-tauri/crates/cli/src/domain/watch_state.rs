//! What `signpost domain watch` knows from one run to the next.

use super::Check;
use crate::failure::Failure;
use crate::output::into_file;
use domain_check::{Headline, Report, Verdict, Watch};
use serde::{Deserialize, Serialize};
use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use vocabulary::Timestamp;

/// The form of the file.
const SCHEMA: u32 = 1;

/// A larger file, in bytes, is not one of ours.
const LIMIT: u64 = 256 * 1024 * 1024;

/// What is known of one record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    name: String,
    expected: Option<String>,
    /// When to look next, and what was seen last.
    pub(super) watch: Watch,
    /// What was printed last.
    told: Option<Headline>,
}

impl Kept {
    /// A record that nobody has looked at yet.
    pub(super) fn new(check: &Check, now: Timestamp) -> Self {
        let (name, expected) = check.record();
        Self { name, expected, watch: Watch::new(now), told: None }
    }

    /// Takes what a look came to, and says whether it is to be printed: the first look, and every other meaning after it.
    /// A failure to look is printed only where nothing is known yet.
    pub(super) fn take(&mut self, report: Report) -> bool {
        let (first, headline) = (self.watch.last.is_none(), report.headline());
        self.watch.take(report);
        let Some(headline) = headline else { return first };
        let news = self.told.as_ref() != Some(&headline);
        self.told = Some(headline);
        news
    }

    /// What it came to last.
    pub(super) fn verdict(&self) -> Option<Verdict> {
        self.watch.last.as_ref().map(|report| report.verdict)
    }
}

#[derive(Deserialize)]
struct Document {
    schema: u32,
    records: Vec<Kept>,
}

#[derive(Serialize)]
struct Written<'a> {
    schema: u32,
    records: Vec<&'a Kept>,
}

/// The file, held by this run alone.
pub(super) struct StateFile {
    path: PathBuf,
    records: Vec<Kept>,
    _lock: File,
}

impl StateFile {
    /// Reads it; there need not be one yet. A second run beside this one is refused.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let lock = lock(path)?;
        let records = match File::open(path) {
            Ok(file) => read(file).ok_or_else(|| of("watch-state-unreadable", path))?,
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(_) => return Err(of("watch-state-unreadable", path)),
        };
        Ok(Self { path: path.to_owned(), records, _lock: lock })
    }

    /// What is known of the record of a check.
    pub(super) fn kept(&self, check: &Check) -> Option<Kept> {
        let record = check.record();
        self.records.iter().find(|kept| (&kept.name, &kept.expected) == (&record.0, &record.1)).cloned()
    }

    /// Replaces the file in one step.
    pub(super) fn save<'a>(&self, records: impl Iterator<Item = &'a Kept>) -> Result<(), Failure> {
        let written = Written { schema: SCHEMA, records: records.collect() };
        replace(&self.path, &written).map_err(|error| unwritable(&self.path, &error))
    }
}

fn read(file: File) -> Option<Vec<Kept>> {
    let mut bytes = Vec::new();
    file.take(LIMIT).read_to_end(&mut bytes).ok()?;
    let document: Document = serde_json::from_slice(&bytes).ok()?;
    (document.schema == SCHEMA).then_some(document.records)
}

fn lock(path: &Path) -> Result<File, Failure> {
    let beside = PathBuf::from(format!("{}.lock", path.display()));
    let file = File::options().create(true).truncate(false).write(true).open(&beside);
    let file = file.map_err(|error| unwritable(&beside, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(Failure::environment("watch-state-in-use").with("path", path.display()))
        }
        Err(TryLockError::Error(error)) => Err(unwritable(&beside, &error)),
    }
}

fn replace(path: &Path, written: &Written<'_>) -> io::Result<()> {
    into_file(path, &serde_json::to_vec(written)?)
}

fn of(code: &'static str, path: &Path) -> Failure {
    Failure::unusable(code).with("path", path.display())
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::environment("watch-state-unwritable").with("path", path.display()).with("reason", error)
}
