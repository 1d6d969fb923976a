use crate::portal::shape;
use crate::project::{Project, is_email};
use guides::{CustomerName, PatternValue, Service, ValueKey};
use std::collections::BTreeMap;
use vocabulary::Finding;

/// The longest name, in characters: what a label of a host name may have (RFC 1035, section 2.3.4).
const LONGEST_NAME: usize = 63;

/// The name, when it can be one.
pub(crate) fn name(project: &Project) -> Option<CustomerName> {
    CustomerName::parse(&project.support.customer_name)
}

/// Why a text cannot be the customer's name; nothing about an empty one.
pub fn judge_name(text: &str) -> Option<Finding> {
    let text = text.trim();
    if text.is_empty() || CustomerName::parse(text).is_some() {
        return None;
    }
    let finding = if text.contains('/') || text.contains(':') {
        Finding::error("customer-name-is-address")
    } else if text.contains(char::is_whitespace) {
        Finding::error("customer-name-has-blanks")
    } else if let Some(odd) = text.chars().find(|c| !c.is_ascii_alphanumeric() && *c != '-') {
        Finding::error("customer-name-odd-character").with("character", odd)
    } else {
        Finding::error("customer-name-too-long").with("longest", LONGEST_NAME)
    };
    Some(finding.with("field", ValueKey::CustomerName.as_str()))
}

/// Why a text cannot be support's e-mail address; nothing about an empty one.
pub fn judge_mail(text: &str) -> Option<Finding> {
    let text = text.trim();
    (!text.is_empty() && !is_email(text)).then(|| Finding::warning("support-mail-invalid"))
}

/// What is wrong with the addresses that support gave.
pub(crate) fn judge_addresses(project: &Project) -> Vec<Finding> {
    let judged = project.support.corrections.iter().flat_map(|(key, text)| {
        let findings = judge_address(*key, text);
        findings.into_iter().map(|finding| finding.with("field", key.as_str()))
    });
    judged.collect()
}

fn judge_address(key: ValueKey, text: &str) -> Vec<Finding> {
    match key {
        ValueKey::SpEntityId => shape::judge_entity_id(text),
        ValueKey::AcsUrl => shape::judge_acs_url(text),
        _ => shape::judge_https(text).into_iter().collect(),
    }
}

/// The addresses: as support gave them, else made from the name; none without a name. They are real once support has
/// confirmed just these.
pub fn values(project: &Project, service: &Service) -> Vec<PatternValue> {
    let Some((by_customer, name)) = service.by_customer.as_ref().zip(name(project)) else {
        return Vec::new();
    };
    let confirmed = project.support.confirmed.as_ref();
    let mut values = by_customer.values(&name, false);
    for value in &mut values {
        if let Some(given) = project.support.corrections.get(&value.key)
            && !judge_address(value.key, given).iter().any(Finding::is_error)
            && !given.trim().is_empty()
        {
            given.trim().clone_into(&mut value.value);
        }
        value.real =
            confirmed.is_some_and(|confirmed| confirmed.values.get(&value.key) == Some(&value.value));
    }
    values
}

/// The name or one of the addresses, as far as they are known.
pub fn value(key: ValueKey, project: &Project, service: &Service) -> Option<String> {
    if key == ValueKey::CustomerName {
        return name(project).map(|name| name.as_str().to_owned());
    }
    values(project, service).into_iter().find(|value| value.key == key).map(|value| value.value)
}

/// What there is to confirm: the name and the addresses.
pub(super) fn agreed(project: &Project, service: &Service) -> BTreeMap<ValueKey, String> {
    let name = name(project).map(|name| (ValueKey::CustomerName, name.as_str().to_owned()));
    let addresses = values(project, service).into_iter().map(|value| (value.key, value.value));
    name.into_iter().chain(addresses).collect()
}

/// Whether support has confirmed the name and the addresses as they are now.
pub fn is_confirmed(project: &Project, service: &Service) -> bool {
    let confirmed = project.support.confirmed.as_ref();
    project.support.sent.is_some()
        && confirmed.is_some_and(|confirmed| confirmed.values == agreed(project, service))
}
