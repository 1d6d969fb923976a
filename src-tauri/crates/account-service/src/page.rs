//! Plain pages for browsers: no script but one that presses a button, no style but a few lines, nothing from elsewhere.
//!
//! [`Page`] is the frame; what stands in it is made where it is shown.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use saml::escaped;
use sha2::{Digest, Sha256};
use texts::Texts;

/// Presses the one button of the page that carries a request on. Without it the button is pressed by hand.
pub(crate) const GO_ON: &str = "document.forms[0].submit()";

const STYLE: &str = ":root { color-scheme: light dark } body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; \
padding: 0 1rem; color: #1b1d21; background: #fff } h1, h2 { line-height: 1.25; text-wrap: balance } h1 { font-size: 1.75rem } \
h2 { font-size: 1.125rem; margin: 1.5rem 0 .5rem } form + h2 { margin-top: 2rem; border-top: 1px solid #9ca3af; \
padding-top: 1.5rem } label { display: block; font-weight: 600; margin-top: 1rem } \
input, select { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; border: 1px solid #6b7280; \
border-radius: .25rem; background: inherit; color: inherit } button { font: inherit; font-weight: 600; \
margin: 1rem .5rem 0 0; padding: .5rem 1.25rem; border: 1px solid #1d4ed8; border-radius: .25rem; background: #1d4ed8; \
color: #fff } button.second { background: inherit; color: inherit; border-color: #6b7280 } \
form + p { margin-top: 1.75rem } code { overflow-wrap: anywhere } time { white-space: nowrap } .fix, .hint { margin-top: 0 } \
table { border-collapse: collapse; display: block; overflow-x: auto } td, th { text-align: start; \
padding: .25rem .75rem .25rem 0; vertical-align: top } \
:focus-visible { outline: 3px solid #d97706; outline-offset: 2px } \
@media (min-width: 38rem) { table { width: max-content; max-width: calc(50vw + 16rem) } } \
@media (max-width: 30rem) { body { margin-top: 1.5rem } } \
@media (prefers-color-scheme: dark) { body { background: #16181d; color: #e8eaee } }";

/// A page before it has its frame.
pub(crate) struct Page {
    status: StatusCode,
    title: String,
    body: String,
    runs_script: bool,
}

impl Page {
    /// A title for the window, and what stands in the page.
    pub(crate) fn new(status: StatusCode, title: String, body: String) -> Self {
        Self { status, title, body, runs_script: false }
    }

    /// The page that presses its own button.
    pub(crate) fn that_goes_on(self) -> Self {
        Self { runs_script: true, ..self }
    }
}

/// The words of that id.
pub(crate) fn text(texts: &Texts, id: &str, args: &[(&str, &str)]) -> String {
    texts.text(id, args.iter().copied()).unwrap_or_else(|| id.to_owned())
}

/// The words of an attribute of that id.
pub(crate) fn attribute(texts: &Texts, id: &str, name: &str, args: &[(&str, &str)]) -> String {
    texts.attribute(id, name, args.iter().copied()).unwrap_or_default()
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let Self { status, title, body, runs_script } = self;
        let html = format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
             <style>{STYLE}</style>\n<main>\n{body}\n</main>\n</html>\n",
            escaped(&title)
        );
        let policy = (header::CONTENT_SECURITY_POLICY, content_security_policy(runs_script));
        let referrer = (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        (status, [policy, referrer], Html(html)).into_response()
    }
}

/// `form-action` is left open: forms lead on to an identity provider, over any redirects of its own.
fn content_security_policy(runs_script: bool) -> HeaderValue {
    let style = STANDARD.encode(Sha256::digest(STYLE));
    let script = if runs_script {
        format!("; script-src 'sha256-{}'", STANDARD.encode(Sha256::digest(GO_ON)))
    } else {
        String::new()
    };
    let text = format!(
        "default-src 'none'; style-src 'sha256-{style}'{script}; frame-ancestors 'none'; base-uri 'none'"
    );
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}

/// 303: go on with GET.
pub(crate) fn redirect(url: &str) -> Response {
    let location = HeaderValue::try_from(url).ok().map(|url| (header::LOCATION, url));
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().extend(location);
    response
}

/// Gives the browser cookies with the answer.
pub(crate) fn add_cookies(response: &mut Response, cookies: impl IntoIterator<Item = HeaderValue>) {
    let name: HeaderName = header::SET_COOKIE;
    for cookie in cookies {
        response.headers_mut().append(name.clone(), cookie);
    }
}
