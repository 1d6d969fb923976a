//! The watch list: records that are looked at again and again until they are right. What is kept, and what is shown.

use crate::error::FailureCode;
use crate::steps::domains::{Looks, note_look};
use domain_check::{Headline, Report, Verdict, Watch};
use serde::{Deserialize, Serialize};
use time::Duration;
use vocabulary::Timestamp;

/// The form of the file; a file with a higher number was written by a newer version.
pub const SCHEMA: u32 = 1;

/// So many records are watched at most.
pub const MOST: usize = 500;

/// How often a record that is settled and has to stay is looked at.
pub(crate) const DAILY: Duration = Duration::DAY;

/// Everything that is watched, in the order it was added. This is what the file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchList {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The records.
    pub entries: Vec<Watched>,
}

impl Default for WatchList {
    fn default() -> Self {
        Self { schema: SCHEMA, entries: Vec::new() }
    }
}

/// What is watched.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[serde(rename = "WatchSubject")]
pub enum Subject {
    /// The TXT record of any domain, for whoever is on the phone.
    Record {
        /// The domain, in the form DNS carries.
        domain: String,
        /// The labels before it.
        label: String,
        /// The value that has to be there; without one, what is there is looked at.
        expected: Option<String>,
    },
    /// A domain of a project: its record is the one the service issued.
    Project {
        /// The project's id.
        project: String,
        /// The domain, in the form DNS carries.
        domain: String,
    },
}

impl Subject {
    /// The name it is known by on the list: the same subject has the same.
    pub fn id(&self) -> String {
        match self {
            Self::Record { domain, label, expected } => {
                format!("{label}.{domain} {}", expected.as_deref().unwrap_or_default())
            }
            Self::Project { project, domain } => format!("{project}/{domain}"),
        }
    }
}

/// One record that is watched. Nothing of it expires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watched {
    /// What is watched.
    pub subject: Subject,
    /// The domain as people write it.
    pub unicode: String,
    /// When it was looked at, and what was seen last.
    pub watch: Watch,
    /// What was last told about it.
    pub told: Option<Headline>,
    /// The looks so far, those with the same outcome in a row as one; the newest last.
    pub looks: Vec<Looks>,
    /// Whether it rests until somebody says otherwise.
    pub paused: bool,
    /// Since when the record is as it has to be; there is nothing to look for any more then.
    pub settled_at: Option<Timestamp>,
}

/// What a look came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What the name servers said.
    pub report: Report,
    /// Whether there is nothing to look for any more.
    pub settled: bool,
}

impl Watched {
    /// A record that is watched from now on. What somebody has just seen of it is no news.
    pub fn new(subject: Subject, unicode: String, seen: Option<Report>, now: Timestamp) -> Self {
        let mut watched = Self {
            subject,
            unicode,
            watch: Watch::new(now),
            told: None,
            looks: Vec::new(),
            paused: false,
            settled_at: None,
        };
        if let Some(report) = seen {
            watched.take(Seen { report, settled: false });
        }
        watched
    }

    /// Whether it is looked at when its time comes.
    pub const fn is_active(&self) -> bool {
        !self.paused && self.settled_at.is_none()
    }

    /// How long until the next look; `None` when there will be none. The record of a project's domain has to stay: it is
    /// looked at daily after it is settled.
    pub fn wait(&self, now: Timestamp) -> Option<Duration> {
        if self.is_active() {
            return Some(self.watch.wait(now));
        }
        let stays = !self.paused && matches!(self.subject, Subject::Project { .. });
        let looked_at = self.watch.looked_at.filter(|_| stays)?;
        Some(looked_at.plus(DAILY).since(now).clamp(Duration::ZERO, DAILY))
    }

    /// What was settled is open again, and is looked at as often as at the beginning.
    pub const fn unsettle(&mut self, now: Timestamp) {
        if self.settled_at.is_some() {
            self.settled_at = None;
            self.watch.began_at = now;
        }
    }

    /// When the next look is; `None` when there will be none.
    pub fn next_check(&self, now: Timestamp) -> Option<Timestamp> {
        self.wait(now).map(|wait| now.plus(wait))
    }

