//! `signpost metadata`.
//!
//! - [`inspect()`]: what a document says and what is wrong with it
//! - [`diff()`]: what a newer version of it changes
//! - [`generate()`]: the document of a service
//! - [`source`]: the bytes behind what was typed, read once for all of these

mod diff;
mod generate;
mod inspect;
mod source;

pub(crate) use diff::diff;
pub(crate) use generate::generate;
pub(crate) use inspect::inspect;
