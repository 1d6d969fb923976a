//! One question to one address, by every way there is.

use crate::config::Limits;
use crate::pace::Pace;
use crate::wire::{Datagram, Question};
use hickory_resolver::proto::op::{Message, ResponseCode};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};

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
}

/// A way to ask a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Udp,
    /// Without EDNS.
    PlainUdp,
    Tcp,
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

/// Asks over UDP; beside it, over TCP and over UDP without EDNS, as soon as something goes wrong or
/// `fallback_after` has passed. The first good answer counts. Dropping the future stops all of them.
///
/// The caller has taken the turn at the server for the first datagram; everything after it takes one here.
pub(crate) async fn ask(server: SocketAddr, question: &Question, limits: &Limits, pace: &Arc<Pace>) -> Reply {
    let start = Instant::now();
    let mut ways = JoinSet::new();
    ways.spawn(over_udp(server, question.clone(), true, *limits, Arc::clone(pace)));
    let mut fell_back = false;
    let mut troubles = Troubles::default();
    loop {
        tokio::select! {
            Some(result) = ways.join_next() => match result {
                Ok(Ok((message, way))) => return Reply::Message(troubles.heard(message, way)),
                Ok(Err(Trouble::NoRoute)) => return Reply::NoRoute,
                Ok(Err(trouble)) => troubles.add(trouble),
                Err(_) => {}
            },
            () = sleep_until(start + limits.fallback_after), if !fell_back => {}
            () = sleep_until(start + limits.give_up_after) => return troubles.reply(),
        }
        if !fell_back {
            fell_back = true;
            let turn = || {
                let pace = Arc::clone(pace);
                async move { pace.turn(server.ip()).await }
            };
            let (tcp_turn, tcp) = (turn(), over_tcp(server, question.clone()));
            ways.spawn(async move {
                tcp_turn.await;
                tcp.await
            });
            let udp = over_udp(server, question.clone(), false, *limits, Arc::clone(pace));
            let udp_turn = turn();
            ways.spawn(async move {
                udp_turn.await;
                udp.await
            });
        } else if ways.is_empty() {
            return troubles.reply();
        }
    }
}

/// Whether the server answers this question over UDP without EDNS, and stays silent or complains with it.
pub(crate) async fn drops_edns(
    server: SocketAddr,
    question: &Question,
    limits: &Limits,
    pace: &Arc<Pace>,
) -> bool {
    let answers = async |edns| {
        pace.turn(server.ip()).await;
        let asked = over_udp(server, question.clone(), edns, *limits, Arc::clone(pace));
        matches!(
            timeout(limits.resend_after, asked).await,
            Ok(Ok(_) | Err(Trouble::Cut | Trouble::Unreadable))
        )
    };
    let (with, without) = tokio::join!(answers(true), answers(false));
    without && !with
}

/// What went wrong on the ways so far.
#[derive(Default)]
struct Troubles {
    form: Option<Box<Message>>,
    cut: bool,
    unreadable: bool,
    closed: u8,
}

impl Troubles {
    fn add(&mut self, trouble: Trouble) {
        match trouble {
            Trouble::Form(message) => self.form = Some(message),
            Trouble::Cut => self.cut = true,
            Trouble::Unreadable => self.unreadable = true,
            Trouble::Closed => self.closed += 1,
            Trouble::Connection | Trouble::NoRoute => {}
        }
    }

    fn heard(&self, message: Box<Message>, way: Way) -> Heard {
        Heard { message, cut: self.cut, way, edns_refused: self.form.is_some() }
    }

    /// What the troubles come to, when no way led to an answer.
    fn reply(mut self) -> Reply {
        match self.form.take() {
            Some(message) => Reply::Message(self.heard(message, Way::Udp)),
            None if self.cut => Reply::Cut,
            None if self.unreadable => Reply::Unreadable,
            // By UDP and by TCP: one of the two alone may be a firewall.
            None if self.closed >= 2 => Reply::Closed,
            None => Reply::Silent,
        }
    }
}

