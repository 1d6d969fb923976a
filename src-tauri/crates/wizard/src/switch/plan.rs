//! What a change does, told before it is made. The change is tried on a copy, so that the list and the deed agree.

use super::{Aside, BackendParts, Guides, ProviderParts, Target, apply, check};
use crate::error::Failure;
use crate::project::{Backend, Project};
use crate::steps::{Context, StepState, StepView, views};
use account_api::{DomainState, Status};
use guides::{Guide, plain};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::{Finding, StepId, Timestamp};

/// What a change does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "SwitchPlan")]
pub struct Plan {
    /// Where the project is to go.
    pub target: Target,
    /// The identity provider after the change, as in a sentence.
    pub idp: String,
    /// What carries over; the words are `switch-carries-CODE`.
    pub carries: Vec<Line>,
    /// What is set aside and kept for the way back; `switch-aside-CODE`.
    pub set_aside: Vec<Line>,
    /// What was kept from an earlier time and is taken up again; `switch-back-CODE`.
    pub comes_back: Vec<Line>,
    /// What has to be done again, in the order of the steps.
    pub redo: Vec<Redo>,
    /// What goes on where it is, until somebody ends it there; `switch-stays-CODE`.
    pub stays: Vec<Line>,
    /// What the new place cannot hold or do while the old one can, each with what stands in for it.
    pub limits: Vec<Finding>,
    /// Whether an access token is needed.
    pub asks_for_token: bool,
}

/// One line of the list: a code, the values for its text, and what it is about, one by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "SwitchLine")]
pub struct Line {
    /// What.
    pub code: String,
    /// The values for the text.
    pub args: BTreeMap<String, String>,
    /// The things themselves: names, values, the guide's sentences.
    pub items: Vec<String>,
}

/// A step that has to be done again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "SwitchRedo")]
pub struct Redo {
    /// Which.
    pub step: StepId,
    /// Where.
    pub at: RedoAt,
}

/// Where a step is done again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum RedoAt {
    /// At the identity provider.
    Provider,
    /// At the service.
    Service,
    /// At the identity provider and at the service.
    Both,
    /// In the DNS.
    Dns,
}

/// What the change would do.
///
/// # Errors
/// As [`check`].
pub fn plan(project: &Project, guides: Guides<'_>, target: &Target, now: Timestamp) -> Result<Plan, Failure> {
    check(project, target)?;
    let mut after = project.clone();
    // The account is made when the change is; until then any id stands for it.
    apply(&mut after, guides, target, Some(String::new()), now);
    let about = About { project, after: &after, guides };
    let Aside { providers, backends, .. } = &after.aside;
    let (carries, set_aside, stays) = match target {
        Target::IdentityProvider { .. } => {
            let kept = providers.last().map(|kept| about.provider_aside(kept)).unwrap_or_default();
            (about.provider_carries(), kept, about.provider_stays())
        }
        Target::Backend { .. } => {
            let kept = backends.last().map(|kept| about.backend_aside(kept)).unwrap_or_default();
            (about.backend_carries(), kept, about.backend_stays())
        }
    };
    let is_kept = target.is_kept(project);
    Ok(Plan {
        idp: guides.to.identity_provider.short_name.clone(),
        carries,
        set_aside,
        comes_back: comes_back(project, target).into_iter().collect(),
        redo: about.redo(target, now),
        stays,
        limits: limits(project, target),
        asks_for_token: !is_kept && matches!(target, Target::Backend { backend } if asks_for_token(backend)),
        target: target.clone(),
    })
}

fn limits(project: &Project, target: &Target) -> Vec<Finding> {
    let Target::Backend { backend } = target else { return Vec::new() };
    let known = project.backend.limits();
    backend.limits().into_iter().filter(|limit| !known.contains(limit)).collect()
}

/// Whether nobody gets in there without one.
const fn asks_for_token(backend: &Backend) -> bool {
    matches!(backend, Backend::AccountService { .. }) || backend.broker().is_some()
}

fn comes_back(project: &Project, target: &Target) -> Option<Line> {
    let Aside { providers, backends, .. } = &project.aside;
    let at = match target {
        Target::IdentityProvider { idp } => providers.iter().find(|kept| kept.idp == *idp)?.at,
        Target::Backend { backend } => backends.iter().find(|kept| kept.backend == *backend)?.at,
    };
    Some(Line::new("kept").with("at", at))
}

