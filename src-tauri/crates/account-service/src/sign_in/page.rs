//! Plain pages for browsers: no script but one that presses a button, no style but a few lines, nothing from elsewhere.

use super::request::Carried;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use saml::escaped;
use sha2::{Digest, Sha256};
use texts::Texts;
use vocabulary::Finding;

/// Presses the one button of the page that carries a request on. Without it the button is pressed by hand.
const GO_ON: &str = "document.forms[0].submit()";

const STYLE: &str = "body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; \
padding: 0 1rem; color: #1b1d21; background: #fff } label { display: block; font-weight: 600 } \
input[type=email] { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; border: 1px solid #6b7280; \
border-radius: .25rem; background: inherit; color: inherit } button { font: inherit; font-weight: 600; \
margin-top: 1rem; padding: .5rem 1.25rem; border: 1px solid #1d4ed8; border-radius: .25rem; background: #1d4ed8; \
color: #fff } code { overflow-wrap: anywhere } .fix { margin-top: 0 } \
:focus-visible { outline: 3px solid #d97706; outline-offset: 2px } \
@media (prefers-color-scheme: dark) { body { background: #16181d; color: #e8eaee } }";

/// A page before it has its frame.
pub(super) struct Page {
    status: StatusCode,
    title: String,
    body: String,
    runs_script: bool,
}

impl Page {
    fn new(status: StatusCode, title: String, body: String) -> Self {
        Self { status, title, body, runs_script: false }
    }

    /// Asks for the work e-mail address; says what was wrong with the one before.
    pub(super) fn ask_for_email(texts: &Texts, typed: &str, problem: Option<&Finding>) -> Self {
        let says = |id| escaped(&text(texts, id, &[]));
        let title = text(texts, "service-sign-in", &[]);
        let trouble = problem.map(|finding| {
            let words = texts.finding(finding);
            format!(
                r#"<p id="trouble" role="alert"><strong>{}</strong> {}</p>"#,
                escaped(&words.message),
                escaped(&words.fix)
            )
        });
        let described =
            if trouble.is_some() { r#" aria-describedby="trouble" aria-invalid="true""# } else { "" };
        let body = format!(
            r#"<h1>{heading}</h1>
<p>{intro}</p>
{trouble}
<form method="post" action="/sso/login">
<label for="email">{label}</label>
<input id="email" name="email" type="email" autocomplete="username" required value="{typed}"{described}>
<button type="submit">{go}</button>
</form>"#,
            heading = escaped(&title),
            intro = says("service-sign-in-intro"),
            trouble = trouble.unwrap_or_default(),
            label = says("service-sign-in-email"),
            typed = escaped(typed),
            go = says("service-continue"),
        );
        let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        Self::new(status, title, body)
    }

    /// Carries a request on in a form.
    pub(super) fn form(texts: &Texts, action: &str, value: &str) -> Self {
        let title = text(texts, "service-going-on", &[]);
        let body = format!(
            r#"<h1>{heading}</h1>
<p>{intro}</p>
<form method="post" action="{action}">
<input type="hidden" name="SAMLRequest" value="{value}">
<button type="submit">{go}</button>
</form>
<script>{GO_ON}</script>"#,
            heading = escaped(&title),
            intro = escaped(&text(texts, "service-going-on-intro", &[])),
            action = escaped(action),
            value = escaped(value),
            go = escaped(&text(texts, "service-continue", &[])),
        );
        Self { runs_script: true, ..Self::new(StatusCode::OK, title, body) }
    }

    /// Something is as it should be: a title and sentences; a button that signs out when `signs_out`.
    pub(super) fn good(texts: &Texts, id: &str, args: &[(&str, &str)], signs_out: bool) -> Self {
        let title = text(texts, id, args);
        let more = escaped(&attribute(texts, id, "more", args));
        let button = if signs_out {
            let label = escaped(&text(texts, "service-sign-out", &[]));
            format!(
                r#"<form method="post" action="/sso/logout"><button type="submit">{label}</button></form>"#
            )
        } else {
            String::new()
        };
        let body = format!("<h1>{}</h1>\n<p>{more}</p>\n{button}", escaped(&title));
        Self::new(StatusCode::OK, title, body)
    }

    /// What went wrong, in words and with its code; and where to go on.
    pub(super) fn bad(texts: &Texts, status: StatusCode, is_test: bool, findings: &[Finding]) -> Self {
        let title = text(texts, "service-failed", &[]);
        let errors = findings.iter().filter(|finding| finding.is_error());
        let rows: String = errors.map(|finding| row(texts, finding)).collect();
        let back = if is_test { "service-back-to-signpost" } else { "service-ask-administrator" };
        let back = escaped(&text(texts, back, &[]));
        let body = format!("<h1>{}</h1>\n{rows}<p>{back}</p>", escaped(&title));
        Self::new(status, title, body)
    }
}

fn row(texts: &Texts, finding: &Finding) -> String {
    let words = texts.finding(finding);
    let code = escaped(&text(texts, "service-code", &[]));
    format!(
        "<h2>{}</h2>\n<p class=\"fix\">{}</p>\n<p>{code} <code>{}</code></p>\n",
        escaped(&words.message),
        escaped(&words.fix),
        escaped(&finding.code)
    )
}

fn text(texts: &Texts, id: &str, args: &[(&str, &str)]) -> String {
    texts.text(id, args.iter().copied()).unwrap_or_else(|| id.to_owned())
}

fn attribute(texts: &Texts, id: &str, name: &str, args: &[(&str, &str)]) -> String {
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

/// Sends the browser on, with the cookies that tie it to its request.
pub(super) fn carry(
    texts: &Texts,
    carried: Carried,
    cookies: impl IntoIterator<Item = HeaderValue>,
) -> Response {
    let mut response = match carried {
        Carried::Redirect(url) => redirect(&url),
        Carried::Form { action, value } => Page::form(texts, &action, &value).into_response(),
    };
    add_cookies(&mut response, cookies);
    response
}

/// 303: go on with GET.
pub(super) fn redirect(url: &str) -> Response {
    let location = HeaderValue::try_from(url).ok().map(|url| (header::LOCATION, url));
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().extend(location);
    response
}

pub(super) fn add_cookies(response: &mut Response, cookies: impl IntoIterator<Item = HeaderValue>) {
    let name: HeaderName = header::SET_COOKIE;
    for cookie in cookies {
        response.headers_mut().append(name.clone(), cookie);
    }
}
