mod bundles;
mod calendar;
mod together;

use crate::{CODES, Certificate, MAX_BYTES, Reading, decode_text, judge, read};
use proptest::prelude::*;
use test_support::{Authority, certificate, ec_certificate, fixtures};
use texts::Texts;
use vocabulary::{Finding, Severity, Timestamp};

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn pem() -> String {
    certificate("Acme single sign-on", at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z")).pem
}

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| &*finding.code).collect()
}

fn only(bytes: impl AsRef<[u8]>) -> Certificate {
    let Reading { mut certificates, findings } = read(bytes.as_ref());
    assert_eq!(certificates.len(), 1, "{findings:?}");
    assert!(findings.iter().all(|finding| finding.severity == Severity::Info), "{findings:?}");
    certificates.remove(0)
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn a_certificate_in_a_tag_of_another_class_is_none() {
    use base64::Engine as _;
    let mut der = certificate("Acme", at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z")).der;
    der[0] = 0x50;
    let base64 = base64::engine::general_purpose::STANDARD.encode(&der);
    let reading =
        read(format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n").as_bytes());
    assert!(reading.certificates.is_empty());
    assert_eq!(codes(&reading.findings), ["certificate-unreadable"]);
}

#[test]
fn a_certificate_is_described() {
    let made = certificate("Acme single sign-on", at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z"));
    let one = only(&made.der);
    assert_eq!(one.subject, "CN=Acme single sign-on");
    assert!(one.self_signed);
    assert_eq!(one.not_before, at("2026-01-01T00:00:00Z"));
    assert_eq!(one.not_after, at("2029-01-01T00:00:00Z"));
    assert_eq!((one.key.as_str(), one.key_bits), ("RSA 2048", 2048));
    assert_eq!(one.signature_algorithm, "RSA with SHA-256");
    assert_eq!(one.pem, made.pem);
    assert_eq!(one.der(), made.der);
    let wire = serde_json::to_string(&one).unwrap();
    assert_eq!(serde_json::from_str::<Certificate>(&wire).unwrap(), one);
}

/// Expected values printed by `openssl x509 -fingerprint -sha256 -serial`, not by this crate.
#[test]
fn the_fingerprints_are_those_openssl_prints() {
    let one = only(fixtures::SHA1_SIGNED);
    assert_eq!(one.sha256, SHA1_SIGNED_SHA256);
    assert_eq!(one.sha1, SHA1_SIGNED_SHA1);
    assert_eq!(one.serial.replace(':', ""), SHA1_SIGNED_SERIAL);
}

#[test]
fn what_people_paste_is_read_as_the_same_certificate() {
    let pem = pem();
    let expected = only(&pem);
    let bare: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let latin1_dashes: Vec<u8> =
        pem.replace("-----", "\u{1}").bytes().map(|b| if b == 1 { 0x97 } else { b }).collect();
    let variants: Vec<(&str, Vec<u8>)> = vec![
        ("byte order mark", format!("\u{FEFF}{pem}").into()),
        ("CRLF", pem.replace('\n', "\r\n").into()),
        ("indented", pem.lines().map(|line| format!("    {line}\n")).collect::<String>().into()),
        ("one line", pem.replace('\n', " ").into()),
        ("one line without blanks", pem.replace('\n', "").into()),
        ("no PEM lines", bare.clone().into()),
        ("no padding", bare.trim_end_matches('=').to_owned().into()),
        ("in an XML element", format!("<ds:X509Certificate>\n{pem}</ds:X509Certificate>").into()),
        ("bare in an XML element", format!("<a><X509Certificate>{bare}</X509Certificate></a>").into()),
        ("em dashes", pem.replace("-----", "—").into()),
        ("mixed dashes", pem.replace("-----", "–—-").into()),
        ("Windows-1252 dashes", latin1_dashes),
        ("HTML entities", pem.replace('\n', "&#10;").replace('-', "&#45;").replace('+', "&#43;").into()),
        ("escaped twice", pem.replace('\n', "&amp;#xA;").into()),
        ("JSON", format!("{{\"cert\":\"{}\"}}", pem.replace('\n', "\\n")).into()),
        ("quoted mail", pem.lines().map(|line| format!("> {line}\n")).collect::<String>().into()),
        ("text before and after", format!("Hello,\nhere it is:\n{pem}\nBye").into()),
        ("zero-width characters", pem.replace("MII", "M\u{200B}II").into()),
        ("old label", pem.replace("CERTIFICATE", "X509 CERTIFICATE").into()),
        ("missing END line", pem.split("-----END").next().unwrap().to_owned().into()),
        ("PEM in base64 in PEM", wrapped(&pem).into()),
        ("UTF-16LE with BOM", utf16(&format!("\u{FEFF}{pem}"), u16::to_le_bytes)),
        ("UTF-16BE with BOM", utf16(&format!("\u{FEFF}{pem}"), u16::to_be_bytes)),
        ("UTF-16LE", utf16(&pem, u16::to_le_bytes)),
        ("UTF-16BE", utf16(&pem, u16::to_be_bytes)),
        ("DER", expected.der()),
        ("DER and a line end", [expected.der(), b"\r\n".to_vec()].concat()),
    ];
    for (name, bytes) in variants {
        let reading = read(&bytes);
        assert_eq!(reading.certificates, std::slice::from_ref(&expected), "{name}: {:?}", reading.findings);
    }
}

fn wrapped(pem: &str) -> String {
    crate::pem::encode(pem.as_bytes())
}

#[test]
fn plain_pem_and_der_need_no_remark_and_other_forms_get_one() {
    let pem = pem();
    assert_eq!(read(pem.as_bytes()).findings, []);
    assert_eq!(read(pem.replace('\n', "\r\n").as_bytes()).findings, []);
    assert_eq!(read(&only(&pem).der()).findings, []);
    assert_eq!(codes(&read(pem.replace('\n', " ").as_bytes()).findings), ["certificate-tidied"]);
}

#[test]
fn several_certificates_are_read_in_order_and_each_once() {
    let (from, until) = (at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z"));
    let (first, second) = (certificate("First", from, until), ec_certificate("Second", from, until));
    let reading = read(format!("{}{}{}", first.pem, second.pem, first.pem).as_bytes());
    let subjects: Vec<&str> = reading.certificates.iter().map(|one| one.subject.as_str()).collect();
    assert_eq!(subjects, ["CN=First", "CN=Second"]);
    assert_eq!(reading.certificates[1].key, "EC P-256");
    let without_end_line = first.pem.split("-----END").next().unwrap().to_owned() + &second.pem;
    assert_eq!(read(without_end_line.as_bytes()).certificates.len(), 2);
}

#[test]
fn private_keys_are_refused_in_every_form_and_nothing_of_them_is_kept() {
    let key = fixtures::RSA_KEY;
    let body: String = key.lines().filter(|line| !line.starts_with('-')).collect();
    let der = crate::pem::decode(&crate::pem::Block { label: None, body: &body, line: 1 }).unwrap();
    let variants: Vec<(&str, Vec<u8>)> = vec![
        ("PKCS #8", key.into()),
        ("PKCS #1", fixtures::PKCS1_KEY.into()),
        ("SEC 1", fixtures::SEC1_KEY.into()),
        ("encrypted", fixtures::ENCRYPTED_KEY.into()),
        (
            "encrypted, bare",
            fixtures::ENCRYPTED_KEY.lines().filter(|line| !line.starts_with('-')).collect::<String>().into(),
        ),
        (
            "PKCS #1, bare",
            fixtures::PKCS1_KEY.lines().filter(|line| !line.starts_with('-')).collect::<String>().into(),
        ),
        (
            "SEC 1, bare",
            fixtures::SEC1_KEY.lines().filter(|line| !line.starts_with('-')).collect::<String>().into(),
        ),
        ("DER", der.to_vec()),
        ("DER, cut", der[..der.len() / 2].to_vec()),
        ("after a certificate", (pem() + key).into()),
        ("before a certificate", (key.to_owned() + &pem()).into()),
        ("under a certificate's label", key.replace("PRIVATE KEY", "CERTIFICATE").into()),
        ("base64 only", body.clone().into()),
        ("one line", key.replace('\n', " ").into()),
        ("em dashes", key.replace("-----", "—").into()),
        ("UTF-16", utf16(key, u16::to_le_bytes)),
        ("wrapped", wrapped(key).into()),
        ("END line only", format!("{body}\n-----END PRIVATE KEY-----").into()),
        ("PuTTY", "PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 1\nAAAA".into()),
        ("OpenSSH", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----".into()),
    ];
    for (name, bytes) in variants {
        let reading = read(&bytes);
        assert_eq!(codes(&reading.findings), ["private-key-refused"], "{name}");
        assert!(reading.certificates.is_empty(), "{name}");
        let wire = serde_json::to_string(&reading).unwrap();
        assert!(
            !body.as_bytes().windows(12).any(|piece| wire.contains(std::str::from_utf8(piece).unwrap())),
            "{name}"
        );
    }
}

#[test]
fn what_is_not_a_certificate_is_named() {
    let pem = pem();
    let middle = pem.lines().nth(3).unwrap();
    let der = only(&pem).der();
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (Vec::new(), "certificate-empty"),
        (b" \r\n\t".to_vec(), "certificate-empty"),
        (vec![b'A'; MAX_BYTES + 1], "certificate-too-large"),
        (b"https://login.acme.example/".to_vec(), "certificate-not-found"),
        (b"<html><body>Sign in</body></html>".to_vec(), "certificate-not-found"),
        (b"hello".to_vec(), "certificate-not-found"),
        (
            b"-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----".to_vec(),
            "certificate-unreadable",
        ),
        (fixtures::REQUEST.into(), "certificate-is-request"),
        (EMPTY_PKCS7.to_vec(), "certificate-is-pkcs7"),
        (crate::pem::encode(EMPTY_PKCS7).replace("CERTIFICATE", "PKCS7").into(), "certificate-is-pkcs7"),
        (fixtures::PKCS12.to_vec(), "certificate-is-pkcs12"),
        (fixtures::OPENSSL_TRUSTED.replace("TRUSTED ", "").into(), "certificate-trailing-data"),
        (b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----".to_vec(), "certificate-is-public-key"),
        (b"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----".to_vec(), "certificate-label-unknown"),
        (pem.replace(middle, &middle.replace(&middle[5..6], "*")).into(), "certificate-not-base64"),
        (pem.lines().take(8).collect::<Vec<_>>().join("\n").into(), "certificate-incomplete"),
        (der[..der.len() - 9].to_vec(), "certificate-incomplete"),
        ([der.clone(), vec![0; 4]].concat(), "certificate-trailing-data"),
    ];
    for (bytes, code) in cases {
        let reading = read(&bytes);
        assert_eq!(
            codes(&reading.findings),
            [code],
            "{:?}",
            String::from_utf8_lossy(&bytes[..bytes.len().min(60)])
        );
        assert!(reading.certificates.is_empty());
    }
}

#[test]
fn the_line_that_broke_is_named() {
    let pem = pem();
    let fourth = pem.lines().nth(3).unwrap();
    let reading = read(format!("Dear all,\n\n{}", pem.replace(fourth, "M*IC")).as_bytes());
    assert_eq!(reading.findings[0].args["line"], "6");
}

#[test]
fn a_bad_block_does_not_hide_a_good_one() {
    let reading = read(format!("{}{}", fixtures::REQUEST, pem()).as_bytes());
    assert_eq!((reading.certificates.len(), codes(&reading.findings)), (1, vec!["certificate-is-request"]));
}

fn judged(from: &str, until: &str, now: &str) -> Vec<Finding> {
    judge(&only(certificate("Acme", at(from), at(until)).pem), at(now))
}

#[test]
fn dates_are_judged_to_the_second() {
    let (from, until) = ("2026-01-01T00:00:00Z", "2029-01-01T00:00:00Z");
    assert_eq!(judged(from, until, from), []);
    assert_eq!(codes(&judged(from, until, "2025-12-31T23:59:59Z")), ["certificate-not-yet-valid"]);
    assert_eq!(codes(&judged(from, until, until)), ["certificate-ends-soon"]);
    assert_eq!(codes(&judged(from, until, "2029-01-01T00:00:01Z")), ["certificate-expired"]);
    assert_eq!(judged(from, until, "2028-11-01T00:00:00Z"), [], "61 days are left");
    let soon = judged(from, until, "2028-11-01T00:00:01Z");
    assert_eq!((codes(&soon), soon[0].args["days"].as_str()), (vec!["certificate-ends-soon"], "60"));
}

#[test]
fn a_wrong_clock_is_suspected_only_when_the_difference_is_small() {
    let (from, until) = ("2026-01-01T00:00:00Z", "2029-01-01T00:00:00Z");
    let clock = |now: &str| judged(from, until, now)[0].args["clock"].clone();
    assert_eq!(clock("2025-12-31T01:00:00Z"), "suspect");
    assert_eq!(clock("2025-11-30T00:00:00Z"), "fine");
    assert_eq!(clock("2029-01-01T20:00:00Z"), "suspect");
    assert_eq!(clock("2030-01-01T00:00:00Z"), "fine");
    let finding = &judged(from, until, "2025-12-31T01:00:00Z")[0];
    let sources: Vec<&str> = finding.evidence.iter().map(|evidence| evidence.source.as_str()).collect();
    assert_eq!(sources, ["SHA-256", "notBefore", "now"]);
}

#[test]
fn keys_and_signatures_are_judged() {
    let now = at("2030-01-01T00:00:00Z");
    let judged = |pem: &str| judge(&only(pem), now);
    let weak = judged(fixtures::RSA_1024);
    assert_eq!((codes(&weak), weak[0].severity), (vec!["certificate-key-weak"], Severity::Error));
    assert_eq!(weak[0].args["key"], "RSA 1024");
    let sha1 = judged(fixtures::SHA1_SIGNED);
    assert_eq!((codes(&sha1), sha1[0].severity), (vec!["certificate-signature-weak"], Severity::Info));
    let md5 = judged(fixtures::MD5_SIGNED);
    assert_eq!((codes(&md5), md5[0].severity), (vec!["certificate-signature-weak"], Severity::Error));
    let curve = judged(fixtures::EC_SECP256K1);
    assert_eq!((codes(&curve), curve[0].severity), (vec!["certificate-key-unusual"], Severity::Error));
    let p256 = ec_certificate("Acme", at("2026-01-01T00:00:00Z"), at("2040-01-01T00:00:00Z"));
    assert_eq!(judged(&p256.pem), []);
}

#[test]
fn an_issued_certificate_is_not_called_self_signed() {
    let (from, until) = (at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z"));
    let authority = Authority::new("Acme root", from, until);
    let leaf = only(authority.issue("login.acme.example", &["login.acme.example"], from, until).pem);
    assert_eq!((leaf.issuer.as_str(), leaf.self_signed), ("CN=Acme root", false));
}

#[test]
fn a_name_cannot_carry_control_characters() {
    let (from, until) = (at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z"));
    let one = only(certificate("Acme\n\u{202E}x", from, until).pem);
    assert!(!one.subject.contains(['\n', '\u{202E}']), "{:?}", one.subject);
}

#[test]
fn every_code_has_a_text_and_everything_to_fix_a_fix() {
    let texts = Texts::english().unwrap();
    for code in CODES {
        let text = texts.finding(&Finding::error(code));
        assert_ne!(text.message, *code, "{code} has no text");
        assert!(!text.fix.is_empty() || ASKS_NOTHING.contains(code), "{code} has no fix");
    }
}

#[test]
fn texts_name_the_values_of_their_findings() {
    let texts = Texts::english().unwrap();
    let expired = &judged("2026-01-01T00:00:00Z", "2029-01-01T00:00:00Z", "2029-01-11T12:00:00Z")[0];
    let text = texts.finding(expired);
    assert!(text.message.contains("CN=Acme") && text.message.contains("2029-01-01"), "{}", text.message);
    assert!(text.message.contains("10") && !text.message.contains('$'), "{}", text.message);
}

/// Text made to be looked through again and again; without care each of these takes minutes.
#[test]
fn hostile_repetitions_take_no_time() {
    let pieces = [
        "-BEGIN X-",
        "-BEGIN ",
        "BEGIN ",
        "- BEGIN ",
        "-BEGIN A\n",
        "X509Certificate>a<",
        "X509Certificate>",
        "PRIVATE KEY ",
        "&amp;",
        "-----BEGIN CERTIFICATE-----AAAA",
        "-",
        "A:",
        "\n",
    ];
    for piece in pieces {
        let began = std::time::Instant::now();
        check(&read(piece.repeat(MAX_BYTES / piece.len()).as_bytes()));
        assert!(began.elapsed().as_secs() < 20, "{piece:?} took {:?}", began.elapsed());
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        check(&read(&bytes));
        decode_text(&bytes, None);
    }

    #[test]
    fn arbitrary_text_never_panics(text in "(-----BEGIN |CERTIFICATE|-----|—|MII|\n|&#10;|&|X509Certificate>|<|\\PC){0,60}") {
        check(&read(text.as_bytes()));
    }

    #[test]
    fn damaged_certificates_never_panic(at in 0_usize..3000, byte: u8, cut in 0_usize..3000, as_der: bool) {
        let pem = pem();
        let mut bytes = if as_der { only(&pem).der() } else { pem.into_bytes() };
        let length = bytes.len();
        bytes[at % length] = byte;
        bytes.truncate(length - cut % length);
        check(&read(&bytes));
    }

    #[test]
    fn no_piece_of_a_damaged_key_is_ever_repeated(at in 0_usize..3000, byte: u8) {
        let mut bytes = fixtures::RSA_KEY.as_bytes().to_vec();
        let length = bytes.len();
        bytes[at % length] = byte;
        let reading = read(&bytes);
        prop_assert!(reading.certificates.is_empty());
        prop_assert!(reading.findings.iter().all(|finding| finding.evidence.is_empty()));
    }
}

/// Remarks after which nothing is left to do.
const ASKS_NOTHING: &[&str] = &[
    "certificate-tidied",
    "certificate-unpacked",
    "certificate-openssl-trusted",
    "certificate-same-key",
    "certificate-overlap",
];

/// A ContentInfo of SignedData with nothing in it.
const EMPTY_PKCS7: &[u8] =
    &[0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02, 0xA0, 0x00];

fn check(reading: &Reading) {
    assert!(reading.findings.iter().all(|finding| CODES.contains(&&*finding.code)), "{:?}", reading.findings);
    assert!(!reading.certificates.is_empty() || !reading.findings.is_empty(), "nothing is said");
}

const SHA1_SIGNED_SHA256: &str =
    "93:36:7E:96:33:49:22:47:21:81:51:C8:3D:EE:B7:3A:99:0F:46:08:6A:B7:8F:C8:8D:17:74:EF:5A:F9:F9:F9";
const SHA1_SIGNED_SHA1: &str = "78:84:64:44:00:20:40:46:B9:F5:EC:79:50:25:63:96:91:F1:3B:50";
const SHA1_SIGNED_SERIAL: &str = "6FD8E266B4BF8BA04A7C043128BC13DF6F0D1878";
