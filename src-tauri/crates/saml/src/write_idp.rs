use crate::metadata::Binding;
use crate::values::IdpValues;
use crate::write::escaped;

/// Writes the metadata of one identity provider from its values, in the element order of the SAML metadata schema: a
/// single `EntityDescriptor`, with its certificates for signing and the one address and binding for sign-in requests.
pub fn write_idp_metadata(values: &IdpValues) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity_id}">
  <md:IDPSSODescriptor WantAuthnRequestsSigned="{wants_signed}" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
{keys}{logout}{formats}{sign_in}  </md:IDPSSODescriptor>
</md:EntityDescriptor>
"#,
        entity_id = escaped(&values.entity_id),
        wants_signed = values.wants_signed_requests,
        keys = values.certificates.iter().map(|one| key(&one.pem)).collect::<String>(),
        logout = logout(values),
        formats = values.name_id_formats.iter().map(|format| name_id_format(format)).collect::<String>(),
        sign_in = endpoint("SingleSignOnService", values.sso_binding, &values.sso_url, None),
    )
}

fn logout(values: &IdpValues) -> String {
    let Some(logout) = &values.logout else { return String::new() };
    endpoint("SingleLogoutService", logout.binding, &logout.location, logout.response_location.as_deref())
}

fn name_id_format(format: &str) -> String {
    format!("    <md:NameIDFormat>{}</md:NameIDFormat>\n", escaped(format))
}

fn endpoint(name: &str, binding: Binding, location: &str, response: Option<&str>) -> String {
    let response = response.map(|url| format!(r#" ResponseLocation="{}""#, escaped(url))).unwrap_or_default();
    let (binding, location) = (binding.uri(), escaped(location));
    format!("    <md:{name} Binding=\"{binding}\" Location=\"{location}\"{response}/>\n")
}

fn key(pem: &str) -> String {
    let lines = pem.lines().map(str::trim).filter(|line| !line.starts_with("-----"));
    let base64 = escaped(&lines.collect::<String>());
    format!(
        r#"    <md:KeyDescriptor use="signing">
      <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>{base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
    </md:KeyDescriptor>
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{LIMIT_BY_HAND, inspect};
    use test_support::metadata;
    use vocabulary::Timestamp;

    /// What was read from a document, written and read again, is the same.
    #[test]
    fn what_is_written_reads_as_it_was() {
        let now = Timestamp::parse("2026-11-28T12:00:00Z").unwrap();
        let until = |days| now.plus(time::Duration::days(days));
        let (old, new) = (
            test_support::certificate("old", now, until(30)),
            test_support::certificate("new", now, until(900)),
        );
        let read = |text: &str| inspect(text.as_bytes(), LIMIT_BY_HAND, now);
        let text = metadata::idp(
            "https://idp.example/a&amp;b",
            "https://idp.example/sso?a=1&amp;b=2",
            &[&old, &new],
        );
        let mut values = read(&text).idp_values().unwrap();
        (values.provider, values.display_name) = (None, None);
        let written = write_idp_metadata(&values);
        let again = read(&written);
        assert_eq!(again.idp_values().unwrap(), values, "{written}");
        assert!(!again.findings.iter().any(vocabulary::Finding::is_error), "{:?}", again.findings);
        assert_eq!(values.certificates.len(), 2);
    }
}
