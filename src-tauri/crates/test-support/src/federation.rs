//! A federation's metadata, signed by xmlsec1: what an aggregate of thousands of members looks like.

use crate::metadata::{keys, sso};
use crate::responses::{template, xmlsec1_signs};
use crate::{TestCertificate, certificate, ec_certificate};
use std::fmt::Write as _;
use vocabulary::Timestamp;

const MD: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
const POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
const REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const SOAP: &str = "urn:oasis:names:tc:SAML:2.0:bindings:SOAP";

/// The ID of the signed element.
const ID: &str = "_federation-1";

/// What members call themselves, by language.
const LANGUAGES: [(&str, &str); 4] = [
    ("de", "Universität für angewandte Beispiele"),
    ("en", "University of Applied Examples"),
    ("fr", "Université des exemples appliqués"),
    ("ja", "応用例大学"),
];

/// The entity ID of one member; those with an even number are identity providers, the others services.
pub fn member_entity_id(index: usize) -> String {
    format!("{}/saml", base(index))
}

fn base(index: usize) -> String {
    let kind = if index.is_multiple_of(2) { "idp" } else { "sp" };
    format!("https://{kind}-{index}.federation.example")
}

/// An aggregate of `count` members, about 5 KB each, its root signed with RSA-SHA256 by the certificate's key.
///
/// Members have names and descriptions in four languages, registration information, entity categories, a contact, and
/// keys: one RSA certificate, an RSA one to roll over to with every third member, a P-256 one with every second.
///
/// # Panics
/// When xmlsec1 is missing or refuses.
pub fn signed_federation(count: usize, from: Timestamp, until: Timestamp, by: &TestCertificate) -> String {
    let keys = Keys::new(from, until);
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<md:EntitiesDescriptor xmlns:md=\"{MD}\" ID=\"{ID}\" \
Name=\"urn:federation.example\" validUntil=\"{until}\">\n{}\n",
        template(
            ID,
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            "http://www.w3.org/2001/04/xmlenc#sha256"
        ),
    );
    for index in 0..count {
        member(&mut text, index, &keys.of(index));
    }
    text.push_str("</md:EntitiesDescriptor>\n");
    xmlsec1_signs(&text, "EntitiesDescriptor", MD, by)
}

struct Keys {
    now: String,
    next: String,
    ec: String,
}

impl Keys {
    fn new(from: Timestamp, until: Timestamp) -> Self {
        let descriptor = |one: &TestCertificate| keys(&[one], Some("signing"), "md:");
        Self {
            now: descriptor(&certificate("Federation member", from, until)),
            next: descriptor(&certificate("Federation member, next", from, until)),
            ec: descriptor(&ec_certificate("Federation member, P-256", from, until)),
        }
    }

    fn of(&self, index: usize) -> String {
        let part = |every: usize, key: &str| if index.is_multiple_of(every) { key } else { "" }.to_owned();
        self.now.clone() + &part(3, &self.next) + &part(2, &self.ec)
    }
}

fn member(text: &mut String, index: usize, keys: &str) {
    let base = base(index);
    let (role, endpoints) = if index.is_multiple_of(2) {
        let endpoints = sso(SOAP, &format!("{base}/soap"))
            + &sso(POST, &format!("{base}/sso/post"))
            + &sso(REDIRECT, &format!("{base}/sso/redirect"));
        ("IDPSSODescriptor", endpoints)
    } else {
        let acs = |number: usize, path: &str| {
            format!(
                "<md:AssertionConsumerService Binding=\"{POST}\" Location=\"{base}/{path}\" index=\"{number}\"/>"
            )
        };
        ("SPSSODescriptor", acs(1, "acs") + &acs(2, "acs/previous"))
    };
    // Writing to a String cannot fail.
    let _ = write!(
        text,
        "<md:EntityDescriptor entityID=\"{base}/saml\">\n <md:Extensions>{registration}{categories}</md:Extensions>\n \
<md:{role} protocolSupportEnumeration=\"{PROTOCOL}\">\n  <md:Extensions>{ui}</md:Extensions>\n  {keys}\n  \
<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</md:NameIDFormat>\n  \
<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>\n  {endpoints}\n </md:{role}>\n \
<md:Organization><md:OrganizationName xml:lang=\"en\">member-{index}</md:OrganizationName>\
<md:OrganizationDisplayName xml:lang=\"en\">Member {index}</md:OrganizationDisplayName>\
<md:OrganizationURL xml:lang=\"en\">{base}/</md:OrganizationURL></md:Organization>\n \
<md:ContactPerson contactType=\"technical\"><md:GivenName>Identity team</md:GivenName>\
<md:EmailAddress>mailto:identity@member-{index}.example</md:EmailAddress></md:ContactPerson>\n</md:EntityDescriptor>\n",
        registration = registration(),
        categories = categories(),
        ui = user_interface_info(index, &base),
    );
}

fn registration() -> String {
    "<mdrpi:RegistrationInfo xmlns:mdrpi=\"urn:oasis:names:tc:SAML:metadata:rpi\" \
registrationAuthority=\"https://federation.example/\" registrationInstant=\"2020-01-01T00:00:00Z\">\
<mdrpi:RegistrationPolicy xml:lang=\"en\">https://federation.example/policy</mdrpi:RegistrationPolicy>\
</mdrpi:RegistrationInfo>"
        .to_owned()
}

fn categories() -> String {
    let value = |name: &str| {
        format!("<saml:AttributeValue>https://federation.example/category/{name}</saml:AttributeValue>")
    };
    format!(
        "<mdattr:EntityAttributes xmlns:mdattr=\"urn:oasis:names:tc:SAML:metadata:attribute\" \
xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"><saml:Attribute \
Name=\"http://macedir.org/entity-category-support\" \
NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:uri\">{}{}</saml:Attribute></mdattr:EntityAttributes>",
        value("research-and-scholarship"),
        value("code-of-conduct"),
    )
}

fn user_interface_info(index: usize, base: &str) -> String {
    let mut info = String::from("<mdui:UIInfo xmlns:mdui=\"urn:oasis:names:tc:SAML:metadata:ui\">");
    for (language, name) in LANGUAGES {
        let _ = write!(
            info,
            "<mdui:DisplayName xml:lang=\"{language}\">{name} {index}</mdui:DisplayName>\
<mdui:Description xml:lang=\"{language}\">{name} {index}, invented for tests, with a sentence of a usual length.</mdui:Description>\
<mdui:InformationURL xml:lang=\"{language}\">{base}/{language}/about</mdui:InformationURL>"
        );
    }
    let _ = write!(info, "<mdui:Logo width=\"80\" height=\"60\">{base}/logo.png</mdui:Logo></mdui:UIInfo>");
    info
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::responses::xmlsec1_accepts_element;

    #[test]
    fn the_signature_holds_and_only_while_nothing_is_changed() {
        let moment = |text| Timestamp::parse(text).unwrap();
        let (from, until) = (moment("2026-01-01T00:00:00Z"), moment("2029-01-01T00:00:00Z"));
        let by = certificate("Federation", from, until);
        let text = signed_federation(12, from, until, &by);
        assert!(text.len() > 12 * 4_000, "{}", text.len());
        assert!(text.contains(&member_entity_id(11)));
        assert!(xmlsec1_accepts_element(&text, "EntitiesDescriptor", MD, &by));
        let changed = text.replace("Member 3<", "Member 4<");
        assert!(!xmlsec1_accepts_element(&changed, "EntitiesDescriptor", MD, &by));
    }
}
