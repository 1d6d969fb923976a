//! One question to one address, by every way there is.

use crate::config::Limits;
use crate::pace::{HeldBack, Pace};
use crate::wire::{Datagram, Question};
use hickory_resolver::proto::op::{Message, ResponseCode};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout, timeout_at};

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
}

impl std::ops::Deref for Heard {
    type Target = Message;

    fn deref(&self) -> &Message {
        &self.message
    }
}

/// Why one way led to no answer.
#[derive(Debug)]
enum Trouble {
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

    /// Waits until one more datagram or connection may go to the server.
    pub(crate) async fn next(&self, server: IpAddr) {
        self.all.during(self.own.during(self.pace.turn(server))).await;
    }
}

/// Asks over UDP; beside it, over TCP and over UDP without EDNS, as soon as something goes wrong or
/// `fallback_after` has passed. The first good answer counts. Dropping the future stops all of them.
///
/// Everything that is sent takes a turn at the server.
pub(crate) async fn ask(server: SocketAddr, question: &Question, limits: &Limits, turns: &Turns) -> Reply {
    turns.next(server.ip()).await;
    let start = Instant::now();
    let mut troubles = Troubles::since(start);
    let mut first = pin!(over_udp(server, question, true, limits, turns));
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
        own.next(server.ip()).await;
        over_tcp(server, &asked).await
    });
    let (own, asked, limits) = (turns.clone(), question.clone(), *limits);
    ways.spawn(async move {
        own.next(server.ip()).await;
        over_udp(server, &asked, false, &limits, &own).await
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
        turns.next(server.ip()).await;
        let asked = over_udp(server, question, edns, limits, turns);
        matches!(
            timeout(limits.resend_after, asked).await,
            Ok(Ok(_) | Err(Trouble::Cut | Trouble::Unreadable))
        )
    };
    let (with, without) = tokio::join!(answers(true), answers(false));
    without && !with
}

/// What went wrong on the ways so far.
struct Troubles {
    asked_at: Instant,
    form: Option<Box<Message>>,
    cut: bool,
    unreadable: bool,
    closed: u8,
}

impl Troubles {
    const fn since(asked_at: Instant) -> Self {
        Self { asked_at, form: None, cut: false, unreadable: false, closed: 0 }
    }

    fn add(&mut self, trouble: Trouble) {
        match trouble {
            Trouble::Form(message) => self.form = Some(message),
            Trouble::Cut => self.cut = true,
            Trouble::Unreadable => self.unreadable = true,
            Trouble::Closed => self.closed += 1,
            Trouble::Connection | Trouble::NoRoute => {}
        }
    }

