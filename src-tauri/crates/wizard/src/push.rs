//! Sending a step to the service without losing anybody's change.
//!
//! Every write carries the version it was based on. When the service has moved on, the write is repeated on the new
//! version if nobody touched the same values, is taken as done if the service already has them (a retry after a lost
//! answer), and is a conflict to be decided otherwise.

use crate::error::Failure;
use crate::ports::{AccountService, Written};
use crate::project::{ConflictField, Project};
use crate::steps::{backup_login, groups, saml, scim};
use account_api::{Groups, Integration, SamlOptions, SetIdentityProvider, Status};
use vocabulary::StepId;

/// How often a write is repeated when others keep writing other values.
const ATTEMPTS: usize = 5;

/// One write.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Both groups.
    Groups(Groups),
    /// The identity provider's values.
    IdentityProvider(SetIdentityProvider),
    /// What the service does beyond the usual when somebody signs in.
    SamlOptions(SamlOptions),
    /// Provisioning on or off.
    Scim(bool),
    /// A step's mark.
    Mark(StepId, bool),
    /// The backup login.
    BackupLogin(String),
    /// Single sign-on on or off.
    Switch(bool),
    /// Single sign-on on, though no sign-in was seen to work; the organization's name, as it was typed.
    ActivateUntested(String),
}

/// What a push came to.
#[derive(Debug)]
pub enum Pushed {
    /// The service has it; the integration now.
    Done(Box<Integration>),
    /// Somebody else changed the same values.
    Conflict {
        /// The integration as it is at the service.
        current: Box<Integration>,
        /// Both sides.
        fields: Vec<ConflictField>,
    },
}

/// Sends one change, based on what was known.
///
/// # Errors
/// What the service answers other than a version conflict.
pub async fn push(
    service: &dyn AccountService,
    account: &str,
    known: Integration,
    change: &Change,
) -> Result<Pushed, Failure> {
    let mut base = known;
    for _ in 0..ATTEMPTS {
        let current = match change.send(service, account, base.version).await? {
            Written::Done(now) => return Ok(Pushed::Done(now)),
            Written::Stale(current) => current,
        };
        let fields = change.differences(&current);
        if fields.is_empty() {
            return Ok(Pushed::Done(current));
        }
        if fields != change.differences(&base) {
            return Ok(Pushed::Conflict { current, fields });
        }
        base = *current;
    }
    let fields = change.differences(&base);
    Ok(Pushed::Conflict { current: Box::new(base), fields })
}

impl Change {
    async fn send(
        &self,
        service: &dyn AccountService,
        account: &str,
        version: u32,
    ) -> Result<Written, Failure> {
        match self {
            Self::Groups(groups) => service.set_groups(account, version, groups).await,
            Self::IdentityProvider(values) => service.set_identity_provider(account, version, values).await,
            Self::SamlOptions(options) => service.set_saml_options(account, version, options).await,
            Self::Scim(enabled) => service.set_scim(account, version, *enabled).await,
            Self::Mark(step, done) => service.mark_step(account, version, *step, *done).await,
            Self::BackupLogin(email) => service.set_backup_login(account, version, email).await,
            Self::Switch(true) => service.activate(account, version, None).await,
            Self::ActivateUntested(name) => service.activate(account, version, Some(name)).await,
            Self::Switch(false) => service.deactivate(account, version).await,
        }
    }

    /// Where this change differs from what the service has; empty when it has it already.
    pub fn differences(&self, theirs: &Integration) -> Vec<ConflictField> {
        match self {
            Self::Groups(mine) => groups::differences(mine, &theirs.groups),
            Self::IdentityProvider(mine) => saml::differences(mine, theirs.identity_provider.as_ref()),
            Self::SamlOptions(mine) => option_differences(mine, &theirs.saml_options),
            Self::Scim(mine) => scim::differences(*mine, theirs.scim.enabled),
            Self::Mark(step, mine) => on_off("mark", *mine, is_marked(theirs, *step)),
            Self::BackupLogin(mine) => {
                let theirs =
                    theirs.backup_login.as_ref().map(|login| login.email.as_str()).unwrap_or_default();
                backup_login::differences(mine, theirs)
            }
            Self::Switch(mine) => on_off("active", *mine, theirs.status == Status::Active),
            Self::ActivateUntested(_) => on_off("active", true, theirs.status == Status::Active),
        }
    }
}

/// What a step has that the service has not, in the order it is sent.
pub fn changes(project: &Project, step: StepId) -> Vec<Change> {
    let all = match step {
        StepId::Domains => Vec::new(),
        StepId::AppRegistration => vec![Change::Mark(step, project.app_registration.marked_at.is_some())],
        StepId::Groups => vec![Change::Groups(project.groups.to_service())],
        StepId::Saml => saml::to_service(project)
            .map(Change::IdentityProvider)
            .into_iter()
            .chain([Change::Mark(step, project.saml.marked_at.is_some())])
            .collect(),
        StepId::Scim => vec![
            Change::Scim(project.scim.enabled),
            Change::Mark(step, project.scim.enabled && project.scim.marked_at.is_some()),
        ],
        StepId::Users => vec![Change::Mark(step, project.users.marked_at.is_some())],
        StepId::BackupLogin => vec![Change::BackupLogin(backup_login::address(project))],
    };
    let differs =
        |change: &Change| project.integration().is_none_or(|known| !change.differences(known).is_empty());
    all.into_iter().filter(differs).collect()
}

fn option_differences(mine: &SamlOptions, theirs: &SamlOptions) -> Vec<ConflictField> {
    [
        ("sign-requests", mine.sign_requests, theirs.sign_requests),
        ("idp-initiated", mine.idp_initiated, theirs.idp_initiated),
        ("cbc-encryption", mine.cbc_encryption, theirs.cbc_encryption),
    ]
    .into_iter()
    .flat_map(|(field, mine, theirs)| on_off(field, mine, theirs))
    .collect()
}

fn on_off(field: &str, mine: bool, theirs: bool) -> Vec<ConflictField> {
    let word = |on: bool| if on { "on" } else { "off" }.to_owned();
    let one = || ConflictField { field: field.to_owned(), mine: word(mine), theirs: word(theirs) };
    (mine != theirs).then(one).into_iter().collect()
}

/// Whether the service has the step's mark.
pub const fn is_marked(integration: &Integration, step: StepId) -> bool {
    match step {
        StepId::AppRegistration => integration.app_registration.is_some(),
        StepId::Saml => integration.saml.is_some(),
        StepId::Scim => integration.scim.mark.is_some(),
        StepId::Users => integration.users.is_some(),
        StepId::Domains | StepId::Groups | StepId::BackupLogin => false,
    }
}
