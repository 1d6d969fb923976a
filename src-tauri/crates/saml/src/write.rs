use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// The NameID format of an e-mail address (SAML core, 8.3.2).
pub const NAME_ID_EMAIL_ADDRESS: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

/// What the metadata of a service says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SpMetadata {
    /// The service's entity ID.
    pub entity_id: String,
    /// The assertion consumer service, reached by HTTP-POST.
    pub acs_url: String,
    /// Where the service takes messages about signing out, by HTTP-Redirect and HTTP-POST.
    #[serde(default)]
    pub slo_url: Option<String>,
    /// Who runs the service.
    pub organization: Option<Organization>,
    /// The NameID format the service asks for, such as [`NAME_ID_EMAIL_ADDRESS`].
    pub name_id_format: String,
    /// The certificates, PEM or base64, whose key signs requests and opens encrypted assertions; may be none.
    #[serde(default)]
    pub certificates: Vec<String>,
    /// Whether the service signs its requests.
    #[serde(default)]
    pub signs_requests: bool,
    /// Whom the identity provider's people can ask.
    #[serde(default)]
    pub contact: Option<Contact>,
}

/// Whom to ask about an entity (SAML metadata, 2.3.2.2); written as its technical contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Contact {
    /// The name of a person or a team.
    pub name: Option<String>,
    /// The e-mail address.
    pub email: String,
}

/// Who runs an entity (SAML metadata, 2.3.2.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Organization {
    /// The name, for people.
    pub name: String,
    /// The web address.
    pub url: String,
}

/// Writes the metadata of a service, in the element order of the SAML metadata schema.
pub fn write_sp_metadata(metadata: &SpMetadata) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity_id}">
  <md:SPSSODescriptor AuthnRequestsSigned="{signs_requests}" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
{keys}{logout}    <md:NameIDFormat>{name_id_format}</md:NameIDFormat>
    <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="{acs_url}" index="0" isDefault="true"/>
  </md:SPSSODescriptor>
{organization}{contact}</md:EntityDescriptor>
"#,
        entity_id = escaped(&metadata.entity_id),
        signs_requests = metadata.signs_requests,
        keys = metadata.certificates.iter().map(|pem| key(pem)).collect::<String>(),
        logout = metadata.slo_url.as_deref().map(logout).unwrap_or_default(),
        name_id_format = escaped(&metadata.name_id_format),
        acs_url = escaped(&metadata.acs_url),
        organization = metadata.organization.as_ref().map(organization).unwrap_or_default(),
        contact = metadata.contact.as_ref().map(contact).unwrap_or_default(),
    )
}

fn logout(url: &str) -> String {
    let location = escaped(url);
    let one = |binding: &str| {
        format!(
            r#"    <md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:{binding}" Location="{location}"/>
"#
        )
    };
    one("HTTP-Redirect") + &one("HTTP-POST")
}

fn contact(contact: &Contact) -> String {
    let name = contact.name.as_deref().map(escaped);
    let name = name.map(|name| format!("    <md:GivenName>{name}</md:GivenName>\n")).unwrap_or_default();
    let email = escaped(&contact.email);
    format!(
        r#"  <md:ContactPerson contactType="technical">
{name}    <md:EmailAddress>mailto:{email}</md:EmailAddress>
  </md:ContactPerson>
"#
    )
}

/// A key without `use` is one for both purposes (SAML metadata, 2.4.1.1).
fn key(pem: &str) -> String {
    let lines = pem.lines().map(str::trim).filter(|line| !line.starts_with("-----"));
    let base64 = escaped(&lines.collect::<String>());
    format!(
        r#"    <md:KeyDescriptor>
      <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
        <ds:X509Data>
          <ds:X509Certificate>{base64}</ds:X509Certificate>
        </ds:X509Data>
      </ds:KeyInfo>
    </md:KeyDescriptor>
"#
    )
}

fn organization(organization: &Organization) -> String {
    let (name, url) = (escaped(&organization.name), escaped(&organization.url));
    format!(
        r#"  <md:Organization>
    <md:OrganizationName xml:lang="en">{name}</md:OrganizationName>
    <md:OrganizationDisplayName xml:lang="en">{name}</md:OrganizationDisplayName>
    <md:OrganizationURL xml:lang="en">{url}</md:OrganizationURL>
  </md:Organization>
"#
    )
}

/// XML text for element content and double-quoted attributes alike. Characters XML 1.0 cannot carry become U+FFFD.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                // Writing to a String cannot fail.
                let _ = write!(out, "&#{};", u32::from(c));
            }
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            other => out.push(other),
        }
    }
    out
}
