//! The groups of an answer, resolved with those of the Groups step.

use super::expected::is_groups;
use crate::project::Project;
use crate::steps::groups::{GroupEntry, GroupRole};
use account_api::{SignInAttribute, SignInGroup, SignInPurpose, SignInRole};
use vocabulary::Finding;

/// The role that a purpose needs.
pub(super) const fn needed(purpose: SignInPurpose) -> GroupRole {
    match purpose {
        SignInPurpose::Portal => GroupRole::Admins,
        SignInPurpose::Desktop => GroupRole::Users,
    }
}

const fn grants(role: GroupRole) -> SignInRole {
    match role {
        GroupRole::Admins => SignInRole::Administrator,
        GroupRole::Users => SignInRole::User,
    }
}

/// Every group that arrived, with the name and the role it has here.
pub(super) fn resolve(project: &Project, attributes: &[SignInAttribute]) -> Vec<SignInGroup> {
    values(attributes)
        .map(|value| {
            let role = GroupRole::ALL.into_iter().find(|role| is(project.groups.entry(*role), value));
            SignInGroup {
                value: value.to_owned(),
                name: role.map(|role| project.groups.entry(role).idp_name.clone()),
                grants: role.map(grants),
            }
        })
        .collect()
}

fn values(attributes: &[SignInAttribute]) -> impl Iterator<Item = &str> {
    attributes.iter().filter(|one| is_groups(&one.name)).flat_map(|one| &one.values).map(String::as_str)
}

fn is(entry: &GroupEntry, value: &str) -> bool {
    [entry.service_name.as_str(), entry.id.trim()].iter().any(|known| !known.is_empty() && *known == value)
}

/// What stands between the user and the role that the purpose needs; `None` when nothing does.
pub(super) fn lacks(
    project: &Project,
    purpose: SignInPurpose,
    attributes: &[SignInAttribute],
    groups: &[SignInGroup],
) -> Option<Finding> {
    let role = needed(purpose);
    if groups.iter().any(|group| group.grants == Some(grants(role))) {
        return None;
    }
    let entry = project.groups.entry(role);
    if entry.is_empty() {
        return Some(Finding::error("sign-in-no-group").with("reason", "unset"));
    }
    let near = values(attributes).find_map(|value| Some((value, difference(entry, value)?)));
    let (received, reason) = match near {
        Some((value, how)) => (value.to_owned(), how),
        None => (summary(groups), "other"),
    };
    let expected = if entry.idp_name.is_empty() { &entry.id } else { &entry.idp_name };
    let finding = Finding::error("sign-in-no-group").with("reason", reason);
    Some(finding.seen("expected", expected).seen("received", received))
}

/// How a value differs that was probably meant to be the group.
fn difference(entry: &GroupEntry, value: &str) -> Option<&'static str> {
    let known = [entry.service_name.trim(), entry.id.trim()];
    let known = || known.iter().filter(|known| !known.is_empty());
    let squeezed = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
    if known().any(|known| value.trim_start_matches('/') == *known) {
        Some("path")
    } else if known().any(|known| squeezed(known) == squeezed(value)) {
        Some("case")
    } else {
        None
    }
}

/// The first few that arrived.
fn summary(groups: &[SignInGroup]) -> String {
    const SHOWN: usize = 5;
    let mut shown: Vec<&str> = groups.iter().take(SHOWN).map(|group| group.value.as_str()).collect();
    if groups.len() > SHOWN {
        shown.push("…");
    }
    shown.join(", ")
}
