//! What belongs to an identity provider, and what to a backend: taken out of a project, and put in again.

use super::Guides;
use crate::handover::HandOver;
use crate::portal::{self, Portal};
use crate::project::{Backend, Conflict, Known, Project};
use crate::sign_in::SignIns;
use crate::steps::app_registration::AppRegistration;
use crate::steps::domains::{Looks, Standing};
use crate::steps::groups::{GroupEntry, Groups};
use crate::steps::mark_mut;
use crate::steps::saml::Saml;
use crate::walk::{self, Walks};
use domain_check::Report;
use guides::{Carried, Guide, Page, PageId, ValueKey};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::mem::{replace, take};
use vocabulary::{Finding, StepId, Timestamp};

/// The steps that are done at the identity provider.
pub(super) const AT_PROVIDER: [StepId; 5] =
    [StepId::AppRegistration, StepId::Groups, StepId::Saml, StepId::Scim, StepId::Users];

/// What was entered and confirmed for one identity provider.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProviderParts {
    /// Its id.
    pub idp: String,
    /// The backend that the settings went to meanwhile.
    pub backend: Backend,
    /// When it was set aside.
    pub at: Timestamp,
    /// Step 2.
    pub app_registration: AppRegistration,
    /// Step 3.
    pub groups: Groups,
    /// Step 4.
    pub saml: Saml,
    /// What was said to be done, by step.
    pub marks: BTreeMap<StepId, Timestamp>,
    /// The confirmations, by id.
    pub confirmed: BTreeMap<String, Timestamp>,
    /// What was seen in the tests that are walked by hand.
    #[serde(default)]
    pub walks: Walks,
    /// The warnings about those who arrived that were ticked.
    #[serde(default)]
    pub users_accepted: BTreeMap<String, Timestamp>,
    /// The steps that somebody else had.
    pub handovers: Vec<HandOver>,
    /// A push that was not decided.
    pub conflict: Option<Conflict>,
}

/// What was taken from one backend, and confirmed about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct BackendParts {
    /// Which.
    pub backend: Backend,
    /// The identity provider that the project had meanwhile, by id.
    pub idp: String,
    /// When it was set aside.
    pub at: Timestamp,
    /// The account's id there.
    pub account: Option<String>,
    /// Which of the project's names in the keyring has the secrets.
    pub keyring_slot: u32,
    /// The service's state as it was last seen.
    pub known: Option<Known>,
    /// What was taken from and entered into the portal.
    pub portal: Portal,
    /// What was seen of each domain's record, by its ASCII name.
    pub looks: BTreeMap<String, Look>,
    /// The last characters of the bearer token.
    pub token_hint: Option<String>,
    /// When the groups were sent.
    pub groups_sent_at: Option<Timestamp>,
    /// When the identity provider's values were sent.
    pub saml_sent_at: Option<Timestamp>,
    /// What was said to be done at the identity provider with this backend's values, by step.
    pub marks: BTreeMap<StepId, Timestamp>,
    /// The confirmations of those steps, by id.
    pub confirmed: BTreeMap<String, Timestamp>,
    /// What was seen in the tests that are walked by hand.
    #[serde(default)]
    pub walks: Walks,
    /// The steps that somebody else had.
    pub handovers: Vec<HandOver>,
    /// A push that was not decided.
    pub conflict: Option<Conflict>,
}

/// What was seen of a domain's record.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "KeptLook")]
pub struct Look {
    /// What the delegated name servers said last.
    pub report: Option<Report>,
    /// Where the record stood when that was last seen for certain.
    #[serde(default)]
    pub standing: Option<Standing>,
    /// The looks so far.
    pub looks: Vec<Looks>,
    /// What the service found.
    pub refusal: Vec<Finding>,
}

impl ProviderParts {
    /// The beginning with an identity provider: the groups keep their names, which the service has already.
    pub(super) fn fresh(project: &Project, idp: &str, now: Timestamp) -> Self {
        let named = |group: &GroupEntry| GroupEntry { id: String::new(), ..group.clone() };
        let groups = Groups {
            admins: named(&project.groups.admins),
            users: named(&project.groups.users),
            sent_at: None,
        };
        Self {
            idp: idp.to_owned(),
            backend: project.backend.clone(),
            at: now,
            app_registration: AppRegistration::default(),
            groups,
            saml: Saml::default(),
            marks: BTreeMap::new(),
            confirmed: BTreeMap::new(),
            walks: Walks::new(),
            users_accepted: BTreeMap::new(),
            handovers: Vec::new(),
            conflict: None,
        }
    }
}

