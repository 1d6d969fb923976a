use crate::metadata::{Binding, Endpoint, LogoutEndpoint};
use url::{Host, Url};

/// Longer addresses, in bytes, are refused; browsers and servers do so, too.
pub(crate) const LONGEST_LOCATION: usize = 8000;

/// What an address is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Address {
    /// An absolute https URL.
    Https,
    /// An absolute http URL of this computer: for trying things out.
    HttpLoopback,
    /// An absolute http URL of another computer.
    Http,
    /// Not an absolute web address.
    Invalid,
}

impl Address {
    pub(crate) fn of(text: &str) -> Self {
        // The URL parser takes tabs and line ends away silently, and user information only serves to deceive.
        if text.len() > LONGEST_LOCATION || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Self::Invalid;
        }
        let Ok(url) = Url::parse(text) else { return Self::Invalid };
        if !url.username().is_empty() || url.password().is_some() {
            return Self::Invalid;
        }
        match (url.scheme(), url.host()) {
            ("https", Some(_)) => Self::Https,
            ("http", Some(host)) if is_loopback(&host) => Self::HttpLoopback,
            ("http", Some(_)) => Self::Http,
            _ => Self::Invalid,
        }
    }

    pub(crate) const fn is_usable(self) -> bool {
        matches!(self, Self::Https | Self::HttpLoopback)
    }
}

/// Whether a browser may be sent to an address: a complete https URL, or http of this computer.
pub fn is_usable_address(text: &str) -> bool {
    Address::of(text).is_usable()
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// The binding when it is one a sign-in request can be sent by.
pub(crate) fn request_binding(endpoint: &Endpoint) -> Option<Binding> {
    [Binding::HttpRedirect, Binding::HttpPost].into_iter().find(|binding| binding.uri() == endpoint.binding)
}

/// The endpoint to send messages about signing out to: HTTP-Redirect before HTTP-POST, and only usable addresses.
pub(crate) fn preferred_logout(endpoints: &[LogoutEndpoint]) -> Option<&LogoutEndpoint> {
    let is_usable = |text: &str| Address::of(text).is_usable();
    let usable = |one: &&LogoutEndpoint| {
        is_usable(&one.location) && one.response_location.as_deref().is_none_or(is_usable)
    };
    let by = |binding| endpoints.iter().filter(usable).find(|one| one.binding == binding);
    by(Binding::HttpRedirect).or_else(|| by(Binding::HttpPost))
}

/// The endpoint to send sign-in requests to: HTTP-Redirect before HTTP-POST, and only a usable address.
pub(crate) fn preferred(endpoints: &[Endpoint]) -> Option<(Binding, &Endpoint)> {
    [Binding::HttpRedirect, Binding::HttpPost].into_iter().find_map(|binding| {
        let usable = |one: &&Endpoint| one.binding == binding.uri() && Address::of(&one.location).is_usable();
        endpoints.iter().find(usable).map(|endpoint| (binding, endpoint))
    })
}
