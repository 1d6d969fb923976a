//! Guides of one's own: reads a folder of guide files, as `docs/write-a-guide.md` describes them, and puts them beside
//! the program's. The window, the command line and the author's check all read them here.
//!
//! - [`GuideFiles`]: the files of a folder, read within bounds.
//! - [`Loaded`]: the program's guides with those of a folder, and what is wrong with the latter.
//! - [`FolderError`]: why the folder cannot be read.

mod folder;

pub use folder::{FolderError, GuideFiles, MOST_BYTES, MOST_FILES};

use guides::{DataError, Library};
use std::path::Path;

/// The program's guides together with those of a folder.
#[derive(Debug)]
pub struct Loaded {
    /// All of them.
    pub library: Library,
    /// How many files were read from the folder.
    pub files: usize,
    /// What is wrong with the folder's files; what is wrong is not in the library.
    pub wrong: Vec<DataError>,
}

/// Reads the folder and puts what it holds beside the program's own guides.
///
/// # Errors
/// Why the folder cannot be read, or that the program's own data is wrong.
pub fn load(folder: &Path) -> Result<Loaded, FolderError> {
    let files = GuideFiles::read(folder)?;
    let (library, wrong) = Library::with(&files.sources())?;
    Ok(Loaded { library, files: files.len(), wrong })
}
