use crate::client::{Polis, done, read};
use crate::trouble::Trouble;
use certs::Certificate;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use vocabulary::Secret;

/// Single sign-on by SAML for one tenant and product, as Polis keeps it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// What Polis calls it: a digest of tenant, product and the identity provider's entity ID.
    #[serde(rename = "clientID")]
    pub client_id: String,
    /// Has to come along with every change of it.
    client_secret: Secret,
    /// Whose it is.
    pub tenant: String,
    /// What for.
    pub product: String,
    /// A name for people, when it has one.
    #[serde(default)]
    pub name: Option<String>,
    /// Where people go after a sign-in that began at the identity provider.
    pub default_redirect_url: String,
    /// Where people may be sent after a sign-in.
    pub redirect_url: Vec<String>,
    /// What Polis read from the metadata.
    idp_metadata: IdpMetadata,
    /// Whether it was switched off.
    #[serde(default)]
    pub deactivated: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct IdpMetadata {
    #[serde(rename = "entityID")]
    entity_id: String,
    sso: Addresses,
    #[serde(default)]
    public_key: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Addresses {
    redirect_url: Option<String>,
    post_url: Option<String>,
}

impl Connection {
    /// The identity provider's entity ID.
    pub fn entity_id(&self) -> &str {
        &self.idp_metadata.entity_id
    }

    /// Where sign-in requests are sent by HTTP-Redirect, which Polis prefers.
    pub fn redirect_address(&self) -> Option<&str> {
        self.idp_metadata.sso.redirect_url.as_deref()
    }

    /// Where sign-in requests are sent by HTTP-POST.
    pub fn post_address(&self) -> Option<&str> {
        self.idp_metadata.sso.post_url.as_deref()
    }

    /// The certificates with which Polis checks signatures.
    pub fn certificates(&self) -> Vec<Certificate> {
        let pieces = self.idp_metadata.public_key.split(',');
        pieces.flat_map(|piece| certs::read(piece.as_bytes()).certificates).collect()
    }
}

/// A connection that is to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewConnection<'a> {
    /// Whose it is.
    pub tenant: &'a str,
    /// What for.
    pub product: &'a str,
    /// A name for people.
    pub name: Option<&'a str>,
    /// The identity provider's metadata, whole.
    pub metadata: &'a str,
    /// Where people go after a sign-in that began at the identity provider.
    pub default_redirect_url: &'a str,
    /// Where people may be sent after a sign-in, at most 100.
    pub redirect_urls: &'a [String],
}

impl Polis {
    /// The SAML connections of a tenant and product.
    ///
    /// # Errors
    /// As every call.
    pub async fn connections(&self, tenant: &str, product: &str) -> Result<Vec<Connection>, Trouble> {
        let place = [("tenant", tenant), ("product", product), ("strategy", "saml")];
        read(self.about(Method::GET, &["sso"], &place)).await
    }

    /// Makes a connection. One with the same entity ID, tenant and product would be replaced, so look for it before; one
    /// with the same entity ID of another tenant is a failure of Polis.
    ///
    /// # Errors
    /// As every call.
    pub async fn create_connection(&self, new: &NewConnection<'_>) -> Result<Connection, Trouble> {
        let mut body = json!({
            "tenant": new.tenant,
            "product": new.product,
            "rawMetadata": new.metadata,
            "defaultRedirectUrl": new.default_redirect_url,
            "redirectUrl": new.redirect_urls,
        });
        if let Some(name) = new.name {
            body["name"] = name.into();
        }
        read(self.call(Method::POST, &["sso"]).json(&body)).await
    }

    /// Gives a connection newer metadata of the same identity provider, and reads what became of it.
    ///
    /// # Errors
    /// As every call.
    pub async fn replace_metadata(&self, of: &Connection, metadata: &str) -> Result<Connection, Trouble> {
        self.change(of, json!({ "rawMetadata": metadata })).await
    }

    /// Says where people go after a sign-in, and where they may be sent, and reads what became of it.
    ///
    /// # Errors
    /// As every call.
    pub async fn replace_redirects(
        &self,
        of: &Connection,
        default_redirect_url: &str,
        redirect_urls: &[String],
    ) -> Result<Connection, Trouble> {
        let change = json!({ "defaultRedirectUrl": default_redirect_url, "redirectUrl": redirect_urls });
        self.change(of, change).await
    }

    /// Switches a connection on or off, and reads what became of it.
    ///
    /// # Errors
    /// As every call.
    pub async fn switch(&self, connection: &Connection, on: bool) -> Result<Connection, Trouble> {
        self.change(connection, json!({ "deactivated": !on })).await
    }

    /// Takes a connection away, for good.
    ///
    /// # Errors
    /// As every call.
    pub async fn delete_connection(&self, connection: &Connection) -> Result<(), Trouble> {
        let which = [
            ("clientID", connection.client_id.as_str()),
            ("clientSecret", connection.client_secret.expose()),
        ];
        done(self.about(Method::DELETE, &["sso"], &which)).await
    }

    async fn change(&self, connection: &Connection, mut change: Value) -> Result<Connection, Trouble> {
        change["clientID"] = connection.client_id.as_str().into();
        change["clientSecret"] = connection.client_secret.expose().into();
        change["tenant"] = connection.tenant.as_str().into();
        change["product"] = connection.product.as_str().into();
        change["isSAML"] = true.into();
        done(self.call(Method::PATCH, &["sso"]).json(&change)).await?;
        let which = [("clientID", connection.client_id.as_str())];
        let found: Vec<Connection> = read(self.about(Method::GET, &["sso"], &which)).await?;
        let gone = || Trouble::Unknown("the connection is not there any more".to_owned());
        found.into_iter().next().ok_or_else(gone)
    }
}