    /// Takes what a look came to, and says whether it means something else than what was told last. The first look of all
    /// is no news: whoever asked for it is looking.
    pub fn take(&mut self, seen: Seen) -> bool {
        let Seen { report, settled } = seen;
        let (headline, at) = (report.headline(), report.checked_at);
        note_look(&mut self.looks, report.verdict, at);
        self.watch.take(report);
        let newly_settled = settled && self.settled_at.is_none();
        if newly_settled {
            self.settled_at = Some(at);
        }
        let Some(headline) = headline else { return newly_settled };
        if !settled {
            // It is not right any more: it is watched again.
            self.unsettle(at);
        }
        let first = self.told.is_none() && self.looks.iter().map(|looks| looks.count).sum::<u32>() == 1;
        let is_news = newly_settled || (!first && self.told.as_ref() != Some(&headline));
        self.told = Some(headline);
        is_news
    }

    /// Takes that a look was not possible at all: the next one comes when its time comes.
    pub const fn take_failure(&mut self, now: Timestamp) {
        self.watch.looked_at = Some(now);
    }

    /// Goes on, or rests. Going on begins the schedule anew, because somebody waits again.
    pub fn pause(&mut self, paused: bool, now: Timestamp) {
        self.paused = paused;
        if !paused {
            self.settled_at = None;
            self.watch.began_at = now;
        }
    }

    /// As it is shown.
    pub fn view(&self, under_way: bool, now: Timestamp) -> WatchedView {
        let state = match (self.settled_at, self.paused) {
            _ if under_way => WatchState::Looking,
            (Some(since), _) => WatchState::Settled { since },
            (None, true) => WatchState::Paused,
            (None, false) => WatchState::Waiting { next: self.next_check(now).unwrap_or(now) },
        };
        WatchedView {
            id: self.subject.id(),
            subject: self.subject.clone(),
            unicode: self.unicode.clone(),
            report: self.watch.last.clone(),
            looks: self.looks.clone(),
            since: self.looks.first().map_or(self.watch.began_at, |looks| looks.first),
            looked_at: self.watch.looked_at,
            state,
        }
    }
}

/// Whether a report settles a record of [`Subject::Record`]: the expected value is there. Without one nothing does.
pub fn settles(report: &Report) -> bool {
    report.verdict == Verdict::Verified
}

/// The watch list as it is shown, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct WatchListView {
    /// When this was true.
    pub now: Timestamp,
    /// What is watched.
    pub entries: Vec<WatchedView>,
    /// Why the list could not be read or saved, if so.
    pub problem: Option<FailureCode>,
}

/// One record that is watched, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct WatchedView {
    /// Its name on the list.
    pub id: String,
    /// What is watched.
    pub subject: Subject,
    /// The domain as people write it.
    pub unicode: String,
    /// What was seen last.
    pub report: Option<Report>,
    /// The looks so far, those with the same outcome in a row as one; the newest last.
    pub looks: Vec<Looks>,
    /// Since when it is watched.
    pub since: Timestamp,
    /// The last look, whatever came of it.
    pub looked_at: Option<Timestamp>,
    /// What goes on.
    pub state: WatchState,
}

/// What goes on with a record that is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum WatchState {
    /// The next look is to come.
    Waiting {
        /// When.
        next: Timestamp,
    },
    /// The name servers are being asked.
    Looking,
    /// It rests.
    Paused,
    /// The record is as it has to be: nothing is looked for any more.
    Settled {
        /// Since when.
        since: Timestamp,
    },
}

/// Something about a watched record means something else than before: worth interrupting somebody for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// What is watched.
    pub subject: Subject,
    /// The domain as people write it.
    pub unicode: String,
    /// What was seen.
    pub report: Report,
    /// Whether the service has accepted the domain.
    pub accepted: bool,
    /// The record of an accepted domain is gone.
    pub lost: Option<Lost>,
}

/// The record of an accepted domain is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost {
    /// How many days are left to put it back before the service counts the domain as not proven; `None` when the service
    /// has not noticed yet.
    pub days_left: Option<i64>,
}
