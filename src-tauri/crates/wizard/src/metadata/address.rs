//! What of an address is kept: a project is a plain file, and part of an address may be a secret.

use serde::{Deserialize, Serialize};
use url::Url;

/// Parts of a query that name something and open nothing, in small letters.
const NAMES: &[&str] = &["appid", "client_id", "connection", "entityid", "spentityid", "tenant"];

/// Where metadata was fetched, remembered for reading it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "SamlAddress")]
pub struct Address {
    /// As it was typed, without what was withheld.
    pub url: String,
    /// Where it led on to, in order, without the same.
    pub redirects: Vec<String>,
    /// Whether it may lead into a private network.
    pub allow_private: bool,
    /// Whether part of the address is not kept, because it may be a secret; it has to be typed to be read again.
    #[serde(default)]
    pub withheld: bool,
}

impl Address {
    /// What is kept of an address that was fetched. User names, passwords, fragments and all values of the query but those
    /// that are known to name something are left out.
    pub fn new(url: &str, redirects: &[String], allow_private: bool) -> Self {
        let (kept, withheld) = without_secrets(url);
        let redirects = redirects.iter().map(|one| without_secrets(one).0).collect();
        Self { url: kept, redirects, allow_private, withheld }
    }
}

/// The address without what may be a secret, and whether there was any. What is no address is left out whole.
fn without_secrets(address: &str) -> (String, bool) {
    let Ok(mut url) = Url::parse(address) else { return (String::new(), true) };
    let is_named = url.query_pairs().all(|(name, value)| value.is_empty() || is_a_name(&name))
        // A query without names may be a secret itself.
        && url.query().is_none_or(|query| query.is_empty() || query.split('&').all(|part| part.contains('=')));
    let is_plain =
        is_named && url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if is_plain {
        return (address.to_owned(), false);
    }
    // An address of the web takes both.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    url.set_query(None);
    let kept = pairs.iter().filter(|(name, value)| !value.is_empty() && is_a_name(name));
    let mut kept = kept.peekable();
    if kept.peek().is_some() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    (url.to_string(), true)
}

fn is_a_name(name: &str) -> bool {
    NAMES.contains(&name.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_something_is_kept_and_what_may_open_something_is_not() {
        for (typed, kept) in [
            ("https://idp.example/metadata", None),
            ("https://login.example/t/federationmetadata.xml?appid=1a2b", None),
            ("https://idp.example/m?AppId=1&connection=x", None),
            ("https://idp.example/m?appid=1&token=s3cret", Some("https://idp.example/m?appid=1")),
            ("https://idp.example/m?sig=s3cret", Some("https://idp.example/m")),
            ("https://idp.example/m?s3cret", Some("https://idp.example/m")),
            ("https://ada:s3cret@idp.example/m", Some("https://idp.example/m")),
            ("https://s3cret@idp.example/m", Some("https://idp.example/m")),
            ("https://idp.example/m#s3cret", Some("https://idp.example/m")),
            ("s3cret", Some("")),
        ] {
            let address = Address::new(typed, &[typed.to_owned()], false);
            assert_eq!((address.url.as_str(), address.withheld), (kept.unwrap_or(typed), kept.is_some()));
            assert_eq!(address.redirects, [address.url]);
        }
    }
}
