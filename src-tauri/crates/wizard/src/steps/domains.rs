//! Step 1: control of the e-mail domains, proven by TXT record.

use super::{Context, Draft, Proof, StepState, StepView};
use crate::portal::{GivenRecord, shape};
use crate::project::Project;
use account_api::{Domain, DomainState};
use domain_check::{Report, Verdict};
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, Severity, StepId, Timestamp};

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "DomainsStep")]
pub struct Domains {
    /// The domains, in the order they were added.
    pub entries: Vec<DomainEntry>,
}

/// One domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct DomainEntry {
    /// In ASCII.
    pub name: String,
    /// As people write it.
    pub unicode: String,
    /// When it was added here.
    pub added_at: Timestamp,
    /// What the delegated name servers said last.
    pub report: Option<Report>,
    /// What the service found when it last looked itself and did not see the record.
    pub refusal: Vec<Finding>,
    /// The DNS host somebody chose where the recognised one was wrong.
    #[serde(default)]
    pub dns_host: Option<String>,
    /// The looks so far, those with the same outcome in a row as one; the newest last.
    #[serde(default)]
    pub looks: Vec<Looks>,
    /// Where the record stood when that was last seen for certain; `None` until it was. A look that fails leaves it as it
    /// is.
    #[serde(default)]
    pub standing: Option<Standing>,
}

/// What the name servers say of a record for certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
#[serde(rename = "RecordStanding")]
pub enum Standing {
    /// All that answer have it.
    There,
    /// None has it, and one that is responsible says so.
    Gone,
}

impl Standing {
    /// What a report says for certain; `None` when it does not.
    fn of(report: &Report) -> Option<Self> {
        let there = (report.verdict == Verdict::Verified).then_some(Self::There);
        there.or_else(|| report.contradicts().then_some(Self::Gone))
    }
}

/// Looks in a row that came to the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Looks {
    /// What they came to.
    pub verdict: Verdict,
    /// When the first was.
    pub first: Timestamp,
    /// When the last was.
    pub last: Timestamp,
    /// How many they were.
    pub count: u32,
}

/// So many changes of the outcome are kept, the newest.
const MOST_LOOKS: usize = 100;

/// What became of a pasted list of domains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Added {
    /// The domains that are in the project now.
    pub added: Vec<String>,
    /// What was understood on the way (an e-mail address, a URL), and what was not taken, with the reason.
    pub findings: Vec<Finding>,
}

/// Adds what was typed or pasted; what cannot be a domain of the organization is refused with the reason.
pub fn add(project: &mut Project, text: &str, now: Timestamp) -> Added {
    let mut outcome = Added { added: Vec::new(), findings: Vec::new() };
    for parsed in domain_check::parse_many(text) {
        let parsed = match parsed {
            Ok(parsed) => parsed,
            Err(finding) => {
                outcome.findings.push(finding);
                continue;
            }
        };
        outcome.findings.extend(parsed.notes);
        let name = parsed.domain.to_string();
        if project.domains.entry(&name).is_none() {
            let unicode = parsed.unicode;
            let entry = DomainEntry {
                name: name.clone(),
                unicode,
                added_at: now,
                report: None,
                refusal: Vec::new(),
                dns_host: None,
                looks: Vec::new(),
                standing: None,
            };
            project.domains.entries.push(entry);
            project.note(now, "domain-added", &[("domain", &name)]);
        }
        outcome.added.push(name);
    }
    if outcome.added.is_empty() && outcome.findings.is_empty() {
        outcome.findings.push(Finding::error("domain-empty").with("input", ""));
    }
    outcome
}

/// Takes a domain out of the project.
pub fn remove(project: &mut Project, name: &str, now: Timestamp) {
    project.portal.records.remove(name);
    project.portal.verified.remove(name);
    project.domains.entries.retain(|entry| entry.name != name);
    project.note(now, "domain-removed", &[("domain", name)]);
}

/// Takes a new report for a domain, keeping what an earlier one promised.
pub fn take_report(project: &mut Project, name: &str, report: Report) {
    let Some(entry) = project.domains.entry_mut(name) else { return };
    note_look(&mut entry.looks, report.verdict, report.checked_at);
    entry.standing = Standing::of(&report).or(entry.standing());
    entry.report = Some(match entry.report.take() {
        Some(earlier) => report.following(&earlier),
        None => report,
    });
}

