use super::*;
use crate::wire;
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::rdata::TXT;
use hickory_resolver::proto::rr::{RData, Record, RecordType};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, UdpSocket};

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
    let reply = ask(server(empty_record, Some(empty_record)).await, &question(), &limits(), &turns()).await;
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
