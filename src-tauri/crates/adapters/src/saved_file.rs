//! A file that somebody names, to be saved to.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;
use tempfile::NamedTempFile;
use wizard::{Failure, FailureCode};

/// Saves the bytes there, whole or not at all: what was there before stays until all of them are on the disk.
///
/// # Errors
/// `file-unwritable`, with the `path` and with the `why`: `full`, `forbidden`, `no-folder` or `other`.
pub fn save_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write(path, bytes).map_err(|error| {
        let why = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "full",
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "forbidden",
            ErrorKind::NotFound | ErrorKind::NotADirectory => "no-folder",
            _ => "other",
        };
        let message = format!("{}: {error}", path.display());
        Failure::new(FailureCode::FileUnwritable, message).with("path", path.display()).with("why", why)
    })
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A new file tells which permissions files get here; one that is there keeps its own.
    let is_new = match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(_) => true,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => false,
        Err(error) => return Err(error),
    };
    let replaced = fs::canonicalize(path).and_then(|path| replace(&path, bytes));
    if is_new && replaced.is_err() {
        // It was made here and holds nothing.
        let _gone = fs::remove_file(path);
    }
    replaced
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let permissions = fs::metadata(path)?.permissions();
    if permissions.readonly() {
        return Err(ErrorKind::PermissionDenied.into());
    }
    let folder = path.parent().ok_or(ErrorKind::NotADirectory)?;
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().set_permissions(permissions)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_made_and_replaced_and_keeps_its_permissions() {
        let folder = tempfile::tempdir().unwrap();
        let (path, usual) = (folder.path().join("list.csv"), folder.path().join("usual"));
        fs::write(&usual, "").unwrap();
        save_file(&path, b"one").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions(), fs::metadata(&usual).unwrap().permissions());
        save_file(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        let mut locked = fs::metadata(&path).unwrap().permissions();
        locked.set_readonly(true);
        fs::set_permissions(&path, locked).unwrap();
        let refused = save_file(&path, b"three").unwrap_err();
        assert_eq!((refused.code, refused.args["why"].as_str()), (FailureCode::FileUnwritable, "forbidden"));
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left behind");
    }

    #[test]
    fn a_folder_that_is_gone_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let refused = save_file(&folder.path().join("gone/list.csv"), b"one").unwrap_err();
        assert_eq!(refused.args["why"], "no-folder");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
