//! `signpost response`.

use crate::args::ResponseCheck;
use crate::failure::{Failure, Status};
use crate::output::Output;
use crate::table::{facts, table};
use crate::words::Words;
use crate::{cert, clock, input};
use saml::{Inspection, KeyUse, LIMIT_BY_FILE};
use saml_response::{Bergshamra, Comparison, Examination, Expected, ExpectedClaim, Matter};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use vocabulary::{Finding, Secret, Timestamp};

/// A private key is small; whatever is larger is something else.
const KEY_LIMIT: usize = 64 * 1024;

/// Judges a response as a service with these settings would.
pub(crate) fn check(args: &ResponseCheck, output: &Output) -> Result<Status, Failure> {
    let bytes = input::read(&args.source, saml_response::LIMIT)?;
    let now = args.now.unwrap_or_else(clock::now);
    let expected = expected(args, now)?;
    let (examination, count) = match saml_response::take(&bytes) {
        Ok(taken) => {
            let mut examination = saml_response::examine(&taken.xml, &expected, &Bergshamra, now);
            examination.findings.extend(taken.remark());
            (examination, taken.count)
        }
        Err(finding) => (Examination::of_nothing(finding), 0),
    };
    let words = &output.words;
    output.answer(&text(words, &examination, count), &document(words, &examination))?;
    Ok(Status::of(&examination.findings))
}

fn expected(args: &ResponseCheck, now: Timestamp) -> Result<Expected, Failure> {
    let metadata = saml::inspect(&input::read(&args.idp_metadata, LIMIT_BY_FILE)?, LIMIT_BY_FILE, now);
    let claim = |name: &String| ExpectedClaim { name: name.clone(), required: true };
    Ok(Expected {
        idp_entity_id: identity_provider(&metadata)?,
        certificates: metadata
            .certificates
            .into_iter()
            .filter(|one| one.usage != KeyUse::Encryption)
            .map(|one| one.certificate)
            .collect(),
        sp_entity_id: args.sp_entity_id.clone(),
        acs_url: args.acs.clone(),
        in_response_to: args.in_response_to.clone(),
        claims: args.claims.iter().map(claim).collect(),
        cbc_encryption: true,
        decryption_key: args.decrypt_key.as_deref().map(private_key).transpose()?,
    })
}

/// The entity ID, or why these are no identity provider's metadata.
fn identity_provider(metadata: &Inspection) -> Result<String, Failure> {
    let unfit = |finding: &&Finding| {
        finding.is_error() && ["metadata-", "entity-id-"].iter().any(|part| finding.code.starts_with(part))
    };
    match (&metadata.entity_id, metadata.findings.iter().find(unfit)) {
        (Some(entity_id), None) => Ok(entity_id.clone()),
        (_, Some(finding)) if !about_dates(finding) => Err(Failure::refused(finding.clone())),
        (Some(entity_id), _) => Ok(entity_id.clone()),
        (None, _) => Err(Failure::refused(Finding::error("metadata-no-idp"))),
    }
}

/// What is wrong with the metadata but says nothing against checking a response with them.
fn about_dates(finding: &Finding) -> bool {
    ["metadata-valid-until-past", "metadata-no-signing-certificate", "metadata-no-sso-endpoint"]
        .contains(&finding.code.as_ref())
}

fn private_key(source: &str) -> Result<Secret, Failure> {
    let bytes = input::read(source, KEY_LIMIT)?;
    let text = String::from_utf8(bytes).map_err(|_| Finding::error("response-decryption-key"));
    text.map(Secret::new).map_err(Failure::refused)
}

fn document(words: &Words, examination: &Examination) -> Value {
    let attributes: BTreeMap<&str, &Vec<String>> =
        examination.attributes.iter().map(|one| (one.name.as_str(), &one.values)).collect();
    let mut document = words.document(examination, &examination.findings);
    let subject = examination.subject.as_ref();
    document["subject"] = json!(subject.map(|subject| &subject.name_id));
    document["subject_format"] = json!(subject.and_then(|subject| subject.format.as_ref()));
    document["attributes"] = json!(attributes);
    document
}

fn text(words: &Words, examination: &Examination, count: usize) -> String {
    let verdict = if examination.accepted { "cli-response-accepted" } else { "cli-response-refused" };
    let mut text = words.label(verdict) + &cert::decide(words, &examination.findings) + "\n";
    if count > 1 {
        text.push_str(&words.text("cli-response-several", &[("count", &count.to_string())]));
        text.push('\n');
    }
    for part in [about(words, examination), claims(words, examination), compared(words, examination)] {
        if !part.is_empty() {
            text.push('\n');
            text.push_str(&part);
        }
    }
    text + &words.findings(&examination.findings)
}

fn about(words: &Words, examination: &Examination) -> String {
    let subject = examination.subject.as_ref();
    let signer = examination.signed_by.clone().unwrap_or_else(|| words.label("cli-response-not-proven"));
    let signer = if examination.issuer.is_some() { signer } else { String::new() };
    let encrypted = if examination.encrypted { words.label("cli-response-yes") } else { String::new() };
    facts([
        (words.label("cli-response-subject"), subject.map(|one| one.name_id.clone()).unwrap_or_default()),
        (words.label("cli-response-format"), subject.and_then(|one| one.format.clone()).unwrap_or_default()),
        (words.label("cli-response-issuer"), examination.issuer.clone().unwrap_or_default()),
        (words.label("cli-response-issued"), examination.issued.map(|at| at.to_string()).unwrap_or_default()),
        (words.label("cli-response-signed-by"), signer),
        (words.label("cli-response-encrypted"), encrypted),
    ])
}

fn claims(words: &Words, examination: &Examination) -> String {
    if examination.attributes.is_empty() {
        return String::new();
    }
    let rows = examination.attributes.iter().map(|one| (one.name.clone(), one.values.join(", ")));
    format!("{}\n{}", words.label("cli-response-attributes"), facts(rows))
}

fn compared(words: &Words, examination: &Examination) -> String {
    if examination.comparisons.is_empty() {
        return String::new();
    }
    let nothing = words.label("cli-response-nothing");
    let shown = |values: &[String]| if values.is_empty() { nothing.clone() } else { values.join(", ") };
    let head = ["", "", "cli-response-expected", "cli-response-received"]
        .map(|id| if id.is_empty() { String::new() } else { words.label(id) });
    let row = |one: &Comparison| {
        let verdict = if one.matches { "cli-response-same" } else { "cli-response-differs" };
        [words.label(matter(one.matter)), words.label(verdict), shown(&one.expected), shown(&one.received)]
    };
    let rows: Vec<_> = std::iter::once(head).chain(examination.comparisons.iter().map(row)).collect();
    format!("{}\n{}", words.label("cli-response-compared"), table(&rows))
}

const fn matter(matter: Matter) -> &'static str {
    match matter {
        Matter::Issuer => "cli-response-matter-issuer",
        Matter::Destination => "cli-response-matter-destination",
        Matter::Recipient => "cli-response-matter-recipient",
        Matter::Audience => "cli-response-matter-audience",
        Matter::InResponseTo => "cli-response-matter-in-response-to",
        Matter::Certificate => "cli-response-matter-certificate",
        Matter::Claim => "cli-response-matter-claim",
    }
}
