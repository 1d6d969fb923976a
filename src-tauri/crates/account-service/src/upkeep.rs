//! Looks after verified domains, day after day.
//!
//! A domain is lost only when name servers that are responsible for it have said for [`GRACE`] that its record is gone.
//! Not being able to look, a lagging server or broken signatures never count.

use crate::api::domains;
use crate::store;
use crate::store::domains::{StoredDomain, verified};
use crate::{Service, error::Error};
use domain_check::{Report, Verdict};
use std::time::Duration as Wait;
use time::Duration;
use vocabulary::Timestamp;

/// A verified domain is looked at once in so long.
const EVERY: Duration = Duration::days(1);

/// One whose record is gone, or could not be looked for, is looked at again after so long.
const AGAIN: Duration = Duration::hours(1);

/// So long a record may be gone before the domain counts as not verified.
pub(crate) const GRACE: Duration = Duration::days(14);

/// So often it is seen to whether a domain is due.
const ROUND: Wait = Wait::from_secs(600);

/// What a look means for a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consequence {
    /// Nothing changes.
    None,
    /// The record was seen for the first time, or again after the domain was lost.
    Verified,
    /// The record of a verified domain is gone; the grace begins.
    Missing,
    /// It is back before the grace was over.
    Found,
    /// The grace is over.
    Lost,
}

impl Consequence {
    /// How the audit log, the metrics and the log call it.
    pub(crate) const fn action(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Verified => Some("domain.verified"),
            Self::Missing => Some("domain.missing"),
            Self::Found => Some("domain.found"),
            Self::Lost => Some("domain.lost"),
        }
    }

    /// Whether the integration is another one after it.
    pub(crate) const fn is_change(self) -> bool {
        matches!(self, Self::Verified | Self::Lost)
    }
}

/// Decides what a look means.
pub(crate) fn consequence(domain: &StoredDomain, report: &Report, now: Timestamp) -> Consequence {
    let is_verified = domain.verified_at.is_some();
    match (report.verdict == Verdict::Verified, is_verified, domain.missing_since) {
        (true, false, _) => Consequence::Verified,
        (true, true, Some(_)) => Consequence::Found,
        (false, true, None) if report.contradicts() => Consequence::Missing,
        (false, true, Some(since)) if report.contradicts() && now.since(since) >= GRACE => Consequence::Lost,
        _ => Consequence::None,
    }
}

/// Whether it is time to look at a verified domain again.
fn is_due(domain: &StoredDomain, now: Timestamp) -> bool {
    let last_try = domain.looked_at.or(domain.checked_at);
    let seen_lately = domain.checked_at.is_some_and(|at| now.since(at) < EVERY);
    let unsettled = domain.missing_since.is_some() || !seen_lately;
    unsettled && last_try.is_none_or(|at| now.since(at) >= AGAIN)
}

/// Looks at every domain that is due, one after another; how many that were. Of several nodes one does it.
pub(crate) async fn round(service: &Service) -> Result<usize, Error> {
    let Some(turn) = store::turn(&service.inner.pool).await? else { return Ok(0) };
    let mut connection = service.inner.pool.acquire().await?;
    let all = verified(&mut connection).await?;
    drop(connection);
    let now = service.inner.now();
    let mut looked = 0;
    for (account, domain) in all.into_iter().filter(|(_, domain)| is_due(domain, now)) {
        match domains::look_and_write_down(service, &account, &domain).await {
            Ok(_) => looked += 1,
            // Removed in between, or many people look at this moment: the next round sees to it.
            Err(Error::Problem(_) | Error::Busy(_)) => {}
            Err(error) => return Err(error),
        }
    }
    // One that is only dropped is over a little later, and the next round would pass.
    turn.commit().await?;
    Ok(looked)
}

/// Goes round until it is dropped.
pub(crate) async fn forever(service: Service) {
    loop {
        if let Err(error) = round(&service).await {
            tracing::error!(?error, "the domains could not be looked after");
        }
        tokio::time::sleep(ROUND).await;
    }
}
