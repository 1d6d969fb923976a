//! From what a browser brings to one message. A part that is there twice is refused: two readers could take different
//! ones.

use super::{SentLogout, SentSignature};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::DeflateDecoder;
use std::io::Read;
use url::form_urlencoded;
use vocabulary::Finding;

/// The most that one message may have, in bytes: 64 KiB, also when it comes compressed.
const LIMIT: usize = 64 * 1024;

/// The only encoding of messages in a query (SAML Bindings 3.4.4.1).
const DEFLATE: &str = "urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE";

const MESSAGES: [&str; 2] = ["SAMLRequest", "SAMLResponse"];

/// The message in the query of an URL (SAML Bindings 3.4), as it was sent.
///
/// # Errors
/// `logout-none` when there is no message, `logout-malformed` when it cannot be read.
pub fn from_query(query: &str) -> Result<SentLogout, Finding> {
    let parts: Vec<(&str, &str)> = query.split('&').filter_map(|part| part.split_once('=')).collect();
    let only = |name: &str| once(parts.iter().filter(|(key, _)| *key == name).map(|(_, value)| *value));
    let (field, message) = message(|name| only(name))?;
    if only("SAMLEncoding")?.is_some_and(|encoding| decoded(encoding) != DEFLATE) {
        return Err(malformed("encoding"));
    }
    let relay_state = only("RelayState")?;
    let signature = match (only("SigAlg")?, only("Signature")?) {
        (None, None) => SentSignature::Missing,
        (Some(algorithm), Some(signature)) => {
            let relayed = relay_state.map(|value| format!("&RelayState={value}")).unwrap_or_default();
            SentSignature::Beside {
                signed: format!("{field}={message}{relayed}&SigAlg={algorithm}"),
                algorithm: decoded(algorithm),
                value: base64(&decoded(signature))?,
            }
        }
        _ => return Err(malformed("signature")),
    };
    let mut xml = Vec::new();
    let deflated = base64(&decoded(message))?;
    // One byte more than is taken tells that there is more.
    let most = u64::try_from(LIMIT + 1).unwrap_or(u64::MAX);
    DeflateDecoder::new(&deflated[..])
        .take(most)
        .read_to_end(&mut xml)
        .map_err(|_| malformed("compression"))?;
    Ok(SentLogout { xml: text(xml)?, relay_state: relay_state.map(decoded), signature })
}

/// The message in a form that was posted (SAML Bindings 3.5).
///
/// # Errors
/// `logout-none` when there is no message, `logout-malformed` when it cannot be read.
pub fn from_form(body: &[u8]) -> Result<SentLogout, Finding> {
    let fields: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
    let only =
        |name: &str| once(fields.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()));
    let (_, message) = message(|name| only(name))?;
    let relay_state = only("RelayState")?.map(str::to_owned);
    Ok(SentLogout { xml: text(base64(message)?)?, relay_state, signature: SentSignature::Inside })
}

/// The one field with a message, and its value.
fn message<'v>(
    only: impl Fn(&str) -> Result<Option<&'v str>, Finding>,
) -> Result<(&'static str, &'v str), Finding> {
    let [request, response] = MESSAGES;
    match (only(request)?, only(response)?) {
        (Some(value), None) => Ok((request, value)),
        (None, Some(value)) => Ok((response, value)),
        (None, None) => Err(Finding::error("logout-none")),
        (Some(_), Some(_)) => Err(malformed("two-messages")),
    }
}

fn once<'v>(mut values: impl Iterator<Item = &'v str>) -> Result<Option<&'v str>, Finding> {
    match (values.next(), values.next()) {
        (value, None) => Ok(value),
        _ => Err(malformed("field-twice")),
    }
}

pub(super) fn malformed(reason: &str) -> Finding {
    Finding::error("logout-malformed").seen("reason", reason)
}

fn decoded(value: &str) -> String {
    let pair = format!("x={value}");
    form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

/// Lines may be broken in it (RFC 2045).
fn base64(value: &str) -> Result<Vec<u8>, Finding> {
    let plain: String = value.chars().filter(|one| !one.is_whitespace()).collect();
    STANDARD.decode(plain).map_err(|_| malformed("base64"))
}

fn text(bytes: Vec<u8>) -> Result<String, Finding> {
    if bytes.len() > LIMIT {
        return Err(malformed("size"));
    }
    String::from_utf8(bytes).map_err(|_| malformed("utf-8"))
}
