use crate::connection::Connection;
use certs::Certificate;
use quick_xml::Reader;
use quick_xml::events::Event;
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
    if root_element(text).as_deref() == Some("EntitiesDescriptor")
        && !findings.iter().any(|one| one.code == "metadata-several-entities")
    {
        findings.push(Finding::error("polis-metadata-wrapped"));
    }
    // Polis takes what it finds last of each binding, so a good one does not help a bad one.
    let bad: Vec<&str> = addresses(inspection).filter(|one| !saml::is_usable_address(one)).collect();
    if !bad.is_empty() && !findings.iter().any(Finding::is_error) {
        let finding = Finding::error("polis-endpoint-not-https");
        findings.push(bad.into_iter().fold(finding, |finding, one| finding.seen("Location", one)));
    }
    findings
}

/// Where the metadata have sign-in requests sent by a binding that Polis uses.
fn addresses(inspection: &Inspection) -> impl Iterator<Item = &str> {
    let bindings = [Binding::HttpRedirect.uri(), Binding::HttpPost.uri()];
    let used = inspection.sso.iter().filter(move |one| bindings.contains(&one.binding.as_str()));
    used.map(|one| one.location.as_str())
}

fn root_element(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => {
                return Some(start.local_name().as_ref().to_owned());
            }
            Event::Eof => return None,
            _ => (),
        }
    }
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
    let known: Vec<&str> = addresses(inspection).collect();
    let used = [taken.redirect_address(), taken.post_address()].into_iter().flatten();
    let others: Vec<&str> = used.filter(|one| !known.contains(one)).collect();
    if !others.is_empty() {
        let finding = Finding::error("polis-address-differs");
        findings.push(others.into_iter().fold(finding, |finding, one| finding.seen("Polis", one)));
    }
    let (wanted, found) = (inspection.signing_certificates(), taken.certificates());
    let (missing, foreign) = (without(&wanted, &found), without(&found, &wanted));
    if !missing.is_empty() || !foreign.is_empty() {
        let finding = Finding::error("polis-certificates-differ");
        let finding = finding.with("missing", missing.len()).with("foreign", foreign.len());
        let seen = missing.iter().chain(&foreign);
        findings.push(seen.fold(finding, |finding, one| finding.seen(&one.subject, &one.sha256)));
    }
    findings
}

/// Those of one list that are not in another.
fn without<'a>(these: &'a [Certificate], those: &[Certificate]) -> Vec<&'a Certificate> {
    these.iter().filter(|this| !those.iter().any(|that| that.sha256 == this.sha256)).collect()
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
