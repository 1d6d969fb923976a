//! The change from one signing certificate to another, as a task: the service gets the new one beside the old, and the
//! old one is taken away only after a sign-in was seen that the new one signed.
//!
//! - [`Rollover`]: what the project keeps of it
//! - [`Edit`], [`apply`]: what the administrator decides, and what is refused
//! - [`RolloverView`], [`view`]: the stage it is in, what is noteworthy, what is next

mod edit;
mod view;

pub use edit::{Edit, apply};
pub use view::{RolloverView, Stage, view};

use crate::portal::fields::is_by_file;
use crate::project::Project;
use crate::steps::Proof;
use account_api::{IdentityProvider, SignInState, SignInTest};
use certs::Certificate;
use serde::{Deserialize, Serialize};
use vocabulary::Timestamp;

/// One change of signing certificates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Rollover {
    /// When the new certificate arrived here.
    pub started_at: Timestamp,
    /// What is to go.
    pub old: Vec<Certificate>,
    /// What is to stay.
    pub new: Vec<Certificate>,
    /// When the service was first known to have the new ones, by the service's clock where it tells the time: the
    /// sign-ins are stamped by that one.
    pub sent_at: Option<Timestamp>,
    /// The first sign-in that a new one signed.
    pub seen: Option<SeenSignIn>,
    /// The last sign-in that an old one signed although the service had the new ones.
    pub still_old_at: Option<Timestamp>,
    /// When the old ones were taken away here.
    pub removed_at: Option<Timestamp>,
    /// When it was called off, which leaves the old ones only.
    pub called_off_at: Option<Timestamp>,
}

/// A sign-in that a new certificate signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SeenSignIn {
    /// When.
    pub at: Timestamp,
    /// Who saw it.
    pub by: Proof,
    /// The certificate's SHA-256, where the service told it.
    pub signed_by: Option<String>,
}

impl Rollover {
    fn begin(old: Vec<Certificate>, new: Vec<Certificate>, now: Timestamp) -> Self {
        Self {
            started_at: now,
            old,
            new,
            sent_at: None,
            seen: None,
            still_old_at: None,
            removed_at: None,
            called_off_at: None,
        }
    }

    /// Whether every new certificate is for a key that an old one is for too: then no signature tells them apart.
    pub fn is_same_key(&self) -> bool {
        let known: Vec<_> = self.old.iter().map(Certificate::key_sha256).collect();
        self.new.iter().map(Certificate::key_sha256).all(|key| key.is_some() && known.contains(&key))
    }

    /// The new certificate that is the last to become valid, while it is not yet.
    fn not_yet_valid(&self, now: Timestamp) -> Option<&Certificate> {
        self.new.iter().filter(|one| one.not_before > now).max_by_key(|one| one.not_before)
    }
}

fn has(certificates: &[Certificate], sha256: &str) -> bool {
    certificates.iter().any(|one| plain(&one.sha256) == plain(sha256))
}

