//! Ory Polis: a [`crate::broker`] that holds the directory of a project, too.
//!
//! - [`Place`]: where in a Polis
//! - [`Polis`]: the port
//! - [`SignIns`]: the sign-ins that failed there, ready to be shown
//! - [`Seen`]: what was seen there last, kept with the project

mod seen;
mod sign_ins;

pub use seen::{ConnectionState, Redirects, Seen};
pub(crate) use seen::{judge_directories, judge_redirects, judge_switch, observe, take_arrived};
pub use sign_ins::{FailedSignIn, SignIns, Tested};

use crate::broker::{Broker, named, plain_address};
use crate::error::Failure;
use account_api::Arrivals;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use vocabulary::{Finding, Secret, Timestamp};

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
    /// Where a sign-in to the service begins that Polis passes on to the identity provider. It ends at the default
    /// redirect URL: with a code when Polis let somebody in.
    pub fn sign_in_page(&self) -> String {
        let query = [
            ("tenant", self.tenant.as_str()),
            ("product", self.product.as_str()),
            ("redirect_uri", self.default_redirect_url.as_str()),
            ("response_type", "code"),
            // With a tenant and a product, Polis takes any client.
            ("client_id", "dummy"),
            // It comes back in the address, and shows the service that nobody began there.
            ("state", "signpost"),
        ];
        let page = url::Url::parse_with_params(&format!("{}/api/oauth/authorize", self.url), query);
        page.map(String::from).unwrap_or_default()
    }

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

/// A directory, as far as it is told from others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "PolisDirectory")]
pub struct DirectoryThere {
    /// Its name.
    pub name: String,
    /// The SCIM base URL, which no other has; empty for one that takes no SCIM.
    pub base_url: String,
    /// Whether it is switched on.
    pub active: bool,
}

/// Who has arrived in a directory.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "ArrivedInPolis")]
pub struct Arrived {
    /// In the shape in which an account service tells it; of the newest request Polis tells nothing.
    pub arrivals: Arrivals,
    /// The groups among them whose members were not counted.
    pub uncounted: Vec<String>,
    /// Whether there may be more, who were not asked for.
    pub more: bool,
    /// What Polis answered as done although it was not.
    pub findings: Vec<Finding>,
}

/// The sign-ins that failed.
#[derive(Debug, Clone)]
pub struct Traces {
    /// The newest first.
    pub traces: Vec<Trace>,
    /// Whether there are more, which were not looked at.
    pub more: bool,
}

/// A sign-in that failed, as Polis wrote it down.
#[derive(Debug, Clone)]
pub struct Trace {
    /// What Polis calls it.
    pub id: String,
    /// When it was.
    pub at: Option<Timestamp>,
    /// What Polis says went wrong.
    pub error: String,
    /// The answer of the identity provider as XML, unless Polis keeps none. It tells who somebody is, and is kept nowhere
    /// here.
    pub response: Option<String>,
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
    /// Gives the connection to that identity provider the redirect URLs of the place. Nothing happens where there is no
    /// such connection.
    ///
    /// # Errors
    /// Why there is no answer.
    async fn redirect(&self, entity_id: &str) -> Result<(), Failure>;

    /// Switches the connection to that identity provider on or off.
    ///
    /// # Errors
    /// [`PolisConnectionNone`](crate::FailureCode::PolisConnectionNone), or why there is no answer.
    async fn switch(&self, entity_id: &str, on: bool) -> Result<(), Failure>;

    /// The sign-ins of the tenant and product that failed, the newest first. Polis keeps them for a week, and writes down
    /// none that went well.
    ///
    /// # Errors
    /// Why there is no answer.
    async fn traces(&self) -> Result<Traces, Failure>;

    /// The directory with that SCIM base URL, or the only one of the place; made for that identity provider when there is
    /// none at all.
    ///
    /// # Errors
    /// Why there is no answer, or that another one, or several, are there:
    /// [`PolisDirectoryOther`](crate::FailureCode::PolisDirectoryOther),
    /// [`PolisDirectorySeveral`](crate::FailureCode::PolisDirectorySeveral).
    async fn directory(&self, idp: &str, base_url: Option<&str>) -> Result<Directory, Failure>;

    /// Who has arrived in the directory with that SCIM base URL; `None` when it is not there. The members of the `named`
    /// groups are counted before those of others.
    ///
    /// # Errors
    /// Why there is no answer.
    async fn arrivals(&self, base_url: &str, named: &[&str]) -> Result<Option<Arrived>, Failure>;
}
