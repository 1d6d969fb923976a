//! The portal's fields in the portal's order: what to paste, whether it was, and what Signpost sees by itself.

use super::Portal;
use crate::project::Project;
use crate::rollover::signing_certificates;
use crate::steps::backup_login;
use crate::steps::groups::GroupRole;
use crate::steps::saml::Way;
use certs::Certificate;
use guides::{Guide, IdForm, ValueKey};
use saml::IdpValues;
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, StepId, Timestamp};

/// A field of the portal that the administrator fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum PortalField {
    /// Step 3: the name of the administrators' group.
    AdminsName,
    /// Step 3: its id.
    AdminsId,
    /// Step 3: the name of the users' group.
    UsersName,
    /// Step 3: its id.
    UsersId,
    /// Step 4: the identity provider's metadata file, uploaded in place of the three values.
    IdpMetadata,
    /// Step 4: the IdP entity ID.
    IdpEntityId,
    /// Step 4: the single sign-on URL.
    IdpSsoUrl,
    /// Step 4: the signing certificate.
    IdpCertificate,
    /// Step 5: whether SCIM is on.
    ScimSwitch,
    /// Step 7: the backup login.
    BackupLogin,
}

impl PortalField {
    /// All, in the portal's order.
    pub const ALL: [Self; 10] = [
        Self::AdminsName,
        Self::AdminsId,
        Self::UsersName,
        Self::UsersId,
        Self::IdpMetadata,
        Self::IdpEntityId,
        Self::IdpSsoUrl,
        Self::IdpCertificate,
        Self::ScimSwitch,
        Self::BackupLogin,
    ];

    /// The kebab-case name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AdminsName => "admins-name",
            Self::AdminsId => "admins-id",
            Self::UsersName => "users-name",
            Self::UsersId => "users-id",
            Self::IdpMetadata => "idp-metadata",
            Self::IdpEntityId => "idp-entity-id",
            Self::IdpSsoUrl => "idp-sso-url",
            Self::IdpCertificate => "idp-certificate",
            Self::ScimSwitch => "scim-switch",
            Self::BackupLogin => "backup-login",
        }
    }

    /// The step it stands in.
    pub const fn step(self) -> StepId {
        match self {
            Self::AdminsName | Self::AdminsId | Self::UsersName | Self::UsersId => StepId::Groups,
            Self::IdpMetadata | Self::IdpEntityId | Self::IdpSsoUrl | Self::IdpCertificate => StepId::Saml,
            Self::ScimSwitch => StepId::Scim,
            Self::BackupLogin => StepId::BackupLogin,
        }
    }

    const fn key(self) -> Option<ValueKey> {
        Some(match self {
            Self::AdminsName => ValueKey::AdminsGroupName,
            Self::AdminsId => ValueKey::AdminsGroupId,
            Self::UsersName => ValueKey::UsersGroupName,
            Self::UsersId => ValueKey::UsersGroupId,
            Self::IdpMetadata => ValueKey::IdpMetadataFile,
            Self::IdpEntityId => ValueKey::IdpEntityId,
            Self::IdpSsoUrl => ValueKey::IdpSsoUrl,
            Self::IdpCertificate => ValueKey::IdpCertificate,
            Self::BackupLogin => ValueKey::BackupLogin,
            Self::ScimSwitch => return None,
        })
    }
}

/// Whether the portal's field holds the value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[serde(rename = "PortalFieldState")]
pub enum FieldState {
    /// Not entered yet.
    Open,
    /// Entered, by the administrator's word.
    Entered {
        /// When it was ticked.
        at: Timestamp,
    },
    /// Another value was entered than the one here now.
    Changed {
        /// When the other one was ticked.
        at: Timestamp,
    },
}

/// One field, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "PortalFieldView")]
pub struct FieldView {
    /// Which.
    pub field: PortalField,
    /// The step it stands in.
    pub step: StepId,
    /// What the portal calls it; empty when the texts have a word for it.
    pub label: String,
    /// The value to paste; for a file its name, for the switch `on` or `off`.
    pub value: String,
    /// Whether it is there.
    pub state: FieldState,
    /// What Signpost can see of it by itself.
    pub seen: Vec<Finding>,
}

/// The fields there is something to enter into, in the portal's order.
pub fn fields(project: &Project, guide: &Guide, now: Timestamp) -> Vec<FieldView> {
    // What Signpost itself sends to a broker is nobody's to enter.
    let by_hand = |field: &PortalField| project.backend.broker().is_none() || field.step() != StepId::Saml;
    let all = PortalField::ALL.into_iter().filter(by_hand).filter(|field| is_asked(project, *field));
    all.map(|field| FieldView {
        field,
        step: field.step(),
        label: field.key().and_then(|key| guide.service.label(key)).unwrap_or_default().to_owned(),
        value: shown(project, field),
        state: state(project, field),
        seen: seen(project, guide, field, now),
    })
    .collect()
}

/// The fields of a step that the portal does not hold as they are here.
pub fn open(project: &Project, step: StepId) -> impl Iterator<Item = PortalField> {
    let asked = PortalField::ALL.into_iter().filter(move |field| field.step() == step);
    asked
        .filter(|field| is_asked(project, *field))
        .filter(|field| !matches!(state(project, *field), FieldState::Entered { .. }))
}

