use crate::connection::Connection;
use broker::request_addresses;
use saml::{Binding, IdpValues, Inspection};
use vocabulary::Finding;

/// Every finding code this crate can return besides those of `saml` and `certs`; each has its texts in
/// `findings-polis.ftl`.
pub const FINDINGS: &[&str] = &[
    "polis-metadata-wrapped",
    "polis-endpoint-not-https",
    "polis-tenant-invalid",
    "polis-product-invalid",
    "polis-redirect-invalid",
    "polis-webhook-invalid",
    "polis-address-differs",
    "polis-certificates-differ",
    "polis-connection-none",
    "polis-connection-several",
    "polis-connection-exists",
    "polis-connection-second",
    "polis-connection-active",
    "polis-entity-id-other",
    "polis-entity-id-taken",
    "polis-directory-none",
    "polis-directory-exists",
    "polis-user-active-text",
    "polis-group-empty",
    "polis-refused",
];

/// What is wrong with metadata for a Polis that is to take them; `text` is what `inspection` was made of.
///
/// Polis itself takes an expired certificate and a sign-in page over plain http, and answers a document that is wrapped
/// with a sentence about certificates.
pub fn judge_metadata(text: &str, inspection: &Inspection) -> Vec<Finding> {
    let mut findings = inspection.findings.clone();
    if broker::is_wrapped(text) && !findings.iter().any(|one| one.code == "metadata-several-entities") {
        findings.push(Finding::error("polis-metadata-wrapped"));
    }
    // Polis takes what it finds last of each binding, so a good one does not help a bad one.
    let finding = Finding::error("polis-endpoint-not-https");
    findings.extend(broker::bad_addresses(finding, inspection, &findings));
    findings
}

/// What is wrong with the names of a tenant and a product: Polis puts a colon between them.
pub fn judge_place(tenant: &str, product: &str) -> Option<Finding> {
    let is_name = |text: &str| !text.trim().is_empty() && !text.contains(':');
    if !is_name(tenant) {
        return Some(Finding::error("polis-tenant-invalid").with("tenant", tenant));
    }
    (!is_name(product)).then(|| Finding::error("polis-product-invalid").with("product", product))
}

/// What is wrong with an address that people are sent to after a sign-in: Polis takes `javascript:` and patterns.
pub fn judge_redirect(url: &str) -> Option<Finding> {
    let is_fit = saml::is_usable_address(url) && !url.contains(['*', '#']);
    (!is_fit).then(|| Finding::error("polis-redirect-invalid").with("url", url))
}

/// What is wrong with an address that Polis is to report to.
pub fn judge_webhook(url: &str) -> Option<Finding> {
    (!saml::is_usable_address(url)).then(|| Finding::error("polis-webhook-invalid").with("url", url))
}

/// Whether Polis took from the metadata what stands in them: it reads one certificate of each key, none of a key without
/// a use beside one with, and one address of each binding.
pub fn judge_taken(taken: &Connection, inspection: &Inspection) -> Vec<Finding> {
    let mut findings = Vec::new();
    let known: Vec<&str> = request_addresses(inspection).collect();
    let used = [taken.redirect_address(), taken.post_address()].into_iter().flatten();
    let others: Vec<&str> = used.filter(|one| !known.contains(one)).collect();
    if !others.is_empty() {
        let finding = Finding::error("polis-address-differs");
        findings.push(others.into_iter().fold(finding, |finding, one| finding.seen("Polis", one)));
    }
    let (wanted, found) = (inspection.signing_certificates(), taken.certificates());
    let finding = Finding::error("polis-certificates-differ");
    findings.extend(broker::certificates_differ(finding, &wanted, &found));
    findings
}

/// What newer values of an identity provider change in a connection.
pub fn changes(before: &Connection, after: &IdpValues) -> Vec<Finding> {
    let address = match after.sso_binding {
        Binding::HttpRedirect => before.redirect_address(),
        Binding::HttpPost => before.post_address(),
    };
    let before = IdpValues {
        entity_id: before.entity_id().to_owned(),
        sso_url: address.unwrap_or_default().to_owned(),
        certificates: before.certificates(),
        ..after.clone()
    };
    saml::judge_differences(&before, after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use saml::LIMIT_BY_HAND;
    use serde_json::json;
    use test_support::metadata;
    use vocabulary::Timestamp;

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-28T12:00:00Z").unwrap()
    }

    fn codes(text: &str) -> Vec<String> {
        let findings = judge_metadata(text, &saml::inspect(text.as_bytes(), LIMIT_BY_HAND, now()));
        findings.into_iter().map(|one| one.code.into_owned()).collect()
    }

    fn connection(public_key: &str) -> Connection {
        let stored = json!({
            "clientID": "c", "clientSecret": "s", "tenant": "t", "product": "p", "defaultRedirectUrl": "r",
            "redirectUrl": [], "idpMetadata": { "entityID": "e", "sso": {}, "publicKey": public_key },
        });
        serde_json::from_value(stored).unwrap()
    }

    #[test]
    fn what_stands_inside_something_is_told_from_what_does_not() {
        let certificate = test_support::certificate("idp", now(), now().plus(time::Duration::days(300)));
        let of = |is_wrapped| codes(&metadata::keycloak("sso.example", "staff", is_wrapped, &certificate));
        let (wrapped, bare) = (of(true), of(false));
        assert!(wrapped.contains(&"polis-metadata-wrapped".to_owned()), "{wrapped:?}");
        assert!(!bare.contains(&"polis-metadata-wrapped".to_owned()), "{bare:?}");
    }

    #[test]
    fn names_and_addresses_that_polis_would_misread_are_refused() {
        assert_eq!(judge_place("contoso.test", "shop"), None);
        for (tenant, product) in [("", "p"), (" ", "p"), ("a:b", "p"), ("t", ""), ("t", "a:b")] {
            assert!(judge_place(tenant, product).is_some_and(|one| one.is_error()), "{tenant}, {product}");
        }
        assert_eq!(judge_redirect("https://shop.example/in?x=1"), None);
        assert_eq!(judge_redirect("http://localhost:3000/in"), None);
        for none in ["", "shop", "http://shop.example", "https://*.shop.example/", "https://shop.example/#x"]
        {
            assert!(judge_redirect(none).is_some(), "{none}");
        }
    }

    proptest! {
        #[test]
        fn no_metadata_make_it_panic(text in "(<[a-zA-Z:]{0,20}[^>]{0,40}>?|.{0,40}){0,8}") {
            codes(&text);
        }

        #[test]
        fn no_key_that_polis_keeps_makes_it_panic(key in "(.{0,60},?){0,4}") {
            let inspection = saml::inspect(b"<a/>", LIMIT_BY_HAND, now());
            judge_taken(&connection(&key), &inspection);
        }
    }
}
