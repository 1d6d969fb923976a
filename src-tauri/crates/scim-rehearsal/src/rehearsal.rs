use crate::bodies::Cast;
use crate::clean_up::clean_up;
use crate::endpoint::Endpoint;
use crate::plan::Part;
use crate::record::Record;
use crate::scripts;
use crate::stage::Stage;
use serde::{Deserialize, Serialize};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use vocabulary::{Evidence, Finding};

/// What became of one thing an identity provider does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "RehearsalCheck")]
pub struct Check {
    /// The part and the name, with a dot between them: `entra.members-add`.
    pub id: String,
    /// Whose sequence it belongs to.
    pub part: Part,
    /// The id of the text that says what is done: `rehearsal-NAME`.
    pub text: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it does not do.
    pub finding: Option<Finding>,
    /// The requests and their answers, in order.
    pub evidence: Vec<Evidence>,
}

/// What became of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "RehearsalOutcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// It was done, and read back as it has to be.
    Passed,
    /// It was refused, or taken without effect.
    Failed,
    /// What it needs did not come about.
    NotTried,
}

/// Why a rehearsal ended before its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "RehearsalEnded", rename_all = "kebab-case", tag = "kind")]
pub enum Ended {
    /// Somebody wanted it to end.
    Stopped,
    /// The endpoint did not answer.
    Unreached {
        /// Why, as the network says it.
        reason: String,
    },
    /// The first answer was no use: the one check that was made says why.
    Unusable,
}

/// A rehearsal, after everything it made was taken away again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Rehearsal {
    /// Every check of the parts that were asked for, also those that were not tried.
    pub checks: Vec<Check>,
    /// Why it ended before its end, if it did.
    pub ended: Option<Ended>,
    /// The names of what could not be taken away again.
    pub left_behind: Vec<String>,
}

/// How far a rehearsal is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "RehearsalSoFar")]
pub struct Progress {
    /// How many checks are made.
    pub done: u32,
    /// How many there are.
    pub total: u32,
    /// The newest.
    pub newest: Check,
}

impl Rehearsal {
    /// How many checks came out so.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.checks.iter().filter(|check| check.outcome == outcome).count()
    }

    /// Every finding, those about the endpoint first.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.checks.iter().filter_map(|check| check.finding.as_ref())
    }
}

/// Plays the parts one after the other and takes away what it made, also when it is told to stop or the endpoint falls
/// silent. `tell` hears of each check as soon as it is made. Dropping the future leaves things behind; `stop` does not:
/// it waits for the answer to a change that is on its way.
pub async fn rehearse(
    endpoint: &dyn Endpoint,
    cast: &Cast,
    parts: &[Part],
    stop: impl Future<Output = ()> + Send,
    tell: &(dyn Fn(Progress) + Send + Sync),
) -> Rehearsal {
    let record = Record::default();
    let ended = until_stopped(play(endpoint, cast, parts, &record, tell), stop, &record).await;
    let left_behind = clean_up(endpoint, &record).await;
    let mut checks = std::mem::take(&mut record.state().checks);
    let is_known = |id: &String, checks: &[Check]| checks.iter().any(|check| check.id == *id);
    for part in parts {
        for planned in part.checks() {
            let open = Check::new(*part, planned.name(), planned.code);
            if !is_known(&open.id, &checks) {
                checks.push(open);
            }
        }
    }
    checks.sort_by_key(|check| parts.iter().position(|part| *part == check.part));
    let made = !record.state().made.is_empty();
    checks.extend(made.then(|| clean_up_check(&left_behind)));
    Rehearsal { checks, ended: ended.err(), left_behind }
}

fn clean_up_check(left_behind: &[String]) -> Check {
    let mut check = Check::new(Part::Endpoint, "clean-up", "rehearsal-clean-up");
    check.outcome = if left_behind.is_empty() { Outcome::Passed } else { Outcome::Failed };
    if !left_behind.is_empty() {
        let finding = Finding::error("rehearsal-clean-up").with("count", left_behind.len());
        check.finding = Some(left_behind.iter().fold(finding, |finding, name| finding.seen("", name)));
    }
    check
}

async fn play(
    endpoint: &dyn Endpoint,
    cast: &Cast,
    parts: &[Part],
    record: &Record,
    tell: &(dyn Fn(Progress) + Send + Sync),
) -> Result<(), Ended> {
    let total = parts.iter().map(|part| part.checks().len()).sum::<usize>();
    for part in parts {
        let mut stage = Stage::new(endpoint, cast, *part, record, total, tell);
        scripts::play(&mut stage).await?;
    }
    Ok(())
}

/// Ends the work as soon as `stop` is there and no change is on its way.
async fn until_stopped(
    work: impl Future<Output = Result<(), Ended>>,
    stop: impl Future<Output = ()>,
    record: &Record,
) -> Result<(), Ended> {
    let (mut work, mut stop) = (pin!(work), pin!(stop));
    poll_fn(|context| {
        let was_stopping = record.state().is_stopping;
        let is_stopping = was_stopping || stop.as_mut().poll(context).is_ready();
        record.state().is_stopping = is_stopping;
        if is_stopping && !record.state().is_changing {
            return Poll::Ready(Err(Ended::Stopped));
        }
        work.as_mut().poll(context)
    })
    .await
}

impl Check {
    /// One that was not tried.
    pub(crate) fn new(part: Part, name: &str, code: &str) -> Self {
        Self {
            id: format!("{}.{name}", part.as_str()),
            part,
            text: code.to_owned(),
            outcome: Outcome::NotTried,
            finding: None,
            evidence: Vec::new(),
        }
    }
}
