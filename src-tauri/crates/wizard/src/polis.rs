//! Ory Polis: a [`crate::broker`] that holds the directory of a project, too.
//!
//! - [`Place`]: where in a Polis
//! - [`Polis`]: the port

use crate::broker::{Broker, named, plain_address};
use crate::error::Failure;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use vocabulary::Secret;

/// Where in a Polis the connection of a project is. The API key is in the keyring, never here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "PolisPlace")]
pub struct Place {
    /// The address of Polis, its `EXTERNAL_URL`.
    pub url: String,
    /// Whose it is.
    pub tenant: String,
    /// What for.
    pub product: String,
    /// Where people go after a sign-in that began at the identity provider.
    pub default_redirect_url: String,
    /// Where people may be sent after a sign-in; the default is always among them.
    pub redirect_urls: Vec<String>,
}

impl Place {
    /// The same made plain. What Polis would misread is told by whoever asks it.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::FailureCode::InvalidInput) on `polis-url`, `tenant`, `product` or `default-redirect-url`.
    pub fn checked(self) -> Result<Self, Failure> {
        let default = named("default-redirect-url", &self.default_redirect_url)?;
        let mut redirect_urls = vec![default.clone()];
        for one in self.redirect_urls.iter().map(|one| one.trim()).filter(|one| !one.is_empty()) {
            if !redirect_urls.iter().any(|known| known == one) {
                redirect_urls.push(one.to_owned());
            }
        }
        Ok(Self {
            url: plain_address("polis-url", &self.url)?,
            tenant: named("tenant", &self.tenant)?,
            product: named("product", &self.product)?,
            default_redirect_url: default,
            redirect_urls,
        })
    }
}

/// The directory of a tenant and product.
#[derive(Debug, Clone)]
pub struct Directory {
    /// The SCIM base URL.
    pub base_url: String,
    /// The bearer token.
    pub token: Secret,
}

/// What does Polis hold for a project, beyond what every broker does?
#[async_trait]
pub trait Polis: Broker {
    /// The directory of the place; made for that identity provider when there is none.
    ///
    /// # Errors
    /// Why there is no answer, or that there are several.
    async fn directory(&self, idp: &str) -> Result<Directory, Failure>;
}
