//! What the steps write, one JSON document an account.

use super::people::Login;
use account_api::{Groups, IdentityProvider, Mark, SamlOptions, SignIns};
use serde::{Deserialize, Serialize};
use vocabulary::Timestamp;

/// What the steps write. Fields that a later version adds have to read as their defaults from older documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    pub(crate) app_registration: Option<Mark>,
    pub(crate) groups: Groups,
    pub(crate) identity_provider: Option<IdentityProvider>,
    pub(crate) saml_options: SamlOptions,
    pub(crate) saml: Option<Mark>,
    pub(crate) sign_ins: SignIns,
    pub(crate) scim_enabled: bool,
    pub(crate) scim: Option<Mark>,
    pub(crate) users: Option<Mark>,
    pub(crate) backup_login: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            app_registration: None,
            groups: Groups::default(),
            identity_provider: None,
            saml_options: SamlOptions::default(),
            saml: None,
            sign_ins: SignIns::default(),
            scim_enabled: true,
            scim: None,
            users: None,
            backup_login: None,
        }
    }
}

/// What one write may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) settings: Settings,
    pub(crate) activated_at: Option<Timestamp>,
}

/// Everything the database knows about one account's integration.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) account: String,
    pub(crate) organization: String,
    pub(crate) version: u32,
    pub(crate) draft: Draft,
    pub(crate) domains: Vec<super::domains::StoredDomain>,
    pub(crate) scim_token: Option<account_api::ScimToken>,
    /// Also those whose time is over.
    pub(crate) scim_old_tokens: Vec<account_api::ScimToken>,
    pub(crate) backup_login: Login,
    /// Whether a licence key is registered whose subscription is licensed per user.
    pub(crate) has_per_user_key: bool,
}
