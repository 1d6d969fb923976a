//! Step 3: the administrators' and the users' group, named the same on both sides.

use super::{Context, Draft, Proof, StepView};
use crate::project::{ConflictField, Project};
use account_api::{Group, Groups as ServiceGroups};
use guides::GroupId;
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, StepId, Timestamp};

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "GroupsStep")]
pub struct Groups {
    /// Its members administer the business account. Required.
    pub admins: GroupEntry,
    /// Its members may activate Desktop.
    pub users: GroupEntry,
    /// When the service took both.
    pub sent_at: Option<Timestamp>,
}

/// One group, its name as it stands in both places.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct GroupEntry {
    /// The name as the identity provider shows it.
    pub idp_name: String,
    /// The name for the service; has to be the same to the letter.
    pub service_name: String,
    /// The id in the identity provider; in Entra the Object ID.
    pub id: String,
}

/// Which of the two groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum GroupRole {
    /// Business account administrators.
    Admins,
    /// Desktop users.
    Users,
}

impl GroupRole {
    /// Both, the required one first.
    pub const ALL: [Self; 2] = [Self::Admins, Self::Users];

    /// The kebab-case name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admins => "admins",
            Self::Users => "users",
        }
    }
}

/// Which field of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum GroupField {
    /// The name in the identity provider.
    IdpName,
    /// The name at the service.
    ServiceName,
    /// The id.
    Id,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "GroupsEdit")]
pub struct Edit {
    /// The group.
    pub role: GroupRole,
    /// The field.
    pub field: GroupField,
    /// As typed.
    pub value: String,
}

/// Changes the project. The service's name follows the identity provider's until it is typed itself.
pub fn apply(project: &mut Project, edit: Edit) {
    let entry = project.groups.entry_mut(edit.role);
    match edit.field {
        GroupField::IdpName => {
            if entry.service_name.is_empty() || entry.service_name == entry.idp_name {
                entry.service_name.clone_from(&edit.value);
            }
            entry.idp_name = edit.value;
        }
        GroupField::ServiceName => entry.service_name = edit.value,
        GroupField::Id => entry.id = edit.value,
    }
}

impl Groups {
    /// One of the two.
    pub const fn entry(&self, role: GroupRole) -> &GroupEntry {
        match role {
            GroupRole::Admins => &self.admins,
            GroupRole::Users => &self.users,
        }
    }

    const fn entry_mut(&mut self, role: GroupRole) -> &mut GroupEntry {
        match role {
            GroupRole::Admins => &mut self.admins,
            GroupRole::Users => &mut self.users,
        }
    }

    /// What would be sent to the service.
    pub fn to_service(&self) -> ServiceGroups {
        ServiceGroups { admins: self.admins.to_service(), users: self.users.to_service() }
    }

    /// Takes the service's side over.
    pub fn take(&mut self, theirs: &ServiceGroups, now: Timestamp) {
        self.admins.take(theirs.admins.as_ref());
        self.users.take(theirs.users.as_ref());
        self.sent_at = Some(now);
    }
}

impl GroupEntry {
    /// Whether nothing was entered.
    pub fn is_empty(&self) -> bool {
        self.idp_name.is_empty() && self.service_name.is_empty() && self.id.is_empty()
    }

    fn to_service(&self) -> Option<Group> {
        let (name, id) = (&self.service_name, self.id.trim());
        (!name.is_empty() || !id.is_empty()).then(|| Group { name: name.clone(), id: id.to_owned() })
    }

    fn take(&mut self, theirs: Option<&Group>) {
        let group = theirs.cloned().unwrap_or(Group { name: String::new(), id: String::new() });
        self.idp_name.clone_from(&group.name);
        self.service_name = group.name;
        self.id = group.id;
    }
}

/// Where the two sides differ.
pub fn differences(mine: &ServiceGroups, theirs: &ServiceGroups) -> Vec<ConflictField> {
    let name = |group: &Option<Group>| group.as_ref().map(|group| group.name.clone()).unwrap_or_default();
    let id = |group: &Option<Group>| group.as_ref().map(|group| group.id.clone()).unwrap_or_default();
    let all = [
        ("admins-name", name(&mine.admins), name(&theirs.admins)),
        ("admins-id", id(&mine.admins), id(&theirs.admins)),
        ("users-name", name(&mine.users), name(&theirs.users)),
        ("users-id", id(&mine.users), id(&theirs.users)),
    ];
    let differing = all.into_iter().filter(|(_, mine, theirs)| mine != theirs);
    differing.map(|(field, mine, theirs)| ConflictField { field: field.to_owned(), mine, theirs }).collect()
}

/// What is true now.
pub fn view(context: &Context<'_>) -> StepView {
    let data = &context.project.groups;
    let known = context.project.integration().map(|known| &known.groups);
    let mut draft = Draft::new(StepId::Groups);
    draft.started =
        !data.admins.is_empty() || !data.users.is_empty() || context.any_confirmed(StepId::Groups);
    draft.findings = findings(context.project, &context.guide.identity_provider.group_id);
    draft.evidence = evidence(context);
    draft.proof = if matches!(draft.evidence.first(), Some(seen) if seen.code == "groups-arrived") {
        Proof::Evidence
    } else {
        Proof::Word
    };
    draft.missing = missing(data);
    draft.missing.extend(context.unconfirmed(StepId::Groups));
    draft.unsent = draft.started && known.is_none_or(|known| *known != data.to_service());
    draft.add_open_fields(context);
    draft.done_at = data.sent_at.max(context.confirmed_at(StepId::Groups));
    draft.settle(context.now)
}

