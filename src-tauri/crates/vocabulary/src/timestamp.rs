use serde::{Deserialize, Serialize};
use std::fmt;
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime, UtcOffset};

/// A moment in UTC, to the second; RFC 3339 text in JSON.
///
/// Nothing in the core asks for the current time: a port (or the caller) gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(transparent)]
pub struct Timestamp(
    #[serde(with = "time::serde::rfc3339")]
    #[specta(type = String)]
    OffsetDateTime,
);

impl Timestamp {
    /// The moment, cut to whole seconds and moved to UTC.
    pub fn new(moment: OffsetDateTime) -> Self {
        let utc = moment.to_offset(UtcOffset::UTC);
        Self(utc.replace_nanosecond(0).unwrap_or(utc))
    }

    /// The moment so many seconds after 1970-01-01T00:00:00Z, or `None` outside the years that RFC 3339 can write.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        OffsetDateTime::from_unix_timestamp(seconds)
            .ok()
            .filter(|at| (0..=9999).contains(&at.year()))
            .map(Self)
    }

    /// Reads RFC 3339 text; `None` when it is not.
    pub fn parse(text: &str) -> Option<Self> {
        OffsetDateTime::parse(text, &Rfc3339).ok().map(Self::new)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix(self) -> i64 {
        self.0.unix_timestamp()
    }

    /// For reading: `2026-11-22 13:20 UTC`.
    pub fn to_minute(self) -> String {
        let (date, hour, minute) = (self.0.date(), self.0.hour(), self.0.minute());
        format!("{date} {hour:02}:{minute:02} UTC")
    }

    /// The same moment as the `time` crate's type.
    pub const fn to_offset_date_time(self) -> OffsetDateTime {
        self.0
    }

    /// The moment so much later (or earlier), held inside the years that can be written.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(duration))
    }

    /// How much later than `earlier` this is; negative when it is before.
    pub fn since(self, earlier: Self) -> Duration {
        self.0 - earlier.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.format(&Rfc3339).map_err(|_| fmt::Error)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reads_back_as_the_same_moment() {
        let at = Timestamp::parse("2026-11-22T14:20:05+01:00").unwrap();
        assert_eq!(at.to_string(), "2026-11-22T13:20:05Z");
        assert_eq!(at.to_minute(), "2026-11-22 13:20 UTC");
        assert_eq!(serde_json::to_value(at).unwrap(), "2026-11-22T13:20:05Z");
        assert_eq!(serde_json::from_str::<Timestamp>("\"2026-11-22T13:20:05Z\"").unwrap(), at);
        assert_eq!(Timestamp::from_unix(at.unix()), Some(at));
    }
}