/// What a tick stands for: the whole value, so that a later change shows.
pub fn value(project: &Project, field: PortalField) -> String {
    let idp = project.saml.values.as_ref();
    let group = |role| project.groups.entry(role);
    match field {
        PortalField::AdminsName => group(GroupRole::Admins).service_name.clone(),
        PortalField::AdminsId => group(GroupRole::Admins).id.trim().to_owned(),
        PortalField::UsersName => group(GroupRole::Users).service_name.clone(),
        PortalField::UsersId => group(GroupRole::Users).id.trim().to_owned(),
        PortalField::IdpMetadata => idp.map(all_of).unwrap_or_default(),
        PortalField::IdpEntityId => idp.map(|idp| idp.entity_id.clone()).unwrap_or_default(),
        PortalField::IdpSsoUrl => idp.map(|idp| idp.sso_url.clone()).unwrap_or_default(),
        PortalField::IdpCertificate => pems(&signing_certificates(project)),
        PortalField::ScimSwitch => if project.scim.enabled { "on" } else { "off" }.to_owned(),
        PortalField::BackupLogin => backup_login::address(project),
    }
}

/// The value that was entered, if it is still the one here.
pub fn entered(project: &Project, field: PortalField) -> Option<(String, Timestamp)> {
    let entered = project.portal.entered.get(&field)?;
    (entered.value == value(project, field)).then(|| (entered.value.clone(), entered.at))
}

fn all_of(idp: &IdpValues) -> String {
    format!("{} {} {}", idp.entity_id, idp.sso_url, pems(&idp.certificates))
}

fn pems(certificates: &[Certificate]) -> String {
    certificates.iter().map(|certificate| certificate.pem.trim()).collect::<Vec<_>>().join("\n")
}

fn shown(project: &Project, field: PortalField) -> String {
    match (field, &project.saml.source) {
        (PortalField::IdpMetadata, Some(source)) => source.name.clone(),
        _ => value(project, field),
    }
}

/// Whether the field has something to be done about it: a value here, or one there that is not here any more.
fn is_asked(project: &Project, field: PortalField) -> bool {
    let was_entered = project.portal.entered.contains_key(&field);
    match field {
        PortalField::IdpMetadata => is_by_file(project),
        PortalField::IdpEntityId | PortalField::IdpSsoUrl | PortalField::IdpCertificate => {
            project.saml.values.is_some() && !is_by_file(project)
        }
        PortalField::ScimSwitch => {
            project.backend.polis().is_none() && (!project.scim.enabled || was_entered)
        }
        PortalField::AdminsName
        | PortalField::AdminsId
        | PortalField::UsersName
        | PortalField::UsersId
        | PortalField::BackupLogin => was_entered || !value(project, field).trim().is_empty(),
    }
}

/// The portal takes the same file that was read here, which a broker is not given; what was pasted or typed is entered value by value.
pub fn is_by_file(project: &Project) -> bool {
    project.saml.values.is_some()
        && project.backend.broker().is_none()
        && project.saml.source.as_ref().is_some_and(|source| source.way == Way::File)
}

fn state(project: &Project, field: PortalField) -> FieldState {
    let Some(entered) = project.portal.entered.get(&field) else { return FieldState::Open };
    if entered.value == value(project, field) {
        FieldState::Entered { at: entered.at }
    } else {
        FieldState::Changed { at: entered.at }
    }
}

fn seen(project: &Project, guide: &Guide, field: PortalField, now: Timestamp) -> Vec<Finding> {
    let name_seen = |role| {
        let group = project.groups.entry(role);
        (!group.idp_name.is_empty() && group.idp_name == group.service_name)
            .then(|| Finding::info("portal-name-same"))
    };
    let id_seen = |role| {
        let (id, group_id) = (project.groups.entry(role).id.trim(), &guide.identity_provider.group_id);
        // Where anything will do, having the form says nothing.
        (group_id.form != IdForm::Free && group_id.form.fits(id))
            .then(|| Finding::info("portal-id-shape").with("label", &group_id.label))
    };
    match field {
        PortalField::AdminsName => name_seen(GroupRole::Admins).into_iter().collect(),
        PortalField::UsersName => name_seen(GroupRole::Users).into_iter().collect(),
        PortalField::AdminsId => id_seen(GroupRole::Admins).into_iter().collect(),
        PortalField::UsersId => id_seen(GroupRole::Users).into_iter().collect(),
        PortalField::IdpMetadata | PortalField::IdpCertificate => certificate_seen(project, now),
        PortalField::IdpEntityId | PortalField::IdpSsoUrl | PortalField::ScimSwitch => Vec::new(),
        PortalField::BackupLogin => (backup_login::address(project) == project.admin_email)
            .then(|| Finding::info("portal-backup-is-you"))
            .into_iter()
            .collect(),
    }
}

/// The certificates by their dates: how many are valid now, and until when the last of them is.
fn certificate_seen(project: &Project, now: Timestamp) -> Vec<Finding> {
    let signing = signing_certificates(project);
    let valid = signing.iter().filter(|one| one.not_before <= now && now < one.not_after);
    let until = valid.clone().map(|one| one.not_after).max();
    until
        .map(|until| {
            Finding::info("portal-certificate-valid").with("count", valid.count()).with("date", until)
        })
        .into_iter()
        .collect()
}

impl Portal {
    /// Whether the value pasted for the record can be one.
    pub fn has_record(&self, domain: &str) -> bool {
        self.records.get(domain).is_some_and(|record| {
            let mut findings = super::shape::judge_txt_value(&record.value);
            findings.extend(super::shape::judge_txt_host(&record.host, domain));
            !super::shape::txt_value(&record.value).is_empty() && !findings.iter().any(Finding::is_error)
        })
    }
}
