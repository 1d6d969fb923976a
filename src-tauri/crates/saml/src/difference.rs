use crate::metadata::Binding;
use crate::values::IdpValues;
use certs::Certificate;
use serde::{Deserialize, Serialize};
use vocabulary::Finding;

/// What of an identity provider's values can differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename = "IdpField", rename_all = "kebab-case")]
pub enum IdpField {
    /// The entity ID.
    EntityId,
    /// Where sign-in requests are sent.
    SsoUrl,
    /// How they are sent there.
    SsoBinding,
    /// Where messages about signing out are sent.
    LogoutUrl,
    /// The certificates that may sign, by their SHA-256.
    Certificate,
    /// The NameID formats it names.
    NameIdFormat,
    /// Whether it asks for signed sign-in requests.
    SignedRequests,
    /// Until when the metadata is meant to be used.
    ValidUntil,
}

/// One value that differs between two versions of an identity provider's metadata.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "IdpDifference")]
pub struct Difference {
    /// Which.
    pub field: IdpField,
    /// What there was and is no more.
    pub before: Vec<String>,
    /// What is new.
    pub after: Vec<String>,
}

/// What differs between two versions, in the order of [`IdpField`]. What is the same in both is left out.
pub fn differences(before: &IdpValues, after: &IdpValues) -> Vec<Difference> {
    let all = [
        (IdpField::EntityId, vec![before.entity_id.clone()], vec![after.entity_id.clone()]),
        (IdpField::SsoUrl, vec![before.sso_url.clone()], vec![after.sso_url.clone()]),
        (IdpField::SsoBinding, vec![name(before.sso_binding)], vec![name(after.sso_binding)]),
        (IdpField::LogoutUrl, logout(before), logout(after)),
        (IdpField::Certificate, prints(&before.certificates), prints(&after.certificates)),
        (IdpField::NameIdFormat, before.name_id_formats.clone(), after.name_id_formats.clone()),
        (
            IdpField::SignedRequests,
            vec![before.wants_signed_requests.to_string()],
            vec![after.wants_signed_requests.to_string()],
        ),
        (IdpField::ValidUntil, date(before), date(after)),
    ];
    all.into_iter().filter_map(|(field, before, after)| difference(field, before, after)).collect()
}

fn difference(field: IdpField, before: Vec<String>, after: Vec<String>) -> Option<Difference> {
    let gone = before.iter().filter(|value| !after.contains(value)).cloned().collect();
    let new = after.iter().filter(|value| !before.contains(value)).cloned().collect();
    let difference = Difference { field, before: gone, after: new };
    (!difference.before.is_empty() || !difference.after.is_empty()).then_some(difference)
}

fn name(binding: Binding) -> String {
    binding.uri().rsplit(':').next().unwrap_or_default().to_owned()
}

fn logout(values: &IdpValues) -> Vec<String> {
    let named = values.logout.iter();
    named.flat_map(|one| [Some(one.location.clone()), one.response_location.clone()]).flatten().collect()
}

fn prints(certificates: &[Certificate]) -> Vec<String> {
    certificates.iter().map(|one| one.sha256.clone()).collect()
}

fn date(values: &IdpValues) -> Vec<String> {
    values.valid_until.iter().map(ToString::to_string).collect()
}

/// What the differences mean for whoever replaces the one version by the other.
pub fn judge_differences(before: &IdpValues, after: &IdpValues) -> Vec<Finding> {
    let mut findings = Vec::new();
    if before.entity_id != after.entity_id {
        let finding = Finding::warning("metadata-change-entity-id");
        findings.push(finding.seen("before", &before.entity_id).seen("after", &after.entity_id));
    }
    if before.sso_url != after.sso_url {
        let finding = Finding::warning("metadata-change-endpoint");
        findings.push(finding.seen("before", &before.sso_url).seen("after", &after.sso_url));
    }
    findings.extend(roll_over(&before.certificates, &after.certificates));
    if let (Some(was), Some(is)) = (before.valid_until, after.valid_until)
        && is < was
    {
        let finding = Finding::warning("metadata-change-older");
        findings.push(finding.seen("before", was.to_string()).seen("after", is.to_string()));
    }
    findings
}

fn roll_over(before: &[Certificate], after: &[Certificate]) -> Option<Finding> {
    let only_in = |one: &[Certificate], other: &[Certificate]| {
        one.iter().filter(|this| !other.iter().any(|that| that.sha256 == this.sha256)).count()
    };
    let (gone, new) = (only_in(before, after), only_in(after, before));
    let kept = before.len() - gone;
    let finding = match (gone, new, kept) {
        (0, 0, _) => return None,
        // There were none to be kept.
        (0, _, 0) => return None,
        (0, _, _) => Finding::info("metadata-change-certificate-added").with("count", new),
        (_, _, 0) => Finding::warning("metadata-change-certificates-replaced").with("count", new),
        _ => Finding::warning("metadata-change-certificate-removed").with("count", gone),
    };
    Some(finding)
}
