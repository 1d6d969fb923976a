//! A sign-in that is tested: by the service, in the system's browser, or by an answer that somebody has.

use super::Here;
use super::explain::{Explanation, explanation};
use crate::files;
use crate::ipc_error::Answer;
use crate::once_page;
use account_api::SignInPurpose;
use serde::Serialize;
use tauri::{AppHandle, Window};
use wizard::sign_in::SignInView;
use wizard::{Failure, FailureCode, ProjectView};

/// What came of an answer that somebody has.
#[derive(Debug, Serialize, specta::Type)]
pub struct AnswerChecked {
    /// The answer beside what is expected.
    pub sign_in: SignInView,
    /// What the text means where it is an error page, or where the answer itself tells of an error.
    pub explanation: Option<Explanation>,
}

/// Judges pasted text. It stays on this computer and is kept nowhere.
#[tauri::command]
#[specta::specta]
pub async fn check_answer(
    here: Here<'_>,
    id: String,
    purpose: SignInPurpose,
    text: String,
) -> Answer<AnswerChecked> {
    checked(&here, &id, purpose, text.as_bytes())
}

/// Asks for a file and judges it; nothing when the choice is called off.
#[tauri::command]
#[specta::specta]
pub async fn choose_answer(
    app: AppHandle,
    window: Window,
    here: Here<'_>,
    id: String,
    purpose: SignInPurpose,
) -> Answer<Option<AnswerChecked>> {
    let endings = ["har", "xml", "txt", "html"];
    let bytes = files::choose(&app, &window, "HAR, XML", &endings, saml_response::LIMIT).await?;
    bytes.map(|bytes| checked(&here, &id, purpose, &bytes)).transpose()
}

/// Judges the file that was dropped onto the window.
#[tauri::command]
#[specta::specta]
pub async fn read_dropped_answer(
    here: Here<'_>,
    id: String,
    purpose: SignInPurpose,
) -> Answer<AnswerChecked> {
    let nothing = || Failure::new(FailureCode::NothingChosen, "no file was dropped");
    let path = here.dropped.take().ok_or_else(nothing)?;
    checked(&here, &id, purpose, &files::read(&path, saml_response::LIMIT)?)
}

fn checked(here: &Here<'_>, id: &str, purpose: SignInPurpose, bytes: &[u8]) -> Answer<AnswerChecked> {
    let sign_in = here.wizard.check_answer(id, purpose, bytes)?;
    let text = match sign_in.message() {
        Some(message) => message.to_owned(),
        None if sign_in.hops.is_empty() => String::from_utf8_lossy(bytes).into_owned(),
        None => return Ok(AnswerChecked { sign_in, explanation: None }),
    };
    let explanation = Some(explanation(&text)?).filter(|found| !found.matches.is_empty());
    Ok(AnswerChecked { sign_in, explanation })
}

/// Has the service begin a test and opens its page in the system's browser.
#[tauri::command]
#[specta::specta]
pub async fn start_sign_in_test(
    app: AppHandle,
    here: Here<'_>,
    id: String,
    purpose: SignInPurpose,
) -> Answer<ProjectView> {
    let (view, page) = here.wizard.start_sign_in_test(&id, purpose).await?;
    once_page::open(&app, &page)?;
    Ok(view)
}

/// How far the newest test of a purpose has come.
#[tauri::command]
#[specta::specta]
pub async fn follow_sign_in_test(here: Here<'_>, id: String, purpose: SignInPurpose) -> Answer<ProjectView> {
    Ok(here.wizard.follow_sign_in_test(&id, purpose).await?)
}

/// Stops waiting for the newest test of a purpose.
#[tauri::command]
#[specta::specta]
pub async fn forget_sign_in_test(here: Here<'_>, id: String, purpose: SignInPurpose) -> Answer<ProjectView> {
    Ok(here.wizard.forget_sign_in_test(&id, purpose)?)
}
