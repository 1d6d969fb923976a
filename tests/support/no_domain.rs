//! A world in which no domain is looked at: the walk to the name servers is tested in the DNS lab.

use async_trait::async_trait;
use domain_check::{DomainName, Report};
use wizard::ports::DomainChecker;

pub(crate) struct NoDomain;

#[async_trait]
impl DomainChecker for NoDomain {
    async fn check(&self, domain: &DomainName, _: &str, _: Option<&str>) -> Report {
        unreachable!("{domain} was looked at")
    }
}
