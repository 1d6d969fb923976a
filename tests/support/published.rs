//! Every name server has what is expected of it; the walk itself is tested in the DNS lab.

use adapters::SystemClock;
use async_trait::async_trait;
use domain_check::{DomainName, Report, Verdict};
use wizard::ports::{Clock, DomainChecker};

pub(crate) struct EverythingPublished;

#[async_trait]
impl DomainChecker for EverythingPublished {
    async fn check(&self, domain: &DomainName, label: &str, expected: Option<&str>) -> Report {
        Report {
            domain: domain.clone(),
            unicode: domain.to_string(),
            name: format!("{label}.{domain}"),
            zone: Some(domain.to_string()),
            primary: None,
            expected: expected.map(str::to_owned),
            verdict: Verdict::Verified,
            visible_by: None,
            delegation: Vec::new(),
            servers: Vec::new(),
            findings: Vec::new(),
            near_miss: None,
            checked_at: SystemClock.now(),
            took_ms: 1,
        }
    }
}