/// Adds a look to those that came before.
pub(crate) fn note_look(looks: &mut Vec<Looks>, verdict: Verdict, at: Timestamp) {
    match looks.last_mut().filter(|last| last.verdict == verdict) {
        Some(last) => (last.last, last.count) = (at, last.count.saturating_add(1)),
        None => looks.push(Looks { verdict, first: at, last: at, count: 1 }),
    }
    let over = looks.len().saturating_sub(MOST_LOOKS);
    looks.drain(..over);
}

impl Domains {
    /// The domain of that ASCII name.
    pub fn entry(&self, name: &str) -> Option<&DomainEntry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// The same, to be changed.
    pub fn entry_mut(&mut self, name: &str) -> Option<&mut DomainEntry> {
        self.entries.iter_mut().find(|entry| entry.name == name)
    }
}

impl DomainEntry {
    /// Where the record stands, as the name servers last said for certain.
    pub fn standing(&self) -> Option<Standing> {
        // Files of before have the last report alone.
        self.standing.or_else(|| Standing::of(self.report.as_ref()?))
    }

    fn is_seen(&self) -> bool {
        self.standing() == Some(Standing::There)
    }
}

impl Project {
    /// The domain as the service knows it, with the record to publish.
    pub fn known_domain(&self, name: &str) -> Option<&Domain> {
        self.integration()?.domains.iter().find(|domain| domain.name == name)
    }
}

/// What is true now.
pub fn view(context: &Context<'_>) -> StepView {
    let entries = &context.project.domains.entries;
    let mut draft = Draft::new(StepId::Domains);
    draft.started = !entries.is_empty();
    draft.proof = proof(context);
    draft.missing.extend(entries.is_empty().then(|| Finding::info("domains-none")));
    for entry in entries {
        one(context, entry, &mut draft);
    }
    draft.done_at = verified(context.project).filter_map(|domain| domain.verified_at).max();
    let waiting_since = waiting_since(context).filter(|_| !is_yours(context));
    let view = draft.settle(context.now);
    match (&view.state, waiting_since) {
        (StepState::InProgress, Some(since)) => {
            StepView { state: StepState::Waiting { for_whom: "dns".to_owned(), since }, ..view }
        }
        _ => view,
    }
}

/// The portal's word reaches Signpost through the administrator; what the name servers say is seen by itself.
fn proof(context: &Context<'_>) -> Proof {
    let by_word = context.by_hand() && !context.project.domains.entries.iter().all(DomainEntry::is_seen);
    if by_word { Proof::Word } else { Proof::Evidence }
}

fn one(context: &Context<'_>, entry: &DomainEntry, draft: &mut Draft) {
    let project = context.project;
    let name = |finding: Finding| finding.with("domain", &entry.unicode);
    if context.by_hand() {
        let about_record = portal_record(project, &entry.name);
        draft.findings.extend(about_record.into_iter().map(name));
    }
    match project.known_domain(&entry.name) {
        None if context.by_hand() => draft.missing.push(name(Finding::info("domain-record-missing"))),
        None => {
            draft.unsent = true;
            draft.missing.push(name(Finding::info("domain-unsent")));
            draft.findings.extend(entry.refusal.iter().filter(|finding| finding.is_error()).cloned());
        }
        Some(known) if known.state == DomainState::Verified => {
            let at = known.verified_at.unwrap_or(known.added_at);
            let code = if context.by_hand() {
                draft.evidence.extend(entry.is_seen().then(|| name(Finding::info("domain-record-seen"))));
                Finding::info("domain-verified-in-portal")
            } else {
                Finding::info("domain-accepted")
            };
            let gone = gone(known, context.now).or_else(|| gone_here(entry, known)).map(name);
            draft.evidence.push(gone.clone().unwrap_or_else(|| name(code).with("at", at)));
            draft.findings.extend(gone);
        }
        Some(_) => {
            draft.missing.push(name(if context.by_hand() {
                Finding::info("domain-not-verified-in-portal")
            } else {
                Finding::info("domain-not-accepted")
            }));
            draft.evidence.extend(seen(entry).map(name));
            draft.findings.extend(open(entry).cloned().map(name));
        }
    }
}

