//! What a sign-in in the browser left: an access token for an hour, and a refresh token for new ones.
//!
//! Both are kept in one entry of the keyring, where a pasted access token lies otherwise: a document in braces, which no
//! access token can be.

use super::{BasicClient, refused, send};
use account_api::OAUTH_CLIENT;
use oauth2::basic::BasicTokenResponse;
use oauth2::{ClientId, RefreshToken, TokenResponse as _, TokenUrl};
use serde::Deserialize;
use serde_json::json;
use time::Duration;
use url::Url;
use vocabulary::{Secret, Timestamp};
use wizard::{Failure, FailureCode};

/// An access token that ends within this time is not used any more.
const MARGIN: Duration = Duration::minutes(2);

/// Tokens, and where new ones are got.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Session {
    access_token: Secret,
    refresh_token: Secret,
    /// Seconds since 1970-01-01T00:00:00Z, by this computer's clock.
    expires_at: i64,
    token_endpoint: Url,
}

impl Session {
    pub(super) fn of(tokens: &BasicTokenResponse, endpoint: &Url, now: Timestamp) -> Result<Self, Failure> {
        let missing = || Failure::new(FailureCode::NotAnAccountService, "the answer holds no refresh token");
        let refresh = tokens.refresh_token().ok_or_else(missing)?;
        let lasts = tokens.expires_in().and_then(|lasts| i64::try_from(lasts.as_secs()).ok()).unwrap_or(0);
        Ok(Self {
            access_token: Secret::new(tokens.access_token().secret().clone()),
            refresh_token: Secret::new(refresh.secret().clone()),
            expires_at: now.unix().saturating_add(lasts),
            token_endpoint: endpoint.clone(),
        })
    }

    /// Out of the keyring; `None` for an access token that was pasted.
    pub(crate) fn read(kept: &Secret) -> Option<Self> {
        kept.expose().starts_with('{').then(|| serde_json::from_str(kept.expose()).ok()).flatten()
    }

    /// For the keyring.
    pub(crate) fn kept(&self) -> Secret {
        let document = json!({
            "access_token": self.access_token.expose(),
            "refresh_token": self.refresh_token.expose(),
            "expires_at": self.expires_at,
            "token_endpoint": self.token_endpoint.as_str(),
        });
        Secret::new(document.to_string())
    }

    /// The access token, as long as it is good.
    pub(crate) fn access_token(&self, now: Timestamp) -> Option<Secret> {
        let left = self.expires_at - now.unix();
        (left > MARGIN.whole_seconds()).then(|| self.access_token.clone())
    }

    /// New tokens for the old ones, which are void after that.
    pub(crate) async fn renewed(&self, now: Timestamp) -> Result<Self, Failure> {
        let client = BasicClient::new(ClientId::new(OAUTH_CLIENT.to_owned()))
            .set_token_uri(TokenUrl::from_url(self.token_endpoint.clone()));
        let old = RefreshToken::new(self.refresh_token.expose().to_owned());
        let tokens = client.exchange_refresh_token(&old).request_async(&send).await.map_err(refused)?;
        Self::of(&tokens, &self.token_endpoint, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_told_from_a_pasted_token_and_ends_in_time() {
        let now = Timestamp::parse("2026-11-22T12:00:00Z").unwrap();
        let session = Session {
            access_token: Secret::new("access".to_owned()),
            refresh_token: Secret::new("refresh".to_owned()),
            expires_at: now.unix() + 3600,
            token_endpoint: Url::parse("https://id.contoso.test/oauth/token").unwrap(),
        };
        let again = Session::read(&session.kept()).unwrap();
        assert_eq!(again.refresh_token.expose(), "refresh");
        assert_eq!(again.access_token(now).unwrap().expose(), "access");
        assert!(again.access_token(now.plus(Duration::minutes(58))).is_none());
        for pasted in ["", "k7m2qv4xhd3n", "{", "{}"] {
            assert!(Session::read(&Secret::new(pasted.to_owned())).is_none(), "{pasted}");
        }
    }
}
