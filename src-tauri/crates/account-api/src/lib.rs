//! The wire contract between the wizard and the account service: types only.
//!
//! All paths are below [`BASE`]`/accounts/{account}`; SAML lies under `/saml/{account}`, SCIM under `/scim/v2`.
//! Every write carries `If-Match` with the version of the integration that it was based on: without it 428, with an old
//! one 412 and the [`Integration`] as it is now. Making an account has nothing to be based on, and having a domain looked
//! for changes no setting: these two go without. Writes answer with the whole [`Integration`] and its version as `ETag`,
//! or with what was made and that version.
//! A write that would change nothing is answered with 200 and changes nothing: a `PUT` also when it is based on the version
//! before the current one, a `POST` on whichever. Besides, every `POST` that makes something takes [`IDEMPOTENCY_KEY`]:
//! for a day, the same key with the same body is answered as it was before. A retry after a lost answer never doubles.
//! `GET …/integration` honours `If-None-Match`.
//! Lists of users and licence keys are JSON arrays. Errors are RFC 9457 [`Problem`] documents with a stable `code`.
//!
//! - [`account`]: who is signed in, which accounts there are, licence keys
//! - [`integration`]: the one document that the seven steps read and write
//! - [`requests`]: what is sent
//! - [`arrivals`]: who has arrived by provisioning; [`scim_calls`]: what was asked on the way
//! - [`sign_in`]: one sign-in, watched hop by hop
//! - [`audit`]: who did what
//! - [`oauth`]: how a program signs in
//! - [`history`]: what the service saw of a domain's record
//! - [`problem`]: errors and their codes

pub mod account;
pub mod arrivals;
pub mod audit;
pub mod history;
pub mod integration;
pub mod oauth;
pub mod problem;
pub mod requests;
pub mod scim_calls;
pub mod sign_in;

pub use account::{Account, LicenceKey, Me, RegisteredLicenceKey, User, licence_key_letters};
pub use arrivals::{Arrivals, ArrivedGroup, ArrivedUser, LastCall};
pub use audit::{AuditEntry, AuditLog};
pub use history::{DomainChange, DomainHistory, SeenServer};
pub use integration::{
    ActivationBlocker, BackupLogin, Domain, DomainState, Group, Groups, IdentityProvider, Integration,
    LogoutService, Mark, Scim, ScimToken, ServiceProvider, SsoBinding, Status, TxtRecord,
};
pub use oauth::{OAUTH_CLIENT, OAUTH_METADATA_PATH, OAUTH_REDIRECT_PATH, SCOPE_READ, SCOPE_WRITE};
pub use problem::{Problem, ProblemCode};
pub use requests::{
    AddDomain, AddUser, CreateAccount, IssueScimToken, IssuedToken, MarkStep, RegisterFirstLicenceKey,
    RegisterLicenceKey, SetBackupLogin, SetGroups, SetIdentityProvider, SetSamlOptions, SetScim,
    Verification,
};
pub use scim_calls::{ScimCall, ScimCaller, ScimCalls, ScimRun};
pub use sign_in::{
    Activate, PassedSignIn, RequiredClaim, SamlOptions, SignInAnswer, SignInAttribute, SignInComparison,
    SignInGroup, SignInHop, SignInHopName, SignInHopState, SignInLicence, SignInMatter, SignInPurpose,
    SignInRole, SignInState, SignInSubject, SignInTest, SignIns, StartSignInTest,
};

/// The header with which a creation that is sent again is known (draft-ietf-httpapi-idempotency-key-header): 16 to 255
/// visible ASCII characters that nobody guesses, such as a random UUID.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The path below which the settings API lies.
pub const BASE: &str = "/api/v1";
