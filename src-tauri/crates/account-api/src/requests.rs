//! What is sent to the service.

use crate::{Domain, Groups, LogoutService, SamlOptions, SsoBinding};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vocabulary::{Finding, Timestamp};

/// `POST /accounts`: a new business account, owned by the signed-in user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CreateAccount {
    /// The organization's name, 1 to 100 characters.
    pub name: String,
}

/// `POST …/users`: a user who may sign in to the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AddUser {
    /// The e-mail address.
    pub email: String,
}

/// `POST …/licence-keys`: a key for the account in the path.
///
/// It is not `Debug`: the key must not reach a log.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct RegisterLicenceKey {
    /// The key as printed: 8 to 128 letters and digits, blanks and hyphens aside.
    pub key: String,
    /// A name for the subscription, at most 100 characters. Registered again without one, it keeps the one it has.
    #[serde(default)]
    pub name: Option<String>,
    /// Whether the order says that the subscription is licensed per user; the service asks nobody else.
    #[serde(default = "yes")]
    pub per_user: bool,
}

/// `POST /licence-keys`: a key for the account that the user has, or for one that is made with it.
///
/// It is not `Debug`: the key must not reach a log.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct RegisterFirstLicenceKey {
    /// The key, its name and its kind.
    #[serde(flatten)]
    pub licence_key: RegisterLicenceKey,
    /// The organization's name, 1 to 100 characters; needed of a user without an account, and of no meaning else.
    #[serde(default)]
    pub organization: Option<String>,
}

/// What a subscription is unless it is said.
const fn yes() -> bool {
    true
}

/// `POST …/domains`, answered with the [`Integration`](crate::Integration): 201 when the domain is new, 200 when the
/// account has it already (nothing is changed then).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AddDomain {
    /// The domain, in any form that can be typed.
    pub name: String,
}

/// The answer of `POST …/domains/{name}/verify`: the service looked itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, specta::Type)]
pub struct Verification {
    /// The domain as it is now.
    pub domain: Domain,
    /// What the service saw.
    #[schema(value_type = Vec<Object>)]
    pub findings: Vec<Finding>,
}

/// `PUT …/groups` (`If-Match`).
pub type SetGroups = Groups;

/// `PUT …/saml/options` (`If-Match`).
pub type SetSamlOptions = SamlOptions;

/// `PUT …/saml/identity-provider` (`If-Match`): values, or metadata as it was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum SetIdentityProvider {
    /// The three values, and how requests are sent.
    Values {
        /// The IdP entity ID.
        entity_id: String,
        /// The single sign-on service URL.
        sso_url: String,
        /// How the request is sent there.
        sso_binding: SsoBinding,
        /// The signing certificates, PEM.
        certificates: Vec<String>,
        /// Whether its metadata asks for signed requests (`WantAuthnRequestsSigned`), which switches signing on.
        #[serde(default)]
        wants_signed_requests: bool,
        /// Where messages about signing out are sent.
        #[serde(default)]
        logout: Option<LogoutService>,
    },
    /// The metadata document.
    Metadata {
        /// The XML.
        xml: String,
        /// Certificates, PEM, whose keys alone may have signed the document. Without any, a signature still must not be
        /// broken, but whose it is is not asked.
        #[serde(default)]
        signed_by: Vec<String>,
    },
}

/// `PUT …/scim` (`If-Match`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SetScim {
    /// Whether provisioning is on.
    pub enabled: bool,
}

/// `PUT …/steps/{step}` (`If-Match`): sets or takes back the mark of steps 2, 4, 5 and 6.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MarkStep {
    /// Whether the configuration in the identity provider is done.
    pub done: bool,
}

/// `PUT …/backup-login` (`If-Match`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SetBackupLogin {
    /// An existing user of the account who has signed in at least once.
    pub email: String,
}

/// `POST …/scim/token`; the body may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IssueScimToken {
    /// Until when the token that is replaced stays good, at most 90 days; without, it ends at once.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub keep_old_until: Option<Timestamp>,
}

/// The answer of `POST …/scim/token`: the only time the token is shown.
///
/// It is not `Debug`: the token must not reach a log.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct IssuedToken {
    /// The bearer token.
    pub token: String,
    /// When it was issued.
    #[schema(value_type = String, format = DateTime)]
    pub issued_at: Timestamp,
}
