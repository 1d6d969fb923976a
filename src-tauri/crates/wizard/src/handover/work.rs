//! What is entered in one step, to be carried from one project to another.

use crate::project::Project;
use crate::steps::{app_registration, domains, groups::GroupEntry, saml};
use crate::support::Support;
use account_api::IdentityProvider;
use domain_check::Report;
use guides::{Guide, ValueKey};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::{StepId, Timestamp};

/// What is entered in one step, and confirmed there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Work {
    /// What is entered.
    pub entered: Entered,
    /// The guide's confirmations of the step, and when they were given.
    pub confirmed: BTreeMap<String, Timestamp>,
}

/// What is entered in one step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "step", rename_all = "kebab-case")]
#[serde(rename = "EnteredInStep")]
pub enum Entered {
    /// What the delegated name servers said, by domain.
    Domains {
        /// The last report of each domain that was looked at.
        reports: BTreeMap<String, Report>,
    },
    /// Step 2.
    AppRegistration {
        /// The application's name.
        app_name: String,
        /// The tenant's id.
        tenant_id: String,
        /// When it was said to be done.
        done: Option<Timestamp>,
    },
    /// Step 3.
    Groups {
        /// The administrators' group.
        admins: GroupEntry,
        /// The users' group.
        users: GroupEntry,
    },
    /// Step 4. Certificates go as PEM only, and are read again where they arrive.
    Saml {
        /// The identity provider's values.
        values: Option<IdentityProvider>,
        /// What the service's addresses are made from, where they follow from a name.
        #[serde(default)]
        customer: Customer,
        /// When it was said to be done.
        done: Option<Timestamp>,
    },
    /// Step 5, without the bearer token.
    Scim {
        /// Whether provisioning is on.
        enabled: bool,
        /// When it was said to be done.
        done: Option<Timestamp>,
    },
    /// Step 6.
    Users {
        /// When it was said to be done.
        done: Option<Timestamp>,
    },
    /// Step 7.
    BackupLogin {
        /// The e-mail address.
        email: String,
    },
}

/// What the addresses of a service are made from, and the document that goes to its support.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "HandedCustomer")]
pub struct Customer {
    /// The customer's name.
    pub name: String,
    /// The addresses that support gave in place of those made from it.
    pub corrections: BTreeMap<ValueKey, String>,
    /// The identity provider's metadata document.
    pub metadata: Option<String>,
}

impl Customer {
    fn of(support: &Support) -> Self {
        Self {
            name: support.customer_name.clone(),
            corrections: support.corrections.clone(),
            metadata: support.metadata.clone(),
        }
    }

    fn put(self, support: &mut Support) {
        support.customer_name = self.name;
        support.corrections = self.corrections;
        support.metadata = self.metadata;
    }
}

impl Work {
    /// What a project has in a step.
    pub fn of(project: &Project, guide: &Guide, step: StepId) -> Self {
        let given = |id: &String| Some((id.clone(), *project.confirmed.get(id)?));
        let asked = guide.step(step).into_iter().flat_map(|page| &page.confirmations);
        Self {
            entered: Entered::of(project, step),
            confirmed: asked.filter_map(|one| given(&one.id)).collect(),
        }
    }

    /// Puts it into a project in place of what is there.
    pub fn put(&self, project: &mut Project, guide: &Guide, now: Timestamp) {
        self.entered.put(project, now);
        self.confirm(project, guide);
    }

    /// Adds the confirmations that the guide's page of the step asks for.
    pub(super) fn confirm(&self, project: &mut Project, guide: &Guide) {
        let asked = guide.step(self.entered.step()).into_iter().flat_map(|page| &page.confirmations);
        for one in asked {
            if let Some(at) = self.confirmed.get(&one.id) {
                project.confirmed.entry(one.id.clone()).or_insert(*at);
            }
        }
    }
}

impl Entered {
    /// The step.
    pub const fn step(&self) -> StepId {
        match self {
            Self::Domains { .. } => StepId::Domains,
            Self::AppRegistration { .. } => StepId::AppRegistration,
            Self::Groups { .. } => StepId::Groups,
            Self::Saml { .. } => StepId::Saml,
            Self::Scim { .. } => StepId::Scim,
            Self::Users { .. } => StepId::Users,
            Self::BackupLogin { .. } => StepId::BackupLogin,
        }
    }

