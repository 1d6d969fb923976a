//! The browser comes back to this computer. Whatever else knocks at the port is turned away, and delays nobody.

use account_api::OAUTH_REDIRECT_PATH;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use url::Url;
use wizard::{Failure, FailureCode};

/// More than this, in bytes, is not the browser's request line and headers.
const LIMIT: usize = 16 * 1024;

/// So long one connection may take to say what it wants. Browsers open some that say nothing.
const PATIENCE: Duration = Duration::from_secs(10);

/// So many connections are listened to at once.
const AT_ONCE: usize = 16;

/// A port of this computer that waits for the browser.
pub(super) struct Loopback {
    listener: TcpListener,
    port: u16,
}

/// The browser is back, and waits for a page.
pub(super) struct Returned {
    stream: TcpStream,
    /// The code, or the error.
    result: Result<String, String>,
}

impl Loopback {
    /// Listens at a free port, for this computer only.
    pub(super) async fn listen() -> Result<Self, Failure> {
        let failed = |error: std::io::Error| Failure::new(FailureCode::SignInNotFinished, error.to_string());
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        Ok(Self { listener, port })
    }

    pub(super) fn redirect_uri(&self) -> String {
        format!("http://127.0.0.1:{}{OAUTH_REDIRECT_PATH}", self.port)
    }

    /// Waits for the one request that brings the state back, from the service of that name. The port is free after it.
    pub(super) async fn returned(self, state: &str, issuer: Option<&str>) -> Result<Returned, Failure> {
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept(), if connections.len() < AT_ONCE => {
                    let Ok((stream, _)) = accepted else { continue };
                    let (state, issuer) = (state.to_owned(), issuer.map(str::to_owned));
                    connections.spawn(async move {
                        tokio::time::timeout(PATIENCE, heard(stream, &state, issuer.as_deref())).await.ok().flatten()
                    });
                }
                Some(heard) = connections.join_next() => {
                    if let Ok(Some(returned)) = heard {
                        return Ok(returned);
                    }
                }
            }
        }
    }
}

/// Reads one request; anything but the browser's return is answered here.
async fn heard(mut stream: TcpStream, state: &str, issuer: Option<&str>) -> Option<Returned> {
    let mut bytes = Vec::new();
    while !bytes.windows(4).any(|end| end == b"\r\n\r\n") {
        let mut more = [0; 2048];
        let count = stream.read(&mut more).await.ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&more[..count]);
        if bytes.len() > LIMIT {
            return None;
        }
    }
    let line = String::from_utf8_lossy(&bytes);
    match read(line.lines().next().unwrap_or_default(), state, issuer) {
        Some(result) => Some(Returned { stream, result }),
        None => {
            // It is for the other end to read that, or not.
            let answer = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            let _ = stream.write_all(answer).await;
            None
        }
    }
}

/// The code or the error of a request line, when it is the one that is waited for.
fn read(line: &str, state: &str, issuer: Option<&str>) -> Option<Result<String, String>> {
    let target = line.strip_prefix("GET ")?.split(' ').next()?;
    let url = Url::parse("http://127.0.0.1").ok()?.join(target).ok()?;
    if url.path() != OAUTH_REDIRECT_PATH {
        return None;
    }
    let value = |name: &str| {
        let mut values =
            url.query_pairs().filter(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        values.next().filter(|_| values.next().is_none())
    };
    if value("state")? != state || issuer.is_some_and(|issuer| value("iss").as_deref() != Some(issuer)) {
        return None;
    }
    match value("code") {
        Some(code) => Some(Ok(code)),
        None => {
            let error = value("error")?;
            let known =
                error.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') && error.len() < 64;
            Some(Err(if known { error } else { "error".to_owned() }))
        }
    }
}

impl Returned {
    pub(super) fn code(&self) -> Result<&str, &str> {
        self.result.as_deref().map_err(String::as_str)
    }

    /// Shows the last page: a title and a sentence.
    pub(super) async fn answer(mut self, (title, sentence): &(String, String)) {
        let (title, sentence) = (escaped(title), escaped(sentence));
        let body = format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
             <main>\n<h1>{title}</h1>\n<p>{sentence}</p>\n</main>\n</html>\n"
        );
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
             Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\nReferrer-Policy: no-referrer\r\n\
             Cache-Control: no-store\r\nConnection: close\r\n\r\n",
            body.len()
        );
        // A browser that was closed meanwhile reads nothing; the sign-in is what it is.
        let _ = self.stream.write_all((head + &body).as_bytes()).await;
        let _ = self.stream.shutdown().await;
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_awaited_return_is_taken() {
        let read = |line| read(line, "s1", Some("https://id.test"));
        let good = "GET /signed-in?code=abc&state=s1&iss=https%3A%2F%2Fid.test HTTP/1.1";
        assert_eq!(read(good), Some(Ok("abc".to_owned())));
        let denied = "GET /signed-in?error=access_denied&state=s1&iss=https%3A%2F%2Fid.test HTTP/1.1";
        assert_eq!(read(denied), Some(Err("access_denied".to_owned())));
        for bad in [
            "GET /signed-in?code=abc&state=s2&iss=https%3A%2F%2Fid.test HTTP/1.1",
            "GET /signed-in?code=abc&iss=https%3A%2F%2Fid.test HTTP/1.1",
            "GET /signed-in?code=abc&state=s1 HTTP/1.1",
            "GET /signed-in?code=abc&state=s1&iss=https%3A%2F%2Fevil.test HTTP/1.1",
            "GET /signed-in?code=abc&state=s1&state=s1&iss=https%3A%2F%2Fid.test HTTP/1.1",
            "GET /signed-in?state=s1&iss=https%3A%2F%2Fid.test HTTP/1.1",
            "GET /favicon.ico HTTP/1.1",
            "POST /signed-in?code=abc&state=s1&iss=https%3A%2F%2Fid.test HTTP/1.1",
            "",
            "GET",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[tokio::test]
    async fn who_says_nothing_or_too_much_delays_nobody() {
        let loopback = Loopback::listen().await.unwrap();
        let port = loopback.port;
        let waiting = tokio::spawn(async move { loopback.returned("s1", None).await });
        let connect = async || TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        let _silent = connect().await;
        let mut chatty = connect().await;
        let _ = chatty.write_all(&vec![b'x'; LIMIT * 2]).await;
        let mut stranger = connect().await;
        stranger.write_all(b"GET /signed-in?code=x&state=guess HTTP/1.1\r\n\r\n").await.unwrap();
        let mut told = String::new();
        stranger.read_to_string(&mut told).await.unwrap();
        assert!(told.starts_with("HTTP/1.1 404"), "{told}");
        let mut browser = connect().await;
        browser.write_all(b"GET /signed-in?code=c&state=s1 HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        let returned = waiting.await.unwrap().unwrap();
        assert_eq!(returned.code(), Ok("c"));
        returned.answer(&("A <b>".to_owned(), "C & D".to_owned())).await;
        let mut page = String::new();
        browser.read_to_string(&mut page).await.unwrap();
        assert!(page.contains("<h1>A &lt;b&gt;</h1>") && page.contains("C &amp; D"), "{page}");
        assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err(), "the port is free again");
    }
}
