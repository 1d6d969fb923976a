//! The program that signs in: its redirect URIs, and what it may be let do.

use account_api::{OAUTH_REDIRECT_PATH, SCOPE_READ, SCOPE_WRITE};
use axum::http::Method;
use url::{Host, Url};

/// What an access token may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Reading settings.
    Read,
    /// Changing them, and reading them.
    Write,
}

impl Scope {
    /// Reads a list of scopes (RFC 6749, section 3.3). `None` when one is unknown, or there is none.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut scope = None;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            scope = match (word, scope) {
                (SCOPE_WRITE, _) | (SCOPE_READ, Some(Self::Write)) => Some(Self::Write),
                (SCOPE_READ, _) => Some(Self::Read),
                _ => return None,
            };
        }
        scope
    }

    /// The list as it is written in answers.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Read => SCOPE_READ,
            Self::Write => SCOPE_WRITE,
        }
    }

    /// Whether a request with that method may be made.
    pub(crate) fn allows(self, method: &Method) -> bool {
        self == Self::Write || matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
    }

    /// Whether nothing of it goes beyond the other.
    pub(crate) fn is_within(self, other: Self) -> bool {
        other == Self::Write || self == Self::Read
    }
}

/// Whether the program listens there: plain HTTP at a loopback address, written as a number, at any port (RFC 8252,
/// sections 7.3 and 8.3). Nothing else is compared loosely.
pub(crate) fn is_redirect_uri(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let host = match url.host() {
        Some(Host::Ipv4(address)) if address.octets() == [127, 0, 0, 1] => "127.0.0.1",
        Some(Host::Ipv6(address)) if address.is_loopback() => "[::1]",
        _ => return false,
    };
    // Held against what it would be if it were written plainly: no user, query, fragment, dot segment or escape.
    let Some(port) = url.port() else { return false };
    text == format!("http://{host}:{port}{OAUTH_REDIRECT_PATH}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_listens_at_any_port_of_this_computer_and_nowhere_else() {
        for good in ["http://127.0.0.1:49152/signed-in", "http://[::1]:1/signed-in"] {
            assert!(is_redirect_uri(good), "{good}");
        }
        for bad in [
            "",
            "http://localhost:49152/signed-in",
            "https://127.0.0.1:49152/signed-in",
            "http://127.0.0.1/signed-in",
            "http://127.0.0.1:49152/",
            "http://127.0.0.1:49152/signed-in/",
            "http://127.0.0.1:49152/signed-in?next=1",
            "http://127.0.0.1:49152/signed-in#a",
            "http://127.0.0.1:49152/x/../signed-in",
            "http://127.0.0.1:49152/%73igned-in",
            "http://user@127.0.0.1:49152/signed-in",
            "http://127.0.0.1:49152@evil.test/signed-in",
            "http://127.0.0.1.evil.test:49152/signed-in",
            "http://2130706433:49152/signed-in",
            "http://127.0.0.2:49152/signed-in",
            "http://[::ffff:127.0.0.1]:49152/signed-in",
            "http://[::2]:49152/signed-in",
            "//127.0.0.1:49152/signed-in",
            "signpost:/signed-in",
        ] {
            assert!(!is_redirect_uri(bad), "{bad}");
        }
    }

    #[test]
    fn a_scope_allows_what_it_says() {
        assert_eq!(Scope::read("settings:read"), Some(Scope::Read));
        assert_eq!(Scope::read("settings:write settings:read"), Some(Scope::Write));
        assert_eq!(Scope::read("settings:read settings:write"), Some(Scope::Write));
        for bad in ["", " ", "settings", "settings:read openid"] {
            assert_eq!(Scope::read(bad), None, "{bad}");
        }
        assert!(Scope::Read.allows(&Method::GET) && !Scope::Read.allows(&Method::POST));
        assert!(Scope::Write.allows(&Method::DELETE));
        assert!(Scope::Read.is_within(Scope::Write) && !Scope::Write.is_within(Scope::Read));
    }

    proptest::proptest! {
        #[test]
        fn no_address_is_too_odd(text: String) {
            let _ = (is_redirect_uri(&text), Scope::read(&text));
        }
    }
}
