//! SAML metadata in the shapes the providers write. Structure as the products have it, values invented.

use crate::certificates::{TestCertificate, certificate, ec_certificate};
use std::fmt::Write as _;
use vocabulary::Timestamp;

const MD: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
const REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
const SOAP: &str = "urn:oasis:names:tc:SAML:2.0:bindings:SOAP";
const EMAIL: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

/// A tenant of Microsoft Entra ID that does not exist.
pub const TENANT: &str = "5d1b1a52-8c3f-4b0e-9c76-2f6f0f5e7a31";

/// Federation Metadata XML of Microsoft Entra ID: one line, a signature, two WS-Federation roles, then the SAML one.
///
/// The signature has the right form but does not verify.
pub fn entra(tenant: &str, certificates: &[&TestCertificate]) -> String {
    entra_with(tenant, certificates, &signature(certificates))
}

/// The same without a signature.
pub fn entra_unsigned(tenant: &str, certificates: &[&TestCertificate]) -> String {
    entra_with(tenant, certificates, "")
}

fn entra_with(tenant: &str, certificates: &[&TestCertificate], signature: &str) -> String {
    let keys = keys(certificates, Some("signing"), "");
    let login = format!("https://login.microsoftonline.com/{tenant}/saml2");
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
<EntityDescriptor ID=\"_0c9f2c5e-7d6b-4b7e-8d5e-3f1a2b4c6d8e\" entityID=\"https://sts.windows.net/{tenant}/\" xmlns=\"{MD}\">\
{signature}{federation}\
<IDPSSODescriptor protocolSupportEnumeration=\"{PROTOCOL}\">{keys}\
<SingleLogoutService Binding=\"{REDIRECT}\" Location=\"{login}\" />\
<SingleSignOnService Binding=\"{REDIRECT}\" Location=\"{login}\" />\
<SingleSignOnService Binding=\"{POST}\" Location=\"{login}\" />\
</IDPSSODescriptor></EntityDescriptor>",
        federation = federation_roles(&format!("https://login.microsoftonline.com/{tenant}/wsfed"), &keys),
    )
}

/// The two WS-Federation roles of Microsoft products; they carry keys and endpoints that are not SAML's.
fn federation_roles(endpoint: &str, keys: &str) -> String {
    let claims: String = ["name", "nameidentifier", "emailaddress"]
        .map(|claim| {
            format!(
                "<auth:ClaimType Uri=\"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/{claim}\" \
xmlns:auth=\"http://docs.oasis-open.org/wsfed/authorization/200706\"><auth:DisplayName>{claim}</auth:DisplayName>\
</auth:ClaimType>"
            )
        })
        .concat();
    let address = format!(
        "<wsa:EndpointReference xmlns:wsa=\"http://www.w3.org/2005/08/addressing\"><wsa:Address>{endpoint}</wsa:Address>\
</wsa:EndpointReference>"
    );
    let role = |kind: &str, body: &str| {
        format!(
            "<RoleDescriptor xsi:type=\"fed:{kind}\" protocolSupportEnumeration=\"http://docs.oasis-open.org/wsfed/federation/200706\" \
xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:fed=\"http://docs.oasis-open.org/wsfed/federation/200706\">\
{keys}{body}</RoleDescriptor>"
        )
    };
    let token_service = format!(
        "<fed:ClaimTypesOffered>{claims}</fed:ClaimTypesOffered>\
<fed:SecurityTokenServiceEndpoint>{address}</fed:SecurityTokenServiceEndpoint>\
<fed:PassiveRequestorEndpoint>{address}</fed:PassiveRequestorEndpoint>"
    );
    let application = format!(
        "<fed:TargetScopes>{address}</fed:TargetScopes>\
<fed:ApplicationServiceEndpoint>{address}</fed:ApplicationServiceEndpoint>\
<fed:PassiveRequestorEndpoint>{address}</fed:PassiveRequestorEndpoint>"
    );
    role("SecurityTokenServiceType", &token_service) + &role("ApplicationServiceType", &application)
}

