//! Files the program is given to open: by a double-click, on the command line, or through a second start of it. Only
//! hand-overs are taken, and the window hears no more than that there is one.

#[cfg(not(target_os = "macos"))]
mod elsewhere;
#[cfg(target_os = "macos")]
mod macos;

#[cfg(not(target_os = "macos"))]
pub use elsewhere::opened;
#[cfg(target_os = "macos")]
pub use macos::opened;

use crate::state::Shell;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use tauri::{AppHandle, Manager, Url};
use tauri_specta::Event;

/// What the files are called.
const ENDINGS: [&str; 2] = ["signpost-task", "signpost-result"];

/// The program was given a file; [`open_given_hand_over`](crate::commands::together::open_given_hand_over) reads it.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct FileGiven;

/// The first hand-over among the arguments of a start, the program's own name left out. A relative path begins at
/// `folder`.
pub fn among(arguments: impl IntoIterator<Item = String>, folder: &Path) -> Option<PathBuf> {
    let paths = arguments.into_iter().skip(1).filter_map(|argument| path(&argument, folder));
    paths.into_iter().find(|path| is_hand_over(path))
}

/// Remembers the file, brings the window to the front and tells it. A window that is not there yet asks by itself once
/// it is.
pub fn take(app: &AppHandle, file: Option<PathBuf>) {
    let (Some(file), Some(shell)) = (file, app.try_state::<Shell>()) else { return };
    shell.given.put(file);
    crate::start::show(app);
    if FileGiven.emit(app).is_err() {
        tracing::warn!("the window did not hear of a file to open");
    }
}

/// File managers give a path or, on some desktops, a `file:` URL.
fn path(argument: &str, folder: &Path) -> Option<PathBuf> {
    if !argument.starts_with("file:") {
        return Some(folder.join(argument));
    }
    Url::parse(argument).ok()?.to_file_path().ok()
}

fn is_hand_over(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.iter().any(|one| ending.eq_ignore_ascii_case(one)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(arguments: &[&str]) -> Option<PathBuf> {
        among(arguments.iter().map(|one| (*one).to_owned()), Path::new("/home/dana"))
    }

    #[test]
    fn a_hand_over_is_found_among_the_arguments() {
        let found = |name: &str| Some(PathBuf::from(name));
        assert_eq!(given(&["signpost", "/tmp/a.signpost-task"]), found("/tmp/a.signpost-task"));
        assert_eq!(
            given(&["signpost", "--x", "Contoso.SIGNPOST-RESULT"]),
            found("/home/dana/Contoso.SIGNPOST-RESULT")
        );
        assert_eq!(
            given(&["signpost", "file:///tmp/two%20words.signpost-task"]),
            found("/tmp/two words.signpost-task")
        );
    }

    #[test]
    fn nothing_else_is_taken() {
        for arguments in [
            &["/tmp/a.signpost-task"][..],
            &["signpost"],
            &["signpost", "/etc/passwd", ""],
            &["signpost", "file:"],
            &["signpost", "https://example.com/a.signpost-task.html"],
        ] {
            assert_eq!(given(arguments), None, "{arguments:?}");
        }
    }

    #[test]
    fn the_endings_are_those_that_the_installer_registers() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tauri.conf.json");
        let settings: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let registered = settings["bundle"]["fileAssociations"].as_array().unwrap().iter();
        let endings: Vec<_> = registered.flat_map(|one| one["ext"].as_array().unwrap()).collect();
        assert_eq!(endings, ENDINGS);
        let types = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/linux/signpost.xml");
        let types = std::fs::read_to_string(types).unwrap();
        for ending in ENDINGS {
            assert!(types.contains(&format!("<glob pattern=\"*.{ending}\"/>")));
            assert!(types.contains(&format!("<mime-type type=\"application/x-{ending}+json\">")));
        }
    }
}
