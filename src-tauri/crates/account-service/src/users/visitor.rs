//! The browser at the other end: its cookies, its address, and whether a form that it posts is one that it was shown.

use crate::Service;
use crate::error::Error;
use crate::sign_in::cookies;
use crate::store::users;
use crate::tls::TlsListener;
use crate::tokens::{self, NoRandomness};
use axum::body::Bytes;
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::serve::IncomingStream;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use tokio::net::TcpListener;
use url::form_urlencoded;
use vocabulary::Secret;

/// The other end of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(SocketAddr);

impl Connected<IncomingStream<'_, TcpListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TcpListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

impl Connected<IncomingStream<'_, TlsListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TlsListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// What a browser brought along.
pub(crate) struct Visitor {
    /// What tells this browser from others.
    pub(crate) secret: Option<Secret>,
    /// Its session.
    pub(crate) session: Option<Secret>,
    /// Where it is, as far as that can be known.
    pub(crate) address: IpAddr,
    is_https: bool,
}

/// The secret that the forms of a page carry, and the cookie it is held against.
pub(crate) struct FormSecret {
    /// The value of the hidden field `form`.
    pub(crate) value: String,
    /// The cookie, when the browser has none yet.
    pub(crate) cookie: Option<HeaderValue>,
}

/// The fields of a posted form.
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(crate) fn read(body: &[u8]) -> Self {
        Self(form_urlencoded::parse(body).into_owned().collect())
    }

    /// The value of a field, empty when there is none.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The value of a field that is not shown again.
    pub(crate) fn secret(&self, name: &str) -> Secret {
        Secret::new(self.value(name).to_owned())
    }
}

/// A form that was posted from a page which this browser was shown by the service. Anything else is refused before it is
/// looked at.
pub(crate) struct Shown {
    pub(crate) visitor: Visitor,
    pub(crate) posted: Fields,
}

impl FromRequest<Service> for Shown {
    type Rejection = Response;

    async fn from_request(request: Request, service: &Service) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(visitor) = Visitor::from_request_parts(&mut parts, service).await;
        let bytes = Bytes::from_request(Request::from_parts(parts, body), service).await;
        let posted = Fields::read(&bytes.map_err(IntoResponse::into_response)?);
        if visitor.was_shown(&posted) { Ok(Self { visitor, posted }) } else { Err(super::not_shown(service)) }
    }
}

impl Visitor {
    /// What the forms of a page have to carry.
    pub(crate) fn form_secret(&self) -> Result<FormSecret, NoRandomness> {
        if let Some(secret) = &self.secret {
            return Ok(FormSecret { value: form_value(secret), cookie: None });
        }
        let secret = tokens::bearer_token()?;
        let cookie = self.browser_cookie(&secret);
        Ok(FormSecret { value: form_value(&secret), cookie })
    }

    /// Whether the form was shown to this browser by the service: no other site knows the value. The digests are
    /// compared, whose order says nothing about the value.
    fn was_shown(&self, fields: &Fields) -> bool {
        let expected = self.secret.as_ref().map(form_value);
        expected.is_some_and(|expected| tokens::digest(&expected) == tokens::digest(fields.value("form")))
    }

    /// The digest of the browser's secret.
    pub(crate) fn digest(&self) -> Option<Vec<u8>> {
        self.secret.as_ref().map(|secret| tokens::digest(secret.expose()))
    }

    /// Who is signed in in this browser; nobody who is disabled.
    pub(crate) async fn user(&self, service: &Service) -> Result<Option<users::User>, Error> {
        let Some(session) = &self.session else { return Ok(None) };
        let inner = &service.inner;
        let digest = tokens::digest(session.expose());
        let Some(email) = users::session(&inner.pool, &digest, inner.now()).await? else { return Ok(None) };
        let mut connection = inner.pool.acquire().await?;
        Ok(users::find(&mut connection, &email).await?.filter(|user| !user.is_disabled))
    }

    pub(crate) fn browser_cookie(&self, secret: &Secret) -> Option<HeaderValue> {
        self.cookie("browser-id", secret.expose(), users::KNOWN)
    }

    pub(crate) fn session_cookie(&self, secret: &Secret, seconds: i64) -> Option<HeaderValue> {
        self.cookie("user", secret.expose(), seconds)
    }

    pub(crate) fn no_session(&self) -> Option<HeaderValue> {
        self.cookie("user", "", 0)
    }

    fn cookie(&self, name: &str, value: &str, seconds: i64) -> Option<HeaderValue> {
        let secure = if self.is_https { "; Secure" } else { "" };
        let name = cookie_name(self.is_https, name);
        HeaderValue::try_from(format!(
            "{name}={value}; Path=/; HttpOnly; Max-Age={seconds}; SameSite=Lax{secure}"
        ))
        .ok()
    }
}

/// With the prefix no other host of the domain can set the cookie (RFC 6265bis, section 4.1.3.2).
fn cookie_name(is_https: bool, name: &str) -> String {
    let prefix = if is_https { "__Host-" } else { "" };
    format!("{prefix}signpost-{name}")
}

fn form_value(secret: &Secret) -> String {
    URL_SAFE_NO_PAD.encode(tokens::digest(&format!("form {}", secret.expose())))
}

impl FromRequestParts<Service> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Infallible> {
        let is_https = service.public_url().starts_with("https://");
        let headers = &parts.headers;
        Ok(Self {
            secret: cookies::value(headers, &cookie_name(is_https, "browser-id")),
            session: cookies::value(headers, &cookie_name(is_https, "user")),
            address: client(service, &parts.extensions, headers),
            is_https,
        })
    }
}

/// The address of whoever asks, as far as that can be known.
pub(crate) fn client(service: &Service, extensions: &Extensions, headers: &HeaderMap) -> IpAddr {
    let peer = extensions.get::<ConnectInfo<Peer>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(Peer(address))| address.ip());
    service.inner.trusted_proxies.client(peer, headers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_good_in_the_browser_it_was_shown_in_only() {
        let visitor = |secret: Option<&str>| Visitor {
            secret: secret.map(|text| Secret::new(text.to_owned())),
            session: None,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            is_https: true,
        };
        let mine = visitor(Some("one")).form_secret().unwrap();
        assert!(mine.cookie.is_none());
        let posted = Fields::read(format!("form={}&email=a%40b", mine.value).as_bytes());
        assert!(visitor(Some("one")).was_shown(&posted));
        assert!(!visitor(Some("two")).was_shown(&posted));
        assert!(!visitor(None).was_shown(&posted));
        assert!(!visitor(None).was_shown(&Fields::read(b"")));
        let fresh = visitor(None).form_secret().unwrap().cookie.unwrap();
        assert!(fresh.to_str().unwrap().starts_with("__Host-signpost-browser-id="));
    }
}
