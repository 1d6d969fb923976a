//! Pages that open once: of a sign-in test, and of the sign-in to an account service.

use adapters::{BrowserSignIns, LastPage, SystemClock};
use std::sync::Arc;
use tauri::AppHandle;
use tauri_plugin_opener::OpenerExt;
use texts::Texts;
use wizard::ports::Clock;
use wizard::{Failure, FailureCode};

/// Opens such a page in the system's browser.
///
/// # Errors
/// [`BrowserNotOpened`](FailureCode::BrowserNotOpened), without the page's address: it must not be in the log.
pub fn open(app: &AppHandle, page: &str) -> Result<(), Failure> {
    app.opener().open_url(page, None::<&str>).map_err(|error| {
        Failure::new(FailureCode::BrowserNotOpened, error.to_string().replace(page, "the page"))
    })
}

/// Signs in to the account service at `url` in the system's browser. What comes of it waits in `sign_ins` for a project.
///
/// # Errors
/// Everything of [`BrowserSignIns::begin`] and [`BrowserSignIns::finish`], and as [`open`].
pub async fn sign_in(
    app: &AppHandle,
    texts: &Texts,
    sign_ins: &Arc<BrowserSignIns>,
    url: &str,
) -> Result<(), Failure> {
    let words = |id: &str| texts.text(id, []).unwrap_or_default();
    let page = |id: &str| (words(id), texts.attribute(id, "more", []).unwrap_or_default());
    let last_page = LastPage { done: page("browser-sign-in-done"), failed: page("browser-sign-in-failed") };
    let sign_in = sign_ins.begin(url).await?;
    open(app, &sign_in.page)?;
    sign_ins.finish(sign_in, &last_page, SystemClock.now()).await
}
