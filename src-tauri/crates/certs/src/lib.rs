//! X.509 certificates: normalise what people paste, read, judge at a given time.
//!
//! - [`read`]: from bytes in any of the shapes people paste or drop to certificates; private keys are refused.
//! - [`Certificate`]: what is shown and compared; nothing here is a decision about trust.
//! - [`judge`]: what is wrong with one certificate at a given time.
//! - [`decode_text`], [`sniff`], [`mentions_private_key`]: for the other readers of pasted text.
//! - [`CODES`]: every finding this crate can return.

mod certificate;
mod codes;
mod der;
mod judge;
mod pem;
mod read;
mod text;

pub use certificate::{Certificate, KeyKind};
pub use codes::CODES;
pub use judge::{ENDS_SOON_DAYS, MINIMUM_RSA_BITS, judge};
pub use read::{MAX_BYTES, Reading, read};
pub use text::{Decoded, TextEncoding, decode_text, mentions_private_key, sniff};

#[cfg(test)]
mod tests;
