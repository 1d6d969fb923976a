use super::{is_confirmed, value};
use crate::project::{Known, Project};
use account_api::{Arrivals, Groups, Integration, Mark, Scim, ServiceProvider, Status};
use guides::{Guide, PageId, ValueKey};
use vocabulary::Timestamp;

/// The integration as the service's support has it by the administrator's word: what was sent, and what was confirmed.
///
/// It has the shape in which an account service answers, so that one set of steps judges both.
pub fn known(project: &Project, guide: &Guide) -> Known {
    let address = |key| value(key, project, &guide.service).unwrap_or_default();
    let mark = |at: Option<Timestamp>| at.map(|at| Mark { at, by: project.admin_email.clone() });
    let works_since = works_since(project, guide);
    let integration = Integration {
        account: String::new(),
        organization: project.organization.clone(),
        version: 0,
        as_of: None,
        status: if works_since.is_some() { Status::Active } else { Status::Inactive },
        activated_at: works_since,
        domains: Vec::new(),
        app_registration: mark(project.app_registration.marked_at),
        groups: Groups::default(),
        service_provider: ServiceProvider {
            entity_id: address(ValueKey::SpEntityId),
            acs_url: address(ValueKey::AcsUrl),
            metadata_url: String::new(),
            slo_url: None,
        },
        identity_provider: project.support.sent.as_ref().map(|sent| sent.identity_provider.clone()),
        saml_options: account_api::SamlOptions::default(),
        saml: mark(project.saml.marked_at),
        sign_ins: account_api::SignIns::default(),
        scim: Scim {
            enabled: false,
            base_url: String::new(),
            token: None,
            old_tokens: Vec::new(),
            mark: None,
        },
        users: mark(project.users.marked_at),
        backup_login: None,
        blockers: Vec::new(),
    };
    Known { integration, arrivals: Arrivals::default(), seen_at: project.created_at }
}

/// Since when a sign-in was seen to work with what support has confirmed.
fn works_since(project: &Project, guide: &Guide) -> Option<Timestamp> {
    let confirmed = project.support.confirmed.as_ref().filter(|_| is_confirmed(project, &guide.service))?;
    let tested = super::view::tested_at(project, guide.page(PageId::TestSignIn)?)?;
    Some(confirmed.at.max(tested))
}
