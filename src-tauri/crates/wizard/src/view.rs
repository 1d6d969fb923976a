//! What the user interface shows of a project, computed here so that it never decides anything itself.

use crate::abilities::Abilities;
use crate::gate::{Activation, activation};
use crate::metadata::{self, NewerView};
use crate::portal::Portal;
use crate::portal::fields::{FieldView, fields};
use crate::project::Project;
use crate::rollout::{Prerequisite, prerequisites};
use crate::rollover::{self, RolloverView};
use crate::sign_in::{self, SignInsView};
use crate::steps::{Context, StepView, views};
use crate::support::{self, SupportView};
use crate::walk::{self, WalkView};
use certs::Certificate;
use guides::{Guide, PageId, ValueKey};
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, StepId, Timestamp};

/// One project, ready to be shown. It holds no secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProjectView {
    /// Everything entered.
    pub project: Project,
    /// The service's full name.
    pub service_name: String,
    /// The service's name inside a sentence.
    pub service_short_name: String,
    /// The identity provider's full name.
    pub idp_name: String,
    /// The identity provider's name inside a sentence.
    pub idp_short_name: String,
    /// The steps that the service has.
    pub steps: Vec<StepView>,
    /// How many of them, and of the stages after them, are settled.
    pub settled: u8,
    /// Of how many.
    pub total: u8,
    /// The step to continue with; `None` when all are settled.
    pub next: Option<StepId>,
    /// Whether single sign-on is on, and what is missing.
    pub activation: Activation,
    /// The values that the guide's pages name and that are known; the bearer token is not among them.
    pub values: Vec<KnownValue>,
    /// What the project's backend can do by itself.
    pub abilities: Abilities,
    /// What it cannot, each with what stands in for it.
    pub limits: Vec<Finding>,
    /// The service's portal, when everything is entered there by hand.
    pub portal: Option<PortalView>,
    /// How far the service's support is, when that sets it up.
    pub support: Option<SupportView>,
    /// The tests that are walked by hand, as the guide's pages have them.
    pub walks: Vec<WalkView>,
    /// The sign-ins that were tested.
    pub sign_ins: SignInsView,
    /// The signing certificates that the service is to have: those that were given, and while they are being changed the
    /// old ones beside them.
    pub signing_certificates: Vec<Certificate>,
    /// The change of signing certificates that runs, or the last one.
    pub rollover: Option<RolloverView>,
    /// What metadata that was read last would change, while nobody has decided.
    pub newer_metadata: Option<NewerView>,
    /// What should be true before users get the download; empty for a service that has none.
    pub rollout: Vec<Prerequisite>,
    /// How the service answered last.
    pub connection: Connection,
    /// The time this was computed at.
    pub now: Timestamp,
}

/// What there is to do in the service's portal, and what was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PortalView {
    /// What was taken from it and entered there.
    pub given: Portal,
    /// The portal's page with the steps, and with the switch at its top.
    pub page: String,
    /// Where a sign-in through the identity provider begins.
    pub sign_in_page: String,
    /// The host of the records, unless the portal shows another.
    pub txt_label: String,
    /// The fields to fill in, in the portal's order.
    pub fields: Vec<FieldView>,
}

/// One value that a guide's page can show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct KnownValue {
    /// Which.
    pub key: ValueKey,
    /// The value, whole.
    pub value: String,
}

/// How the service answered last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Connection {
    /// It has not been asked since the program was started.
    Unknown,
    /// It answered.
    Connected,
    /// It did not answer; what is shown is what was seen last.
    Offline,
    /// It does not know the access token.
    SignedOut,
}

impl ProjectView {
    /// The view of a project at a time.
    pub fn new(project: Project, guide: &Guide, connection: Connection, now: Timestamp) -> Self {
        let mut steps = views(&Context { project: &project, guide, now });
        if let Some(task) = &project.task {
            steps.retain(|view| view.step == task.step);
        }
        let support = support::view(&project, guide, &steps, now);
        let stages = support.iter().flat_map(|support| &support.stages).map(|stage| &stage.state);
        let states = || steps.iter().map(|view| &view.state).chain(stages.clone());
        let count = |count: usize| u8::try_from(count).unwrap_or(u8::MAX);
        let settled = states().filter(|state| state.is_settled()).count();
        let walks = walk::views(&project, guide);
        let sign_in = walks.iter().find(|walk| walk.page == PageId::TestSignIn.as_str());
        let passed = project.integration().and_then(|known| known.sign_ins.portal.as_ref());
        let walked_at = sign_in.and_then(|walk| walk.proven_at).max(passed.map(|passed| passed.at));
        Self {
            service_name: guide.service.name.clone(),
            service_short_name: guide.service.short_name.clone(),
            idp_name: guide.identity_provider.name.clone(),
            idp_short_name: guide.identity_provider.short_name.clone(),
            settled: count(settled),
            total: count(states().count()),
            next: next(&steps),
            activation: activation(&project, &steps),
            values: values(&project, guide),
            abilities: project.backend.abilities(),
            limits: limits(&project, guide),
            portal: portal(&project, guide, now),
            signing_certificates: rollover::signing_certificates(&project),
            rollover: rollover::view(&project, now),
            newer_metadata: metadata::newer(&project),
            rollout: prerequisites(&project, guide, &steps, walked_at),
            walks,
            sign_ins: sign_in::views(&project, guide, now),
            steps,
            support,
            project,
            connection,
            now,
        }
    }
}

