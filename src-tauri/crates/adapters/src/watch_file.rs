use crate::SystemClock;
use crate::project_files::{storage, sync_folder};
use serde_json::Value;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use wizard::ports::{Clock, WatchStore};
use wizard::watching::{SCHEMA, WatchList};
use wizard::{Failure, FailureCode};

/// The watch list as one JSON document, replaced as project files are: a crash at any moment leaves the old or the new
/// one. A damaged file is set aside beside it, a newer one is left alone.
#[derive(Debug, Clone)]
pub struct WatchFile {
    path: PathBuf,
}

impl WatchFile {
    /// The list in this file, which is made with the first change.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    fn read(&self, bytes: &[u8]) -> Result<WatchList, Failure> {
        let damaged = |error: serde_json::Error| {
            Failure::new(FailureCode::WatchListDamaged, format!("{}: {error}", self.path.display()))
        };
        let document: Value = serde_json::from_slice(bytes).map_err(damaged)?;
        if document.get("schema").and_then(Value::as_u64).is_some_and(|schema| schema > u64::from(SCHEMA)) {
            return Err(Failure::new(FailureCode::WatchListNewer, self.path.display().to_string()));
        }
        serde_json::from_value(document).map_err(damaged)
    }

    /// Moves a list that does not read out of the way, so that nothing can overwrite it.
    fn set_aside(&self) -> Result<(), Failure> {
        let target = self.path.with_extension(format!("damaged-{}.json", SystemClock.now().unix()));
        fs::rename(&self.path, target).map_err(|error| storage(&self.path, &error))
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or_else(|| Path::new("."))
    }
}

impl WatchStore for WatchFile {
    fn load(&self) -> Result<WatchList, Failure> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(WatchList::default()),
            Err(error) => return Err(storage(&self.path, &error)),
        };
        self.read(&bytes).or_else(|failure| {
            if failure.code == FailureCode::WatchListDamaged {
                self.set_aside()?;
            }
            Err(failure)
        })
    }

    fn save(&self, list: &WatchList) -> Result<(), Failure> {
        let failed = |error: &std::io::Error| storage(&self.path, error);
        let text = serde_json::to_vec_pretty(list)
            .map_err(|error| Failure::new(FailureCode::StorageFailed, error.to_string()))?;
        fs::create_dir_all(self.folder()).map_err(|error| failed(&error))?;
        let mut file = tempfile::NamedTempFile::new_in(self.folder()).map_err(|error| failed(&error))?;
        file.write_all(&text).map_err(|error| failed(&error))?;
        file.as_file().sync_all().map_err(|error| failed(&error))?;
        file.persist(&self.path).map_err(|error| failed(&error.error))?;
        sync_folder(self.folder());
        Ok(())
    }
}
