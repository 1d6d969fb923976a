use super::{at, codes, expired, now, read, severity_of, valid};
use crate::{
    Binding, Inspection, KeyUse, Kind, LIMIT_BY_FILE, LIMIT_BY_HAND, Provider, Role, Signature, inspect,
    judge_signing, select,
};
use certs::Certificate;
use test_support::{TestCertificate, certificate, fixtures, metadata};
use texts::Texts;
use vocabulary::Severity;

const REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

fn entra() -> String {
    metadata::entra(metadata::TENANT, &[&valid()])
}

fn sha256(certificate: &TestCertificate) -> String {
    certs::read(&certificate.der).certificates[0].sha256.clone()
}

#[test]
fn the_federation_metadata_of_entra_is_read_whole() {
    let inspection = read(&entra());
    assert_eq!(inspection.kind, Kind::Idp);
    assert_eq!(
        inspection.entity_id.as_deref(),
        Some("https://sts.windows.net/5d1b1a52-8c3f-4b0e-9c76-2f6f0f5e7a31/")
    );
    assert_eq!(inspection.signature, Signature::PresentNotChecked);
    assert_eq!(inspection.provider, Some(Provider::Entra));
    let bindings: Vec<&str> = inspection.sso.iter().map(|one| one.binding.as_str()).collect();
    assert_eq!(bindings, [REDIRECT, POST]);
    assert_eq!(inspection.certificates.len(), 1);
    assert_eq!(inspection.certificates[0].certificate.sha256, sha256(&valid()));
    assert_eq!(inspection.findings, []);
    let values = inspection.idp_values().unwrap();
    assert_eq!(values.sso_binding, Binding::HttpRedirect);
    assert_eq!(values.sso_url, format!("https://login.microsoftonline.com/{}/saml2", metadata::TENANT));
    assert_eq!(values.certificates.len(), 1);
}

#[test]
fn the_json_has_the_names_of_the_contract() {
    let json = serde_json::to_value(read(&entra())).unwrap();
    assert_eq!(json["kind"], "idp");
    assert_eq!(json["signature"], "present-not-checked");
    assert_eq!(json["entities"][0]["roles"][0], "idp");
    assert_eq!(json["sso"][1]["binding"], POST);
    let certificate = &json["certificates"][0];
    for name in ["sha256", "subject", "not_before", "not_after", "key", "use"] {
        assert!(certificate[name].is_string(), "{name} is missing");
    }
    assert_eq!(certificate["use"], "signing");
    assert_eq!(serde_json::from_value::<Inspection>(json.clone()).unwrap(), read(&entra()));
    let values = serde_json::to_value(read(&entra()).idp_values()).unwrap();
    assert_eq!(values["sso_binding"], REDIRECT);
}

