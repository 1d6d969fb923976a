//! Two projects of one organization, for two identity providers: they share the domains.

use crate::abilities::Abilities;
use crate::error::Failure;
use crate::project::{Project, invalid};
use crate::steps::domains::DomainEntry;
use serde::{Deserialize, Serialize};
use vocabulary::Timestamp;

/// Another project of the same organization and service, and how its domains compare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Sharing {
    /// The other project's id.
    pub project: String,
    /// The name of the other's identity provider.
    pub idp_name: String,
    /// Whether both projects' settings go to the same account: then a record, and its acceptance, count for both.
    pub same_place: bool,
    /// In both.
    pub both: Vec<SharedDomain>,
    /// Only in this one.
    pub only_here: Vec<SharedDomain>,
    /// Only in the other.
    pub only_there: Vec<SharedDomain>,
}

/// A domain by its two names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SharedDomain {
    /// In ASCII.
    pub name: String,
    /// As people write it.
    pub unicode: String,
}

/// How another project's domains compare; `None` when it is of another organization or service, or a single step.
/// `idp_name` is what the other's identity provider is called.
pub fn sharing(project: &Project, other: &Project, idp_name: impl FnOnce(&str) -> String) -> Option<Sharing> {
    if !are_related(project, other) {
        return None;
    }
    let names = |project: &Project, wanted: &dyn Fn(&DomainEntry) -> bool| {
        let entries = project.domains.entries.iter().filter(|entry| wanted(entry));
        entries.map(SharedDomain::of).collect::<Vec<_>>()
    };
    Some(Sharing {
        project: other.id.clone(),
        idp_name: idp_name(&other.idp),
        same_place: is_same_place(project, other),
        both: names(project, &|entry| other.domains.entry(&entry.name).is_some()),
        only_here: names(project, &|entry| other.domains.entry(&entry.name).is_none()),
        only_there: names(other, &|entry| project.domains.entry(&entry.name).is_none()),
    })
}

/// Takes domains of another project over. Where both go to the same account, what was seen and accepted comes along;
/// else the names alone: every place issues its own records.
///
/// # Errors
/// [`InvalidInput`](crate::FailureCode::InvalidInput) on `other` when the two do not belong together.
pub fn take(project: &mut Project, other: &Project, names: &[String], now: Timestamp) -> Result<(), Failure> {
    if !are_related(project, other) {
        return Err(invalid("other", "is no project of the same organization and service"));
    }
    let same = is_same_place(project, other);
    let new =
        |entry: &&DomainEntry| names.contains(&entry.name) && project.domains.entry(&entry.name).is_none();
    let new: Vec<DomainEntry> = other.domains.entries.iter().filter(new).cloned().collect();
    for entry in new {
        let name = entry.name.clone();
        if same {
            let (given, verified) = (&other.portal.records, &other.portal.verified);
            project.portal.records.extend(given.get(&name).map(|record| (name.clone(), record.clone())));
            project.portal.verified.extend(verified.get(&name).map(|at| (name.clone(), *at)));
            project.domains.entries.push(DomainEntry { added_at: now, ..entry });
        } else {
            let (report, standing, refusal, looks) = (None, None, Vec::new(), Vec::new());
            let fresh = DomainEntry { added_at: now, report, standing, refusal, looks, ..entry };
            project.domains.entries.push(fresh);
        }
        project.note(now, "domain-taken-over", &[("domain", &name)]);
    }
    Ok(())
}

fn are_related(project: &Project, other: &Project) -> bool {
    let name = |project: &Project| project.organization.trim().to_lowercase();
    project.id != other.id
        && project.service == other.service
        && name(project) == name(other)
        && project.task.is_none()
        && other.task.is_none()
}

/// A portal is one for the organization; a service has accounts.
fn is_same_place(project: &Project, other: &Project) -> bool {
    let Abilities { issues_values, .. } = project.backend.abilities();
    let same_account = project.account.is_some() && project.account == other.account;
    project.backend == other.backend && (!issues_values || same_account)
}

impl SharedDomain {
    fn of(entry: &DomainEntry) -> Self {
        Self { name: entry.name.clone(), unicode: entry.unicode.clone() }
    }
}
