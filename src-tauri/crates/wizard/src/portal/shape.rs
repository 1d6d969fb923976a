//! Whether a value pasted from the portal can be what it should be; a near miss is called by its name.

use saml::LONGEST_ENTITY_ID;
use url::Url;
use vocabulary::Finding;

/// The longest character string of a TXT record, in bytes (RFC 1035, section 3.3).
const LONGEST_STRING: usize = 255;

/// The shortest text that is taken for a bearer token, in characters.
const SHORTEST_TOKEN: usize = 8;

/// The longest, in bytes: more is no header (RFC 6750 names no limit; servers commonly take 8 KiB in all).
const LONGEST_TOKEN: usize = 8192;

/// Without blanks around it and without a pair of quotation marks, which is how portals and mails show a TXT value.
pub fn txt_value(text: &str) -> &str {
    let trimmed = text.trim();
    let inner = trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(trimmed)
}

/// What is to be said about a pasted TXT value; nothing about an empty one.
pub fn judge_txt_value(text: &str) -> Vec<Finding> {
    let trimmed = text.trim();
    let value = txt_value(text);
    let mut findings = Vec::new();
    if trimmed.is_empty() {
        return findings;
    }
    if value.len() != trimmed.len() {
        findings.push(Finding::info("txt-value-quotes-removed"));
    }
    let words: Vec<&str> = value.split_whitespace().collect();
    let is_row = words.iter().any(|word| word.eq_ignore_ascii_case("TXT")) || value.contains(['\n', '\t']);
    if is_row {
        findings.push(Finding::error("txt-value-is-row"));
    } else if value.starts_with('_') && !value.contains('=') {
        findings.push(Finding::error("txt-value-is-host"));
    } else if value.starts_with("https://") || value.starts_with("http://") {
        findings.push(Finding::error("txt-value-is-url"));
    } else if value.contains(|c: char| c.is_control() || c == '"') {
        findings.push(Finding::error("txt-value-odd-characters"));
    } else if value.len() > LONGEST_STRING {
        findings.push(Finding::error("txt-value-too-long").with("length", value.len()));
    }
    findings
}

/// What is to be said about the host of a record, when another than the usual one was typed.
pub fn judge_txt_host(text: &str, domain: &str) -> Vec<Finding> {
    let host = text.trim();
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    if host.is_empty() {
        return Vec::new();
    }
    if host.trim_end_matches('.').ends_with(domain) {
        return vec![Finding::error("txt-host-has-domain").with("domain", domain)];
    }
    if !host.split('.').all(is_label) {
        return vec![Finding::error("txt-host-invalid")];
    }
    Vec::new()
}

/// What is to be said about the service's entity ID; nothing about an empty one.
pub fn judge_entity_id(text: &str) -> Vec<Finding> {
    let value = text.trim();
    if value.is_empty() {
        return Vec::new();
    }
    if value.starts_with('<') {
        return vec![Finding::error("sp-entity-id-is-document")];
    }
    if value.contains(char::is_whitespace) {
        return vec![Finding::error("sp-entity-id-has-blanks")];
    }
    if value.chars().count() > LONGEST_ENTITY_ID {
        return vec![Finding::error("sp-entity-id-too-long")];
    }
    if !value.contains(':') {
        return vec![Finding::warning("sp-entity-id-no-uri")];
    }
    Vec::new()
}

/// What is to be said about the assertion consumer service URL; nothing about an empty one.
pub fn judge_acs_url(text: &str) -> Vec<Finding> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    match https(text) {
        Some(url) if url.fragment().is_some() => vec![Finding::error("acs-url-has-fragment")],
        Some(_) => Vec::new(),
        None => vec![Finding::error("acs-url-not-https")],
    }
}

/// What is to be said about the address for messages about signing out; nothing about an empty one.
pub fn judge_slo_url(text: &str) -> Vec<Finding> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    match https(text) {
        Some(url) if url.fragment().is_some() => vec![Finding::error("slo-url-has-fragment")],
        Some(_) => Vec::new(),
        None => vec![Finding::error("slo-url-not-https")],
    }
}

/// What is to be said about the SCIM base URL; nothing about an empty one. `acs_url` is the value it is taken for most
/// easily.
pub fn judge_scim_base_url(text: &str, acs_url: &str) -> Vec<Finding> {
    let value = text.trim();
    if value.is_empty() {
        return Vec::new();
    }
    let Some(url) = https(value) else {
        let looks_like_token = !value.contains(['.', '/', ' ']) && value.len() >= SHORTEST_TOKEN;
        let code = if looks_like_token { "scim-url-is-token" } else { "scim-url-not-https" };
        return vec![Finding::error(code)];
    };
    if value == acs_url.trim() {
        return vec![Finding::error("scim-url-is-acs-url")];
    }
    let path = url.path().trim_end_matches('/');
    if path.ends_with("/Users") || path.ends_with("/Groups") {
        return vec![Finding::error("scim-url-has-resource")];
    }
    if url.query().is_some() || url.fragment().is_some() || path.contains("idp_integration") {
        return vec![Finding::error("scim-url-is-page")];
    }
    if !path.to_ascii_lowercase().contains("scim") {
        return vec![Finding::warning("scim-url-without-scim")];
    }
    Vec::new()
}

