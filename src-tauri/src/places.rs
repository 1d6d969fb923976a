//! Where things are kept.

use std::hash::{DefaultHasher, Hash, Hasher};
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
        let root = Self::named().or(app_data).unwrap_or_else(|| std::env::temp_dir().join("signpost"));
        Self { root }
    }

    fn named() -> Option<PathBuf> {
        std::env::var_os(DATA_FOLDER).filter(|value| !value.is_empty()).map(PathBuf::from)
    }

    /// A program on a folder of its own is one by itself: a second start on that folder finds it, and no other one does.
    pub fn tell_apart(config: &mut tauri::Config) {
        let Some(folder) = Self::named() else { return };
        let mut hasher = DefaultHasher::new();
        std::path::absolute(&folder).unwrap_or(folder).hash(&mut hasher);
        config.identifier = format!("{}.folder-{:016x}", config.identifier, hasher.finish());
    }

    /// One JSON document a project.
    pub fn projects(&self) -> PathBuf {
        self.root.join("projects")
    }

    /// The account service on this computer.
    pub fn account_service(&self) -> PathBuf {
        self.root.join("account-service")
    }

    /// Guides of the user's own, beside those of the program.
    pub fn guides(&self) -> PathBuf {
        self.root.join("guides")
    }

    /// What is looked at again and again.
    pub fn watch_list(&self) -> PathBuf {
        self.root.join("watch-list.json")
    }

    /// What DNS hosts said about the zones they serve.
    pub fn dns_hosts(&self) -> PathBuf {
        self.root.join("dns-hosts.json")
    }

    /// What belongs to the program and to no project.
    pub fn settings(&self) -> PathBuf {
        self.root.join("settings.json")
    }
}
