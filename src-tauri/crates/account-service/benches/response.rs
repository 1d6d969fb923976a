//! One SAML response of about 4 KB, from the value of the form field to the verdict: taken out, guarded, its signature
//! verified, held against what is expected. `cargo xtask bench --only response` shows it beside others.

use account_service::{BothAgree, XmlSec};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use criterion::{Criterion, criterion_group, criterion_main};
use saml_response::{Bergshamra, Verifier, examine, take};
use std::hint::black_box;
use test_support::expected::expected;
use test_support::responses::{Signing, TestResponse};
use vocabulary::Timestamp;

/// Who verifies, by the names under which `xtask` looks for the results.
fn verifiers() -> Vec<(&'static str, Box<dyn Verifier>)> {
    vec![("one-verifier", Box::new(Bergshamra)), ("two-verifiers", Box::new(BothAgree(Bergshamra, XmlSec)))]
}

fn response(criterion: &mut Criterion) {
    let moment = |text| Timestamp::parse(text).expect("a time");
    let by = test_support::certificate(
        "Identity provider",
        moment("2026-01-01T00:00:00Z"),
        moment("2031-01-01T00:00:00Z"),
    );
    let now = moment("2026-07-02T12:00:00Z");
    let signed = TestResponse::of_a_directory(now).signed(Signing::Assertion, &by);
    assert!((3_500..5_000).contains(&signed.len()), "{} bytes", signed.len());
    let sent = STANDARD.encode(&signed);
    let expected = expected(&by);
    let mut group = criterion.benchmark_group("response");
    for (name, verifier) in verifiers() {
        let validate = || {
            let taken = take(black_box(sent.as_bytes())).expect("a response");
            examine(&taken.xml, &expected, verifier.as_ref(), now)
        };
        let examination = validate();
        assert!(examination.accepted, "{:?}", examination.findings);
        group.bench_function(name, |bencher| bencher.iter(validate));
    }
    group.finish();
}

criterion_group!(benches, response);
criterion_main!(benches);
