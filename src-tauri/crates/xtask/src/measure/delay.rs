//! A long way to a name server: passes on questions at once and hands back each answer so much later. A general DNS proxy
//! takes several times the processor time of the question it delays, and then the lab is what is measured.

use super::Trouble;
use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::net::UdpSocket;
use tokio::time::{Instant, sleep_until};

/// The port of both sides.
const DNS: u16 = 53;
/// What a datagram has room for.
const LONGEST: usize = 65_535;

/// Delays the answers of each server by so many milliseconds at the address beside it, until it is ended.
///
/// # Errors
/// When an address cannot be listened at.
pub(crate) fn run(milliseconds: u64, ways: &[(IpAddr, IpAddr)]) -> Result<(), Trouble> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut all = tokio::task::JoinSet::new();
        for (near, far) in ways {
            let way = Way::open(*near, *far, Duration::from_millis(milliseconds)).await?;
            all.spawn(way.keep_open());
        }
        while let Some(ended) = all.join_next().await {
            ended??;
        }
        Ok(())
    })
}

/// `NEAR=FAR`: where questions come in, and the server they are for.
pub(crate) fn parse_way(text: &str) -> Result<(IpAddr, IpAddr), String> {
    let (near, far) = text.split_once('=').ok_or("not of the form NEAR=FAR")?;
    let address = |text: &str| text.parse().map_err(|_| format!("{text} is no address"));
    Ok((address(near)?, address(far)?))
}

/// Who asked, and by which identifier.
#[derive(Clone, Copy)]
struct Asker {
    address: SocketAddr,
    id: [u8; 2],
}

/// An answer on its way back.
struct Answer {
    due: Instant,
    to: SocketAddr,
    bytes: Vec<u8>,
}

struct Way {
    near: UdpSocket,
    server: UdpSocket,
    delay: Duration,
    /// By the identifier that the server was asked with; they are given out in turn.
    asked: Vec<Option<Asker>>,
    next: u16,
    /// The oldest first.
    waiting: VecDeque<Answer>,
    buffer: Vec<u8>,
}

impl Way {
    async fn open(near: IpAddr, far: IpAddr, delay: Duration) -> std::io::Result<Self> {
        let server = UdpSocket::bind((near, 0)).await?;
        server.connect((far, DNS)).await?;
        Ok(Self {
            near: UdpSocket::bind((near, DNS)).await?,
            server,
            delay,
            asked: vec![None; usize::from(u16::MAX) + 1],
            next: 0,
            waiting: VecDeque::new(),
            buffer: vec![0; LONGEST],
        })
    }

    async fn keep_open(mut self) -> std::io::Result<()> {
        loop {
            let due = self.waiting.front().map_or_else(Instant::now, |answer| answer.due);
            tokio::select! {
                // Questions come in bursts, and what does not fit into the socket's buffer is lost.
                biased;
                ready = self.near.readable() => {
                    ready?;
                    self.take_questions().await;
                }
                ready = self.server.readable() => {
                    ready?;
                    self.take_answers();
                }
                () = sleep_until(due), if !self.waiting.is_empty() => self.hand_back().await,
            }
        }
    }

    async fn take_questions(&mut self) {
        while let Ok((length, address)) = self.near.try_recv_from(&mut self.buffer) {
            let Some(question) = self.buffer.get_mut(..length) else { continue };
            let Some(id) = question.first_chunk_mut::<2>() else { continue };
            if let Some(asked) = self.asked.get_mut(usize::from(self.next)) {
                *asked = Some(Asker { address, id: *id });
            }
            *id = self.next.to_be_bytes();
            self.next = self.next.wrapping_add(1);
            // What cannot be passed on is lost, as on any way.
            self.server.send(question).await.ok();
        }
    }

    fn take_answers(&mut self) {
        let due = Instant::now() + self.delay;
        while let Ok(length) = self.server.try_recv(&mut self.buffer) {
            let Some(answer) = self.buffer.get_mut(..length) else { continue };
            let Some(id) = answer.first_chunk_mut::<2>() else { continue };
            let asked = self.asked.get_mut(usize::from(u16::from_be_bytes(*id)));
            let Some(asker) = asked.and_then(Option::take) else { continue };
            *id = asker.id;
            self.waiting.push_back(Answer { due, to: asker.address, bytes: answer.to_vec() });
        }
    }

    async fn hand_back(&mut self) {
        let now = Instant::now();
        while let Some(answer) = self.waiting.pop_front_if(|answer| answer.due <= now) {
            // Who gave up in between does not hear it.
            self.near.send_to(&answer.bytes, answer.to).await.ok();
        }
    }
}
