//! Service profiles and guides as data, with their typed reader.
//!
//! A guide says what to do in one identity provider for one service, step by step. It is data: TOML files under
//! `data/`, embedded in the program, read by [`Library::embedded`]. `docs/write-a-guide.md` tells how to add one.
//!
//! - [`Library`]: everything that was read; finds a service, an identity provider, a guide.
//! - [`Guide`], [`Page`], [`Part`], [`Action`], [`Carry`], [`Confirmation`], [`Note`]: what a guide is made of.
//! - [`Service`], [`IdentityProvider`]: what the two sides are called and where their pages are.
//! - [`ValueKey`]: the values that the program knows and fills in.
//! - [`Inline`]: text with portal labels, values and links, never markup.
//! - [`DataError`]: which file and line of the data is wrong, and how.
//!
//! Every type reads and writes JSON; [`Guide::to_text`] and [`Page::to_text`] make plain text for a terminal.

mod assemble;
mod error;
mod file;
mod inline;
mod library;
mod page;
mod service;
mod text;
mod value_key;

pub use error::{CODES, DataError};
pub use inline::{Inline, plain};
pub use library::{Guide, Library, Source};
pub use page::{
    Action, Carried, Carry, Confirmation, Destination, Note, Page, PageId, Part, Portal, Segment, Way,
};
pub use service::{
    Claim, IdentityProvider, IdentityProviderChoice, Links, RequiredClaims, Service, ValueLabel,
};
pub use value_key::ValueKey;