/// An enveloped signature of the right form that does not verify.
fn signature(certificates: &[&TestCertificate]) -> String {
    let x509: String = certificates.iter().take(1).map(|one| x509_data(one, "")).collect();
    format!(
        "<Signature xmlns=\"{DS}\"><SignedInfo>\
<CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\" />\
<SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\" />\
<Reference URI=\"#_0c9f2c5e-7d6b-4b7e-8d5e-3f1a2b4c6d8e\"><Transforms>\
<Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\" />\
<Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\" /></Transforms>\
<DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\" />\
<DigestValue>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=</DigestValue></Reference></SignedInfo>\
<SignatureValue>AAAA</SignatureValue><KeyInfo>{x509}</KeyInfo></Signature>"
    )
}

fn x509_data(certificate: &TestCertificate, prefix: &str) -> String {
    let base64 = certificate.base64();
    format!(
        "<{prefix}X509Data><{prefix}X509Certificate>{base64}</{prefix}X509Certificate></{prefix}X509Data>"
    )
}

/// Key descriptors in the default namespace, or with a prefix such as `md:`.
pub(crate) fn keys(certificates: &[&TestCertificate], usage: Option<&str>, prefix: &str) -> String {
    let usage = usage.map(|usage| format!(" use=\"{usage}\"")).unwrap_or_default();
    let key = |one: &&TestCertificate| {
        let x509 = x509_data(one, "ds:");
        format!(
            "<{prefix}KeyDescriptor{usage}><ds:KeyInfo xmlns:ds=\"{DS}\">{x509}</ds:KeyInfo></{prefix}KeyDescriptor>"
        )
    };
    certificates.iter().map(key).collect()
}

pub(crate) fn sso(binding: &str, location: &str) -> String {
    format!("<md:SingleSignOnService Binding=\"{binding}\" Location=\"{location}\"/>")
}

/// Metadata of any identity provider with one location for both bindings; what the smaller products write.
pub fn idp(entity_id: &str, location: &str, certificates: &[&TestCertificate]) -> String {
    idp_with(
        entity_id,
        "",
        &keys(certificates, Some("signing"), "md:"),
        &(sso(REDIRECT, location) + &sso(POST, location)),
    )
}

/// Metadata of any identity provider: attributes of the role, its keys and its endpoints as XML.
pub fn idp_with(entity_id: &str, attributes: &str, keys: &str, endpoints: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
<md:EntityDescriptor xmlns:md=\"{MD}\" entityID=\"{entity_id}\">\n  \
<md:IDPSSODescriptor {attributes} protocolSupportEnumeration=\"{PROTOCOL}\">\n    {keys}\n    \
<md:NameIDFormat>{EMAIL}</md:NameIDFormat>\n    {endpoints}\n  \
</md:IDPSSODescriptor>\n</md:EntityDescriptor>\n"
    )
}

/// Metadata of Okta: `app` is the application's name in the address, `id` begins with `exk`.
pub fn okta(org: &str, app: &str, id: &str, certificate: &TestCertificate) -> String {
    let location = format!("https://{org}.okta.com/app/{app}/{id}/sso/saml");
    idp_with(
        &format!("http://www.okta.com/{id}"),
        "WantAuthnRequestsSigned=\"false\"",
        &keys(&[certificate], Some("signing"), "md:"),
        &(sso(POST, &location) + &sso(REDIRECT, &location)),
    )
}

/// Metadata of PingOne in a region such as `eu`.
pub fn pingone(environment: &str, region: &str, certificate: &TestCertificate) -> String {
    let base = format!("https://auth.pingone.{region}/{environment}");
    idp(&base, &format!("{base}/saml20/idp/sso"), &[certificate])
}

/// Metadata of Google Workspace, with the `validUntil` it always has.
pub fn google(id: &str, valid_until: Timestamp, certificate: &TestCertificate) -> String {
    let base = "https://accounts.google.com/o/saml2";
    idp(&format!("{base}?idpid={id}"), &format!("{base}/idp?idpid={id}"), &[certificate]).replacen(
        " entityID=",
        &format!(" validUntil=\"{valid_until}\" entityID="),
        1,
    )
}

