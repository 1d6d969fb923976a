use super::{Rollover, SeenSignIn, at_service, has, takes_file, without};
use crate::project::Project;
use certs::Certificate;
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, Timestamp};

/// What is to be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
#[serde(rename = "RolloverStage")]
pub enum Stage {
    /// The service has to get the new certificate beside the old.
    Send,
    /// A sign-in that the new one signed has to be seen.
    SignIn,
    /// The old one can be taken away.
    TakeAway,
    /// It was taken away here, and the service still has it.
    SendRemoval,
    /// It was called off here, and the service still has the new one.
    SendCallOff,
    /// It was called off, and the service has the old one only.
    CalledOff,
    /// The service has the new one only.
    Done,
}

impl Stage {
    /// Whether nothing is left to do.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::CalledOff | Self::Done)
    }

    /// What is next, in words; none once it is over.
    pub(crate) fn next(self) -> Option<Finding> {
        match self {
            Self::Send => Some(Finding::info("rollover-send")),
            Self::SignIn => Some(Finding::info("rollover-sign-in")),
            Self::TakeAway => Some(Finding::info("rollover-take-away")),
            Self::SendRemoval => Some(Finding::info("rollover-send-removal")),
            Self::SendCallOff => Some(Finding::info("rollover-send-call-off")),
            Self::CalledOff | Self::Done => None,
        }
    }
}

/// How far a change of signing certificates is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct RolloverView {
    /// What is next.
    pub stage: Stage,
    /// When it began.
    pub started_at: Timestamp,
    /// What is to go.
    pub old: Vec<Certificate>,
    /// What is to stay.
    pub new: Vec<Certificate>,
    /// When the service was first known to have the new ones, by its own clock where it tells the time.
    pub sent_at: Option<Timestamp>,
    /// The first sign-in that a new one signed.
    pub seen: Option<SeenSignIn>,
    /// When the old ones were taken away here.
    pub removed_at: Option<Timestamp>,
    /// What is noteworthy about it now.
    pub notes: Vec<Finding>,
    /// Whether the sign-in is confirmed by word, because nobody can tell here which certificate signed.
    pub by_word: bool,
    /// Why the old ones cannot be taken away yet; none when they can.
    pub refusal: Option<Finding>,
}

/// The change that runs, or the last one; none when there was none.
pub fn view(project: &Project, now: Timestamp) -> Option<RolloverView> {
    let rollover = project.saml.rollover.as_ref()?;
    let stage = stage(project, rollover, now);
    Some(RolloverView {
        stage,
        started_at: rollover.started_at,
        old: rollover.old.clone(),
        new: rollover.new.clone(),
        sent_at: rollover.sent_at,
        seen: rollover.seen.clone(),
        removed_at: rollover.removed_at,
        notes: if stage.is_over() { Vec::new() } else { notes(project, rollover, stage, now) },
        by_word: project.backend.is_by_hand(),
        refusal: refusal(rollover, now),
    })
}

fn stage(project: &Project, rollover: &Rollover, now: Timestamp) -> Stage {
    let service = at_service(project);
    let has_new = without(&rollover.new, &service).is_empty();
    let has_old = rollover.old.iter().any(|one| has(&service, &one.sha256));
    if rollover.called_off_at.is_some() {
        let any_new = rollover.new.iter().any(|one| has(&service, &one.sha256));
        return if any_new { Stage::SendCallOff } else { Stage::CalledOff };
    }
    match (has_new, has_old, rollover.removed_at) {
        (true, false, _) => Stage::Done,
        (false, ..) => Stage::Send,
        (true, true, Some(_)) => Stage::SendRemoval,
        (true, true, None) if refusal(rollover, now).is_none() => Stage::TakeAway,
        (true, true, None) => Stage::SignIn,
    }
}

/// Why the old certificates cannot be taken away yet: who is signed in by them would not be any more.
pub(super) fn refusal(rollover: &Rollover, now: Timestamp) -> Option<Finding> {
    if rollover.sent_at.is_none() {
        return Some(Finding::error("rollover-refused-not-sent"));
    }
    if let Some(late) = rollover.not_yet_valid(now) {
        return Some(Finding::error("rollover-refused-not-valid").with("date", late.not_before));
    }
    if rollover.is_same_key() || rollover.seen.is_some() {
        return None;
    }
    Some(match rollover.still_old_at {
        Some(at) => Finding::error("rollover-refused-still-old").with("at", at),
        None => Finding::error("rollover-refused-no-sign-in"),
    })
}

fn notes(project: &Project, rollover: &Rollover, stage: Stage, now: Timestamp) -> Vec<Finding> {
    let is_entra = project.idp == "entra";
    let provider = if is_entra { "entra" } else { "other" };
    let waits = matches!(stage, Stage::Send | Stage::SignIn);
    let still_old = rollover.still_old_at.filter(|_| waits && rollover.seen.is_none());
    let given = project.saml.values.as_ref().map(|values| values.certificates.as_slice()).unwrap_or_default();
    let old_given = rollover.old.iter().any(|one| has(given, &one.sha256));
    let expired = rollover.old.iter().all(|one| one.not_after < now);
    let ended = rollover.old.iter().map(|one| one.not_after).max();
    let by_file = takes_file(project);
    let by_field = project.backend.is_by_hand() && project.backend.broker().is_none() && !by_file;
    let leaves = matches!(stage, Stage::TakeAway | Stage::SendRemoval);
    [
        ended
            .filter(|_| waits && expired && is_entra)
            .map(|at| Finding::info("rollover-old-expired").with("date", at)),
        rollover.not_yet_valid(now).map(|late| {
            Finding::info("rollover-new-not-valid").with("date", late.not_before).with("provider", provider)
        }),
        rollover.is_same_key().then(|| Finding::info("rollover-same-key")),
        still_old.map(|at| Finding::info("rollover-still-old").with("at", at).with("provider", provider)),
        (waits && !expired && !old_given && !rollover.is_same_key() && still_old.is_none())
            .then(|| Finding::info("rollover-old-withdrawn")),
        (stage == Stage::Send && by_file && !old_given).then(|| Finding::info("rollover-file-only-new")),
        (leaves && by_file && old_given).then(|| Finding::info("rollover-file-has-old")),
        (stage == Stage::Send && by_field).then(|| Finding::info("rollover-field-both")),
    ]
    .into_iter()
    .flatten()
    .collect()
}
