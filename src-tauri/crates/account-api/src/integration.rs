//! The integration: the one document that the seven steps read and write.

use crate::{SamlOptions, SignIns};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vocabulary::{StepId, Timestamp};

/// Everything the service knows about one account's single sign-on and provisioning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct Integration {
    /// The account's id.
    pub account: String,
    /// The organization's name.
    pub organization: String,
    /// Grows by one with every write; the `ETag` is this number in quotation marks.
    pub version: u32,
    /// When the service answered this, by its own clock, in which the sign-ins are stamped too. An older service does not
    /// say it.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub as_of: Option<Timestamp>,
    /// Whether single sign-on is switched on.
    pub status: Status,
    /// When it was switched on, while it is.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub activated_at: Option<Timestamp>,
    /// Step 1.
    pub domains: Vec<Domain>,
    /// Step 2: the mark that the application is registered.
    pub app_registration: Option<Mark>,
    /// Step 3.
    pub groups: Groups,
    /// Step 4: the service's own values, preset and read-only.
    pub service_provider: ServiceProvider,
    /// Step 4: the identity provider's values.
    pub identity_provider: Option<IdentityProvider>,
    /// Step 4: what the service does beyond the usual when somebody signs in.
    #[serde(default)]
    pub saml_options: SamlOptions,
    /// Step 4: the mark that the identity provider's side is configured.
    pub saml: Option<Mark>,
    /// The sign-in tests that passed with the identity provider's present values.
    #[serde(default)]
    pub sign_ins: SignIns,
    /// Step 5.
    pub scim: Scim,
    /// Step 6: the mark that the users are in the groups, or will be later.
    pub users: Option<Mark>,
    /// Step 7.
    pub backup_login: Option<BackupLogin>,
    /// What is missing before the integration can be activated; empty when nothing is.
    pub blockers: Vec<ActivationBlocker>,
}

/// Whether single sign-on is switched on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Everybody signs in as before.
    Inactive,
    /// Users of the verified domains are sent to the identity provider.
    Active,
}

/// One e-mail domain of the organization. Unique over all accounts of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct Domain {
    /// The domain in ASCII (A-labels), lower case, without a final dot.
    pub name: String,
    /// The record that proves control of it.
    pub record: TxtRecord,
    /// Whether the service has seen the record itself.
    pub state: DomainState,
    /// When it was added.
    #[schema(value_type = String, format = DateTime)]
    pub added_at: Timestamp,
    /// When the service first saw the record on every answering delegated name server.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub verified_at: Option<Timestamp>,
    /// When the service last looked.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub checked_at: Option<Timestamp>,
    /// Since when the record of a verified domain is gone.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub missing_since: Option<Timestamp>,
    /// When such a domain counts as not verified, unless its record is seen again before.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub lost_at: Option<Timestamp>,
}

/// Whether the service has seen a domain's record itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum DomainState {
    /// Not seen yet.
    Pending,
    /// Seen.
    Verified,
}

/// The TXT record to publish (RFC 1035, section 3.3.14).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct TxtRecord {
    /// What to type into the host field of most DNS panels: the name without the domain.
    pub host: String,
    /// The whole name.
    pub name: String,
    /// The value, without quotation marks.
    pub value: String,
}

/// A step's mark: somebody said that the configuration in the identity provider is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct Mark {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The e-mail address of who said so.
    pub by: String,
}

/// The two groups.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct Groups {
    /// Its members administer the business account. Required.
    pub admins: Option<Group>,
    /// Its members may activate Desktop.
    pub users: Option<Group>,
}

/// A group of the identity provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct Group {
    /// The name, exactly as in the identity provider.
    pub name: String,
    /// The id; in Entra the Object ID.
    pub id: String,
}

/// The service's own SAML values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct ServiceProvider {
    /// The SP entity ID.
    pub entity_id: String,
    /// The assertion consumer service URL (HTTP-POST).
    pub acs_url: String,
    /// Where the SP metadata can be read.
    pub metadata_url: String,
    /// Where it takes messages about signing out, by HTTP-Redirect and HTTP-POST (SAML profiles, section 4.4); without
    /// it, nowhere, or nobody knows where.
    #[serde(default)]
    pub slo_url: Option<String>,
}

/// The binding over which the authentication request is sent (SAML bindings, sections 3.4 and 3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum SsoBinding {
    /// HTTP-Redirect.
    HttpRedirect,
    /// HTTP-POST.
    HttpPost,
}

/// The identity provider's SAML values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct IdentityProvider {
    /// The IdP entity ID.
    pub entity_id: String,
    /// The single sign-on service URL.
    pub sso_url: String,
    /// How the request is sent there.
    pub sso_binding: SsoBinding,
    /// The signing certificates, PEM, at least one.
    pub certificates: Vec<String>,
    /// Where messages about signing out are sent; without it, the identity provider is not told.
    #[serde(default)]
    pub logout: Option<LogoutService>,
}

/// Where the identity provider takes messages about signing out (SAML metadata, 2.4.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct LogoutService {
    /// The single logout service URL.
    pub url: String,
    /// Where answers go, when that is another URL.
    #[serde(default)]
    pub response_url: Option<String>,
    /// How messages are sent there.
    pub binding: SsoBinding,
}

/// Provisioning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct Scim {
    /// On by default; off means that people are added by hand.
    pub enabled: bool,
    /// The SCIM base URL; in Entra the Tenant URL.
    pub base_url: String,
    /// The current bearer token, never the token itself.
    pub token: Option<ScimToken>,
    /// Tokens that were replaced and are good for a while still, the newest first.
    #[serde(default)]
    pub old_tokens: Vec<ScimToken>,
    /// The mark that the identity provider's side is configured.
    pub mark: Option<Mark>,
}

/// What may be known of a bearer token after it was shown once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct ScimToken {
    /// Its last four characters.
    pub hint: String,
    /// When it was issued.
    #[schema(value_type = String, format = DateTime)]
    pub issued_at: Timestamp,
    /// When it was last used.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub used_at: Option<Timestamp>,
    /// When it ends, of one that was replaced.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ends_at: Option<Timestamp>,
}

/// The login that works when single sign-on does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct BackupLogin {
    /// The e-mail address of an existing user of the account.
    pub email: String,
    /// When that user last signed in.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub signed_in_at: Option<Timestamp>,
    /// Whether an administrator of the service has disabled that user, who cannot sign in then.
    #[serde(default)]
    pub is_disabled: bool,
}

/// One thing that is missing before activation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct ActivationBlocker {
    /// The step to go to.
    #[schema(value_type = String, example = "domains")]
    pub step: StepId,
    /// What is missing: `no-domain`, `domain-not-verified`, `app-not-registered`, `no-admins-group`,
    /// `no-identity-provider`, `certificate-expired`, `saml-not-marked`, `no-portal-sign-in`, `scim-not-marked`,
    /// `users-not-marked`, `no-backup-login`, `backup-login-never-signed-in`, `backup-login-disabled`;
    /// and `no-licence-key`, where the service wants one before anything is set up.
    pub code: String,
    /// What it is about (a domain, an e-mail address), when there is one.
    pub subject: Option<String>,
}
