//! `signpost domain check` and `signpost domain bulk`.

mod bulk;
mod csv;
mod text;
mod watch;

pub(crate) use bulk::bulk;

use crate::args::DomainCheck;
use crate::clock;
use crate::failure::{Failure, Status};
use crate::output::Output;
use crate::runtime::run_async;
use crate::words::Words;
use dns_walk::Walker;
use domain_check::{DomainName, ParsedDomain, Report, Role, Verdict, judge};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;

/// Everything one look needs.
struct Check {
    walker: Walker,
    parsed: ParsedDomain,
    label: String,
    expected: Option<String>,
    resolvers: Vec<SocketAddr>,
    system: Vec<SocketAddr>,
}

/// What one look came to.
struct Look {
    report: Report,
    /// Whether resolvers were to be asked, and were not, because that could make the wait longer.
    resolvers_spared: bool,
}

/// Checks a domain once, or until its record is verified.
pub(crate) fn check(args: &DomainCheck, output: &Output) -> Result<Status, Failure> {
    let check = Check::new(args)?;
    if args.watch {
        return run_async(watch::until_verified(&check, output))?;
    }
    let look = run_async(check.look())?;
    output.answer(&text::whole(&output.words, &check, &look), &check.document(&output.words, &look))?;
    Ok(status(&look.report))
}

/// Only a verified record is good; where nobody could be asked, nothing is known.
fn status(report: &Report) -> Status {
    match report.verdict {
        Verdict::Verified => Status::Good,
        Verdict::Waiting | Verdict::Problem => Status::NotGood,
        Verdict::Unreachable => Status::Environment,
    }
}

impl Check {
    fn new(args: &DomainCheck) -> Result<Self, Failure> {
        let parsed = DomainName::parse(&args.domain).map_err(Failure::refused)?;
        let label = label(&args.name, &parsed.domain)?;
        let system = if args.system { dns_walk::system_resolvers().map_err(unknown)? } else { Vec::new() };
        Ok(Self {
            walker: Walker::new(args.start.config()?, Arc::new(clock::now)),
            parsed,
            label,
            expected: args.expect.clone(),
            resolvers: args.resolvers.clone(),
            system,
        })
    }

    /// Asks the name servers, then, when they agree, the resolvers: one that is asked before the record is there
    /// remembers that it is not.
    async fn look(&self) -> Look {
        let expected = self.expected.as_deref();
        let mut collected = self.walker.collect(&self.parsed.domain, &self.label, expected).await;
        let report = judge(expected, &collected, clock::now());
        let wanted = !self.resolvers.is_empty() || !self.system.is_empty();
        if !wanted || !agree(&report) {
            return Look { report, resolvers_spared: wanted };
        }
        for (resolvers, role) in [(&self.resolvers, Role::Resolver), (&self.system, Role::System)] {
            collected.servers.extend(self.walker.ask_resolvers(&collected.name, resolvers, role).await);
        }
        Look { report: judge(expected, &collected, clock::now()), resolvers_spared: false }
    }

    fn document(&self, words: &Words, look: &Look) -> Value {
        let mut document = words.document(&look.report, &look.report.findings);
        document["notes"] = self.parsed.notes.iter().map(|note| words.finding_json(note)).collect();
        document["resolvers_spared"] = json!(look.resolvers_spared);
        document
    }
}

/// Whether a resolver has something to find: every name server that answers has the record.
fn agree(report: &Report) -> bool {
    use domain_check::Status::{Present, Right};
    let mut answers = report.delegated().filter(|row| row.status.is_answer()).peekable();
    answers.peek().is_some() && answers.all(|row| matches!(row.status, Right | Present))
}

/// The labels in front of the domain; the whole name of the record will do.
fn label(text: &str, domain: &DomainName) -> Result<String, Failure> {
    let name = text.trim().trim_end_matches('.').to_ascii_lowercase();
    let label = name.strip_suffix(domain.as_str()).and_then(|label| label.strip_suffix('.')).unwrap_or(&name);
    let fits = label.len() + domain.as_str().len() < 253;
    if fits && label.split('.').all(is_label) {
        return Ok(label.to_owned());
    }
    Err(Failure::unusable("record-label-invalid").with("label", text))
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn unknown(error: dns_walk::SystemResolversUnknown) -> Failure {
    Failure::environment("resolvers-unknown").with("reason", error.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_what_stands_in_front_of_the_domain() {
        let domain = DomainName::parse("contoso.com").unwrap().domain;
        let read = |text: &str| label(text, &domain).map_err(|failure| failure.finding.code.into_owned());
        assert_eq!(read("_Challenge").unwrap(), "_challenge");
        assert_eq!(read("_challenge.contoso.com.").unwrap(), "_challenge");
        assert_eq!(read("_a._b").unwrap(), "_a._b");
        for bad in ["", "@", "a b", "a..b", ".", "ä", "contoso.com/"] {
            assert_eq!(read(bad).unwrap_err(), "record-label-invalid", "{bad}");
        }
        assert!(read(&"a".repeat(64)).is_err());
        assert!(read(&vec!["a".repeat(60); 4].join(".")).is_err());
    }
}