/// A project before and after.
struct About<'a> {
    project: &'a Project,
    after: &'a Project,
    guides: Guides<'a>,
}

impl About<'_> {
    fn provider_carries(&self) -> Vec<Line> {
        let known = self.project.integration();
        let groups = [&self.after.groups.admins, &self.after.groups.users];
        let names = groups.map(|group| group.service_name.clone());
        let issued = known.is_some_and(|known| !known.service_provider.entity_id.is_empty());
        let hint = self.project.scim.token_hint.as_ref();
        let mut lines: Vec<Line> = self.domains().into_iter().collect();
        lines.extend(some("proof", verified(self.project)));
        lines.extend(some("group-names", names.into_iter().filter(|name| !name.is_empty()).collect()));
        lines.extend(issued.then(|| Line::new("service-values")));
        lines.extend(hint.map(|hint| Line::new("scim-token").with("hint", hint)));
        lines.extend(self.backup_login());
        lines
    }

    fn provider_aside(&self, kept: &ProviderParts) -> Vec<Line> {
        let application = &kept.app_registration;
        let ids = [&kept.groups.admins, &kept.groups.users].map(|group| group.id.clone());
        let idp = kept.saml.values.as_ref();
        let mut lines = Vec::new();
        lines.extend(some("app-registration", filled([&application.app_name, &application.tenant_id])));
        lines.extend(some("group-ids", ids.into_iter().filter(|id| !id.is_empty()).collect()));
        lines.extend(idp.map(|values| {
            let items = vec![values.entity_id.clone(), values.sso_url.clone()];
            Line::new("idp-values").with("certificates", values.certificates.len()).about(items)
        }));
        lines.extend(some("confirmations", said(self.guides.from, &kept.confirmed)));
        lines.extend((!kept.walks.is_empty()).then(|| Line::new("sign-in")));
        lines.extend(some("handovers", kept.handovers.iter().map(|one| one.to.clone()).collect()));
        lines.extend(kept.conflict.as_ref().map(|_| Line::new("conflict")));
        lines
    }

    fn provider_stays(&self) -> Vec<Line> {
        let project = self.project;
        let registered =
            project.app_registration.marked_at.is_some() || !project.app_registration.app_name.is_empty();
        let mut lines = Vec::new();
        lines.extend(is_active(project).then(|| Line::new("active")));
        lines.extend(project.scim.token_hint.as_ref().map(|_| Line::new("provisioning")));
        lines.extend(registered.then(|| Line::new("application")));
        lines
    }

    fn backend_carries(&self) -> Vec<Line> {
        let project = self.project;
        let application = &project.app_registration;
        let groups = [&project.groups.admins, &project.groups.users];
        let idp = project.saml.values.as_ref();
        let mut lines: Vec<Line> = self.domains().into_iter().collect();
        lines.extend(some("app-registration", filled([&application.app_name, &application.tenant_id])));
        lines.extend(some("groups", filled(groups.map(|group| &group.service_name))));
        lines.extend(
            idp.map(|values| Line::new("idp-values").with("certificates", values.certificates.len())),
        );
        lines.extend(self.after.users.marked_at.map(|_| Line::new("users")));
        lines.extend(self.backup_login());
        lines
    }

    fn backend_aside(&self, kept: &BackendParts) -> Vec<Line> {
        let known = kept.known.as_ref().map(|known| &known.integration);
        let records = known.iter().flat_map(|known| &known.domains).map(|domain| domain.name.clone());
        let values = known.map(|known| {
            let side = &known.service_provider;
            filled([&side.entity_id, &side.acs_url, &known.scim.base_url])
        });
        let hint = kept.token_hint.as_ref();
        let ticks = kept.portal.entered.len();
        let mut lines = Vec::new();
        lines.extend(some("records", records.collect()));
        lines.extend(some("service-values", values.unwrap_or_default()));
        lines.extend(hint.map(|hint| Line::new("scim-token").with("hint", hint)));
        lines.extend((ticks > 0).then(|| Line::new("portal-ticks").with("count", ticks)));
        lines.extend(some("confirmations", said(self.guides.from, &kept.confirmed)));
        lines.extend((!kept.walks.is_empty()).then(|| Line::new("sign-in")));
        lines.extend(kept.account.as_ref().map(|_| Line::new("account")));
        let signed_in = matches!(kept.backend, Backend::AccountService { .. });
        lines.extend(signed_in.then(|| Line::new("access-token")));
        lines.extend(kept.backend.broker().map(|kind| Line::new(kind.secret_field())));
        lines.extend(some("handovers", kept.handovers.iter().map(|one| one.to.clone()).collect()));
        lines.extend(kept.conflict.as_ref().map(|_| Line::new("conflict")));
        lines
    }

    fn backend_stays(&self) -> Vec<Line> {
        let project = self.project;
        let mut lines = Vec::new();
        let broker = project.backend.broker().zip(project.backend.broker_url());
        let there = broker.filter(|_| project.saml.sent_at.is_some());
        lines.extend(there.map(|(kind, url)| Line::new(kind.codes().connection).with("url", url)));
        lines.extend(is_active(project).then(|| Line::new("active-there")));
        lines.extend(some("records", verified(project)));
        lines.extend(project.saml.marked_at.map(|_| Line::new("sign-in-values")));
        lines.extend(project.scim.marked_at.map(|_| Line::new("provisioning-there")));
        lines
    }

    fn domains(&self) -> Option<Line> {
        let names = self.project.domains.entries.iter().map(|entry| entry.unicode.clone());
        some("domains", names.collect())
    }

    fn backup_login(&self) -> Option<Line> {
        some("backup-login", filled([&self.project.backup_login.email]))
    }

    /// The steps that were begun and lack something that they did not lack before.
    fn redo(&self, target: &Target, now: Timestamp) -> Vec<Redo> {
        let seen = |project, guide| views(&Context { project, guide, now });
        let before = seen(self.project, self.guides.from);
        let after = seen(self.after, self.guides.to);
        let both = before.iter().zip(&after).filter(|(before, after)| is_lost(before, after));
        both.map(|(before, _)| Redo { step: before.step, at: place(target, before.step) }).collect()
    }
}

