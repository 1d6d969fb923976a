//! Guides of the user's own: read when the program starts, and again when the user asks.

use guide_files::FolderError;
use guides::{DataError, Library};
use serde::Serialize;
use std::path::Path;

/// The guides of the program with those of a folder.
#[derive(Debug)]
pub struct OwnGuides {
    /// All of them.
    pub library: &'static Library,
    /// What the window says of the folder.
    pub view: OwnGuidesView,
}

/// The folder for guides of the user's own, and what was found in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct OwnGuidesView {
    /// Where they are looked for.
    pub folder: String,
    /// How many files were read.
    pub files: u32,
    /// What is wrong with them: such a file is not used, nor what needs it, and the program's own guides stand in.
    pub wrong: Vec<WrongFile>,
}

/// A file that cannot be used, in the reader's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct WrongFile {
    /// Its path inside the folder; empty when it is the folder that cannot be read.
    pub file: String,
    /// The line, starting at 1; none when the file as a whole is meant.
    pub line: Option<u32>,
    /// What is wrong.
    pub what: String,
}

impl OwnGuides {
    /// Reads the folder. Without one there are the program's guides only, and what cannot be read keeps nothing from
    /// starting. `earlier` is what was read before: it goes on being used while nothing has changed.
    ///
    /// # Errors
    /// What is wrong with the program's own guides, which a test keeps from being shipped.
    pub fn read(folder: &Path, earlier: Option<&'static Library>) -> Result<Self, DataError> {
        let mut view = OwnGuidesView { folder: folder.display().to_string(), files: 0, wrong: Vec::new() };
        let embedded = Library::embedded().map_err(Clone::clone)?;
        if !folder.is_dir() {
            return Ok(Self { library: embedded, view });
        }
        let library = match guide_files::load(folder) {
            Ok(loaded) => {
                view.files = u32::try_from(loaded.files).unwrap_or(u32::MAX);
                view.wrong = loaded.wrong.into_iter().map(WrongFile::from).collect();
                // Needed until the end: whatever is going on may still hold it.
                let anew = || &*Box::leak(Box::new(loaded.library.clone()));
                earlier.filter(|earlier| **earlier == loaded.library).unwrap_or_else(anew)
            }
            Err(FolderError::Program(error)) => return Err(error),
            Err(error) => {
                view.wrong = vec![WrongFile { file: String::new(), line: None, what: error.to_string() }];
                embedded
            }
        };
        for wrong in &view.wrong {
            tracing::warn!(file = wrong.file, line = wrong.line, what = wrong.what, "a guide cannot be used");
        }
        Ok(Self { library, view })
    }
}

impl From<DataError> for WrongFile {
    fn from(DataError { file, line, what }: DataError) -> Self {
        Self { file, line, what }
    }
}
