//! What the answers mean.

mod around;
mod missing;
mod near;
mod record;
mod resolvers;
mod servers;
mod status;
mod value;

pub use resolvers::compare;

use crate::domain_name;
use crate::{
    Collected, DelegationRow, Path, Report, Role, ServerAnswer, ServerRow, Status, Verdict, WalkEnd,
};
use time::Duration;
use vocabulary::{Finding, Severity, Timestamp, worst};

/// No resolver is assumed to keep anything longer than this, in seconds (a day; RFC 2308, 5).
const LONGEST_NEGATIVE: u32 = 86_400;

/// So many servers that could not be asked stand with the finding; all of them are among the rows.
const MOST_TRIED: usize = 4;

/// Judges what was collected.
///
/// A record counts only when it is exactly the expected value: a value in quotation marks, or with a blank more, is
/// a finding of its own and not accepted, because the service that finally looks may not be as lenient. An alias is
/// followed when the same server answers with the expected value behind it.
///
/// Without an expected value the check is a look: the verdict is at best `waiting`, and what is there is listed as
/// `txt-present`.
///
/// `now` is when the verdict is made; `visible_by` counts from it.
pub fn judge(expected: Option<&str>, collected: &Collected, now: Timestamp) -> Report {
    let rows: Vec<ServerRow> =
        collected.servers.iter().map(|answer| ServerRow::of(answer, expected)).collect();
    let look = Look { expected, collected, rows: &rows };
    let findings: Vec<Finding> = findings(&look).into_iter().map(as_written).collect();
    let verdict = verdict(&look, &findings);
    Report {
        domain: collected.domain.clone(),
        unicode: collected.domain.unicode(),
        name: collected.name.clone(),
        zone: collected.zone.clone(),
        primary: collected.surroundings.primary.clone(),
        expected: expected.map(str::to_owned),
        verdict,
        visible_by: (verdict == Verdict::Verified).then(|| now.plus(forgotten_after(&look))),
        delegation: collected.delegation.iter().map(delegation_row).collect(),
        findings,
        near_miss: near::miss(&look),
        servers: rows,
        checked_at: now,
        took_ms: collected.took_ms,
    }
}

/// Names in sentences stand as people write them; what is seen, and what is typed into a panel, stays as DNS has it.
fn as_written(mut finding: Finding) -> Finding {
    for (key, name) in &mut finding.args {
        if matches!(key.as_str(), "domain" | "zone" | "name" | "parent") {
            *name = domain_name::as_written(name);
        }
    }
    finding
}

/// The answers with what they mean, as every rule needs them.
pub(crate) struct Look<'a> {
    pub(crate) expected: Option<&'a str>,
    pub(crate) collected: &'a Collected,
    pub(crate) rows: &'a [ServerRow],
}

impl<'a> Look<'a> {
    /// The zone that holds the name; empty when the way to it broke off.
    pub(crate) fn zone(&self) -> &'a str {
        self.collected.zone.as_deref().unwrap_or_default()
    }

    /// The name without the zone: what is typed into the field of a panel that adds the zone itself. The whole name where
    /// the zone is not known.
    pub(crate) fn host(&self) -> &'a str {
        let name = self.collected.name.as_str();
        let front = name.strip_suffix(self.zone()).and_then(|front| front.strip_suffix('.'));
        front.filter(|_| !self.zone().is_empty()).unwrap_or(name)
    }

    /// The delegated servers, answer and meaning side by side.
    pub(crate) fn delegated(&self) -> impl Iterator<Item = (&'a ServerAnswer, &'a ServerRow)> + use<'a> {
        let pairs = self.collected.servers.iter().zip(self.rows);
        pairs.filter(|(_, row)| row.role == Role::Delegated)
    }

    /// The delegated servers whose answer means this.
    pub(crate) fn with(
        &self,
        status: Status,
    ) -> impl Iterator<Item = (&'a ServerAnswer, &'a ServerRow)> + use<'a> {
        self.delegated().filter(move |(_, row)| row.status == status)
    }

    /// Whether a delegated server has the expected value.
    pub(crate) fn is_right_somewhere(&self) -> bool {
        self.with(Status::Right).next().is_some()
    }
}

/// How many, for the choice of the sentence: Fluent compares the variables as text.
pub(crate) const fn amount(count: usize) -> &'static str {
    match count {
        0 => "none",
        1 => "one",
        _ => "many",
    }
}

