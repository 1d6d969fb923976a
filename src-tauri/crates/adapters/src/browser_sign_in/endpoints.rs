//! Where a service signs people in (RFC 8414).

use super::{not_ours, send};
use account_api::OAUTH_METADATA_PATH;
use oauth2::http;
use serde::Deserialize;
use url::{Host, Url};
use wizard::{Failure, FailureCode};

/// What the service says of itself, as far as it is needed and believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Endpoints {
    /// Its name, which comes back with the browser (RFC 9207).
    pub(super) issuer: String,
    pub(super) says_issuer: bool,
    pub(super) authorization: Url,
    pub(super) token: Url,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
    #[serde(default)]
    code_challenge_methods_supported: Vec<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl Endpoints {
    /// Asks the service at that address.
    pub(super) async fn of(url: &str) -> Result<Self, Failure> {
        let base = address(url)?;
        let mut at = base.clone();
        at.set_path(OAUTH_METADATA_PATH);
        let request = http::Request::get(at.as_str()).body(Vec::new());
        let answer = send(request.map_err(|error| super::internal(&error))?).await?;
        if answer.status() != http::StatusCode::OK {
            return Err(not_ours("it does not sign people in with the browser").hint("use-access-token"));
        }
        Self::read(answer.body(), &base)
    }

    /// Takes a service at its word about its own addresses only.
    fn read(body: &[u8], base: &Url) -> Result<Self, Failure> {
        let document: Document = serde_json::from_slice(body)
            .map_err(|_| not_ours("what it says of its sign-in cannot be read"))?;
        let issuer = Url::parse(&document.issuer).map_err(|_| not_ours("its name is no URL"))?;
        let ours = [&issuer, &document.authorization_endpoint, &document.token_endpoint];
        if ours.iter().any(|url| url.origin() != base.origin()) {
            return Err(not_ours("it names other addresses than the one that was asked"));
        }
        if !document.code_challenge_methods_supported.iter().any(|method| method == "S256") {
            return Err(not_ours("it does not take S256"));
        }
        Ok(Self {
            issuer: document.issuer,
            says_issuer: document.authorization_response_iss_parameter_supported,
            authorization: document.authorization_endpoint,
            token: document.token_endpoint,
        })
    }
}

/// HTTPS, or plain HTTP on this computer.
fn address(text: &str) -> Result<Url, Failure> {
    let invalid = || Failure::new(FailureCode::InvalidInput, "the service's address is not a URL").on("url");
    let url = Url::parse(text.trim()).map_err(|_| invalid())?;
    let is_here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return Err(invalid()),
    };
    if url.scheme() == "https" || url.scheme() == "http" && is_here { Ok(url) } else { Err(invalid()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(changes: &[(&str, serde_json::Value)]) -> Result<Endpoints, Failure> {
        let mut document = serde_json::json!({
            "issuer": "https://id.contoso.test",
            "authorization_endpoint": "https://id.contoso.test/oauth/authorize",
            "token_endpoint": "https://id.contoso.test/oauth/token",
            "code_challenge_methods_supported": ["S256"],
        });
        for (name, value) in changes {
            document[name] = value.clone();
        }
        let base = Url::parse("https://id.contoso.test/").unwrap();
        Endpoints::read(document.to_string().as_bytes(), &base)
    }

    #[test]
    fn a_service_speaks_for_itself_only() {
        assert_eq!(read(&[]).unwrap().token.as_str(), "https://id.contoso.test/oauth/token");
        for (name, value) in [
            ("issuer", "https://evil.test"),
            ("authorization_endpoint", "https://evil.test/oauth/authorize"),
            ("token_endpoint", "http://id.contoso.test/oauth/token"),
            ("token_endpoint", "https://id.contoso.test:8443/oauth/token"),
        ] {
            let failure = read(&[(name, value.into())]).unwrap_err();
            assert_eq!(failure.code, FailureCode::NotAnAccountService, "{name}");
        }
        assert!(read(&[("code_challenge_methods_supported", serde_json::json!(["plain"]))]).is_err());
    }

    #[test]
    fn nothing_is_sent_in_the_clear_over_a_network() {
        for good in
            ["https://id.contoso.test", "http://localhost:4000/", "http://127.0.0.1:1", "http://[::1]:1"]
        {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in ["http://id.contoso.test", "ftp://localhost", "file:///etc", "", "localhost:4000"] {
            assert_eq!(address(bad).unwrap_err().field.as_deref(), Some("url"), "{bad}");
        }
    }
}
