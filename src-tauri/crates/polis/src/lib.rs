//! Ory Polis (formerly BoxyHQ SAML Jackson) over its documented API, and what it takes without a word although nobody
//! can sign in by it.
//!
//! - [`Polis`]: one that is asked, with its API key
//! - [`Connection`], [`NewConnection`]: single sign-on by SAML for a tenant and a product
//! - [`Directory`], [`NewDirectory`], [`DirectoryKind`]: provisioning by SCIM for the same
//! - [`Arrivals`]: who was provisioned there
//! - [`Trace`]: a sign-in that failed, as Polis wrote it down
//! - [`judge_metadata`], [`judge_place`], [`judge_redirect`], [`judge_webhook`], [`judge_taken`], [`changes`]: what is
//!   looked at before something is sent, and after
//! - [`the_one`], [`of_entity`], [`judge_new`], [`judge_removal`], [`the_directory`], [`judge_new_directory`]: which one
//!   of those that there are is meant, and whether it stands in the way
//! - [`Trouble`], [`CODES`]: why there is no answer
//! - [`FINDINGS`]: every finding this crate can return besides those of `saml` and `certs`

mod arrival;
mod choice;
mod client;
mod connection;
mod directory;
mod guard;
mod trace;
mod trouble;

pub use arrival::{Arrivals, Group, User};
pub use choice::{judge_new, judge_new_directory, judge_removal, of_entity, the_directory, the_one};
pub use client::Polis;
pub use connection::{Connection, NewConnection};
pub use directory::{Directory, DirectoryKind, NewDirectory, Webhook};
pub use guard::{FINDINGS, changes, judge_metadata, judge_place, judge_redirect, judge_taken, judge_webhook};
pub use trace::{Trace, Traces};
pub use trouble::{CODES, Trouble};
