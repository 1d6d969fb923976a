use crate::mapper::Presence;
use crate::provider::{Config, IdentityProvider};
use crate::trouble::Trouble;
use broker::{Answer, Api};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde::Deserialize;
use serde_json::json;
use url::form_urlencoded;
use vocabulary::Secret;

/// A realm of a Keycloak that is asked. TLS certificates are checked against the operating system's trust store, the
/// system's proxy is used, and no redirect is followed: the access token goes to this address only.
#[derive(Debug, Clone)]
pub struct Keycloak {
    api: Api,
    realm: String,
    authorization: HeaderValue,
}

/// A confidential client whose service account may manage identity providers (OAuth 2.0, RFC 6749, section 4.4).
#[derive(Debug, Clone, Copy)]
pub struct ServiceAccount<'a> {
    /// The realm it belongs to: often the one that is managed, otherwise `master`.
    pub realm: &'a str,
    /// Its client ID.
    pub client_id: &'a str,
    /// Its secret.
    pub secret: &'a Secret,
}

#[derive(Deserialize)]
struct Granted {
    access_token: Secret,
}

#[derive(Deserialize)]
struct Described {
    issuer: String,
}

/// What Keycloak answers when it refuses: one form in the API, the other at the token endpoint and from the framework.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Refusal {
    #[serde(rename = "errorMessage")]
    message: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

impl Refusal {
    fn words(self) -> Option<String> {
        self.message.or_else(|| match (self.error, self.error_description) {
            (Some(error), Some(more)) => Some(format!("{error}: {more}")),
            (error, more) => error.or(more),
        })
    }
}

impl Keycloak {
    /// The realm of the Keycloak at that address, with an access token of somebody who may manage it. Nothing is sent yet.
    ///
    /// # Errors
    /// [`Address`](Trouble::Address), [`NotHttps`](Trouble::NotHttps), [`Token`](Trouble::Token) or
    /// [`Client`](Trouble::Client).
    pub fn with_token(address: &str, realm: &str, token: &Secret) -> Result<Self, Trouble> {
        Self::over(Api::new(address)?, realm, token)
    }

