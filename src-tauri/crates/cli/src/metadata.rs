//! `signpost metadata`.

use crate::args::{MetadataGenerate, MetadataInspect};
use crate::failure::{Failure, Status};
use crate::output::Output;
use crate::runtime::run_async;
use crate::table::{facts, table};
use crate::words::Words;
use crate::{cert, clock, fetch, input};
use saml::{
    EntitySummary, Inspection, KeyUse, Kind, LIMIT_BY_FILE, Organization, Role, Signature, SpMetadata,
};
use serde_json::json;
use url::{Host, Url};

/// More entities than this are only counted in the text; JSON has all of them.
const ENTITIES_SHOWN: usize = 50;

/// Reads metadata and judges them as those of an identity provider, at the current time.
pub(crate) fn inspect(args: &MetadataInspect, output: &Output) -> Result<Status, Failure> {
    let inspection = read(args)?;
    let words = &output.words;
    output.answer(&text(words, &inspection), &words.document(&inspection, &inspection.findings))?;
    Ok(Status::of(&inspection.findings))
}

/// A file is read in passing; it is never in memory whole.
fn read(args: &MetadataInspect) -> Result<Inspection, Failure> {
    let (now, entity) = (clock::now(), args.entity.as_deref());
    if fetch::is_address(&args.source) {
        let bytes = run_async(fetch::fetch(&args.source, LIMIT_BY_FILE))??;
        return saml::inspect_stream(&bytes[..], LIMIT_BY_FILE, entity, now)
            .map_err(|error| Failure::environment("address-interrupted").with("reason", error));
    }
    let mut input = input::open(&args.source)?;
    if let Some(refused) = input.size.and_then(|size| Inspection::of_size(size, LIMIT_BY_FILE)) {
        return Ok(refused);
    }
    saml::inspect_stream(&mut input.reader, LIMIT_BY_FILE, entity, now)
        .map_err(|error| input.unreadable(&error))
}

fn text(words: &Words, inspection: &Inspection) -> String {
    let mut text = format!("{}\n", verdict(words, inspection));
    let about = about(words, inspection);
    if !about.is_empty() {
        text.push('\n');
        text.push_str(&about);
    }
    text.push_str(&entities(words, &inspection.entities));
    for one in &inspection.certificates {
        text.push('\n');
        text.push_str(&cert::describe(words, &one.certificate, Some(usage(words, one.usage))));
    }
    text + &words.findings(&inspection.findings)
}

fn verdict(words: &Words, inspection: &Inspection) -> String {
    let good = Status::of(&inspection.findings) == Status::Good;
    let id = match (good, inspection.kind) {
        (true, _) => "cli-metadata-good",
        (false, Kind::Idp) => "cli-metadata-bad",
        (false, Kind::Sp) => "cli-metadata-sp",
        (false, Kind::Aggregate) if inspection.entity_id.is_some() => "cli-metadata-bad",
        (false, Kind::Aggregate) => "cli-metadata-aggregate",
        (false, Kind::NotMetadata) => "cli-metadata-none",
    };
    words.label(id) + &cert::decide(words, &inspection.findings)
}

fn about(words: &Words, inspection: &Inspection) -> String {
    let mut rows = vec![
        (words.label("cli-metadata-entity-id"), inspection.entity_id.clone().unwrap_or_default()),
        (words.label("cli-metadata-name"), inspection.display_name.clone().unwrap_or_default()),
        (
            words.label("cli-metadata-provider"),
            inspection.provider.map(|one| one.name().to_owned()).unwrap_or_default(),
        ),
    ];
    let endpoint = |label: &str, one: &saml::Endpoint| {
        (words.label(label), format!("{} ({})", one.location, short(&one.binding)))
    };
    rows.extend(inspection.sso.iter().map(|one| endpoint("cli-metadata-sso", one)));
    rows.extend(inspection.acs.iter().map(|one| endpoint("cli-metadata-acs", one)));
    let until = inspection.valid_until.map(|until| until.to_string()).unwrap_or_default();
    rows.push((words.label("cli-metadata-valid-until"), until));
    if inspection.signature == Signature::PresentNotChecked {
        rows.push((words.label("cli-metadata-signature"), words.label("cli-metadata-signature-not-checked")));
    }
    facts(rows)
}

/// The last part of a binding's URI is what people call it.
fn short(binding: &str) -> &str {
    binding.rsplit(':').next().unwrap_or(binding)
}

fn usage(words: &Words, usage: KeyUse) -> String {
    words.label(match usage {
        KeyUse::Signing => "cli-use-signing",
        KeyUse::Encryption => "cli-use-encryption",
        KeyUse::Unspecified => "cli-use-both",
    })
}

fn entities(words: &Words, entities: &[EntitySummary]) -> String {
    if entities.len() < 2 {
        return String::new();
    }
    let row = |one: &EntitySummary| {
        [role(words, one), one.entity_id.clone(), one.display_name.clone().unwrap_or_default()]
    };
    let rows: Vec<[String; 3]> = entities.iter().take(ENTITIES_SHOWN).map(row).collect();
    let heading = words.text("cli-metadata-entities", &[("count", &entities.len().to_string())]);
    let mut text = format!("\n{heading}\n{}", table(&rows));
    if entities.len() > ENTITIES_SHOWN {
        let more = (entities.len() - ENTITIES_SHOWN).to_string();
        text.push_str(&format!("  {}\n", words.text("cli-metadata-more", &[("count", &more)])));
    }
    text
}

fn role(words: &Words, entity: &EntitySummary) -> String {
    words.label(match entity.roles.as_slice() {
        [] => "cli-role-none",
        [Role::Sp] => "cli-role-sp",
        [Role::Idp] => "cli-role-idp",
        _ => "cli-role-both",
    })
}

/// Writes the metadata of a service.
pub(crate) fn generate(args: MetadataGenerate, output: &Output) -> Result<Status, Failure> {
    let acs = acs(&args.acs)?;
    let metadata = SpMetadata {
        entity_id: entity_id(args.entity_id)?,
        organization: organization(args.organization, args.organization_url, &acs)?,
        name_id_format: name_id_format(args.name_id_format)?,
        certificates: Vec::new(),
        signs_requests: false,
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
