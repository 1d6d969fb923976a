use super::values::agreed;
use super::{ADDRESSES_ENTERED, Confirmed, Sent, package};
use crate::error::{Failure, FailureCode};
use crate::project::{Project, invalid};
use crate::steps::saml;
use guides::{Guide, Service, ValueKey};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::Timestamp;

/// One change of what is agreed with the service's support.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[serde(rename = "SupportEdit")]
pub enum Edit {
    /// The customer's name.
    CustomerName {
        /// As typed.
        value: String,
    },
    /// An address that support gave; nothing, or the one that is made from the name, takes it back.
    Address {
        /// Which.
        key: ValueKey,
        /// As typed.
        value: String,
    },
    /// Support's e-mail address.
    Mail {
        /// As typed.
        value: String,
    },
    /// The package is on its way, or that is taken back.
    Sent {
        /// Whether it is.
        sent: bool,
    },
    /// Support has confirmed the name and the addresses as they are, or that is taken back.
    Confirmed {
        /// Whether it has.
        confirmed: bool,
    },
}

/// Changes the project.
///
/// # Errors
/// [`InvalidInput`](FailureCode::InvalidInput) for a service that no support sets up, an address it does not have, or
/// a confirmation of a package that was not sent; what [`package`] says when there is none to send.
pub fn apply(project: &mut Project, guide: &Guide, edit: Edit, now: Timestamp) -> Result<(), Failure> {
    let service = &guide.service;
    if service.hand_over.is_none() {
        return Err(invalid("service", "is set up by no support"));
    }
    match edit {
        Edit::CustomerName { value } => {
            readdressed(project, service, |project| project.support.customer_name = value);
        }
        Edit::Address { key, value } => return correct(project, service, key, value),
        Edit::Mail { value } => project.support.mail = value,
        Edit::Sent { sent: true } => return send(project, guide, now),
        Edit::Sent { sent: false } => {
            project.support.sent = None;
            project.support.confirmed = None;
            project.note(now, "package-not-sent", &[]);
        }
        Edit::Confirmed { confirmed: true } => return confirm(project, service, now),
        Edit::Confirmed { confirmed: false } => {
            project.support.confirmed = None;
            project.note(now, "support-not-confirmed", &[]);
        }
    }
    Ok(())
}

/// Whatever makes other addresses of them takes back that they stand in the identity provider.
fn readdressed(project: &mut Project, service: &Service, change: impl FnOnce(&mut Project)) {
    let addresses = |project: &Project| -> BTreeMap<ValueKey, String> {
        super::values(project, service).into_iter().map(|value| (value.key, value.value)).collect()
    };
    let before = addresses(project);
    change(project);
    if addresses(project) != before {
        project.confirmed.remove(ADDRESSES_ENTERED);
    }
}

fn correct(project: &mut Project, service: &Service, key: ValueKey, value: String) -> Result<(), Failure> {
    let made = service.by_customer.as_ref().filter(|made| made.patterns.iter().any(|one| one.key == key));
    let made = made.ok_or_else(|| invalid("key", "is no address of the service"))?;
    let usual = super::name(project).map(|name| made.values(&name, false)).unwrap_or_default();
    let is_usual = usual.iter().any(|one| one.key == key && one.value == value.trim());
    readdressed(project, service, |project| {
        if is_usual || value.trim().is_empty() {
            project.support.corrections.remove(&key);
        } else {
            project.support.corrections.insert(key, value);
        }
    });
    Ok(())
}

fn send(project: &mut Project, guide: &Guide, now: Timestamp) -> Result<(), Failure> {
    let made = package(project, guide, now)?;
    let identity_provider = saml::as_service_has_it(project)
        .ok_or_else(|| Failure::new(FailureCode::NothingToSend, "no identity provider values were read"))?;
    project.support.sent = Some(Sent { at: now, identity_provider });
    project.note(now, "package-sent", &[("to", &made.letter.to)]);
    Ok(())
}

fn confirm(project: &mut Project, service: &Service, now: Timestamp) -> Result<(), Failure> {
    if project.support.sent.is_none() {
        return Err(invalid("confirmed", "needs a package that was sent"));
    }
    if super::name(project).is_none() {
        return Err(invalid(ValueKey::CustomerName.as_str(), "is missing"));
    }
    if super::judge_addresses(project).iter().any(vocabulary::Finding::is_error) {
        return Err(Failure::new(FailureCode::ErrorsOpen, "an address cannot be one"));
    }
    project.support.confirmed = Some(Confirmed { at: now, values: agreed(project, service) });
    project.note(now, "support-confirmed", &[]);
    Ok(())
}
