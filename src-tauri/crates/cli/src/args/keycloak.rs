//! What can be typed behind `signpost keycloak`.

use super::EXIT_STATUS;
use clap::{ArgGroup, Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum Keycloak {
    /// Identity providers of a realm, by SAML
    #[command(subcommand)]
    IdentityProvider(KeycloakProvider),
    /// Mappers: what becomes of the attributes that an identity provider sends
    #[command(subcommand)]
    Mappers(KeycloakMappers),
    /// Show what an identity provider has to know of the realm
    SpMetadata(KeycloakSpMetadata),
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeycloakProvider {
    /// Show an identity provider, and judge whether people may sign in by it
    #[command(after_help = EXIT_STATUS)]
    Show(KeycloakOne),
    /// Make an identity provider from its metadata, switched off; nothing is sent while something is wrong with them
    #[command(after_help = EXIT_STATUS)]
    Create(KeycloakCreate),
    /// Give an identity provider newer metadata of its own
    #[command(after_help = EXIT_STATUS)]
    Update(KeycloakUpdate),
    /// Switch an identity provider on, unless signatures are not checked or no certificate is valid
    #[command(after_help = EXIT_STATUS)]
    Enable(KeycloakOne),
    /// Switch an identity provider off: nobody signs in by it until it is switched on again
    #[command(after_help = EXIT_STATUS)]
    Disable(KeycloakOne),
    /// Take an identity provider away for good, with its mappers; it has to be switched off before
    #[command(after_help = EXIT_STATUS)]
    Delete(KeycloakOne),
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeycloakMappers {
    /// List the mappers of an identity provider
    List(KeycloakOne),
    /// Make or change mappers, which act at every sign-in; others stay as they are
    #[command(after_help = EXIT_STATUS)]
    Set(KeycloakMappersSet),
}

/// Which realm of which Keycloak, and on whose behalf.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("who").required(true).args(["token_env", "client_id"]))]
pub(crate) struct KeycloakAt {
    /// The address of Keycloak, without /admin or /realms
    #[arg(long, value_name = "URL")]
    pub(crate) url: String,
    /// The realm
    #[arg(long, value_name = "NAME")]
    pub(crate) realm: String,
    /// The environment variable that has an access token of somebody who may manage identity providers
    #[arg(long, value_name = "VAR")]
    pub(crate) token_env: Option<String>,
    /// A client whose service account may manage identity providers
    #[arg(long, value_name = "ID", requires = "client_secret_env")]
    pub(crate) client_id: Option<String>,
    /// The environment variable that has the client's secret
    #[arg(long, value_name = "VAR", requires = "client_id")]
    pub(crate) client_secret_env: Option<String>,
    /// The realm of the client, where it is another one
    #[arg(long, value_name = "NAME", requires = "client_id")]
    pub(crate) client_realm: Option<String>,
}

/// Which identity provider.
#[derive(Debug, Args)]
pub(crate) struct KeycloakOne {
    #[command(flatten)]
    pub(crate) at: KeycloakAt,
    /// The name of the identity provider in addresses; it cannot change
    #[arg(long, value_name = "NAME")]
    pub(crate) alias: String,
}

#[derive(Debug, Args)]
pub(crate) struct KeycloakCreate {
    #[command(flatten)]
    pub(crate) update: KeycloakUpdate,
    /// A name for people
    #[arg(long, value_name = "NAME")]
    pub(crate) display_name: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct KeycloakUpdate {
    #[command(flatten)]
    pub(crate) one: KeycloakOne,
    /// The identity provider's metadata: a file, or - for standard input
    #[arg(long, value_name = "FILE|-")]
    pub(crate) metadata: String,
    /// Take no assertion that is not signed itself, also in a signed response
    #[arg(long)]
    pub(crate) want_assertions_signed: bool,
}

#[derive(Debug, Args)]
pub(crate) struct KeycloakSpMetadata {
    #[command(flatten)]
    pub(crate) one: KeycloakOne,
    /// Print the document itself, for the upload to an identity provider
    #[arg(long, conflicts_with = "json")]
    pub(crate) xml: bool,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).multiple(true).args(["groups", "roles", "attributes"]))]
pub(crate) struct KeycloakMappersSet {
    #[command(flatten)]
    pub(crate) one: KeycloakOne,
    /// The attribute that has the groups, whole, as it is sent
    #[arg(long, value_name = "NAME")]
    pub(crate) group_attribute: Option<String>,
    /// A value of it, and the path of the group that it leads to; can be given several times
    #[arg(long = "group", value_name = "VALUE=PATH", value_parser = pair, requires = "group_attribute")]
    pub(crate) groups: Vec<(String, String)>,
    /// A value of it, and the role that it leads to; can be given several times
    #[arg(long = "role", value_name = "VALUE=ROLE", value_parser = pair, requires = "group_attribute")]
    pub(crate) roles: Vec<(String, String)>,
    /// An attribute, and the user's attribute that it is taken over into; can be given several times
    #[arg(long = "attribute", value_name = "NAME=USER_ATTRIBUTE", value_parser = pair)]
    pub(crate) attributes: Vec<(String, String)>,
}

/// Both sides of the last equals sign; the names of attributes may have some.
fn pair(text: &str) -> Result<(String, String), String> {
    let sides = text.rsplit_once('=').map(|(one, other)| (one.trim(), other.trim()));
    let full = sides.filter(|(one, other)| !one.is_empty() && !other.trim_matches('/').is_empty());
    full.map(|(one, other)| (one.to_owned(), other.to_owned())).ok_or_else(|| "write it like a=b".to_owned())
}
