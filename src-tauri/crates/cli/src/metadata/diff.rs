//! `signpost metadata diff`.

use super::source::{self, Read};
use crate::args::MetadataDiff;
use crate::failure::{Failure, Status};
use crate::output::Output;
use crate::table::table;
use crate::words::Words;
use saml::{Difference, IdpField, IdpValues, Inspection};
use serde_json::json;
use vocabulary::Finding;

/// Says what the second document changes, as the metadata of an identity provider.
pub(crate) fn diff(args: &MetadataDiff, output: &Output) -> Result<Status, Failure> {
    let read = |source: &str| -> Result<IdpValues, Failure> {
        let Read { inspection, .. } = source::read(source, args.entity.as_deref(), &[], args.allow_private)?;
        values(inspection)
    };
    let (before, after) = (read(&args.before)?, read(&args.after)?);
    let differences = saml::differences(&before, &after);
    let findings = saml::judge_differences(&before, &after);
    let words = &output.words;
    let changed = !differences.is_empty();
    let document = json!({ "changed": changed, "differences": differences });
    output.answer(&text(words, &differences, &findings), &words.document(&document, &findings))?;
    Ok(if changed { Status::NotGood } else { Status::Good })
}

/// The values, or why there are none.
fn values(inspection: Inspection) -> Result<IdpValues, Failure> {
    inspection.idp_values().ok_or_else(|| {
        let error = inspection.findings.into_iter().find(Finding::is_error);
        Failure::refused(error.unwrap_or_else(|| Finding::error("metadata-no-idp")))
    })
}

fn text(words: &Words, differences: &[Difference], findings: &[Finding]) -> String {
    if differences.is_empty() {
        return words.label("cli-diff-same") + "\n";
    }
    let mut text = words.label("cli-diff-changed") + "\n";
    for Difference { field, before, after } in differences {
        let line = |sign: &str, value: &String| [sign.to_owned(), value.clone()];
        let gone = before.iter().map(|value| line("-", value));
        let rows: Vec<_> = gone.chain(after.iter().map(|value| line("+", value))).collect();
        text.push_str(&format!("\n{}\n{}", words.label(label(*field)), table(&rows)));
    }
    text + &words.findings(findings)
}

const fn label(field: IdpField) -> &'static str {
    match field {
        IdpField::EntityId => "cli-metadata-entity-id",
        IdpField::SsoUrl => "cli-metadata-sso",
        IdpField::SsoBinding => "cli-diff-binding",
        IdpField::LogoutUrl => "cli-diff-logout-url",
        IdpField::Certificate => "cli-diff-certificate",
        IdpField::NameIdFormat => "cli-diff-name-id-format",
        IdpField::SignedRequests => "cli-diff-signed-requests",
        IdpField::ValidUntil => "cli-metadata-valid-until",
    }
}