/// Whether the service, or the portal, has accepted a domain.
pub(crate) fn is_accepted(project: &Project, name: &str) -> bool {
    project.known_domain(name).is_some_and(|known| known.state == DomainState::Verified)
}

/// Whether the service has accepted a domain and does not miss its record.
pub(crate) fn is_believed(project: &Project, name: &str) -> bool {
    is_accepted(project, name)
        && project.known_domain(name).is_some_and(|known| known.missing_since.is_none())
}

/// Whether a domain is accepted and its record is gone: the service says so, or the name servers do.
pub(crate) fn is_gone(project: &Project, name: &str) -> bool {
    let Some(known) = project.known_domain(name).filter(|known| known.state == DomainState::Verified) else {
        return false;
    };
    let standing = project.domains.entry(name).and_then(DomainEntry::standing);
    known.missing_since.is_some() || standing == Some(Standing::Gone)
}

/// For how many days more the service waits for the record of an accepted domain; `None` when it does not miss it.
pub(crate) fn days_left(project: &Project, name: &str, now: Timestamp) -> Option<i64> {
    let lost_at = project.known_domain(name)?.lost_at?;
    Some(whole_days(lost_at, now))
}

fn whole_days(until: Timestamp, now: Timestamp) -> i64 {
    (until.since(now).whole_seconds().max(0) + DAY - 1) / DAY
}

/// The service does not see the record of a verified domain any more, and how long that may last.
fn gone(known: &Domain, now: Timestamp) -> Option<Finding> {
    let (since, lost_at) = (known.missing_since?, known.lost_at?);
    let days = whole_days(lost_at, now);
    let amount = match days {
        0 => "none",
        1 => "one",
        _ => "many",
    };
    let finding = Finding::warning("domain-record-gone").with("days", days).with("amount", amount);
    Some(finding.with("since", since).with("until", lost_at).with("name", &known.record.name))
}

/// The name servers do not have the record of a verified domain any more, and the service has not said so yet.
fn gone_here(entry: &DomainEntry, known: &Domain) -> Option<Finding> {
    let is_gone = entry.standing() == Some(Standing::Gone);
    let finding = Finding::warning("domain-record-gone").with("amount", "unknown");
    is_gone.then(|| finding.with("name", &known.record.name))
}

/// In seconds.
const DAY: i64 = 86_400;

/// What is to be said about the record that was pasted from the portal.
fn portal_record(project: &Project, domain: &str) -> Vec<Finding> {
    let Some(record) = project.portal.records.get(domain) else { return Vec::new() };
    let mut findings = shape::judge_txt_value(&record.value);
    let value = shape::txt_value(&record.value);
    let twice = |(other, given): (&String, &GivenRecord)| {
        other != domain && !value.is_empty() && shape::txt_value(&given.value) == value
    };
    if project.portal.records.iter().any(twice) {
        findings.push(Finding::warning("txt-value-twice"));
    }
    let at = |field: &'static str| move |finding: Finding| finding.with("field", field);
    let mut all: Vec<Finding> = findings.into_iter().map(at("txt-value")).collect();
    all.extend(shape::judge_txt_host(&record.host, domain).into_iter().map(at("txt-host")));
    all
}

/// What the last look came to, in one line.
fn seen(entry: &DomainEntry) -> Option<Finding> {
    let Some(report) = &entry.report else { return Some(Finding::info("domain-not-looked")) };
    let code = match report.verdict {
        Verdict::Verified => "domain-published",
        Verdict::Waiting => "domain-waiting",
        Verdict::Problem => "domain-problem",
        Verdict::Unreachable => "domain-unreachable",
    };
    Some(Finding::info(code).with("at", report.checked_at))
}

/// The errors of the last look: they ask for attention. Waiting does not.
fn open(entry: &DomainEntry) -> impl Iterator<Item = &Finding> {
    let report = entry.report.as_ref().filter(|report| report.verdict == Verdict::Problem);
    let seen = report.into_iter().flat_map(|report| &report.findings);
    seen.filter(|finding| finding.severity == Severity::Error)
}

