use crate::asked_resolvers::AskedResolvers;
use async_trait::async_trait;
use dns_walk::{Config, Walker};
use domain_check::{DomainName, Report, Role, ServerAnswer, ServerRow, compare, judge};
use std::sync::Arc;
use vocabulary::Timestamp;
use wizard::ports::{Clock, Comparison, ComparisonWay, DomainChecker};

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

/// Where the row of a resolver stands; `None` when nobody wants it any more.
fn place(whom: &Comparison, role: Role, address: Option<&str>) -> Option<usize> {
    match role {
        Role::System => whom.own.then_some(usize::MAX),
        _ => whom.public.iter().position(|one| Some(one.address.to_string().as_str()) == address),
    }
}
