use super::view::refusal;
use super::{Rollover, SeenSignIn};
use crate::error::{Failure, FailureCode};
use crate::project::{Project, invalid};
use crate::steps::Proof;
use serde::{Deserialize, Serialize};
use vocabulary::Timestamp;

/// One decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
#[serde(rename = "RolloverEdit")]
pub enum Edit {
    /// A sign-in with the new certificate was seen, by word; only where nobody can tell here which one signed.
    SawSignIn,
    /// That is taken back.
    SawNoSignIn,
    /// The old certificates are taken away.
    TakeAway,
    /// They are put back.
    PutBack,
    /// The change is called off: only the old certificates stay.
    CallOff,
    /// It goes on after all.
    GoOn,
}

/// Changes the project.
///
/// # Errors
/// [`RolloverUnproven`](FailureCode::RolloverUnproven) when the old certificates cannot be taken away yet: `reason` says
/// why. [`RolloverProven`](FailureCode::RolloverProven) when sign-ins use the new ones already, so that it cannot be
/// called off. [`InvalidInput`](FailureCode::InvalidInput) when no change runs, or what the service sees is given by word.
pub fn apply(project: &mut Project, edit: Edit, now: Timestamp) -> Result<(), Failure> {
    let by_hand = project.backend.is_by_hand();
    let rollover = project.saml.rollover.as_mut().ok_or_else(|| invalid("rollover", "does not run"))?;
    match edit {
        Edit::SawSignIn | Edit::SawNoSignIn if !by_hand => {
            return Err(invalid("rollover", "is seen by the service itself"));
        }
        Edit::SawSignIn => saw(rollover, now)?,
        Edit::SawNoSignIn => rollover.seen = None,
        Edit::TakeAway => take_away(rollover, now)?,
        Edit::PutBack => rollover.removed_at = None,
        Edit::CallOff => call_off(rollover, now)?,
        Edit::GoOn => rollover.called_off_at = None,
    }
    project.note(now, edit.happening(), &[]);
    Ok(())
}

impl Edit {
    const fn happening(self) -> &'static str {
        match self {
            Self::SawSignIn => "rollover-seen",
            Self::SawNoSignIn => "rollover-not-seen",
            Self::TakeAway => "rollover-old-removed",
            Self::PutBack => "rollover-old-put-back",
            Self::CallOff => "rollover-called-off",
            Self::GoOn => "rollover-goes-on",
        }
    }
}

fn saw(rollover: &mut Rollover, now: Timestamp) -> Result<(), Failure> {
    if rollover.sent_at.is_none() {
        return Err(unproven("not-sent"));
    }
    rollover.seen = Some(SeenSignIn { at: now, by: Proof::Word, signed_by: None });
    Ok(())
}

fn take_away(rollover: &mut Rollover, now: Timestamp) -> Result<(), Failure> {
    if let Some(finding) = refusal(rollover, now) {
        let reason = finding.code.trim_start_matches("rollover-refused-").to_owned();
        let failure = unproven(&reason);
        return Err(finding.args.iter().fold(failure, |failure, (name, value)| failure.with(name, value)));
    }
    rollover.removed_at = Some(now);
    rollover.called_off_at = None;
    Ok(())
}

fn call_off(rollover: &mut Rollover, now: Timestamp) -> Result<(), Failure> {
    if let Some(seen) = rollover.seen.as_ref().filter(|_| !rollover.is_same_key()) {
        let failure = Failure::new(FailureCode::RolloverProven, "sign-ins use the new certificate");
        return Err(failure.with("at", seen.at));
    }
    rollover.called_off_at = Some(now);
    rollover.removed_at = None;
    Ok(())
}

fn unproven(reason: &str) -> Failure {
    Failure::new(FailureCode::RolloverUnproven, format!("the old certificate stays: {reason}"))
        .with("reason", reason)
}
