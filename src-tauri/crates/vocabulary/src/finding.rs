use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How much a finding asks of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Good to know; asks for nothing.
    Info,
    /// Has to be decided: nothing is pushed until it is ticked.
    Warning,
    /// Has to be fixed: nothing is pushed while it is open.
    Error,
}

/// What was seen, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Evidence {
    /// Who said it: a name server, a file name, an XML element.
    pub source: String,
    /// What it said, whole.
    pub value: String,
}

/// What a check returns: a stable code, how much it asks, the values its text needs, and what was seen.
///
/// The sentence and the fix are Fluent messages: `finding-CODE` and its attribute `.fix`. The values of `args` are
/// the variables of both. A finding never carries prose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Finding {
    /// Stable, kebab-case; the user interface and scripts react to it.
    pub code: Cow<'static, str>,
    /// How much it asks.
    pub severity: Severity,
    /// The variables of the Fluent messages, always as text.
    #[serde(default)]
    pub args: BTreeMap<String, String>,
    /// What was seen.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

impl Finding {
    /// A finding without values or evidence yet.
    pub const fn new(severity: Severity, code: &'static str) -> Self {
        Self { code: Cow::Borrowed(code), severity, args: BTreeMap::new(), evidence: Vec::new() }
    }

    /// A finding that has to be fixed.
    pub const fn error(code: &'static str) -> Self {
        Self::new(Severity::Error, code)
    }

    /// A finding that has to be decided.
    pub const fn warning(code: &'static str) -> Self {
        Self::new(Severity::Warning, code)
    }

    /// A finding that asks for nothing.
    pub const fn info(code: &'static str) -> Self {
        Self::new(Severity::Info, code)
    }

    /// Adds one value for the message.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    /// Adds what was seen.
    #[must_use]
    pub fn seen(mut self, source: impl Into<String>, value: impl Into<String>) -> Self {
        self.evidence.push(Evidence { source: source.into(), value: value.into() });
        self
    }

    /// Whether nothing may be pushed while this is open.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// The most demanding severity among the findings, or `None` when there are none.
pub fn worst<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Option<Severity> {
    findings.into_iter().map(|finding| finding.severity).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_outranks_a_warning_and_a_warning_an_info() {
        let findings = [Finding::info("a"), Finding::error("b"), Finding::warning("c")];
        assert_eq!(worst(&findings), Some(Severity::Error));
        assert_eq!(worst([]), None);
    }

    #[test]
    fn a_finding_survives_the_wire() {
        let finding =
            Finding::warning("certificate-ends-soon").with("days", 23).seen("metadata.xml", "3F:9A");
        let json = serde_json::to_string(&finding).unwrap();
        assert_eq!(serde_json::from_str::<Finding>(&json).unwrap(), finding);
    }
}
