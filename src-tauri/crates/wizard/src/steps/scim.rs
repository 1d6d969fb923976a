//! Step 5: provisioning by SCIM.

use super::{Context, Draft, Proof, StepState, StepView};
use crate::portal::shape;
use crate::project::{ConflictField, Project};
use account_api::{Arrivals, LastCall, Scim as ServiceScim};
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, Severity, StepId, Timestamp};

/// What is entered. The bearer token is in the keyring, never here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "ScimStep")]
pub struct Scim {
    /// On unless the identity provider cannot do SCIM.
    pub enabled: bool,
    /// The last characters of the token in the keyring, once there is one.
    pub token_hint: Option<String>,
    /// When the admin said that the configuration in the identity provider is done.
    pub marked_at: Option<Timestamp>,
}

impl Default for Scim {
    fn default() -> Self {
        Self { enabled: true, token_hint: None, marked_at: None }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "ScimEdit")]
pub struct Edit {
    /// Whether people and groups are sent by SCIM.
    pub enabled: bool,
}

/// Changes the project.
pub fn apply(project: &mut Project, edit: Edit) {
    project.scim.enabled = edit.enabled;
}

/// Where the two sides differ.
pub fn differences(mine: bool, theirs: bool) -> Vec<ConflictField> {
    let word = |on: bool| if on { "on" } else { "off" }.to_owned();
    let field = || ConflictField { field: "scim-enabled".to_owned(), mine: word(mine), theirs: word(theirs) };
    (mine != theirs).then(field).into_iter().collect()
}

/// What is true now.
pub fn view(context: &Context<'_>) -> StepView {
    let data = &context.project.scim;
    let known = context.project.integration().map(|known| &known.scim);
    let mut draft = Draft::new(StepId::Scim);
    draft.unsent = known.is_some_and(|known| known.enabled != data.enabled);
    draft.add_open_fields(context);
    if !data.enabled {
        return draft.with_state(StepState::NotNeeded { why: "scim-off".to_owned() });
    }
    draft.started = data.token_hint.is_some() || context.any_confirmed(StepId::Scim);
    draft.findings = findings(context, known);
    draft.missing.extend(missing(context, known));
    draft.done_at = data.marked_at;
    if context.by_hand() {
        draft.findings.extend(base_url_findings(context.project));
        draft.evidence.extend(data.token_hint.as_ref().map(|_| Finding::info("scim-token-kept")));
    }
    if context.project.backend.polis().is_some() {
        draft.findings.extend(crate::polis::judge_directories(context.project));
        if let Some(arrivals) = arrived(context.project) {
            draft.proof = Proof::Evidence;
            let arrived = Finding::info("polis-arrived").with("users", arrivals.user_count);
            draft.evidence.push(arrived.with("groups", arrivals.group_count));
        }
    }
    if let Some(call) = last_call(context.project) {
        draft.proof = Proof::Evidence;
        draft.evidence.push(Finding::info("scim-called").with("at", call.at).with("status", call.status));
    }
    if let Some(token) = known.and_then(|known| known.token.as_ref()) {
        draft.evidence.push(Finding::info("scim-token-issued").with("at", token.issued_at));
    }
    draft.settle(context.now)
}

/// What was called before the identity provider was changed says nothing about the one now.
fn last_call(project: &Project) -> Option<&LastCall> {
    let call = project.known.as_ref()?.arrivals.last_call.as_ref()?;
    let changed = project.aside.providers.iter().map(|kept| kept.at).max();
    changed.is_none_or(|changed| call.at > changed).then_some(call)
}

/// Who has arrived in Polis; who came before the identity provider was changed says nothing about the one now.
fn arrived(project: &Project) -> Option<&Arrivals> {
    let arrivals = &project.known.as_ref()?.arrivals;
    let any = arrivals.user_count + arrivals.group_count > 0;
    (any && project.aside.providers.is_empty()).then_some(arrivals)
}

fn missing(context: &Context<'_>, known: Option<&ServiceScim>) -> Vec<Finding> {
    let mut missing = Vec::new();
    let portal = &context.project.portal;
    if context.by_hand() && portal.scim_base_url.trim().is_empty() {
        missing.push(Finding::info("scim-base-url-missing"));
    }
    match (&context.project.scim.token_hint, context.by_hand()) {
        (Some(_), _) => {}
        (None, true) => missing.push(Finding::info("scim-token-not-taken")),
        (None, false) => missing.push(Finding::info("scim-token-missing")),
    }
    missing.extend(context.unconfirmed(StepId::Scim));
    let mark = known.and_then(|known| known.mark.as_ref());
    missing.extend(context.mark_missing(StepId::Scim, context.project.scim.marked_at, mark));
    missing
}

fn base_url_findings(project: &Project) -> Vec<Finding> {
    let portal = &project.portal;
    let found = shape::judge_scim_base_url(&portal.scim_base_url, &portal.service_provider.acs_url);
    // What was read from a Polis on this computer may be an address on this computer.
    let unfit =
        |_: &Finding| project.backend.polis().is_none() || !saml::is_usable_address(&portal.scim_base_url);
    found.into_iter().filter(unfit).map(|finding| finding.with("field", "scim-base-url")).collect()
}

/// Whether it is about the token that this computer keeps, which is nothing that is sent to the service.
pub fn is_about_kept_token(finding: &Finding) -> bool {
    matches!(finding.code.as_ref(), "scim-token-ending" | "scim-token-replaced" | "scim-token-revoked")
}

/// The token that this computer keeps may have been replaced or revoked from elsewhere. Once the identity provider calls
/// with the newer one there is nothing left to do there. A portal tells nothing of its tokens.
fn findings(context: &Context<'_>, known: Option<&ServiceScim>) -> Vec<Finding> {
    let (Some(kept), Some(known)) = (context.project.scim.token_hint.as_deref(), known) else {
        return Vec::new();
    };
    let current = known.token.as_ref();
    if context.by_hand() || current.is_some_and(|token| token.hint == kept) {
        return Vec::new();
    }
    let old = known.old_tokens.iter().find(|token| token.hint == kept);
    let ends = old.and_then(|token| token.ends_at).filter(|at| *at > context.now);
    let is_used = current.is_some_and(|token| token.used_at.is_some());
    let severity = if is_used { Severity::Info } else { Severity::Warning };
    let finding = match (ends, current) {
        (Some(at), _) => Finding::new(severity, "scim-token-ending").with("at", at),
        (None, Some(_)) => Finding::new(severity, "scim-token-replaced"),
        (None, None) => Finding::error("scim-token-revoked"),
    };
    vec![finding.with("used", if is_used { "yes" } else { "no" })]
}
