//! What went wrong on the ways to a server, and what it comes to when none leads to an answer.

use super::{Heard, Reply, Way};
use hickory_resolver::proto::op::Message;
use tokio::time::Instant;

/// A usable answer, the way it came by, and its length in bytes.
pub(super) struct Usable {
    pub(super) message: Box<Message>,
    pub(super) way: Way,
    pub(super) length: usize,
}

/// An answer of so many bytes is cut by no server because of its length (RFC 1035, 4.2.1).
const FITS_ANYWHERE: usize = 512;

/// What one way led to.
pub(super) type Attempt = Result<Usable, Trouble>;

/// Why one way led to no answer.
#[derive(Debug)]
pub(super) enum Trouble {
    /// This computer cannot reach the address at all.
    NoRoute,
    /// Nothing listens at the port.
    Closed,
    /// Reset, or ended too early.
    Connection,
    /// What came cannot be read.
    Unreadable,
    /// What came is marked as cut (TC).
    Cut,
    /// The server does not take the question in this form; kept in case it takes it in none.
    Form(Box<Message>),
}

/// What went wrong on the ways so far.
pub(super) struct Troubles {
    asked_at: Instant,
    form: Option<Box<Message>>,
    cut: bool,
    unreadable: bool,
    closed: u8,
}

impl Troubles {
    pub(super) const fn since(asked_at: Instant) -> Self {
        Self { asked_at, form: None, cut: false, unreadable: false, closed: 0 }
    }

    pub(super) fn add(&mut self, trouble: Trouble) {
        match trouble {
            Trouble::Form(message) => self.form = Some(message),
            Trouble::Cut => self.cut = true,
            Trouble::Unreadable => self.unreadable = true,
            Trouble::Closed => self.closed += 1,
            Trouble::Connection | Trouble::NoRoute => {}
        }
    }

    pub(super) fn heard(&self, Usable { message, way, length }: Usable) -> Heard {
        let slipped = self.cut && way == Way::Tcp && length <= FITS_ANYWHERE;
        Heard {
            message,
            cut: self.cut,
            way,
            edns_refused: self.form.is_some(),
            slipped,
            asked_at: self.asked_at,
        }
    }

    /// What the troubles come to, when no way led to an answer.
    pub(super) fn reply(mut self) -> Reply {
        match self.form.take() {
            Some(message) => Reply::Message(self.heard(Usable { message, way: Way::Udp, length: 0 })),
            None if self.cut => Reply::Cut,
            None if self.unreadable => Reply::Unreadable,
            // By UDP and by TCP: one of the two alone may be a firewall.
            None if self.closed >= 2 => Reply::Closed,
            None => Reply::Silent,
        }
    }
}
