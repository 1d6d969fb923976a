//! A report in words.

use super::{Check, Look};
use crate::table::{facts, table};
use crate::words::Words;
use dns_hosts::Recognised;
use domain_check::{CheckSoFar, Report, Role, ServerRow, Status, Verdict};
use vocabulary::Severity;

/// The whole report: the verdict, the record, who said what, and what to do.
pub(super) fn whole(words: &Words, check: &Check, look: &Look, host: Option<&Recognised>) -> String {
    let report = &look.report;
    let mut text = format!("{}\n\n{}", verdict(words, report), record(words, report, host));
    if !report.servers.is_empty() {
        text.push_str(&format!("\n{}", servers(words, report)));
    }
    text.push_str(&words.findings(&report.findings));
    text.push_str(&words.findings(&check.parsed.notes));
    if look.resolvers_spared {
        text.push_str(&format!("\n{}\n", words.label("cli-domain-resolvers-spared")));
    }
    text
}

/// The verdict in a sentence.
fn verdict(words: &Words, report: &Report) -> String {
    let id = match (report.verdict, report.expected.is_some()) {
        (Verdict::Verified, _) => "cli-domain-verified",
        (Verdict::Waiting, true) => "cli-domain-waiting",
        (Verdict::Waiting, false) if has_values(report) => "cli-domain-found",
        (Verdict::Waiting, false) => "cli-domain-nothing",
        (Verdict::Problem, _) => "cli-domain-problem",
        (Verdict::Unreachable, _) => "cli-domain-unreachable",
    };
    words.text(id, &[("domain", &report.unicode)])
}

fn has_values(report: &Report) -> bool {
    report.delegated().any(|row| !row.values.is_empty())
}

fn record(words: &Words, report: &Report, host: Option<&Recognised>) -> String {
    let of_host = host.and_then(|recognised| Some((recognised, recognised.host.as_ref()?)));
    let (name, panel) = match of_host {
        Some((recognised, host)) => (known_by(words, recognised, &host.name), host.panel.clone()),
        None => Default::default(),
    };
    facts([
        (words.label("cli-domain-record"), report.name.clone()),
        (words.label("cli-domain-expected"), report.expected.clone().unwrap_or_default()),
        (words.label("cli-domain-zone"), report.zone.clone().unwrap_or_default()),
        (words.label("cli-domain-host"), name),
        (words.label("cli-domain-panel"), panel.unwrap_or_default()),
        (words.label("cli-domain-visible"), report.visible_by.map(|at| at.to_string()).unwrap_or_default()),
        (words.label("cli-domain-checked"), report.checked_at.to_string()),
    ])
}

/// The DNS host, and why that is thought.
fn known_by(words: &Words, recognised: &Recognised, host: &str) -> String {
    match &recognised.domain_connect {
        Some(said) => {
            words.text("cli-domain-host-itself", &[("host", host), ("endpoint", &said.endpoint.host)])
        }
        None => words.text("cli-domain-host-servers", &[("host", host)]),
    }
}

fn servers(words: &Words, report: &Report) -> String {
    let heading =
        ["cli-server", "cli-address", "cli-role", "cli-answer", "cli-ttl", "cli-serial", "cli-value"];
    let heading = heading.map(|id| words.label(id));
    let rows: Vec<[String; 7]> =
        std::iter::once(heading).chain(report.servers.iter().flat_map(|row| lines(words, row))).collect();
    table(&rows)
}

/// A row for a server; every value after the first has a line of its own.
fn lines(words: &Words, row: &ServerRow) -> Vec<[String; 7]> {
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let mut values = row.values.iter().cloned();
    let first = [
        row.server.clone(),
        row.address.clone().unwrap_or_default(),
        words.label(role(row.role)),
        words.label(status(row.status)),
        number(row.ttl),
        number(row.serial),
        values.next().unwrap_or_default(),
    ];
    let more = values.map(|value| {
        let mut cells: [String; 7] = Default::default();
        cells[6] = value;
        cells
    });
    std::iter::once(first).chain(more).collect()
}

/// A change in one line: when, and what it came to.
pub(super) fn change(words: &Words, report: &Report) -> String {
    format!("{}  {}", report.checked_at, outcome(words, report))
}

/// What a look came to in one line: the verdict, each delegated server, the most important error.
pub(super) fn outcome(words: &Words, report: &Report) -> String {
    let server = |row: &ServerRow| format!("{} {}", row.server, words.label(status(row.status)));
    let servers: Vec<String> = report.delegated().map(server).collect();
    let mut line = words.label(word(report.verdict));
    if !servers.is_empty() {
        line.push_str(&format!(": {}", servers.join(", ")));
    }
    if let Some(error) = report.findings.iter().find(|finding| finding.severity == Severity::Error) {
        add(&mut line, &words.finding(error).message);
    }
    if let Some(at) = report.visible_by {
        add(&mut line, &words.text("cli-domain-visible-by", &[("at", &at.to_string())]));
    }
    line.replace('\n', " ")
}

/// Adds a sentence to a line that may have its full stop already.
pub(super) fn add(line: &mut String, sentence: &str) {
    line.truncate(line.trim_end_matches('.').len());
    line.push_str(". ");
    line.push_str(sentence);
}

/// What the answers so far come to, and who is still waited for.
pub(super) fn so_far(words: &Words, CheckSoFar { report, waiting, zone, .. }: &CheckSoFar) -> String {
    let mut names: Vec<&str> = waiting.iter().map(|asked| asked.server.as_str()).collect();
    names.dedup();
    let waiting = words.text("cli-domain-so-far-waiting", &[("servers", &names.join(", ")), ("zone", zone)]);
    let known = report
        .as_ref()
        .map(|report| format!("{}. ", outcome(words, report).trim_end_matches('.')))
        .unwrap_or_default();
    if names.is_empty() { known } else { format!("{known}{waiting}") }
}

const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verified => "cli-verdict-verified",
        Verdict::Waiting => "cli-verdict-waiting",
        Verdict::Problem => "cli-verdict-problem",
        Verdict::Unreachable => "cli-verdict-unreachable",
    }
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Delegated => "cli-server-delegated",
        Role::Parent => "cli-server-parent",
        Role::Root => "cli-server-root",
        Role::Resolver => "cli-server-resolver",
        Role::System => "cli-server-system",
    }
}

const fn status(status: Status) -> &'static str {
    match status {
        Status::Right => "cli-status-right",
        Status::Present => "cli-status-present",
        Status::WrongValue => "cli-status-wrong-value",
        Status::Missing => "cli-status-missing",
        Status::Cname => "cli-status-cname",
        Status::Silent => "cli-status-silent",
        Status::Refused => "cli-status-refused",
        Status::Lame => "cli-status-lame",
        Status::Broken => "cli-status-broken",
        Status::NoAddress => "cli-status-no-address",
        Status::NoRoute => "cli-status-no-route",
        Status::Referred => "cli-status-referred",
    }
}

#[cfg(test)]
mod tests {
    use super::add;

    #[test]
    fn a_sentence_follows_after_one_full_stop() {
        for before in ["Problem", "Problem."] {
            let mut line = before.to_owned();
            add(&mut line, "Next check");
            assert_eq!(line, "Problem. Next check");
        }
    }
}
