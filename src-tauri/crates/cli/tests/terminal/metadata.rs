use crate::common::{codes, program, signpost};
use crate::{certificate, file, now, signpost_reading};
use test_support::{fixtures, metadata};

const TENANT: &str = "5d1f8b0e-3c0a-4f7e-9b1d-2a6c7e8f9012";

fn inspect(bytes: impl AsRef<[u8]>) -> (i32, serde_json::Value) {
    let run = signpost_reading(&["metadata", "inspect", "-", "--json"], bytes.as_ref());
    (run.status, run.json())
}

#[test]
fn a_federation_metadata_file_is_shown_whole() {
    let (_folder, path) = file(metadata::entra_unsigned(TENANT, &[&certificate(-10, 300)]));
    let run = signpost(&["metadata", "inspect", &path, "--json"]);
    let document = run.json();
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(document["kind"], "idp");
    assert_eq!(document["entity_id"], format!("https://sts.windows.net/{TENANT}/"));
    assert_eq!(document["signature"], "absent");
    assert_eq!(document["entities"].as_array().unwrap().len(), 1);
    assert!(document["sso"][0]["binding"].as_str().unwrap().contains("bindings:HTTP-"));
    assert!(document["sso"][0]["location"].as_str().unwrap().contains(TENANT));
    let certificate = &document["certificates"][0];
    assert_eq!(certificate["use"], "signing");
    for field in ["sha256", "subject", "not_before", "not_after", "key"] {
        assert!(certificate[field].is_string(), "{field}");
    }
    let text = signpost(&["metadata", "inspect", &path]);
    assert_eq!(text.status, 0);
    assert!(
        text.out.starts_with("This is the metadata of an identity provider, and it can be used.\n"),
        "{text:?}"
    );
    for part in ["Microsoft Entra ID", TENANT, "HTTP-Redirect", certificate["sha256"].as_str().unwrap()] {
        assert!(text.out.contains(part), "{part}: {}", text.out);
    }
}

#[test]
fn an_expired_certificate_makes_metadata_not_good() {
    let expired = metadata::idp("https://idp.test", "https://idp.test/sso", &[&certificate(-400, -30)]);
    let (status, document) = inspect(&expired);
    assert_eq!((status, codes(&document)), (1, vec!["certificate-expired"]));
    let text = signpost_reading(&["metadata", "inspect", "-"], expired.as_bytes()).out;
    assert!(text.contains("cannot be used as it is"), "{text}");
    assert!(text.contains("\nError: The certificate “CN=signing.contoso.test” ended on"), "{text}");
}

#[test]
fn what_is_no_metadata_of_an_identity_provider_is_named() {
    let cases: [(&[u8], &str, &str); 7] = [
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "not-metadata", "metadata-html-page"),
        (b"hello", "not-metadata", "metadata-not-xml"),
        (b"", "not-metadata", "metadata-empty"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><a/>", "not-metadata", "metadata-doctype"),
        (b"<EntityDescriptor", "not-metadata", "metadata-malformed-xml"),
        (fixtures::RSA_KEY.as_bytes(), "not-metadata", "metadata-private-key"),
        (fixtures::SHA1_SIGNED.as_bytes(), "not-metadata", "metadata-is-certificate"),
    ];
    for (bytes, kind, code) in cases {
        let (status, document) = inspect(bytes);
        assert_eq!((status, document["kind"].as_str().unwrap(), codes(&document)), (1, kind, vec![code]));
    }
    let (status, document) = inspect(metadata::sp("https://sp.test", "https://sp.test/acs"));
    assert_eq!(
        (status, document["kind"].as_str().unwrap(), codes(&document)),
        (1, "sp", vec!["metadata-is-sp"])
    );
}

#[test]
fn one_entity_of_an_aggregate_is_chosen() {
    let day = |days| now().plus(time::Duration::days(days));
    let (_folder, path) = file(metadata::aggregate(120, day(-10), day(300)));
    let run = signpost(&["metadata", "inspect", &path, "--json"]);
    let document = run.json();
    assert_eq!((run.status, document["kind"].as_str().unwrap()), (1, "aggregate"));
    assert_eq!(codes(&document), ["metadata-several-entities"]);
    assert_eq!(document["entities"].as_array().unwrap().len(), 120);
    let text = signpost(&["metadata", "inspect", &path]).out;
    assert!(text.contains("Entities in it: 120\n") && text.contains("and 70 more"), "{text}");

    let id = "https://idp-4.federation.example/saml";
    let chosen = signpost(&["metadata", "inspect", &path, "--entity", id, "--json"]);
    assert_eq!((chosen.status, &chosen.json()["entity_id"]), (0, &serde_json::json!(id)));
    let missing = signpost(&["metadata", "inspect", &path, "--entity", "https://nobody.test", "--json"]);
    assert_eq!((missing.status, codes(&missing.json())), (1, vec!["metadata-entity-not-found"]));
}

