//! What goes wrong in a set-up of SAML single sign-on and SCIM, recognised from what somebody pastes: a code, a
//! sentence, an address, a page or a log.
//!
//! The knowledge is data, in `data/rows.toml`: what is seen, how to tell, why, and what to do, with the patterns each
//! row is recognised by. Nothing of what was pasted is kept; nothing is handed back but the number of an error that the
//! table does not know.
//!
//! - [`explain`]: the rows that fit a text, best first, each a [`Match`].
//! - [`Row`]: one thing that goes wrong; [`Table`]: all of them.
//! - [`DataError`]: the table cannot be read; its code is in [`CODES`].

mod error;
mod file;
mod patterns;
mod table;
mod words;

pub use error::{CODES, DataError};
pub use table::{MAX_BYTES, MOST_MATCHES, Match, Row, Table, explain};
