//! The sentences.

use crate::failure::{Failure, Kind};
use serde::Serialize;
use serde_json::{Value, json};
use texts::{BrokenTexts, FindingText, Texts};
use vocabulary::{Finding, Severity};

/// The texts, and how findings are written with them.
pub(crate) struct Words(Texts);

impl Words {
    /// The source language.
    pub(crate) fn load() -> Result<Self, BrokenTexts> {
        Texts::english().map(Self)
    }

    /// The text of an id of the files `cli*.ftl`; a test holds that every id used has one.
    pub(crate) fn text(&self, id: &str, args: &[(&str, &str)]) -> String {
        self.0.text(id, args.iter().copied()).unwrap_or_else(|| id.to_owned())
    }

    /// A short label.
    pub(crate) fn label(&self, id: &str) -> String {
        self.text(id, &[])
    }

    /// Message and fix of a finding.
    pub(crate) fn finding(&self, finding: &Finding) -> FindingText {
        self.0.finding(finding)
    }

    /// Message and fix of a failure.
    pub(crate) fn failure(&self, failure: &Failure) -> FindingText {
        if failure.kind == Kind::Finding {
            return self.finding(&failure.finding);
        }
        let id = format!("error-{}", failure.finding.code);
        let args = || failure.finding.args.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        FindingText {
            message: self.0.text(&id, args()).unwrap_or_else(|| failure.finding.code.to_string()),
            fix: self.0.attribute(&id, "fix", args()).unwrap_or_default(),
        }
    }

    /// A result as JSON, its findings with their words.
    pub(crate) fn document(&self, result: &impl Serialize, findings: &[Finding]) -> Value {
        // What the checks return are plain structs, which always become an object.
        let mut document = serde_json::to_value(result).unwrap_or_default();
        document["findings"] = findings.iter().map(|finding| self.finding_json(finding)).collect();
        document
    }

    /// A finding as JSON with its words.
    pub(crate) fn finding_json(&self, finding: &Finding) -> Value {
        Self::json(finding, &self.finding(finding))
    }

    /// A failure as JSON with its words, in the form of a finding.
    pub(crate) fn failure_json(&self, failure: &Failure) -> Value {
        Self::json(&failure.finding, &self.failure(failure))
    }

    fn json(finding: &Finding, text: &FindingText) -> Value {
        json!({
            "code": finding.code,
            "severity": finding.severity,
            "message": text.message,
            "fix": text.fix,
            "args": finding.args,
            "evidence": finding.evidence,
        })
    }

    /// The findings as paragraphs: what is true, what to do, what was seen.
    pub(crate) fn findings(&self, findings: &[Finding]) -> String {
        findings.iter().map(|finding| self.paragraph(finding)).collect()
    }

    fn paragraph(&self, finding: &Finding) -> String {
        let severity = match finding.severity {
            Severity::Error => "severity-error",
            Severity::Warning => "severity-warning",
            Severity::Info => "severity-info",
        };
        let text = self.finding(finding);
        let mut lines = format!("\n{}: {}\n", self.label(severity), text.message);
        if !text.fix.is_empty() {
            lines.push_str(&format!("  {}\n", text.fix));
        }
        for seen in &finding.evidence {
            lines.push_str(&format!("  {}\n", on_one_line(&[&seen.source, &seen.value])));
        }
        lines
    }
}

fn on_one_line(parts: &[&String]) -> String {
    let parts: Vec<&str> = parts.iter().map(|part| part.as_str()).filter(|part| !part.is_empty()).collect();
    parts.join(": ").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::CODES;

    const FTL: [&str; 8] = [
        include_str!("../../../../ui/src/locales/en/cli.ftl"),
        include_str!("../../../../ui/src/locales/en/cli-broker.ftl"),
        include_str!("../../../../ui/src/locales/en/cli-explain.ftl"),
        include_str!("../../../../ui/src/locales/en/cli-keycloak.ftl"),
        include_str!("../../../../ui/src/locales/en/cli-polis.ftl"),
        include_str!("../../../../ui/src/locales/en/cli-record.ftl"),
        include_str!("../../../../ui/src/locales/en/cli-response.ftl"),
        include_str!("../../../../ui/src/locales/en/cli-scim.ftl"),
    ];

    #[test]
    fn every_error_says_what_happened_and_what_to_do() {
        let words = Words::load().unwrap();
        for code in CODES
            .iter()
            .chain(dns_walk::CODES)
            .chain(guides::CODES)
            .chain(diagnosis::CODES)
            .chain(scim_endpoint::CODES)
            .chain(polis::CODES)
            .chain(keycloak::CODES)
        {
            let text = words.failure(&Failure::unusable(code));
            assert_ne!(text.message, *code);
            assert!(!text.fix.is_empty(), "{code}");
        }
    }

    #[test]
    fn every_finding_that_can_be_printed_has_words() {
        let words = Words::load().unwrap();
        for code in certs::CODES
            .iter()
            .chain(saml::CODES)
            .chain(metadata_signature::CODES)
            .chain(saml_response::CODES)
            .chain(domain_check::CODES)
            .chain(polis::FINDINGS)
            .chain(keycloak::FINDINGS)
        {
            assert_ne!(words.finding(&Finding::error(code)).message, *code);
        }
    }

    /// Ids of texts are string literals that begin with `cli-`.
    #[test]
    fn every_text_that_is_used_is_there_and_every_one_that_is_there_is_used() {
        let sources = [
            include_str!("account_service.rs"),
            include_str!("broker.rs"),
            include_str!("cert.rs"),
            include_str!("domain/bulk.rs"),
            include_str!("domain/mod.rs"),
            include_str!("domain/record.rs"),
            include_str!("domain/text.rs"),
            include_str!("explain.rs"),
            include_str!("guide.rs"),
            include_str!("keycloak/mappers.rs"),
            include_str!("keycloak/mod.rs"),
            include_str!("keycloak/provider.rs"),
            include_str!("metadata/diff.rs"),
            include_str!("metadata/inspect.rs"),
            include_str!("output.rs"),
            include_str!("polis/connection.rs"),
            include_str!("polis/directory.rs"),
            include_str!("polis/mod.rs"),
            include_str!("polis/sign_in.rs"),
            include_str!("response.rs"),
            include_str!("scim.rs"),
        ]
        .concat();
        let quoted: Vec<&str> =
            sources.split('"').skip(1).step_by(2).filter(|text| text.starts_with("cli-")).collect();
        let defined: Vec<&str> = FTL
            .iter()
            .flat_map(|file| file.lines())
            .filter(|line| line.starts_with("cli-"))
            .filter_map(|line| line.split(' ').next())
            .collect();
        for id in &quoted {
            assert!(defined.contains(id), "{id} is in no file");
        }
        for id in &defined {
            assert!(quoted.contains(id), "{id} is there and not used");
        }
    }
}
