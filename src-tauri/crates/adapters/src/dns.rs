use async_trait::async_trait;
use dns_walk::{Config, Walker};
use domain_check::{DomainName, Report, judge};
use std::sync::Arc;
use vocabulary::Timestamp;
use wizard::ports::{Clock, DomainChecker};

/// Asks the delegated name servers, from the root servers down.
pub struct DnsChecker {
    walker: Walker,
    clock: Arc<dyn Clock>,
}

impl DnsChecker {
    /// A checker that starts where `config` says.
    pub fn new(config: Config, clock: Arc<dyn Clock>) -> Self {
        let now = Arc::clone(&clock);
        Self { walker: Walker::new(config, Arc::new(move || -> Timestamp { now.now() })), clock }
    }
}

#[async_trait]
impl DomainChecker for DnsChecker {
    async fn check(&self, domain: &DomainName, label: &str, expected: Option<&str>) -> Report {
        let collected = self.walker.collect(domain, label, expected).await;
        judge(expected, &collected, self.clock.now())
    }
}
