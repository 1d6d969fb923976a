//! The account service: settings API, SAML metadata and SCIM over SQLite or PostgreSQL.
//!
//! - [`Config`], [`Database`], [`ServerUrl`]: where the data lie and how the service is reached
//! - [`Configuration`]: what arguments, environment and a file say, in one schema; [`TlsFiles`], [`TrustedProxies`]
//! - [`backup`]: a copy of a SQLite database that is in use; [`audit_from_cli`]: the whole audit log
//! - [`scim_tokens_from_cli`]: the bearer tokens of provisioning, for the command line
//! - [`Service`]: open, serve, and what the program around it may ask of it; [`Running`] is one that serves
//! - [`StartError`]: why it could not be started
//! - [`Clock`], [`SystemClock`], [`DomainVerifier`]: what the service asks of the outside
//! - [`openapi`]: the description of the settings API
//! - [`ServeOptions`], [`Ready`], [`run_from_cli`], [`token_from_cli`]: for the command line
//!
//! Inside: `api` is the settings API, one file a subject; `provisioning` is the SCIM server; `sign_in` is the SAML
//! service provider; `users` are the people with a password and `oauth` lets programs in in their name; `store` is the only part that writes SQL; `view` makes an integration out of what is stored.

mod api;
mod audit_log;
mod backup;
mod blockers;
mod cli;
mod clock;
mod config;
mod configuration;
mod error;
mod oauth;
mod observe;
mod page;
mod provisioning;
mod proxies;
mod scim_token;
mod server_url;
mod service;
mod sign_in;
mod start_error;
mod store;
mod tls;
mod tokens;
mod told_to_end;
mod upkeep;
mod users;
mod verify;
mod view;

pub use account_api::{AuditEntry, ScimToken};
pub use api::openapi;
pub use audit_log::audit_from_cli;
pub use backup::backup;
pub use cli::{Ready, ServeOptions, run_from_cli, token_from_cli};
pub use clock::{Clock, SystemClock};
pub use config::{CHALLENGE_HOST, Config, Database, ServerUrl};
pub use configuration::{Configuration, ConfigurationError};
pub use proxies::{NotProxies, TrustedProxies};
pub use scim_token::{ScimTokens, TokenTask, scim_tokens_from_cli};
pub use service::{Running, Service};
pub use sign_in::{BothAgree, XmlSec};
pub use start_error::StartError;
pub use tls::TlsFiles;
pub use verify::DomainVerifier;