fn missing(data: &Groups) -> Vec<Finding> {
    let mut missing = Vec::new();
    if data.admins.service_name.trim().is_empty() {
        missing.push(Finding::info("group-name-missing").with("role", "admins"));
    }
    if data.admins.id.trim().is_empty() {
        missing.push(Finding::info("group-id-missing").with("role", "admins"));
    }
    missing
}

fn evidence(context: &Context<'_>) -> Vec<Finding> {
    let data = &context.project.groups;
    let arrived = context.project.known.iter().flat_map(|known| &known.arrivals.groups);
    let arrived = arrived
        .filter(|group| {
            GroupRole::ALL.iter().any(|role| data.entry(*role).service_name == group.display_name)
        })
        .count();
    let named = GroupRole::ALL.iter().filter(|role| !data.entry(**role).is_empty()).count();
    let mut evidence = Vec::new();
    if arrived > 0 {
        evidence.push(Finding::info("groups-arrived").with("count", arrived));
    }
    if named > 0 {
        evidence.push(Finding::info("groups-named").with("count", named));
    }
    evidence
}

/// What was typed, checked for shape and against what was typed twice.
pub fn findings(project: &Project, group_id: &GroupId) -> Vec<Finding> {
    let data = &project.groups;
    let mut findings: Vec<Finding> = GroupRole::ALL
        .into_iter()
        .flat_map(|role| entry_findings(role, data.entry(role), group_id))
        .collect();
    let (admins, users) = (&data.admins, &data.users);
    if !admins.id.trim().is_empty() && admins.id.trim().eq_ignore_ascii_case(users.id.trim()) {
        findings.push(Finding::error("group-ids-same").with("field", "users-id"));
    }
    if !admins.service_name.is_empty() && admins.service_name == users.service_name {
        findings.push(Finding::error("group-names-same").with("field", "users-name"));
    }
    findings
}

fn entry_findings(role: GroupRole, entry: &GroupEntry, group_id: &GroupId) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(name_difference(role, entry));
    for (field, name) in [("idp-name", &entry.idp_name), ("service-name", &entry.service_name)] {
        if name.trim() != name {
            findings.push(about(Finding::info("group-name-blanks"), role, field).seen(field, visible(name)));
        }
    }
    let id = entry.id.trim();
    if !id.is_empty() && !group_id.form.fits(id) {
        let finding = about(Finding::error("group-id-misshapen"), role, "id");
        findings.push(finding.with("label", &group_id.label).with("hint", &group_id.hint).seen("id", id));
    }
    findings
}

/// A name that was typed twice and differs: only in blanks, only in case, or altogether.
fn name_difference(role: GroupRole, entry: &GroupEntry) -> Option<Finding> {
    let (idp, service) = (&entry.idp_name, &entry.service_name);
    if idp == service || idp.is_empty() || service.is_empty() {
        return None;
    }
    let squeeze = |name: &str| name.split_whitespace().collect::<String>();
    let code = if squeeze(idp) == squeeze(service) {
        "group-name-differs-in-blanks"
    } else if idp.trim().to_lowercase() == service.trim().to_lowercase() {
        "group-name-differs-in-case"
    } else {
        "group-name-differs"
    };
    let finding = about(Finding::error(code), role, "service-name");
    Some(finding.seen("identity-provider", visible(idp)).seen("service", visible(service)))
}

fn about(finding: Finding, role: GroupRole, field: &str) -> Finding {
    finding.with("role", role.as_str()).with("field", format!("{}-{field}", role.as_str()))
}

/// The name with its blanks made visible.
fn visible(name: &str) -> String {
    name.chars().map(|c| if c.is_whitespace() { '\u{2423}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use guides::IdForm;

    fn entry(idp_name: &str, service_name: &str, id: &str) -> GroupEntry {
        GroupEntry { idp_name: idp_name.into(), service_name: service_name.into(), id: id.into() }
    }

    fn group_id(form: guides::IdForm) -> GroupId {
        GroupId { label: "Object ID".into(), hint: "From the page.".into(), form }
    }

    fn codes(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|finding| finding.code.as_ref()).collect()
    }

    #[test]
    fn a_name_typed_twice_is_compared_to_the_letter() {
        let guid = "8b1f2f0e-6c1d-4a7e-9d53-2f6a1c90b7e4";
        for (idp, service, code) in [
            ("Signpost Admins", "Signpost admins", "group-name-differs-in-case"),
            ("Signpost Admins", "SignpostAdmins", "group-name-differs-in-blanks"),
            ("Signpost Admins", "Signpost Users", "group-name-differs"),
        ] {
            let found =
                entry_findings(GroupRole::Admins, &entry(idp, service, guid), &group_id(IdForm::Uuid));
            assert_eq!(codes(&found), [code]);
        }
        assert!(
            entry_findings(GroupRole::Admins, &entry("Same", "Same", guid), &group_id(IdForm::Uuid))
                .is_empty()
        );
    }

    #[test]
    fn an_id_has_the_form_of_its_identity_provider() {
        let typed = entry("G", "G", "00g1abcdefGHIJKLMN5d");
        let found = entry_findings(GroupRole::Users, &typed, &group_id(IdForm::Uuid));
        assert_eq!(codes(&found), ["group-id-misshapen"]);
        assert_eq!(found[0].args["label"], "Object ID");
        for form in [IdForm::Okta, IdForm::Free] {
            assert!(entry_findings(GroupRole::Users, &typed, &group_id(form)).is_empty(), "{form:?}");
        }
    }

    #[test]
    fn blanks_around_a_name_are_shown() {
        let found = entry_findings(GroupRole::Users, &entry("G ", "G ", ""), &group_id(IdForm::Uuid));
        assert_eq!(codes(&found), ["group-name-blanks", "group-name-blanks"]);
        assert_eq!(found[0].evidence[0].value, "G\u{2423}");
    }
}
