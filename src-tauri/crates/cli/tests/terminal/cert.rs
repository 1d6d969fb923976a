use crate::common::{codes, signpost};
use crate::{certificate, file, signpost_reading};
use test_support::fixtures;

#[test]
fn a_valid_certificate_is_good() {
    let certificate = certificate(-10, 300);
    let (_folder, path) = file(&certificate.pem);
    let run = signpost(&["cert", "inspect", &path, "--json"]);
    let document = run.json();
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(document["findings"], serde_json::json!([]));
    let shown = &document["certificates"][0];
    assert_eq!(shown["subject"], "CN=signing.contoso.test");
    assert_eq!(shown["key"], "RSA 2048");
    for field in ["sha256", "not_before", "not_after"] {
        assert!(shown[field].is_string(), "{field}");
    }
    let text = signpost(&["cert", "inspect", &path]).out;
    assert!(text.starts_with("The certificate can be used.\n"), "{text}");
    assert!(text.contains(shown["sha256"].as_str().unwrap()), "{text}");
}

#[test]
fn der_on_standard_input_is_read() {
    let run = signpost_reading(&["cert", "inspect", "-", "--json"], &certificate(-10, 300).der);
    assert_eq!((run.status, run.json()["certificates"].as_array().unwrap().len()), (0, 1));
}

#[test]
fn an_expired_certificate_is_not_good_and_one_that_ends_soon_is_a_warning() {
    let run = signpost_reading(&["cert", "inspect", "-", "--json"], certificate(-400, -30).pem.as_bytes());
    let document = run.json();
    assert_eq!((run.status, codes(&document)), (1, vec!["certificate-expired"]));
    let finding = &document["findings"][0];
    assert_eq!(finding["severity"], "error");
    assert!(finding["message"].as_str().unwrap().contains("signing.contoso.test"), "{finding}");
    assert!(!finding["fix"].as_str().unwrap().is_empty());
    let run = signpost_reading(&["cert", "inspect", "-"], certificate(-300, 20).pem.as_bytes());
    assert_eq!(run.status, 0);
    assert!(run.out.starts_with("The certificate can be used. Look at the warnings first.\n"), "{}", run.out);
    assert!(run.out.contains("\nWarning: "), "{}", run.out);
}

#[test]
fn a_private_key_is_refused_and_never_shown() {
    for key in [fixtures::RSA_KEY, fixtures::SEC1_KEY, fixtures::ENCRYPTED_KEY] {
        let both = format!("{}{key}", certificate(-10, 300).pem);
        let body = key.lines().nth(1).unwrap();
        for args in [&["cert", "inspect", "-"][..], &["cert", "inspect", "-", "--json"]] {
            let run = signpost_reading(args, both.as_bytes());
            assert_eq!(run.status, 1);
            assert!(!run.out.contains(body) && !run.err.contains(body));
        }
        let document = signpost_reading(&["cert", "inspect", "-", "--json"], both.as_bytes()).json();
        assert_eq!(codes(&document), ["private-key-refused"]);
        assert_eq!(document["certificates"], serde_json::json!([]));
    }
}

#[test]
fn what_is_no_certificate_is_said() {
    let code = |bytes: &[u8]| {
        let run = signpost_reading(&["cert", "inspect", "-", "--json"], bytes);
        assert_eq!(run.status, 1);
        codes(&run.json())[0].to_owned()
    };
    assert_eq!(code(b""), "certificate-empty");
    assert_eq!(code(fixtures::REQUEST.as_bytes()), "certificate-is-request");
    assert_eq!(code(fixtures::PKCS12), "certificate-is-pkcs12");
    assert_eq!(code(&vec![b'A'; certs::MAX_BYTES + 10]), "certificate-too-large");
}
