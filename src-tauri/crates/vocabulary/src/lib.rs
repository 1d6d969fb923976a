//! The words every part of Signpost shares. No I/O, no clock, no user interface.
//!
//! - [`StepId`]: the seven steps and what each waits for; the list stands here and nowhere else.
//! - [`Finding`], [`Severity`], [`Evidence`]: what every check returns.
//! - [`Secret`]: a value that cannot be printed.
//! - [`Timestamp`]: a moment in UTC, RFC 3339 on every wire.

mod finding;
mod secret;
mod step;
mod timestamp;

pub use finding::{Evidence, Finding, Severity, worst};
pub use secret::Secret;
pub use step::{StepId, UnknownStep};
pub use timestamp::Timestamp;
