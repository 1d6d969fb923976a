//! `signpost metadata inspect`.

use super::source::{self, Read};
use crate::args::MetadataInspect;
use crate::cert;
use crate::failure::{Failure, Status};
use crate::output::Output;
use crate::table::{facts, table};
use crate::words::Words;
use saml::{EntitySummary, Inspection, KeyUse, Kind, Role, Signature};
use serde::Serialize;
use serde_json::{Value, json};

/// More entities than this are only counted in the text; JSON has all of them.
const ENTITIES_SHOWN: usize = 50;

/// Reads metadata and judges them as those of an identity provider, at the current time.
pub(crate) fn inspect(args: &MetadataInspect, output: &Output) -> Result<Status, Failure> {
    let trusted = source::trusted(&args.signed_by)?;
    let Read { mut inspection, redirects } =
        source::read(&args.source, args.entity.as_deref(), &trusted, args.allow_private)?;
    let count = inspection.entities.len();
    if let Some(text) = &args.search {
        inspection.entities = saml::search(&inspection.entities, text).cloned().collect();
    }
    let words = &output.words;
    let text = text(words, &inspection, count, &redirects);
    let entities = std::mem::take(&mut inspection.entities);
    let mut rest = words.document(&inspection, &inspection.findings);
    rest["entity_count"] = json!(count);
    rest["redirects"] = json!(redirects);
    if let Some(fields) = rest.as_object_mut() {
        fields.remove("entities");
    }
    output.answer(&text, &Answer { entities: &entities, rest })?;
    Ok(Status::of(&inspection.findings))
}

/// The answer as JSON. The entities are written as they are: as values, tens of thousands take a lot of memory.
#[derive(Serialize)]
struct Answer<'a> {
    entities: &'a [EntitySummary],
    #[serde(flatten)]
    rest: Value,
}

fn text(words: &Words, inspection: &Inspection, count: usize, redirects: &[String]) -> String {
    let mut text = format!("{}\n", verdict(words, inspection));
    let about = about(words, inspection, redirects);
    if !about.is_empty() {
        text.push('\n');
        text.push_str(&about);
    }
    text.push_str(&entities(words, &inspection.entities, count));
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

fn about(words: &Words, inspection: &Inspection, redirects: &[String]) -> String {
    let redirected = redirects.iter().map(|to| (words.label("cli-metadata-redirected"), to.clone()));
    let mut rows: Vec<(String, String)> = redirected.collect();
    rows.extend([
        (words.label("cli-metadata-entity-id"), inspection.entity_id.clone().unwrap_or_default()),
        (words.label("cli-metadata-name"), inspection.display_name.clone().unwrap_or_default()),
        (
            words.label("cli-metadata-provider"),
            inspection.provider.map(|one| one.name().to_owned()).unwrap_or_default(),
        ),
    ]);
    let endpoint = |label: &str, one: &saml::Endpoint| {
        (words.label(label), format!("{} ({})", one.location, short(&one.binding)))
    };
    rows.extend(inspection.sso.iter().map(|one| endpoint("cli-metadata-sso", one)));
    rows.extend(inspection.acs.iter().map(|one| endpoint("cli-metadata-acs", one)));
    let until = inspection.valid_until.map(|until| until.to_string()).unwrap_or_default();
    rows.push((words.label("cli-metadata-valid-until"), until));
    rows.push((words.label("cli-metadata-signature"), signature(words, inspection)));
    facts(rows)
}

fn signature(words: &Words, inspection: &Inspection) -> String {
    let print = inspection.signed_by.as_ref().map(|by| by.sha256.as_str()).unwrap_or_default();
    let id = match inspection.signature {
        Signature::Absent if inspection.kind == Kind::NotMetadata => return String::new(),
        Signature::Absent => "cli-metadata-signature-absent",
        Signature::PresentNotChecked => "cli-metadata-signature-not-checked",
        Signature::Confirmed => "cli-metadata-signature-confirmed",
        Signature::Unconfirmed => "cli-metadata-signature-unconfirmed",
        Signature::OtherKey => "cli-metadata-signature-other-key",
        Signature::Broken => "cli-metadata-signature-broken",
        Signature::NotCheckable => "cli-metadata-signature-not-checkable",
    };
    words.text(id, &[("sha256", print)])
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

fn entities(words: &Words, entities: &[EntitySummary], count: usize) -> String {
    if count < 2 {
        return String::new();
    }
    let row = |one: &EntitySummary| {
        [role(words, one), one.entity_id.clone(), one.display_name.clone().unwrap_or_default()]
    };
    let rows: Vec<[String; 3]> = entities.iter().take(ENTITIES_SHOWN).map(row).collect();
    let (found, count) = (entities.len().to_string(), count.to_string());
    let heading = if found == count {
        words.text("cli-metadata-entities", &[("count", &count)])
    } else {
        words.text("cli-metadata-entities-found", &[("count", &count), ("found", &found)])
    };
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
