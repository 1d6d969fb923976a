//! Who signed a SAML metadata document (SAML metadata 3, XML Signature).
//!
//! - [`check`]: a document's text and the certificates somebody vouches for, to a [`Check`].
//! - [`attach`]: what came of it, put into what was read from the same text.
//! - [`CODES`]: every finding this crate can return.
//!
//! The signature is judged on one tree: guard, verifier and the search for keys work on its nodes. Only a signature
//! that covers the root element counts, and that is the whole document; so the values that the `saml` crate reads from
//! the same text, whose reader refuses what is not well-formed, are covered, or nothing is. A good signature with a
//! key that the document itself brings says only that nothing was changed since; the state says whose word it is.

mod check;
mod codes;
mod shape;
mod verify;

pub use check::{Check, attach, check};
pub use codes::CODES;

/// The largest document, in bytes, that is checked without being asked: a tree takes several times its size.
pub const CHECKED_UNASKED: usize = 16 * 1024 * 1024;

#[cfg(test)]
mod tests;
