//! The proxies in front of the service, and whose address stands before theirs.

use axum::http::HeaderMap;
use ipnet::IpNet;
use serde::Deserialize;
use std::fmt::{self, Display};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

/// The networks of the proxies whose `X-Forwarded-For` is believed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "OneTextOrMany")]
pub struct TrustedProxies(Vec<IpNet>);

/// The text names no network, or one with every address in it, whose word would be anybody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("trusted_proxies are networks and addresses, as 10.0.0.0/8 and 192.0.2.1, and not everybody")]
pub struct NotProxies;

/// The value of a file may be a list; that of a variable or an argument has commas.
#[derive(Deserialize)]
#[serde(untagged, expecting = "trusted_proxies are networks and addresses, as 10.0.0.0/8 and 192.0.2.1")]
enum OneTextOrMany {
    One(String),
    Many(Vec<String>),
}

/// Proxies on this computer.
impl Default for TrustedProxies {
    fn default() -> Self {
        let loopback = IpNet::new_assert(Ipv4Addr::LOCALHOST.into(), 8).trunc();
        Self(vec![loopback, IpAddr::V6(Ipv6Addr::LOCALHOST).into()])
    }
}

impl TrustedProxies {
    /// Who asked: the other end of the connection, or if that is a proxy, the last address in `X-Forwarded-For` that is
    /// none. What stands before that is anybody's word. A proxy that names nobody counts itself.
    pub(crate) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        for line in headers.get_all("x-forwarded-for").into_iter().rev() {
            for named in line.as_bytes().rsplit(|byte| *byte == b',') {
                if !self.has(client) {
                    return client;
                }
                let Some(named) = address(named) else { return client };
                client = named;
            }
        }
        client
    }

    fn has(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// An address as proxies write it: alone, in brackets, or with a port.
fn address(text: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().or_else(|_| text.parse().map(|address: SocketAddr| address.ip()));
    address.ok().map(|address| address.to_canonical())
}

fn network(text: &str) -> Result<IpNet, NotProxies> {
    let text = text.trim();
    let network = text.parse().or_else(|_| text.parse().map(|address: IpAddr| address.into()));
    let network: IpNet = network.map_err(|_| NotProxies)?;
    if network.prefix_len() == 0 { Err(NotProxies) } else { Ok(network.trunc()) }
}

impl FromStr for TrustedProxies {
    type Err = NotProxies;

    fn from_str(text: &str) -> Result<Self, NotProxies> {
        text.split(',').map(network).collect::<Result<_, _>>().map(Self)
    }
}

impl TryFrom<OneTextOrMany> for TrustedProxies {
    type Error = NotProxies;

    fn try_from(said: OneTextOrMany) -> Result<Self, NotProxies> {
        match said {
            OneTextOrMany::One(text) => text.parse(),
            OneTextOrMany::Many(texts) if texts.is_empty() => Err(NotProxies),
            OneTextOrMany::Many(texts) => {
                texts.iter().map(|text| network(text)).collect::<Result<_, _>>().map(Self)
            }
        }
    }
}

impl Display for TrustedProxies {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let networks: Vec<String> = self.0.iter().map(IpNet::to_string).collect();
        formatter.write_str(&networks.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn client(proxies: &TrustedProxies, peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", HeaderValue::try_from(*line).unwrap());
        }
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_a_proxy_on_this_computer_is_believed_unless_others_are_named() {
        let default = TrustedProxies::default();
        assert_eq!(client(&default, "127.0.0.1", &["198.51.100.7, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(client(&default, "::ffff:127.0.0.2", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(client(&default, "192.0.2.1", &["203.0.113.9"]), "192.0.2.1");
        assert_eq!(client(&default, "::1", &[]), "::1");
        let named: TrustedProxies = "192.0.2.0/24".parse().unwrap();
        assert_eq!(client(&named, "192.0.2.1", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(client(&named, "127.0.0.1", &["203.0.113.9"]), "127.0.0.1");
    }

    #[test]
    fn the_last_address_that_is_no_proxy_is_the_client() {
        let proxies: TrustedProxies = "10.0.0.0/8, 2001:db8:1::/48".parse().unwrap();
        let seen = |forwarded: &[&str]| client(&proxies, "10.0.0.1", forwarded);
        assert_eq!(seen(&["198.51.100.7, 203.0.113.9, 10.9.9.9", "2001:db8:1::5"]), "203.0.113.9");
        assert_eq!(seen(&["198.51.100.7", "203.0.113.9,10.0.0.3"]), "203.0.113.9");
        assert_eq!(seen(&["203.0.113.9:4711"]), "203.0.113.9");
        assert_eq!(seen(&["[2001:db8:2::1]:4711, [2001:db8:1::5]"]), "2001:db8:2::1");
        // Whoever is inside asks by themselves, or through a proxy that names nobody.
        assert_eq!(seen(&["10.0.0.7, 10.0.0.3"]), "10.0.0.7");
        assert_eq!(seen(&["203.0.113.9, unknown"]), "10.0.0.1");
        assert_eq!(seen(&["203.0.113.9, , 10.0.0.3"]), "10.0.0.3");
        assert_eq!(seen(&[]), "10.0.0.1");
    }

    #[test]
    fn everybody_and_nobody_are_no_proxies() {
        for bad in ["", "0.0.0.0/0", "::/0", "10.0.0.0/8,", "10.0.0.0/33", "proxy.contoso.test"] {
            assert_eq!(bad.parse::<TrustedProxies>(), Err(NotProxies), "{bad}");
        }
        let own: TrustedProxies = "10.1.2.3/8,192.0.2.1".parse().unwrap();
        assert_eq!(own.to_string(), "10.0.0.0/8, 192.0.2.1/32");
    }
}
