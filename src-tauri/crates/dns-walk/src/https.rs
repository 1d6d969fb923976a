//! Questions over HTTPS (RFC 8484).

use crate::wire::{Datagram, Question};
use domain_check::{Outcome, PublicResolver};
use hickory_resolver::proto::op::Message;
use reqwest::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};
use std::error::Error;
use std::net::SocketAddr;
use std::time::Duration;

/// The media type of a DNS message (RFC 8484, 6).
const DNS_MESSAGE: &str = "application/dns-message";

/// Longer than a DNS message can be.
const MAX_ANSWER: u64 = 65_535;

/// Why no answer came over HTTPS.
#[derive(Debug)]
pub(crate) enum NoAnswer {
    /// No connection, or not in time: another way may be open.
    Connection,
    /// It tells something about the network or the resolver.
    Telling(Box<Outcome>),
}

fn telling(outcome: Outcome) -> NoAnswer {
    NoAnswer::Telling(Box::new(outcome))
}

/// A client that reaches the resolvers at the addresses in the list, so that their names need not be looked up.
pub(crate) fn client(resolvers: &[PublicResolver], patience: Duration) -> Option<Client> {
    let known = resolvers.iter().filter_map(|resolver| {
        let url = Url::parse(resolver.url.as_deref()?).ok()?;
        Some((url.host_str()?.to_owned(), SocketAddr::new(resolver.address, 0)))
    });
    let builder = Client::builder().redirect(Policy::none()).timeout(patience).https_only(true);
    known.fold(builder, |builder, (host, address)| builder.resolve(&host, address)).build().ok()
}

/// Asks over HTTPS.
pub(crate) async fn ask(client: &Client, url: &str, question: &Question) -> Result<Box<Message>, NoAnswer> {
    let (id, bytes) = question.to_wire(true).ok_or(NoAnswer::Connection)?;
    let request = client.post(url).header(CONTENT_TYPE, DNS_MESSAGE).header(ACCEPT, DNS_MESSAGE).body(bytes);
    let answer = request.send().await.map_err(|error| connection(&error))?;
    let answer = expected(answer)?;
    if answer.content_length().is_some_and(|length| length > MAX_ANSWER) {
        return Err(telling(Outcome::Unreadable));
    }
    let bytes = answer.bytes().await.map_err(|error| connection(&error))?;
    match question.read(id, &bytes) {
        Datagram::Reply(message) => Ok(message),
        Datagram::Unreadable | Datagram::Foreign => Err(telling(Outcome::Unreadable)),
    }
}

/// Only a DNS message is an answer; a sign-in page has another media type, or sends elsewhere.
fn expected(answer: Response) -> Result<Response, NoAnswer> {
    let header = |name| {
        answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    };
    let status = answer.status();
    if status == StatusCode::TOO_MANY_REQUESTS {
        return Err(telling(Outcome::Limited));
    }
    if status.is_redirection() {
        return Err(telling(Outcome::Diverted(format!("{status} {}", header(LOCATION)))));
    }
    if status.is_success() && !header(CONTENT_TYPE).starts_with(DNS_MESSAGE) {
        return Err(telling(Outcome::Diverted(format!("{status} {}", header(CONTENT_TYPE)))));
    }
    if !status.is_success() {
        return Err(NoAnswer::Connection);
    }
    Ok(answer)
}

fn connection(error: &reqwest::Error) -> NoAnswer {
    certificate_fault(error).map_or(NoAnswer::Connection, |text| telling(Outcome::Untrusted(text)))
}

/// What is wrong with the certificate that was shown, when that is why there is no connection.
pub(crate) fn certificate_fault(error: &reqwest::Error) -> Option<String> {
    let causes = std::iter::successors(error.source(), |cause| (*cause).source());
    causes.map(ToString::to_string).find(|text| text.contains("certificate"))
}
