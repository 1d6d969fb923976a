//! How long a verdict takes after the last answer.

use super::Trouble;
use dns_walk::{Config, SoFar, Walker};
use domain_check::{CheckSoFar, DomainName, Outcome, ServerAnswer, judge};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use vocabulary::Timestamp;

const LABEL: &str = "_parallels-challenge";

/// Checks a domain again and again and prints the median, in nanoseconds, of the time from the moment the slowest
/// answering name server had answered to the verdict. With a dead server that is the verdict on the others, which its
/// silence has to leave as it is.
pub(crate) fn measure(domain: &str, token: &str, rounds: usize, roots: &Path) -> Result<(), Trouble> {
    let parsed = DomainName::parse(domain).map_err(|finding| format!("{}: {finding:?}", domain))?;
    let config = Config::default().with_roots_of(roots)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut times = Vec::new();
    for _ in 0..rounds.max(1) {
        times.push(runtime.block_on(one(&config, &parsed.domain, token))?);
    }
    times.sort_unstable();
    println!("{}", times[times.len() / 2].as_nanos());
    Ok(())
}

async fn one(config: &Config, domain: &DomainName, token: &str) -> Result<Duration, Trouble> {
    let begin = Instant::now();
    // A clock of our own, whose seconds are microseconds since the beginning: rows note when they were asked by it.
    let clock = Arc::new(move || microseconds(begin.elapsed()));
    let (mut last, mut early) = (Duration::ZERO, None);
    let on_change = |so_far: SoFar<'_>| {
        let Some(answered) = so_far.newest().and_then(answered) else { return };
        last = last.max(answered);
        let told =
            CheckSoFar::of(Some(token), &so_far.collected(), Vec::new(), microseconds(begin.elapsed()));
        early = told.report.map(|report| (report.verdict, begin.elapsed()));
    };
    let walker = Walker::new(config.clone(), clock);
    let collected = walker.collect_telling(domain, LABEL, Some(token), &[], on_change).await;
    let report = judge(Some(token), &collected, microseconds(begin.elapsed()));
    let whole = begin.elapsed();
    let (verdict, at) = early.ok_or("no name server answered")?;
    let is_dead = report.delegated().any(|row| !row.status.is_answer());
    if verdict != report.verdict {
        return Err(format!("the verdict was {verdict:?} and became {:?}", report.verdict).into());
    }
    Ok(if is_dead { at } else { whole }.saturating_sub(last))
}

/// When the server had answered, to the millisecond below.
fn answered(row: &ServerAnswer) -> Option<Duration> {
    let Outcome::Answered(_) = row.txt else { return None };
    let asked = Duration::from_micros(u64::try_from(row.asked_at.unix()).ok()?);
    Some(asked + Duration::from_millis(row.took_ms.into()))
}

fn microseconds(since: Duration) -> Timestamp {
    let seconds = i64::try_from(since.as_micros()).unwrap_or_default();
    Timestamp::new(time::OffsetDateTime::UNIX_EPOCH + time::Duration::seconds(seconds))
}
