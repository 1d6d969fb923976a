use dns_walk::is_public;
use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::collections::HashSet;
use std::fmt::{self, Display, Formatter};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use url::Host;

/// Where the fetching went, and where it may go.
#[derive(Clone, Default)]
pub(crate) struct Way {
    allow_private: bool,
    /// The hosts that are asked; other names that are looked up are those of proxies.
    hosts: Arc<Mutex<HashSet<String>>>,
    redirects: Arc<Mutex<Vec<String>>>,
}

impl Way {
    pub(crate) fn new(allow_private: bool) -> Self {
        Self { allow_private, ..Self::default() }
    }

    /// Takes a host as one that may be asked, unless the URL has a private address in it.
    pub(crate) fn visit(&self, url: &Url) -> Result<(), PrivateAddress> {
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

    pub(crate) fn note(&self, url: &Url) {
        self.redirects.lock().unwrap_or_else(PoisonError::into_inner).push(url.to_string());
    }

    pub(crate) fn redirects(&self) -> Vec<String> {
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
pub(crate) struct PrivateAddress(pub(crate) IpAddr);

impl Display for PrivateAddress {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} is inside a private network", self.0)
    }
}

impl std::error::Error for PrivateAddress {}