/// Fingerprints are written with colons and without.
fn plain(fingerprint: &str) -> String {
    fingerprint.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// Those of the one list that are not in the other.
fn without(certificates: &[Certificate], others: &[Certificate]) -> Vec<Certificate> {
    certificates.iter().filter(|one| !has(others, &one.sha256)).cloned().collect()
}

fn is_same(some: &[Certificate], others: &[Certificate]) -> bool {
    without(some, others).is_empty() && without(others, some).is_empty()
}

/// The certificates that the service had when it was last seen.
pub fn at_service(project: &Project) -> Vec<Certificate> {
    let known = project.integration().and_then(|known| known.identity_provider.as_ref());
    known.map(read).unwrap_or_default()
}

fn read(provider: &IdentityProvider) -> Vec<Certificate> {
    certs::read(provider.certificates.join("\n").as_bytes()).certificates
}

/// The certificates that the service is to have: those that were given, and while they are being changed the old ones
/// beside them. A portal that takes the file itself gets what is in the file.
pub fn signing_certificates(project: &Project) -> Vec<Certificate> {
    let Some(values) = &project.saml.values else { return Vec::new() };
    let given = &values.certificates;
    match &project.saml.rollover {
        Some(_) if takes_file(project) => given.clone(),
        Some(rollover) if rollover.called_off_at.is_some() => rollover.old.clone(),
        Some(rollover) if rollover.removed_at.is_some() => without(given, &rollover.old),
        Some(rollover) => [given.clone(), without(&rollover.old, given)].concat(),
        None => given.clone(),
    }
}

/// Whether the values reach the service as the file that was read here.
fn takes_file(project: &Project) -> bool {
    project.backend.is_by_hand() && is_by_file(project)
}

/// Begins a change when the values that were just given have other certificates than the service, for the same identity
/// provider. A change that runs goes on while its new certificates stay the same.
pub(crate) fn values_given(project: &mut Project, now: Timestamp) {
    let Some(values) = &project.saml.values else { return };
    let given = values.certificates.clone();
    let service = project.integration().and_then(|known| known.identity_provider.as_ref());
    let service = service.filter(|known| known.entity_id == values.entity_id).map(read).unwrap_or_default();
    if let Some(running) = &project.saml.rollover {
        let same_new = is_same(&without(&given, &running.old), &running.new);
        if same_new || is_same(&given, &service) {
            return;
        }
    }
    let next = if project.backend.is_by_support() { None } else { change(&given, &service, now) };
    if next.is_some() {
        project.note(now, "rollover-begun", &[]);
    }
    project.saml.rollover = next;
}

/// The change that leads from what the service has to what was given; none where nothing would go.
fn change(given: &[Certificate], service: &[Certificate], now: Timestamp) -> Option<Rollover> {
    let fresh = without(given, service);
    let gone = without(service, given);
    match (fresh.is_empty(), gone.is_empty()) {
        (true, true) => None,
        // One that was given up at the provider: it may still be the one that signs.
        (true, false) => (!given.is_empty()).then(|| Rollover::begin(gone, given.to_vec(), now)),
        (false, _) => (!service.is_empty()).then(|| Rollover::begin(service.to_vec(), fresh, now)),
    }
}

/// Notes what the service shows: that it has the new certificates.
pub(crate) fn observe(project: &mut Project, now: Timestamp) {
    let service = at_service(project);
    let as_of = project.integration().and_then(|known| known.as_of);
    let Some(rollover) = project.saml.rollover.as_mut() else { return };
    let arrived = !rollover.new.is_empty() && without(&rollover.new, &service).is_empty();
    if arrived && rollover.sent_at.is_none() {
        rollover.sent_at = as_of.or(Some(now));
    }
}

/// Whether the service has the new certificates and nobody was seen to sign in with one of them.
pub(crate) fn waits_for_sign_in(project: &Project) -> bool {
    let waits = |one: &Rollover| one.sent_at.is_some() && one.seen.is_none() && one.called_off_at.is_none();
    project.saml.rollover.as_ref().is_some_and(waits)
}

/// Notes the sign-ins that the service saw and took, and which certificate signed them.
pub(crate) fn sign_ins_seen(project: &mut Project, tests: &[SignInTest], now: Timestamp) {
    let taken = |test: &SignInTest| test.state == SignInState::Passed;
    for answer in tests.iter().filter(|test| taken(test)).filter_map(|test| test.answer.as_ref()) {
        if let Some(signed_by) = &answer.signed_by {
            sign_in_seen(project, signed_by, answer.received_at, now);
        }
    }
}

fn sign_in_seen(project: &mut Project, signed_by: &str, at: Timestamp, now: Timestamp) {
    let Some(rollover) = project.saml.rollover.as_mut() else { return };
    if rollover.sent_at.is_none_or(|sent| at < sent) {
        return;
    }
    if has(&rollover.new, signed_by) {
        if rollover.seen.is_none() {
            rollover.seen =
                Some(SeenSignIn { at, by: Proof::Evidence, signed_by: Some(signed_by.to_owned()) });
            project.note(now, "rollover-seen", &[]);
        }
    } else if has(&rollover.old, signed_by) {
        rollover.still_old_at = rollover.still_old_at.max(Some(at));
    }
}

#[cfg(test)]
mod tests;
