//! One question to one address, by every way there is.

use crate::config::Limits;
use crate::wire::{Datagram, Question};
use hickory_resolver::proto::op::{Message, ResponseCode};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};

/// What became of a question.
#[derive(Debug)]
pub(crate) enum Reply {
    Message(Box<Message>),
    Silent,
    Unreadable,
    NoRoute,
}

/// Why one way led to no answer.
#[derive(Debug)]
enum Trouble {
    /// This computer cannot reach the address at all.
    NoRoute,
    /// Refused, reset, closed.
    Connection,
    /// What came cannot be read, or was cut.
    Unreadable,
    /// The server does not take the question in this form; kept in case it takes it in none.
    Form(Box<Message>),
}

/// Asks over UDP; beside it, over TCP and over UDP without EDNS, as soon as something goes wrong or
/// `fallback_after` has passed. The first good answer counts. Dropping the future stops all of them.
pub(crate) async fn ask(server: SocketAddr, question: &Question, limits: &Limits) -> Reply {
    let start = Instant::now();
    let mut ways = JoinSet::new();
    ways.spawn(over_udp(server, question.clone(), true, *limits));
    let mut fell_back = false;
    let mut worst = Reply::Silent;
    loop {
        tokio::select! {
            Some(result) = ways.join_next() => match result {
                Ok(Ok(message)) => return Reply::Message(message),
                Ok(Err(Trouble::NoRoute)) => return Reply::NoRoute,
                Ok(Err(trouble)) => worst = worse(worst, trouble),
                Err(_) => {}
            },
            () = sleep_until(start + limits.fallback_after), if !fell_back => {}
            () = sleep_until(start + limits.give_up_after) => return worst,
        }
        if !fell_back {
            fell_back = true;
            ways.spawn(over_tcp(server, question.clone()));
            ways.spawn(over_udp(server, question.clone(), false, *limits));
        } else if ways.is_empty() {
            return worst;
        }
    }
}

fn worse(worst: Reply, trouble: Trouble) -> Reply {
    match (worst, trouble) {
        (Reply::Message(message), _) | (_, Trouble::Form(message)) => Reply::Message(message),
        (_, Trouble::Unreadable) => Reply::Unreadable,
        (worst, Trouble::Connection | Trouble::NoRoute) => worst,
    }
}

async fn over_udp(
    server: SocketAddr,
    question: Question,
    edns: bool,
    limits: Limits,
) -> Result<Box<Message>, Trouble> {
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
            return result.and_then(usable);
        }
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

async fn over_tcp(server: SocketAddr, question: Question) -> Result<Box<Message>, Trouble> {
    let (id, bytes) = question.to_wire(true).ok_or(Trouble::Unreadable)?;
    let mut stream = TcpStream::connect(server).await.map_err(trouble)?;
    let length = u16::try_from(bytes.len()).map_err(|_| Trouble::Unreadable)?;
    stream.write_all(&[&length.to_be_bytes()[..], &bytes].concat()).await.map_err(trouble)?;
    let length = stream.read_u16().await.map_err(trouble)?;
    let mut answer = vec![0; usize::from(length)];
    stream.read_exact(&mut answer).await.map_err(trouble)?;
    match question.read(id, &answer) {
        Datagram::Reply(message) => usable(message),
        Datagram::Unreadable | Datagram::Foreign => Err(Trouble::Unreadable),
    }
}

fn usable(message: Box<Message>) -> Result<Box<Message>, Trouble> {
    if message.metadata.truncation {
        return Err(Trouble::Unreadable);
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
        _ => Trouble::Connection,
    }
}
