//! Keycloak over its documented Admin REST API: identity providers that speak SAML, and whether signatures are checked
//! with the keys that their metadata name.
//!
//! - [`Keycloak`]: a realm that is asked, with an access token; [`ServiceAccount`] gets one
//! - [`IdentityProvider`]: an identity provider of the realm, as Keycloak keeps it
//! - [`Put`]: metadata on their way into one, and what Keycloak made of them
//! - [`judge_metadata`], [`judge_alias`], [`judge_realm`]: what is looked at before something is sent
//! - [`with_metadata`]: the settings that metadata give, from what Keycloak read in them and what stands in them
//! - [`judge_import`], [`judge_taken`], [`judge_settings`], [`judge_fit`]: what Keycloak read, what it keeps, and whether people may sign in by it
//! - [`judge_same`], [`judge_removal`], [`changes`]: what newer metadata or a removal mean
//! - [`Mapping`], [`Target`]: where an attribute leads; [`Mapper`], [`MapperType`], [`Presence`]: what Keycloak has for it
//! - [`judge_mappings`], [`judge_types`], [`onto`], [`judge_mappers`]: before mappers are sent, and after
//! - [`Trouble`], [`CODES`]: why there is no answer
//! - [`FINDINGS`]: every finding this crate can return besides those of `saml` and `certs`

mod client;
mod guard;
mod mapper;
mod mapping;
mod provider;
mod put;
mod taken;
mod trouble;

pub use client::{Keycloak, ServiceAccount};
pub use guard::{FINDINGS, changes, judge_alias, judge_metadata, judge_realm, judge_removal, judge_same};
pub use mapper::{Mapper, MapperType, Presence, Property};
pub use mapping::{Mapping, Target, judge_mappers, judge_mappings, judge_types, onto};
pub use provider::{Config, IdentityProvider, with_metadata};
pub use put::Put;
pub use taken::{judge_fit, judge_import, judge_settings, judge_taken};
pub use trouble::{CODES, Trouble};
