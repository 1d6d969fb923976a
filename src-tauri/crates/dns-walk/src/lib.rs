//! Collects what every delegated name server says about one TXT record, from the root servers down. Judging it is
//! the crate `domain-check`'s.
//!
//! No resolver stands in between, for two reasons: it would hide who said what, and asking one too early makes it
//! remember "does not exist" for as long as the zone allows, which keeps the administrator waiting.
//!
//! - [`Config`]: where to start ([`parse_roots`], [`Config::from_env`]) and how long to wait ([`Limits`]).
//! - [`Walker`]: [`Walker::collect`] asks; dropping its future stops every question on the way. [`SoFar`] is told meanwhile.
//! - [`Walker::ask_resolvers`], [`Walker::ask_public`], [`Walker::own_resolvers`]: for comparison, once the name
//!   servers agree; [`Walker::ask_public_over_https`] where they cannot be asked.
//! - [`Walker::texts_at`], [`Walker::fetch`]: who a zone names as its DNS host (Domain Connect), and what that host says.
//! - [`is_public`]: whether an address is one of the Internet's.

mod addresses;
mod around;
mod ask;
mod collect;
mod config;
mod delegated;
mod dnssec;
mod fetch;
#[cfg(fuzzing)]
pub mod fuzzing;
mod https;
mod level;
mod memory;
mod pace;
mod progress;
mod reach;
mod registries;
mod resolvers;
mod roots;
mod rows;
mod session;
mod strain;
mod walk;
mod wire;

pub use collect::{Clock, SoFar, Walker};
pub use config::{CODES, Config, ConfigError, Limits, parse_roots};
pub use fetch::FETCH_CODES;
pub use reach::is_public;
pub use resolvers::{SystemResolversUnknown, parse_resolver, resolver_name, system_resolvers};
