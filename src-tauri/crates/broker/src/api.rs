use reqwest::header::HeaderValue;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;
use std::error::Error;
use std::time::Duration;
use url::Url;
use vocabulary::Secret;

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection that is not made by then is given up.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);

/// More than this, in bytes, is no answer of a broker.
const LIMIT: usize = 8 * 1024 * 1024;

/// An API that is asked with a secret. TLS certificates are checked against the operating system's trust store, the
/// system's proxy is used, and no redirect is followed: the secret goes to this address only.
#[derive(Debug, Clone)]
pub struct Api {
    base: Url,
    client: Client,
}

/// Why there is no answer at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Interruption {
    /// The address is none.
    #[error("the address is not a web address")]
    Address,
    /// The secret would go over the network for everybody to read. On this computer it may.
    #[error("the address is not https")]
    NotHttps,
    /// TLS cannot be set up here.
    #[error("no connection can be made from this computer: {0}")]
    Client(String),
    /// Nobody answered, or not to the end.
    #[error("no answer: {0}")]
    Unreached(String),
    /// The answer does not end.
    #[error("it is too long")]
    TooLong,
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The body, at most 8 MiB.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as JSON. The text of an error says only where it is none: the answer may have secrets in it.
    ///
    /// # Errors
    /// When it is no JSON of that form.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, String> {
        serde_json::from_slice(&self.bytes)
            .map_err(|error| format!("unexpected JSON at line {}, column {}", error.line(), error.column()))
    }
}

impl Api {
    /// The API below that address. Nothing is sent yet.
    ///
    /// # Errors
    /// [`Address`](Interruption::Address), [`NotHttps`](Interruption::NotHttps) or [`Client`](Interruption::Client).
    pub fn new(address: &str) -> Result<Self, Interruption> {
        let address = address.trim();
        let base = Url::parse(address).map_err(|_| Interruption::Address)?;
        if !saml::is_usable_address(address) {
            let is_plain = base.scheme() == "http" && base.username().is_empty() && base.password().is_none();
            return Err(if is_plain { Interruption::NotHttps } else { Interruption::Address });
        }
        let client = Client::builder()
            .timeout(PATIENCE)
            .connect_timeout(CONNECT_LIMIT)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("Signpost/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| Interruption::Client(root_cause(&error)))?;
        Ok(Self { base, client })
    }

    /// A request for what lies below the address, with a query.
    pub fn request(&self, method: Method, path: &[&str], query: &[(&str, &str)]) -> RequestBuilder {
        let mut url = self.url(path);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        self.client.request(method, url)
    }

    /// What lies below the address.
    pub fn url(&self, path: &[&str]) -> Url {
        let mut url = self.base.clone();
        url.set_query(None);
        url.set_fragment(None);
        // An http or https URL always takes segments.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        url
    }
}

/// Sends, and reads the answer to its end.
///
/// # Errors
/// [`Unreached`](Interruption::Unreached) or [`TooLong`](Interruption::TooLong).
pub async fn send(request: RequestBuilder) -> Result<Answer, Interruption> {
    // A secret can stand in the URL of a request, so no error may show it.
    let unreached = |error: reqwest::Error| Interruption::Unreached(root_cause(&error.without_url()));
    let response = request.send().await.map_err(unreached)?;
    Ok(Answer { status: response.status(), bytes: body(response).await? })
}

async fn body(mut response: Response) -> Result<Vec<u8>, Interruption> {
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(_)) if bytes.len() > LIMIT => return Err(Interruption::TooLong),
            Ok(Some(piece)) => bytes.extend_from_slice(&piece),
            Ok(None) => return Ok(bytes),
            Err(error) => return Err(Interruption::Unreached(root_cause(&error.without_url()))),
        }
    }
}

/// The value of `Authorization` for a secret that is one word, after the name of the scheme; nothing is printed of it.
pub fn authorization(scheme: &str, secret: &Secret) -> Option<HeaderValue> {
    let text = secret.expose().trim();
    if text.is_empty() || text.contains(char::is_whitespace) {
        return None;
    }
    let mut header = HeaderValue::try_from(format!("{scheme} {text}")).ok()?;
    header.set_sensitive(true);
    Some(header)
}

/// The innermost error says what really happened.
fn root_cause(error: &reqwest::Error) -> String {
    let innermost = std::iter::successors(error.source(), |cause| (*cause).source()).last();
    innermost.map_or_else(|| error.to_string(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str) -> Result<String, Interruption> {
        Api::new(address).map(|api| api.url(&["api", "v1", "a b/c"]).to_string())
    }

    #[test]
    fn a_secret_goes_over_tls_or_stays_on_this_computer() {
        assert_eq!(at("https://sso.example").unwrap(), "https://sso.example/api/v1/a%20b%2Fc");
        assert_eq!(at(" https://sso.example/x/?y#z ").unwrap(), "https://sso.example/x/api/v1/a%20b%2Fc");
        assert_eq!(at("http://localhost:5225/").unwrap(), "http://localhost:5225/api/v1/a%20b%2Fc");
        assert_eq!(at("http://sso.example"), Err(Interruption::NotHttps));
        assert_eq!(at("http://localhost.evil.example"), Err(Interruption::NotHttps));
        for none in
            ["", "sso.example", "ftp://sso.example", "https://a:b@sso.example", "http://a:b@sso.example"]
        {
            assert_eq!(at(none), Err(Interruption::Address), "{none}");
        }
    }

    #[test]
    fn a_secret_is_one_word_and_is_not_printed() {
        let of = |text: &str| authorization("Bearer", &Secret::new(text.to_owned()));
        for none in ["", " ", "Bearer x", "a\nb"] {
            assert!(of(none).is_none(), "{none:?}");
        }
        let header = of(" k7m2qv4x\n").unwrap();
        assert_eq!(header, "Bearer k7m2qv4x");
        assert!(!format!("{header:?}").contains("k7m2"));
    }
}
