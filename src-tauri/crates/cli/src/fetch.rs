//! The bytes behind an https address.

use crate::failure::Failure;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, Response, Url};
use std::collections::HashSet;
use std::fmt::{self, Display, Formatter};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use url::Host;

/// A connection that is not made by then is given up.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);

/// A server that sends nothing for this long is given up.
const SILENCE_LIMIT: Duration = Duration::from_secs(20);

/// The whole of it takes no longer.
const WHOLE_LIMIT: Duration = Duration::from_secs(120);

/// So many redirects are followed.
const MAX_REDIRECTS: usize = 5;

/// Whether what was typed is meant as an address rather than a file name.
pub(crate) fn is_address(source: &str) -> bool {
    source.contains("://")
}

/// What came from an address.
pub(crate) struct Fetched {
    /// The bytes; at most one more than the limit.
    pub(crate) bytes: Vec<u8>,
    /// The addresses it was redirected to, in order.
    pub(crate) redirects: Vec<String>,
}

/// Fetches an https address; at most one byte more than `limit`. Redirects are followed to https only, and unless
/// `allow_private` is said, nothing is asked of an address inside a private network: each name is looked up once, and
/// the connection goes to what was looked at. Where the system has a proxy, the proxy looks names up.
pub(crate) async fn fetch(source: &str, limit: usize, allow_private: bool) -> Result<Fetched, Failure> {
    let url = https(source)?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let way = Way { allow_private, ..Way::default() };
    let failed = |error: reqwest::Error| failure(&error).with("host", &host);
    if let Err(private) = way.visit(&url) {
        return Err(refused(&private).with("host", &host));
    }
    let response = client(&way).map_err(failed)?.get(url).send().await.map_err(failed)?;
    if !response.status().is_success() {
        return Err(Failure::environment("address-status")
            .with("host", &host)
            .with("status", response.status()));
    }
    let bytes = body(response, limit).await.map_err(failed)?;
    Ok(Fetched { bytes, redirects: way.redirects() })
}

fn https(source: &str) -> Result<Url, Failure> {
    let invalid = || Failure::unusable("address-invalid").with("source", source);
    let url = Url::parse(source).map_err(|_| invalid())?;
    match (url.scheme(), url.has_host()) {
        ("https", true) => Ok(url),
        ("https", false) => Err(invalid()),
        _ => Err(Failure::unusable("address-not-https").with("source", source)),
    }
}

fn client(way: &Way) -> reqwest::Result<Client> {
    let on_the_way = way.clone();
    Client::builder()
        .user_agent(concat!("signpost/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_LIMIT)
        .read_timeout(SILENCE_LIMIT)
        .timeout(WHOLE_LIMIT)
        .dns_resolver(Arc::new(way.clone()))
        .redirect(Policy::custom(move |attempt| follow(attempt, &on_the_way)))
        .build()
}

fn follow(attempt: Attempt<'_>, way: &Way) -> reqwest::redirect::Action {
    if attempt.url().scheme() != "https" {
        return attempt.error("redirected to an address that is not https");
    }
    if attempt.previous().len() > MAX_REDIRECTS {
        return attempt.error("redirected too often");
    }
    match way.visit(attempt.url()) {
        Ok(()) => {
            way.note(attempt.url());
            attempt.follow()
        }
        Err(private) => attempt.error(private),
    }
}

/// Where the fetching went, and where it may go.
#[derive(Clone, Default)]
struct Way {
    allow_private: bool,
    /// The hosts that are asked; other names that are looked up are those of proxies.
    hosts: Arc<Mutex<HashSet<String>>>,
    redirects: Arc<Mutex<Vec<String>>>,
}

impl Way {
    /// Takes a host as one that may be asked, unless the URL has a private address in it.
    fn visit(&self, url: &Url) -> Result<(), PrivateAddress> {
        let address = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            _ => None,
        };
        if let Some(address) = address.filter(|address| !self.may_ask(*address)) {
            return Err(PrivateAddress(address));
        }
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        hosts.extend(url.host_str().map(str::to_ascii_lowercase));
        Ok(())
    }

    fn note(&self, url: &Url) {
        self.redirects.lock().unwrap_or_else(PoisonError::into_inner).push(url.to_string());
    }

    fn redirects(&self) -> Vec<String> {
        self.redirects.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn may_ask(&self, address: IpAddr) -> bool {
        self.allow_private || is_public(address)
    }

    fn is_asked(&self, host: &str) -> bool {
        let hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        hosts.contains(&host.to_ascii_lowercase())
    }
}

impl Resolve for Way {
    fn resolve(&self, name: Name) -> Resolving {
        let way = self.clone();
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if way.is_asked(name.as_str())
                && let Some(private) = found.iter().map(SocketAddr::ip).find(|one| !way.may_ask(*one))
            {
                return Err(PrivateAddress(private).into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// An address inside a private network.
#[derive(Debug, Clone, Copy)]
struct PrivateAddress(IpAddr);

impl Display for PrivateAddress {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} is inside a private network", self.0)
    }
}

impl std::error::Error for PrivateAddress {}

/// Whether an address is one of the whole internet (RFC 6890 names those that are not).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || matches!((a, b, c), (0 | 224.., _, _) | (100, 64..=127, _) | (192, 0, 0) | (198, 18 | 19, _));
    !is_special
}

/// Addresses that carry one of IPv4 in them are judged by that: mapped ones, and those of NAT64 and 6to4.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => v4(high, low),
        [0x2002, high, low, ..] => v4(high, low),
        [0x2001, 0xdb8, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

async fn body(mut response: Response, limit: usize) -> reqwest::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await? {
        let room = limit.saturating_add(1) - bytes.len();
        bytes.extend_from_slice(&piece[..piece.len().min(room)]);
        if bytes.len() > limit {
            break;
        }
    }
    Ok(bytes)
}

fn failure(error: &reqwest::Error) -> Failure {
    if let Some(private) = private_address(error) {
        return refused(private);
    }
    let code = match error {
        error if error.is_redirect() => "address-redirects",
        error if error.is_timeout() => "address-timeout",
        error if error.is_body() || error.is_decode() => "address-interrupted",
        _ => "address-unreachable",
    };
    Failure::environment(code).with("reason", root_cause(error))
}

fn refused(private: &PrivateAddress) -> Failure {
    Failure::unusable("address-private").with("address", private.0)
}

fn private_address<'e>(error: &'e (dyn std::error::Error + 'static)) -> Option<&'e PrivateAddress> {
    std::iter::successors(Some(error), |cause| cause.source()).find_map(|cause| cause.downcast_ref())
}

/// The innermost error says what really happened; the outer ones repeat the address.
fn root_cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_with_a_host_is_fetched() {
        let code = |source| https(source).map(drop).map_err(|failure| failure.finding.code.into_owned());
        assert_eq!(code("https://idp.example/metadata"), Ok(()));
        assert_eq!(code("http://idp.example/metadata"), Err("address-not-https".to_owned()));
        assert_eq!(code("file:///etc/passwd"), Err("address-not-https".to_owned()));
        assert_eq!(code("https://"), Err("address-invalid".to_owned()));
        assert_eq!(code("://"), Err("address-invalid".to_owned()));
    }
    #[test]
    fn private_networks_are_known_in_all_their_spellings() {
        for private in [
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "127.0.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in
            ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
        {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }
}
