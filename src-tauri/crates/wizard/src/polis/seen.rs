//! What was seen in Polis last, kept with the project, and what is to be said of it.

use super::{Arrived, DirectoryThere, Place};
use crate::broker::Connection;
use crate::project::Project;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use vocabulary::{Finding, Timestamp};

/// What was seen in Polis last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "SeenInPolis", default)]
pub struct Seen {
    /// How the connection to the project's identity provider stands.
    pub connection: ConnectionState,
    /// Where that connection lets people go after a sign-in.
    pub redirects: Option<Redirects>,
    /// The directories of the tenant and product.
    pub directories: Vec<DirectoryThere>,
    /// Who had arrived in the directory that the project has; `None` while it was not asked.
    pub arrived: Option<Arrived>,
    /// When who had arrived was another than before.
    pub arrived_at: Option<Timestamp>,
}

/// How the connection to the project's identity provider stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "PolisConnectionState", rename_all = "kebab-case")]
pub enum ConnectionState {
    /// Polis was not asked.
    #[default]
    Unknown,
    /// There is none.
    Absent,
    /// There is one that is switched off.
    Off,
    /// There is one that people can sign in by.
    On,
}

/// Where a connection lets people go after a sign-in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "PolisRedirects")]
pub struct Redirects {
    /// After a sign-in that began at the identity provider.
    pub default_redirect_url: String,
    /// Where people may be sent.
    pub redirect_urls: Vec<String>,
}

impl Redirects {
    /// Whether it is what the project has; the order makes no difference.
    pub(crate) fn are_of(&self, place: &Place) -> bool {
        let set = |urls: &[String]| urls.iter().cloned().collect::<BTreeSet<_>>();
        self.default_redirect_url == place.default_redirect_url
            && set(&self.redirect_urls) == set(&place.redirect_urls)
    }
}

/// Takes what only Polis holds, and how the connection to the project's identity provider stands.
pub(crate) fn observe(
    project: &mut Project,
    ours: Option<&Connection>,
    directories: &[DirectoryThere],
    now: Timestamp,
) {
    let connection = match ours.map(|connection| connection.active) {
        None => ConnectionState::Absent,
        Some(false) => ConnectionState::Off,
        Some(true) => ConnectionState::On,
    };
    let was_on = project.portal.seen_in_polis.connection == ConnectionState::On;
    if was_on && connection != ConnectionState::On && project.portal.activated_at.is_some() {
        project.note(now, "polis-switched-off", &[]);
    }
    if connection == ConnectionState::Absent {
        // What came through did so by another connection.
        project.portal.tested_in_polis = None;
    }
    let seen = &mut project.portal.seen_in_polis;
    seen.connection = connection;
    seen.redirects = ours.and_then(|connection| connection.redirects.clone());
    seen.directories = directories.to_vec();
}

/// Takes who has arrived in the directory at that address.
pub(crate) fn take_arrived(project: &mut Project, base_url: &str, arrived: Arrived, now: Timestamp) {
    let is_ours = project.portal.scim_base_url == base_url;
    let seen = &mut project.portal.seen_in_polis;
    if is_ours && seen.arrived.as_ref() != Some(&arrived) {
        (seen.arrived, seen.arrived_at) = (Some(arrived), Some(now));
    }
}

/// What is to be known of the directories: that the project's is gone, or that there is another one, which the identity
/// provider may have been given elsewhere.
pub(crate) fn judge_directories(project: &Project) -> Vec<Finding> {
    let taken = project.portal.scim_base_url.as_str();
    let seen = &project.portal.seen_in_polis;
    // As long as Polis was not asked nothing is known of them.
    if seen.connection == ConnectionState::Unknown {
        return Vec::new();
    }
    let others: Vec<_> = seen.directories.iter().filter(|one| one.base_url != taken).collect();
    let ours = seen.directories.iter().find(|one| one.base_url == taken);
    let named = |finding: Finding| {
        others
            .iter()
            .fold(finding.with("count", others.len()), |finding, one| finding.seen(&one.name, &one.base_url))
    };
    let mut findings = Vec::new();
    match (taken.is_empty(), ours) {
        (true, _) if !others.is_empty() => findings.push(named(Finding::info("polis-directory-there"))),
        (false, None) => findings.push(Finding::error("polis-directory-gone").seen("SCIM base URL", taken)),
        (false, Some(ours)) if !ours.active => findings.push(Finding::warning("polis-directory-off")),
        _ => {}
    }
    if !taken.is_empty() && !others.is_empty() {
        findings.push(named(Finding::info("polis-directory-other")));
    }
    findings
}

/// What is different about the switch in Polis from what the project thinks.
pub(crate) fn judge_switch(project: &Project) -> Option<Finding> {
    let thinks_on = project.portal.activated_at.is_some();
    match (thinks_on, project.portal.seen_in_polis.connection) {
        (true, ConnectionState::Off) => Some(Finding::warning("polis-connection-off")),
        (true, ConnectionState::Absent) => Some(Finding::warning("polis-connection-gone")),
        (false, ConnectionState::On) => Some(Finding::info("polis-connection-on-already")),
        _ => None,
    }
}

/// Where people go after a sign-in, when Polis has it otherwise than the project.
pub(crate) fn judge_redirects(project: &Project) -> Option<Finding> {
    let (place, theirs) = (project.backend.polis()?, project.portal.seen_in_polis.redirects.as_ref()?);
    let finding = || {
        let finding = Finding::info("polis-redirects-differ").seen("default", &theirs.default_redirect_url);
        theirs.redirect_urls.iter().fold(finding, |finding, url| finding.seen("Polis", url))
    };
    (!theirs.are_of(place)).then(finding)
}
