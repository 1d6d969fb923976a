//! The questions the core asks. Adapters answer them.

use crate::broker::Broker;
use crate::error::Failure;
use crate::keycloak::Keycloak;
use crate::polis::Polis;
use crate::project::Project;
use crate::watching::WatchList;
use account_api::{
    Account, Arrivals, AuditLog, DomainHistory, Groups, Integration, LicenceKey, Me, RegisterLicenceKey,
    SamlOptions, ScimCalls, SetIdentityProvider, SignInTest, StartSignInTest, User, Verification,
};
use async_trait::async_trait;
use domain_check::{CheckSoFar, DomainName, PublicResolver, Report};
use std::io::{self, Read};
use std::sync::Arc;
use vocabulary::{Finding, Secret, StepId, Timestamp};

/// What time is it?
pub trait Clock: Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> Timestamp;
}

/// Where are the projects kept?
pub trait ProjectStore: Send + Sync {
    /// Every project file, readable or not. A damaged one is set aside, so it is named once, and whoever asks has to
    /// show it.
    ///
    /// # Errors
    /// When the folder cannot be read.
    fn list(&self) -> Result<Vec<Stored>, Failure>;

    /// The projects that can be read; all other files stay as they are, for [`list`](Self::list) to name.
    ///
    /// # Errors
    /// When the folder cannot be read.
    fn readable(&self) -> Result<Vec<Project>, Failure>;

    /// One project, whole.
    ///
    /// # Errors
    /// [`ProjectMissing`](crate::FailureCode::ProjectMissing), [`ProjectNewer`](crate::FailureCode::ProjectNewer)
    /// (the file is untouched), [`ProjectDamaged`](crate::FailureCode::ProjectDamaged) (the file was set aside).
    fn load(&self, id: &str) -> Result<Project, Failure>;

    /// Replaces the file in one step, and only if it still is the revision that `project` came from. The stored
    /// document, with its revision counted up, comes back.
    ///
    /// # Errors
    /// [`ProjectChangedElsewhere`](crate::FailureCode::ProjectChangedElsewhere), or why it could not be written; the
    /// file on disk is then as it was.
    fn save(&self, project: &Project) -> Result<Project, Failure>;

    /// Takes a project away; it can be brought back by [`restore`](Self::restore).
    ///
    /// # Errors
    /// When the file cannot be moved.
    fn remove(&self, id: &str) -> Result<(), Failure>;

    /// Brings a removed project back.
    ///
    /// # Errors
    /// [`ProjectMissing`](crate::FailureCode::ProjectMissing) when it was not removed before.
    fn restore(&self, id: &str) -> Result<(), Failure>;
}

/// A project file as the store found it.
#[derive(Debug)]
pub enum Stored {
    /// It reads.
    Readable(Box<Project>),
    /// It does not; the failure says why and what was done.
    Unreadable {
        /// The file's name.
        file: String,
        /// Why.
        failure: Failure,
    },
}

/// Where is the watch list kept?
pub trait WatchStore: Send + Sync {
    /// The list; an empty one when there is none yet.
    ///
    /// # Errors
    /// [`WatchListNewer`](crate::FailureCode::WatchListNewer) (the file is untouched),
    /// [`WatchListDamaged`](crate::FailureCode::WatchListDamaged) (the file was set aside), or why it cannot be read.
    fn load(&self) -> Result<WatchList, Failure>;

    /// Replaces it in one step.
    ///
    /// # Errors
    /// Why it could not be written; what is on the disk is then as it was.
    fn save(&self, list: &WatchList) -> Result<(), Failure>;
}

/// The secrets a project may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    /// The access token for the account service's settings API.
    AccessToken,
    /// The SCIM bearer token.
    ScimToken,
}

/// Where are the secrets kept? *No entry* and *no keyring* are two answers. `project` is the project's
/// [`keyring_name`](Project::keyring_name).
#[async_trait]
pub trait SecretStore: Send + Sync {
    /// The secret, or `None` when there is no entry.
    ///
    /// # Errors
    /// [`KeyringUnavailable`](crate::FailureCode::KeyringUnavailable) or
    /// [`KeyringLocked`](crate::FailureCode::KeyringLocked).
    async fn secret(&self, project: &str, kind: SecretKind) -> Result<Option<Secret>, Failure>;

    /// Keeps the secret, replacing an earlier one.
    ///
    /// # Errors
    /// As [`secret`](Self::secret).
    async fn keep(&self, project: &str, kind: SecretKind, secret: &Secret) -> Result<(), Failure>;

    /// Forgets the secret; fine when there is none.
    ///
    /// # Errors
    /// As [`secret`](Self::secret).
    async fn forget(&self, project: &str, kind: SecretKind) -> Result<(), Failure>;
}

/// What do the delegated name servers say?
#[async_trait]
pub trait DomainChecker: Send + Sync {
    /// Walks from the roots to the delegated name servers and asks each directly. It always answers: not reaching
    /// anybody is a report too. Dropping the future cancels the check.
    async fn check(&self, domain: &DomainName, label: &str, expected: Option<&str>) -> Report;

