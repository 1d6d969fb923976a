use crate::error::{FetchError, Obstacle};
use crate::way::Way;
use reqwest::redirect::{Action, Attempt, Policy};
use reqwest::{Client, Response, Url};
use std::io::Write;
use std::sync::Arc;
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
pub fn is_address(source: &str) -> bool {
    source.contains("://")
}

/// What came from an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// How many bytes were written; at most one more than the limit.
    pub size: usize,
    /// The addresses it was redirected to, in order.
    pub redirects: Vec<String>,
}

/// Fetches an https address, and writes at most one byte more than `limit` to `kept`. Redirects are followed to https
/// only, and unless `allow_private` is said, nothing is asked of an address inside a private network: each name is looked
/// up once, and the connection goes to what was looked at. Where the system has a proxy, the proxy looks names up.
///
/// # Errors
/// What was in the way; what was written by then is of no use.
pub async fn fetch(
    source: &str,
    limit: usize,
    allow_private: bool,
    kept: &mut (dyn Write + Send),
) -> Result<Fetched, FetchError> {
    let url = https(source)?;
    let host = url.host_str().unwrap_or_default().to_owned();
    get(url, limit, Way::new(allow_private), kept).await.map_err(|error| error.with("host", host))
}

async fn get(url: Url, limit: usize, way: Way, kept: &mut (dyn Write + Send)) -> Result<Fetched, FetchError> {
    way.visit(&url).map_err(|private| FetchError::private(&private))?;
    let response = client(&way)?.get(url).send().await?;
    if !response.status().is_success() {
        return Err(FetchError::new(Obstacle::Status).with("status", response.status()));
    }
    let size = write(response, limit, kept).await?;
    Ok(Fetched { size, redirects: way.redirects() })
}

fn https(source: &str) -> Result<Url, FetchError> {
    let failed = |obstacle| FetchError::new(obstacle).with("source", source);
    let url = Url::parse(source).map_err(|_| failed(Obstacle::Invalid))?;
    match (url.scheme(), url.has_host()) {
        ("https", true) => Ok(url),
        ("https", false) => Err(failed(Obstacle::Invalid)),
        _ => Err(failed(Obstacle::NotHttps)),
    }
}

fn client(way: &Way) -> reqwest::Result<Client> {
    let on_the_way = way.clone();
    Client::builder()
        .user_agent(concat!("signpost/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_LIMIT)
        .read_timeout(SILENCE_LIMIT)
        .timeout(WHOLE_LIMIT)
        .dns_resolver(Arc::new(way.clone()))
        .redirect(Policy::custom(move |attempt| follow(attempt, &on_the_way)))
        .build()
}

fn follow(attempt: Attempt<'_>, way: &Way) -> Action {
    if attempt.url().scheme() != "https" {
        return attempt.error("redirected to an address that is not https");
    }
    if attempt.previous().len() > MAX_REDIRECTS {
        return attempt.error("redirected too often");
    }
    match way.visit(attempt.url()) {
        Ok(()) => {
            way.note(attempt.url());
            attempt.follow()
        }
        Err(private) => attempt.error(private),
    }
}

async fn write(
    mut response: Response,
    limit: usize,
    kept: &mut (dyn Write + Send),
) -> Result<usize, FetchError> {
    let not_kept = |error| FetchError::new(Obstacle::NotKept).with("reason", error);
    let mut size = 0;
    while size <= limit
        && let Some(piece) = response.chunk().await?
    {
        let room = limit.saturating_add(1) - size;
        let piece = &piece[..piece.len().min(room)];
        kept.write_all(piece).map_err(not_kept)?;
        size += piece.len();
    }
    kept.flush().map_err(not_kept)?;
    Ok(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_with_a_host_is_fetched() {
        let obstacle = |source| https(source).map(drop).map_err(|error| error.obstacle);
        assert_eq!(obstacle("https://idp.example/metadata"), Ok(()));
        assert_eq!(obstacle("http://idp.example/metadata"), Err(Obstacle::NotHttps));
        assert_eq!(obstacle("file:///etc/passwd"), Err(Obstacle::NotHttps));
        assert_eq!(obstacle("https://"), Err(Obstacle::Invalid));
        assert_eq!(obstacle("://"), Err(Obstacle::Invalid));
    }

    #[tokio::test]
    async fn this_computer_is_asked_for_nothing_unless_somebody_says_so() {
        let mut kept = Vec::new();
        for address in ["https://localhost:1/", "https://127.0.0.1:1/", "https://[::1]:1/"] {
            let error = fetch(address, 10, false, &mut kept).await.unwrap_err();
            assert_eq!(error.obstacle, Obstacle::Private, "{error}");
            assert!(error.args.iter().any(|(name, _)| *name == "host"));
            let error = fetch(address, 10, true, &mut kept).await.unwrap_err();
            assert_eq!(error.obstacle, Obstacle::Unreachable, "{error}");
        }
        assert!(kept.is_empty());
    }
}