fn is_lost(before: &StepView, after: &StepView) -> bool {
    let begun = !matches!(before.state, StepState::NotStarted | StepState::NotNeeded { .. });
    let undone = before.state.is_settled() && !after.state.is_settled();
    let more = |what: fn(&StepView) -> usize| what(after) > what(before);
    begun && (undone || more(|view| view.missing.len()) || more(|view| usize::from(view.unsent)))
}

const fn place(target: &Target, step: StepId) -> RedoAt {
    match (target, step) {
        (_, StepId::Saml) | (Target::Backend { .. }, StepId::Scim) => RedoAt::Both,
        (Target::IdentityProvider { .. }, StepId::Groups) => RedoAt::Both,
        (Target::IdentityProvider { .. }, StepId::Scim | StepId::Users) => RedoAt::Provider,
        (_, StepId::AppRegistration) => RedoAt::Provider,
        (Target::Backend { .. }, StepId::Domains) => RedoAt::Dns,
        (Target::IdentityProvider { .. }, StepId::Domains) => RedoAt::Service,
        (Target::Backend { .. }, StepId::Groups | StepId::Users) => RedoAt::Service,
        (_, StepId::BackupLogin) => RedoAt::Service,
    }
}

fn is_active(project: &Project) -> bool {
    project.integration().is_some_and(|known| known.status == Status::Active)
}

fn verified(project: &Project) -> Vec<String> {
    let known = project.integration().into_iter().flat_map(|known| &known.domains);
    known.filter(|domain| domain.state == DomainState::Verified).map(|domain| domain.name.clone()).collect()
}

/// The confirmations that were given, in the guide's words.
fn said(guide: &Guide, confirmed: &BTreeMap<String, Timestamp>) -> Vec<String> {
    let known = confirmed.keys().filter_map(|id| guide.confirmation(id));
    known.map(|one| plain(&one.text)).collect()
}

fn filled<const N: usize>(values: [&String; N]) -> Vec<String> {
    values.into_iter().filter(|value| !value.trim().is_empty()).cloned().collect()
}

/// A line about these things; none without any.
fn some(code: &str, items: Vec<String>) -> Option<Line> {
    (!items.is_empty()).then(|| Line::new(code).with("count", items.len()).about(items))
}

impl Line {
    fn new(code: &str) -> Self {
        Self { code: code.to_owned(), args: BTreeMap::new(), items: Vec::new() }
    }

    fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    fn about(mut self, items: Vec<String>) -> Self {
        self.items = items;
        self
    }
}
