//! What is known so far; becomes [`Collected`] whenever time is up.

use crate::collect::Clock;
use domain_check::{Collected, Delegation, DomainName, MisplacedAnswer, ServerAnswer, Surroundings, WalkEnd};
use std::time::Instant;
use vocabulary::Timestamp;

#[derive(Clone)]
pub(crate) struct Progress {
    pub(crate) zone: Option<String>,
    pub(crate) end: WalkEnd,
    pub(crate) delegation: Vec<Delegation>,
    pub(crate) servers: Vec<ServerAnswer>,
    pub(crate) misplaced: Vec<MisplacedAnswer>,
    pub(crate) surroundings: Surroundings,
    started_at: Timestamp,
    start: Instant,
}

impl Progress {
    pub(crate) fn new(clock: &Clock) -> Self {
        Self::since(clock(), Instant::now())
    }

    /// Nothing is known, since the same moment.
    pub(crate) fn anew(&self) -> Self {
        Self::since(self.started_at, self.start)
    }

    fn since(started_at: Timestamp, start: Instant) -> Self {
        Self {
            zone: None,
            end: WalkEnd::Unreachable { zone: ".".to_owned() },
            delegation: Vec::new(),
            servers: Vec::new(),
            misplaced: Vec::new(),
            surroundings: Surroundings::default(),
            started_at,
            start,
        }
    }

    pub(crate) fn step(&mut self, step: Delegation) {
        self.end = WalkEnd::Unreachable { zone: step.zone.clone() };
        self.delegation.push(step);
    }

    pub(crate) fn finish(mut self, domain: &DomainName, host: &str, clock: &Clock) -> Collected {
        self.servers
            .sort_by(|a, b| (a.role as u8, &a.server, a.address).cmp(&(b.role as u8, &b.server, b.address)));
        Collected {
            domain: domain.clone(),
            host: host.to_owned(),
            name: format!("{host}.{domain}"),
            zone: self.zone,
            end: self.end,
            delegation: self.delegation,
            servers: self.servers,
            misplaced: self.misplaced,
            surroundings: self.surroundings,
            started_at: self.started_at,
            finished_at: clock(),
            took_ms: crate::rows::millis(self.start.elapsed()),
        }
    }
}