    fn heard(&self, Usable { message, way, length }: Usable) -> Heard {
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
    fn reply(mut self) -> Reply {
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

/// A usable answer, the way it came by, and its length in bytes.
struct Usable {
    message: Box<Message>,
    way: Way,
    length: usize,
}

/// An answer of so many bytes is cut by no server because of its length (RFC 1035, 4.2.1).
const FITS_ANYWHERE: usize = 512;

type Attempt = Result<Usable, Trouble>;

async fn over_udp(
    server: SocketAddr,
    question: &Question,
    edns: bool,
    limits: &Limits,
    turns: &Turns,
) -> Attempt {
    let (id, bytes) = question.to_wire(edns).ok_or(Trouble::Unreadable)?;
    let any = match server {
        SocketAddr::V4(_) => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        SocketAddr::V6(_) => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    };
    // Connected: the kernel drops what comes from elsewhere and hands over "port closed".
    // Neither call sends anything, so an error here is this computer's.
    let socket = UdpSocket::bind((any, 0)).await.map_err(|_| Trouble::NoRoute)?;
    socket.connect(server).await.map_err(|_| Trouble::NoRoute)?;
    loop {
        socket.send(&bytes).await.map_err(trouble)?;
        if let Ok(result) = timeout(limits.resend_after, reply_on(&socket, question, id)).await {
            let way = if edns { Way::Udp } else { Way::PlainUdp };
            return result.and_then(|(message, length)| usable(message, way, length));
        }
        turns.next(server.ip()).await;
    }
}

async fn reply_on(
    socket: &UdpSocket,
    question: &Question,
    id: u16,
) -> Result<(Box<Message>, usize), Trouble> {
    loop {
        // Taken when there is something to read: thousands that wait need no room each.
        socket.readable().await.map_err(trouble)?;
        let mut buffer = Vec::with_capacity(usize::from(u16::MAX));
        let length = match socket.try_recv_buf(&mut buffer) {
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
            Err(error) => return Err(trouble(error)),
        };
        match question.read(id, &buffer) {
            Datagram::Reply(message) => return Ok((message, length)),
            Datagram::Unreadable => return Err(Trouble::Unreadable),
            Datagram::Foreign => {}
        }
    }
}

async fn over_tcp(server: SocketAddr, question: &Question) -> Attempt {
    let (id, bytes) = question.to_wire(true).ok_or(Trouble::Unreadable)?;
    let mut stream = TcpStream::connect(server).await.map_err(trouble)?;
    let length = u16::try_from(bytes.len()).map_err(|_| Trouble::Unreadable)?;
    stream.write_all(&[&length.to_be_bytes()[..], &bytes].concat()).await.map_err(trouble)?;
    let length = stream.read_u16().await.map_err(trouble)?;
    let mut answer = vec![0; usize::from(length)];
    stream.read_exact(&mut answer).await.map_err(trouble)?;
    match question.read(id, &answer) {
        Datagram::Reply(message) => usable(message, Way::Tcp, answer.len()),
        Datagram::Unreadable | Datagram::Foreign => Err(Trouble::Unreadable),
    }
}

/// What an answer by UDP comes to when no other way leads to one.
#[cfg(fuzzing)]
pub(crate) fn only_answer(message: Box<Message>, length: usize) -> Reply {
    let mut troubles = Troubles::since(Instant::now());
    match usable(message, Way::Udp, length) {
        Ok(usable) => Reply::Message(troubles.heard(usable)),
        Err(trouble) => {
            troubles.add(trouble);
            troubles.reply()
        }
    }
}

fn usable(message: Box<Message>, way: Way, length: usize) -> Attempt {
    if message.metadata.truncation {
        return Err(Trouble::Cut);
    }
    match message.metadata.response_code {
        ResponseCode::FormErr | ResponseCode::NotImp | ResponseCode::BADVERS | ResponseCode::BADSIG => {
            Err(Trouble::Form(message))
        }
        _ => Ok(Usable { message, way, length }),
    }
}

fn trouble(error: io::Error) -> Trouble {
    use io::ErrorKind;
    match error.kind() {
        ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => Trouble::NoRoute,
        ErrorKind::ConnectionRefused => Trouble::Closed,
        _ => Trouble::Connection,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire;
    use hickory_resolver::proto::rr::rdata::TXT;
    use hickory_resolver::proto::rr::{RData, Record, RecordType};
    use std::time::Duration;
    use tokio::net::TcpListener;

    /// What a server sends back, given the question; more than one datagram over UDP.
    type Replies = fn(&Message) -> Vec<Vec<u8>>;

    fn limits() -> Limits {
        Limits {
            fallback_after: Duration::from_millis(50),
            resend_after: Duration::from_millis(100),
            give_up_after: Duration::from_millis(600),
            ..Limits::default()
        }
    }

    fn question() -> Question {
        Question::new(&wire::name("_x.contoso.test").unwrap(), RecordType::TXT)
    }

    fn right(asked: &Message) -> Message {
        let mut message = Message::response(asked.metadata.id, asked.metadata.op_code);
        message.metadata.authoritative = true;
        message.queries = asked.queries.clone();
        let txt = RData::TXT(TXT::new(vec!["token=abc".to_owned()]));
        message.answers.push(Record::from_rdata(question().name, 60, txt));
        message
    }

    fn right_bytes(asked: &Message) -> Vec<Vec<u8>> {
        vec![right(asked).to_vec().unwrap()]
    }

    fn nothing(_: &Message) -> Vec<Vec<u8>> {
        Vec::new()
    }

    /// The identifier, flags and question of an answer, then a TXT record without the string it has to have.
    fn empty_record(asked: &Message) -> Vec<Vec<u8>> {
        let mut bytes = right(asked).to_vec().unwrap();
        bytes.truncate(bytes.len() - 12);
        bytes.extend([0, 0]);
        vec![bytes]
    }

    /// A server on a port of its own; without `tcp` that port is closed.
    async fn server(udp: Replies, tcp: Option<Replies>) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let socket = UdpSocket::bind(address).await.unwrap();
        tokio::spawn(async move {
            let mut buffer = [0; 512];
            loop {
                let (length, peer) = socket.recv_from(&mut buffer).await.unwrap();
                let asked = Message::from_vec(&buffer[..length]).unwrap();
                for reply in udp(&asked) {
                    socket.send_to(&reply, peer).await.unwrap();
                }
            }
        });
        let Some(tcp) = tcp else { return address };
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut asked = vec![0; usize::from(stream.read_u16().await.unwrap())];
                stream.read_exact(&mut asked).await.unwrap();
                let replies = tcp(&Message::from_vec(&asked).unwrap());
                for reply in &replies {
                    let length = u16::try_from(reply.len()).unwrap().to_be_bytes();
                    stream.write_all(&[&length[..], reply].concat()).await.unwrap();
                }
                if replies.is_empty() {
                    std::future::pending::<()>().await;
                }
            }
        });
        address
    }

