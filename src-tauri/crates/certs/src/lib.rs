//! X.509 certificates: normalise what people paste, read, judge at a given time.
