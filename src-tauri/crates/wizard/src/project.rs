//! The document that is kept for each project. It never holds a secret.

use crate::error::{Failure, FailureCode};
use crate::handover::{HandOver, TaskOrigin};
use crate::keycloak;
use crate::polis::Place;
use crate::portal::Portal;
use crate::sign_in::SignIns;
use crate::steps::{
    app_registration::AppRegistration, backup_login::BackupLogin, domains::Domains, groups::Groups,
    saml::Saml, scim::Scim, users::Users,
};
use crate::support::Support;
use crate::switch::Aside;
use crate::walk::Walks;
use account_api::{Arrivals, Integration};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::{StepId, Timestamp};

/// The version of the document's form. A file with a higher one is refused and left untouched.
pub const SCHEMA: u32 = 1;

/// How many lines of the project's history are kept.
const HISTORY: usize = 200;

/// One organization, one service profile, one identity provider, and everything entered so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Project {
    /// The form of this document, [`SCHEMA`].
    pub schema: u32,
    /// Counts up with every save; a save on top of another revision is refused.
    pub revision: u32,
    /// A UUID.
    pub id: String,
    /// The organization's name.
    pub organization: String,
    /// The work e-mail address of who sets it up.
    pub admin_email: String,
    /// The service profile's id.
    pub service: String,
    /// The identity provider's id.
    pub idp: String,
    /// Where settings are pushed.
    pub backend: Backend,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub saved_at: Timestamp,
    /// The screen that was open last, as the user interface names it.
    pub place: String,
    /// The account's id at the service, once there is one.
    pub account: Option<String>,
    /// Step 1.
    pub domains: Domains,
    /// Step 2.
    pub app_registration: AppRegistration,
    /// Step 3.
    pub groups: Groups,
    /// Step 4.
    pub saml: Saml,
    /// Step 5.
    pub scim: Scim,
    /// Step 6.
    pub users: Users,
    /// Step 7.
    pub backup_login: BackupLogin,
    /// What was taken from and entered into the service's portal, when that is the backend.
    #[serde(default)]
    pub portal: Portal,
    /// What was agreed with the service's support, and sent there, when that is the backend.
    #[serde(default)]
    pub support: Support,
    /// What was seen at the hops of the tests that are walked by hand, by the guide's page.
    #[serde(default)]
    pub walks: Walks,
    /// The newest sign-in tests.
    #[serde(default)]
    pub sign_ins: SignIns,
    /// What was confirmed by word, by the guide's confirmation id, and when.
    pub confirmed: BTreeMap<String, Timestamp>,
    /// The service's state as it was last seen.
    pub known: Option<Known>,
    /// A push that somebody else's change stands against.
    pub conflict: Option<Conflict>,
    /// The steps that somebody else has.
    #[serde(default)]
    pub handovers: Vec<HandOver>,
    /// Where the one step comes from, in a project that was opened from a task.
    #[serde(default)]
    pub task: Option<TaskOrigin>,
    /// What was set aside when the identity provider or the backend was changed.
    #[serde(default)]
    pub aside: Aside,
    /// Which of the project's names in the keyring has its secrets; each backend has one.
    #[serde(default)]
    pub keyring_slot: u32,
    /// What happened, oldest first.
    pub history: Vec<Happening>,
}

/// Where settings are pushed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Backend {
    /// The account service embedded in the program.
    ThisComputer,
    /// An account service at a URL.
    AccountService {
        /// Its address, without `/api/v1`.
        url: String,
    },
    /// An Ory Polis that the service signs people in by. What Polis does not hold is filled in by hand, into the service's
    /// portal.
    Polis(Place),
    /// A Keycloak that the service signs people in by. What Keycloak does not hold is filled in by hand, into the service's
    /// portal.
    Keycloak(keycloak::Place),
    /// The service's portal, filled in by hand.
    Portal,
    /// The service's support, which sets it up from a package that is sent.
    HandOver,
}

/// The service's state as it was last seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Known {
    /// The integration; its version is what the next write is based on.
    pub integration: Integration,
    /// Who had arrived.
    pub arrivals: Arrivals,
    /// When it was seen.
    pub seen_at: Timestamp,
}

/// A push that somebody else's change stands against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Conflict {
    /// The step.
    pub step: StepId,
    /// Both sides, field by field; equal fields are left out.
    pub fields: Vec<ConflictField>,
    /// When it was met.
    pub at: Timestamp,
}

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ConflictField {
    /// The field, as in [`Failure::field`].
    pub field: String,
    /// The value entered here.
    pub mine: String,
    /// The value at the service.
    pub theirs: String,
}

/// One line of the project's history: a code and its values; the words are `happening-CODE`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Happening {
    /// When.
    pub at: Timestamp,
    /// What.
    pub code: String,
    /// The values for the text.
    pub args: BTreeMap<String, String>,
}

/// What is asked for a new project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct NewProject {
    /// The organization's name, 1 to 100 characters.
    pub organization: String,
    /// The work e-mail address of who sets it up.
    pub admin_email: String,
    /// The service profile's id.
    pub service: String,
    /// The identity provider's id.
    pub idp: String,
    /// Where settings are pushed.
    pub backend: Backend,
}

