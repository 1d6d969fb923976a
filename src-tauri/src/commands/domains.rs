//! Step 1.

use super::Here;
use crate::ipc_error::Answer;
use domain_check::{Commands, Report};
use wizard::ProjectView;
use wizard::app::DomainsAdded;
use wizard::sharing::Sharing;

/// Adds what was typed or pasted.
#[tauri::command]
#[specta::specta]
pub async fn add_domains(here: Here<'_>, id: String, text: String) -> Answer<DomainsAdded> {
    Ok(here.wizard.add_domains(&id, &text).await?)
}

/// The other projects of the same organization and service, and how their domains compare.
#[tauri::command]
#[specta::specta]
pub async fn sharing(here: Here<'_>, id: String) -> Answer<Vec<Sharing>> {
    Ok(here.wizard.sharing(&id)?)
}

/// Takes domains of another project over.
#[tauri::command]
#[specta::specta]
pub async fn take_domains(
    here: Here<'_>,
    id: String,
    other: String,
    names: Vec<String>,
) -> Answer<ProjectView> {
    Ok(here.wizard.take_domains(&id, &other, &names).await?)
}

/// Takes a domain away.
#[tauri::command]
#[specta::specta]
pub async fn remove_domain(here: Here<'_>, id: String, name: String) -> Answer<ProjectView> {
    let view = here.wizard.remove_domain(&id, &name).await?;
    here.watching.watcher.forget_project_domain(&id, &name)?;
    Ok(view)
}

/// Asks the delegated name servers, then the service. Can be cancelled as `run`.
#[tauri::command]
#[specta::specta]
pub async fn check_domain(here: Here<'_>, id: String, name: String, run: String) -> Answer<ProjectView> {
    Ok(here.runs.run(&run, here.wizard.check_domain(&id, &name)).await?)
}

/// The three commands that look the domain's record up.
#[tauri::command]
#[specta::specta]
pub async fn domain_commands(here: Here<'_>, id: String, name: String) -> Answer<Option<Commands>> {
    Ok(here.wizard.domain_commands(&id, &name)?)
}

/// Looks at any domain, for whoever is on the phone. Can be cancelled as `run`.
#[tauri::command]
#[specta::specta]
pub async fn check_any_domain(
    here: Here<'_>,
    text: String,
    label: String,
    expected: Option<String>,
    run: String,
) -> Answer<Report> {
    let check = here.wizard.check_any_domain(&text, &label, expected.as_deref());
    Ok(here.runs.run(&run, check).await?)
}
