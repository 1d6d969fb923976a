//! The time.

use vocabulary::Timestamp;

/// The current moment, by this computer's clock.
#[expect(clippy::disallowed_methods, reason = "the one place where the command line reads the time")]
pub(crate) fn now() -> Timestamp {
    Timestamp::new(time::OffsetDateTime::now_utc())
}
