use crate::by_hand::LONGEST_ENTITY_ID;
use crate::endpoint::{self, Address};
use crate::metadata::{Endpoint, Inspection};
use certs::Certificate;
use vocabulary::{Finding, Severity, Timestamp};

/// More of the same adds nothing to a finding.
const MAX_SHOWN: usize = 10;

/// What is wrong with a set of signing certificates at a given time.
///
/// During a roll-over old and new certificate stand side by side. So while at least one is valid, another one's being
/// expired or not yet valid is a warning, not an error.
pub fn judge_signing(certificates: &[Certificate], now: Timestamp) -> Vec<Finding> {
    let is_valid = |one: &Certificate| one.not_before <= now && now <= one.not_after;
    let ease = certificates.iter().any(is_valid);
    let findings = certificates.iter().flat_map(|one| certs::judge(one, now));
    findings.map(|finding| if ease { ease_dates(finding) } else { finding }).collect()
}

fn ease_dates(mut finding: Finding) -> Finding {
    if matches!(&*finding.code, "certificate-expired" | "certificate-not-yet-valid") {
        finding.severity = Severity::Warning;
    }
    finding
}

/// The earliest `validUntil` there is, and what is to be said about them.
pub(crate) fn valid_until(texts: &[String], now: Timestamp) -> (Option<Timestamp>, Vec<Finding>) {
    let unread = texts.iter().filter(|text| moment(text).is_none());
    let mut findings: Vec<Finding> = unread
        .take(1)
        .map(|text| Finding::warning("metadata-valid-until-unreadable").seen("validUntil", shown(text)))
        .collect();
    let earliest = texts.iter().filter_map(|text| moment(text)).min();
    if let Some(until) = earliest.filter(|until| *until < now) {
        let date: String = until.to_string().chars().take("2026-11-22".len()).collect();
        let finding = Finding::error("metadata-valid-until-past").with("date", date);
        findings.push(finding.seen("validUntil", until.to_string()).seen("now", now.to_string()));
    }
    (earliest, findings)
}

/// A value of the document as evidence: so much of it as anybody reads.
fn shown(text: &str) -> String {
    text.chars().take(500).collect()
}

/// `xs:dateTime`, for which SAML demands UTC; one without a time zone is taken as UTC.
fn moment(text: &str) -> Option<Timestamp> {
    Timestamp::parse(text).or_else(|| Timestamp::parse(&format!("{text}Z")))
}

/// What is wrong with an identity provider's metadata, besides `validUntil`.
pub(crate) fn idp(inspection: &Inspection, unreadable: Vec<Finding>, now: Timestamp) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        entity_id(inspection.entity_id.as_deref().unwrap_or_default()).into_iter().collect();
    findings.extend(endpoints(&inspection.sso));
    findings.extend(signing(&inspection.signing_certificates(), unreadable, now));
    if inspection.wants_signed_requests {
        findings.push(Finding::warning("metadata-wants-signed-requests"));
    }
    findings
}

/// What is wrong with an entity ID (SAML core, 8.3.6: a URI of at most 1024 characters).
pub(crate) fn entity_id(entity_id: &str) -> Option<Finding> {
    if entity_id.is_empty() {
        return Some(Finding::error("entity-id-missing"));
    }
    if entity_id.chars().count() > LONGEST_ENTITY_ID {
        return Some(Finding::error("entity-id-too-long").with("limit", LONGEST_ENTITY_ID));
    }
    let has_blank = entity_id.chars().any(char::is_whitespace);
    has_blank.then(|| Finding::warning("entity-id-has-blanks").seen("entityID", entity_id))
}

fn endpoints(sso: &[Endpoint]) -> Vec<Finding> {
    let candidates: Vec<&Endpoint> =
        sso.iter().filter(|one| endpoint::request_binding(one).is_some()).collect();
    if candidates.is_empty() {
        let bindings = sso.iter().take(MAX_SHOWN).map(|one| (one.binding.as_str(), shown(&one.location)));
        return vec![
            bindings.fold(Finding::error("metadata-no-sso-endpoint"), |finding, (binding, location)| {
                finding.seen(binding, location)
            }),
        ];
    }
    // One bad endpoint beside a good one is not used, so it only has to be seen.
    let severity = if endpoint::preferred(sso).is_some() { Severity::Warning } else { Severity::Error };
    let mut findings: Vec<Finding> = Vec::new();
    for finding in candidates.into_iter().filter_map(|one| endpoint(one, severity)).take(MAX_SHOWN) {
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
    findings
}

fn endpoint(endpoint: &Endpoint, severity: Severity) -> Option<Finding> {
    let finding = match Address::of(&endpoint.location) {
        Address::Https => return None,
        Address::HttpLoopback => Finding::warning("metadata-endpoint-not-https"),
        Address::Http => Finding::new(severity, "metadata-endpoint-not-https"),
        Address::Invalid => Finding::new(severity, "metadata-endpoint-invalid"),
    };
    Some(finding.seen("SingleSignOnService", shown(&endpoint.location)))
}

fn signing(certificates: &[Certificate], unreadable: Vec<Finding>, now: Timestamp) -> Vec<Finding> {
    let mut findings = unreadable;
    if certificates.is_empty() {
        if findings.is_empty() {
            findings.push(Finding::error("metadata-no-signing-certificate"));
        }
        return findings;
    }
    for finding in &mut findings {
        finding.severity = Severity::Warning;
    }
    if certificates.len() > 1 {
        findings.push(Finding::info("metadata-several-certificates").with("count", certificates.len()));
    }
    findings.extend(judge_signing(certificates, now));
    findings
}
