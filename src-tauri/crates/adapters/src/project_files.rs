use serde_json::Value;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use wizard::ports::{Clock, ProjectStore, Stored};
use wizard::{Failure, FailureCode, Project, project};

use crate::SystemClock;

/// A project file larger than this, in bytes, is not one of ours.
const LIMIT: u64 = 64 * 1024 * 1024;

/// One JSON document a project in one folder; `removed/` holds what was taken away, `damaged/` what did not read.
///
/// A file is written beside the old one, flushed to the disk and then renamed over it, so that a crash at any moment
/// leaves the old or the new document. A lock file keeps two programs from writing at once, and the revision inside
/// keeps the second of them from overwriting the first.
#[derive(Debug, Clone)]
pub struct ProjectFiles {
    folder: PathBuf,
}

impl ProjectFiles {
    /// The projects in this folder, which is made with the first one.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The folder, for telling the user where things are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn path(&self, id: &str) -> Result<PathBuf, Failure> {
        let plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !plain {
            return Err(missing(id));
        }
        Ok(self.folder.join(format!("{id}.json")))
    }

    /// Held while a file is written; the lock ends with the handle.
    fn lock(&self) -> Result<File, Failure> {
        fs::create_dir_all(&self.folder).map_err(|error| storage(&self.folder, &error))?;
        let path = self.folder.join(".lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| storage(&path, &error))?;
        file.lock().map_err(|error| storage(&path, &error))?;
        Ok(file)
    }

    fn read(&self, path: &Path) -> Result<Project, Failure> {
        let size = fs::metadata(path).map_err(|error| absent_or(path, &error))?.len();
        if size > LIMIT {
            return Err(Failure::new(FailureCode::ProjectDamaged, "the file is too large to be a project"));
        }
        let bytes = fs::read(path).map_err(|error| absent_or(path, &error))?;
        let document: Value = serde_json::from_slice(&bytes).map_err(|error| damaged(&error.to_string()))?;
        let schema = document.get("schema").and_then(Value::as_u64);
        match schema {
            Some(schema) if schema > u64::from(project::SCHEMA) => {
                let failure =
                    Failure::new(FailureCode::ProjectNewer, format!("the file has schema {schema}"));
                Err(failure.with("schema", schema))
            }
            Some(_) => serde_json::from_value(document).map_err(|error| damaged(&error.to_string())),
            None => Err(damaged("the file has no schema")),
        }
    }

    /// Moves a file that does not read out of the way, so that nothing can overwrite it.
    fn set_aside(&self, path: &Path) -> Result<(), Failure> {
        let folder = self.folder.join("damaged");
        fs::create_dir_all(&folder).map_err(|error| storage(&folder, &error))?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let target = folder.join(format!("{stem}-{}.json", SystemClock.now().unix()));
        fs::rename(path, &target).map_err(|error| storage(path, &error))?;
        tracing::warn!(file = %target.display(), "a damaged project file was set aside");
        Ok(())
    }

    fn read_or_set_aside(&self, path: &Path) -> Result<Project, Failure> {
        let project = self.read(path);
        match project {
            Err(failure) if failure.code == FailureCode::ProjectDamaged => {
                let _lock = self.lock()?;
                self.set_aside(path)?;
                Err(failure.with("folder", self.folder.join("damaged").display()))
            }
            other => other,
        }
    }

    fn replace(&self, path: &Path, project: &Project) -> Result<(), Failure> {
        let text = serde_json::to_vec_pretty(project).map_err(|error| damaged(&error.to_string()))?;
        let mut file =
            tempfile::NamedTempFile::new_in(&self.folder).map_err(|error| storage(&self.folder, &error))?;
        file.write_all(&text).map_err(|error| storage(path, &error))?;
        file.as_file().sync_all().map_err(|error| storage(path, &error))?;
        file.persist(path).map_err(|error| storage(path, &error.error))?;
        sync_folder(&self.folder);
        Ok(())
    }
}

impl ProjectStore for ProjectFiles {
    fn list(&self) -> Result<Vec<Stored>, Failure> {
        Ok(self.files()?.iter().map(|path| self.stored(path)).collect())
    }

    fn readable(&self) -> Result<Vec<Project>, Failure> {
        Ok(self.files()?.iter().filter_map(|path| self.read(path).ok()).collect())
    }

    fn load(&self, id: &str) -> Result<Project, Failure> {
        self.read_or_set_aside(&self.path(id)?)
    }

    fn save(&self, project: &Project) -> Result<Project, Failure> {
        let path = self.path(&project.id)?;
        let _lock = self.lock()?;
        let on_disk = match self.read(&path) {
            Ok(current) => current.revision,
            Err(failure) if failure.code == FailureCode::ProjectMissing => 0,
            Err(failure) => return Err(failure),
        };
        if on_disk != project.revision {
            let (here, there) = (project.revision, on_disk);
            let why = format!("revision {here} was read, revision {there} is on the disk");
            return Err(Failure::new(FailureCode::ProjectChangedElsewhere, why).hint("reopen-project"));
        }
        let next = Project { revision: project.revision + 1, ..project.clone() };
        self.replace(&path, &next)?;
        Ok(next)
    }

    fn remove(&self, id: &str) -> Result<(), Failure> {
        let (path, _lock) = (self.path(id)?, self.lock()?);
        let folder = self.folder.join("removed");
        fs::create_dir_all(&folder).map_err(|error| storage(&folder, &error))?;
        fs::rename(&path, folder.join(format!("{id}.json"))).map_err(|error| absent_or(&path, &error))
    }

    fn restore(&self, id: &str) -> Result<(), Failure> {
        let (path, _lock) = (self.path(id)?, self.lock()?);
        let removed = self.folder.join("removed").join(format!("{id}.json"));
        fs::rename(&removed, &path).map_err(|error| absent_or(&removed, &error))
    }
}

impl ProjectFiles {
    fn files(&self) -> Result<Vec<PathBuf>, Failure> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(storage(&self.folder, &error)),
        };
        let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
        Ok(paths.filter(|path| path.extension().is_some_and(|ending| ending == "json")).collect())
    }

    fn stored(&self, path: &Path) -> Stored {
        match self.read_or_set_aside(path) {
            Ok(project) => Stored::Readable(Box::new(project)),
            Err(failure) => {
                let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                Stored::Unreadable { file, failure }
            }
        }
    }
}

/// The rename itself has to reach the disk too; file systems that cannot do that (Windows) need not.
pub(crate) fn sync_folder(folder: &Path) {
    if let Ok(handle) = File::open(folder) {
        handle.sync_all().ok();
    }
}

fn missing(id: &str) -> Failure {
    Failure::new(FailureCode::ProjectMissing, format!("there is no project {id:?}"))
}

fn damaged(why: &str) -> Failure {
    Failure::new(FailureCode::ProjectDamaged, why)
}

fn absent_or(path: &Path, error: &std::io::Error) -> Failure {
    if error.kind() == ErrorKind::NotFound {
        missing(&path.display().to_string())
    } else {
        storage(path, error)
    }
}

/// Why a file could not be read or written.
pub(crate) fn storage(path: &Path, error: &std::io::Error) -> Failure {
    let code = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => FailureCode::DiskFull,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => FailureCode::FolderReadOnly,
        _ => FailureCode::StorageFailed,
    };
    Failure::new(code, format!("{}: {error}", path.display())).with("path", path.display())
}
