//! Cookies: one that ties an answer to the browser that was sent, one for a browser that is signed in.

use crate::tokens::{self, NoRandomness};
use axum::http::{HeaderMap, HeaderValue, header};
use vocabulary::Secret;

/// So long a browser may take at the identity provider, in seconds.
const BROWSER_AGE: u32 = 600;

/// The cookies of a service that is reached under one URL.
///
/// The answer is posted from another site, so that the cookie has to be `SameSite=None`, which browsers take only with
/// `Secure`. Over plain HTTP, on this computer, some keep such a cookie (localhost counts as secure to them) and others
/// only one without both words: there the value is set under two names, and either will do.
pub(crate) struct Cookies {
    is_https: bool,
}

/// What a browser brought along.
pub(crate) struct Browser {
    /// The secret that ties it to its requests.
    pub(crate) secret: Option<Secret>,
    /// The secret of its session.
    pub(crate) session: Option<Secret>,
}

impl Cookies {
    pub(crate) fn of(public_url: &str) -> Self {
        Self { is_https: public_url.starts_with("https://") }
    }

    fn browser_names(&self) -> &'static [&'static str] {
        if self.is_https {
            &["__Host-signpost-browser"]
        } else {
            &["signpost-browser", "signpost-browser-plain"]
        }
    }

    fn session_name(&self) -> &'static str {
        if self.is_https { "__Host-signpost-session" } else { "signpost-session" }
    }

    pub(crate) fn read(&self, headers: &HeaderMap) -> Browser {
        Browser {
            secret: self.browser_names().iter().find_map(|name| value(headers, name)),
            session: value(headers, self.session_name()),
        }
    }

    /// The secret that the browser has, or a new one, and the cookies to set. An older tab of the same browser keeps
    /// its request.
    pub(crate) fn bind(&self, browser: Browser) -> Result<(Secret, Vec<HeaderValue>), NoRandomness> {
        let secret = browser.secret.map_or_else(tokens::bearer_token, Ok)?;
        let cookies = self.browser_names().iter().map(|name| {
            let cross_site = if name.ends_with("-plain") { "" } else { "; SameSite=None; Secure" };
            let value = secret.expose();
            format!("{name}={value}; Path=/; HttpOnly; Max-Age={BROWSER_AGE}{cross_site}")
        });
        let cookies = cookies.filter_map(|text| HeaderValue::try_from(text).ok()).collect();
        Ok((secret, cookies))
    }

    /// The cookie of a session.
    pub(crate) fn session(&self, secret: &Secret, seconds: i64) -> Option<HeaderValue> {
        self.session_cookie(secret.expose(), seconds)
    }

    /// Takes the session's cookie away.
    pub(crate) fn no_session(&self) -> Option<HeaderValue> {
        self.session_cookie("", 0)
    }

    fn session_cookie(&self, value: &str, seconds: i64) -> Option<HeaderValue> {
        let secure = if self.is_https { "; Secure" } else { "" };
        let name = self.session_name();
        let text = format!("{name}={value}; Path=/; HttpOnly; Max-Age={seconds}; SameSite=Lax{secure}");
        HeaderValue::try_from(text).ok()
    }
}

/// The value of a cookie, when the service made it.
pub(crate) fn value(headers: &HeaderMap, name: &str) -> Option<Secret> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut values = pairs.filter(|(key, value)| *key == name && is_ours(value));
    values.next().map(|(_, value)| Secret::new(value.to_owned()))
}

/// Whether the service made the value: base64url of 256 bits.
fn is_ours(value: &str) -> bool {
    value.len() == 43 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brought(text: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(text).unwrap())])
    }

    #[test]
    fn over_https_there_is_one_cookie_that_comes_back_across_sites() {
        let cookies = Cookies::of("https://id.example");
        let (secret, set) = cookies.bind(cookies.read(&HeaderMap::new())).unwrap();
        let value = secret.expose();
        let expected =
            format!("__Host-signpost-browser={value}; Path=/; HttpOnly; Max-Age=600; SameSite=None; Secure");
        assert_eq!(set, [expected]);
        let back = cookies.read(&brought(&format!("a=b; __Host-signpost-browser={value}")));
        assert_eq!(back.secret.unwrap().expose(), value);
    }

    #[test]
    fn on_this_computer_either_of_two_cookies_will_do() {
        let cookies = Cookies::of("http://localhost:4000");
        let (secret, set) = cookies.bind(cookies.read(&HeaderMap::new())).unwrap();
        assert_eq!(set.len(), 2);
        assert!(!set[1].to_str().unwrap().contains("Secure"));
        for name in ["signpost-browser", "signpost-browser-plain"] {
            let back = cookies.read(&brought(&format!("{name}={}", secret.expose())));
            assert_eq!(back.secret.unwrap().expose(), secret.expose());
        }
    }

    #[test]
    fn what_the_service_did_not_make_is_no_cookie() {
        let cookies = Cookies::of("http://localhost:4000");
        for value in ["", "short", &"x".repeat(44), &format!("{};", "x".repeat(42))] {
            assert!(cookies.read(&brought(&format!("signpost-browser={value}"))).secret.is_none(), "{value}");
        }
    }
}
