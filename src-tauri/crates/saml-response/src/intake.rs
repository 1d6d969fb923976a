use base64::Engine as _;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;
use time::Duration;
use url::form_urlencoded;
use vocabulary::{Finding, Timestamp};

/// The most that is taken, in bytes: 32 MiB, because a HAR file holds everything that a browser loaded.
pub const LIMIT: usize = 32 * 1024 * 1024;

/// The most that one response may have, in bytes: 1 MiB.
const RESPONSE_LIMIT: usize = 1024 * 1024;

/// So many responses within [`ROUND`] are not made by hand. Microsoft Entra ID ends a loop after five of them.
const ROUNDS: usize = 4;
const ROUND: Duration = Duration::seconds(30);

/// The form field of the HTTP-POST binding (SAML Bindings 3.5.4).
const FIELD: &str = "SAMLResponse";

/// A response, taken out of what it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The XML.
    pub xml: String,
    /// How many responses there were; the last one was taken.
    pub count: usize,
    /// Whether a HAR file shows the browser bring one after the other, faster than anybody signs in.
    pub goes_round: bool,
}

impl Taken {
    /// What the recording says of the sign-in beside the response: nothing, or `sign-in-goes-round`.
    pub fn remark(&self) -> Option<Finding> {
        self.goes_round.then(|| Finding::error("sign-in-goes-round").with("count", self.count))
    }
}

/// Takes the last response out of XML, base64, a form body, a saved sign-in page or a HAR file.
///
/// # Errors
/// A finding that says why there is none: `response-none`, `response-is-request`, `response-too-large`,
/// `response-not-base64`, `response-not-utf8`, `response-not-xml`.
pub fn take(bytes: &[u8]) -> Result<Taken, Finding> {
    if bytes.len() > LIMIT {
        return Err(Finding::error("response-too-large").with("limit", "32 MB"));
    }
    let decoded = certs::decode_text(bytes, None).ok_or_else(|| Finding::error("response-not-utf8"))?;
    let text = decoded.text.trim();
    if text.is_empty() {
        return Err(none(""));
    }
    if text.starts_with('<') && !is_page(text) {
        return within_limit(text.to_owned()).map(|xml| Taken { xml, count: 1, goes_round: false });
    }
    let mut found = values(text);
    let (count, goes_round) = (found.values.len(), found.goes_round());
    let value = found.values.pop().ok_or_else(|| none(text))?;
    decode(&value).map(|xml| Taken { xml, count, goes_round })
}

fn none(text: &str) -> Finding {
    if text.contains("SAMLRequest") {
        Finding::error("response-is-request")
    } else {
        Finding::error("response-none")
    }
}

fn within_limit(xml: String) -> Result<String, Finding> {
    if xml.len() > RESPONSE_LIMIT {
        return Err(Finding::error("response-too-large").with("limit", "1 MB"));
    }
    Ok(xml)
}

fn is_page(text: &str) -> bool {
    let head: String = text.chars().take(4096).collect::<String>().to_ascii_lowercase();
    head.starts_with("<!doctype html")
        || head.contains("<html")
        || head.contains("<form")
        || head.contains("<input")
}

/// Every value of the field, oldest first.
#[derive(Debug, Default)]
struct Found {
    values: Vec<String>,
    /// When each was sent, in a recording that says so.
    sent: Vec<Timestamp>,
}

impl Found {
    fn goes_round(&self) -> bool {
        self.sent.windows(ROUNDS).any(|round| match round {
            [first, .., last] => first <= last && *last < first.plus(ROUND),
            _ => false,
        })
    }
}

fn values(text: &str) -> Found {
    if text.starts_with('{') {
        return serde_json::from_str(text).map(|json| in_json(&json)).unwrap_or_default();
    }
    Found { values: in_text(text), sent: Vec::new() }
}

fn in_text(text: &str) -> Vec<String> {
    if text.starts_with('<') {
        return in_page(text);
    }
    if text.contains(&format!("{FIELD}=")) {
        return in_form(text);
    }
    let looks_encoded = text.chars().all(|one| one.is_ascii_alphanumeric() || "+/=-_%\r\n\t ".contains(one));
    if looks_encoded { vec![text.to_owned()] } else { Vec::new() }
}

