//! Where things are kept.

use std::path::PathBuf;

/// Names another folder for everything the program keeps, for tests and for trying things out.
pub const DATA_FOLDER: &str = "SIGNPOST_DATA_DIR";

/// The folders of one user.
#[derive(Debug, Clone)]
pub struct Places {
    /// Everything below lies here.
    pub root: PathBuf,
}

impl Places {
    /// `SIGNPOST_DATA_DIR`, else the folder the operating system gives the program for its data.
    pub fn of(app_data: Option<PathBuf>) -> Self {
        let named = std::env::var_os(DATA_FOLDER).filter(|value| !value.is_empty()).map(PathBuf::from);
        let root = named.or(app_data).unwrap_or_else(|| std::env::temp_dir().join("signpost"));
        Self { root }
    }

    /// One JSON document a project.
    pub fn projects(&self) -> PathBuf {
        self.root.join("projects")
    }

    /// The account service on this computer.
    pub fn account_service(&self) -> PathBuf {
        self.root.join("account-service")
    }

    /// What is looked at again and again.
    pub fn watch_list(&self) -> PathBuf {
        self.root.join("watch-list.json")
    }

    /// What belongs to the program and to no project.
    pub fn settings(&self) -> PathBuf {
        self.root.join("settings.json")
    }
}
