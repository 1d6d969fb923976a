//! What the commands for brokers of single sign-on have in common: metadata that are to be sent, and what came of it.

use crate::failure::{Failure, Status};
use crate::output::Output;
use crate::words::Words;
use crate::{clock, input};
use certs::Certificate;
use metadata_signature::Trust;
use saml::{Inspection, LIMIT_BY_HAND};
use serde_json::{Value, json};
use vocabulary::Finding;

/// Whether what was typed can be used.
pub(crate) fn usable(finding: Option<Finding>) -> Result<(), Failure> {
    finding.map_or(Ok(()), |finding| Err(Failure::refused(finding)))
}

/// Why a broker gave no answer: `is_given` is whether it lies in what was typed.
pub(crate) fn failed(code: &'static str, is_given: bool, reason: &str) -> Failure {
    let failure = if is_given { Failure::unusable(code) } else { Failure::environment(code) };
    failure.with("reason", reason)
}

/// What came of something that was to be done.
pub(crate) struct Outcome<T> {
    /// What there is now; `None` when nothing was done.
    pub(crate) done: Option<T>,
    /// What is to be said about it.
    pub(crate) findings: Vec<Finding>,
}

impl<T> Outcome<T> {
    /// Nothing was done, for the reasons among the findings.
    pub(crate) const fn refused(findings: Vec<Finding>) -> Self {
        Self { done: None, findings }
    }

    /// What the broker answered, after what was found before. Where it refuses what it was asked, nothing has failed.
    pub(crate) fn of<E>(
        answer: Result<T, E>,
        mut findings: Vec<Finding>,
        refusal: fn(&E) -> Option<Finding>,
    ) -> Result<Self, E> {
        match answer {
            Ok(done) => Ok(Self { done: Some(done), findings }),
            Err(trouble) => {
                findings.push(refusal(&trouble).ok_or(trouble)?);
                Ok(Self::refused(findings))
            }
        }
    }

    /// Adds what is to be said of what there is now.
    pub(crate) fn judged(mut self, judge: impl Fn(&T) -> Vec<Finding>) -> Self {
        let findings = self.done.iter().flat_map(judge);
        self.findings.extend(findings);
        self
    }

    /// Tells it: `headline` is said when it was done, `name` is what stands there in JSON.
    pub(crate) fn tell(
        &self,
        output: &Output,
        (headline, name): (&str, &str),
        text: impl Fn(&Words, &T) -> String,
        document: impl Fn(&T) -> Value,
    ) -> Result<Status, Failure> {
        let words = &output.words;
        let headline = words.label(if self.done.is_some() { headline } else { "cli-broker-nothing" });
        let body = self.done.as_ref().map(|done| text(words, done)).filter(|body| !body.is_empty());
        let body = body.map(|body| format!("\n{body}")).unwrap_or_default();
        let printed = format!("{headline}\n{body}{}", words.findings(&self.findings));
        let facts = json!({ "done": self.done.is_some(), name: self.done.as_ref().map(document) });
        output.answer(&printed, &words.document(&facts, &self.findings))?;
        Ok(if self.done.is_some() { Status::of(&self.findings) } else { Status::NotGood })
    }
}

/// Metadata that were read, and what is to be said of them.
pub(crate) struct Metadata {
    /// The document.
    pub(crate) text: String,
    /// What it says.
    pub(crate) inspection: Inspection,
    /// What the broker should be told of it.
    pub(crate) findings: Vec<Finding>,
}

impl Metadata {
    /// Reads a file, or standard input for `-`, at the current time; `judge` knows what the broker misreads.
    pub(crate) fn read(source: &str, judge: fn(&str, &Inspection) -> Vec<Finding>) -> Result<Self, Failure> {
        let bytes = input::read(source, LIMIT_BY_HAND)?;
        let trust = Trust { certificates: &[], checks_large: false };
        let size = u64::try_from(bytes.len()).ok();
        let inspection =
            metadata_signature::inspect(&bytes[..], size, LIMIT_BY_HAND, None, trust, clock::now());
        let inspection = inspection.map_err(|error| {
            Failure::unusable("input-unreadable").with("source", source).with("reason", error)
        })?;
        // What cannot be decoded has its finding from the inspection.
        let text = saml::decode(&bytes, LIMIT_BY_HAND).map(|read| read.text.into_owned()).unwrap_or_default();
        let findings = judge(&text, &inspection);
        Ok(Self { text, inspection, findings })
    }

    /// The identity provider's entity ID, unless something is wrong.
    pub(crate) fn usable(&self) -> Option<&str> {
        let is_bad = self.findings.iter().any(Finding::is_error);
        self.inspection.entity_id.as_deref().filter(|_| !is_bad)
    }
}

/// Certificates as rows: until when, and the fingerprint.
pub(crate) fn certificate_rows(words: &Words, certificates: &[Certificate]) -> Vec<(String, String)> {
    let row = |one: &Certificate| {
        let until = one.not_after.to_minute();
        (words.text("cli-broker-certificate", &[("until", &until)]), one.sha256.clone())
    };
    certificates.iter().map(row).collect()
}

/// A certificate as JSON.
pub(crate) fn certificate_document(one: &Certificate) -> Value {
    json!({
        "sha256": one.sha256, "subject": one.subject, "not_before": one.not_before, "not_after": one.not_after,
    })
}

/// Tells what an identity provider has to know, from the metadata of the broker; `unknown` when they are none.
pub(crate) fn tell_sp(
    xml: &str,
    is_raw: bool,
    unknown: impl Fn() -> Failure,
    output: &Output,
) -> Result<Status, Failure> {
    let values =
        saml::inspect(xml.as_bytes(), LIMIT_BY_HAND, clock::now()).sp_values().ok_or_else(unknown)?;
    if is_raw {
        crate::output::raw(xml)?;
        return Ok(Status::Good);
    }
    let words = &output.words;
    let text = crate::table::facts([
        (words.label("cli-metadata-entity-id"), values.entity_id.clone()),
        (words.label("cli-metadata-acs"), values.acs_url.clone()),
    ]);
    let document = json!({ "entity_id": values.entity_id, "acs_url": values.acs_url, "xml": xml });
    output.answer(&text, &document)?;
    Ok(Status::Good)
}