/// Metadata of AD FS: signed, WS-Federation roles, service provider and identity provider in one entity.
pub fn adfs(host: &str, signing: &[&TestCertificate], encryption: &TestCertificate) -> String {
    let url = format!("https://{host}/adfs/ls/");
    let keys = keys(&[encryption], Some("encryption"), "") + &keys(signing, Some("signing"), "");
    let logout = format!("<SingleLogoutService Binding=\"{REDIRECT}\" Location=\"{url}\"/>");
    let formats = format!("<NameIDFormat>{EMAIL}</NameIDFormat>");
    format!(
        "<EntityDescriptor ID=\"_0c9f2c5e-7d6b-4b7e-8d5e-3f1a2b4c6d8e\" entityID=\"http://{host}/adfs/services/trust\" xmlns=\"{MD}\">\
{signature}{federation}\
<SPSSODescriptor WantAssertionsSigned=\"true\" protocolSupportEnumeration=\"{PROTOCOL}\">{keys}{logout}{formats}\
<AssertionConsumerService Binding=\"{POST}\" Location=\"{url}\" index=\"0\" isDefault=\"true\"/></SPSSODescriptor>\
<IDPSSODescriptor protocolSupportEnumeration=\"{PROTOCOL}\">{keys}{logout}{formats}\
<SingleSignOnService Binding=\"{REDIRECT}\" Location=\"{url}\"/>\
<SingleSignOnService Binding=\"{POST}\" Location=\"{url}\"/>\
<Attribute Name=\"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress\" NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:uri\" xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\"/>\
</IDPSSODescriptor></EntityDescriptor>",
        signature = signature(signing),
        federation = federation_roles(&url, &keys),
    )
}

/// Metadata of Keycloak; `wrapped` is the older form inside an `EntitiesDescriptor`.
pub fn keycloak(host: &str, realm: &str, wrapped: bool, certificate: &TestCertificate) -> String {
    let entity_id = format!("https://{host}/realms/{realm}");
    let location = format!("{entity_id}/protocol/saml");
    let key = keys(&[certificate], Some("signing"), "md:")
        .replace("<ds:X509Data>", "<ds:KeyName>throw-away-key-name</ds:KeyName><ds:X509Data>");
    let endpoints = sso(POST, &location) + &sso(REDIRECT, &location) + &sso(SOAP, &location);
    let entity = idp_with(&entity_id, "WantAuthnRequestsSigned=\"true\"", &key, &endpoints);
    if !wrapped {
        return entity;
    }
    let body = entity.lines().skip(1).collect::<Vec<_>>().join("\n");
    format!("<EntitiesDescriptor Name=\"urn:keycloak\" xmlns=\"{MD}\">\n{body}\n</EntitiesDescriptor>")
}

/// Metadata of a service provider.
pub fn sp(entity_id: &str, acs_url: &str) -> String {
    format!(
        "<md:EntityDescriptor xmlns:md=\"{MD}\" entityID=\"{entity_id}\">\
<md:SPSSODescriptor protocolSupportEnumeration=\"{PROTOCOL}\"><md:NameIDFormat>{EMAIL}</md:NameIDFormat>\
<md:AssertionConsumerService Binding=\"{POST}\" Location=\"{acs_url}\" index=\"0\"/></md:SPSSODescriptor>\
</md:EntityDescriptor>"
    )
}

/// A federation's list of `count` entities, about 5 KB each: every second one an identity provider.
///
/// The identity provider number `i` (even) has the entity ID `https://idp-i.federation.example/saml`, the service
/// number `i` (odd) `https://sp-i.federation.example/saml`.
pub fn aggregate(count: usize, from: Timestamp, until: Timestamp) -> String {
    let rsa = certificate("Federation member", from, until);
    let ec = ec_certificate("Federation member, next", from, until);
    let keys = keys(&[&rsa, &ec], Some("signing"), "md:");
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<md:EntitiesDescriptor xmlns:md=\"{MD}\" Name=\"urn:federation.example\" validUntil=\"{until}\">\n"
    );
    for index in 0..count {
        let kind = if index % 2 == 0 { "idp" } else { "sp" };
        // Writing to a String cannot fail.
        let _ = write!(text, "{}", member(kind, index, &keys));
    }
    text.push_str("</md:EntitiesDescriptor>\n");
    text
}

