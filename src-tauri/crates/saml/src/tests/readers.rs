//! Written metadata before the schema of OASIS and two readers that we did not write: pysaml2 and Lasso.

use super::valid;
use super::write::xmllint;
use crate::{Contact, NAME_ID_EMAIL_ADDRESS, Organization, SpMetadata, write_sp_metadata};
use std::process::Command;

/// The packages that bring what is needed here.
const PACKAGES: &str = "install it with: cargo xtask test --only packages";

/// The schemas in the order in which they use each other; none is looked for anywhere else.
const SCHEMAS: [(&str, &str); 5] = [
    ("http://www.w3.org/XML/1998/namespace", "/usr/share/xml/xmltooling/xml.xsd"),
    ("http://www.w3.org/2000/09/xmldsig#", "/usr/share/xml/xmltooling/xmldsig-core-schema.xsd"),
    ("http://www.w3.org/2001/04/xmlenc#", "/usr/share/xml/xmltooling/xenc-schema.xsd"),
    ("urn:oasis:names:tc:SAML:2.0:assertion", "/usr/share/xml/opensaml/saml-schema-assertion-2.0.xsd"),
    ("urn:oasis:names:tc:SAML:2.0:metadata", "/usr/share/xml/opensaml/saml-schema-metadata-2.0.xsd"),
];

const PYSAML2: &str = r#"
import json, sys
from saml2.attribute_converter import ac_factory
from saml2.mdstore import MetaDataFile
store = MetaDataFile(ac_factory(), sys.argv[1])
store.load()
(entity_id,) = store.keys()
role = store[entity_id]["spsso_descriptor"][0]
certificates = {"".join(one.split()) for use in ("signing", "encryption") for one in store.certs(entity_id, "spsso", use)}
print(json.dumps([entity_id, role["assertion_consumer_service"][0]["location"], role["authn_requests_signed"], sorted(certificates)]))
"#;

const LASSO: &str = r#"
import json, lasso, sys
server = lasso.Server()
server.addProvider(lasso.PROVIDER_ROLE_SP, sys.argv[1])
(provider,) = server.providers.values()
print(json.dumps([provider.providerId, provider.getAssertionConsumerServiceUrl(None)]))
"#;

fn least() -> SpMetadata {
    SpMetadata {
        entity_id: "https://sp.example/saml?a=1&b=2".to_owned(),
        acs_url: "https://sp.example/acs?x=1&y=2".to_owned(),
        slo_url: None,
        organization: None,
        name_id_format: NAME_ID_EMAIL_ADDRESS.to_owned(),
        certificates: Vec::new(),
        signs_requests: false,
        contact: None,
    }
}

fn whole() -> SpMetadata {
    SpMetadata {
        slo_url: Some("https://sp.example/slo?x=1&y=2".to_owned()),
        organization: Some(Organization {
            name: "Acme & Söhne <GmbH>".to_owned(),
            url: "https://acme.example/?a&b".to_owned(),
        }),
        certificates: vec![valid().pem],
        signs_requests: true,
        contact: Some(Contact { name: Some("IT".to_owned()), email: "it@acme.example".to_owned() }),
        ..least()
    }
}

/// `Err` is what the validator complains about.
fn validate(document: &str) -> Result<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let import = |(namespace, file): &(&str, &str)| {
        assert!(std::path::Path::new(file).exists(), "{file} is missing; {PACKAGES}");
        format!("<xs:import namespace=\"{namespace}\" schemaLocation=\"{file}\"/>")
    };
    let imports: String = SCHEMAS.iter().map(import).collect();
    let schema = folder.path().join("all.xsd");
    let text = format!("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">{imports}</xs:schema>");
    std::fs::write(&schema, text).unwrap();
    xmllint(&["--noout", "--schema", schema.to_str().unwrap()], document)
}

/// What a reader says of a document, as JSON.
fn ask(reader: &str, document: &str) -> serde_json::Value {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("metadata.xml");
    std::fs::write(&file, document).unwrap();
    // Debian's own Python has the packages; another one on the PATH has not.
    let output = Command::new("/usr/bin/python3").args(["-c", reader]).arg(&file).output();
    let output = output.unwrap_or_else(|why| panic!("python3: {why}; {PACKAGES}"));
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}; {PACKAGES}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn written_metadata_are_valid_by_the_schema() {
    for metadata in [least(), whole()] {
        assert!(
            validate(&write_sp_metadata(&metadata)).is_ok(),
            "{:?}",
            validate(&write_sp_metadata(&metadata))
        );
    }
    let written = write_sp_metadata(&whole());
    for (from, to) in [(" index=\"0\"", ""), ("md:ContactPerson", "md:Contact"), ("\"true\"", "\"yes\"")] {
        assert!(validate(&written.replace(from, to)).is_err(), "{from} matters to the schema");
    }
}

#[test]
fn pysaml2_reads_what_was_written() {
    let (metadata, certificate) = (whole(), valid().base64());
    let expected = serde_json::json!([metadata.entity_id, metadata.acs_url, "true", [certificate]]);
    assert_eq!(ask(PYSAML2, &write_sp_metadata(&metadata)), expected);
    let expected = serde_json::json!([least().entity_id, least().acs_url, "false", []]);
    assert_eq!(ask(PYSAML2, &write_sp_metadata(&least())), expected);
}

#[test]
fn lasso_reads_what_was_written() {
    for metadata in [least(), whole()] {
        let expected = serde_json::json!([metadata.entity_id, metadata.acs_url]);
        assert_eq!(ask(LASSO, &write_sp_metadata(&metadata)), expected);
    }
}
