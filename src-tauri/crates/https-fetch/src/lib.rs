//! A document behind an https address that somebody typed, written away as it comes.
//!
//! - [`fetch`]: asks for it, follows redirects to https only, and keeps no more than a limit.
//! - [`Fetched`]: what came of it.
//! - [`FetchError`]: what was in the way, with a code that has its texts; [`Obstacle::ALL`] are all of them.
//! - [`is_address`]: whether what was typed is meant as an address rather than as a file name.

mod error;
mod fetch;
mod way;

pub use error::{FetchError, Obstacle};
pub use fetch::{Fetched, fetch, is_address};
