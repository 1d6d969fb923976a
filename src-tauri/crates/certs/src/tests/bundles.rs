//! PKCS #7 and OpenSSL's trusted form, written by OpenSSL itself.

use super::{at, codes, only, wrapped};
use crate::{holds_private_key, read};
use std::path::Path;
use std::process::{Command, Stdio};
use test_support::{Authority, TestCertificate, certificate, fixtures};

fn openssl(folder: &Path, args: &[&str]) -> Vec<u8> {
    let run = Command::new("openssl").args(args).current_dir(folder).stdin(Stdio::null()).output().unwrap();
    assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    run.stdout
}

fn chain() -> [TestCertificate; 2] {
    let (from, until) = (at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z"));
    let authority = Authority::new("Acme root", from, until);
    [authority.issue("login.acme.example", &[], from, until), authority.certificate]
}

#[test]
fn a_bundle_of_openssl_is_unpacked_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let chain = chain();
    std::fs::write(folder.path().join("chain.pem"), format!("{}{}", chain[0].pem, chain[1].pem)).unwrap();
    let bundle = |form: &[&str]| {
        openssl(folder.path(), &[&["crl2pkcs7", "-nocrl", "-certfile", "chain.pem"], form].concat())
    };
    let (der, pem) = (bundle(&["-outform", "DER"]), String::from_utf8(bundle(&[])).unwrap());
    let bare: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let forms: Vec<(&str, Vec<u8>)> = vec![
        ("DER", der.clone()),
        ("PEM", pem.clone().into()),
        ("another label", pem.replace("PKCS7", "CMS").into()),
        ("a certificate's label", pem.replace("PKCS7", "CERTIFICATE").into()),
        ("base64", bare.into()),
        ("wrapped", wrapped(&pem).into()),
        ("CRLF", pem.replace('\n', "\r\n").into()),
    ];
    for (name, bytes) in forms {
        let reading = read(&bytes);
        let ders: Vec<Vec<u8>> = reading.certificates.iter().map(crate::Certificate::der).collect();
        let mut expected = vec![chain[0].der.clone(), chain[1].der.clone()];
        expected.sort();
        let mut found = ders.clone();
        found.sort();
        assert_eq!(found, expected, "{name}: {:?}", reading.findings);
        assert_eq!(codes(&reading.findings), ["certificate-unpacked"], "{name}");
        assert_eq!(reading.findings[0].args["count"], "2");
    }
}

/// `openssl cms -stream` writes elements of indefinite length, as Java does.
#[test]
fn a_bundle_with_indefinite_lengths_is_unpacked() {
    let folder = tempfile::tempdir().unwrap();
    let made = certificate("Acme", at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z"));
    std::fs::write(folder.path().join("one.pem"), &made.pem).unwrap();
    std::fs::write(folder.path().join("key.pem"), &made.key_pem).unwrap();
    std::fs::write(folder.path().join("text"), "Hello").unwrap();
    let sign =
        ["cms", "-sign", "-in", "text", "-signer", "one.pem", "-inkey", "key.pem", "-nodetach", "-stream"];
    let bytes = openssl(folder.path(), &[&sign[..], &["-outform", "DER"]].concat());
    assert_eq!(bytes[..2], [0x30, 0x80], "the length is indefinite");
    let reading = read(&bytes);
    assert_eq!(reading.certificates.len(), 1, "{:?}", reading.findings);
    assert_eq!(reading.certificates[0].der(), made.der);
}

#[test]
fn the_fixture_is_unpacked() {
    let reading = read(fixtures::PKCS7.as_bytes());
    assert_eq!(reading.certificates[0].subject, "CN=Throw-away SHA-1");
}

#[test]
fn openssl_s_trusted_form_gives_the_certificate_without_its_notes() {
    let folder = tempfile::tempdir().unwrap();
    let made = certificate("Acme", at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z"));
    std::fs::write(folder.path().join("one.pem"), &made.pem).unwrap();
    let trusted = ["x509", "-in", "one.pem", "-trustout", "-addtrust", "serverAuth", "-setalias", "acme"];
    let text = openssl(folder.path(), &trusted);
    assert!(text.starts_with(b"-----BEGIN TRUSTED CERTIFICATE-----"));
    for bytes in [text, fixtures::OPENSSL_TRUSTED.into()] {
        let reading = read(&bytes);
        assert_eq!(codes(&reading.findings), ["certificate-openssl-trusted"]);
        assert_eq!(reading.certificates.len(), 1);
    }
    assert_eq!(only(openssl(folder.path(), &trusted)).der(), made.der);
}

#[test]
fn certificates_of_openssl_are_read_as_openssl_reads_them() {
    let folder = tempfile::tempdir().unwrap();
    let kinds: [&[&str]; 3] = [&["rsa:3072"], &["ec", "-pkeyopt", "ec_paramgen_curve:P-384"], &["ed25519"]];
    for (kind, (key, codes_of_key)) in kinds.iter().zip([
        ("RSA 3072", vec![]),
        ("EC P-384", vec![]),
        ("Ed25519", vec!["certificate-key-unusual"]),
    ]) {
        let start = ["req", "-x509", "-nodes", "-days", "500", "-subj", "/O=Acme/CN=Straße", "-utf8"];
        let args = [&start[..], &["-keyout", "key.pem", "-newkey"], kind].concat();
        let pem = openssl(folder.path(), &args);
        std::fs::write(folder.path().join("one.pem"), &pem).unwrap();
        let one = only(&pem);
        let print = openssl(folder.path(), &["x509", "-in", "one.pem", "-noout", "-fingerprint", "-sha256"]);
        assert!(String::from_utf8(print).unwrap().trim().ends_with(&one.sha256), "{key}");
        assert_eq!((one.key.as_str(), one.self_signed), (key, true));
        assert!(one.subject.contains("Straße"), "{}", one.subject);
        let now = one.not_before.plus(time::Duration::days(1));
        assert_eq!(codes(&crate::judge(&one, now)), codes_of_key, "{key}");
        let key = std::fs::read_to_string(folder.path().join("key.pem")).unwrap();
        assert!(holds_private_key(&key));
    }
}

#[test]
fn a_key_is_noticed_with_and_without_its_pem_lines() {
    let bare = |pem: &str| pem.lines().filter(|line| !line.starts_with('-')).collect::<String>();
    let made = certificate("Acme", at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z"));
    for key in [fixtures::RSA_KEY, fixtures::PKCS1_KEY, fixtures::SEC1_KEY, fixtures::ENCRYPTED_KEY] {
        assert!(holds_private_key(key) && holds_private_key(&bare(key)));
        assert!(holds_private_key(&format!("{}{key}", made.pem)));
    }
    assert!(
        !holds_private_key(&made.pem) && !holds_private_key(&bare(&made.pem)) && !holds_private_key("hello")
    );
}
