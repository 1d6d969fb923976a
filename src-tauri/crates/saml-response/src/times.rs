use time::Duration;
use vocabulary::Timestamp;

/// How far two clocks may be apart: 180 s.
pub const SKEW: Duration = Duration::seconds(180);

/// A bound that a time has to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// `NotBefore`: good from this moment on.
    From,
    /// `NotOnOrAfter`: good before this moment.
    Until,
}

/// How a bound is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    Unreadable,
    Early { seconds: i64 },
    Late { seconds: i64 },
}

/// Holds `now` against a bound as it is written, an `xs:dateTime` in UTC (SAML Core 1.3.3).
pub(crate) fn hold(bound: Bound, text: &str, now: Timestamp) -> Result<(), Broken> {
    let moment = Timestamp::parse(text).ok_or(Broken::Unreadable)?;
    let past = now.since(moment);
    match bound {
        Bound::From if past < -SKEW => Err(Broken::Early { seconds: -past.whole_seconds() }),
        Bound::Until if past >= SKEW => Err(Broken::Late { seconds: past.whole_seconds() }),
        _ => Ok(()),
    }
}