impl BackendParts {
    /// The beginning at a backend.
    pub(super) fn fresh(
        project: &Project,
        backend: &Backend,
        account: Option<String>,
        now: Timestamp,
    ) -> Self {
        Self {
            backend: backend.clone(),
            idp: project.idp.clone(),
            at: now,
            account,
            keyring_slot: project.aside.slots.max(project.keyring_slot) + 1,
            known: None,
            portal: Portal::default(),
            looks: BTreeMap::new(),
            token_hint: None,
            groups_sent_at: None,
            saml_sent_at: None,
            marks: BTreeMap::new(),
            confirmed: BTreeMap::new(),
            walks: Walks::new(),
            handovers: Vec::new(),
            conflict: None,
        }
    }
}

/// Puts one identity provider's parts into a project; what stood there comes out.
pub(super) fn exchange_provider(
    project: &mut Project,
    guides: Guides<'_>,
    mut incoming: ProviderParts,
    now: Timestamp,
) -> ProviderParts {
    let about = confirmations(guides.from, &AT_PROVIDER);
    let outgoing = ProviderParts {
        idp: replace(&mut project.idp, incoming.idp.clone()),
        backend: project.backend.clone(),
        at: now,
        marks: take_marks(project, &AT_PROVIDER),
        confirmed: take_confirmed(project, &about),
        app_registration: take(&mut project.app_registration),
        groups: take(&mut project.groups),
        saml: take(&mut project.saml),
        walks: walk::take(project),
        users_accepted: take(&mut project.users.accepted),
        handovers: take_handovers(project, &AT_PROVIDER),
        conflict: project.conflict.take(),
    };
    if incoming.backend != project.backend {
        incoming.forget_other_backend(guides.to);
    }
    project.app_registration = incoming.app_registration;
    project.groups = incoming.groups;
    project.saml = incoming.saml;
    project.walks = incoming.walks;
    project.sign_ins = SignIns::default();
    project.users.accepted = incoming.users_accepted;
    project.handovers.extend(incoming.handovers);
    project.conflict = incoming.conflict;
    project.confirmed.extend(incoming.confirmed);
    put_marks(project, incoming.marks);
    describe(project, guides.to);
    outgoing
}

/// Puts one backend's parts into a project; what stood there comes out.
pub(super) fn exchange_backend(
    project: &mut Project,
    guide: &Guide,
    mut incoming: BackendParts,
    now: Timestamp,
) -> BackendParts {
    let steps = with_service_values(guide);
    let others: Vec<StepId> = steps.iter().copied().chain([StepId::Domains]).collect();
    let outgoing = BackendParts {
        backend: replace(&mut project.backend, incoming.backend.clone()),
        idp: project.idp.clone(),
        at: now,
        account: replace(&mut project.account, incoming.account.take()),
        keyring_slot: replace(&mut project.keyring_slot, incoming.keyring_slot),
        known: replace(&mut project.known, incoming.known.take()),
        walks: walk::take(project),
        portal: take(&mut project.portal),
        looks: take_looks(project),
        token_hint: replace(&mut project.scim.token_hint, incoming.token_hint.take()),
        groups_sent_at: project.groups.sent_at.take(),
        saml_sent_at: project.saml.sent_at.take(),
        marks: take_marks(project, &steps),
        confirmed: take_confirmed(project, &confirmations(guide, &steps)),
        handovers: take_handovers(project, &others),
        conflict: project.conflict.take(),
    };
    project.aside.slots = project.aside.slots.max(project.keyring_slot).max(outgoing.keyring_slot);
    if incoming.idp != project.idp {
        incoming.forget_other_provider();
    }
    project.portal = incoming.portal;
    project.walks = incoming.walks;
    project.sign_ins = SignIns::default();
    put_looks(project, incoming.looks);
    project.groups.sent_at = incoming.groups_sent_at;
    project.saml.sent_at = incoming.saml_sent_at;
    project.handovers.extend(incoming.handovers);
    project.conflict = incoming.conflict;
    project.confirmed.extend(incoming.confirmed);
    put_marks(project, incoming.marks);
    describe(project, guide);
    outgoing
}

