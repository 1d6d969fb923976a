use crate::clock::Clock;
use async_trait::async_trait;
use dns_walk::Walker;
use domain_check::{DomainName, Report, TxtRecord, judge};
use std::sync::Arc;

/// Looks whether a domain's name servers have its record.
#[async_trait]
pub trait DomainVerifier: Send + Sync + 'static {
    /// Asks every name server the domain is delegated to, and judges what they said.
    async fn look(&self, domain: &DomainName, record: &TxtRecord) -> Report;
}

/// Walks from the roots to the delegated name servers.
pub(crate) struct Walk {
    walker: Walker,
    clock: Arc<dyn Clock>,
}

impl Walk {
    pub(crate) fn new(dns: dns_walk::Config, clock: Arc<dyn Clock>) -> Self {
        let at = Arc::clone(&clock);
        Self { walker: Walker::new(dns, Arc::new(move || at.now())), clock }
    }
}

#[async_trait]
impl DomainVerifier for Walk {
    async fn look(&self, domain: &DomainName, record: &TxtRecord) -> Report {
        let collected = self.walker.collect(domain, &record.host, Some(&record.value)).await;
        judge(Some(&record.value), &collected, self.clock.now())
    }
}
