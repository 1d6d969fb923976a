//! The ways to ask a server: over UDP, with and without EDNS, and over TCP.

use super::troubles::{Attempt, Trouble, Usable};
use super::{Turns, Way};
use crate::config::Limits;
use crate::pace::Turn;
use crate::wire::{Datagram, Question};
use hickory_resolver::proto::op::{Message, ResponseCode};
use std::cell::RefCell;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;

thread_local! {
    /// Where a datagram is read into; the longest one has room.
    static ROOM: RefCell<Vec<u8>> = RefCell::new(vec![0; usize::from(u16::MAX)]);
}

/// Over UDP, again and again until something comes. The turn is the one that the first datagram takes.
pub(super) async fn over_udp(
    server: SocketAddr,
    question: &Question,
    edns: bool,
    limits: &Limits,
    turns: &Turns,
    mut turn: Turn,
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
        drop(turn);
        turn = turns.next(server.ip()).await;
    }
}

async fn reply_on(
    socket: &UdpSocket,
    question: &Question,
    id: u16,
) -> Result<(Box<Message>, usize), Trouble> {
    loop {
        socket.readable().await.map_err(trouble)?;
        // Thousands that wait need no room each, and a new one for every answer costs more than reading it.
        let (length, datagram) = match ROOM.with_borrow_mut(|room| received(socket, question, id, room)) {
            Ok(received) => received,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
            Err(error) => return Err(trouble(error)),
        };
        match datagram {
            Datagram::Reply(message) => return Ok((message, length)),
            Datagram::Unreadable => return Err(Trouble::Unreadable),
            Datagram::Foreign => {}
        }
    }
}

/// The next datagram and its length, if there is one.
fn received(
    socket: &UdpSocket,
    question: &Question,
    id: u16,
    room: &mut [u8],
) -> io::Result<(usize, Datagram)> {
    let length = socket.try_recv(room)?;
    Ok((length, question.read(id, room.get(..length).unwrap_or_default())))
}

/// Over TCP, once.
pub(super) async fn over_tcp(server: SocketAddr, question: &Question) -> Attempt {
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

/// Whether the answer can be used, or why not.
pub(super) fn usable(message: Box<Message>, way: Way, length: usize) -> Attempt {
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
