//! A browser as far as signing in needs one: cookies, redirects, forms without script.

use reqwest::header;
use std::collections::BTreeMap;
use url::Url;

/// Keeps cookies by host, as browsers do (RFC 6265, 8.5: ports do not matter).
#[derive(Debug, Default)]
pub struct Browser {
    cookies: BTreeMap<(String, String), String>,
    address: Option<String>,
}

/// What was answered.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Where it was asked for.
    pub url: Url,
    /// The HTTP status.
    pub status: u16,
    /// Where it leads on, for a redirect.
    pub location: Option<Url>,
    /// The body.
    pub text: String,
}

/// The first form of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Where it is posted.
    pub action: Url,
    /// Its fields with the values that they have, in their order.
    pub fields: Vec<(String, String)>,
}

impl Browser {
    /// A browser at that address, as a proxy on this computer tells of it.
    pub fn at(address: &str) -> Self {
        Self { address: Some(address.to_owned()), ..Self::default() }
    }

    /// Asks for an address, without following redirects.
    ///
    /// # Panics
    /// When nothing answers.
    pub async fn get(&mut self, url: &str) -> Shown {
        let url = Url::parse(url).expect("the address is an URL");
        let request = client().get(url.clone());
        self.send(url, request).await
    }

    /// Posts a form, without following redirects.
    ///
    /// # Panics
    /// When nothing answers.
    pub async fn post(&mut self, url: &str, fields: &[(String, String)]) -> Shown {
        let url = Url::parse(url).expect("the address is an URL");
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let kind = "application/x-www-form-urlencoded";
        let request = client().post(url.clone()).header(header::CONTENT_TYPE, kind).body(body);
        self.send(url, request).await
    }

    /// Presses the button of a page's form, with some of the fields filled in.
    ///
    /// # Panics
    /// When there is no form.
    pub async fn press(&mut self, page: &Shown, filled: &[(&str, &str)]) -> Shown {
        let mut form = page.form().unwrap_or_else(|| panic!("there is no form: {page:?}"));
        for (name, value) in filled {
            form.fields.retain(|(key, _)| key != name);
            form.fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        self.post(form.action.as_str(), &form.fields).await
    }

    /// Follows redirects, at most ten.
    ///
    /// # Panics
    /// When there are more.
    pub async fn follow(&mut self, mut shown: Shown) -> Shown {
        for _ in 0..10 {
            let Some(location) = &shown.location else { return shown };
            shown = self.get(location.as_str()).await;
        }
        panic!("too many redirects: {shown:?}")
    }

    /// Forgets all cookies.
    pub fn forget(&mut self) {
        self.cookies.clear();
    }

    async fn send(&mut self, url: Url, request: reqwest::RequestBuilder) -> Shown {
        let host = url.host_str().unwrap_or_default().to_owned();
        let mine = self.cookies.iter().filter(|((of, _), _)| *of == host);
        let cookies: Vec<String> = mine.map(|((_, name), value)| format!("{name}={value}")).collect();
        let mut request = request.header(header::COOKIE, cookies.join("; "));
        if let Some(address) = &self.address {
            request = request.header("x-forwarded-for", address);
        }
        let response = request.send().await.unwrap_or_else(|error| panic!("{url}: {error}"));
        for line in response.headers().get_all(header::SET_COOKIE) {
            self.keep(&host, line.to_str().unwrap_or_default());
        }
        let location = response.headers().get(header::LOCATION).and_then(|text| text.to_str().ok());
        let location = location.and_then(|text| url.join(text).ok());
        let status = response.status().as_u16();
        let text = response.text().await.unwrap_or_default();
        Shown { url, status, location, text }
    }

    fn keep(&mut self, host: &str, line: &str) {
        let Some((name, value)) = line.split(';').next().and_then(|pair| pair.split_once('=')) else {
            return;
        };
        let key = (host.to_owned(), name.trim().to_owned());
        if value.is_empty() || line.contains("Max-Age=0") {
            self.cookies.remove(&key);
        } else {
            self.cookies.insert(key, value.trim().to_owned());
        }
    }
}

fn client() -> reqwest::Client {
    let builder = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    builder.build().expect("a client can be made")
}

impl Shown {
    /// The first form of the page.
    pub fn form(&self) -> Option<Form> {
        let lower = self.text.to_ascii_lowercase();
        let start = lower.find("<form")?;
        let end = lower[start..].find("</form").map_or(self.text.len(), |end| start + end);
        let form = &self.text[start..end];
        let action = attribute(form.split('>').next()?, "action").unwrap_or_default();
        let inputs = form.split('<').filter(|tag| {
            let name = tag.split(|one: char| !one.is_ascii_alphanumeric()).next().unwrap_or_default();
            name.eq_ignore_ascii_case("input") || name.eq_ignore_ascii_case("button")
        });
        let fields = inputs.filter_map(|tag| {
            let tag = tag.split('>').next()?;
            Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default()))
        });
        Some(Form { action: self.url.join(&action).ok()?, fields: fields.collect() })
    }

    /// The value of a field of the first form.
    pub fn field(&self, name: &str) -> Option<String> {
        self.form()?.fields.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let quoted = |quote: char| {
        let (before, after) = tag.split_once(&format!("{name}={quote}"))?;
        let is_whole = before.ends_with(char::is_whitespace);
        after.split(quote).next().filter(|_| is_whole)
    };
    let value = quoted('"').or_else(|| quoted('\''))?;
    Some(unescaped(value))
}

/// The references that pages write: named ones of XML, and numbers.
fn unescaped(text: &str) -> String {
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (reference, rest) = part.split_once(';').unwrap_or((part, ""));
        let number = |text: &str, radix| u32::from_str_radix(text, radix).ok().and_then(char::from_u32);
        let known = match reference {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            other => match other.strip_prefix("#x").or_else(|| other.strip_prefix("#X")) {
                Some(digits) => number(digits, 16),
                None => other.strip_prefix('#').and_then(|digits| number(digits, 10)),
            },
        };
        match known {
            Some(one) => {
                out.push(one);
                out.push_str(rest);
            }
            None => {
                out.push('&');
                out.push_str(part);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_browsers_do() {
        let page = Shown {
            url: Url::parse("http://localhost:1/a/b?c=d").unwrap(),
            status: 200,
            location: None,
            text: r#"<form method="post" action="?x=1&amp;y=2"><input type="hidden" name="R" value="a&#x2B;b&quot;"/>
                <input name='S' type='hidden' value='"'>
                <button name="go" value="1">Go</button></form><form action="/other"></form>"#
                .to_owned(),
        };
        let form = page.form().unwrap();
        assert_eq!(form.action.as_str(), "http://localhost:1/a/b?x=1&y=2");
        assert_eq!(
            form.fields,
            [("R".into(), "a+b\"".into()), ("S".into(), "\"".into()), ("go".into(), "1".into())]
        );
    }
}
