use crate::addresses::{Addresses, FromMemory};
use crate::ask::{Reply, Turns, Way, ask, drops_edns};
use crate::config::Config;
use crate::level::{Level, Server};
use crate::pace::{HeldBack, Pace};
use crate::registries::Registries;
use crate::roots;
use crate::wire::Question;
use hickory_resolver::proto::rr::{Name, RecordType};
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::time::Instant;

/// So many questions are sent for one domain at most, whatever the delegations say.
const MAX_QUESTIONS: u32 = 400;

/// What is remembered from one domain to the next.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) registries: Registries,
    pub(crate) addresses: Addresses,
}

/// What the questions for one domain share: how many are left, and the zones already found.
pub(crate) struct Session {
    pub(crate) config: Config,
    pub(crate) held_back: Arc<HeldBack>,
    pub(crate) known: Arc<Known>,
    pub(crate) from_memory: FromMemory,
    pace: Arc<Pace>,
    questions_left: AtomicU32,
    levels: Mutex<HashMap<Name, Level>>,
}

impl Session {
    pub(crate) fn new(config: Config, pace: Arc<Pace>, known: Arc<Known>) -> Self {
        Self {
            config,
            held_back: Arc::default(),
            known,
            from_memory: FromMemory::default(),
            pace,
            questions_left: AtomicU32::new(MAX_QUESTIONS),
            levels: Mutex::default(),
        }
    }

    /// Asks one server; a question beyond the allowance counts as not answered.
    pub(crate) async fn ask(&self, address: IpAddr, name: &Name, kind: RecordType) -> Reply {
        self.ask_this(address, &Question::new(name, kind)).await
    }

    /// Whether the server answers only without EDNS: one datagram alone may have been lost.
    pub(crate) async fn drops_edns(&self, address: IpAddr, name: &Name) -> bool {
        let server = SocketAddr::new(address, self.config.port);
        let question = Question::new(name, RecordType::SOA);
        drops_edns(server, &question, &self.config.limits, &self.turns()).await
    }

    /// As [`Session::ask`], with more about the question.
    pub(crate) async fn ask_this(&self, address: IpAddr, question: &Question) -> Reply {
        let spend = |left: u32| left.checked_sub(1);
        if self.questions_left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, spend).is_err() {
            tracing::warn!("too many questions for one domain; the rest is not asked");
            return Reply::Silent;
        }
        let server = SocketAddr::new(address, self.config.port);
        let turns = self.turns();
        // Large, and what asks is moved several times before it begins.
        let reply = Box::pin(ask(server, question, &self.config.limits, &turns)).await;
        if let Reply::Message(heard) = &reply {
            self.pace.serve(address, heard.is_refusal(), heard.way != Way::Tcp);
        }
        match &reply {
            Reply::Message(heard) if heard.slipped => {
                self.pace.slow_down(address, heard.asked_at, false);
            }
            Reply::Message(heard) if heard.is_only_by_tcp() => self.pace.lose(address, heard.asked_at),
            _ => {}
        }
        reply
    }

    /// Lets a server that refused a question rest; whether it is worth asking again. One that was asked little is asked
    /// once more, and only when it answers something else about the same zone.
    pub(crate) fn slow_down(&self, address: IpAddr, asked_at: Instant, partly: bool, attempt: u32) -> bool {
        let certain = partly && attempt == 0;
        self.pace.slow_down(address, asked_at, certain) || certain
    }

    /// Whether the server is asked much at the moment, for other zones too, and takes it.
    pub(crate) fn takes_many(&self, address: IpAddr) -> bool {
        self.pace.takes_many(address)
    }

    fn turns(&self) -> Turns {
        Turns::new(&self.pace, &self.held_back)
    }

    /// The root.
    pub(crate) fn root(&self) -> Level {
        let server = |address: &IpAddr| Server { name: roots::name(*address), addresses: vec![*address] };
        let servers = self.config.roots.iter().map(server).collect();
        Level { zone: Name::root(), servers, ttl: 0, parent: None }
    }

    /// Remembers a zone on the way, so that other names below it need not start at the root again.
    pub(crate) fn remember(&self, level: &Level) {
        let mut levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        levels.insert(level.zone.clone(), level.clone());
    }

    /// The closest zone above the name that is known already.
    pub(crate) fn closest(&self, name: &Name) -> Option<Level> {
        let levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        let above = levels.values().filter(|level| level.zone.zone_of(name));
        above.max_by_key(|level| level.zone.num_labels()).cloned()
    }
}
