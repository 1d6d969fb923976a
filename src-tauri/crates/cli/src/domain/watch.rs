//! Looking again and again.

use super::{Check, Look, status, text};
use crate::failure::{Failure, Status};
use crate::output::{Output, Reader};
use domain_check::{Report, ServerRow};
use std::future::Future;
use std::pin::pin;
use std::time::{Duration, Instant};

/// Prints one line for every change, until the record is verified, Ctrl-C, or nobody reads any more.
///
/// The exit status is that of the last look.
pub(super) async fn until_verified(check: &Check, output: &Output) -> Result<Status, Failure> {
    let began = Instant::now();
    let mut interrupted = pin!(interrupted());
    let mut last: Option<Look> = None;
    loop {
        let Some(mut look) = before(&mut interrupted, check.look()).await else { break };
        if let Some(last) = &last {
            look.report = look.report.following(&last.report);
        }
        let changed = last.as_ref().is_none_or(|last| differ(&last.report, &look.report));
        let reader = if changed { tell(check, &look, output)? } else { Reader::Listening };
        let now = status(&look.report);
        last = Some(look);
        if now == Status::Good || reader == Reader::Gone {
            break;
        }
        let pause = tokio::time::sleep(pause_after(began.elapsed()));
        if before(&mut interrupted, pause).await.is_none() {
            break;
        }
    }
    Ok(last.map_or(Status::NotGood, |look| status(&look.report)))
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

/// Often while somebody waits in front of it, more and more rarely after that.
fn pause_after(elapsed: Duration) -> Duration {
    let minutes = |count: u64| Duration::from_secs(60 * count);
    match elapsed.as_secs() / 60 {
        0..5 => Duration::from_secs(20),
        5..30 => minutes(1),
        30..180 => minutes(5),
        180..720 => minutes(15),
        _ => minutes(60),
    }
}

/// Whether the verdict, a delegated server's answer or the findings are others than before.
fn differ(earlier: &Report, later: &Report) -> bool {
    earlier.verdict != later.verdict || answers(earlier) != answers(later) || codes(earlier) != codes(later)
}

/// In one order, because servers are listed as they answer.
fn answers(report: &Report) -> Vec<String> {
    let answer =
        |row: &ServerRow| format!("{:?}", (&row.server, &row.address, row.status, sorted(&row.values)));
    let mut answers: Vec<String> = report.delegated().map(answer).collect();
    answers.sort_unstable();
    answers
}

fn sorted(values: &[String]) -> Vec<&String> {
    let mut values: Vec<&String> = values.iter().collect();
    values.sort_unstable();
    values
}

fn codes(report: &Report) -> Vec<&str> {
    let mut codes: Vec<&str> = report.findings.iter().map(|finding| finding.code.as_ref()).collect();
    codes.sort_unstable();
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_grow() {
        let pause = |seconds| pause_after(Duration::from_secs(seconds)).as_secs();
        assert_eq!(
            [0, 299, 300, 1800, 3 * 3600, 12 * 3600, 100 * 3600].map(pause),
            [20, 20, 60, 300, 900, 3600, 3600]
        );
    }
}
