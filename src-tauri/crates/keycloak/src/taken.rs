use crate::provider::{Config, IdentityProvider, certificates, is_on, text};
use broker::{certificates_differ, request_addresses};
use saml::Inspection;
use vocabulary::{Finding, Severity, Timestamp};

/// What Keycloak read from metadata otherwise than it stands in them. A wrong entity ID or address stops it: those are
/// Keycloak's to choose. Other keys are a warning, because they are set from the metadata before anything is kept.
pub fn judge_import(imported: &Config, inspection: &Inspection) -> Vec<Finding> {
    let mut findings = judge_place(imported, inspection);
    let (wanted, found) = (inspection.signing_certificates(), certificates(imported));
    let differs = certificates_differ(Finding::warning("keycloak-import-differs"), &wanted, &found);
    let unchecked = (!is_on(imported, "validateSignature")).then(|| {
        Finding::warning("keycloak-import-differs").with("missing", wanted.len()).with("foreign", 0)
    });
    findings.extend(differs.or(unchecked));
    findings
}

/// Whether Keycloak keeps what stands in the metadata: whom it believes, where it sends people, and with which keys it
/// checks signatures (CVE-2026-16443: an import that leaves the check off lets everybody in).
pub fn judge_taken(taken: &IdentityProvider, inspection: &Inspection) -> Vec<Finding> {
    let mut findings = judge_place(&taken.config, inspection);
    findings.extend(judge_check(taken));
    let finding = Finding::error("keycloak-certificates-differ");
    findings.extend(certificates_differ(finding, &inspection.signing_certificates(), &taken.certificates()));
    findings
}

/// Whether people may sign in by an identity provider as it stands in Keycloak: signatures are checked, with a certificate
/// that is valid now.
pub fn judge_fit(provider: &IdentityProvider, now: Timestamp) -> Vec<Finding> {
    let mut findings = judge_settings(provider);
    findings.extend(saml::judge_signing(&provider.certificates(), now));
    findings
}

/// The same, whatever the dates of the certificates.
pub fn judge_settings(provider: &IdentityProvider) -> Vec<Finding> {
    let mut findings = judge_check(provider);
    if provider.certificates().is_empty() && provider.keys_url().is_none() {
        findings.push(Finding::error("keycloak-certificates-none"));
    }
    if !saml::is_usable_address(provider.sso_url()) {
        findings.push(Finding::error("keycloak-endpoint-not-https").seen("Keycloak", provider.sso_url()));
    }
    findings
}

fn judge_check(provider: &IdentityProvider) -> Vec<Finding> {
    let stored = || text(&provider.config, "validateSignature");
    let unchecked = (!provider.checks_signatures())
        .then(|| Finding::error("keycloak-signature-unchecked").seen("validateSignature", stored()));
    let by_address = provider.keys_url().map(|url| {
        // Keys from an address that anybody can answer for are anybody's keys.
        let severity = if saml::is_usable_address(url) { Severity::Warning } else { Severity::Error };
        Finding::new(severity, "keycloak-keys-by-address").seen("metadataDescriptorUrl", url)
    });
    unchecked.into_iter().chain(by_address).collect()
}

fn judge_place(config: &Config, inspection: &Inspection) -> Vec<Finding> {
    let mut findings = Vec::new();
    let entity_id = text(config, "idpEntityId");
    if inspection.entity_id.as_deref() != Some(entity_id) {
        findings.push(Finding::error("keycloak-entity-id-differs").seen("Keycloak", entity_id));
    }
    let address = text(config, "singleSignOnServiceUrl");
    if !request_addresses(inspection).any(|one| one == address) {
        findings.push(Finding::error("keycloak-address-differs").seen("Keycloak", address));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use saml::LIMIT_BY_HAND;
    use serde_json::json;
    use test_support::metadata;

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-28T12:00:00Z").unwrap()
    }

    fn provider(config: &serde_json::Value) -> IdentityProvider {
        let stored = json!({ "alias": "a", "providerId": "saml", "enabled": true, "config": config });
        serde_json::from_value(stored).unwrap()
    }

    fn codes(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|one| &*one.code).collect()
    }

    #[test]
    fn what_is_kept_otherwise_than_it_stands_in_the_metadata_is_found() {
        let key = |name| test_support::certificate(name, now(), now().plus(time::Duration::days(300)));
        let (one, two) = (key("one"), key("two"));
        let text = metadata::idp("https://idp.example/", "https://idp.example/sso", &[&one, &two]);
        let inspection = saml::inspect(text.as_bytes(), LIMIT_BY_HAND, now());
        let kept = |name: &str, value: &str| {
            let mut config = json!({
                "idpEntityId": "https://idp.example/", "singleSignOnServiceUrl": "https://idp.example/sso",
                "validateSignature": "true", "signingCertificate": format!("{},{}", one.base64(), two.base64()),
            });
            if !name.is_empty() {
                config[name] = value.into();
            }
            let provider = provider(&config);
            let judged = [judge_taken(&provider, &inspection), judge_fit(&provider, now())];
            judged.map(|findings| codes(&findings).into_iter().map(str::to_owned).collect::<Vec<_>>())
        };
        assert_eq!(kept("", ""), [Vec::<String>::new(), Vec::new()]);
        let only = |code: &str| vec![code.to_owned()];
        assert_eq!(kept("validateSignature", "false")[0], only("keycloak-signature-unchecked"));
        assert_eq!(kept("validateSignature", "false")[1], only("keycloak-signature-unchecked"));
        assert_eq!(kept("validateSignature", "yes")[1], only("keycloak-signature-unchecked"));
        assert_eq!(kept("signingCertificate", &one.base64())[0], only("keycloak-certificates-differ"));
        assert_eq!(kept("signingCertificate", "")[1], only("keycloak-certificates-none"));
        assert_eq!(kept("idpEntityId", "https://evil.example/")[0], only("keycloak-entity-id-differs"));
        assert_eq!(
            kept("singleSignOnServiceUrl", "https://evil.example/")[0],
            only("keycloak-address-differs")
        );
        assert_eq!(kept("useMetadataDescriptorUrl", "true")[0], only("keycloak-keys-by-address"));
    }

    proptest! {
        #[test]
        fn nothing_that_keycloak_keeps_makes_it_panic(name in "(signingCertificate|idpEntityId)", value in "(.{0,60},?){0,4}") {
            let inspection = saml::inspect(b"<a/>", LIMIT_BY_HAND, now());
            let provider = provider(&json!({ name: value }));
            judge_taken(&provider, &inspection);
            judge_fit(&provider, now());
        }
    }
}
