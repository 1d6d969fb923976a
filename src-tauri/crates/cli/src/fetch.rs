//! The bytes behind an https address.

use crate::failure::Failure;
use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, Response, Url};
use std::time::Duration;

/// A connection that is not made by then is given up.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);

/// A server that sends nothing for this long is given up.
const SILENCE_LIMIT: Duration = Duration::from_secs(20);

/// The whole of it takes no longer.
const WHOLE_LIMIT: Duration = Duration::from_secs(120);

/// So many redirects are followed.
const MAX_REDIRECTS: usize = 5;

/// Whether what was typed is meant as an address rather than a file name.
pub(crate) fn is_address(source: &str) -> bool {
    source.contains("://")
}

/// Fetches an https address; at most one byte more than `limit`. Redirects are followed to https only.
pub(crate) async fn fetch(source: &str, limit: usize) -> Result<Vec<u8>, Failure> {
    let url = https(source)?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let failed = |error: reqwest::Error| failure(&error).with("host", &host);
    let response = client().map_err(failed)?.get(url).send().await.map_err(failed)?;
    if !response.status().is_success() {
        return Err(Failure::environment("address-status")
            .with("host", &host)
            .with("status", response.status()));
    }
    body(response, limit).await.map_err(failed)
}

fn https(source: &str) -> Result<Url, Failure> {
    let invalid = || Failure::unusable("address-invalid").with("source", source);
    let url = Url::parse(source).map_err(|_| invalid())?;
    match (url.scheme(), url.has_host()) {
        ("https", true) => Ok(url),
        ("https", false) => Err(invalid()),
        _ => Err(Failure::unusable("address-not-https").with("source", source)),
    }
}

fn client() -> reqwest::Result<Client> {
    Client::builder()
        .user_agent(concat!("signpost/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_LIMIT)
        .read_timeout(SILENCE_LIMIT)
        .timeout(WHOLE_LIMIT)
        .redirect(Policy::custom(only_https))
        .build()
}

fn only_https(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    if attempt.url().scheme() != "https" {
        return attempt.error("redirected to an address that is not https");
    }
    if attempt.previous().len() > MAX_REDIRECTS {
        return attempt.error("redirected too often");
    }
    attempt.follow()
}

async fn body(mut response: Response, limit: usize) -> reqwest::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await? {
        let room = limit.saturating_add(1) - bytes.len();
        bytes.extend_from_slice(&piece[..piece.len().min(room)]);
        if bytes.len() > limit {
            break;
        }
    }
    Ok(bytes)
}

fn failure(error: &reqwest::Error) -> Failure {
    let code = match error {
        error if error.is_redirect() => "address-redirects",
        error if error.is_timeout() => "address-timeout",
        error if error.is_body() || error.is_decode() => "address-interrupted",
        _ => "address-unreachable",
    };
    Failure::environment(code).with("reason", root_cause(error))
}

/// The innermost error says what really happened; the outer ones repeat the address.
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

    #[test]
    fn only_https_with_a_host_is_fetched() {
        let code = |source| https(source).map(drop).map_err(|failure| failure.finding.code.into_owned());
        assert_eq!(code("https://idp.example/metadata"), Ok(()));
        assert_eq!(code("http://idp.example/metadata"), Err("address-not-https".to_owned()));
        assert_eq!(code("file:///etc/passwd"), Err("address-not-https".to_owned()));
        assert_eq!(code("https://"), Err("address-invalid".to_owned()));
        assert_eq!(code("://"), Err("address-invalid".to_owned()));
    }
}
