//! The pages of the service provider.

use super::codes::UNREADABLE;
use super::message::Carried;
use crate::page::{GO_ON, attribute, text};
pub(super) use crate::page::{Page, add_cookies, redirect};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use saml::escaped;
use texts::Texts;
use vocabulary::Finding;

impl Page {
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
    pub(super) fn form(texts: &Texts, action: &str, fields: &[(&str, String)]) -> Self {
        let title = text(texts, "service-going-on", &[]);
        let body = format!(
            r#"<h1>{heading}</h1>
<p>{intro}</p>
<form method="post" action="{action}">
{fields}<button type="submit">{go}</button>
</form>
<script>{GO_ON}</script>"#,
            heading = escaped(&title),
            intro = escaped(&text(texts, "service-going-on-intro", &[])),
            action = escaped(action),
            fields = fields.iter().map(hidden).collect::<String>(),
            go = escaped(&text(texts, "service-continue", &[])),
        );
        Self::new(StatusCode::OK, title, body).that_goes_on()
    }

    /// Something is as it should be: a title and sentences.
    pub(super) fn good(texts: &Texts, id: &str, args: &[(&str, &str)]) -> Self {
        Self::good_with(texts, (id, args), "")
    }

    /// Who is signed in, and how to sign out: here, and where that can be asked for, at the identity provider too.
    pub(super) fn signed_in(texts: &Texts, args: &[(&str, &str)], everywhere: bool) -> Self {
        let mut buttons = sign_out(texts);
        if everywhere {
            let label = escaped(&text(texts, "service-sign-out-everywhere", &[]));
            let button = format!(r#"<button type="submit" class="second">{label}</button>"#);
            let field = r#"<input type="hidden" name="everywhere" value="yes">"#;
            buttons.push_str(&ending(&(field.to_owned() + &button)));
        }
        Self::good_with(texts, ("service-signed-in", args), &buttons)
    }

    fn good_with(texts: &Texts, (id, args): (&str, &[(&str, &str)]), buttons: &str) -> Self {
        let title = text(texts, id, args);
        let more = escaped(&attribute(texts, id, "more", args));
        let body = format!("<h1>{}</h1>\n<p>{more}</p>\n{buttons}", escaped(&title));
        Self::new(StatusCode::OK, title, body)
    }

    /// Nobody was signed out: why not, in words and with its code; and the way to sign out here all the same.
    pub(super) fn not_signed_out(texts: &Texts, status: StatusCode, findings: &[Finding]) -> Self {
        let here = escaped(&attribute(texts, "service-sign-out-failed", "more", &[]));
        let further = format!("<p>{here}</p>\n{}", sign_out(texts));
        let words = ("service-sign-out-failed", "service-ask-administrator");
        Self::trouble(texts, status, words, &further, findings)
    }

    /// What went wrong, in words and with its code; and where to go on.
    pub(super) fn bad(texts: &Texts, status: StatusCode, is_test: bool, findings: &[Finding]) -> Self {
        let back = if is_test { "service-back-to-signpost" } else { "service-ask-administrator" };
        Self::trouble(texts, status, ("service-failed", back), "", findings)
    }

    fn trouble(
        texts: &Texts,
        status: StatusCode,
        (title, back): (&str, &str),
        further: &str,
        findings: &[Finding],
    ) -> Self {
        let title = text(texts, title, &[]);
        let errors = findings.iter().filter(|finding| finding.is_error());
        let rows: String = errors.map(|finding| row(texts, finding)).collect();
        let back = escaped(&text(texts, back, &[]));
        let body = format!("<h1>{}</h1>\n{further}{rows}<p>{back}</p>", escaped(&title));
        Self::new(status, title, body)
    }
}

/// The button that ends the session here.
fn sign_out(texts: &Texts) -> String {
    let label = escaped(&text(texts, "service-sign-out", &[]));
    ending(&format!(r#"<button type="submit">{label}</button>"#))
}

/// The form that ends the session, and more if it has a field that asks for it.
fn ending(within: &str) -> String {
    format!("<form method=\"post\" action=\"/sso/logout\">{within}</form>\n")
}

fn hidden((name, value): &(&str, String)) -> String {
    format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">\n", escaped(value))
}

fn row(texts: &Texts, finding: &Finding) -> String {
    let (message, fix) = if UNREADABLE.contains(&&*finding.code) {
        let id = "service-unreadable";
        (text(texts, id, &[]), attribute(texts, id, "more", &[]))
    } else {
        let words = texts.finding(finding);
        (words.message, words.fix)
    };
    let code = escaped(&text(texts, "service-code", &[]));
    format!(
        "<h2>{}</h2>\n<p class=\"fix\">{}</p>\n<p>{code} <code>{}</code></p>\n",
        escaped(&message),
        escaped(&fix),
        escaped(&finding.code)
    )
}

/// Sends the browser on to the identity provider, with cookies.
pub(super) fn carry(
    texts: &Texts,
    carried: Carried,
    cookies: impl IntoIterator<Item = HeaderValue>,
) -> Response {
    let mut response = match carried {
        Carried::Redirect(url) => redirect(&url),
        Carried::Form { action, fields } => Page::form(texts, &action, &fields).into_response(),
    };
    add_cookies(&mut response, cookies);
    response
}
