//! The licence keys of the project's account.

use super::Here;
use crate::ipc_error::Answer;
use account_api::LicenceKey;
use vocabulary::Secret;

/// The registered keys.
#[tauri::command]
#[specta::specta]
pub async fn licence_keys(here: Here<'_>, id: String) -> Answer<Vec<LicenceKey>> {
    Ok(here.wizard.licence_keys(&id).await?)
}

/// Removes a key that was registered by mistake; gives those that are left.
#[tauri::command]
#[specta::specta]
pub async fn remove_licence_key(here: Here<'_>, id: String, key: LicenceKey) -> Answer<Vec<LicenceKey>> {
    Ok(here.wizard.remove_licence_key(&id, &key).await?)
}

/// Registers a key, or changes what was said of one.
#[tauri::command]
#[specta::specta]
pub async fn register_licence_key(
    here: Here<'_>,
    id: String,
    key: String,
    name: String,
    per_user: bool,
) -> Answer<Vec<LicenceKey>> {
    Ok(here.wizard.register_licence_key(&id, Secret::new(key), &name, per_user).await?)
}