    /// The same; `tell` hears who is asked, and of each server as soon as it has answered or was given up. A checker
    /// that hears nothing meanwhile tells nothing.
    async fn check_telling(
        &self,
        domain: &DomainName,
        label: &str,
        expected: Option<&str>,
        tell: &(dyn Fn(CheckSoFar) + Send + Sync),
    ) -> Report {
        let _ = tell;
        self.check(domain, label, expected).await
    }

    /// Adds to the report of a check what resolvers say, for comparison. None is asked before the delegated name servers
    /// agree, nor while it only would repeat what it said before; the report comes back as it was then, with what is
    /// known already. Dropping the future does not take back a question that was sent. A checker that knows no resolvers
    /// leaves the report as it is.
    async fn compare(&self, report: Report, whom: &Comparison) -> Report {
        let _ = whom;
        report
    }
}

/// A metadata document that can be read more than once, and need not be in memory.
pub trait MetadataDocument: Send + Sync {
    /// Reads it from its beginning.
    ///
    /// # Errors
    /// When it is not there any more, or cannot be read.
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>>;

    /// Its size in bytes, where it is known.
    fn size(&self) -> Option<u64>;
}

/// A document that was fetched.
pub struct FetchedMetadata {
    /// What came.
    pub document: Arc<dyn MetadataDocument>,
    /// The addresses it was redirected to, in order.
    pub redirects: Vec<String>,
}

/// What is behind an address that the administrator gave?
#[async_trait]
pub trait MetadataFetcher: Send + Sync {
    /// Fetches a document over https, whoever it is from, at most one byte more than `limit`; nothing is asked inside a
    /// private network unless that is allowed.
    ///
    /// # Errors
    /// One of the codes that begin with `address-`.
    async fn fetch(&self, url: &str, limit: usize, allow_private: bool) -> Result<FetchedMetadata, Failure>;
}

/// Who serves a zone, by what the zone and its DNS host say themselves?
#[async_trait]
pub trait DomainConnectAsker: Send + Sync {
    /// The values of the TXT record at a name, as the zone's own name servers have them; nobody else is asked.
    ///
    /// # Errors
    /// What is in the way, as a finding.
    async fn texts_at(&self, name: &str) -> Result<Vec<String>, Finding>;

    /// Fetches a document over HTTPS from a host that a zone names. That host learns the URL; addresses of private
    /// networks are not reached, redirects not followed.
    ///
    /// # Errors
    /// What is in the way, as a finding.
    async fn fetch(&self, host: &str, url: &str) -> Result<Vec<u8>, Finding>;
}

/// Which resolvers to ask. Each of them learns the name of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Resolvers that everybody may ask.
    pub public: Vec<PublicResolver>,
    /// Whether the resolver this computer uses is asked too.
    pub own: bool,
    /// How they are asked.
    pub way: ComparisonWay,
}

impl Comparison {
    /// Asks nobody.
    pub const fn nobody() -> Self {
        Self { public: Vec::new(), own: false, way: ComparisonWay::Any }
    }

    /// Whether nobody is asked.
    pub const fn is_nobody(&self) -> bool {
        self.public.is_empty() && !self.own
    }
}

/// How resolvers are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComparisonWay {
    /// Over HTTPS, and on port 53 where that does not work; only when the delegated name servers agree.
    Any,
    /// Over HTTPS alone, and only where this network holds port 53 back or answers on it itself: nobody else can be
    /// asked then. A resolver that finds nothing remembers that.
    HttpsAlone,
}

/// Which account service does a project talk to?
#[async_trait]
pub trait Services: Send + Sync {
    /// The service that a project's settings go to, ready to be asked in the project's name.
    ///
    /// # Errors
    /// When the local service did not start, or the access token is not in the keyring.
    async fn connect(&self, project: &Project) -> Result<Arc<dyn AccountService>, Failure>;

    /// Prepares a new project's account: on this computer it is made with its owner; at a URL, the access token is
    /// tried before it is kept.
    ///
    /// # Errors
    /// As [`connect`](Self::connect), or what the service answers.
    async fn enrol(&self, project: &Project, access_token: Option<Secret>) -> Result<Account, Failure>;

    /// The broker that a project names, ready to be asked. A secret that is given is tried, and kept in the keyring; else
    /// the one there is taken.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::FailureCode::InvalidInput) for what the broker would misread, what is said
    /// [without a secret](crate::broker::Kind::without_secret), or why there is no answer.
    async fn broker(&self, project: &Project, secret: Option<Secret>) -> Result<Arc<dyn Broker>, Failure>;

    /// The Ory Polis that a project names, ready to be asked.
    ///
    /// # Errors
    /// As [`broker`](Self::broker).
    async fn polis(&self, project: &Project) -> Result<Arc<dyn Polis>, Failure>;

    /// The Keycloak that a project names, ready to be asked.
    ///
    /// # Errors
    /// As [`broker`](Self::broker).
    async fn keycloak(&self, project: &Project) -> Result<Arc<dyn Keycloak>, Failure>;
}

