//! What belongs to the program and to no project.

use domain_check::PublicResolver;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use wizard::{Failure, FailureCode};

/// The program's settings. Unknown fields and a damaged file fall back to the defaults: nothing here is work.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light, dark, or as the system.
    pub appearance: Appearance,
    /// The last screen, as the window names it.
    pub place: Option<String>,
    /// Whether watching goes on when the window is closed.
    pub keep_watching: bool,
    /// Which resolvers are asked for comparison.
    pub resolvers: ResolverSettings,
}

/// Which resolvers are asked for comparison, once the name servers of a domain agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResolverSettings {
    /// Whether any is asked.
    pub on: bool,
    /// Whether this computer's own resolver is among them.
    pub own: bool,
    /// The list, where it was changed.
    pub list: Option<Vec<ChosenResolver>>,
}

impl Default for ResolverSettings {
    fn default() -> Self {
        Self { on: true, own: true, list: None }
    }
}

/// A public resolver of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ChosenResolver {
    /// Who runs it, and where it is.
    pub resolver: PublicResolver,
    /// Whether it is asked.
    pub used: bool,
}

/// Which colours the window takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Appearance {
    /// As the operating system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The settings and their file.
#[derive(Debug)]
pub struct SettingsFile {
    path: PathBuf,
    current: Mutex<Settings>,
}

impl SettingsFile {
    /// Reads the file; without one, the defaults.
    pub fn open(path: PathBuf) -> Self {
        let read = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self { path, current: Mutex::new(read.unwrap_or_default()) }
    }

    /// As they are now.
    pub fn current(&self) -> Settings {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes them and replaces the file.
    ///
    /// # Errors
    /// When the file cannot be written; the change holds until the program ends.
    pub fn change(&self, change: impl FnOnce(&mut Settings)) -> Result<(), Failure> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut current);
        replace(&self.path, &*current).map_err(|error| {
            let why = format!("{}: {error}", self.path.display());
            Failure::new(FailureCode::StorageFailed, why).with("path", self.path.display())
        })
    }
}

/// Replaces a small JSON document: a crash leaves the old or the new one.
pub(crate) fn replace(path: &Path, document: &impl Serialize) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&serde_json::to_vec_pretty(document)?)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_before_there_were_resolvers_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        std::fs::write(&path, r#"{"appearance": "dark", "place": "hub"}"#).unwrap();
        let settings = SettingsFile::open(path.clone());
        assert_eq!(settings.current().appearance, Appearance::Dark);
        assert_eq!(settings.current().resolvers, ResolverSettings { on: true, own: true, list: None });
        settings.change(|settings| settings.resolvers.on = false).unwrap();
        assert!(!SettingsFile::open(path).current().resolvers.on);
    }
}