/// What the backend cannot do; of a service that its support sets up, that support does it.
fn limits(project: &Project, guide: &Guide) -> Vec<Finding> {
    match &guide.service.hand_over {
        Some(hand_over) if project.backend.is_by_support() => {
            vec![Finding::info("limit-set-up-by-support").with("to", &hand_over.to)]
        }
        _ => project.backend.limits(),
    }
}

fn portal(project: &Project, guide: &Guide, now: Timestamp) -> Option<PortalView> {
    project.backend.is_by_hand().then(|| PortalView {
        given: project.portal.clone(),
        page: guide.service.links.idp_integration.clone().unwrap_or_default(),
        sign_in_page: guide.service.links.sso_login.clone().unwrap_or_default(),
        txt_label: guide.service.txt_label.clone(),
        fields: fields(project, guide, now),
    })
}

fn values(project: &Project, guide: &Guide) -> Vec<KnownValue> {
    let all = ValueKey::ALL.into_iter().filter(|key| !key.is_secret() && !key.is_file());
    all.filter_map(|key| Some(KnownValue { key, value: value(key, project, guide)? }))
        .filter(|known| !known.value.is_empty())
        .collect()
}

/// The value as far as the project knows it.
pub(crate) fn value(key: ValueKey, project: &Project, guide: &Guide) -> Option<String> {
    if let Some(made) = support::value(key, project, &guide.service) {
        return Some(made);
    }
    let integration = project.integration();
    let groups = &project.groups;
    let idp = project.saml.values.as_ref();
    match key {
        ValueKey::SpEntityId => integration.map(|known| known.service_provider.entity_id.clone()),
        ValueKey::AcsUrl => integration.map(|known| known.service_provider.acs_url.clone()),
        ValueKey::SloUrl => integration?.service_provider.slo_url.clone(),
        ValueKey::ScimBaseUrl => integration.map(|known| known.scim.base_url.clone()),
        ValueKey::TxtHost => Some(guide.service.txt_label.clone()),
        ValueKey::TxtValue => integration?.domains.first().map(|domain| domain.record.value.clone()),
        ValueKey::AdminsGroupName => Some(groups.admins.idp_name.clone()),
        ValueKey::AdminsGroupId => Some(groups.admins.id.clone()),
        ValueKey::UsersGroupName => Some(groups.users.idp_name.clone()),
        ValueKey::UsersGroupId => Some(groups.users.id.clone()),
        ValueKey::AppName => Some(project.app_registration.app_name.trim().to_owned()),
        ValueKey::IdpEntityId => idp.map(|values| values.entity_id.clone()),
        ValueKey::IdpSsoUrl => idp.map(|values| values.sso_url.clone()),
        ValueKey::IdpCertificate => idp?.certificates.first().map(|certificate| certificate.pem.clone()),
        ValueKey::SsoLoginUrl => guide.service.links.sso_login.clone(),
        ValueKey::DownloadLink => guide.service.links.download.clone(),
        ValueKey::BackupLogin => guide.step(StepId::BackupLogin).map(|_| project.backup_login.email.clone()),
        ValueKey::SpMetadataFile
        | ValueKey::IdpMetadataFile
        | ValueKey::ScimBearerToken
        | ValueKey::CustomerName => None,
    }
}

/// The first step that asks for attention; else the first open one whose predecessors, as far as the service has them,
/// are settled and that nobody else is waited for; else the first open one.
fn next(steps: &[StepView]) -> Option<StepId> {
    use crate::steps::StepState::{NeedsAttention, Waiting};
    let settled = |step: &StepId| !steps.iter().any(|view| view.step == *step && !view.state.is_settled());
    let open = || steps.iter().filter(|view| !view.state.is_settled());
    let attention = open().find(|view| matches!(view.state, NeedsAttention { .. }));
    let ready = || {
        open().find(|view| !matches!(view.state, Waiting { .. }) && view.step.follows().iter().all(settled))
    };
    attention.or_else(ready).or_else(|| open().next()).map(|view| view.step)
}