/// How is a SCIM endpoint asked?
pub trait ProvisioningEndpoints: Send + Sync {
    /// The endpoint at a SCIM base URL, ready to be asked with the bearer token. Nothing is sent yet.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::FailureCode::InvalidInput) on `scim-base-url` or `scim-token`.
    fn endpoint(&self, base_url: &str, token: &Secret) -> Result<Box<dyn scim_rehearsal::Endpoint>, Failure>;
}

/// What a write to the service came to.
#[derive(Debug)]
pub enum Written {
    /// It is in; this is the integration now.
    Done(Box<Integration>),
    /// Somebody else has written since the version it was based on; nothing was changed.
    Stale(Box<Integration>),
}

/// The settings API, phrased as what the core wants to know or to have done.
#[async_trait]
pub trait AccountService: Send + Sync {
    /// Who is signed in.
    async fn me(&self) -> Result<Me, Failure>;
    /// The whole integration.
    async fn integration(&self, account: &str) -> Result<Integration, Failure>;
    /// The registered licence keys, oldest first.
    async fn licence_keys(&self, account: &str) -> Result<Vec<LicenceKey>, Failure>;
    /// Registers a licence key, or changes what was said of one of the account's.
    async fn register_licence_key(&self, account: &str, key: &RegisterLicenceKey) -> Result<(), Failure>;
    /// Removes a licence key.
    async fn remove_licence_key(&self, account: &str, key: &LicenceKey) -> Result<(), Failure>;
    /// Adds a domain; the service issues the record.
    async fn add_domain(&self, account: &str, name: &str) -> Result<Integration, Failure>;
    /// Takes a domain away.
    async fn remove_domain(&self, account: &str, name: &str) -> Result<Integration, Failure>;
    /// Asks the service to look at the domain's record itself.
    async fn verify_domain(&self, account: &str, name: &str) -> Result<Verification, Failure>;
    /// What the service saw of the domain's record, change by change.
    async fn domain_history(&self, account: &str, name: &str) -> Result<DomainHistory, Failure>;
    /// Replaces both groups.
    async fn set_groups(&self, account: &str, version: u32, groups: &Groups) -> Result<Written, Failure>;
    /// Replaces the identity provider's values.
    async fn set_identity_provider(
        &self,
        account: &str,
        version: u32,
        values: &SetIdentityProvider,
    ) -> Result<Written, Failure>;
    /// Switches what it does beyond the usual when somebody signs in.
    async fn set_saml_options(
        &self,
        account: &str,
        version: u32,
        options: &SamlOptions,
    ) -> Result<Written, Failure>;
    /// Switches provisioning.
    async fn set_scim(&self, account: &str, version: u32, enabled: bool) -> Result<Written, Failure>;
    /// Issues a new SCIM bearer token; the old one works until then, or stops at once.
    async fn issue_scim_token(
        &self,
        account: &str,
        keep_old_until: Option<Timestamp>,
    ) -> Result<Secret, Failure>;
    /// Ends the SCIM bearer token with those last characters.
    async fn revoke_scim_token(&self, account: &str, version: u32, hint: &str) -> Result<Written, Failure>;
    /// Sets or takes back the mark of step 2, 4, 5 or 6.
    async fn mark_step(
        &self,
        account: &str,
        version: u32,
        step: StepId,
        done: bool,
    ) -> Result<Written, Failure>;
    /// Names the backup login.
    async fn set_backup_login(&self, account: &str, version: u32, email: &str) -> Result<Written, Failure>;
    /// The users of the account.
    async fn users(&self, account: &str) -> Result<Vec<User>, Failure>;
    /// Who has arrived by provisioning.
    async fn arrivals(&self, account: &str) -> Result<Arrivals, Failure>;
    /// The newest SCIM requests.
    async fn scim_calls(&self, account: &str) -> Result<ScimCalls, Failure>;
    /// Who did what.
    async fn audit(&self, account: &str) -> Result<AuditLog, Failure>;
    /// The newest sign-in tests, the newest first.
    async fn sign_in_tests(&self, account: &str) -> Result<Vec<SignInTest>, Failure>;
    /// The SP metadata document.
    async fn sp_metadata(&self, account: &str) -> Result<String, Failure>;
    /// Begins a sign-in that the service watches; the answer names the address to open.
    async fn start_sign_in_test(&self, account: &str, test: &StartSignInTest) -> Result<SignInTest, Failure>;
    /// A watched sign-in, as far as it has come.
    async fn sign_in_test(&self, account: &str, id: &str) -> Result<SignInTest, Failure>;
    /// Switches single sign-on on. Without a sign-in that was seen to work, `without_sign_in` has the organization's name.
    async fn activate(
        &self,
        account: &str,
        version: u32,
        without_sign_in: Option<&str>,
    ) -> Result<Written, Failure>;
    /// Switches single sign-on off.
    async fn deactivate(&self, account: &str, version: u32) -> Result<Written, Failure>;
}
