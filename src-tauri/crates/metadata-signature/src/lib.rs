//! Who signed a SAML metadata document (SAML metadata 3, XML Signature).
//!
//! - [`inspect`]: reads a document with the `saml` crate and says who signed it, as far as [`Trust`] goes.
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
mod inspect;
mod shape;
mod verify;

pub use check::{Check, attach, check, unconfirmed};
pub use codes::CODES;
pub use inspect::{Trust, inspect};

/// The largest document, in bytes, whose signature is checked without being asked for: a tree takes several times its size.
pub const CHECKED_UNASKED: usize = 16 * 1024 * 1024;

#[cfg(test)]
mod tests;
