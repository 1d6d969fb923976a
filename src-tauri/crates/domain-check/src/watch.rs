//! Looking again and again: when, and what counts as news.

use crate::resolvers::still_holds;
use crate::{PublicResolver, Report, Role, ServerRow, Verdict};
use serde::{Deserialize, Serialize};
use time::Duration;
use vocabulary::Timestamp;

/// Often while somebody waits in front of it, more and more rarely after that: every 20 s for five minutes, every minute
/// to half an hour, every 5 to three hours, every 15 to twelve, hourly to 72 hours, and daily from then on.
pub fn pause_after(elapsed: Duration) -> Duration {
    match elapsed.whole_minutes() {
        ..5 => Duration::seconds(20),
        5..30 => Duration::minutes(1),
        30..180 => Duration::minutes(5),
        180..720 => Duration::minutes(15),
        720..4320 => Duration::hours(1),
        _ => Duration::days(1),
    }
}

/// A record that is watched. Whoever watches asks [`Watch::next_check`] when to look, looks, and gives the report to
/// [`Watch::take`]; neither knows the clock.
///
/// It may be written down and read again: nothing of it expires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Watch {
    /// When watching began, or began anew because somebody came back to it.
    pub began_at: Timestamp,
    /// The last look that found something out.
    pub last: Option<Report>,
    /// When the last look was, whatever came of it.
    pub looked_at: Option<Timestamp>,
}

impl Watch {
    /// A record nobody has looked at yet.
    pub const fn new(began_at: Timestamp) -> Self {
        Self { began_at, last: None, looked_at: None }
    }

    /// When to look next. After the computer slept, that is in the past: one look is due then, not one for every look
    /// that was slept through.
    pub fn next_check(&self) -> Timestamp {
        let Some(looked_at) = self.looked_at else { return self.began_at };
        // A clock that was set back does not make anybody wait longer than one pause from now.
        let elapsed = looked_at.since(self.began_at).max(Duration::ZERO);
        looked_at.plus(pause_after(elapsed))
    }

    /// How long to wait at this moment; zero when a look is due. A clock that was set back makes nobody wait longer than
    /// one pause.
    pub fn wait(&self, now: Timestamp) -> Duration {
        let left = self.next_check().since(now);
        let pause = self.next_check().since(self.looked_at.unwrap_or(self.began_at));
        left.clamp(Duration::ZERO, pause)
    }

    /// Takes what a look came to, and says whether it means something else than what was known before.
    ///
    /// A look that failed is not forgotten, but takes nothing back: a record that was verified stays so.
    pub fn take(&mut self, report: Report) -> bool {
        self.looked_at = Some(report.checked_at);
        let Some(last) = &self.last else {
            self.last = Some(report);
            return true;
        };
        if last.verdict == Verdict::Verified && report.is_failure_to_look() {
            return false;
        }
        let report = report.following(last);
        let news = meaning(last) != meaning(&report);
        self.last = Some(report);
        news
    }

    /// Whom of the resolvers to ask after a look, and the rows of those that would only repeat themselves: none is asked
    /// before the delegated name servers agree, nor before what it remembers has expired.
    pub fn resolvers_due(
        &self,
        report: &Report,
        resolvers: &[PublicResolver],
        now: Timestamp,
    ) -> (Vec<PublicResolver>, Vec<ServerRow>) {
        if !report.resolvers_may_be_asked() {
            return (Vec::new(), Vec::new());
        }
        let mut kept = self.still_known(report, now);
        kept.retain(|row| row.role == Role::Resolver);
        let is_kept = |resolver: &&PublicResolver| {
            kept.iter().any(|row| row.address.as_deref() == Some(&resolver.address.to_string()))
        };
        (resolvers.iter().filter(|resolver| !is_kept(resolver)).cloned().collect(), kept)
    }

    /// The rows of resolvers that only would repeat themselves, in an earlier look at the record of this report.
    pub fn still_known(&self, report: &Report, now: Timestamp) -> Vec<ServerRow> {
        let same_record = |last: &&Report| (&last.name, &last.expected) == (&report.name, &report.expected);
        let rows = self.last.iter().filter(same_record).flat_map(|last| &last.servers);
        rows.filter(|row| still_holds(row, now)).cloned().collect()
    }
}

/// What a report says in one breath.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Headline {
    /// The verdict.
    pub verdict: Verdict,
    /// Of a problem, the code of the error that explains it.
    pub code: Option<String>,
}

impl Report {
    /// What is worth interrupting somebody for when it changes. `None` when nobody could be asked: nothing new is known
    /// then, and a network that comes and goes is no news about a domain.
    pub fn headline(&self) -> Option<Headline> {
        if self.is_failure_to_look() {
            return None;
        }
        let error = self.findings.iter().find(|finding| finding.is_error());
        let code = error.filter(|_| self.verdict == Verdict::Problem).map(|finding| finding.code.to_string());
        Some(Headline { verdict: self.verdict, code })
    }
}

/// What a report means to somebody: the verdict, what each name server answers, and what is wrong.
fn meaning(report: &Report) -> (Verdict, Vec<String>, Vec<&str>) {
    let mut answers: Vec<String> = report.delegated().map(answer).collect();
    answers.sort_unstable();
    let mut codes: Vec<&str> = report.findings.iter().map(|finding| finding.code.as_ref()).collect();
    codes.sort_unstable();
    (report.verdict, answers, codes)
}

fn answer(row: &ServerRow) -> String {
    let mut values: Vec<&String> = row.values.iter().collect();
    values.sort_unstable();
    format!("{:?}", (&row.server, &row.address, row.status, values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_grow() {
        let pause = |minutes| pause_after(Duration::minutes(minutes)).whole_seconds();
        assert_eq!(
            [0, 4, 5, 29, 30, 179, 180, 719, 720, 4319, 4320, 99_999].map(pause),
            [20, 20, 60, 60, 300, 300, 900, 900, 3600, 3600, 86_400, 86_400]
        );
        assert_eq!(pause(-10), 20);
    }
}
