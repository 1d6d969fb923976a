use crate::trouble::Trouble;
use broker::{Answer, Api};
use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use vocabulary::Secret;

/// A Polis that is asked. TLS certificates are checked against the operating system's trust store, the system's proxy is
/// used, and no redirect is followed: the API key goes to this address only.
#[derive(Debug, Clone)]
pub struct Polis {
    api: Api,
    authorization: HeaderValue,
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
        let api = Api::new(address)?;
        Ok(Self { api, authorization: broker::authorization("Api-Key", key).ok_or(Trouble::Key)? })
    }

    /// The SAML metadata of Polis as a service provider: the same for every connection that overrides nothing.
    ///
    /// # Errors
    /// As every call.
    pub async fn sp_metadata(&self) -> Result<String, Trouble> {
        let request = self.api.request(Method::GET, &[".well-known", "sp-metadata"], &[]);
        let answer = answer(request).await?;
        String::from_utf8(answer.bytes)
            .map_err(|_| Trouble::Unknown("the SP metadata is not UTF-8".to_owned()))
    }

    /// A call below `/api/v1`, which carries the API key.
    pub(crate) fn call(&self, method: Method, path: &[&str]) -> RequestBuilder {
        self.about(method, path, &[])
    }

    /// The same with a query.
    pub(crate) fn about(&self, method: Method, path: &[&str], query: &[(&str, &str)]) -> RequestBuilder {
        let request = self.api.request(method, &[&["api", "v1"], path].concat(), query);
        request.header(AUTHORIZATION, self.authorization.clone())
    }
}

/// Sends, and reads the answer.
pub(crate) async fn read<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, Trouble> {
    answer(request).await?.json().map_err(Trouble::Unknown)
}

/// Sends, and reads that it was done.
pub(crate) async fn done(request: RequestBuilder) -> Result<(), Trouble> {
    answer(request).await.map(drop)
}

async fn answer(request: RequestBuilder) -> Result<Answer, Trouble> {
    let answer = broker::send(request).await?;
    if answer.status.is_success() {
        return Ok(answer);
    }
    if matches!(answer.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
        return Err(Trouble::KeyRefused);
    }
    Err(match answer.json::<Refusal>() {
        Ok(Refusal { error }) if answer.status.is_client_error() => Trouble::Refused(error.message),
        Ok(Refusal { error }) => Trouble::Failed(error.message),
        Err(_) => Trouble::Unknown(format!("status {}", answer.status.as_u16())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str, key: &str) -> Result<(), Trouble> {
        Polis::new(address, &Secret::new(key.to_owned())).map(drop)
    }

    #[test]
    fn what_cannot_be_asked_is_told_apart() {
        assert_eq!(at("https://sso.example", " key\n"), Ok(()));
        assert_eq!(at("https://sso.example", "Api-Key x"), Err(Trouble::Key));
        assert_eq!(at("http://sso.example", "k"), Err(Trouble::NotHttps));
        assert_eq!(at("sso.example", "k"), Err(Trouble::Address));
    }

    #[test]
    fn the_key_is_not_printed() {
        let polis = Polis::new("https://sso.example", &Secret::new("k7m2qv4x".to_owned())).unwrap();
        assert!(!format!("{polis:?}").contains("k7m2"));
    }
}
