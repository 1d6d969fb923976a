//! A second try to start, where the first met an earlier program in the moment in which it ended: its name is still
//! taken then, but nobody answers to it.

#[cfg(not(unix))]
mod elsewhere;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
use elsewhere::again;
#[cfg(unix)]
use unix::again;

use std::time::Duration;

/// How often it is tried, and how long an earlier program is given in between.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(400);

/// Says in the environment which try this is.
const TRY: &str = "SIGNPOST_START_TRY";

/// Starts again in place of this process if `error` says that an earlier program did not answer; comes back only where
/// that cannot be, or was tried often enough.
pub fn if_an_earlier_one_was_ending(error: &tauri::Error) {
    let tries = std::env::var(TRY).ok().and_then(|tries| tries.parse().ok()).unwrap_or(0);
    if let Some(next) = next_try(error, tries) {
        std::thread::sleep(PAUSE);
        again(TRY, next);
    }
}

fn next_try(error: &tauri::Error, tries: u32) -> Option<u32> {
    let met_another =
        matches!(error, tauri::Error::PluginInitialization(name, _) if name == "single-instance");
    (met_another && tries < TRIES).then_some(tries + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_earlier_program_is_waited_for_and_not_for_ever() {
        let error = |name: &str| tauri::Error::PluginInitialization(name.to_owned(), "no reply".to_owned());
        assert_eq!(next_try(&error("single-instance"), 0), Some(1));
        assert_eq!(next_try(&error("single-instance"), TRIES), None);
        assert_eq!(next_try(&error("dialog"), 0), None);
        assert_eq!(next_try(&tauri::Error::WindowNotFound, 0), None);
    }
}