/// The WS-Federation roles have keys and endpoints of their own, which must not be taken for SAML's.
#[test]
fn keys_and_endpoints_of_federation_roles_are_not_taken() {
    let stranger = certificate("WS-Federation only", at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z"));
    let text = entra();
    let foreign = metadata::entra(metadata::TENANT, &[&stranger]);
    let (start, end) = (foreign.find("<RoleDescriptor").unwrap(), foreign.find("<IDPSSODescriptor").unwrap());
    let mixed = text[..text.find("<RoleDescriptor").unwrap()].to_owned()
        + &foreign[start..end]
        + &text[text.find("<IDPSSODescriptor").unwrap()..];
    let inspection = read(&mixed);
    assert_eq!(inspection.signing_certificates().len(), 1);
    assert_eq!(inspection.certificates[0].certificate.sha256, sha256(&valid()));
    let without_saml = mixed.replace("<IDPSSODescriptor", "<x:IDPSSODescriptor xmlns:x=\"urn:x\"");
    let without_saml = without_saml.replace("</IDPSSODescriptor", "</x:IDPSSODescriptor");
    assert_eq!(codes(&read(&without_saml).findings), ["metadata-no-idp"]);
}

#[test]
fn what_is_not_metadata_is_named() {
    let doctype = entra().replace("?><", "?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><");
    let cases = [
        ("", "metadata-empty"),
        (" \n\t", "metadata-empty"),
        ("PK\u{3}\u{4}", "metadata-not-xml"),
        ("{\"issuer\": \"https://idp.example\"}", "metadata-not-xml"),
        (
            "https://login.microsoftonline.com/x/federationmetadata/2007-06/federationmetadata.xml\n",
            "metadata-is-url",
        ),
        ("<!DOCTYPE html><html><body>Sign in</body></html>", "metadata-html-page"),
        ("\n<HTML><HEAD>", "metadata-html-page"),
        ("<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\" \"y\"><html/>", "metadata-html-page"),
        ("<!-- saved --><html xmlns=\"http://www.w3.org/1999/xhtml\"></html>", "metadata-html-page"),
        (doctype.as_str(), "metadata-doctype"),
        ("<feed xmlns=\"http://www.w3.org/2005/Atom\"/>", "metadata-not-saml"),
        ("<EntityDescriptor entityID=\"a\"/>", "metadata-not-saml"),
        (
            "<m:EntityDescriptor xmlns:m=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"a\"/>",
            "metadata-no-idp",
        ),
        ("<m:EntitiesDescriptor xmlns:m=\"urn:oasis:names:tc:SAML:2.0:metadata\"/>", "metadata-no-idp"),
        (fixtures::RSA_KEY, "metadata-private-key"),
        (fixtures::SHA1_SIGNED, "metadata-is-certificate"),
    ];
    for (text, code) in cases {
        let inspection = read(text);
        assert_eq!(codes(&inspection.findings), [code], "{text:.60}");
        assert_eq!(inspection.kind, Kind::NotMetadata, "{text:.60}");
        assert_eq!(inspection.idp_values(), None, "{text:.60}");
    }
    assert_eq!(read("<feed xmlns=\"urn:x\"/>").findings[0].args["root"], "feed");
}

#[test]
fn a_private_key_in_metadata_refuses_it_whole() {
    let poisoned = entra()
        .replace("<SingleLogoutService", &format!("<!--{}--><SingleLogoutService", fixtures::PKCS1_KEY));
    let inspection = read(&poisoned.replace("-----", "- "));
    assert_eq!(codes(&inspection.findings), ["metadata-private-key"]);
    assert_eq!(inspection.entity_id, None);
    let body: String = fixtures::RSA_KEY.lines().filter(|line| !line.starts_with('-')).collect();
    let as_certificate = read(&entra().replace(&valid().base64(), &body));
    assert_eq!(codes(&as_certificate.findings), ["private-key-refused"]);
    assert!(!serde_json::to_string(&as_certificate).unwrap().contains(&body[100..120]));
}

#[test]
fn xml_that_is_not_well_formed_is_refused() {
    let good = entra();
    let wrap = |inner: &str| good.replace("<IDPSSODescriptor", &format!("{inner}<IDPSSODescriptor"));
    let deep = "<a>".repeat(70) + &"</a>".repeat(70);
    let cases = [
        (good[..good.len() / 2].to_owned(), "syntax|unclosed"),
        (good.replace("</EntityDescriptor>", ""), "unclosed"),
        (format!("{good}{}", good.split_once("?>").unwrap().1), "second-root"),
        (format!("{good}trailing"), "text-outside-root"),
        ("<!-- nothing -->".to_owned(), "no-root"),
        (wrap("<p:x/>"), "unbound-prefix"),
        (wrap("<x p:a=\"1\"/>"), "unbound-prefix"),
        (wrap("<x>&bomb;</x>"), "undefined-entity"),
        (wrap("<x a=\"&bomb;\"/>"), "undefined-entity"),
        (wrap("<x>&#0;</x>"), "undefined-entity"),
        (wrap("<x>&#1;</x>"), "illegal-character"),
        (wrap("<x>\u{1}</x>"), "illegal-character"),
        (wrap("<1a/>"), "illegal-name"),
        (wrap("<x a='1' a='2'/>"), "syntax"),
        (wrap("<x a='<'/>"), "syntax"),
        (wrap("<x></y>"), "syntax"),
        (wrap("<x>]]></x>"), "syntax"),
        (wrap("<!-- a -- b -->"), "syntax"),
        (wrap("<?xml version='1.0'?>"), "late-declaration"),
        (wrap(&deep), "too-deep"),
    ];
    for (text, reasons) in cases {
        let inspection = read(&text);
        assert_eq!(codes(&inspection.findings), ["metadata-malformed-xml"], "{reasons}");
        let reason = inspection.findings[0].args["reason"].as_str();
        assert!(reasons.split('|').any(|expected| expected == reason), "{reason} instead of {reasons}");
        assert_eq!((inspection.entity_id, inspection.entities.len()), (None, 0), "nothing half-read is kept");
    }
}

#[test]
fn the_line_of_the_damage_is_named() {
    let finding = &read("<?xml version=\"1.0\"?>\n<a>\n<b>\n</a>\n").findings[0];
    assert_eq!(finding.args["line"], "4");
    assert!(Texts::english().unwrap().finding(finding).message.contains("line 4"));
}

#[test]
fn every_encoding_is_read_as_the_same_metadata() {
    let text = metadata::idp("https://idp.example/é", "https://idp.example/sso", &[&valid()]);
    let expected = read(&text);
    assert_eq!(expected.entity_id.as_deref(), Some("https://idp.example/é"));
    let utf16 =
        |text: &str, unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let latin1 =
        text.replace("UTF-8", "ISO-8859-1").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let declared = text.replace("UTF-8", "utf-16");
    let variants: [(&str, Vec<u8>); 7] = [
        ("UTF-8 with BOM", format!("\u{FEFF}{text}").into()),
        ("UTF-16LE", utf16(&format!("\u{FEFF}{declared}"), u16::to_le_bytes)),
        ("UTF-16BE", utf16(&format!("\u{FEFF}{declared}"), u16::to_be_bytes)),
        ("UTF-16LE", utf16(&declared, u16::to_le_bytes)),
        ("UTF-16BE", utf16(&declared, u16::to_be_bytes)),
        ("windows-1252", latin1),
        ("", declared.into()),
    ];
    for (encoding, bytes) in variants {
        let mut inspection = inspect(&bytes, LIMIT_BY_FILE, now());
        let noted = inspection.findings.pop();
        assert_eq!(noted.map(|finding| finding.args["encoding"].clone()).unwrap_or_default(), encoding);
        assert_eq!(inspection, expected, "{encoding}");
    }
    let latin1_undeclared: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert_eq!(codes(&inspect(&latin1_undeclared, LIMIT_BY_FILE, now()).findings), ["metadata-not-xml"]);
}

#[test]
fn the_limits_differ_by_hand_and_by_file() {
    let padded = |size: usize| {
        let text = entra();
        format!("{text}{}", " ".repeat(size - text.len()))
    };
    assert_eq!(inspect(padded(LIMIT_BY_HAND).as_bytes(), LIMIT_BY_HAND, now()).kind, Kind::Idp);
    let large = padded(LIMIT_BY_HAND + 1);
    let refused = inspect(large.as_bytes(), LIMIT_BY_HAND, now());
    assert_eq!(codes(&refused.findings), ["metadata-too-large"]);
    assert_eq!(
        (refused.findings[0].args["size"].as_str(), refused.findings[0].args["limit"].as_str()),
        ("2 MB", "1 MB")
    );
    assert_eq!(inspect(large.as_bytes(), LIMIT_BY_FILE, now()).kind, Kind::Idp);
    let too_large = vec![b' '; LIMIT_BY_FILE + 1];
    assert_eq!(codes(&inspect(&too_large, LIMIT_BY_FILE, now()).findings), ["metadata-too-large"]);
}

#[test]
fn service_metadata_is_told_apart_and_still_read() {
    let inspection = read(&metadata::sp("https://sp.example/saml", "https://sp.example/acs"));
    assert_eq!((inspection.kind, codes(&inspection.findings)), (Kind::Sp, vec!["metadata-is-sp"]));
    let values = inspection.sp_values().unwrap();
    assert_eq!(
        (values.entity_id.as_str(), values.acs_url.as_str()),
        ("https://sp.example/saml", "https://sp.example/acs")
    );
    assert_eq!((values.slo_url, inspection.idp_values()), (None, None));
}

#[test]
fn a_service_s_logout_url_is_read_where_it_can_be_used_and_never_an_identity_provider_s() {
    let sp = metadata::sp("https://sp.example/saml", "https://sp.example/acs");
    let slo = |text: &str| read(text).sp_values().unwrap().slo_url;
    let with = |binding: &str, location: &str| {
        let binding = format!("urn:oasis:names:tc:SAML:2.0:bindings:{binding}");
        let service = format!(
            "<md:SingleLogoutService Binding=\"{binding}\" Location=\"{location}\"/><md:NameIDFormat>"
        );
        slo(&sp.replace("<md:NameIDFormat>", &service))
    };
    let url = "https://sp.example/slo?x=1";
    assert_eq!(with("HTTP-POST", url).as_deref(), Some(url));
    assert_eq!(with("HTTP-Redirect", url).as_deref(), Some(url));
    assert_eq!(with("SOAP", url), None, "no browser carries it there");
    assert_eq!(with("HTTP-POST", "javascript:alert(1)"), None);
    let both = metadata::adfs("adfs.acme.example", &[&valid()], &expired());
    assert!(read(&both).idp_values().unwrap().logout.is_some());
    assert_eq!(read(&both).sp_values().and_then(|values| values.slo_url), None);
}

#[test]
fn both_roles_in_one_entity_are_an_identity_provider() {
    let inspection = read(&metadata::adfs("adfs.acme.example", &[&valid()], &expired()));
    assert_eq!(
        (inspection.kind, inspection.entities[0].roles.as_slice()),
        (Kind::Idp, &[Role::Sp, Role::Idp][..])
    );
    let uses: Vec<KeyUse> = inspection.certificates.iter().map(|one| one.usage).collect();
    assert_eq!(uses, [KeyUse::Encryption, KeyUse::Signing]);
    assert_eq!(inspection.signing_certificates().len(), 1, "the encryption key does not sign");
    assert_eq!(inspection.findings, [], "and its dates matter to nobody");
}

#[test]
fn one_wrapped_entity_is_that_entity() {
    let inspection = read(&metadata::keycloak("sso.acme.example", "acme", true, &valid()));
    assert_eq!((inspection.kind, inspection.provider), (Kind::Idp, Some(Provider::Keycloak)));
    assert_eq!(codes(&inspection.findings), ["metadata-wants-signed-requests"]);
}

#[test]
fn of_several_identity_providers_one_has_to_be_chosen() {
    let text = metadata::aggregate(5, at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z"));
    let open = read(&text);
    assert_eq!((open.kind, open.entities.len(), open.entity_id.as_deref()), (Kind::Aggregate, 5, None));
    assert_eq!(codes(&open.findings), ["metadata-several-entities"]);
    assert_eq!(open.findings[0].args["count"], "3");
    assert_eq!(open.entities[1].display_name.as_deref(), Some("University 1"));
    let choose = |entity_id: &str| select(text.as_bytes(), LIMIT_BY_FILE, entity_id, now());
    let chosen = choose("https://idp-2.federation.example/saml");
    assert_eq!(
        (chosen.kind, codes(&chosen.findings)),
        (Kind::Aggregate, vec!["metadata-several-certificates"])
    );
    assert_eq!(chosen.idp_values().unwrap().sso_url, "https://idp-2.federation.example/sso");
    assert_eq!(chosen.valid_until, Some(at("2029-01-01T00:00:00Z")), "the group's date counts");
    assert_eq!(codes(&choose("https://sp-1.federation.example/saml").findings), ["metadata-is-sp"]);
    assert_eq!(codes(&choose("https://nobody.example").findings), ["metadata-entity-not-found"]);
    let one_idp = metadata::aggregate(2, at("2026-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z"));
    assert_eq!(read(&one_idp).entity_id.as_deref(), Some("https://idp-0.federation.example/saml"));
}

#[test]
fn an_identity_provider_for_saml_1_only_is_none() {
    let text = metadata::idp("https://idp.example", "https://idp.example/sso", &[&valid()]);
    let old = text.replace("urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:1.1:protocol");
    assert_eq!(codes(&read(&old).findings), ["metadata-no-idp"]);
}

#[test]
fn endpoints_are_judged() {
    let with = |location: &str| read(&metadata::idp("https://idp.example", location, &[&valid()]));
    let cases = [
        ("https://idp.example/sso?a=1&amp;b=2", None),
        ("http://idp.example/sso", Some(("metadata-endpoint-not-https", Severity::Error))),
        ("http://localhost:8080/sso", Some(("metadata-endpoint-not-https", Severity::Warning))),
        ("http://127.0.0.1/sso", Some(("metadata-endpoint-not-https", Severity::Warning))),
        ("/sso", Some(("metadata-endpoint-invalid", Severity::Error))),
        ("", Some(("metadata-endpoint-invalid", Severity::Error))),
        ("javascript:alert(1)", Some(("metadata-endpoint-invalid", Severity::Error))),
        ("file:///etc/passwd", Some(("metadata-endpoint-invalid", Severity::Error))),
        ("https://idp.example@evil.example/", Some(("metadata-endpoint-invalid", Severity::Error))),
        ("https://idp.ex ample/", Some(("metadata-endpoint-invalid", Severity::Error))),
    ];
    for (location, expected) in cases {
        let findings = with(location).findings;
        let found: Vec<_> = findings.iter().map(|finding| (&*finding.code, finding.severity)).collect();
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{location}");
    }
    assert_eq!(
        with("https://idp.example/sso?a=1&amp;b=2").sso[0].location,
        "https://idp.example/sso?a=1&b=2"
    );
}

#[test]
fn a_bad_endpoint_beside_a_good_one_is_only_a_warning() {
    let text = metadata::idp("https://idp.example", "https://idp.example/sso", &[&valid()]);
    let inspection = read(&text.replacen("https://idp.example/sso", "http://idp.example/sso", 1));
    assert_eq!(severity_of(&inspection.findings, "metadata-endpoint-not-https"), Some(Severity::Warning));
    let values = inspection.idp_values().unwrap();
    assert_eq!((values.sso_binding, values.sso_url.as_str()), (Binding::HttpPost, "https://idp.example/sso"));
}

#[test]
fn only_bindings_a_browser_can_use_count() {
    let text = metadata::idp("https://idp.example", "https://idp.example/sso", &[&valid()]);
    let inspection = read(&text.replace("HTTP-Redirect", "SOAP").replace("HTTP-POST", "HTTP-Artifact"));
    assert_eq!(codes(&inspection.findings), ["metadata-no-sso-endpoint"]);
    assert_eq!((inspection.sso.len(), inspection.idp_values()), (2, None));
}

#[test]
fn certificates_of_the_metadata_are_judged() {
    let with = |all: &[&TestCertificate]| read(&metadata::entra(metadata::TENANT, all)).findings;
    assert_eq!(codes(&with(&[])), ["metadata-no-signing-certificate"]);
    assert_eq!(severity_of(&with(&[&expired()]), "certificate-expired"), Some(Severity::Error));
    let rolling = with(&[&expired(), &valid()]);
    assert_eq!(codes(&rolling), ["metadata-several-certificates", "certificate-expired"]);
    assert_eq!(severity_of(&rolling, "certificate-expired"), Some(Severity::Warning));
    let twice = read(&metadata::entra(metadata::TENANT, &[&valid(), &valid()]));
    assert_eq!((twice.certificates.len(), twice.findings.len()), (1, 0));
}

#[test]
fn an_unreadable_certificate_is_an_error_unless_another_one_is_good() {
    let text = metadata::entra(metadata::TENANT, &[&expired(), &valid()]);
    let broken = read(&text.replace(&expired().base64(), "AAAA")).findings;
    assert_eq!(severity_of(&broken, "certificate-not-found"), Some(Severity::Warning));
    let all_broken =
        read(&text.replace(&expired().base64(), "AAAA").replace(&valid().base64(), "MIIB")).findings;
    assert_eq!(codes(&all_broken), ["certificate-not-found", "certificate-incomplete"]);
    assert!(all_broken.iter().all(vocabulary::Finding::is_error));
}

#[test]
fn a_key_without_use_and_a_pem_inside_the_element_count() {
    let text = entra().replace(" use=\"signing\"", "").replace(&valid().base64(), &valid().pem);
    let inspection = read(&text);
    assert_eq!((inspection.certificates[0].usage, inspection.findings.len()), (KeyUse::Unspecified, 0));
    assert_eq!(inspection.signing_certificates().len(), 1);
}

#[test]
fn the_rule_for_sets_of_certificates() {
    let described = |one: &TestCertificate| certs::read(&one.der).certificates.remove(0);
    let next = certificate("Next", at("2027-01-01T00:00:00Z"), at("2030-01-01T00:00:00Z"));
    let (old, good, next) = (described(&expired()), described(&valid()), described(&next));
    let severities =
        |set: &[Certificate]| judge_signing(set, now()).iter().map(|one| one.severity).collect::<Vec<_>>();
    assert_eq!(severities(std::slice::from_ref(&good)), []);
    assert_eq!(severities(&[old.clone(), next.clone()]), [Severity::Error, Severity::Error]);
    assert_eq!(severities(&[old, good, next]), [Severity::Warning, Severity::Warning]);
}

#[test]
fn the_metadata_has_a_date_of_its_own() {
    let google = |until: &str| read(&metadata::google("C0abc12de", at(until), &valid()));
    assert_eq!(google("2031-01-01T00:00:00Z").findings, []);
    assert_eq!(google("2031-01-01T00:00:00Z").valid_until, Some(at("2031-01-01T00:00:00Z")));
    let past = google("2026-11-22T11:59:59Z");
    assert_eq!(codes(&past.findings), ["metadata-valid-until-past"]);
    assert_eq!(past.findings[0].evidence.len(), 2);
    let text = metadata::google("C0abc12de", at("2031-01-01T00:00:00Z"), &valid());
    let without_zone = read(&text.replace("00:00:00Z", "00:00:00"));
    assert_eq!(
        (without_zone.findings.len(), without_zone.valid_until),
        (0, Some(at("2031-01-01T00:00:00Z")))
    );
    let unreadable = read(&text.replace("2031-01-01T00:00:00Z", "soon"));
    assert_eq!(codes(&unreadable.findings), ["metadata-valid-until-unreadable"]);
}

#[test]
fn the_entity_id_is_judged() {
    let with = |entity_id: &str| read(&metadata::idp(entity_id, "https://idp.example/sso", &[&valid()]));
    assert_eq!(codes(&with("").findings), ["entity-id-missing"]);
    assert_eq!(with("").idp_values(), None);
    assert_eq!(with(&"x".repeat(1024)).findings, []);
    assert_eq!(codes(&with(&"x".repeat(1025)).findings), ["entity-id-too-long"]);
    assert_eq!(codes(&with("my idp").findings), ["entity-id-has-blanks"]);
}