    fn turns() -> Turns {
        Turns::new(&Arc::new(Pace::free()), &Arc::default())
    }

    async fn values(udp: Replies, tcp: Option<Replies>) -> Vec<String> {
        match ask(server(udp, tcp).await, &question(), &limits(), &turns()).await {
            Reply::Message(message) => {
                wire::answer(&message, &question().name).values.iter().map(|value| value.text()).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn answers_that_are_not_to_the_question_are_passed_over() {
        let udp = |asked: &Message| {
            let mut foreign = right(asked);
            foreign.metadata.id = asked.metadata.id.wrapping_add(1);
            foreign.answers.clear();
            [vec![foreign.to_vec().unwrap(), vec![1]], right_bytes(asked)].concat()
        };
        assert_eq!(values(udp, None).await, ["token=abc"]);
    }

    #[tokio::test]
    async fn what_cannot_be_read_over_udp_is_asked_over_tcp() {
        let garbage = |asked: &Message| vec![[&asked.metadata.id.to_be_bytes()[..], &[0xFF; 30]].concat()];
        assert_eq!(values(garbage, Some(right_bytes)).await, ["token=abc"]);
        assert_eq!(values(empty_record, Some(right_bytes)).await, ["token=abc"]);
        let cut = |asked: &Message| {
            let mut cut = right(asked);
            cut.metadata.truncation = true;
            cut.answers.clear();
            vec![cut.to_vec().unwrap()]
        };
        assert_eq!(values(cut, Some(right_bytes)).await, ["token=abc"]);
    }

    #[tokio::test]
    async fn a_server_that_does_not_know_edns_is_asked_without() {
        let udp = |asked: &Message| {
            if asked.edns.is_none() {
                return right_bytes(asked);
            }
            let code = ResponseCode::FormErr;
            vec![Message::error_msg(asked.metadata.id, asked.metadata.op_code, code).to_vec().unwrap()]
        };
        assert_eq!(values(udp, Some(nothing)).await, ["token=abc"]);
        let udp = |asked: &Message| if asked.edns.is_none() { right_bytes(asked) } else { Vec::new() };
        assert_eq!(values(udp, Some(nothing)).await, ["token=abc"]);
    }

    #[tokio::test]
    async fn an_answer_that_was_cut_and_has_no_other_way_is_told_from_silence() {
        let cut = |asked: &Message| {
            let mut cut = right(asked);
            cut.metadata.truncation = true;
            vec![cut.to_vec().unwrap()]
        };
        let reply = ask(server(cut, None).await, &question(), &limits(), &turns()).await;
        assert!(matches!(reply, Reply::Cut), "{reply:?}");
    }

    #[tokio::test]
    async fn a_server_that_sends_only_what_cannot_be_read_is_told_from_a_silent_one() {
        let reply =
            ask(server(empty_record, Some(empty_record)).await, &question(), &limits(), &turns()).await;
        assert!(matches!(reply, Reply::Unreadable), "{reply:?}");
        let start = Instant::now();
        let reply = ask(server(nothing, Some(nothing)).await, &question(), &limits(), &turns()).await;
        assert!(matches!(reply, Reply::Silent), "{reply:?}");
        assert!(start.elapsed() >= limits().give_up_after);
    }

    #[tokio::test]
    async fn a_closed_port_is_noticed_before_time_is_up() {
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let start = Instant::now();
        let reply = ask(closed, &question(), &limits(), &turns()).await;
        assert!(matches!(reply, Reply::Closed) && start.elapsed() < limits().give_up_after, "{reply:?}");
    }
}