#[test]
fn a_list_is_searched_for_words_in_any_order_and_case() {
    let day = |days| now().plus(time::Duration::days(days));
    let (_folder, path) = file(metadata::aggregate(120, day(-10), day(300)));
    let found = signpost(&["metadata", "inspect", &path, "--search", "17 UNIVERSITY", "--json"]).json();
    let ids: Vec<&str> =
        found["entities"].as_array().unwrap().iter().map(|one| one["entity_id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["https://sp-17.federation.example/saml", "https://sp-117.federation.example/saml"]);
    assert_eq!(found["entity_count"], 120);
    let text = signpost(&["metadata", "inspect", &path, "--search", "university 17"]).out;
    assert!(text.contains("Entities in it: 120, found: 2\n"), "{text}");
}

#[test]
fn a_signature_that_does_not_verify_makes_metadata_not_good() {
    let signer = certificate(-10, 300);
    let (_folder, path) = file(metadata::entra(TENANT, &[&signer]));
    let run = signpost(&["metadata", "inspect", &path, "--json"]);
    assert_eq!((run.status, codes(&run.json())), (1, vec!["metadata-signature-broken"]));
    assert_eq!(run.json()["signature"], "broken");
    let (_other, unsigned) = file(metadata::entra_unsigned(TENANT, &[&signer]));
    let (_key, pem) = file(&signer.pem);
    let asked = signpost(&["metadata", "inspect", &unsigned, "--signed-by", &pem, "--json"]);
    assert_eq!((asked.status, codes(&asked.json())), (1, vec!["metadata-signature-missing"]));
}

#[test]
fn what_a_newer_version_changes_is_said() {
    let (old, new) = (certificate(-300, 30), certificate(-1, 900));
    let version = |location: &str, all: &[&test_support::TestCertificate]| {
        file(metadata::idp("https://idp.test", location, all))
    };
    let (_a, before) = version("https://idp.test/sso", &[&old]);
    let (_b, rolling) = version("https://idp.test/sso", &[&old, &new]);
    let (_c, moved) = version("https://new.idp.test/sso", &[&new]);
    let diff = |one: &str, other: &str| {
        let run = signpost(&["metadata", "diff", one, other, "--json"]);
        (run.status, run.json())
    };
    let (status, same) = diff(&before, &before);
    assert_eq!((status, &same["changed"], codes(&same).len()), (0, &serde_json::json!(false), 0));
    let (status, added) = diff(&before, &rolling);
    assert_eq!((status, codes(&added)), (1, vec!["metadata-change-certificate-added"]));
    assert_eq!(added["differences"][0]["field"], "certificate");
    let (_n, without) = version("https://idp.test/sso", &[]);
    let (status, first) = diff(&without, &before);
    assert_eq!((status, codes(&first).len()), (1, 0), "there were no old ones: {first:#}");
    assert_eq!(codes(&diff(&rolling, &before).1), ["metadata-change-certificate-removed"]);
    let (_, replaced) = diff(&before, &moved);
    assert_eq!(codes(&replaced), ["metadata-change-endpoint", "metadata-change-certificates-replaced"]);
    assert_eq!(replaced["differences"][0]["after"], serde_json::json!(["https://new.idp.test/sso"]));
    let text = signpost(&["metadata", "diff", &before, &moved]);
    assert!(text.out.contains("  -  https://idp.test/sso\n  +  https://new.idp.test/sso\n"), "{}", text.out);
    let (_d, other) = file(metadata::idp("https://other.test", "https://idp.test/sso", &[&old]));
    assert_eq!(codes(&diff(&before, &other).1), ["metadata-change-entity-id"]);
    let (_e, page) = file("<html></html>");
    assert_eq!(signpost(&["metadata", "diff", &before, &page]).status, 2);
}

#[test]
fn more_than_a_hundred_megabytes_are_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.xml");
    std::fs::File::create(&path).unwrap().set_len(150 * 1024 * 1024).unwrap();
    let run = signpost(&["metadata", "inspect", path.to_str().unwrap(), "--json"]);
    let document = run.json();
    assert_eq!((run.status, codes(&document)), (1, vec!["metadata-too-large"]));
    let message = document["findings"][0]["message"].as_str().unwrap();
    assert!(message.starts_with("This is 150 MB large"), "{message}");
}

#[test]
fn a_name_from_outside_cannot_steer_the_terminal() {
    let xml = metadata::idp(
        "https://idp.test/\u{202e}x\u{9b}31m",
        "https://idp.test/sso",
        &[&certificate(-10, 300)],
    );
    let text = signpost_reading(&["metadata", "inspect", "-"], xml.as_bytes()).out;
    assert!(text.contains("https://idp.test/\u{fffd}x\u{fffd}31m"), "{text}");
}

#[test]
fn nobody_has_to_read_to_the_end() {
    let day = |days| now().plus(time::Duration::days(days));
    let (_folder, path) = file(metadata::aggregate(2000, day(-10), day(300)));
    let mut child = program(&["metadata", "inspect", &path, "--json"]).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(1), Vec::new()));
}