/// A usable answer, and the way it came by.
type Usable = Result<(Box<Message>, Way), Trouble>;

async fn over_udp(
    server: SocketAddr,
    question: Question,
    edns: bool,
    limits: Limits,
    pace: Arc<Pace>,
) -> Usable {
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
        if let Ok(result) = timeout(limits.resend_after, reply_on(&socket, &question, id)).await {
            return result
                .and_then(usable)
                .map(|message| (message, if edns { Way::Udp } else { Way::PlainUdp }));
        }
        pace.turn(server.ip()).await;
    }
}

async fn reply_on(socket: &UdpSocket, question: &Question, id: u16) -> Result<Box<Message>, Trouble> {
    let mut buffer = vec![0; usize::from(u16::MAX)];
    loop {
        let length = socket.recv(&mut buffer).await.map_err(trouble)?;
        match question.read(id, buffer.get(..length).unwrap_or_default()) {
            Datagram::Reply(message) => return Ok(message),
            Datagram::Unreadable => return Err(Trouble::Unreadable),
            Datagram::Foreign => {}
        }
    }
}

async fn over_tcp(server: SocketAddr, question: Question) -> Usable {
    let (id, bytes) = question.to_wire(true).ok_or(Trouble::Unreadable)?;
    let mut stream = TcpStream::connect(server).await.map_err(trouble)?;
    let length = u16::try_from(bytes.len()).map_err(|_| Trouble::Unreadable)?;
    stream.write_all(&[&length.to_be_bytes()[..], &bytes].concat()).await.map_err(trouble)?;
    let length = stream.read_u16().await.map_err(trouble)?;
    let mut answer = vec![0; usize::from(length)];
    stream.read_exact(&mut answer).await.map_err(trouble)?;
    match question.read(id, &answer) {
        Datagram::Reply(message) => usable(message).map(|message| (message, Way::Tcp)),
        Datagram::Unreadable | Datagram::Foreign => Err(Trouble::Unreadable),
    }
}

fn usable(message: Box<Message>) -> Result<Box<Message>, Trouble> {
    if message.metadata.truncation {
        return Err(Trouble::Cut);
    }
    match message.metadata.response_code {
        ResponseCode::FormErr | ResponseCode::NotImp | ResponseCode::BADVERS | ResponseCode::BADSIG => {
            Err(Trouble::Form(message))
        }
        _ => Ok(message),
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

    async fn values(udp: Replies, tcp: Option<Replies>) -> Vec<String> {
        match ask(server(udp, tcp).await, &question(), &limits(), &Arc::new(Pace::free())).await {
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
        let reply = ask(server(cut, None).await, &question(), &limits(), &Arc::new(Pace::free())).await;
        assert!(matches!(reply, Reply::Cut), "{reply:?}");
    }

    #[tokio::test]
    async fn a_server_that_sends_only_what_cannot_be_read_is_told_from_a_silent_one() {
        let reply = ask(
            server(empty_record, Some(empty_record)).await,
            &question(),
            &limits(),
            &Arc::new(Pace::free()),
        )
        .await;
        assert!(matches!(reply, Reply::Unreadable), "{reply:?}");
        let start = Instant::now();
        let reply =
            ask(server(nothing, Some(nothing)).await, &question(), &limits(), &Arc::new(Pace::free())).await;
        assert!(matches!(reply, Reply::Silent), "{reply:?}");
        assert!(start.elapsed() >= limits().give_up_after);
    }

    #[tokio::test]
    async fn a_closed_port_is_noticed_before_time_is_up() {
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let start = Instant::now();
        let reply = ask(closed, &question(), &limits(), &Arc::new(Pace::free())).await;
        assert!(matches!(reply, Reply::Closed) && start.elapsed() < limits().give_up_after, "{reply:?}");
    }
}
