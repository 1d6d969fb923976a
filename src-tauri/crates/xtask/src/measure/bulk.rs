//! Many domains beside each other, by the way that `signpost domain bulk` goes, and without the limit of a list.

use super::{Trouble, YEAR, moment};
use dns_walk::{Config, Walker};
use domain_check::{DomainName, Report, Verdict, judge};
use std::sync::Arc;
use tokio::task::JoinSet;
use vocabulary::Timestamp;

const LABEL: &str = "_parallels-challenge";

/// Checks the domains `near-1.test` to `near-COUNT.test` and prints a line for each.
///
/// # Errors
/// Unless every record is found right.
pub(crate) fn measure(count: usize, at_once: usize, token: &str) -> Result<(), Trouble> {
    // No signature depends on the time here, and reading a clock is not what is measured.
    let now = moment(YEAR / 2)?;
    let walker = Walker::new(Config::from_env()?, Arc::new(move || now));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let verified = runtime.block_on(all(&walker, count, at_once, token, now))?;
    if verified == count { Ok(()) } else { Err(format!("{verified} of {count} are verified").into()) }
}

async fn all(
    walker: &Walker,
    count: usize,
    at_once: usize,
    token: &str,
    now: Timestamp,
) -> Result<usize, Trouble> {
    let mut numbers = 1..=count;
    let mut checks = JoinSet::new();
    let mut verified = 0;
    loop {
        while checks.len() < at_once
            && let Some(number) = numbers.next()
        {
            let parsed = DomainName::parse(&format!("near-{number}.test"));
            let domain = parsed.map_err(|finding| finding.code.into_owned())?.domain;
            checks.spawn(one(walker.clone(), domain, token.to_owned(), now));
        }
        let Some(done) = checks.join_next().await else { return Ok(verified) };
        let report = done?;
        verified += usize::from(report.verdict == Verdict::Verified);
        println!("{}", serde_json::to_string(&report)?);
    }
}

async fn one(walker: Walker, domain: DomainName, token: String, now: Timestamp) -> Report {
    let collected = walker.collect(&domain, LABEL, Some(&token)).await;
    judge(Some(&token), &collected, now)
}
