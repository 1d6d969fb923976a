use crate::provider::IdentityProvider;
use saml::{IdpValues, Inspection};
use vocabulary::Finding;

/// Every finding code this crate can return besides those of `saml` and `certs`; each has its texts in
/// `findings-keycloak.ftl`.
pub const FINDINGS: &[&str] = &[
    "keycloak-metadata-several",
    "keycloak-endpoint-not-https",
    "keycloak-alias-invalid",
    "keycloak-realm-invalid",
    "keycloak-provider-none",
    "keycloak-provider-exists",
    "keycloak-provider-not-saml",
    "keycloak-provider-enabled",
    "keycloak-entity-id-other",
    "keycloak-import-differs",
    "keycloak-signature-unchecked",
    "keycloak-certificates-none",
    "keycloak-certificates-differ",
    "keycloak-address-differs",
    "keycloak-entity-id-differs",
    "keycloak-keys-by-address",
    "keycloak-refused",
    "keycloak-mapping-twice",
    "keycloak-group-missing",
    "keycloak-role-missing",
    "keycloak-target-unseen",
    "keycloak-mapper-type-missing",
    "keycloak-mapper-differs",
];

/// What is wrong with metadata for a Keycloak that is to take them; `text` is what `inspection` was made of.
///
/// Keycloak itself takes an expired certificate, and of several entities the first, whichever that is.
pub fn judge_metadata(text: &str, inspection: &Inspection) -> Vec<Finding> {
    let mut findings = inspection.findings.clone();
    if broker::is_wrapped(text)
        && inspection.entities.len() != 1
        && !findings.iter().any(|one| one.code == "metadata-several-entities")
    {
        findings.push(Finding::error("keycloak-metadata-several"));
    }
    let finding = Finding::error("keycloak-endpoint-not-https");
    findings.extend(broker::bad_addresses(finding, inspection, &findings));
    findings
}

/// What is wrong with an alias: it stands in the addresses that the identity provider is given, and cannot change.
pub fn judge_alias(alias: &str) -> Option<Finding> {
    (!is_name(alias)).then(|| Finding::error("keycloak-alias-invalid").with("alias", alias))
}

/// What is wrong with the name of a realm.
pub fn judge_realm(realm: &str) -> Option<Finding> {
    (!is_name(realm)).then(|| Finding::error("keycloak-realm-invalid").with("realm", realm))
}

fn is_name(text: &str) -> bool {
    let is_plain = |one: char| one.is_alphanumeric() || matches!(one, '-' | '_' | '.');
    text.chars().all(is_plain) && text.chars().any(char::is_alphanumeric)
}

/// Whether newer metadata are of the identity provider that is there. People are known by what it calls them, so another
/// one gets an alias of its own.
pub fn judge_same(before: &IdentityProvider, entity_id: &str) -> Option<Finding> {
    if before.provider_id != "saml" {
        return Some(Finding::error("keycloak-provider-not-saml").seen("providerId", &before.provider_id));
    }
    let finding = || Finding::error("keycloak-entity-id-other");
    (before.entity_id() != entity_id)
        .then(|| finding().seen("Keycloak", before.entity_id()).seen("entityID", entity_id))
}

/// Why an identity provider should not be taken away: people sign in by it.
pub fn judge_removal(provider: &IdentityProvider) -> Option<Finding> {
    let finding = || Finding::error("keycloak-provider-enabled");
    provider.enabled.then(|| finding().seen(&provider.alias, provider.entity_id()))
}

/// What newer values change in an identity provider.
pub fn changes(before: &IdentityProvider, after: &IdpValues, taken: &IdentityProvider) -> Vec<Finding> {
    let before = IdpValues {
        entity_id: before.entity_id().to_owned(),
        sso_url: before.sso_url().to_owned(),
        certificates: before.certificates(),
        ..after.clone()
    };
    // Keycloak chooses the binding by itself, so the address is compared with the one it chose now.
    let after = IdpValues { sso_url: taken.sso_url().to_owned(), ..after.clone() };
    saml::judge_differences(&before, &after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use saml::LIMIT_BY_HAND;
    use test_support::metadata;
    use vocabulary::Timestamp;

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-28T12:00:00Z").unwrap()
    }

    fn codes(text: &str) -> Vec<String> {
        let findings = judge_metadata(text, &saml::inspect(text.as_bytes(), LIMIT_BY_HAND, now()));
        findings.into_iter().map(|one| one.code.into_owned()).collect()
    }

    #[test]
    fn one_entity_may_be_wrapped_and_several_may_not() {
        let certificate = test_support::certificate("idp", now(), now().plus(time::Duration::days(300)));
        let one = codes(&metadata::keycloak("sso.example", "staff", true, &certificate));
        assert!(!one.iter().any(|code| code.contains("several")), "{one:?}");
        let several = codes(&metadata::aggregate(3, now(), now().plus(time::Duration::days(9))));
        assert!(several.iter().any(|code| code.contains("several")), "{several:?}");
    }

    #[test]
    fn names_that_cannot_stand_in_an_address_are_refused() {
        for name in ["contoso", "contoso.test", "a-b_c", "Büro"] {
            assert_eq!(judge_alias(name), None, "{name}");
        }
        for none in ["", " ", "a b", "a/b", "..", "a?b", "a%2fb", "a\nb", "a:b"] {
            assert!(judge_alias(none).is_some() && judge_realm(none).is_some(), "{none:?}");
        }
    }

    proptest! {
        #[test]
        fn no_metadata_make_it_panic(text in "(<[a-zA-Z:]{0,20}[^>]{0,40}>?|.{0,40}){0,8}") {
            codes(&text);
        }
    }
}
