//! Why there is no answer, and what the process says at its end.

use std::process::ExitCode;
use vocabulary::{Finding, Severity, worst};

/// Every code of an error of the command line itself; each has its texts in the files `cli*.ftl`.
#[cfg(test)]
pub(crate) const CODES: &[&str] = &[
    "input-not-found",
    "input-unreadable",
    "input-folder",
    "input-terminal",
    "address-invalid",
    "address-not-https",
    "address-unreachable",
    "address-timeout",
    "address-redirects",
    "address-status",
    "address-private",
    "address-interrupted",
    "address-not-kept",
    "record-label-invalid",
    "record-zone-invalid",
    "record-host-unknown",
    "record-form-unfit",
    "resolvers-unknown",
    "bulk-answer-unreadable",
    "bulk-answer-of-another-list",
    "report-unwritable",
    "watch-expects-nothing",
    "watch-state-unreadable",
    "watch-state-unwritable",
    "watch-state-in-use",
    "generate-entity-id-invalid",
    "generate-acs-invalid",
    "generate-slo-invalid",
    "generate-organization-url-invalid",
    "generate-name-id-format-invalid",
    "generate-contact-invalid",
    "explain-nothing-given",
    "explain-too-long",
    "guide-unknown",
    "guide-step-unknown",
    "guide-folder-unreadable",
    "guide-folder-wrong",
    "scim-token-variable-missing",
    "scim-email-domain-invalid",
    "scim-unreachable",
    "polis-key-variable-missing",
    "polis-webhook-variable-missing",
    "polis-response-none",
    "keycloak-token-variable-missing",
    "keycloak-secret-variable-missing",
    "data-folder-unknown",
    "service-address-taken",
    "service-cannot-listen",
    "service-data-read-only",
    "service-data-disk-full",
    "service-data-newer",
    "service-data-damaged",
    "service-data-locked",
    "service-database-unknown",
    "service-database-insecure",
    "service-database-unreachable",
    "service-database-refused",
    "service-database-too-old",
    "service-key-other",
    "service-configuration-invalid",
    "service-tls-half",
    "service-tls-unusable",
    "service-backup-by-server",
    "service-backup-exists",
    "service-account-unknown",
    "service-token-unknown",
    "service-tokens-too-many",
    "service-public-url-invalid",
    "service-email-invalid",
    "service-organization-invalid",
    "service-start-failed",
    "output-failed",
    "reminders-nothing",
    "reminders-unwritable",
    "runtime-failed",
];

/// What the process says at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Good.
    Good = 0,
    /// Looked at, and not good.
    NotGood = 1,
    /// Wrong usage, or input that cannot be read.
    Unusable = 2,
    /// The environment failed.
    Environment = 3,
}

impl Status {
    /// Good unless one of the findings is an error.
    pub(crate) fn of(findings: &[Finding]) -> Self {
        if worst(findings) == Some(Severity::Error) { Self::NotGood } else { Self::Good }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) struct Failure {
    /// With which status the process ends.
    pub(crate) status: Status,
    /// Whose words it has.
    pub(crate) kind: Kind,
    /// Code and the variables of the texts.
    pub(crate) finding: Finding,
}

/// Which texts belong to a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `error-CODE`.
    Error,
    /// `finding-CODE`.
    Finding,
}

impl Failure {
    /// Wrong usage, or input that cannot be read.
    pub(crate) const fn unusable(code: &'static str) -> Self {
        Self { status: Status::Unusable, kind: Kind::Error, finding: Finding::error(code) }
    }

    /// The environment failed.
    pub(crate) const fn environment(code: &'static str) -> Self {
        Self { status: Status::Environment, kind: Kind::Error, finding: Finding::error(code) }
    }

    /// What was typed is refused by a check.
    pub(crate) const fn refused(finding: Finding) -> Self {
        Self { status: Status::Unusable, kind: Kind::Finding, finding }
    }

    /// Somebody who was asked could not be reached, or did not answer.
    pub(crate) const fn unreached(finding: Finding) -> Self {
        Self { status: Status::Environment, kind: Kind::Finding, finding }
    }

    /// Adds one value for the texts.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.finding = self.finding.with(name, value);
        self
    }
}
