use super::write::xmllint;
use super::{at, now, valid};
use crate::{CODES, Inspection, LIMIT_BY_FILE, LIMIT_BY_HAND, by_hand, inspect, select};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use test_support::metadata;

fn check(inspection: &Inspection) {
    let known = |code: &str| CODES.contains(&code) || certs::CODES.contains(&code);
    assert!(inspection.findings.iter().all(|finding| known(&finding.code)), "{:?}", inspection.findings);
    assert!(inspection.idp_values().is_some() || !inspection.findings.is_empty(), "nothing is said");
}

fn samples() -> [String; 3] {
    let one = valid();
    [
        metadata::entra(metadata::TENANT, &[&one]),
        metadata::keycloak("sso.acme.example", "acme", true, &one),
        metadata::aggregate(2, at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z")),
    ]
}

/// Every construct of XML in little space, so that most damage hits one.
fn dense() -> String {
    let text = metadata::idp("https://idp.example/?a&amp;b&#x41;", "https://idp.example/", &[]);
    let extras =
        "<!-- a - b --><?pi data?><x y = 'z\"'/><w xml:lang=\"en\">a&lt;b&#65;&#x41;<![CDATA[ <&]] ]]>]</w>";
    text.replace("<md:IDPSSO", &format!("{extras}<md:IDPSSO")) + "<!-- end --><?pi?>\n"
}

/// One byte replaced, a piece cut out, and the end cut off.
fn damaged(text: String, (at, byte): (usize, u8), (cut_at, cut): (usize, usize), end: usize) -> Vec<u8> {
    let mut bytes = text.into_bytes();
    let length = bytes.len();
    bytes[at % length] = byte;
    let cut_at = cut_at % length;
    bytes.drain(cut_at..(cut_at + cut).min(length));
    let length = bytes.len();
    if end < 2000 {
        bytes.truncate(length.saturating_sub(end));
    }
    bytes
}

/// Documents made to be worked on for minutes or to fill the memory.
#[test]
fn hostile_documents_take_no_time_and_are_refused() {
    let size = 2 * LIMIT_BY_HAND;
    let text = metadata::idp("https://idp.example", "https://idp.example/sso", &[&valid()]);
    let with = |before: &str, piece: &str| text.replace(before, &(piece.repeat(size / piece.len()) + before));
    let key = "<md:KeyDescriptor><k:KeyInfo xmlns:k=\"http://www.w3.org/2000/09/xmldsig#\"><k:X509Data><k:X509Certificate>AAAA</k:X509Certificate></k:X509Data></k:KeyInfo></md:KeyDescriptor>";
    let attributes: String = (0..size / 10).map(|index| format!("a{index}=\"\" ")).collect();
    let cases = [
        ("metadata-excessive", with("<md:KeyDescriptor", key)),
        ("metadata-excessive", with("<md:SingleSignOnService", "<md:SingleSignOnService Location=\"/\"/>")),
        ("metadata-malformed-xml", with("<md:KeyDescriptor", "<a>")),
        ("metadata-malformed-xml", with("<md:KeyDescriptor", "<a b=\"")),
        ("metadata-malformed-xml", with("<md:KeyDescriptor", "<!--")),
        ("", with("<md:KeyDescriptor", "&amp;")),
        ("", with("<md:KeyDescriptor", "<![CDATA[]]>")),
        ("", text.replace("<md:IDPSSODescriptor ", &format!("<md:IDPSSODescriptor {attributes}"))),
        ("entity-id-too-long", metadata::idp(&"x".repeat(size), "https://idp.example/sso", &[&valid()])),
        (
            "metadata-endpoint-invalid",
            metadata::idp("x", &("https://x/".to_owned() + &"x".repeat(size)), &[&valid()]),
        ),
    ];
    for (code, document) in cases {
        let began = std::time::Instant::now();
        let inspection = inspect(document.as_bytes(), LIMIT_BY_FILE, now());
        assert_eq!(inspection.findings.first().map(|finding| &*finding.code).unwrap_or_default(), code);
        assert!(serde_json::to_string(&inspection).unwrap().len() < 100_000, "{code}: too much is kept");
        assert!(began.elapsed().as_secs() < 20, "{code} took {:?}", began.elapsed());
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        check(&inspect(&bytes, LIMIT_BY_HAND, now()));
    }

    #[test]
    fn arbitrary_markup_never_panics(text in "(<|</|>|/>|\"|=|md:|xmlns:md=|\"urn:oasis:names:tc:SAML:2.0:metadata\"|EntityDescriptor |entityID=|<!\\[CDATA\\[|]]>|<!--|-->|<\\?xml|\\?>|&amp;|&#x|;|\\PC){0,60}") {
        check(&inspect(format!("<{text}").as_bytes(), LIMIT_BY_HAND, now()));
    }

    #[test]
    fn damaged_metadata_never_panics(
        sample in 0_usize..3,
        byte in (0_usize..100_000, any::<u8>()),
        cut in (0_usize..100_000, 0_usize..50),
        end in 0_usize..20_000,
    ) {
        let bytes = damaged(samples()[sample].clone(), byte, cut, end);
        check(&inspect(&bytes, LIMIT_BY_FILE, now()));
        check(&select(&bytes, LIMIT_BY_FILE, "https://idp-0.federation.example/saml", now()));
    }

    #[test]
    fn arbitrary_values_never_panic(entity_id in "\\PC{0,40}", sso_url in "(https://|http:|@|/|[|]|\\PC){0,20}", text in "\\PC{0,200}") {
        let read = by_hand(&entity_id, &sso_url, &text, now());
        prop_assert!(read.findings.iter().all(|finding| finding.args.contains_key("field")));
    }
}

proptest! {
    // The same cases each time: new ones are looked for by fuzzing.
    #![proptest_config(ProptestConfig { cases: 300, rng_seed: RngSeed::Fixed(300), ..ProptestConfig::default() })]

    /// Whatever this reader takes as XML, libxml2 takes, too.
    #[test]
    fn what_is_taken_is_well_formed_to_another_reader(
        at in 0_usize..100_000,
        byte in prop::sample::select(b"<>/&\"'= :;!-?[]a1\t\n".to_vec()),
        cut in (0_usize..100_000, 0_usize..4),
    ) {
        let bytes = damaged(dense(), (at, byte), cut, usize::MAX);
        let text = String::from_utf8(bytes).unwrap();
        let inspection = inspect(text.as_bytes(), LIMIT_BY_HAND, now());
        let is_refused = inspection.kind == crate::Kind::NotMetadata;
        prop_assert!(is_refused || xmllint(&["--noout"], &text).is_ok(), "{}", xmllint(&["--noout"], &text).unwrap_err());
    }
}