fn verified(project: &Project) -> impl Iterator<Item = &Domain> {
    let entries = project.domains.entries.iter();
    entries
        .filter_map(|entry| project.known_domain(&entry.name))
        .filter(|known| known.state == DomainState::Verified)
}

/// Whether the portal is waited for by hand: a value is to be pasted, or a published record to be verified there.
fn is_yours(context: &Context<'_>) -> bool {
    let project = context.project;
    let is_open = |entry: &DomainEntry| match project.known_domain(&entry.name) {
        None => true,
        Some(known) => {
            known.state == DomainState::Pending
                && entry.report.as_ref().is_some_and(|report| report.verdict == Verdict::Verified)
        }
    };
    context.by_hand() && project.domains.entries.iter().any(is_open)
}

/// Since when DNS is waited for: the record was issued and nothing else is to be done here.
fn waiting_since(context: &Context<'_>) -> Option<Timestamp> {
    let project = context.project;
    let known = project.domains.entries.iter().filter_map(|entry| project.known_domain(&entry.name));
    known.filter(|domain| domain.state == DomainState::Pending).map(|domain| domain.added_at).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_of_an_older_file_is_read() {
        let older = r#"{"name":"contoso.test","unicode":"contoso.test","added_at":"2026-11-22T10:00:00Z","report":null,
            "refusal":[]}"#;
        let entry: DomainEntry = serde_json::from_str(older).unwrap();
        assert_eq!((entry.dns_host, entry.looks), (None, Vec::new()));
    }

    #[test]
    fn the_days_that_are_left_are_counted_up_and_never_below_none() {
        let at = |text: &str| Timestamp::parse(text).unwrap();
        let domain = |lost_at: Option<&str>| Domain {
            name: "contoso.test".into(),
            record: account_api::TxtRecord {
                host: "_x".into(),
                name: "_x.contoso.test".into(),
                value: "token=a".into(),
            },
            state: DomainState::Verified,
            added_at: at("2026-11-01T00:00:00Z"),
            verified_at: Some(at("2026-11-01T00:00:00Z")),
            checked_at: None,
            missing_since: lost_at.map(|_| at("2026-11-22T12:00:00Z")),
            lost_at: lost_at.map(at),
        };
        let days = |now: &str| {
            let finding = gone(&domain(Some("2026-12-06T12:00:00Z")), at(now)).unwrap();
            (finding.args["days"].clone(), finding.args["amount"].clone())
        };
        let says = |days: &str, amount: &str| (days.to_owned(), amount.to_owned());
        assert_eq!(days("2026-11-22T12:00:00Z"), says("14", "many"));
        assert_eq!(days("2026-11-22T12:00:01Z"), says("14", "many"));
        assert_eq!(days("2026-12-05T12:00:00Z"), says("1", "one"));
        assert_eq!(days("2026-12-06T12:00:00Z"), says("0", "none"));
        assert_eq!(days("2026-12-09T12:00:00Z"), says("0", "none"));
        assert_eq!(gone(&domain(None), at("2026-11-22T12:00:00Z")), None);
    }

    #[test]
    fn looks_with_the_same_outcome_are_one_and_the_oldest_are_forgotten() {
        let at = |second: i64| {
            Timestamp::new(time::OffsetDateTime::UNIX_EPOCH).plus(time::Duration::seconds(second))
        };
        let mut looks = Vec::new();
        for (second, verdict) in [(0, Verdict::Waiting), (20, Verdict::Waiting), (40, Verdict::Problem)] {
            note_look(&mut looks, verdict, at(second));
        }
        let seen =
            looks.iter().map(|look| (look.verdict, look.first, look.last, look.count)).collect::<Vec<_>>();
        assert_eq!(seen, [(Verdict::Waiting, at(0), at(20), 2), (Verdict::Problem, at(40), at(40), 1)]);
        for second in 100..400 {
            let verdict = if second % 2 == 0 { Verdict::Waiting } else { Verdict::Problem };
            note_look(&mut looks, verdict, at(second));
        }
        assert_eq!((looks.len(), looks[0].first), (MOST_LOOKS, at(300)));
    }
}
