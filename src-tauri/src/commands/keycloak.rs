//! A project whose SAML connection is in Keycloak.

use super::Here;
use crate::ipc_error::Answer;
use wizard::ProjectView;
use wizard::keycloak::Groups;

/// Has the project's groups lead into groups of the realm.
#[tauri::command]
#[specta::specta]
pub async fn map_keycloak_groups(here: Here<'_>, id: String, groups: Groups) -> Answer<ProjectView> {
    Ok(here.wizard.map_keycloak_groups(&id, groups).await?)
}
