//! Service profiles and guides as data, with their typed reader.
//!
//! A guide says what to do in one identity provider for one service, step by step. It is data: TOML files under
//! `data/`, embedded in the program, read by [`Library::embedded`]; [`Library::with`] puts somebody's own files beside
//! them. `docs/write-a-guide.md` tells how to add one.
//!
//! - [`Library`]: everything that was read; finds a service, an identity provider, a guide.
//! - [`Guide`], [`Page`], [`Part`], [`Action`], [`Carry`], [`Confirmation`], [`Note`]: what a guide is made of.
//! - [`Table`], [`Flow`], [`Message`], [`Hop`]: the nodes of a page that are more than sentences.
//! - [`ByCustomer`], [`HandOver`]: a service whose values follow from a name, and that is set up by its support.
//! - [`Service`], [`IdentityProvider`]: what the two sides are called and where their pages are.
//! - [`ValueKey`]: the values that the program knows and fills in.
//! - [`Inline`]: text with portal labels, values and links, never markup.
//! - [`Effort`]: what a guide asks of the administrator, counted.
//! - [`DataError`]: which file and line of the data is wrong, and how.
//! - [`DataFile`]: the form of each kind of file as JSON Schema, for editors.
//!
//! Every type reads and writes JSON; [`Guide::to_text`] and [`Page::to_text`] make plain text for a terminal.

mod assemble;
mod assemble_nodes;
mod customer;
mod effort;
mod error;
mod file;
mod inline;
mod library;
mod node;
mod page;
mod schema;
mod service;
mod source;
mod text;
mod value_key;

pub use customer::{ByCustomer, CustomerName, HandOver, PackedFile, Pattern, PatternValue};
pub use effort::Effort;
pub use error::{CODES, DataError};
pub use inline::{Inline, plain};
pub use library::{Guide, Library};
pub use node::{Flow, FlowEdge, FlowNode, Hop, Message, Table, WrongHop};
pub use page::{
    Action, Carried, Carry, Confirmation, Destination, Note, Page, PageId, Part, Portal, Segment, Way,
};
pub use schema::DataFile;
pub use service::{
    Claim, Delivery, GroupId, IdForm, IdentityProvider, IdentityProviderChoice, Label, Links, NotNeeded,
    RequiredClaims, Service, UserId, ValueLabel,
};
pub use source::Source;
pub use value_key::ValueKey;