/// A project in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ProjectSummary {
    /// The project's id, or the file's name when it cannot be read.
    pub id: String,
    /// The organization's name; empty when it cannot be read.
    pub organization: String,
    /// The service's name.
    pub service_name: String,
    /// The identity provider's name.
    pub idp_name: String,
    /// How many of the steps are settled.
    pub settled: u8,
    /// Of how many.
    pub total: u8,
    /// Whom it waits for once everything was sent; `None` while it waits for nobody.
    pub waiting: Option<WaitsFor>,
    /// Whether single sign-on was on when the service was last seen.
    pub active: bool,
    /// Its domains in ASCII; none for a single step that was handed over.
    pub domains: Vec<String>,
    /// When it was last saved.
    pub saved_at: Option<Timestamp>,
    /// Why it cannot be opened, when it cannot.
    pub problem: Option<FailureCode>,
}

/// Whom a project waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct WaitsFor {
    /// The name.
    pub for_whom: String,
    /// Since when.
    pub since: Timestamp,
}

impl NewProject {
    /// The project at its beginning.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) naming the field.
    pub fn begin(self, id: String, now: Timestamp) -> Result<Project, Failure> {
        let organization = self.organization.trim().to_owned();
        if organization.is_empty() || organization.chars().count() > 100 {
            return Err(invalid("organization", "has to have 1 to 100 characters"));
        }
        let admin_email = self.admin_email.trim().to_lowercase();
        if !is_email(&admin_email) {
            return Err(invalid("admin-email", "is not an e-mail address"));
        }
        Ok(Project {
            schema: SCHEMA,
            revision: 0,
            id,
            organization,
            backup_login: BackupLogin { email: admin_email.clone() },
            admin_email,
            service: self.service,
            idp: self.idp,
            backend: self.backend.checked()?,
            created_at: now,
            saved_at: now,
            place: "overview".to_owned(),
            account: None,
            domains: Domains::default(),
            app_registration: AppRegistration::default(),
            groups: Groups::default(),
            saml: Saml::default(),
            scim: Scim::default(),
            users: Users::default(),
            portal: Portal::default(),
            support: Support::default(),
            walks: Walks::new(),
            sign_ins: SignIns::default(),
            confirmed: BTreeMap::new(),
            known: None,
            conflict: None,
            handovers: Vec::new(),
            task: None,
            aside: Aside::default(),
            keyring_slot: 0,
            history: vec![Happening { at: now, code: "project-created".to_owned(), args: BTreeMap::new() }],
        })
    }
}

impl Backend {
    /// The same backend with its address made plain.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) on `url` unless it is https, or http on this computer; of a broker as
    /// [`Place::checked`] and [`keycloak::Place::checked`].
    pub fn checked(self) -> Result<Self, Failure> {
        let url = match self {
            Self::AccountService { url } => url,
            Self::Polis(place) => return place.checked().map(Self::Polis),
            Self::Keycloak(place) => return place.checked().map(Self::Keycloak),
            other => return Ok(other),
        };
        let parsed = url::Url::parse(url.trim()).map_err(|_| invalid("url", "is not a URL"))?;
        let local = parsed.host_str().is_some_and(|host| ["localhost", "127.0.0.1", "[::1]"].contains(&host));
        if parsed.scheme() != "https" && !(local && parsed.scheme() == "http") {
            return Err(invalid("url", "has to begin with https://"));
        }
        if !parsed.username().is_empty() || parsed.password().is_some() {
            return Err(invalid("url", "must not contain a user name or password"));
        }
        let plain =
            parsed.as_str().trim_end_matches('/').trim_end_matches(account_api::BASE).trim_end_matches('/');
        Ok(Self::AccountService { url: plain.to_owned() })
    }
}

impl Project {
    /// Adds a line to the history; the oldest fall off.
    pub fn note(&mut self, at: Timestamp, code: &str, args: &[(&str, &str)]) {
        let args = args.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.history.push(Happening { at, code: code.to_owned(), args });
        let surplus = self.history.len().saturating_sub(HISTORY);
        self.history.drain(..surplus);
    }

    /// The integration as it was last seen.
    pub fn integration(&self) -> Option<&Integration> {
        self.known.as_ref().map(|known| &known.integration)
    }

    /// Takes what the service answered; who had arrived stays as it was. A late answer of a service that the project
    /// has left is dropped.
    pub fn take_integration(&mut self, integration: Integration, now: Timestamp) {
        if self.account.as_deref() != Some(integration.account.as_str()) {
            return;
        }
        let arrivals = self.known.take().map(|known| known.arrivals).unwrap_or_default();
        self.known = Some(Known { integration, arrivals, seen_at: now });
    }
}

/// Whether the text can be an e-mail address: one `@` with something before and a dotted name after it. Whether it
/// exists only mail can tell.
pub fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.rsplit_once('@') else { return false };
    let plain = |part: &str| {
        !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control() || c == '@')
    };
    plain(user)
        && plain(host)
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && text.len() <= 254
}

pub(crate) fn invalid(field: &str, why: &str) -> Failure {
    Failure::new(FailureCode::InvalidInput, format!("{field} {why}")).on(field)
}
