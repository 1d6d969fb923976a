//! Files the user names in a dialog of the system, to save to and to read from.

use adapters::MetadataFile;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::{AppHandle, Window};
use tauri_plugin_dialog::{DialogExt, FilePath};
use wizard::ports::MetadataDocument;
use wizard::{Failure, FailureCode};

/// Asks where, and writes the text or the bytes there; the path, or nothing when called off.
///
/// # Errors
/// Why it could not be written.
pub async fn save(
    app: &AppHandle,
    window: &Window,
    name: &str,
    kind: &str,
    text: impl AsRef<[u8]>,
) -> Result<Option<String>, Failure> {
    let ending = name.rsplit('.').next().unwrap_or_default();
    let dialog = app.dialog().file().set_parent(window).set_file_name(name).add_filter(kind, &[ending]);
    let chosen = tauri::async_runtime::spawn_blocking(move || dialog.blocking_save_file()).await;
    let Some(path) = path(chosen.ok().flatten()) else { return Ok(None) };
    adapters::save_file(&path, text.as_ref())?;
    Ok(Some(path.display().to_string()))
}

/// A document in a file, which is read when it is needed, and in passing.
pub fn document(path: PathBuf) -> Arc<dyn MetadataDocument> {
    Arc::new(MetadataFile::new(path))
}

/// Asks for a file and reads it; nothing when called off.
///
/// # Errors
/// Why it could not be read.
pub async fn choose(
    app: &AppHandle,
    window: &Window,
    kind: &str,
    endings: &[&str],
    limit: usize,
) -> Result<Option<Vec<u8>>, Failure> {
    let dialog = app.dialog().file().set_parent(window).add_filter(kind, endings).add_filter("*", &["*"]);
    let chosen = tauri::async_runtime::spawn_blocking(move || dialog.blocking_pick_file()).await;
    path(chosen.ok().flatten()).map(|path| read(&path, limit)).transpose()
}

/// Reads a file, up to one byte more than the limit, which tells that it is over it.
///
/// # Errors
/// Why it could not be read.
pub fn read(path: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let read = std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    read.map_err(|error| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Failure::new(FailureCode::FileUnreadable, format!("{}: {error}", path.display())).with("file", name)
    })?;
    Ok(bytes)
}

fn path(chosen: Option<FilePath>) -> Option<PathBuf> {
    chosen.and_then(|path| path.into_path().ok())
}

/// A name that every file system takes, made of what somebody entered.
pub fn plain_name(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(60).collect();
    let plain = plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if plain.is_empty() { "signpost".to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_s_name_goes_nowhere_else() {
        assert_eq!(plain_name("Contoso Ltd."), "Contoso-Ltd");
        assert_eq!(plain_name("../../etc/passwd"), "etc-passwd");
        assert_eq!(plain_name("<\u{202E}>"), "signpost");
    }

    #[test]
    fn a_file_that_is_too_long_is_read_to_one_byte_over_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("long");
        std::fs::write(&path, [b'x'; 100]).unwrap();
        assert_eq!(read(&path, 10).unwrap().len(), 11);
        assert_eq!(read(&folder.path().join("none"), 10).unwrap_err().code, FailureCode::FileUnreadable);
    }
}
