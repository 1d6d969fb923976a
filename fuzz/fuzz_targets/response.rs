//! Anything that may arrive as a SAML response. The fuzzer does not have the key, so the only identity that may ever come
//! out is the one in the signed documents that it starts from.
#![no_main]

use libfuzzer_sys::fuzz_target;
use saml_response::{Bergshamra, Expected, examine, take};
use std::sync::LazyLock;
use test_support::expected::expected;
use vocabulary::Timestamp;

/// The user of every document in the corpus.
const SIGNED: &str = "ada@example.com";

static EXPECTED: LazyLock<Option<(Expected, Timestamp)>> = LazyLock::new(|| {
    let moment = Timestamp::parse;
    let (from, until) = (moment("2026-01-01T00:00:00Z")?, moment("2031-01-01T00:00:00Z")?);
    let by = test_support::certificate("Identity provider", from, until);
    Some((expected(&by), moment("2026-07-02T12:00:00Z")?))
});

fuzz_target!(|bytes: &[u8]| {
    let Some((expected, now)) = &*EXPECTED else { panic!("nothing to expect") };
    let Ok(taken) = take(bytes) else { return };
    let examination = examine(&taken.xml, expected, &Bergshamra, *now);
    if let Some(subject) = &examination.subject {
        assert_eq!(subject.name_id, SIGNED, "an identity that nobody signed");
    }
    assert!(examination.subject.is_some() || !examination.accepted, "accepted without an identity");
    assert!(examination.signed_by.is_some() || examination.attributes.is_empty(), "claims that nobody signed");
});
