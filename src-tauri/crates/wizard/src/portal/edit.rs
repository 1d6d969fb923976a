use super::fields::{PortalField, value};
use super::{Entered, ServiceProviderSide};
use crate::error::Failure;
use crate::project::{Project, invalid};
use crate::steps::saml::{Way, source};
use saml::{Inspection, Kind, Role};
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, Timestamp};

/// The largest metadata document that is kept to be handed on, in bytes.
pub(crate) const HANDED_ON: usize = 128 * 1024;

/// One change of what was taken from the portal, or of what stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[serde(rename = "PortalEdit")]
pub enum Edit {
    /// The value of a domain's TXT record, pasted.
    TxtValue {
        /// The domain's ASCII name.
        domain: String,
        /// As pasted.
        value: String,
    },
    /// The host of a domain's TXT record, when the portal shows another than the usual one.
    TxtHost {
        /// The domain's ASCII name.
        domain: String,
        /// As pasted.
        value: String,
    },
    /// The portal calls the domain verified, or not any more.
    Verified {
        /// The domain's ASCII name.
        domain: String,
        /// Whether it does.
        seen: bool,
    },
    /// The SP entity ID, typed.
    EntityId {
        /// As typed.
        value: String,
    },
    /// The assertion consumer service URL, typed.
    AcsUrl {
        /// As typed.
        value: String,
    },
    /// Where the service takes messages about signing out, typed.
    SloUrl {
        /// As typed; empty where the portal names no address.
        value: String,
    },
    /// The SCIM base URL, pasted.
    ScimBaseUrl {
        /// As pasted.
        value: String,
    },
    /// A field of the portal was filled in as it is here, or that is taken back.
    Entered {
        /// Which.
        field: PortalField,
        /// Whether it was.
        entered: bool,
    },
}

/// Changes the project.
///
/// # Errors
/// [`InvalidInput`](crate::FailureCode::InvalidInput) for a domain that the project does not have.
pub fn apply(project: &mut Project, edit: Edit, now: Timestamp) -> Result<(), Failure> {
    match edit {
        Edit::TxtValue { domain, value } => {
            known_domain(project, &domain)?;
            let record = project.portal.records.entry(domain.clone()).or_default();
            if super::shape::txt_value(&record.value) != super::shape::txt_value(&value) {
                forget_look(project, &domain);
            }
            project.portal.records.entry(domain).or_default().value = value;
        }
        Edit::TxtHost { domain, value } => {
            known_domain(project, &domain)?;
            if project.portal.records.get(&domain).is_none_or(|record| record.host != value) {
                forget_look(project, &domain);
            }
            project.portal.records.entry(domain).or_default().host = value;
        }
        Edit::Verified { domain, seen } => {
            known_domain(project, &domain)?;
            if seen {
                project.portal.verified.entry(domain.clone()).or_insert(now);
                project.note(now, "domain-verified-in-portal", &[("domain", &domain)]);
            } else {
                project.portal.verified.remove(&domain);
            }
        }
        Edit::EntityId { value } => {
            typed(&mut project.portal.service_provider, now).entity_id = value;
        }
        Edit::AcsUrl { value } => typed(&mut project.portal.service_provider, now).acs_url = value,
        Edit::SloUrl { value } => typed(&mut project.portal.service_provider, now).slo_url = value,
        Edit::ScimBaseUrl { value } => project.portal.scim_base_url = value,
        Edit::Entered { field, entered } => enter(project, field, entered, now),
    }
    Ok(())
}

fn known_domain(project: &Project, domain: &str) -> Result<(), Failure> {
    let known = project.domains.entry(domain).is_some();
    known.then_some(()).ok_or_else(|| invalid("domain", "is not in the project"))
}

/// What the name servers said was about another record, and so was what the portal said.
fn forget_look(project: &mut Project, domain: &str) {
    project.portal.verified.remove(domain);
    if let Some(entry) = project.domains.entry_mut(domain) {
        entry.report = None;
    }
}

/// A typed value is not the file's any more, so the file is not handed on.
fn typed(side: &mut ServiceProviderSide, now: Timestamp) -> &mut ServiceProviderSide {
    side.metadata = None;
    side.reading.clear();
    side.source = Some(source(Way::ByHand, "", 0, now));
    side
}

fn enter(project: &mut Project, field: PortalField, is_entered: bool, now: Timestamp) {
    let value = value(project, field);
    if is_entered && !value.is_empty() {
        project.portal.entered.insert(field, Entered { value, at: now });
        project.note(now, "entered-in-portal", &[("field", field.as_str())]);
    } else {
        project.portal.entered.remove(&field);
    }
}

/// Takes the service's values from its metadata document. A document of no use leaves what was there, and says why.
pub fn take_sp_metadata(
    project: &mut Project,
    inspection: &Inspection,
    (way, name): (Way, &str),
    bytes: &[u8],
    now: Timestamp,
) {
    let side = &mut project.portal.service_provider;
    match (inspection.sp_values(), unusable(inspection)) {
        (Some(values), None) => {
            *side = ServiceProviderSide {
                entity_id: values.entity_id,
                acs_url: values.acs_url,
                slo_url: values.slo_url.unwrap_or_default(),
                source: Some(source(way, name, bytes.len(), now)),
                metadata: handed_on(bytes),
                reading: Vec::new(),
            };
            project.note(now, "sp-metadata-read", &[]);
        }
        (_, finding) => {
            side.reading = vec![finding.unwrap_or_else(|| Finding::error("sp-metadata-no-acs"))];
        }
    }
}

/// The document as text, unless it is in another encoding than its copy would be, or larger than any service writes.
pub(crate) fn handed_on(bytes: &[u8]) -> Option<String> {
    let decoded = saml::decode(bytes, HANDED_ON).ok()?;
    (decoded.encoding == certs::TextEncoding::Utf8).then(|| decoded.text.into_owned())
}

/// Why the document is not the service's. The reader expects an identity provider's, so its words for a service's
/// document are no findings here; the others say whose document they are about.
fn unusable(inspection: &Inspection) -> Option<Finding> {
    let roles = inspection.entities.iter().flat_map(|entity| &entity.roles);
    let describes = |wanted: Role| roles.clone().any(|role| *role == wanted);
    if describes(Role::Idp) {
        return Some(Finding::error("sp-metadata-is-idp"));
    }
    if inspection.kind == Kind::Aggregate {
        return Some(Finding::error("sp-metadata-several"));
    }
    let expected = ["metadata-is-sp", "metadata-no-idp"];
    let mut errors = inspection.findings.iter().filter(|finding| finding.is_error());
    let found = errors.find(|finding| !expected.contains(&finding.code.as_ref()))?;
    Some(found.clone().with("side", "service"))
}
