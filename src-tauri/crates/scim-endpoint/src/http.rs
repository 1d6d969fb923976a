use crate::Unusable;
use async_trait::async_trait;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Client, Response};
use scim_rehearsal::{Answer, Call, Endpoint, Method, Unreached};
use serde_json::Value;
use std::time::Duration;
use url::{Host, Url};
use vocabulary::Secret;

/// How long one request may take; identity providers wait about as long.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection that is not made by then is given up.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);

/// More than this, in bytes, is not read.
const LIMIT: usize = 4 * 1024 * 1024;

/// What stays as it is in a query: everything else is encoded, blanks as `%20`.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A SCIM endpoint. TLS certificates are checked against the operating system's trust store, the system's proxy is used,
/// and no redirect is followed: the token goes to this address only.
pub struct HttpEndpoint {
    base: String,
    authorization: HeaderValue,
    client: Client,
}

impl HttpEndpoint {
    /// The endpoint at that base URL. What stands behind a `?` in it is passed over: those are switches for an identity
    /// provider.
    ///
    /// # Errors
    /// [`Unusable`]; nothing is sent yet.
    pub fn new(base_url: &str, token: &Secret) -> Result<Self, Unusable> {
        let mut base = Url::parse(base_url.trim()).map_err(|_| Unusable::Address)?;
        let host = base.host().ok_or(Unusable::Address)?;
        match base.scheme() {
            "https" => {}
            "http" if is_this_computer(&host) => {}
            "http" => return Err(Unusable::NotHttps),
            _ => return Err(Unusable::Address),
        }
        if !base.username().is_empty() || base.password().is_some() {
            return Err(Unusable::Address);
        }
        base.set_query(None);
        base.set_fragment(None);
        let client = Client::builder()
            .timeout(PATIENCE)
            .connect_timeout(CONNECT_LIMIT)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("Signpost-Rehearsal/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| Unusable::Client(root_cause(&error)))?;
        let base = base.as_str().trim_end_matches('/').to_owned();
        Ok(Self { base, authorization: bearer(token)?, client })
    }

    fn url(&self, call: &Call) -> String {
        let encoded = |text: &str| utf8_percent_encode(text, PLAIN).to_string();
        let parameter = |(name, value): &(&str, Option<String>)| match value {
            Some(value) => format!("{name}={}", encoded(value)),
            None => (*name).to_owned(),
        };
        let query: Vec<String> = call.query.iter().map(parameter).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{}{mark}{}", self.base, call.path, query.join("&"))
    }
}

#[async_trait]
impl Endpoint for HttpEndpoint {
    async fn send(&self, call: &Call) -> Result<Answer, Unreached> {
        let method = match call.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let request = self.client.request(method, self.url(call));
        let request = request.header(AUTHORIZATION, self.authorization.clone());
        let mut request = request.header(ACCEPT, "application/scim+json, application/json");
        if let Some(body) = &call.body {
            request = request.header(CONTENT_TYPE, call.content_type).body(body.to_string());
        }
        let unreached = |error: reqwest::Error| Unreached { reason: root_cause(&error.without_url()) };
        let response = request.send().await.map_err(unreached)?;
        let status = response.status().as_u16();
        let body = body(response).await.map_err(unreached)?;
        Ok(Answer { status, body })
    }
}

/// The body as JSON; null when it is none, or too long.
async fn body(mut response: Response) -> reqwest::Result<Value> {
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await? {
        if bytes.len() + piece.len() > LIMIT {
            return Ok(Value::Null);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(serde_json::from_slice(&bytes).unwrap_or_default())
}

fn bearer(token: &Secret) -> Result<HeaderValue, Unusable> {
    let text = token.expose().trim();
    if text.is_empty() || text.contains(char::is_whitespace) {
        return Err(Unusable::Token);
    }
    let mut header = HeaderValue::try_from(format!("Bearer {text}")).map_err(|_| Unusable::Token)?;
    header.set_sensitive(true);
    Ok(header)
}

fn is_this_computer(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => name.eq_ignore_ascii_case("localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// The innermost error says what really happened.
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

    fn opened(base: &str, token: &str) -> Result<String, Unusable> {
        HttpEndpoint::new(base, &Secret::new(token.to_owned())).map(|endpoint| endpoint.base)
    }

    #[test]
    fn the_token_goes_over_tls_or_stays_on_this_computer() {
        let of = |base: &str| opened(base, "t");
        assert_eq!(
            of("https://id.example/scim/v2/?aadOptscim062020#x").unwrap(),
            "https://id.example/scim/v2"
        );
        assert_eq!(of("http://localhost:8080/scim/v2").unwrap(), "http://localhost:8080/scim/v2");
        assert_eq!(of("http://[::1]:1/").unwrap(), "http://[::1]:1");
        assert_eq!(of("http://id.example/scim/v2"), Err(Unusable::NotHttps));
        assert_eq!(of("http://localhost.evil.example/"), Err(Unusable::NotHttps));
        for none in ["", "id.example/scim", "ftp://id.example", "https://", "https://a:b@id.example/"] {
            assert_eq!(of(none), Err(Unusable::Address), "{none}");
        }
    }

    #[test]
    fn a_token_has_to_be_one_word() {
        for none in ["", " ", "Bearer x", "a\nb"] {
            assert_eq!(opened("https://id.example", none), Err(Unusable::Token), "{none:?}");
        }
        assert!(opened("https://id.example", " token ").is_ok());
    }
}