    /// The same, after an access token was got for a service account.
    ///
    /// # Errors
    /// [`Address`](Trouble::Address), [`NotHttps`](Trouble::NotHttps), [`SignIn`](Trouble::SignIn), or as every call.
    pub async fn sign_in(address: &str, realm: &str, account: ServiceAccount<'_>) -> Result<Self, Trouble> {
        let api = Api::new(address)?;
        let path = ["realms", account.realm, "protocol", "openid-connect", "token"];
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "client_credentials")
            .append_pair("client_id", account.client_id)
            .append_pair("client_secret", account.secret.expose().trim())
            .finish();
        let request = api.request(Method::POST, &path, &[]);
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
        let answer = broker::send(request).await?;
        if answer.status.is_success() {
            let granted: Granted = answer.json().map_err(Trouble::Unknown)?;
            return Self::over(api, realm, &granted.access_token);
        }
        Err(match answer.json::<Refusal>().ok().and_then(Refusal::words) {
            Some(words) if answer.status.is_client_error() => Trouble::SignIn(words),
            Some(words) => Trouble::Failed(words),
            None => status_alone(&answer),
        })
    }

    fn over(api: Api, realm: &str, token: &Secret) -> Result<Self, Trouble> {
        let authorization = broker::authorization("Bearer", token).ok_or(Trouble::Token)?;
        Ok(Self { api, realm: realm.to_owned(), authorization })
    }

    /// The identity provider of that alias, when there is one.
    ///
    /// # Errors
    /// As every call.
    pub async fn provider(&self, alias: &str) -> Result<Option<IdentityProvider>, Trouble> {
        let answer = broker::send(self.call(Method::GET, &["instances", alias])).await?;
        if answer.status == StatusCode::NOT_FOUND {
            // A realm that is not there is no identity provider that is not there.
            let words = answer.json::<Refusal>().ok().and_then(Refusal::words);
            return match words {
                Some(words) if words.starts_with("Realm not found") => Err(Trouble::Refused(words)),
                Some(_) => Ok(None),
                None => Err(status_alone(&answer)),
            };
        }
        good(answer)?.json().map(Some).map_err(Trouble::Unknown)
    }

    /// What Keycloak reads from metadata; nothing is kept.
    ///
    /// # Errors
    /// As every call.
    pub async fn import(&self, metadata: &str) -> Result<Config, Trouble> {
        let boundary = boundary(metadata);
        let part = |name: &str, more: &str, body: &str| {
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{body}\r\n")
        };
        let file = "; filename=\"metadata.xml\"\r\nContent-Type: application/samlmetadata+xml";
        let body =
            format!("{}{}--{boundary}--\r\n", part("providerId", "", "saml"), part("file", file, metadata));
        let request = self.call(Method::POST, &["import-config"]);
        let kind = format!("multipart/form-data; boundary={boundary}");
        let answer = answer(request.header(CONTENT_TYPE, kind).body(body)).await?;
        answer.json().map_err(Trouble::Unknown)
    }

    /// Makes an identity provider, and reads what became of it.
    ///
    /// # Errors
    /// As every call.
    pub async fn create(&self, new: &IdentityProvider) -> Result<IdentityProvider, Trouble> {
        answer(self.call(Method::POST, &["instances"]).json(new)).await?;
        self.read_back(&new.alias).await
    }

    /// Replaces an identity provider, and reads what became of it.
    ///
    /// # Errors
    /// As every call.
    pub async fn replace(&self, with: &IdentityProvider) -> Result<IdentityProvider, Trouble> {
        answer(self.call(Method::PUT, &["instances", &with.alias]).json(with)).await?;
        self.read_back(&with.alias).await
    }

    /// Takes an identity provider away, for good, with its mappers.
    ///
    /// # Errors
    /// As every call.
    pub async fn delete(&self, alias: &str) -> Result<(), Trouble> {
        answer(self.call(Method::DELETE, &["instances", alias])).await.map(drop)
    }

    /// The SAML metadata of the realm as a service provider of that identity provider.
    ///
    /// # Errors
    /// As every call.
    pub async fn sp_metadata(&self, alias: &str) -> Result<String, Trouble> {
        let answer = answer(self.call(Method::GET, &["instances", alias, "export"])).await?;
        String::from_utf8(answer.bytes)
            .map_err(|_| Trouble::Unknown("the SP metadata is not UTF-8".to_owned()))
    }

    /// What the realm calls itself towards everybody else (OpenID Connect Discovery 1.0, section 4.2): the addresses of its
    /// identity providers begin with it. It is another one than the address that is asked where Keycloak is managed at an
    /// address of its own.
    ///
    /// # Errors
    /// As every call.
    pub async fn issuer(&self) -> Result<String, Trouble> {
        let path = ["realms", self.realm.as_str(), ".well-known", "openid-configuration"];
        let described: Described =
            answer(self.api.request(Method::GET, &path, &[])).await?.json().map_err(Trouble::Unknown)?;
        Ok(described.issuer.trim_end_matches('/').to_owned())
    }

    async fn read_back(&self, alias: &str) -> Result<IdentityProvider, Trouble> {
        let gone = || Trouble::Unknown(json!({ "alias": alias, "found": false }).to_string());
        self.provider(alias).await?.ok_or_else(gone)
    }

    /// Whether what lies below the realm is there.
    pub(crate) async fn presence(&self, path: &[&str]) -> Result<Presence, Trouble> {
        let answer = broker::send(self.below(Method::GET, path)).await?;
        let is_said = answer.json::<Refusal>().is_ok();
        match answer.status {
            StatusCode::NOT_FOUND if is_said => Ok(Presence::Missing),
            StatusCode::FORBIDDEN => Ok(Presence::Unseen),
            _ => good(answer).map(|_| Presence::There),
        }
    }

    /// A call below the identity providers of the realm.
    pub(crate) fn call(&self, method: Method, path: &[&str]) -> RequestBuilder {
        self.below(method, &[&["identity-provider"], path].concat())
    }

    fn below(&self, method: Method, path: &[&str]) -> RequestBuilder {
        let path = [&["admin", "realms", self.realm.as_str()], path].concat();
        self.api.request(method, &path, &[]).header(AUTHORIZATION, self.authorization.clone())
    }
}

/// A line that stands nowhere in the text (RFC 2046, section 5.1.1).
fn boundary(text: &str) -> String {
    let candidates = (0_u64..).map(|number| format!("signpost-{number:016x}"));
    let free = |one: &String| !text.contains(one.as_str());
    candidates.into_iter().find(free).unwrap_or_default()
}

/// Sends, and reads what is no refusal.
pub(crate) async fn answer(request: RequestBuilder) -> Result<Answer, Trouble> {
    good(broker::send(request).await?)
}

fn good(answer: Answer) -> Result<Answer, Trouble> {
    if answer.status.is_success() {
        return Ok(answer);
    }
    let said = answer.json::<Refusal>().ok().and_then(Refusal::words);
    Err(match (answer.status, said) {
        (StatusCode::UNAUTHORIZED, _) => Trouble::TokenRefused,
        (StatusCode::FORBIDDEN, _) => Trouble::Forbidden,
        (status, Some(words)) if status.is_client_error() => Trouble::Refused(words),
        (_, Some(words)) => Trouble::Failed(words),
        (_, None) => status_alone(&answer),
    })
}

fn status_alone(answer: &Answer) -> Trouble {
    Trouble::Unknown(format!("status {}", answer.status.as_u16()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boundary_stands_nowhere_in_what_it_bounds() {
        let hostile: String = (0..40).map(boundary_of).collect();
        assert!(!hostile.contains(&boundary(&hostile)));
        assert_eq!(boundary(""), boundary_of(0));
    }

    fn boundary_of(number: u64) -> String {
        format!("signpost-{number:016x}")
    }

    #[test]
    fn the_token_is_not_printed() {
        let token = Secret::new("k7m2qv4x".to_owned());
        let keycloak = Keycloak::with_token("https://sso.example", "staff", &token).unwrap();
        assert!(!format!("{keycloak:?}").contains("k7m2"));
    }
}
