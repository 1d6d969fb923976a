//! Answers to the wizard's ports.
//!
//! - [`ProjectFiles`]: one JSON document a project, replaced atomically
//! - [`WatchFile`]: the watch list, likewise
//! - [`save_file`]: a file that somebody names, likewise
//! - [`Keyring`]: the operating system's keyring
//! - [`HttpService`]: the account service over HTTP
//! - [`BrowserSignIns`]: signing in to an account service in the system's browser
//! - [`Connections`]: which account service a project talks to
//! - [`PolisServer`]: the place of a project in an Ory Polis
//! - [`KeycloakServer`]: the place of a project in a Keycloak
//! - [`DnsChecker`]: the delegated name servers
//! - [`ScimEndpoints`]: SCIM endpoints over HTTP
//! - [`HttpsMetadata`], [`MetadataFile`]: metadata at an address, and in a file
//! - [`SystemClock`]: the computer's clock

mod asked_resolvers;
mod browser_sign_in;
mod clock;
mod connections;
mod dns;
mod http_service;
mod keycloak_server;
mod keyring;
mod metadata;
mod polis_server;
mod project_files;
mod saved_file;
mod scim_endpoints;
mod watch_file;

pub use browser_sign_in::{BrowserSignIn, BrowserSignIns, LastPage};
pub use clock::SystemClock;
pub use connections::{Connections, LocalAccess, LocalService};
pub use dns::DnsChecker;
pub use http_service::HttpService;
pub use keycloak_server::KeycloakServer;
pub use keyring::Keyring;
pub use metadata::{HttpsMetadata, MetadataFile};
pub use polis_server::PolisServer;
pub use project_files::ProjectFiles;
pub use saved_file::save_file;
pub use scim_endpoints::ScimEndpoints;
pub use watch_file::WatchFile;
