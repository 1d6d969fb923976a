//! What resolvers said while the program runs, so that none is asked again for what it would only repeat.

use dns_walk::Walker;
use domain_check::{PublicResolver, Report, Role, ServerAnswer, ServerRow, ask_again_at};
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use time::Duration;
use tokio::sync::Mutex as Turn;
use vocabulary::Timestamp;
use wizard::ports::{Comparison, ComparisonWay};

/// From so many names on, those nobody asked about for a day are forgotten.
const MANY_NAMES: usize = 512;

/// No resolver remembers "does not exist" for longer (RFC 2308, 5: a day is the most that makes sense).
const A_DAY: Duration = Duration::days(1);

/// The answers about one name. Who asks holds it, so that two who look at the same name ask once.
type Answers = Arc<Turn<Vec<ServerAnswer>>>;

/// The answers of resolvers, by the name they were asked for.
#[derive(Debug, Default)]
pub(crate) struct AskedResolvers(Mutex<HashMap<String, Answers>>);

impl AskedResolvers {
    /// Asks those of the resolvers that may have something new to say, and returns what all of them said last.
    pub(crate) async fn ask(
        &self,
        walker: &Walker,
        report: &Report,
        whom: &Comparison,
        now: Timestamp,
    ) -> Vec<ServerAnswer> {
        let answers = self.answers_about(&report.name, now);
        let round = Round {
            walker: walker.clone(),
            name: report.name.clone(),
            expected: report.expected.clone(),
            shown: report.servers.iter().filter(|row| row.is_resolvers()).cloned().collect(),
            whom: whom.clone(),
            now,
        };
        // On its own: what was asked is remembered even when nobody waits for it any more.
        let asking = tokio::spawn(async move {
            let mut known = answers.lock_owned().await;
            round.ask(&mut known).await;
            known.clone()
        });
        asking.await.unwrap_or_default()
    }

    fn answers_about(&self, name: &str, now: Timestamp) -> Answers {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= MANY_NAMES {
            names.retain(|_, answers| Arc::strong_count(answers) > 1 || is_recent(answers, now));
        }
        Arc::clone(names.entry(name.to_owned()).or_default())
    }
}

fn is_recent(answers: &Answers, now: Timestamp) -> bool {
    answers.try_lock().is_ok_and(|known| known.iter().any(|one| now.since(one.asked_at) < A_DAY))
}

/// One round of questions about one name.
struct Round {
    walker: Walker,
    name: String,
    expected: Option<String>,
    /// Rows an earlier run of the program left.
    shown: Vec<ServerRow>,
    whom: Comparison,
    now: Timestamp,
}

impl Round {
    async fn ask(&self, known: &mut Vec<ServerAnswer>) {
        let public = self.whom.public.iter().filter(|one| self.is_due(known, Role::Resolver, one.address));
        let mut public: Vec<PublicResolver> = public.cloned().collect();
        let own: Vec<SocketAddr> =
            self.own().filter(|own| self.is_due(known, Role::System, own.ip())).into_iter().collect();
        let (public, own) = match self.whom.way {
            ComparisonWay::Any => tokio::join!(
                self.walker.ask_public(&self.name, &public),
                self.walker.ask_resolvers(&self.name, &own, Role::System)
            ),
            ComparisonWay::HttpsAlone => {
                public.retain(|one| one.url.is_some());
                (self.walker.ask_public_over_https(&self.name, &public).await, Vec::new())
            }
        };
        for answer in public.into_iter().chain(own) {
            known.retain(|one| (one.role, one.address) != (answer.role, answer.address));
            known.push(answer);
        }
    }

    /// The resolver this computer asks first.
    fn own(&self) -> Option<SocketAddr> {
        let own = self.whom.own.then(|| self.walker.own_resolvers())?;
        own.inspect_err(|error| tracing::info!(%error, "this computer's own resolver is not shown"))
            .ok()?
            .first()
            .copied()
    }

    /// Whether a resolver may say something else than it said the last time.
    fn is_due(&self, known: &[ServerAnswer], role: Role, address: IpAddr) -> bool {
        let said = known.iter().find(|one| one.role == role && one.address == Some(address));
        let said = said.map(|answer| ServerRow::of(answer, self.expected.as_deref()));
        let text = address.to_string();
        let shown = || {
            self.shown.iter().find(|row| row.role == role && row.address.as_deref() == Some(&text)).cloned()
        };
        let last = said.or_else(shown);
        last.is_none_or(|row| ask_again_at(&row).is_some_and(|at| at <= self.now))
    }
}
