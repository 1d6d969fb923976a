//! Steps that somebody else does, and the dossier of the whole.

use super::Here;
use crate::files;
use crate::ipc_error::Answer;
use crate::paper;
use crate::secret_clipboard;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Window};
use texts::Texts;
use vocabulary::StepId;
use wizard::app::Keep;
use wizard::handover::{File, MAX_BYTES};
use wizard::paper::Document;
use wizard::{Failure, FailureCode, ProjectView};

/// How a step is handed over.
#[derive(Debug, Clone, Copy, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum HandOverAs {
    /// A file for the other person's Signpost.
    File,
    /// The text of a mail, on the clipboard.
    Mail,
    /// A page for print.
    Page,
}

/// What became of it.
#[derive(Debug, Serialize, specta::Type)]
pub struct HandedOver {
    /// The project now.
    pub view: ProjectView,
    /// Where the file was saved; none for a mail.
    pub path: Option<String>,
}

/// The forms of the dossier.
#[derive(Debug, Clone, Copy, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum DossierAs {
    /// A page for print.
    Page,
    /// Everything as JSON.
    Json,
}

/// Gives one step to somebody else; nothing when the dialog is called off. No secret goes with it.
#[tauri::command]
#[specta::specta]
#[expect(clippy::too_many_arguments, reason = "what crosses is flat, and three of them are Tauri's own")]
pub async fn hand_over(
    app: AppHandle,
    window: Window,
    here: Here<'_>,
    id: String,
    step: StepId,
    to: String,
    note: String,
    way: HandOverAs,
) -> Answer<Option<HandedOver>> {
    let task = here.wizard.task(&id, step, &to, &note, uuid::Uuid::new_v4().to_string())?;
    let name = format!("{}-{step}", files::plain_name(&task.organization));
    let path = match way {
        HandOverAs::Mail => {
            secret_clipboard::copy_text(&app, &paper::text(&here.wizard.letter(&task)?, &words()?))?;
            None
        }
        HandOverAs::Page => {
            let page = page(&here.wizard.letter(&task)?)?;
            let Some(path) = files::save(&app, &window, &format!("{name}.html"), "HTML", &page).await? else {
                return Ok(None);
            };
            Some(path)
        }
        HandOverAs::File => {
            let json = File::Task(Box::new(task.clone())).to_json()?;
            let name = format!("{name}.signpost-task");
            let Some(path) = files::save(&app, &window, &name, "Signpost", &json).await? else {
                return Ok(None);
            };
            Some(path)
        }
    };
    Ok(Some(HandedOver { view: here.wizard.handed_over(&id, &task)?, path }))
}

/// Takes a step back from whoever has it.
#[tauri::command]
#[specta::specta]
pub async fn take_back(here: Here<'_>, id: String, step: StepId) -> Answer<ProjectView> {
    Ok(here.wizard.take_back(&id, step)?)
}

/// Asks for a file that was handed over and opens it; nothing when the choice is called off.
#[tauri::command]
#[specta::specta]
pub async fn open_hand_over(app: AppHandle, window: Window, here: Here<'_>) -> Answer<Option<ProjectView>> {
    let endings = ["signpost-task", "signpost-result"];
    let chosen = files::choose(&app, &window, "Signpost", &endings, MAX_BYTES).await?;
    Ok(chosen.map(|bytes| here.wizard.open_hand_over(&bytes)).transpose()?)
}

/// Opens the file that was dropped onto the window.
#[tauri::command]
#[specta::specta]
pub async fn open_dropped_hand_over(here: Here<'_>) -> Answer<ProjectView> {
    let nothing = || Failure::new(FailureCode::NothingChosen, "no file was dropped");
    let path = here.dropped.take().ok_or_else(nothing)?;
    Ok(here.wizard.open_hand_over(&files::read(&path, MAX_BYTES)?)?)
}

/// Opens the file that the program was given; nothing when it was given none.
#[tauri::command]
#[specta::specta]
pub async fn open_given_hand_over(here: Here<'_>) -> Answer<Option<ProjectView>> {
    let Some(path) = here.given.take() else { return Ok(None) };
    Ok(Some(here.wizard.open_hand_over(&files::read(&path, MAX_BYTES)?)?))
}

/// Saves what goes back to whom a step came from; the path, nothing when called off.
#[tauri::command]
#[specta::specta]
pub async fn save_result(
    app: AppHandle,
    window: Window,
    here: Here<'_>,
    id: String,
) -> Answer<Option<String>> {
    let outcome = here.wizard.outcome(&id)?;
    let name = format!("{}.signpost-result", outcome.step);
    let json = File::Result(Box::new(outcome)).to_json()?;
    Ok(files::save(&app, &window, &name, "Signpost", &json).await?)
}

/// Decides between what came back and what was changed here meanwhile.
#[tauri::command]
#[specta::specta]
pub async fn resolve_hand_over(here: Here<'_>, id: String, step: StepId, keep: Keep) -> Answer<ProjectView> {
    Ok(here.wizard.resolve_hand_over(&id, step, keep)?)
}

/// Saves the dossier of the set-up; the path, nothing when called off.
#[tauri::command]
#[specta::specta]
pub async fn save_dossier(
    app: AppHandle,
    window: Window,
    here: Here<'_>,
    id: String,
    form: DossierAs,
) -> Answer<Option<String>> {
    let dossier = here.wizard.dossier(&id).await?;
    let name = files::plain_name(&dossier.organization);
    let (ending, text) = match form {
        DossierAs::Page => ("html", page(&dossier.document())?),
        DossierAs::Json => ("json", dossier.to_json()?),
    };
    Ok(files::save(&app, &window, &format!("{name}-sso.{ending}"), &ending.to_uppercase(), &text).await?)
}

/// Saves the page that the users of the product get; the path, nothing when called off.
#[tauri::command]
#[specta::specta]
pub async fn save_user_page(
    app: AppHandle,
    window: Window,
    here: Here<'_>,
    id: String,
) -> Answer<Option<String>> {
    let text = page(&here.wizard.user_page(&id)?)?;
    Ok(files::save(&app, &window, "Parallels Desktop.html", "HTML", &text).await?)
}

fn page(document: &Document) -> Result<String, Failure> {
    Ok(paper::html(document, &words()?))
}

pub(super) fn words() -> Result<Texts, Failure> {
    Texts::english().map_err(|error| Failure::new(FailureCode::StorageFailed, error.to_string()))
}