    fn of(project: &Project, step: StepId) -> Self {
        match step {
            StepId::Domains => {
                let entries = project.domains.entries.iter();
                let reports = entries.filter_map(|entry| Some((entry.name.clone(), entry.report.clone()?)));
                Self::Domains { reports: reports.collect() }
            }
            StepId::AppRegistration => {
                let app_registration::AppRegistration { app_name, tenant_id, marked_at } =
                    project.app_registration.clone();
                Self::AppRegistration { app_name, tenant_id, done: marked_at }
            }
            StepId::Groups => {
                Self::Groups { admins: project.groups.admins.clone(), users: project.groups.users.clone() }
            }
            StepId::Saml => {
                let customer = Customer::of(&project.support);
                Self::Saml {
                    values: saml::as_service_has_it(project),
                    customer,
                    done: project.saml.marked_at,
                }
            }
            StepId::Scim => Self::Scim { enabled: project.scim.enabled, done: project.scim.marked_at },
            StepId::Users => Self::Users { done: project.users.marked_at },
            StepId::BackupLogin => Self::BackupLogin { email: project.backup_login.email.clone() },
        }
    }

    fn put(&self, project: &mut Project, now: Timestamp) {
        match self.clone() {
            Self::Domains { reports } => {
                for (name, report) in reports {
                    let newer = |entry: &domains::DomainEntry| {
                        entry.report.as_ref().is_none_or(|known| known.checked_at < report.checked_at)
                    };
                    if project.domains.entry(&name).is_some_and(newer) {
                        domains::take_report(project, &name, report);
                    }
                }
            }
            Self::AppRegistration { app_name, tenant_id, done } => {
                project.app_registration.app_name = app_name;
                project.app_registration.tenant_id = tenant_id;
                project.app_registration.marked_at = done;
            }
            Self::Groups { admins, users } => {
                project.groups.admins = admins;
                project.groups.users = users;
            }
            Self::Saml { values, customer, done } => {
                let sent_at = project.saml.sent_at;
                if values.is_some() && values != saml::as_service_has_it(project) {
                    saml::take(project, values.as_ref(), now);
                    project.saml.sent_at = sent_at;
                }
                project.saml.marked_at = done;
                customer.put(&mut project.support);
            }
            Self::Scim { enabled, done } => {
                project.scim.enabled = enabled;
                project.scim.marked_at = done;
            }
            Self::Users { done } => project.users.marked_at = done,
            Self::BackupLogin { email } => project.backup_login.email = email,
        }
    }

    /// What can be compared, by the name of the field. What name servers said is seen, not entered: the newer counts.
    pub(super) fn fields(&self) -> BTreeMap<String, String> {
        let mark = |done: &Option<Timestamp>| if done.is_some() { "on" } else { "off" }.to_owned();
        let all: Vec<(&str, String)> = match self {
            Self::Domains { .. } => Vec::new(),
            Self::AppRegistration { app_name, tenant_id, done } => {
                vec![("app-name", app_name.clone()), ("tenant-id", tenant_id.clone()), ("mark", mark(done))]
            }
            Self::Groups { admins, users } => vec![
                ("admins-idp-name", admins.idp_name.clone()),
                ("admins-name", admins.service_name.clone()),
                ("admins-id", admins.id.clone()),
                ("users-idp-name", users.idp_name.clone()),
                ("users-name", users.service_name.clone()),
                ("users-id", users.id.clone()),
            ],
            Self::Saml { values, customer, done } => {
                let mut fields = saml::as_text(values.as_ref());
                fields.push(("mark", mark(done)));
                fields.push(("customer-name", customer.name.clone()));
                fields.push(("addresses", addresses(customer)));
                fields
            }
            Self::Scim { enabled, done } => {
                vec![("scim-enabled", if *enabled { "on" } else { "off" }.to_owned()), ("mark", mark(done))]
            }
            Self::Users { done } => vec![("mark", mark(done))],
            Self::BackupLogin { email } => vec![("backup-email", email.clone())],
        };
        all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

fn addresses(customer: &Customer) -> String {
    customer.corrections.values().map(|address| address.trim()).collect::<Vec<_>>().join(" ")
}
