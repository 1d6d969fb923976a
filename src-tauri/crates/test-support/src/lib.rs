//! Throw-away certificate authorities, metadata builders and fakes for tests.
