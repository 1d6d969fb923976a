//! What the brokers of single sign-on have in common.
//!
//! - [`Api`]: an API that is asked with a secret, [`Answer`] what it says, [`Interruption`] why it says nothing
//! - [`authorization`], [`send`]: the header that has the secret, and the asking
//! - [`is_wrapped`], [`request_addresses`], [`bad_addresses`]: what a broker may misread in metadata
//! - [`certificates_differ`]: whether a broker checks signatures with the keys that the metadata name

mod api;
mod metadata;

pub use api::{Answer, Api, Interruption, authorization, send};
pub use metadata::{bad_addresses, certificates_differ, is_wrapped, request_addresses};
