use crate::client::{Keycloak, answer};
use crate::trouble::Trouble;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What becomes of an attribute that an identity provider sends, as Keycloak keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mapper {
    /// What Keycloak calls it; none as long as it is not made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name, once for an identity provider.
    pub name: String,
    /// Whose it is.
    pub identity_provider_alias: String,
    /// Its type, as `saml-advanced-group-idp-mapper`.
    #[serde(rename = "identityProviderMapper")]
    pub kind: String,
    /// Its settings.
    #[serde(default)]
    pub config: BTreeMap<String, String>,
}

/// A type of mappers that a Keycloak has.
#[derive(Debug, Clone, Deserialize)]
pub struct MapperType {
    /// What can be set.
    #[serde(default)]
    pub properties: Vec<Property>,
}

/// A setting of a type of mappers.
#[derive(Debug, Clone, Deserialize)]
pub struct Property {
    /// Its name.
    #[serde(default)]
    pub name: String,
}

/// Whether something is in the realm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is there.
    There,
    /// It is not.
    Missing,
    /// Whoever asks may not see it.
    Unseen,
}

impl Keycloak {
    /// The mappers of an identity provider.
    ///
    /// # Errors
    /// As every call.
    pub async fn mappers(&self, alias: &str) -> Result<Vec<Mapper>, Trouble> {
        let request = self.call(Method::GET, &["instances", alias, "mappers"]);
        answer(request).await?.json().map_err(Trouble::Unknown)
    }

    /// The types of mappers that this Keycloak has for an identity provider, by what they are called.
    ///
    /// # Errors
    /// As every call.
    pub async fn mapper_types(&self, alias: &str) -> Result<BTreeMap<String, MapperType>, Trouble> {
        let request = self.call(Method::GET, &["instances", alias, "mapper-types"]);
        answer(request).await?.json().map_err(Trouble::Unknown)
    }

    /// Makes a mapper, or replaces the one with its id.
    ///
    /// # Errors
    /// As every call.
    pub async fn put_mapper(&self, mapper: &Mapper) -> Result<(), Trouble> {
        let path = ["instances", mapper.identity_provider_alias.as_str(), "mappers"];
        let request = match &mapper.id {
            Some(id) => self.call(Method::PUT, &[&path[..], &[id]].concat()),
            None => self.call(Method::POST, &path),
        };
        answer(request.json(mapper)).await.map(drop)
    }

    /// Whether a group is in the realm, by its path.
    ///
    /// # Errors
    /// As every call.
    pub async fn group(&self, path: &str) -> Result<Presence, Trouble> {
        let names: Vec<&str> = path.split('/').filter(|name| !name.is_empty()).collect();
        self.presence(&[&["group-by-path"], &names[..]].concat()).await
    }

    /// Whether a role of the realm is there.
    ///
    /// # Errors
    /// As every call.
    pub async fn role(&self, name: &str) -> Result<Presence, Trouble> {
        self.presence(&["roles", name]).await
    }
}
