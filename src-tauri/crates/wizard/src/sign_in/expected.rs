use crate::project::Project;
use crate::view::value;
use account_api::RequiredClaim;
use guides::{Guide, ValueKey};
use saml_response::{Expected, ExpectedClaim};

/// The claims that the project's service needs from its identity provider, to the letter.
pub fn claims(guide: &Guide) -> Vec<RequiredClaim> {
    let claims = guide.service.claims_from(&guide.identity_provider.id).iter();
    claims.map(|claim| RequiredClaim { name: claim.name.clone(), required: true }).collect()
}

/// What an answer is held against; a value that is not known yet is empty.
pub(super) fn expected(project: &Project, guide: &Guide) -> Expected {
    let idp = project.saml.values.as_ref();
    let own = |key| value(key, project, guide).unwrap_or_default();
    Expected {
        idp_entity_id: idp.map(|idp| idp.entity_id.clone()).unwrap_or_default(),
        certificates: idp.map(|idp| idp.certificates.clone()).unwrap_or_default(),
        sp_entity_id: own(ValueKey::SpEntityId),
        acs_url: own(ValueKey::AcsUrl),
        in_response_to: None,
        claims: claims(guide)
            .into_iter()
            .map(|claim| ExpectedClaim { name: claim.name, required: claim.required })
            .collect(),
        decryption_key: None,
        cbc_encryption: project.integration().is_some_and(|known| known.saml_options.cbc_encryption),
    }
}

/// The last part of a claim's name in small letters: `groups` of an URI that ends so.
pub(super) fn short_name(claim: &str) -> String {
    claim.rsplit(['/', ':']).next().unwrap_or_default().to_ascii_lowercase()
}

/// Whether a claim carries the groups of the user.
pub(super) fn is_groups(claim: &str) -> bool {
    short_name(claim) == "groups"
}
