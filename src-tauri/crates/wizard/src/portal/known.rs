use super::fields::{PortalField, entered, is_by_file};
use super::shape;
use crate::polis::ConnectionState;
use crate::project::{Known, Project};
use crate::steps::saml;
use account_api::{
    BackupLogin, Domain, DomainState, Group, Groups, IdentityProvider, Integration, Mark, Scim,
    ServiceProvider, Status, TxtRecord,
};
use vocabulary::Timestamp;

/// The integration as the portal has it by the administrator's word: what was taken from there, and what was ticked as
/// entered. `txt_label` is the host of the service's records, unless the portal shows another.
///
/// It has the shape in which an account service answers, so that one set of steps judges both.
pub fn known(project: &Project, txt_label: &str) -> Known {
    let portal = &project.portal;
    let mark = |at: Option<Timestamp>| at.map(|at| Mark { at, by: project.admin_email.clone() });
    let switched = entered(project, PortalField::ScimSwitch);
    let integration = Integration {
        account: String::new(),
        organization: project.organization.clone(),
        version: 0,
        as_of: None,
        status: if is_active(project) { Status::Active } else { Status::Inactive },
        activated_at: portal.activated_at,
        domains: project
            .domains
            .entries
            .iter()
            .filter_map(|entry| domain(project, &entry.name, txt_label))
            .collect(),
        app_registration: mark(project.app_registration.marked_at),
        groups: groups(project),
        service_provider: ServiceProvider {
            entity_id: portal.service_provider.entity_id.trim().to_owned(),
            acs_url: portal.service_provider.acs_url.trim().to_owned(),
            metadata_url: String::new(),
            slo_url: Some(portal.service_provider.slo_url.trim().to_owned()).filter(|url| !url.is_empty()),
        },
        identity_provider: identity_provider(project),
        saml_options: account_api::SamlOptions::default(),
        saml: mark(project.saml.marked_at),
        sign_ins: account_api::SignIns::default(),
        scim: Scim {
            // Polis has no switch for it: there is a directory, or there is none.
            enabled: if project.backend.polis().is_some() {
                project.scim.enabled
            } else {
                switched.map_or_else(|| was_on(project), |(value, _)| value == "on")
            },
            base_url: portal.scim_base_url.trim().to_owned(),
            token: None,
            old_tokens: Vec::new(),
            mark: mark(project.scim.marked_at),
        },
        users: mark(project.users.marked_at),
        backup_login: entered(project, PortalField::BackupLogin).map(|(email, at)| BackupLogin {
            email,
            signed_in_at: Some(at),
            is_disabled: false,
        }),
        blockers: Vec::new(),
    };
    let seen = &portal.seen_in_polis;
    let arrivals = seen.arrived.as_ref().map(|arrived| arrived.arrivals.clone()).unwrap_or_default();
    Known { integration, arrivals, seen_at: seen.arrived_at.unwrap_or(project.created_at) }
}

/// Nobody gets in by what Polis has switched off, whoever did that.
fn is_active(project: &Project) -> bool {
    let off = [ConnectionState::Off, ConnectionState::Absent];
    project.portal.activated_at.is_some() && !off.contains(&project.portal.seen_in_polis.connection)
}

/// SCIM is on in the portal until it was ticked as switched.
fn was_on(project: &Project) -> bool {
    project.portal.entered.get(&PortalField::ScimSwitch).is_none_or(|entered| entered.value == "on")
}

fn domain(project: &Project, name: &str, txt_label: &str) -> Option<Domain> {
    let portal = &project.portal;
    let record = portal.records.get(name).filter(|_| portal.has_record(name))?;
    let entry = project.domains.entry(name)?;
    let host = match record.host.trim() {
        "" => txt_label,
        host => host,
    };
    let verified_at = portal.verified.get(name).copied();
    Some(Domain {
        name: name.to_owned(),
        record: TxtRecord {
            host: host.to_owned(),
            name: format!("{host}.{name}"),
            value: shape::txt_value(&record.value).to_owned(),
        },
        state: if verified_at.is_some() { DomainState::Verified } else { DomainState::Pending },
        added_at: entry.added_at,
        verified_at,
        checked_at: None,
        missing_since: None,
        lost_at: None,
    })
}

fn groups(project: &Project) -> Groups {
    let portal = &project.portal;
    let there = |field| portal.entered.get(&field).map(|entered| entered.value.clone()).unwrap_or_default();
    let group = |name, id| {
        let group = Group { name: there(name), id: there(id) };
        (!group.name.is_empty() || !group.id.is_empty()).then_some(group)
    };
    Groups {
        admins: group(PortalField::AdminsName, PortalField::AdminsId),
        users: group(PortalField::UsersName, PortalField::UsersId),
    }
}

/// The identity provider's values once the file, or all three of them, were entered as they are here.
fn identity_provider(project: &Project) -> Option<IdentityProvider> {
    let by_hand = [PortalField::IdpEntityId, PortalField::IdpSsoUrl, PortalField::IdpCertificate];
    let needed: &[PortalField] = if is_by_file(project) { &[PortalField::IdpMetadata] } else { &by_hand };
    if !needed.iter().all(|field| entered(project, *field).is_some()) {
        return None;
    }
    saml::as_service_has_it(project)
}
