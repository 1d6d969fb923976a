//! A project whose connection and directory are in Ory Polis.

use super::Here;
use super::explain::{Explanation, explanation};
use crate::ipc_error::Answer;
use crate::once_page;
use serde::Serialize;
use tauri::AppHandle;
use vocabulary::Timestamp;
use wizard::polis::{FailedSignIn, Redirects};
use wizard::sign_in::SignInView;
use wizard::{Failure, ProjectView};

/// The sign-ins through Polis that failed.
#[derive(Debug, Serialize, specta::Type)]
pub struct PolisSignIns {
    /// The newest first.
    pub failed: Vec<PolisSignIn>,
    /// Whether there are more, which were not looked at.
    pub more: bool,
    /// When Polis was asked.
    pub asked_at: Timestamp,
}

/// A sign-in through Polis that failed.
#[derive(Debug, Serialize, specta::Type)]
pub struct PolisSignIn {
    /// What Polis calls it.
    pub id: String,
    /// When it was, by the clock of Polis.
    pub at: Option<Timestamp>,
    /// What Polis says went wrong.
    pub error: String,
    /// The identity provider's answer beside what is expected.
    pub sign_in: SignInView,
    /// What is known of such mistakes; none when nothing is.
    pub explanation: Option<Explanation>,
}

/// Takes the directory with that SCIM base URL for the project's own.
#[tauri::command]
#[specta::specta]
pub async fn take_polis_directory(here: Here<'_>, id: String, base_url: String) -> Answer<ProjectView> {
    Ok(here.wizard.take_directory(&id, Some(&base_url)).await?)
}

/// Changes where people go after a sign-in, here and in Polis.
#[tauri::command]
#[specta::specta]
pub async fn redirect_polis(here: Here<'_>, id: String, to: Redirects) -> Answer<ProjectView> {
    Ok(here.wizard.redirect(&id, to).await?)
}

/// Opens the page of Polis on which a sign-in begins in the system's browser.
#[tauri::command]
#[specta::specta]
pub async fn begin_polis_sign_in(app: AppHandle, here: Here<'_>, id: String) -> Answer<ProjectView> {
    let (view, page) = here.wizard.begin_polis_sign_in(&id)?;
    once_page::open(&app, &page)?;
    Ok(view)
}

/// Keeps whether somebody saw the sign-in end at the service with a code.
#[tauri::command]
#[specta::specta]
pub async fn say_polis_sign_in(here: Here<'_>, id: String, came_through: bool) -> Answer<ProjectView> {
    Ok(here.wizard.say_polis_sign_in(&id, came_through)?)
}

/// The sign-ins that failed, each with the known mistakes that it speaks of.
#[tauri::command]
#[specta::specta]
pub async fn polis_sign_ins(here: Here<'_>, id: String) -> Answer<PolisSignIns> {
    let found = here.wizard.polis_sign_ins(&id).await?;
    let failed = found.failed.into_iter().map(explained).collect::<Result<_, _>>()?;
    Ok(PolisSignIns { failed, more: found.more, asked_at: found.asked_at })
}

/// What the identity provider itself said counts more than what Polis made of it.
fn explained(FailedSignIn { id, at, error, sign_in }: FailedSignIn) -> Result<PolisSignIn, Failure> {
    let found = explanation(sign_in.message().unwrap_or(&error))?;
    let explanation = Some(found).filter(|found| !found.matches.is_empty());
    Ok(PolisSignIn { id, at, error, sign_in, explanation })
}
