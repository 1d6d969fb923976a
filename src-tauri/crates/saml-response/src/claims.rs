use crate::examination::{Attribute, Examination, Matter};
use vocabulary::Finding;

/// Claims that stand in for a list of groups that was too long to send (more than 150 in Microsoft Entra ID).
pub const OVERAGE_CLAIMS: &[&str] = &["http://schemas.microsoft.com/claims/groups.link"];

const EMAIL_FORMAT: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
const TRANSIENT_FORMAT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";

/// A claim that the service needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedClaim {
    /// The attribute's name, to the letter.
    pub name: String,
    /// Whether nobody gets in without it.
    pub required: bool,
}

/// Holds the claims and the name of the user against what the service needs.
pub(crate) fn judge(examination: &mut Examination, expected: &[ExpectedClaim]) {
    subject(examination);
    for claim in expected {
        let (received, finding) = find(&examination.attributes, claim);
        let is_good = finding.is_none();
        examination.compare(Matter::Claim, vec![claim.name.clone()], received, is_good);
        examination.findings.extend(finding);
    }
    let overage = examination.attributes.iter().any(|one| OVERAGE_CLAIMS.contains(&one.name.as_str()));
    if overage {
        examination.findings.push(Finding::warning("response-groups-overage"));
    }
}

fn subject(examination: &mut Examination) {
    let Some(subject) = &examination.subject else {
        examination.findings.push(Finding::error("response-name-id-missing"));
        return;
    };
    let format = subject.format.as_deref().unwrap_or_default();
    let finding = if format == TRANSIENT_FORMAT {
        Some(Finding::warning("response-name-id-transient"))
    } else if format == EMAIL_FORMAT && !subject.name_id.contains('@') {
        Some(Finding::warning("response-name-id-no-email").seen("NameID", &subject.name_id))
    } else {
        None
    };
    examination.findings.extend(finding);
}

/// What arrived under a claim's name, or under one that was probably meant to be it; and what is wrong.
fn find(attributes: &[Attribute], claim: &ExpectedClaim) -> (Vec<String>, Option<Finding>) {
    let severity = |code| if claim.required { Finding::error(code) } else { Finding::warning(code) };
    let about = |code| severity(code).with("claim", &claim.name);
    if let Some(exact) = attributes.iter().find(|one| one.name == claim.name) {
        let is_empty = exact.values.iter().all(String::is_empty);
        return (vec![exact.name.clone()], is_empty.then(|| about("response-claim-empty")));
    }
    let near = attributes.iter().find(|one| one.name.eq_ignore_ascii_case(&claim.name));
    if let Some(near) = near {
        return (vec![near.name.clone()], Some(about("response-claim-case").with("received", &near.name)));
    }
    let short = |name: &str| name.rsplit(['/', ':']).next().unwrap_or_default().to_ascii_lowercase();
    let near = attributes.iter().find(|one| short(&one.name) == short(&claim.name));
    match near {
        Some(near) => {
            (vec![near.name.clone()], Some(about("response-claim-renamed").with("received", &near.name)))
        }
        None => (Vec::new(), Some(about("response-claim-missing"))),
    }
}
