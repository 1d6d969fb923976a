//! A stand-in for Keycloak on this computer: its documented Admin REST API of identity providers, and nothing else. It is
//! not Keycloak.

use crate::served::Served;
use serde_json::Value;

/// One that runs with the realm `staff`, in which there is nothing. Everything is gone with it.
#[derive(Debug)]
pub struct Keycloak {
    /// Its address.
    pub url: String,
    _served: Served,
}

impl Keycloak {
    /// Starts one. The client `signpost` of the realm `staff` gets an access token with that secret.
    ///
    /// # Panics
    /// When what it is made of is not installed, or it ends before it serves.
    pub fn start(secret: &str) -> Self {
        let served = Served::start("keycloak_stand_in.cjs", "KEYCLOAK_SECRET", secret);
        Self { url: served.url.clone(), _served: served }
    }

    /// The access token of the client.
    ///
    /// # Panics
    /// When there is none.
    pub async fn token(&self, secret: &str) -> String {
        let url = format!("{}/realms/staff/protocol/openid-connect/token", self.url);
        let body = format!("grant_type=client_credentials&client_id=signpost&client_secret={secret}");
        let request = reqwest::Client::new().post(url).body(body);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer: Value = request.send().await.expect("it answers").json().await.expect("in JSON");
        answer["access_token"].as_str().expect("a token").to_owned()
    }

    /// Asks as somebody else does, below the realm's identity providers: status and answer.
    ///
    /// # Panics
    /// When it does not answer.
    pub async fn ask(&self, method: &str, path: &str, token: &str, body: &Value) -> (u16, Value) {
        let url = format!("{}/admin/realms/staff/identity-provider/{path}", self.url);
        let method = method.parse().expect("it is a method");
        let request = reqwest::Client::new().request(method, url).bearer_auth(token);
        let answer = request.json(body).send().await.expect("it answers");
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    /// Has it keep another setting than it is sent from now on, as a Keycloak with a mistake does.
    ///
    /// # Panics
    /// When it does not answer.
    pub async fn misbehave(&self, settings: &Value) {
        let request = reqwest::Client::new().put(format!("{}/stand-in/keeps", self.url)).json(settings);
        assert_eq!(request.send().await.expect("it answers").status(), 204);
    }

    /// How many requests it has answered to the API and the token endpoint.
    ///
    /// # Panics
    /// When it does not answer.
    pub async fn asked(&self) -> u64 {
        let answer = reqwest::get(format!("{}/stand-in/asked", self.url)).await.expect("it answers");
        answer.text().await.expect("in text").parse().expect("a number")
    }
}
