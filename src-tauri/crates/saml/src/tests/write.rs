use super::read;
use crate::{Contact, Kind, NAME_ID_EMAIL_ADDRESS, Organization, SpMetadata, write_sp_metadata};
use std::io::Write as _;
use std::process::{Command, Stdio};

fn own_certificate() -> test_support::TestCertificate {
    let at = |text| vocabulary::Timestamp::parse(text).unwrap();
    test_support::certificate("sp", at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z"))
}

fn awkward() -> SpMetadata {
    SpMetadata {
        entity_id: "https://sp.example/saml?a=1&b=<\"quoted\">'".to_owned(),
        acs_url: "http://localhost:41234/saml/acme/acs?x=1&y=\"2\"".to_owned(),
        slo_url: Some("https://sp.example/slo?x=1&y=2".to_owned()),
        organization: Some(Organization {
            name: "Acme & Söhne <GmbH>".to_owned(),
            url: "https://acme.example/?a&b".to_owned(),
        }),
        name_id_format: NAME_ID_EMAIL_ADDRESS.to_owned(),
        certificates: vec![own_certificate().pem],
        signs_requests: true,
        contact: Some(Contact { name: Some("IT & <Help>".to_owned()), email: "it@acme.example".to_owned() }),
    }
}

#[test]
fn written_metadata_reads_back_as_it_was() {
    let inspection = read(&write_sp_metadata(&awkward()));
    assert_eq!((inspection.kind, inspection.entity_id), (Kind::Sp, Some(awkward().entity_id)));
    assert_eq!(inspection.acs.len(), 1);
    assert_eq!(inspection.acs[0].location, awkward().acs_url);
    assert_eq!(inspection.name_id_formats, [NAME_ID_EMAIL_ADDRESS]);
    assert_eq!(inspection.display_name, awkward().organization.map(|one| one.name));
}

#[test]
fn characters_xml_cannot_carry_do_not_break_it() {
    let metadata = SpMetadata { entity_id: "a\u{0}\u{1}b\nc\u{FFFF}".to_owned(), ..awkward() };
    assert_eq!(
        read(&write_sp_metadata(&metadata)).entity_id.as_deref(),
        Some("a\u{FFFD}\u{FFFD}b\nc\u{FFFD}")
    );
}

#[test]
fn another_reader_reads_the_same() {
    let written = write_sp_metadata(&awkward());
    let ask = |path: &str| xmllint(&["--xpath", &format!("string({path})")], &written).unwrap();
    assert_eq!(ask("/*/@entityID"), awkward().entity_id);
    assert_eq!(ask("//*[local-name()='AssertionConsumerService']/@Location"), awkward().acs_url);
    let slo = awkward().slo_url.unwrap();
    assert_eq!(read(&written).sp_values().unwrap().slo_url, Some(slo.clone()));
    for binding in ["HTTP-Redirect", "HTTP-POST"] {
        let named =
            format!("//*[local-name()='SingleLogoutService'][contains(@Binding,'{binding}')]/@Location");
        assert_eq!(ask(&named), slo);
    }
    assert_eq!(ask("//*[local-name()='AssertionConsumerService']/@index"), "0");
    assert_eq!(ask("//*[local-name()='AssertionConsumerService']/@isDefault"), "true");
    assert_eq!(ask("//*[local-name()='SPSSODescriptor']/@AuthnRequestsSigned"), "true");
    assert_eq!(ask("//*[local-name()='X509Certificate']"), own_certificate().base64());
    assert_eq!(ask("//*[local-name()='SPSSODescriptor']/@WantAssertionsSigned"), "true");
    assert_eq!(ask("//*[local-name()='NameIDFormat']"), NAME_ID_EMAIL_ADDRESS);
    assert_eq!(ask("//*[local-name()='OrganizationName']"), "Acme & Söhne <GmbH>");
    assert_eq!(ask("//*[local-name()='GivenName']"), "IT & <Help>");
    assert_eq!(ask("//*[local-name()='EmailAddress']"), "mailto:it@acme.example");
    assert_eq!(ask("namespace-uri(/*)"), "urn:oasis:names:tc:SAML:2.0:metadata");
}

/// The sequence of the schema: KeyDescriptor before NameIDFormat before AssertionConsumerService, roles before Organization.
#[test]
fn elements_stand_in_the_order_of_the_schema() {
    let written = write_sp_metadata(&awkward());
    let places = [
        "<md:SPSSODescriptor",
        "<md:KeyDescriptor",
        "<md:NameIDFormat",
        "<md:AssertionConsumerService",
        "<md:OrganizationName",
        "<md:OrganizationDisplayName",
        "<md:OrganizationURL",
        "<md:ContactPerson",
    ]
    .map(|tag| written.find(tag).unwrap());
    assert!(places.is_sorted());
}

#[test]
fn without_an_organization_there_is_no_element_for_it() {
    let written = write_sp_metadata(&SpMetadata { organization: None, ..awkward() });
    assert!(!written.contains("Organization"));
    assert_eq!(xmllint(&["--noout"], &written), Ok(String::new()));
}

/// Runs xmllint over a document; `Err` is what it complains about.
pub(super) fn xmllint(arguments: &[&str], document: &str) -> Result<String, String> {
    let mut child = Command::new("xmllint")
        .args(arguments)
        .args(["--nonet", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("xmllint is needed for this test; install it with: apt-get install libxml2-utils");
    child.stdin.take().unwrap().write_all(document.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).trim_end_matches('\n').to_owned();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}
