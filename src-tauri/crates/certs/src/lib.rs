//! X.509 certificates: normalise what people paste, read, judge at a given time.
//!
//! - [`read`]: from bytes in any of the shapes people paste or drop to certificates; private keys are refused.
//! - [`Certificate`]: what is shown and compared; nothing here is a decision about trust.
//! - [`judge`]: what is wrong with one certificate at a given time.
//! - [`judge_together`], [`leaves`], [`successions`]: what several certificates of one entity are to each other.
//! - [`calendar`]: reminders before certificates end, as an iCalendar file.
//! - [`decode_text`], [`sniff`], [`mentions_private_key`], [`holds_private_key`]: for the other readers of pasted text.
//! - [`CODES`]: every finding this crate can return.

mod calendar;
mod certificate;
mod codes;
mod der;
mod judge;
mod pem;
mod read;
mod text;
mod together;

pub use calendar::{Event, REMIND_DAYS, calendar, uid};
pub use certificate::{Certificate, KeyKind};
pub use codes::CODES;
pub use judge::{ENDS_SOON_DAYS, MINIMUM_RSA_BITS, judge};
pub use read::{MAX_BYTES, Reading, holds_private_key, read};
pub use text::{Decoded, TextEncoding, decode_text, mentions_private_key, sniff};
pub use together::{Succession, judge_together, leaves, successions};

#[cfg(test)]
mod tests;
