//! Step 6: people put into the groups, now or later.

use super::{Context, Draft, Proof, StepView};
use crate::project::Project;
use account_api::ArrivedUser;
use guides::UserId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::{Finding, StepId, Timestamp};

/// What is entered; now or later is one of the guide's confirmations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "UsersStep")]
pub struct Users {
    /// When the admin said that the step is done.
    pub marked_at: Option<Timestamp>,
    /// Warnings that were ticked, and when.
    #[serde(default)]
    pub accepted: BTreeMap<String, Timestamp>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[serde(rename = "UsersEdit")]
pub enum Edit {
    /// A warning is ticked, or the tick taken back.
    Accept {
        /// The finding's code.
        code: String,
        /// Ticked or not.
        accepted: bool,
    },
}

/// Changes the project.
pub fn apply(project: &mut Project, edit: Edit, now: Timestamp) {
    let Edit::Accept { code, accepted } = edit;
    if accepted {
        project.users.accepted.insert(code, now);
    } else {
        project.users.accepted.remove(&code);
    }
}

/// What is true now.
pub fn view(context: &Context<'_>) -> StepView {
    let data = &context.project.users;
    let known = context.project.known.as_ref();
    let mut draft = Draft::new(StepId::Users);
    draft.started = context.any_confirmed(StepId::Users);
    draft.done_at = context.marked_at(StepId::Users, data.marked_at);
    draft.missing = context.unconfirmed(StepId::Users);
    let theirs = known.and_then(|known| known.integration.users.as_ref());
    draft.missing.extend(context.mark_missing(StepId::Users, data.marked_at, theirs));
    draft.accepted = data.accepted.keys().cloned().collect();
    let arrived = known.map_or(&[][..], |known| &known.arrivals.users);
    draft.findings.extend(external_ids(arrived, context.guide.identity_provider.user_id.as_ref()));
    if context.project.backend.polis().is_some() {
        let arrived = context.project.portal.seen_in_polis.arrived.iter();
        draft.findings.extend(arrived.flat_map(|arrived| arrived.findings.clone()));
    }
    if let Some(arrivals) = known.map(|known| &known.arrivals).filter(|arrivals| arrivals.user_count > 0) {
        draft.proof = Proof::Evidence;
        draft.evidence.push(
            Finding::info("users-arrived")
                .with("users", arrivals.user_count)
                .with("groups", arrivals.group_count),
        );
    }
    for said in ["users-added", "users-later", "test-user-assigned"] {
        if context.project.confirmed.contains_key(said) {
            draft.evidence.push(Finding::info(said));
        }
    }
    draft.settle(context.now)
}

/// The people who came with another identifier than the one that stays theirs, each with what came instead.
fn external_ids(arrived: &[ArrivedUser], wanted: Option<&UserId>) -> Option<Finding> {
    let wanted = wanted?;
    let sent = |user: &ArrivedUser| user.external_id.clone().unwrap_or_default();
    let wrong = arrived.iter().filter(|user| !wanted.form.fits(sent(user).trim()));
    let finding = wrong.clone().fold(Finding::warning("users-external-id-wrong"), |finding, user| {
        finding.seen(&user.user_name, sent(user))
    });
    let count = finding.evidence.len();
    (count > 0).then(|| finding.with("count", count).with("label", &wanted.label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use guides::IdForm;

    fn user(name: &str, external_id: Option<&str>) -> ArrivedUser {
        let external_id = external_id.map(str::to_owned);
        ArrivedUser { user_name: name.into(), display_name: None, external_id, active: true }
    }

    #[test]
    fn a_person_is_known_by_the_identifier_of_the_identity_provider() {
        let wanted = UserId { label: "Okta user ID".into(), form: IdForm::OktaUser };
        let right = user("ada", Some("00u1abcdefGHIJKLMN5d"));
        let arrived = [right.clone(), user("bob", Some("bob@contoso.test")), user("cleo", None)];
        let found = external_ids(&arrived, Some(&wanted)).unwrap();
        assert_eq!((found.args["count"].as_str(), found.args["label"].as_str()), ("2", "Okta user ID"));
        let who: Vec<&str> = found.evidence.iter().map(|seen| seen.source.as_str()).collect();
        assert_eq!(who, ["bob", "cleo"]);
        assert_eq!(external_ids(&[right], Some(&wanted)), None);
        assert_eq!(external_ids(&arrived, None), None);
    }

    #[test]
    fn a_step_saved_before_there_were_ticks_is_read() {
        let saved = r#"{"marked_at": "2026-11-22T14:20:00Z"}"#;
        assert!(serde_json::from_str::<Users>(saved).unwrap().accepted.is_empty());
    }
}
