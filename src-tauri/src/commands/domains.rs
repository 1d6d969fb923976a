//! Step 1.

use super::Here;
use crate::ipc_error::Answer;
use account_api::DomainHistory;
use domain_check::{CheckSoFar, Commands, Report};
use serde::{Deserialize, Serialize};
use tauri::AppHandle;
use tauri_specta::Event;
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
pub async fn check_domain(
    app: AppHandle,
    here: Here<'_>,
    id: String,
    name: String,
    run: String,
) -> Answer<ProjectView> {
    let tell = told(&app, &run);
    Ok(here.runs.run(&run, here.wizard.check_domain_telling(&id, &name, &tell)).await?)
}

/// A check that goes on has heard of somebody.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct CheckProgress {
    /// The name the check runs under.
    pub run: String,
    /// Who has answered so far.
    pub so_far: CheckSoFar,
}

fn told(app: &AppHandle, run: &str) -> impl Fn(CheckSoFar) + Send + Sync + use<> {
    let (app, run) = (app.clone(), run.to_owned());
    move |so_far| {
        if (CheckProgress { run: run.clone(), so_far }).emit(&app).is_err() {
            tracing::warn!("the window did not hear how far a check is");
        }
    }
}

/// The three commands that look the domain's record up.
#[tauri::command]
#[specta::specta]
pub async fn domain_commands(here: Here<'_>, id: String, name: String) -> Answer<Option<Commands>> {
    Ok(here.wizard.domain_commands(&id, &name)?)
}

/// What the service saw of a domain's record; nothing where no service looks.
#[tauri::command]
#[specta::specta]
pub async fn domain_history(here: Here<'_>, id: String, name: String) -> Answer<Option<DomainHistory>> {
    Ok(here.wizard.domain_history(&id, &name).await?)
}

/// Looks at any domain, for whoever is on the phone. Can be cancelled as `run`.
#[tauri::command]
#[specta::specta]
pub async fn check_any_domain(
    app: AppHandle,
    here: Here<'_>,
    text: String,
    label: String,
    expected: Option<String>,
    run: String,
) -> Answer<Report> {
    let tell = told(&app, &run);
    let check = here.wizard.check_any_domain_telling(&text, &label, expected.as_deref(), &tell);
    Ok(here.runs.run(&run, check).await?)
}