/// A HAR file: `log.entries[].request.postData`, with `params` or with `text`, and `log.entries[].startedDateTime`.
fn in_json(json: &Value) -> Found {
    let mut found = Found::default();
    for entry in json.pointer("/log/entries").and_then(Value::as_array).into_iter().flatten() {
        if let Some(value) = entry.pointer("/request/postData").and_then(posted) {
            found.values.push(value);
            let started = entry.get("startedDateTime").and_then(Value::as_str);
            found.sent.extend(started.and_then(Timestamp::parse));
        }
    }
    found
}

fn posted(post: &Value) -> Option<String> {
    let named = |param: &&Value| param.get("name").and_then(Value::as_str) == Some(FIELD);
    let params = post.get("params").and_then(Value::as_array);
    let param = params.and_then(|params| params.iter().find(named));
    // Some browsers write the parameters as they were sent, others decoded; base64 has no percent sign of its own.
    let value = param.and_then(|param| param.get("value")).and_then(Value::as_str).map(str::to_owned);
    let body = || post.get("text").and_then(Value::as_str).map(in_form).and_then(|mut found| found.pop());
    value.or_else(body)
}

fn in_form(body: &str) -> Vec<String> {
    let start = body.find(&format!("{FIELD}=")).unwrap_or_default();
    let pairs = form_urlencoded::parse(body[start..].trim().as_bytes());
    pairs.filter(|(name, _)| name == FIELD).map(|(_, value)| value.into_owned()).collect()
}

/// The value of the hidden field of a page that posts itself.
fn in_page(page: &str) -> Vec<String> {
    let tags =
        page.split('<').filter(|tag| tag.get(..5).is_some_and(|name| name.eq_ignore_ascii_case("input")));
    let fields = tags.filter(|tag| html_attribute(tag, "name").is_some_and(|name| name == FIELD));
    fields.filter_map(|tag| html_attribute(tag, "value")).map(without_entities).collect()
}

fn html_attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let after = tag.match_indices('=').find(|(at, _)| {
        let before = tag[..*at].trim_end();
        let start =
            before.rfind(|one: char| one.is_whitespace() || one == '"' || one == '\'').map_or(0, |at| at + 1);
        before.get(start..).is_some_and(|found| found.eq_ignore_ascii_case(name))
    });
    let value = tag[after?.0 + 1..].trim_start();
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split(|one: char| one.is_whitespace() || one == '>').next(),
    }
}

/// The few entities that base64 may be written with.
fn without_entities(value: &str) -> String {
    [
        ("&#43;", "+"),
        ("&#x2b;", "+"),
        ("&#x2B;", "+"),
        ("&#61;", "="),
        ("&#x3d;", "="),
        ("&#x3D;", "="),
        ("&#47;", "/"),
    ]
    .iter()
    .chain(&[
        ("&#10;", "\n"),
        ("&#13;", "\r"),
        ("&#xa;", "\n"),
        ("&#xd;", "\r"),
        ("&#xA;", "\n"),
        ("&#xD;", "\r"),
    ])
    .fold(value.to_owned(), |text, (entity, plain)| text.replace(entity, plain))
}

/// The XML in the value of the form field `SAMLResponse` (SAML Bindings 3.5.4): base64 of at most 1 MiB of UTF-8.
///
/// # Errors
/// A finding that says why there is none: `response-too-large`, `response-not-base64`, `response-not-utf8`,
/// `response-not-xml`.
pub fn decode(value: &str) -> Result<String, Finding> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &base64::alphabet::STANDARD,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    let plain = if value.contains('%') { percent_decoded(value) } else { value.to_owned() };
    let standard: String = plain
        .chars()
        .filter(|one| !one.is_whitespace())
        .map(|one| match one {
            '-' => '+',
            '_' => '/',
            other => other,
        })
        .collect();
    let bytes = LENIENT.decode(standard).map_err(|_| Finding::error("response-not-base64"))?;
    if bytes.len() > RESPONSE_LIMIT {
        return Err(Finding::error("response-too-large").with("limit", "1 MB"));
    }
    let xml = String::from_utf8(bytes).map_err(|_| Finding::error("response-not-utf8"))?;
    let xml = xml.trim_start_matches('\u{feff}').trim();
    if !xml.starts_with('<') {
        return Err(Finding::error("response-not-xml"));
    }
    Ok(xml.to_owned())
}

fn percent_decoded(value: &str) -> String {
    let pair = format!("x={}", value.replace('+', "%2B"));
    form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}