#[test]
fn generated_metadata_are_those_of_the_service() {
    let args =
        ["metadata", "generate", "--entity-id", "https://sp.test/saml?a&b", "--acs", "https://sp.test/acs"];
    let run = signpost(&[&args[..], &["--organization", "Contoso & Söhne"]].concat());
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let (_, read) = inspect(&run.out);
    assert_eq!(read["kind"], "sp");
    assert_eq!(read["entity_id"], "https://sp.test/saml?a&b");
    assert_eq!(read["acs"][0]["location"], "https://sp.test/acs");
    assert!(run.out.contains("Contoso &amp; Söhne") && run.out.contains(">https://sp.test<"), "{}", run.out);
    let json = signpost(&[&args[..], &["--json"]].concat()).json();
    assert_eq!(json["acs_url"], "https://sp.test/acs");
    assert!(json["xml"].as_str().unwrap().contains("AssertionConsumerService"));
}

#[test]
fn certificate_and_contact_are_generated_when_they_are_given() {
    let key = certificate(-10, 300);
    let (_folder, pem) = file(&key.pem);
    let args = ["metadata", "generate", "--entity-id", "urn:sp", "--acs", "https://sp.test/acs"];
    let more =
        ["--certificate", &pem, "--sign-requests", "--contact", "it@sp.test", "--contact-name", "IT & Co"];
    let run = signpost(&[&args[..], &more].concat());
    assert_eq!(run.status, 0, "{run:?}");
    for part in [&key.base64(), "AuthnRequestsSigned=\"true\"", "mailto:it@sp.test", "IT &amp; Co"] {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    let bad = signpost(&[&args[..], &["--contact", "it", "--json"]].concat());
    assert_eq!((bad.status, bad.json()["error"]["code"].as_str()), (2, Some("generate-contact-invalid")));
    let (_other, secret) = file(fixtures::RSA_KEY);
    let refused = signpost(&[&args[..], &["--certificate", &secret, "--json"]].concat());
    assert_eq!((refused.status, refused.json()["error"]["code"].as_str()), (2, Some("private-key-refused")));
}

#[test]
fn metadata_that_no_identity_provider_would_take_are_not_generated() {
    let code = |id: &str, acs: &str, more: &[&str]| {
        let args = [&["metadata", "generate", "--entity-id", id, "--acs", acs, "--json"], more].concat();
        let run = signpost(&args);
        assert_eq!(run.status, 2, "{run:?}");
        run.json()["error"]["code"].as_str().unwrap().to_owned()
    };
    let acs = "https://sp.test/acs";
    assert_eq!(code("", acs, &[]), "generate-entity-id-invalid");
    assert_eq!(code("a b", acs, &[]), "generate-entity-id-invalid");
    assert_eq!(code("urn:a", "http://sp.test/acs", &[]), "generate-acs-invalid");
    assert_eq!(code("urn:a", "sp.test", &[]), "generate-acs-invalid");
    assert_eq!(code("urn:a", acs, &["--name-id-format", ""]), "generate-name-id-format-invalid");
    let organization = ["--organization", "Contoso", "--organization-url", "contoso"];
    assert_eq!(code("urn:a", acs, &organization), "generate-organization-url-invalid");
}