impl ProviderParts {
    /// What was done at the identity provider with another backend's values has to be done again.
    fn forget_other_backend(&mut self, guide: &Guide) {
        let steps = with_service_values(guide);
        let about = confirmations(guide, &steps);
        self.marks.retain(|step, _| !steps.contains(step));
        self.confirmed.retain(|id, _| !about.contains(id));
        self.handovers.retain(|one| !steps.contains(&one.step));
        (self.groups.sent_at, self.saml.sent_at, self.conflict) = (None, None, None);
        self.walks.clear();
    }
}

impl BackendParts {
    /// What was done at another identity provider has to be done again.
    fn forget_other_provider(&mut self) {
        self.marks.clear();
        self.confirmed.clear();
        self.handovers.retain(|one| one.step == StepId::Domains);
        (self.groups_sent_at, self.saml_sent_at, self.conflict) = (None, None, None);
        self.walks.clear();
    }
}

/// The steps at the identity provider into which the service's own values are entered.
pub(super) fn with_service_values(guide: &Guide) -> Vec<StepId> {
    let issued = |carried: &Carried| {
        let Carried::Key { key } = carried else { return false };
        matches!(
            key,
            ValueKey::SpEntityId
                | ValueKey::AcsUrl
                | ValueKey::SloUrl
                | ValueKey::SpMetadataFile
                | ValueKey::ScimBaseUrl
                | ValueKey::ScimBearerToken
        )
    };
    let carries = |page: &Page| {
        let actions = page.parts.iter().flat_map(|part| &part.actions);
        actions.flat_map(|action| &action.values).any(|carry| issued(&carry.value))
    };
    let steps = AT_PROVIDER.into_iter().filter(|step| guide.step(*step).is_some_and(carries));
    steps.chain([StepId::Saml, StepId::Scim]).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The confirmations that a guide asks for in these steps, and those of the tests that follow them.
fn confirmations(guide: &Guide, steps: &[StepId]) -> BTreeSet<String> {
    let pages = steps.iter().filter_map(|step| guide.step(*step));
    let pages =
        pages.chain([PageId::TestSignIn, PageId::TestDesktop].into_iter().filter_map(|id| guide.page(id)));
    pages.flat_map(|page| &page.confirmations).map(|one| one.id.clone()).collect()
}

fn take_confirmed(project: &mut Project, about: &BTreeSet<String>) -> BTreeMap<String, Timestamp> {
    let (out, stay) = take(&mut project.confirmed).into_iter().partition(|(id, _)| about.contains(id));
    project.confirmed = stay;
    out
}

fn take_marks(project: &mut Project, steps: &[StepId]) -> BTreeMap<StepId, Timestamp> {
    let mut mark = |step: StepId| Some((step, mark_mut(project, step)?.take()?));
    steps.iter().filter_map(|step| mark(*step)).collect()
}

fn put_marks(project: &mut Project, marks: BTreeMap<StepId, Timestamp>) {
    for (step, at) in marks {
        if let Some(mark) = mark_mut(project, step) {
            *mark = Some(at);
        }
    }
}

fn take_handovers(project: &mut Project, steps: &[StepId]) -> Vec<HandOver> {
    let (out, stay) = take(&mut project.handovers).into_iter().partition(|one| steps.contains(&one.step));
    project.handovers = stay;
    out
}

fn take_looks(project: &mut Project) -> BTreeMap<String, Look> {
    let entries = project.domains.entries.iter_mut();
    let looked = entries.map(|entry| {
        let look = Look {
            report: entry.report.take(),
            standing: entry.standing.take(),
            looks: take(&mut entry.looks),
            refusal: take(&mut entry.refusal),
        };
        (entry.name.clone(), look)
    });
    looked.filter(|(_, look)| *look != Look::default()).collect()
}

fn put_looks(project: &mut Project, looks: BTreeMap<String, Look>) {
    for (name, look) in looks {
        if let Some(entry) = project.domains.entry_mut(&name) {
            (entry.report, entry.standing) = (look.report, look.standing);
            (entry.looks, entry.refusal) = (look.looks, look.refusal);
        }
    }
}

/// What the portal has, by what was ticked.
fn describe(project: &mut Project, guide: &Guide) {
    if project.backend.is_by_hand() {
        project.known = Some(portal::known(project, &guide.service.txt_label));
    }
}
