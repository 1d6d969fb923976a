use crate::client::{Polis, done, read};
use crate::trouble::Trouble;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::json;
use vocabulary::Secret;

/// Provisioning by SCIM for one tenant and product, as Polis keeps it.
#[derive(Debug, Clone, Deserialize)]
pub struct Directory {
    /// What Polis calls it.
    pub id: String,
    /// A name for people.
    pub name: String,
    /// Whose it is.
    pub tenant: String,
    /// What for.
    pub product: String,
    /// Which identity provider sends, in the words of Polis.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where it sends to, and with what.
    pub scim: Scim,
    /// Where Polis reports what arrived.
    pub webhook: Target,
    /// Whether it was switched off.
    #[serde(default)]
    pub deactivated: bool,
}

/// The SCIM endpoint of a directory.
#[derive(Debug, Clone, Deserialize)]
pub struct Scim {
    /// The base URL; not there for an identity provider without SCIM.
    #[serde(default)]
    pub endpoint: Option<String>,
    /// The bearer token.
    pub secret: Secret,
}

/// Where Polis reports what arrived.
#[derive(Debug, Clone, Deserialize)]
pub struct Target {
    /// The address; empty when there is none.
    pub endpoint: String,
}

/// Which identity provider sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum DirectoryKind {
    /// Microsoft Entra ID.
    #[serde(rename = "azure-scim-v2")]
    Entra,
    /// Okta.
    #[serde(rename = "okta-scim-v2")]
    Okta,
    /// OneLogin.
    #[serde(rename = "onelogin-scim-v2")]
    OneLogin,
    /// JumpCloud.
    #[serde(rename = "jumpcloud-scim-v2")]
    JumpCloud,
    /// Any other that speaks SCIM 2.0.
    #[serde(rename = "generic-scim-v2")]
    Generic,
}

/// Where Polis is to report what arrives.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// The address.
    pub url: String,
    /// With this, Polis signs what it sends there.
    pub secret: Secret,
}

/// A directory that is to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewDirectory<'a> {
    /// Whose it is.
    pub tenant: &'a str,
    /// What for.
    pub product: &'a str,
    /// A name for people.
    pub name: Option<&'a str>,
    /// Which identity provider sends.
    pub kind: DirectoryKind,
    /// Where Polis is to report what arrives.
    pub webhook: Option<&'a Webhook>,
}

/// What Polis puts around an answer.
#[derive(Deserialize)]
pub(crate) struct Data<T> {
    pub(crate) data: T,
}

impl Polis {
    /// The directories of a tenant and product.
    ///
    /// # Errors
    /// As every call.
    pub async fn directories(&self, tenant: &str, product: &str) -> Result<Vec<Directory>, Trouble> {
        let place = [("tenant", tenant), ("product", product)];
        let Data { data } = read(self.about(Method::GET, &["dsync"], &place)).await?;
        Ok(data)
    }

    /// Makes a directory; each call makes another one.
    ///
    /// # Errors
    /// As every call.
    pub async fn create_directory(&self, new: &NewDirectory<'_>) -> Result<Directory, Trouble> {
        let mut body = json!({ "tenant": new.tenant, "product": new.product, "type": new.kind });
        if let Some(name) = new.name {
            body["name"] = name.into();
        }
        if let Some(Webhook { url, secret }) = new.webhook {
            body["webhook_url"] = url.as_str().into();
            body["webhook_secret"] = secret.expose().into();
        }
        let Data { data } = read(self.call(Method::POST, &["dsync"]).json(&body)).await?;
        Ok(data)
    }

    /// Takes a directory away with the users and groups in it, for good.
    ///
    /// # Errors
    /// As every call.
    pub async fn delete_directory(&self, id: &str) -> Result<(), Trouble> {
        done(self.call(Method::DELETE, &["dsync", id])).await
    }
}
