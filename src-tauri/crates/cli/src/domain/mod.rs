//! `signpost domain check`, `signpost domain bulk`, `signpost domain watch` and `signpost domain record`.

mod bulk;
mod connect;
mod csv;
mod earlier;
mod record;
mod text;
mod watch;
mod watch_many;
mod watch_state;

pub(crate) use bulk::bulk;
pub(crate) use record::record;
pub(crate) use watch_many::watch;

use crate::args::DomainCheck;
use crate::clock;
use crate::failure::{Failure, Status};
use crate::output::{self, Output};
use crate::runtime::run_async;
use crate::words::Words;
use dns_walk::{SoFar, Walker, resolver_name};
use domain_check::{
    AskedServer, CheckSoFar, DomainName, ParsedDomain, PublicResolver, Report, Role, ServerAnswer, Verdict,
    Watch, compare, judge, share,
};
use serde_json::{Value, json};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Everything one look needs.
struct Check {
    walker: Walker,
    parsed: ParsedDomain,
    label: String,
    expected: Option<String>,
    resolvers: Vec<SocketAddr>,
    system: Vec<SocketAddr>,
    public: Vec<PublicResolver>,
    former: Vec<String>,
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
    let (look, said) = run_async(async {
        let look = check
            .look_telling(None, Some(&|so_far| output.passing(&text::so_far(&output.words, so_far))))
            .await;
        output.passed();
        let said = match look.report.zone.as_deref().filter(|_| args.domain_connect) {
            Some(zone) => connect::ask(&check.walker, zone).await,
            None => Ok(None),
        };
        (look, said)
    })?;
    let (said, fault) = match said {
        Ok(said) => (said, None),
        Err(fault) => (None, Some(fault)),
    };
    let host = connect::host(&look.report, said.as_ref())?;
    let mut document = check.document(&output.words, &look);
    document["dns_host"] = json!(host);
    if let (Some(fault), Some(notes)) = (&fault, document["notes"].as_array_mut()) {
        notes.push(output.words.finding_json(fault));
    }
    let mut text = text::whole(&output.words, &check, &look, host.as_ref());
    text.push_str(&output.words.findings(fault.as_slice()));
    output.answer(&text, &document)?;
    if let Some(path) = &args.share
        && let Err(error) = output::into_file(path, share(&look.report).as_bytes())
    {
        let failure = Failure::environment("report-unwritable").with("path", path.display());
        let failure = failure.with("reason", error);
        output.failed_beside(&failure);
        return Ok(failure.status);
    }
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
        let config = args.start.config()?;
        let public = if args.public_resolvers { config.resolvers.clone() } else { Vec::new() };
        Ok(Self {
            walker: Walker::new(config, Arc::new(clock::now)),
            parsed,
            label,
            expected: args.expect.clone(),
            resolvers: args.resolvers.clone(),
            system,
            public,
            former: args.former_servers.iter().map(|name| server_name(name)).collect(),
        })
    }

    /// A check of the name servers alone.
    fn of(walker: Walker, parsed: ParsedDomain, label: String, expected: Option<String>) -> Self {
        let (resolvers, system, public, former) = Default::default();
        Self { walker, parsed, label, expected, resolvers, system, public, former }
    }

    /// The record that is looked for: its whole name, and the value it has to have.
    fn record(&self) -> (String, Option<String>) {
        (format!("{}.{}", self.label, self.parsed.domain), self.expected.clone())
    }

    /// Asks the name servers, then, when they agree, the resolvers: one that is asked before the record is there
    /// remembers that it is not. While watching, no resolver is asked for what it would only repeat. From a network that
    /// holds port 53 back, public resolvers over HTTPS are the only ones who can say something.
    async fn look(&self, earlier: Option<&Watch>) -> Look {
        self.look_telling(earlier, None).await
    }

    /// The same; `tell` hears what the answers come to while some name servers are still waited for.
    async fn look_telling(
        &self,
        earlier: Option<&Watch>,
        tell: Option<&(dyn Fn(&CheckSoFar) + Send + Sync)>,
    ) -> Look {
        let expected = self.expected.as_deref();
        let Self { walker, former, .. } = self;
        let on_change = |so_far: SoFar<'_>| {
            let Some(tell) = tell else { return };
            let asked = |(server, address): &(String, IpAddr)| AskedServer {
                server: server.clone(),
                address: address.to_string(),
            };
            let waiting: Vec<AskedServer> = so_far.waiting.iter().map(asked).collect();
            tell(&CheckSoFar::of(expected, &so_far.collected(), waiting, clock::now()));
        };
        let domain = &self.parsed.domain;
        let collected = walker.collect_telling(domain, &self.label, expected, former, on_change).await;
        let report = judge(expected, &collected, clock::now());
        let wanted = !(self.resolvers.is_empty() && self.system.is_empty() && self.public.is_empty());
        let name = &collected.name;
        if !self.public.is_empty() && earlier.is_none() && report.port_53_is_closed() {
            let answers = walker.ask_public_over_https(name, &self.public).await;
            return Look { report: compare(report, &answers, &[]), resolvers_spared: false };
        }
        if !wanted || !report.resolvers_may_be_asked() {
            return Look { report, resolvers_spared: wanted };
        }
        let mut answers: Vec<ServerAnswer> = Vec::new();
        let kept = earlier.map(|watch| watch.still_known(&report, clock::now())).unwrap_or_default();
        for (resolvers, role) in [(&self.resolvers, Role::Resolver), (&self.system, Role::System)] {
            let is_kept = |resolver: &&SocketAddr| {
                let server = resolver_name(**resolver);
                kept.iter().any(|row| (row.role, &row.server) == (role, &server))
            };
            let due: Vec<SocketAddr> =
                resolvers.iter().filter(|resolver| !is_kept(resolver)).copied().collect();
            answers.extend(walker.ask_resolvers(name, &due, role).await);
        }
        let due = earlier.map(|watch| watch.resolvers_due(&report, &self.public, clock::now()).0);
        let due = due.unwrap_or_else(|| self.public.clone());
        answers.extend(walker.ask_public(name, &due).await);
        Look { report: compare(report, &answers, &kept), resolvers_spared: false }
    }

    fn document(&self, words: &Words, look: &Look) -> Value {
        let mut document = words.document(&look.report, &look.report.findings);
        document["notes"] = self.parsed.notes.iter().map(|note| words.finding_json(note)).collect();
        document["resolvers_spared"] = json!(look.resolvers_spared);
        document
    }
}

fn server_name(text: &str) -> String {
    text.trim().trim_end_matches('.').to_ascii_lowercase()
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
