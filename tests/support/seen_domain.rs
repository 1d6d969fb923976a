//! Name servers that have every record that is looked for: looking at domains is tested in the DNS lab.

use account_service::DomainVerifier;
use adapters::SystemClock;
use async_trait::async_trait;
use domain_check::{
    Answer, Collected, DomainName, Outcome, Rcode, Report, Role, ServerAnswer, Surroundings, TxtRecord,
    TxtValue, WalkEnd, judge,
};
use wizard::ports::{Clock, DomainChecker};

pub(crate) struct SeenDomain;

#[async_trait]
impl DomainChecker for SeenDomain {
    async fn check(&self, domain: &DomainName, label: &str, expected: Option<&str>) -> Report {
        seen(domain, label, expected.unwrap_or_default())
    }
}

#[async_trait]
impl DomainVerifier for SeenDomain {
    async fn look(&self, domain: &DomainName, record: &TxtRecord) -> Report {
        seen(domain, &record.host, &record.value)
    }
}

fn seen(domain: &DomainName, host: &str, value: &str) -> Report {
    let now = SystemClock.now();
    let txt = Outcome::Answered(Answer {
        rcode: Rcode::NoError,
        authoritative: true,
        values: vec![TxtValue(value.as_bytes().to_vec())],
        ttl: Some(300),
        ..Answer::default()
    });
    let server = ServerAnswer {
        server: format!("ns1.{domain}"),
        address: Some([192, 0, 2, 53].into()),
        role: Role::Delegated,
        txt,
        zone: None,
        asked_at: now,
        took_ms: 3,
    };
    let collected = Collected {
        domain: domain.clone(),
        host: host.to_owned(),
        name: format!("{host}.{domain}"),
        zone: Some(domain.to_string()),
        end: WalkEnd::Delegated,
        delegation: Vec::new(),
        servers: vec![server],
        misplaced: Vec::new(),
        surroundings: Surroundings::default(),
        started_at: now,
        finished_at: now,
        took_ms: 3,
    };
    judge(Some(value), &collected, now)
}
