use crate::trouble::Trouble;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::error::Error;
use std::time::Duration;
use url::Url;
use vocabulary::Secret;

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection that is not made by then is given up.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);

/// More than this, in bytes, is no answer of Polis.
const LIMIT: usize = 8 * 1024 * 1024;

/// A Polis that is asked. TLS certificates are checked against the operating system's trust store, the system's proxy is
/// used, and no redirect is followed: the API key goes to this address only.
#[derive(Debug, Clone)]
pub struct Polis {
    base: Url,
    authorization: HeaderValue,
    client: Client,
}

/// What Polis answers when it refuses.
#[derive(Deserialize)]
struct Refusal {
    error: Message,
}

#[derive(Deserialize)]
struct Message {
    message: String,
}

impl Polis {
    /// The Polis at that address, its `EXTERNAL_URL`, with one of its `API_KEYS`. Nothing is sent yet.
    ///
    /// # Errors
    /// [`Address`](Trouble::Address), [`NotHttps`](Trouble::NotHttps), [`Key`](Trouble::Key) or
    /// [`Client`](Trouble::Client).
    pub fn new(address: &str, key: &Secret) -> Result<Self, Trouble> {
        let address = address.trim();
        let base = Url::parse(address).map_err(|_| Trouble::Address)?;
        if !saml::is_usable_address(address) {
            let is_plain = base.scheme() == "http" && base.username().is_empty() && base.password().is_none();
            return Err(if is_plain { Trouble::NotHttps } else { Trouble::Address });
        }
        let client = Client::builder()
            .timeout(PATIENCE)
            .connect_timeout(CONNECT_LIMIT)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("Signpost/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| Trouble::Client(root_cause(&error)))?;
        Ok(Self { base, authorization: api_key(key)?, client })
    }

    /// The SAML metadata of Polis as a service provider: the same for every connection that overrides nothing.
    ///
    /// # Errors
    /// As every call.
    pub async fn sp_metadata(&self) -> Result<String, Trouble> {
        let request = self.client.get(self.url(&[".well-known", "sp-metadata"]));
        let bytes = answer(request).await?;
        String::from_utf8(bytes).map_err(|_| Trouble::Unknown("the SP metadata is not UTF-8".to_owned()))
    }

    /// A call below `/api/v1`, which carries the API key.
    pub(crate) fn call(&self, method: Method, path: &[&str]) -> RequestBuilder {
        self.about(method, path, &[])
    }

    /// The same with a query.
    pub(crate) fn about(&self, method: Method, path: &[&str], query: &[(&str, &str)]) -> RequestBuilder {
        let mut url = self.url(&[&["api", "v1"], path].concat());
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        self.client.request(method, url).header(AUTHORIZATION, self.authorization.clone())
    }

    fn url(&self, path: &[&str]) -> Url {
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

/// Sends, and reads the answer.
pub(crate) async fn read<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, Trouble> {
    let bytes = answer(request).await?;
    // The text of the error may quote the answer, which may have secrets in it; where it is, is enough.
    serde_json::from_slice(&bytes).map_err(|error| {
        Trouble::Unknown(format!("unexpected JSON at line {}, column {}", error.line(), error.column()))
    })
}

/// Sends, and reads that it was done.
pub(crate) async fn done(request: RequestBuilder) -> Result<(), Trouble> {
    answer(request).await.map(drop)
}

async fn answer(request: RequestBuilder) -> Result<Vec<u8>, Trouble> {
    // A client's secret can stand in the URL of a request, so no error may show it.
    let unreached = |error: reqwest::Error| Trouble::Unreached(root_cause(&error.without_url()));
    let response = request.send().await.map_err(unreached)?;
    let status = response.status();
    let bytes = body(response).await?;
    if status.is_success() {
        return Ok(bytes);
    }
    if matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
        return Err(Trouble::KeyRefused);
    }
    Err(match serde_json::from_slice::<Refusal>(&bytes) {
        Ok(Refusal { error }) if status.is_client_error() => Trouble::Refused(error.message),
        Ok(Refusal { error }) => Trouble::Failed(error.message),
        Err(_) => Trouble::Unknown(format!("status {}", status.as_u16())),
    })
}

async fn body(mut response: Response) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(_)) if bytes.len() > LIMIT => {
                return Err(Trouble::Unknown("it is too long".to_owned()));
            }
            Ok(Some(piece)) => bytes.extend_from_slice(&piece),
            Ok(None) => return Ok(bytes),
            Err(error) => return Err(Trouble::Unreached(root_cause(&error.without_url()))),
        }
    }
}

fn api_key(key: &Secret) -> Result<HeaderValue, Trouble> {
    let text = key.expose().trim();
    if text.is_empty() || text.contains(char::is_whitespace) {
        return Err(Trouble::Key);
    }
    let mut header = HeaderValue::try_from(format!("Api-Key {text}")).map_err(|_| Trouble::Key)?;
    header.set_sensitive(true);
    Ok(header)
}

/// The innermost error says what really happened.
fn root_cause(error: &reqwest::Error) -> String {
    let innermost = std::iter::successors(error.source(), |cause| (*cause).source()).last();
    innermost.map_or_else(|| error.to_string(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str, key: &str) -> Result<String, Trouble> {
        Polis::new(address, &Secret::new(key.to_owned()))
            .map(|polis| polis.url(&["api", "v1", "sso"]).to_string())
    }

    #[test]
    fn the_key_goes_over_tls_or_stays_on_this_computer() {
        let of = |address: &str| at(address, "k");
        assert_eq!(of("https://sso.example").unwrap(), "https://sso.example/api/v1/sso");
        assert_eq!(of(" https://sso.example/polis/?x#y ").unwrap(), "https://sso.example/polis/api/v1/sso");
        assert_eq!(of("http://localhost:5225/").unwrap(), "http://localhost:5225/api/v1/sso");
        assert_eq!(of("http://sso.example"), Err(Trouble::NotHttps));
        assert_eq!(of("http://localhost.evil.example"), Err(Trouble::NotHttps));
        for none in
            ["", "sso.example", "ftp://sso.example", "https://a:b@sso.example", "http://a:b@sso.example"]
        {
            assert_eq!(of(none), Err(Trouble::Address), "{none}");
        }
    }

    #[test]
    fn a_key_is_one_word() {
        for none in ["", " ", "Api-Key x", "a\nb"] {
            assert_eq!(at("https://sso.example", none), Err(Trouble::Key), "{none:?}");
        }
        assert!(at("https://sso.example", " key\n").is_ok());
    }

    #[test]
    fn the_key_is_not_printed() {
        let polis = Polis::new("https://sso.example", &Secret::new("k7m2qv4x".to_owned())).unwrap();
        assert!(!format!("{polis:?}").contains("k7m2"));
    }
}
