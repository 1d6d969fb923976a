use super::{at, read, valid};
use crate::{Provider, provider_differs};
use test_support::metadata::{self, TENANT};

#[test]
fn products_are_told_by_their_shape() {
    let one = valid();
    let cases = [
        (metadata::entra(TENANT, &[&one]), Some(Provider::Entra)),
        (metadata::okta("acme", "signpost", "exk1a2b3c4d5e6f7g8h9", &one), Some(Provider::Okta)),
        (metadata::pingone(TENANT, "eu", &one), Some(Provider::PingOne)),
        (metadata::google("C0abc12de", at("2031-01-01T00:00:00Z"), &one), Some(Provider::Google)),
        (metadata::adfs("adfs.acme.example", &[&one], &one), Some(Provider::Adfs)),
        (metadata::keycloak("sso.acme.example", "acme", false, &one), Some(Provider::Keycloak)),
        (
            metadata::idp(
                "https://app.onelogin.com/saml/metadata/1",
                "https://acme.onelogin.com/trust/saml2/1",
                &[&one],
            ),
            Some(Provider::OneLogin),
        ),
        (
            metadata::idp("JumpCloud", "https://sso.jumpcloud.com/saml2/acme", &[&one]),
            Some(Provider::JumpCloud),
        ),
        (
            metadata::idp("urn:acme.auth0.com", "https://acme.auth0.com/samlp/1", &[&one]),
            Some(Provider::Auth0),
        ),
        (metadata::idp("https://idp.example", "https://idp.example/sso", &[&one]), None),
        (metadata::idp("https://idp.example", "https://notokta.com/sso", &[&one]), None),
    ];
    for (text, provider) in cases {
        assert_eq!(read(&text).provider, provider, "{:.300}", text);
    }
}

#[test]
fn names_on_the_wire_are_those_of_the_guides() {
    let names = [Provider::Entra, Provider::PingOne, Provider::OneLogin]
        .map(|one| serde_json::to_value(one).unwrap());
    assert_eq!(names, ["entra", "pingone", "onelogin"]);
}

#[test]
fn another_product_than_expected_is_a_warning() {
    assert_eq!(provider_differs(Some(Provider::Entra), Provider::Entra), None);
    assert_eq!(provider_differs(None, Provider::Entra), None);
    let finding = provider_differs(Some(Provider::Okta), Provider::Entra).unwrap();
    assert_eq!(
        (finding.args["found"].as_str(), finding.args["expected"].as_str()),
        ("Okta", "Microsoft Entra ID")
    );
}
