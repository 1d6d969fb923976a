//! What is missing before an integration can be activated. A pure function of the integration and the time.

use account_api::{ActivationBlocker, DomainState, IdentityProvider, Integration};
use vocabulary::{StepId, Timestamp};

/// Nobody has seen a sign-in work with the identity provider's present values. The only one that can be insisted past.
pub(crate) const NO_PORTAL_SIGN_IN: &str = "no-portal-sign-in";

/// The service wants a licence key before anything is set up, and the account has none that is licensed per user.
pub(crate) const NO_LICENCE_KEY: &str = "no-licence-key";

/// What is missing, in the order of the steps.
pub(crate) fn blockers(
    integration: &Integration,
    lacks_licence_key: bool,
    now: Timestamp,
) -> Vec<ActivationBlocker> {
    let missing = |absent: bool, step, code| absent.then(|| blocker(step, code, None));
    let mut found: Vec<_> = missing(lacks_licence_key, StepId::Domains, NO_LICENCE_KEY).into_iter().collect();
    found.extend(domains(integration));
    let rest = [
        missing(integration.app_registration.is_none(), StepId::AppRegistration, "app-not-registered"),
        missing(integration.groups.admins.is_none(), StepId::Groups, "no-admins-group"),
        identity_provider(integration.identity_provider.as_ref(), now),
        missing(integration.saml.is_none(), StepId::Saml, "saml-not-marked"),
        missing(lacks_sign_in(integration), StepId::Saml, NO_PORTAL_SIGN_IN),
        missing(integration.scim.enabled && integration.scim.mark.is_none(), StepId::Scim, "scim-not-marked"),
        missing(integration.users.is_none(), StepId::Users, "users-not-marked"),
        backup_login(integration),
    ];
    found.extend(rest.into_iter().flatten());
    found
}

fn domains(integration: &Integration) -> Vec<ActivationBlocker> {
    if integration.domains.is_empty() {
        return vec![blocker(StepId::Domains, "no-domain", None)];
    }
    let pending = integration.domains.iter().filter(|domain| domain.state == DomainState::Pending);
    pending.map(|domain| blocker(StepId::Domains, "domain-not-verified", Some(&domain.name))).collect()
}

/// Without an identity provider there is nothing to sign in with, which is said already.
fn lacks_sign_in(integration: &Integration) -> bool {
    integration.identity_provider.is_some() && integration.sign_ins.portal.is_none()
}

/// One usable certificate is enough: identity providers publish the next one beside the current one.
fn identity_provider(provider: Option<&IdentityProvider>, now: Timestamp) -> Option<ActivationBlocker> {
    let Some(provider) = provider else { return Some(blocker(StepId::Saml, "no-identity-provider", None)) };
    let read = provider.certificates.iter().flat_map(|pem| certs::read(pem.as_bytes()).certificates);
    let usable = read.into_iter().any(|certificate| certificate.not_after >= now);
    (!usable).then(|| blocker(StepId::Saml, "certificate-expired", None))
}

fn backup_login(integration: &Integration) -> Option<ActivationBlocker> {
    match &integration.backup_login {
        None => Some(blocker(StepId::BackupLogin, "no-backup-login", None)),
        Some(login) if login.is_disabled => {
            Some(blocker(StepId::BackupLogin, "backup-login-disabled", Some(&login.email)))
        }
        Some(login) if login.signed_in_at.is_none() => {
            Some(blocker(StepId::BackupLogin, "backup-login-never-signed-in", Some(&login.email)))
        }
        Some(_) => None,
    }
}

fn blocker(step: StepId, code: &str, subject: Option<&str>) -> ActivationBlocker {
    ActivationBlocker { step, code: code.to_owned(), subject: subject.map(str::to_owned) }
}
