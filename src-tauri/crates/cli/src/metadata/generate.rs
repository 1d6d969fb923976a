//! `signpost metadata generate`.

use crate::args::MetadataGenerate;
use crate::failure::{Failure, Status};
use crate::input;
use crate::output::Output;
use saml::{Contact, Organization, SpMetadata};
use serde_json::json;
use url::{Host, Url};
use vocabulary::Finding;

/// Writes the metadata of a service.
pub(crate) fn generate(args: MetadataGenerate, output: &Output) -> Result<Status, Failure> {
    let acs = acs(&args.acs)?;
    let metadata = SpMetadata {
        entity_id: entity_id(args.entity_id)?,
        slo_url: args.slo.as_deref().map(slo).transpose()?,
        organization: organization(args.organization, args.organization_url, &acs)?,
        name_id_format: name_id_format(args.name_id_format)?,
        certificates: certificates(&args.certificates)?,
        signs_requests: args.sign_requests,
        contact: contact(args.contact, args.contact_name)?,
        acs_url: args.acs,
    };
    let xml = saml::write_sp_metadata(&metadata);
    output.verbatim(
        &xml,
        &json!({ "entity_id": metadata.entity_id, "acs_url": metadata.acs_url, "xml": xml }),
    )?;
    Ok(Status::Good)
}

fn entity_id(text: String) -> Result<String, Failure> {
    if is_token(&text) && text.chars().count() <= saml::LONGEST_ENTITY_ID {
        return Ok(text);
    }
    Err(Failure::unusable("generate-entity-id-invalid").with("limit", saml::LONGEST_ENTITY_ID))
}

fn name_id_format(text: String) -> Result<String, Failure> {
    if is_token(&text) { Ok(text) } else { Err(Failure::unusable("generate-name-id-format-invalid")) }
}

fn acs(text: &str) -> Result<Url, Failure> {
    let url = Url::parse(text).ok().filter(|url| is_token(text) && is_https_or_local(url));
    url.ok_or_else(|| Failure::unusable("generate-acs-invalid"))
}

fn slo(text: &str) -> Result<String, Failure> {
    let is_good = is_token(text) && Url::parse(text).is_ok_and(|url| is_https_or_local(&url));
    if is_good { Ok(text.to_owned()) } else { Err(Failure::unusable("generate-slo-invalid")) }
}

fn organization(
    name: Option<String>,
    url: Option<String>,
    acs: &Url,
) -> Result<Option<Organization>, Failure> {
    let Some(name) = name else { return Ok(None) };
    let Some(url) = url else {
        return Ok(Some(Organization { name, url: acs.origin().ascii_serialization() }));
    };
    let is_web = Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if !is_web || !is_token(&url) {
        return Err(Failure::unusable("generate-organization-url-invalid"));
    }
    Ok(Some(Organization { name, url }))
}

/// The certificates of files, in PEM.
fn certificates(files: &[String]) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for file in files {
        let reading = certs::read(&input::read(file, certs::MAX_BYTES)?);
        if let Some(error) = reading.findings.into_iter().find(Finding::is_error) {
            return Err(Failure::refused(error));
        }
        found.extend(reading.certificates.into_iter().map(|one| one.pem));
    }
    Ok(found)
}

fn contact(email: Option<String>, name: Option<String>) -> Result<Option<Contact>, Failure> {
    let Some(email) = email else { return Ok(None) };
    let parts = email.split_once('@');
    let is_address =
        parts.is_some_and(|(who, host)| !who.is_empty() && !host.is_empty() && !host.contains('@'));
    if !is_address || !is_token(&email) {
        return Err(Failure::unusable("generate-contact-invalid"));
    }
    Ok(Some(Contact { name, email }))
}

/// Not empty, and on both sides of a copy the same: no blanks and no control characters.
fn is_token(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// Identity providers take plain http only for this computer.
fn is_https_or_local(url: &Url) -> bool {
    let is_local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return false,
    };
    url.username().is_empty() && (url.scheme() == "https" || (url.scheme() == "http" && is_local))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assertion_consumer_service_is_https_or_on_this_computer() {
        for good in [
            "https://sp.example/acs",
            "http://localhost:8080/acs",
            "http://127.0.0.1/acs",
            "http://[::1]/acs",
        ] {
            assert!(acs(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "sp.example/acs",
            "http://sp.example/acs",
            "https://u@sp.example/",
            "https://sp.example/a b",
            "mailto:a@b",
        ] {
            assert!(acs(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_organization_is_found_at_the_service_unless_told_otherwise() {
        let acs = acs("https://sp.example:8443/acs?x").unwrap();
        let url = |given: Option<&str>| {
            organization(Some("Contoso".into()), given.map(Into::into), &acs).unwrap().unwrap().url
        };
        assert_eq!(url(None), "https://sp.example:8443");
        assert_eq!(url(Some("https://contoso.example/")), "https://contoso.example/");
        assert!(organization(Some("Contoso".into()), Some("contoso".into()), &acs).is_err());
    }
}
