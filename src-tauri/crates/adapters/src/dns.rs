use crate::asked_resolvers::AskedResolvers;
use async_trait::async_trait;
use dns_walk::{Config, SoFar, Walker};
use domain_check::{
    AskedServer, CheckSoFar, DomainName, Report, Role, ServerAnswer, ServerRow, compare, judge,
};
use std::sync::Arc;
use vocabulary::{Finding, Timestamp};
use wizard::ports::{Clock, Comparison, ComparisonWay, DomainChecker, DomainConnectAsker};

/// Asks the delegated name servers, from the root servers down, and resolvers for comparison.
pub struct DnsChecker {
    walker: Walker,
    clock: Arc<dyn Clock>,
    asked: AskedResolvers,
}

impl DnsChecker {
    /// A checker that starts where `config` says. What resolvers said is remembered as long as it lives.
    pub fn new(config: Config, clock: Arc<dyn Clock>) -> Self {
        let now = Arc::clone(&clock);
        let walker = Walker::new(config, Arc::new(move || -> Timestamp { now.now() }));
        Self { walker, clock, asked: AskedResolvers::default() }
    }
}

#[async_trait]
impl DomainChecker for DnsChecker {
    async fn check(&self, domain: &DomainName, label: &str, expected: Option<&str>) -> Report {
        let collected = self.walker.collect(domain, label, expected).await;
        judge(expected, &collected, self.clock.now())
    }

    async fn check_telling(
        &self,
        domain: &DomainName,
        label: &str,
        expected: Option<&str>,
        tell: &(dyn Fn(CheckSoFar) + Send + Sync),
    ) -> Report {
        let on_change = |so_far: SoFar<'_>| tell(shown(expected, so_far, self.clock.now()));
        let collected = self.walker.collect_telling(domain, label, expected, &[], on_change).await;
        judge(expected, &collected, self.clock.now())
    }

    async fn compare(&self, report: Report, whom: &Comparison) -> Report {
        let may = match whom.way {
            ComparisonWay::Any => report.resolvers_may_be_asked(),
            ComparisonWay::HttpsAlone => report.port_53_is_closed(),
        };
        if !may {
            return report;
        }
        let mut answers = self.asked.ask(&self.walker, &report, whom, self.clock.now()).await;
        let place = |role: Role, address: Option<&str>| place(whom, role, address);
        let place_of = |answer: &ServerAnswer| {
            place(answer.role, answer.address.map(|address| address.to_string()).as_deref())
        };
        answers.retain(|answer| place_of(answer).is_some());
        answers.sort_by_key(place_of);
        let is_wanted =
            |row: &&ServerRow| row.is_resolvers() && place(row.role, row.address.as_deref()).is_some();
        let remembered: Vec<ServerRow> = report.servers.iter().filter(is_wanted).cloned().collect();
        compare(report, &answers, &remembered)
    }
}

#[async_trait]
impl DomainConnectAsker for DnsChecker {
    async fn texts_at(&self, name: &str) -> Result<Vec<String>, Finding> {
        self.walker.texts_at(name).await
    }

    async fn fetch(&self, host: &str, url: &str) -> Result<Vec<u8>, Finding> {
        self.walker.fetch(host, url).await
    }
}

fn shown(expected: Option<&str>, so_far: SoFar<'_>, now: Timestamp) -> CheckSoFar {
    let waiting = so_far
        .waiting
        .iter()
        .map(|(server, address)| AskedServer { server: server.clone(), address: address.to_string() });
    CheckSoFar::of(expected, &so_far.collected(), waiting.collect(), now)
}

/// Where the row of a resolver stands; `None` when nobody wants it any more.
fn place(whom: &Comparison, role: Role, address: Option<&str>) -> Option<usize> {
    match role {
        Role::System => whom.own.then_some(usize::MAX),
        _ => whom.public.iter().position(|one| Some(one.address.to_string().as_str()) == address),
    }
}
