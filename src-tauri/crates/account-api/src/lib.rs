//! The wire contract between the wizard and the account service: types only.
//!
//! All paths are below [`BASE`]`/accounts/{account}`; SAML lies under `/saml/{account}`, SCIM under `/scim/v2`.
//! Every write to the integration carries `If-Match` with the version it was based on; the answer carries the new
//! one as `ETag` and the whole [`Integration`]. Errors are RFC 9457 [`Problem`] documents with a stable `code`.
//!
//! - [`account`]: who is signed in, which accounts there are, licence keys
//! - [`integration`]: the one document that the seven steps read and write
//! - [`requests`]: what is sent
//! - [`arrivals`]: who has arrived by provisioning
//! - [`audit`]: who did what
//! - [`problem`]: errors and their codes

pub mod account;
pub mod arrivals;
pub mod audit;
pub mod integration;
pub mod problem;
pub mod requests;

pub use account::{Account, LicenceKey, Me, User};
pub use arrivals::{ArrivedGroup, ArrivedUser, Arrivals, LastCall};
pub use audit::{AuditEntry, AuditLog};
pub use integration::{
    ActivationBlocker, BackupLogin, Domain, DomainState, Group, Groups, IdentityProvider, Integration, Mark, Scim,
    ScimToken, ServiceProvider, SsoBinding, Status, TxtRecord,
};
pub use problem::{Problem, ProblemCode};
pub use requests::{
    AddDomain, AddUser, CreateAccount, IssuedToken, MarkStep, RegisterLicenceKey, SetBackupLogin, SetGroups,
    SetIdentityProvider, SetScim, Verification,
};

/// The path below which the settings API lies.
pub const BASE: &str = "/api/v1";
