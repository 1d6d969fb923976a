//! Ory Polis, as far as it is a library: `@boxyhq/saml-jackson` behind its documented routes, on this computer only.

use crate::served::Served;
use serde_json::Value;

/// One that runs, with nothing in it. Everything is gone with it.
#[derive(Debug)]
pub struct Polis {
    /// Its address.
    pub url: String,
    _served: Served,
}

impl Polis {
    /// Starts one with that API key.
    ///
    /// # Panics
    /// When it is not installed, or ends before it serves.
    pub fn start(key: &str) -> Self {
        let served = Served::start("polis_serves.cjs", "POLIS_API_KEY", key);
        Self { url: served.url.clone(), _served: served }
    }

    /// Where a sign-in of a tenant to a product begins, which ends at that address.
    pub fn sign_in_url(&self, tenant: &str, product: &str, redirect: &str) -> String {
        let query = [
            ("tenant", tenant),
            ("product", product),
            ("redirect_uri", redirect),
            ("response_type", "code"),
            ("client_id", "dummy"),
            ("state", "s"),
        ];
        let url = url::Url::parse_with_params(&format!("{}/api/oauth/authorize", self.url), query);
        url.expect("it is an address").into()
    }

    /// Asks as others do, identity providers with a directory's token and programs with the API key: method, URL, secret and
    /// body. Status and answer.
    ///
    /// # Panics
    /// When Polis does not answer.
    pub async fn ask(method: &str, url: &str, secret: &str, body: &Value) -> (u16, Value) {
        let method = method.parse().expect("it is a method");
        let request = reqwest::Client::new().request(method, url).bearer_auth(secret);
        let answer = request.json(body).send().await.expect("it answers");
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }
}
