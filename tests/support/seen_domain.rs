//! Name servers that have every record that is looked for, or none: looking at domains is tested in the DNS lab.

use account_service::DomainVerifier;
use adapters::SystemClock;
use async_trait::async_trait;
use domain_check::{
    Answer, Collected, DomainName, Outcome, Rcode, Report, Role, ServerAnswer, Surroundings, TxtRecord,
    TxtValue, WalkEnd, judge,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use wizard::ports::{Clock, DomainChecker};

#[derive(Clone, Default)]
pub(crate) struct SeenDomain {
    /// Whether the records are gone.
    pub(crate) is_gone: Arc<AtomicBool>,
}

impl SeenDomain {
    fn values(&self, value: &str) -> Vec<TxtValue> {
        let values = TxtValue(value.as_bytes().to_vec());
        (!self.is_gone.load(Ordering::SeqCst)).then_some(values).into_iter().collect()
    }
}

#[async_trait]
impl DomainChecker for SeenDomain {
    async fn check(&self, domain: &DomainName, label: &str, expected: Option<&str>) -> Report {
        let value = expected.unwrap_or_default();
        seen(domain, label, value, self.values(value))
    }
}

#[async_trait]
impl DomainVerifier for SeenDomain {
    async fn look(&self, domain: &DomainName, record: &TxtRecord) -> Report {
        seen(domain, &record.host, &record.value, self.values(&record.value))
    }
}

fn seen(domain: &DomainName, host: &str, value: &str, values: Vec<TxtValue>) -> Report {
    let now = SystemClock.now();
    let txt = Outcome::Answered(Answer {
        rcode: Rcode::NoError,
        authoritative: true,
        values,
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
