//! A secret on the clipboard, for a minute.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tauri::{AppHandle, Runtime};
use tauri_plugin_clipboard_manager::ClipboardExt;
use vocabulary::Secret;
use wizard::{Failure, FailureCode};

/// How long a secret stays on the clipboard.
pub const STAY: Duration = Duration::from_secs(60);

/// Counts the copies: a secret that was copied again stays for the whole time of the last copy.
static COPIES: AtomicU32 = AtomicU32::new(0);

/// What takes the text. The system's one in the program.
trait Board: Send + 'static {
    fn text(&self) -> Option<String>;
    fn clear(&self) -> bool;
}

/// Puts the secret on the clipboard, marked so that clipboard histories leave it out where the system can, and takes
/// it away after [`STAY`], but only if it is still there: what was copied since is the user's.
///
/// # Errors
/// [`ClipboardFailed`](FailureCode::ClipboardFailed).
pub fn copy<R: Runtime>(app: &AppHandle<R>, secret: Secret) -> Result<(), Failure> {
    app.clipboard().write_secret(secret.expose()).map_err(|_| refused())?;
    let this = COPIES.fetch_add(1, Ordering::SeqCst) + 1;
    let is_latest = move || COPIES.load(Ordering::SeqCst) == this;
    tauri::async_runtime::spawn(take_away_later(SystemBoard(app.clone()), secret, is_latest));
    Ok(())
}

struct SystemBoard<R: Runtime>(AppHandle<R>);

impl<R: Runtime> Board for SystemBoard<R> {
    fn text(&self) -> Option<String> {
        self.0.clipboard().read_text().ok()
    }

    fn clear(&self) -> bool {
        self.0.clipboard().clear().is_ok()
    }
}

async fn take_away_later(board: impl Board, secret: Secret, is_latest: impl Fn() -> bool + Send) {
    tokio::time::sleep(STAY).await;
    let still_there = is_latest() && board.text().is_some_and(|text| text == secret.expose());
    if still_there && !board.clear() {
        tracing::warn!("the clipboard could not be cleared");
    }
}

/// Puts text that is no secret on the clipboard.
///
/// # Errors
/// [`ClipboardFailed`](FailureCode::ClipboardFailed).
pub fn copy_text<R: Runtime>(app: &AppHandle<R>, text: &str) -> Result<(), Failure> {
    app.clipboard().write_text(text).map_err(|_| refused())
}

fn refused() -> Failure {
    Failure::new(FailureCode::ClipboardFailed, "the clipboard did not take the text")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Held(Arc<Mutex<String>>);

    impl Held {
        fn put(&self, text: &str) {
            text.clone_into(&mut self.0.lock().unwrap());
        }
    }

    impl Board for Held {
        fn text(&self) -> Option<String> {
            Some(self.0.lock().unwrap().clone())
        }

        fn clear(&self) -> bool {
            self.put("");
            true
        }
    }

    const TOKEN: &str = "the bearer token";

    async fn copied_a_minute_ago(is_latest: bool, since_then: impl FnOnce(&Held)) -> String {
        let board = Held::default();
        board.put(TOKEN);
        let later = take_away_later(board.clone(), Secret::new(TOKEN.to_owned()), move || is_latest);
        let taken_away = tokio::spawn(later);
        tokio::time::sleep(STAY / 2).await;
        assert_eq!(board.text().as_deref(), Some(TOKEN));
        since_then(&board);
        taken_away.await.unwrap();
        board.text().unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_secret_leaves_the_clipboard_after_a_minute() {
        assert_eq!(copied_a_minute_ago(true, |_| {}).await, "");
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_copied_since_stays() {
        assert_eq!(copied_a_minute_ago(true, |board| board.put("meeting at ten")).await, "meeting at ten");
    }

    #[tokio::test(start_paused = true)]
    async fn a_secret_that_was_copied_again_stays_for_its_own_minute() {
        assert_eq!(copied_a_minute_ago(false, |_| {}).await, TOKEN);
    }
}
