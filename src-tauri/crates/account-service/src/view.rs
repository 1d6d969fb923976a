//! Makes an integration out of what is stored.

use crate::blockers::blockers;
use crate::scim_token::still_good;
use crate::store::domains::StoredDomain;
use crate::store::settings::Stored;
use crate::upkeep::GRACE;
use account_api::{BackupLogin, Domain, DomainState, Integration, Scim, ServiceProvider, Status, TxtRecord};
use vocabulary::Timestamp;

/// The parts of an integration that are the same for all accounts.
#[derive(Debug, Clone)]
pub(crate) struct View {
    /// Scheme, host and port, without a slash at the end.
    pub(crate) public_url: String,
    /// The label of the TXT record.
    pub(crate) challenge_host: String,
    /// Whether an account needs a licence key, as in [`Config`](crate::Config).
    pub(crate) require_licence_key: bool,
}

impl View {
    /// Where an account's SAML addresses begin.
    pub(crate) fn saml(&self, account: &str) -> String {
        format!("{}/saml/{account}", self.public_url)
    }

    /// The SCIM base URL, the same for all accounts: the token says which one it is.
    pub(crate) fn scim(&self) -> String {
        format!("{}/scim/v2", self.public_url)
    }

    /// Where the service takes messages about signing out.
    pub(crate) fn slo_url(&self, account: &str) -> String {
        format!("{}/slo", self.saml(account))
    }

    /// The service's own SAML values.
    pub(crate) fn service_provider(&self, account: &str) -> ServiceProvider {
        let base = self.saml(account);
        let metadata = format!("{base}/metadata");
        ServiceProvider {
            entity_id: metadata.clone(),
            acs_url: format!("{base}/acs"),
            metadata_url: metadata,
            slo_url: Some(self.slo_url(account)),
        }
    }

    /// A domain with its record.
    pub(crate) fn domain(&self, stored: StoredDomain) -> Domain {
        let host = self.challenge_host.clone();
        Domain {
            record: TxtRecord { name: format!("{host}.{}", stored.name), host, value: stored.token },
            state: if stored.verified_at.is_some() { DomainState::Verified } else { DomainState::Pending },
            name: stored.name,
            added_at: stored.added_at,
            verified_at: stored.verified_at,
            checked_at: stored.checked_at,
            missing_since: stored.missing_since,
            lost_at: stored.missing_since.map(|since| since.plus(GRACE)),
        }
    }

    /// The whole integration, with what is missing for activation at this time.
    pub(crate) fn integration(&self, stored: Stored, now: Timestamp) -> Integration {
        let settings = stored.draft.settings;
        let activated_at = stored.draft.activated_at;
        let lacks_licence_key = self.require_licence_key && !stored.has_per_user_key;
        let mut integration = Integration {
            service_provider: self.service_provider(&stored.account),
            account: stored.account,
            organization: stored.organization,
            version: stored.version,
            as_of: Some(now),
            status: if activated_at.is_some() { Status::Active } else { Status::Inactive },
            activated_at,
            domains: stored.domains.into_iter().map(|domain| self.domain(domain)).collect(),
            app_registration: settings.app_registration,
            groups: settings.groups,
            identity_provider: settings.identity_provider,
            saml_options: settings.saml_options,
            saml: settings.saml,
            sign_ins: settings.sign_ins,
            scim: Scim {
                enabled: settings.scim_enabled,
                base_url: self.scim(),
                token: stored.scim_token,
                old_tokens: still_good(stored.scim_old_tokens, now),
                mark: settings.scim,
            },
            users: settings.users,
            backup_login: settings.backup_login.map(|email| BackupLogin {
                email,
                signed_in_at: stored.backup_login.signed_in_at,
                is_disabled: stored.backup_login.is_disabled,
            }),
            blockers: Vec::new(),
        };
        integration.blockers = blockers(&integration, lacks_licence_key, now);
        integration
    }
}