/// The finding that says why a text cannot be a bearer token (RFC 6750, section 2.1). The text itself is never in it.
pub fn judge_token(text: &str) -> Option<Finding> {
    let token = text.trim();
    let is_token_character = |c: char| c.is_ascii_graphic() && c != '"';
    if token.is_empty() {
        return Some(Finding::error("token-empty"));
    }
    if token.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("bearer ")) {
        return Some(Finding::error("token-has-bearer"));
    }
    if token.starts_with("https://") || token.starts_with("http://") {
        return Some(Finding::error("token-is-url"));
    }
    if token.contains(char::is_whitespace) {
        return Some(Finding::error("token-has-blanks"));
    }
    if token.contains("***") || token.contains('\u{2022}') || token.contains('\u{2026}') {
        return Some(Finding::error("token-is-masked"));
    }
    if !token.chars().all(is_token_character) || token.len() > LONGEST_TOKEN {
        return Some(Finding::error("token-odd-characters"));
    }
    (token.len() < SHORTEST_TOKEN).then(|| Finding::error("token-short"))
}

/// What is to be said about an address that is opened in the browser; nothing about an empty one.
pub fn judge_https(text: &str) -> Option<Finding> {
    (!text.trim().is_empty() && https(text).is_none()).then(|| Finding::error("address-not-https"))
}

fn https(text: &str) -> Option<Url> {
    let value = text.trim();
    if value.contains(char::is_whitespace) {
        return None;
    }
    Url::parse(value).ok().filter(|url| url.scheme() == "https" && url.host_str().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn codes(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|finding| finding.code.as_ref()).collect()
    }

    #[test]
    fn a_txt_value_s_near_misses_have_names() {
        for (text, expected) in [
            ("token=abcdef", vec![]),
            ("  token=abcdef\n", vec![]),
            ("\"token=abcdef\"", vec!["txt-value-quotes-removed"]),
            ("_parallels-challenge", vec!["txt-value-is-host"]),
            ("_parallels-challenge TXT token=abcdef", vec!["txt-value-is-row"]),
            ("https://my.parallels.com/", vec!["txt-value-is-url"]),
            ("", vec![]),
        ] {
            assert_eq!(codes(&judge_txt_value(text)), expected, "{text:?}");
        }
        assert_eq!(codes(&judge_txt_value(&"x".repeat(256))), ["txt-value-too-long"]);
        assert_eq!(txt_value(" \"token=a\" "), "token=a");
    }

    #[test]
    fn a_host_stands_without_its_domain() {
        assert!(judge_txt_host("_parallels-challenge", "contoso.test").is_empty());
        assert!(judge_txt_host("_sso._parallels", "contoso.test").is_empty());
        assert_eq!(
            codes(&judge_txt_host("_parallels.contoso.test.", "contoso.test")),
            ["txt-host-has-domain"]
        );
        assert_eq!(codes(&judge_txt_host("two words", "contoso.test")), ["txt-host-invalid"]);
    }

    #[test]
    fn the_service_s_values_are_told_from_what_stands_beside_them() {
        let acs = "https://sso.example/acs";
        assert!(judge_scim_base_url("https://account.example/scim", acs).is_empty());
        for (text, code) in [
            (acs, "scim-url-is-acs-url"),
            ("https://account.example/scim/Users", "scim-url-has-resource"),
            ("http://account.example/scim", "scim-url-not-https"),
            ("account.example/scim", "scim-url-not-https"),
            ("k3Jd8sLq02mNv5", "scim-url-is-token"),
            ("https://my.example/profile/business/idp_integration", "scim-url-is-page"),
            ("https://account.example/provisioning", "scim-url-without-scim"),
        ] {
            assert_eq!(codes(&judge_scim_base_url(text, acs)), [code], "{text}");
        }
        assert_eq!(codes(&judge_acs_url("http://sso.example/acs")), ["acs-url-not-https"]);
        for (text, expected) in [
            ("", vec![]),
            (" https://sso.example/slo ", vec![]),
            ("http://sso.example/slo", vec!["slo-url-not-https"]),
            ("https://sso.example/idp#logout", vec!["slo-url-has-fragment"]),
        ] {
            assert_eq!(codes(&judge_slo_url(text)), expected, "{text:?}");
        }
        assert_eq!(codes(&judge_entity_id("<md:EntityDescriptor")), ["sp-entity-id-is-document"]);
        assert_eq!(codes(&judge_entity_id("parallels")), ["sp-entity-id-no-uri"]);
        assert!(judge_entity_id("urn:parallels:sp").is_empty());
    }

    #[test]
    fn a_token_is_not_its_header_not_an_address_and_not_its_mask() {
        let code = |text: &str| judge_token(text).map(|finding| finding.code.to_string());
        assert_eq!(code(" eyJhbGciOi.J9-x_y~z+/== "), None);
        assert_eq!(code("Bearer eyJhbGciOi").as_deref(), Some("token-has-bearer"));
        assert_eq!(code("https://account.example/scim").as_deref(), Some("token-is-url"));
        assert_eq!(code("two words of it").as_deref(), Some("token-has-blanks"));
        assert_eq!(code("abcd********").as_deref(), Some("token-is-masked"));
        assert_eq!(code("abc").as_deref(), Some("token-short"));
        assert_eq!(code("").as_deref(), Some("token-empty"));
    }

    proptest! {
        #[test]
        fn no_text_makes_them_panic(text in any::<String>(), other in any::<String>()) {
            judge_txt_value(&text);
            judge_txt_host(&text, &other);
            judge_entity_id(&text);
            judge_acs_url(&text);
            judge_slo_url(&text);
            judge_scim_base_url(&text, &other);
            let said = judge_token(&text);
            prop_assert!(said.is_none_or(|finding| finding.args.is_empty() && finding.evidence.is_empty()));
        }
    }
}
