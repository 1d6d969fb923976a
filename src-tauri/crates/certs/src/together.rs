use crate::Certificate;
use crate::judge::date;
use std::collections::BTreeMap;
use time::Duration;
use vocabulary::{Finding, Timestamp};

/// How one certificate of an entity gives way to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession<'a> {
    /// The one that ends first.
    pub old: &'a Certificate,
    /// The one that ends next.
    pub new: &'a Certificate,
    /// From when both are valid; with a gap, when the old one ends.
    pub from: Timestamp,
    /// Until when both are valid; with a gap, when the new one begins.
    pub until: Timestamp,
    /// Whether neither is valid between the two moments, instead of both.
    pub is_gap: bool,
}

impl Succession<'_> {
    /// How long both are valid, or neither is.
    pub fn length(&self) -> Duration {
        self.until.since(self.from)
    }
}

/// The certificates of one entity in the order of their ends, each with the next.
pub fn successions(certificates: &[Certificate]) -> Vec<Succession<'_>> {
    let mut ordered: Vec<&Certificate> = certificates.iter().collect();
    ordered.sort_by_key(|one| (one.not_after, one.not_before));
    let pairs = ordered.iter().zip(ordered.iter().skip(1));
    pairs.map(|(old, new)| succession(old, new)).collect()
}

fn succession<'a>(old: &'a Certificate, new: &'a Certificate) -> Succession<'a> {
    let both_from = old.not_before.max(new.not_before);
    let is_gap = both_from > old.not_after;
    let (from, until) = if is_gap { (old.not_after, both_from) } else { (both_from, old.not_after) };
    Succession { old, new, from, until, is_gap }
}

/// What several certificates of one entity are to each other at a given time: links of a chain, two for one key, and
/// whether one gives way to the next without a gap.
pub fn judge_together(certificates: &[Certificate], now: Timestamp) -> Vec<Finding> {
    let leaves = leaves(certificates);
    let chain = (leaves.len() < certificates.len()).then(|| chain(certificates.len(), &leaves));
    let handing_over =
        successions(&leaves).iter().filter_map(|one| handing_over(one, now)).collect::<Vec<_>>();
    chain.into_iter().chain(same_keys(certificates)).chain(handing_over).collect()
}

/// Without the certificates of those who issued another one of them: of a pasted chain only the first link signs.
pub fn leaves(certificates: &[Certificate]) -> Vec<Certificate> {
    let issues = |one: &&Certificate| {
        certificates.iter().any(|other| other.issuer == one.subject && other.subject != one.subject)
    };
    let leaves: Vec<Certificate> = certificates.iter().filter(|one| !issues(one)).cloned().collect();
    // Two that issued each other would leave nothing; then nothing is left out.
    if leaves.is_empty() { certificates.to_vec() } else { leaves }
}

fn chain(count: usize, leaves: &[Certificate]) -> Finding {
    let subjects: Vec<&str> = leaves.iter().map(|one| one.subject.as_str()).collect();
    Finding::info("certificate-chain").with("count", count).with("subject", subjects.join("; "))
}

/// One remark for each key that more than one certificate is for.
fn same_keys(certificates: &[Certificate]) -> Vec<Finding> {
    let mut by_key: BTreeMap<String, Vec<&Certificate>> = BTreeMap::new();
    for one in certificates {
        by_key.entry(one.key_sha256().unwrap_or_else(|| one.sha256.clone())).or_default().push(one);
    }
    let shared = by_key.into_values().filter(|same| same.len() > 1);
    shared
        .map(|same| {
            let finding = Finding::info("certificate-same-key").with("count", same.len());
            same.iter().fold(finding, |finding, one| finding.seen("SHA-256", &*one.sha256))
        })
        .collect()
}

/// What is behind us asks for nothing.
fn handing_over(succession: &Succession<'_>, now: Timestamp) -> Option<Finding> {
    if succession.until < now {
        return None;
    }
    let finding = if succession.is_gap {
        Finding::warning("certificate-gap")
    } else {
        Finding::info("certificate-overlap")
    };
    Some(
        finding
            .with("from", date(succession.from))
            .with("until", date(succession.until))
            .with("days", succession.length().whole_days())
            .with("old", &succession.old.subject)
            .with("new", &succession.new.subject)
            .seen(&*succession.old.subject, &*succession.old.sha256)
            .seen(&*succession.new.subject, &*succession.new.sha256),
    )
}
