//! Looking again and again.

use super::{Check, Look, status, text};
use crate::clock;
use crate::failure::{Failure, Status};
use crate::output::{Output, Reader};
use domain_check::Watch;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;

/// So long at most nobody looks at the clock.
const LONGEST_NAP: Duration = Duration::from_secs(20);

/// Prints one line for every change, until the record is verified, Ctrl-C, or nobody reads any more.
///
/// The exit status is that of the last look.
pub(super) async fn until_verified(check: &Check, output: &Output) -> Result<Status, Failure> {
    let mut interrupted = pin!(interrupted());
    let mut watch = Watch::new(clock::now());
    let mut last: Option<Look> = None;
    loop {
        let look = check.look(Some(&watch));
        let Some(mut look) = before(&mut interrupted, look).await else { break };
        let news = watch.take(look.report.clone());
        let now = status(&look.report);
        if let Some(known) = watch.last.clone().filter(|known| known.checked_at == look.report.checked_at) {
            look.report = known;
        }
        let reader = if news { tell(check, &look, output)? } else { Reader::Listening };
        last = Some(look);
        if now == Status::Good || reader == Reader::Gone {
            break;
        }
        if before(&mut interrupted, pause(&watch)).await.is_none() {
            break;
        }
    }
    Ok(last.map_or(Status::NotGood, |look| status(&look.report)))
}

/// Until the next look. The clock is read again and again: a computer that slept looks as soon as it is awake.
async fn pause(watch: &Watch) {
    loop {
        let left: Duration = watch.wait(clock::now()).try_into().unwrap_or_default();
        if left.is_zero() {
            return;
        }
        tokio::time::sleep(left.min(LONGEST_NAP)).await;
    }
}

fn tell(check: &Check, look: &Look, output: &Output) -> Result<Reader, Failure> {
    let words = &output.words;
    output.line(&text::change(words, &look.report), &check.document(words, look))
}

/// What the work comes to, or `None` when it was interrupted.
async fn before<T>(interrupted: impl Future<Output = ()>, work: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        done = work => Some(done),
        () = interrupted => None,
    }
}

/// Ends at Ctrl-C; never when the system cannot tell.
pub(super) async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
