//! One question to one address, by every way there is.

#[cfg(test)]
mod tests;
mod troubles;
mod ways;

use crate::config::Limits;
use crate::pace::{HeldBack, Pace, Turn};
use crate::wire::Question;
use hickory_resolver::proto::op::{Message, ResponseCode};
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout, timeout_at};
use troubles::{Attempt, Trouble, Troubles};
use ways::{over_tcp, over_udp};

/// What became of a question.
#[derive(Debug)]
pub(crate) enum Reply {
    Message(Heard),
    Silent,
    Closed,
    Cut,
    Unreadable,
    NoRoute,
}

/// An answer, and how it came.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) message: Box<Message>,
    /// An answer by UDP had been cut (TC).
    pub(crate) cut: bool,
    /// The way the answer came by.
    pub(crate) way: Way,
    /// The server had refused the question with EDNS (FORMERR and the like).
    pub(crate) edns_refused: bool,
    /// It would not have had to be cut: the server answers that way when it is asked too often.
    pub(crate) slipped: bool,
    /// When the first datagram was sent.
    pub(crate) asked_at: Instant,
}

/// A way to ask a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Udp,
    /// Without EDNS.
    PlainUdp,
    Tcp,
}

impl Heard {
    /// Nothing came by UDP: what was sent that way may have been lost because it was too much.
    pub(crate) fn is_only_by_tcp(&self) -> bool {
        self.way == Way::Tcp && !self.cut
    }

    pub(crate) fn is_refusal(&self) -> bool {
        self.metadata.response_code == ResponseCode::Refused
    }
}

impl std::ops::Deref for Heard {
    type Target = Message;

    fn deref(&self) -> &Message {
        &self.message
    }
}

/// The turns of one question at its server; the time they are waited for is nobody's silence.
#[derive(Debug, Clone)]
pub(crate) struct Turns {
    pace: Arc<Pace>,
    /// For everything that is asked about one domain.
    all: Arc<HeldBack>,
    own: Arc<HeldBack>,
}

impl Turns {
    pub(crate) fn new(pace: &Arc<Pace>, all: &Arc<HeldBack>) -> Self {
        Self { pace: Arc::clone(pace), all: Arc::clone(all), own: Arc::default() }
    }

    /// Waits until one more datagram or connection may go to the server. A datagram keeps the turn until its answer is not
    /// waited for any more; a connection gives it back at once, since nothing of it is lost.
    pub(crate) async fn next(&self, server: IpAddr) -> Turn {
        self.all.during(self.own.during(self.pace.turn(server))).await
    }
}

/// Asks over UDP; beside it, over TCP and over UDP without EDNS, as soon as something goes wrong or
/// `fallback_after` has passed. The first good answer counts. Dropping the future stops all of them.
///
/// Everything that is sent takes a turn at the server.
pub(crate) async fn ask(server: SocketAddr, question: &Question, limits: &Limits, turns: &Turns) -> Reply {
    let turn = turns.next(server.ip()).await;
    let start = Instant::now();
    let mut troubles = Troubles::since(start);
    let mut first = pin!(over_udp(server, question, true, limits, turns, turn));
    let early = timeout_at(start + limits.fallback_after, &mut first).await;
    let mut first_is_open = early.is_err();
    match early {
        Ok(Ok(usable)) => return Reply::Message(troubles.heard(usable)),
        Ok(Err(Trouble::NoRoute)) => return Reply::NoRoute,
        Ok(Err(trouble)) => troubles.add(trouble),
        Err(_) => {}
    }
    let mut others = other_ways(server, question, limits, turns);
    let time_is_up = turns.own.sleep_besides(limits.give_up_after.saturating_sub(start.elapsed()));
    let mut time_is_up = pin!(time_is_up);
    loop {
        let attempt = tokio::select! {
            attempt = &mut first, if first_is_open => {
                first_is_open = false;
                attempt
            }
            Some(Ok(attempt)) = others.join_next() => attempt,
            () = &mut time_is_up => return troubles.reply(),
            else => return troubles.reply(),
        };
        match attempt {
            Ok(usable) => return Reply::Message(troubles.heard(usable)),
            Err(Trouble::NoRoute) => return Reply::NoRoute,
            Err(trouble) => troubles.add(trouble),
        }
        if !first_is_open && others.is_empty() {
            return troubles.reply();
        }
    }
}

/// TCP, and UDP without EDNS.
fn other_ways(server: SocketAddr, question: &Question, limits: &Limits, turns: &Turns) -> JoinSet<Attempt> {
    let mut ways = JoinSet::new();
    let (own, asked) = (turns.clone(), question.clone());
    ways.spawn(async move {
        drop(own.next(server.ip()).await);
        over_tcp(server, &asked).await
    });
    let (own, asked, limits) = (turns.clone(), question.clone(), *limits);
    ways.spawn(async move {
        let turn = own.next(server.ip()).await;
        over_udp(server, &asked, false, &limits, &own, turn).await
    });
    ways
}

/// Whether the server answers this question over UDP without EDNS, and stays silent or complains with it.
pub(crate) async fn drops_edns(
    server: SocketAddr,
    question: &Question,
    limits: &Limits,
    turns: &Turns,
) -> bool {
    let answers = async |edns| {
        let turn = turns.next(server.ip()).await;
        let asked = over_udp(server, question, edns, limits, turns, turn);
        matches!(
            timeout(limits.resend_after, asked).await,
            Ok(Ok(_) | Err(Trouble::Cut | Trouble::Unreadable))
        )
    };
    let (with, without) = tokio::join!(answers(true), answers(false));
    without && !with
}

/// What an answer by UDP comes to when no other way leads to one.
#[cfg(fuzzing)]
pub(crate) fn only_answer(message: Box<Message>, length: usize) -> Reply {
    let mut troubles = Troubles::since(Instant::now());
    match ways::usable(message, Way::Udp, length) {
        Ok(usable) => Reply::Message(troubles.heard(usable)),
        Err(trouble) => {
            troubles.add(trouble);
            troubles.reply()
        }
    }
}
