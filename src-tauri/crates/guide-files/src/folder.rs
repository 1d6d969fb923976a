use guides::{DataError, Source};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The largest file that is read, in bytes: ten times the longest guide of the program.
pub const MOST_BYTES: u64 = 512 * 1024;

/// The most files that are read from a folder.
pub const MOST_FILES: usize = 500;

/// How deep guides lie: `guides/SERVICE/IDP.toml`.
const DEEPEST: usize = 2;

/// A folder of guide files cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The system refuses it.
    #[error("{}: {why}", path.display())]
    Unreadable {
        /// The folder or the file.
        path: PathBuf,
        /// What the system says.
        why: std::io::Error,
    },
    /// It is no text in UTF-8, or larger than [`MOST_BYTES`].
    #[error("{}: {what}", path.display())]
    NoGuide {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// There are more than [`MOST_FILES`].
    #[error("{}: more than {MOST_FILES} files", path.display())]
    TooMany {
        /// The folder.
        path: PathBuf,
    },
    /// The program's own guides do not read.
    #[error(transparent)]
    Program(#[from] DataError),
}

/// The TOML and CSV files of a folder, by their paths inside it.
#[derive(Debug, Default)]
pub struct GuideFiles {
    files: Vec<(String, String)>,
}

impl GuideFiles {
    /// Reads every `.toml` and `.csv` file of the folder and of the folders in it, in the order of their names. Hidden
    /// ones are left alone, as are other kinds of files.
    ///
    /// # Errors
    /// What cannot be read, is no text, or is more than a folder of guides can be.
    pub fn read(folder: &Path) -> Result<Self, FolderError> {
        let mut found = Self::default();
        found.take(folder, folder, "", 0)?;
        Ok(found)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The files as the guides' reader takes them.
    pub fn sources(&self) -> Vec<Source<'_>> {
        self.files.iter().map(|(path, text)| Source { path, text }).collect()
    }

    fn take(&mut self, root: &Path, folder: &Path, prefix: &str, depth: usize) -> Result<(), FolderError> {
        let unreadable = |why| FolderError::Unreadable { path: folder.to_owned(), why };
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let mut entries = entries.map_err(unreadable)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                if depth < DEEPEST {
                    self.take(root, &path, &format!("{prefix}{name}/"), depth + 1)?;
                }
            } else if path.extension().is_some_and(|kind| kind == "toml" || kind == "csv") {
                if self.files.len() == MOST_FILES {
                    return Err(FolderError::TooMany { path: root.to_owned() });
                }
                self.files.push((format!("{prefix}{name}"), text(&path)?));
            }
        }
        Ok(())
    }
}

fn text(path: &Path) -> Result<String, FolderError> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    file.map_err(|why| FolderError::Unreadable { path: path.to_owned(), why })?;
    let no_guide = |what: String| FolderError::NoGuide { path: path.to_owned(), what };
    if bytes.len() as u64 > MOST_BYTES {
        return Err(no_guide(format!("larger than {} KiB", MOST_BYTES / 1024)));
    }
    String::from_utf8(bytes).map_err(|_| no_guide("no text in UTF-8".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    #[test]
    fn guide_files_are_read_and_nothing_else() {
        let folder = folder(&[
            ("identity-providers.toml", b"identity_provider = []"),
            ("guides/service/idp.toml", b"like = \"saml\""),
            ("guides/service/deeper/too-deep.toml", b""),
            ("README.md", b"no guide"),
            (".git/config.toml", b"hidden"),
        ]);
        let files = GuideFiles::read(folder.path()).unwrap();
        let paths: Vec<&str> = files.sources().iter().map(|source| source.path).collect();
        assert_eq!(paths, ["guides/service/idp.toml", "identity-providers.toml"]);
    }

    #[test]
    fn what_is_no_guide_is_named() {
        let said = |files: &[(&str, &[u8])]| GuideFiles::read(folder(files).path()).unwrap_err().to_string();
        assert!(said(&[("notes.toml", b"\xff\xfe")]).contains("notes.toml: no text in UTF-8"));
        let large = vec![b'#'; 512 * 1024 + 1];
        assert!(said(&[("notes.toml", large.as_slice())]).contains("larger than 512 KiB"));
        let names: Vec<String> = (0..=MOST_FILES).map(|number| format!("{number}.toml")).collect();
        let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert!(said(&many).contains("more than 500 files"));
        assert!(matches!(GuideFiles::read(Path::new("nowhere")), Err(FolderError::Unreadable { .. })));
    }
}