fn member(kind: &str, index: usize, keys: &str) -> String {
    let base = format!("https://{kind}-{index}.federation.example");
    let role = if kind == "idp" { "IDPSSODescriptor" } else { "SPSSODescriptor" };
    let endpoints = if kind == "idp" {
        sso(SOAP, &format!("{base}/soap"))
            + &sso(POST, &format!("{base}/sso"))
            + &sso(REDIRECT, &format!("{base}/sso"))
    } else {
        format!("<md:AssertionConsumerService Binding=\"{POST}\" Location=\"{base}/acs\" index=\"1\"/>")
    };
    format!(
        "<md:EntityDescriptor entityID=\"{base}/saml\"><md:Extensions>\
<mdrpi:RegistrationInfo xmlns:mdrpi=\"urn:oasis:names:tc:SAML:metadata:rpi\" registrationAuthority=\"https://federation.example/\" registrationInstant=\"2020-01-01T00:00:00Z\">\
<mdrpi:RegistrationPolicy xml:lang=\"en\">https://federation.example/policy</mdrpi:RegistrationPolicy></mdrpi:RegistrationInfo>\
</md:Extensions><md:{role} protocolSupportEnumeration=\"{PROTOCOL}\"><md:Extensions>{ui}</md:Extensions>{keys}\
<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</md:NameIDFormat>{endpoints}</md:{role}>\
<md:Organization><md:OrganizationName xml:lang=\"en\">member-{index}</md:OrganizationName>\
<md:OrganizationDisplayName xml:lang=\"en\">Member {index}</md:OrganizationDisplayName>\
<md:OrganizationURL xml:lang=\"en\">{base}/</md:OrganizationURL></md:Organization></md:EntityDescriptor>\n",
        ui = user_interface_info(index, &base),
    )
}

fn user_interface_info(index: usize, base: &str) -> String {
    let mut info = String::from("<mdui:UIInfo xmlns:mdui=\"urn:oasis:names:tc:SAML:metadata:ui\">");
    for (language, university) in [("de", "Universität"), ("en", "University"), ("fr", "Université")] {
        // Writing to a String cannot fail.
        let _ = write!(
            info,
            "<mdui:DisplayName xml:lang=\"{language}\">{university} {index}</mdui:DisplayName>\
<mdui:Description xml:lang=\"{language}\">{university} {index}, invented for tests, with a sentence of a usual length.</mdui:Description>\
<mdui:InformationURL xml:lang=\"{language}\">{base}/{language}/about</mdui:InformationURL>"
        );
    }
    info + "</mdui:UIInfo>"
}

#[cfg(test)]
mod tests {
    use super::*;
    use quick_xml::events::Event;
    use quick_xml::reader::NsReader;

    #[test]
    fn every_builder_writes_balanced_xml() {
        let from = Timestamp::parse("2026-01-01T00:00:00Z").unwrap();
        let until = Timestamp::parse("2029-01-01T00:00:00Z").unwrap();
        let one = certificate("Test", from, until);
        let all = [
            entra(TENANT, &[&one]),
            okta("acme", "signpost", "exk1a2b3c4d5e6f7g8h9", &one),
            pingone(TENANT, "eu", &one),
            google("C0abc12de", until, &one),
            adfs("adfs.acme.example", &[&one], &one),
            keycloak("sso.acme.example", "acme", true, &one),
            sp("https://sp.example/saml", "https://sp.example/acs"),
            aggregate(3, from, until),
        ];
        for text in all {
            assert_eq!(open_elements(&text), 0);
        }
    }

    fn open_elements(text: &str) -> i32 {
        let mut reader = NsReader::from_str(text);
        let mut open = 0;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                Event::Eof => return open,
                _ => (),
            }
        }
    }
}