impl ServerRow {
    /// The row of one answer, for showing it before the others are in.
    pub fn of(answer: &ServerAnswer, expected: Option<&str>) -> Self {
        let status = status::of(answer, expected);
        Self {
            server: answer.server.clone(),
            address: answer.address.map(|address| address.to_string()),
            role: answer.role,
            status,
            values: status::values(answer),
            ttl: status::ttl(answer, status),
            serial: answer.zone.map(|zone| zone.serial),
            asked_at: answer.asked_at,
            took_ms: answer.took_ms,
        }
    }
}

fn delegation_row(step: &crate::Delegation) -> DelegationRow {
    DelegationRow { zone: step.zone.clone(), servers: step.servers.clone(), ttl: step.ttl }
}

/// All findings, the most specific first: no way to the servers, then what the domain's name servers are, the
/// mistakes in the record, the signatures, the servers, the resolvers.
fn findings(look: &Look<'_>) -> Vec<Finding> {
    if let Some(finding) = end_of_walk(look) {
        return vec![finding];
    }
    if let Some(finding) = around::parked(look) {
        return vec![finding];
    }
    let mut findings = record::findings(look);
    findings.extend(around::findings(look, &findings));
    findings.extend(servers::findings(look));
    findings.extend(resolvers::findings(look));
    findings.extend(missing::finding(look, &findings));
    findings
}

fn end_of_walk(look: &Look<'_>) -> Option<Finding> {
    let domain = &look.collected.domain;
    let tried = |finding: Finding| {
        look.rows.iter().take(MOST_TRIED).fold(finding, |finding, row| {
            finding.seen(row.server.clone(), row.address.clone().unwrap_or_default())
        })
    };
    if let Path::Intercepted { by } = &look.collected.surroundings.path {
        return Some(tried(Finding::error("port-53-intercepted").with("domain", domain).with("address", by)));
    }
    match &look.collected.end {
        WalkEnd::NoNetwork if look.collected.surroundings.path == Path::Blocked => {
            Some(tried(Finding::error("port-53-blocked").with("domain", domain)))
        }
        WalkEnd::NoNetwork if look.rows.iter().all(|row| row.status == Status::NoRoute) => {
            Some(tried(Finding::error("offline")))
        }
        WalkEnd::NoNetwork => Some(tried(Finding::error("no-network"))),
        WalkEnd::Unreachable { zone } => {
            Some(tried(Finding::error("delegation-unreachable").with("zone", zone).with("domain", domain)))
        }
        WalkEnd::Unregistered { parent } => {
            Some(Finding::error("domain-unregistered").with("domain", domain).with("parent", parent))
        }
        WalkEnd::NotDelegated { parent } => {
            Some(Finding::error("zone-not-delegated").with("domain", domain).with("parent", parent))
        }
        WalkEnd::Delegated if look.delegated().next().is_none() => {
            let zone = look.collected.zone.as_deref().unwrap_or_default();
            Some(Finding::error("delegation-unreachable").with("zone", zone).with("domain", domain))
        }
        WalkEnd::Delegated => None,
    }
}

fn verdict(look: &Look<'_>, findings: &[Finding]) -> Verdict {
    if matches!(look.collected.surroundings.path, Path::Intercepted { .. }) {
        return Verdict::Unreachable;
    }
    match look.collected.end {
        WalkEnd::NoNetwork | WalkEnd::Unreachable { .. } => return Verdict::Unreachable,
        WalkEnd::Unregistered { .. } | WalkEnd::NotDelegated { .. } => return Verdict::Problem,
        WalkEnd::Delegated => {}
    }
    if !look.delegated().any(|(_, row)| row.status.is_answer()) {
        let somebody_spoke = look
            .delegated()
            .any(|(_, row)| matches!(row.status, Status::Lame | Status::Refused | Status::Broken));
        return if somebody_spoke { Verdict::Problem } else { Verdict::Unreachable };
    }
    let all_right = look.delegated().all(|(_, row)| row.status == Status::Right || !row.status.is_answer());
    match (all_right && look.expected.is_some(), worst(findings)) {
        (_, Some(Severity::Error)) => Verdict::Problem,
        (true, _) => Verdict::Verified,
        (false, _) => Verdict::Waiting,
    }
}

/// How long a resolver that asked too early may go on saying "does not exist".
fn forgotten_after(look: &Look<'_>) -> Duration {
    let of_zone = look.delegated().filter_map(|(answer, _)| answer.zone).map(|zone| zone.negative_ttl);
    let of_record = || look.delegated().filter_map(|(_, row)| row.ttl).max();
    let seconds = of_zone.max().or_else(of_record).unwrap_or(LONGEST_NEGATIVE);
    Duration::seconds(seconds.min(LONGEST_NEGATIVE).into())
}
