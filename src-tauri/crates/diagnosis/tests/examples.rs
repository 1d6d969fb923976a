//! Each row is found by what people really have in hand, and no text does harm.

use diagnosis::{MAX_BYTES, MOST_MATCHES, Table, explain};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

const EXAMPLES: &[(&str, &str)] = &[
    ("D01", "** server can't find _parallels-challenge.contoso.com: NXDOMAIN"),
    ("D02", "our DNS host doubled the domain in the record name"),
    ("D03", "8.8.8.8 does not see it, is this DNS propagation?"),
    ("D04", "I put the record at the apex instead of the label"),
    ("D05", "The TXT record value does not match"),
    ("D05", "the txt record has quotes around the value"),
    ("D06", "Cannot save: a CNAME record exists with that name"),
    ("D07", "we removed the domain and added it again and the token changed"),
    ("D08", "TXT is right everywhere but the domain is still pending"),
    ("D09", "This domain is already claimed by another organization"),
    ("M01", "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Sign in to your account</title>"),
    ("M02", "file starts with a UTF-8 BOM"),
    ("M03", "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">"),
    ("M04", "{\"error\":{\"message\":\"Please provide a metadata with IDPSSODescriptor\"}}"),
    ("M05", "TypeError: keyDes is not iterable"),
    ("M06", "metadata contains two signing certificates"),
    ("M07", "KeyDescriptor without use attribute"),
    ("M08", "Error: the SAML signing certificate has expired on 2026-01-02"),
    ("M09", "error:0680007B:asn1 encoding routines::header too long"),
    ("M10", "-----BEGIN CERTIFICATE-----\nMIIC8DCCAdigAwIBAgIQ"),
    ("M11", "The thumbprint does not match the one in the metadata"),
    ("M12", "500 EntityID already exists for different tenant/product"),
    ("M13", "Tenant/Product config mismatch with IdP metadata"),
    ("M14", "metadata has no HTTP-POST binding"),
    ("M15", "metadata URL must be https"),
    ("M16", "The metadata has expired, validUntil was 2025-03-01"),
    ("M17", "Error 400: duplicate entity id"),
    (
        "I01",
        "AADSTS700016: Application with identifier 'https://sp.example/saml' was not found in the directory 'Contoso'.",
    ),
    ("I25", "AADSTS7000999: Something that is new here"),
    ("I02", "AADSTS50011: The reply URL 'https://a.example/acs' does not match the reply URLs configured"),
    ("I02", "https://login.microsoftonline.com/error?code=50011"),
    (
        "I03",
        "AADSTS75011: Authentication method 'X509, MultiFactor' by which the user authenticated with the service doesn't match requested authentication method 'Password'.",
    ),
    (
        "I04",
        "Sorry, but we're having trouble signing you in. aadsts50105: Your administrator has configured the application",
    ),
    ("I04", "error=access_denied&error_description=AADSTS50105%3a+The+signed+in+user+is+not+assigned"),
    ("I04", "50105"),
    ("I04", "Sign-in error code 50105"),
    (
        "I04",
        "The signed in user 'jonas@contoso.example' is not assigned to a role for the application 'f00'.",
    ),
    ("I05", "AADSTS750054: SAMLRequest or SAMLResponse must be present as query string parameters"),
    ("I06", "AADSTS75003"),
    ("I07", "AADSTS75008: The request from the application was denied"),
    ("I08", "AADSTS75016"),
    ("I09", "AADSTS76021: The request sent by client is not signed"),
    ("I10", "AADSTS76026"),
    (
        "I11",
        "AADSTS50146: This application is required to be configured with an application-specific signing key.",
    ),
    ("I12", "AADSTS501241: Mandatory Input 'mail' missing from transformation ID"),
    (
        "I13",
        "AADSTS50020: User account 'a@b.example' from identity provider 'live.com' does not exist in tenant 'Contoso'",
    ),
    ("I14", "AADSTS900236"),
    (
        "I15",
        "AADSTS90002: Tenant 'contoso.example' not found. Check to make sure you have the correct tenant ID",
    ),
    ("I16", "403 App Not Assigned"),
    ("I17", "GENERAL_NONSUCCESS"),
    ("I18", "403. That's an error. Error: app_not_configured"),
    ("I19", "Error: app_not_configured_for_user. Service is not configured for this user."),
    ("I20", "Error 403: app_not_enabled_for_user"),
    ("I21", "AUTHZ_001"),
    ("I22", "AUTHN_209: the response could not be decoded"),
    ("I23", "Invalid signature in response from identity provider."),
    ("I24", "ERR_TOO_MANY_REDIRECTS"),
    ("I24", "after login it loops forever between the two"),
    ("A01", "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\">"),
    ("A02", "Signature validation failed. SAML Response rejected"),
    ("A03", "The assertion is not signed and the SP requires it"),
    ("A04", "<ds:SignatureMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#rsa-sha1\"/>"),
    ("A05", "ErrNoRSAPublicKey"),
    ("A06", "Error: Invalid audience."),
    ("A06", "https://sp.example/ is not a valid audience for this Response"),
    ("A07", "Unknown issuer https://sts.windows.net/1/"),
    ("A08", "The response was received at https://a.example/acs instead of https://b.example/acs"),
    ("A09", "SAML assertion not yet valid"),
    ("A10", "Invalid InResponseTo."),
    ("A11", "Unable to validate state from the origin request."),
    ("A12", "<saml:EncryptedAssertion>"),
    ("A13", "Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:transient\""),
    ("A14", "Required attribute emailaddress is missing from the response"),
    ("A15", "<Attribute Name=\"http://schemas.microsoft.com/ws/2008/06/identity/claims/groups\">"),
    ("A16", "<Attribute Name=\"http://schemas.microsoft.com/claims/groups.link\">"),
    ("A17", "the group claim has GUIDs instead of names"),
    ("A18", "only the first group reaches the service"),
    ("A19", "user in a nested group cannot sign in"),
    ("A20", "Your email domain is not verified"),
    ("A21", "at first login a duplicate user was created"),
    ("C01", "HTTP/1.1 401 Unauthorized WWW-Authenticate: Bearer"),
    ("C01", "You appear to have entered invalid credentials"),
    ("C02", "GET /scim/v2/Userz returned 404 Not Found"),
    ("C03", "Test Connection says an error occurred"),
    ("C04", "SCIM PATCH returns 200 but group members unchanged"),
    ("C05", "active: \"False\" is stored as string"),
    ("C06", "the user we removed stays active"),
    ("C07", "PATCH op Remove: members not removed"),
    ("C08", "Okta: patch-REPLACE operation is not supported"),
    ("C09", "replace members [] gives 400, empty list of members"),
    ("C10", "400 unknown member 4f2 in group"),
    (
        "C11",
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"scimType\":\"uniqueness\",\"status\":\"409\"}",
    ),
    ("C11", "User already exists"),
    ("C12", "DuplicateTargetEntries"),
    ("C13", "ErrorCode: InvalidAnchor"),
    ("C14", "MandatoryFieldsMissing: userName"),
    ("C15", "SchemaAttributeNotFound"),
    ("C16", "InvalidDomain"),
    ("C17", "SystemForCrossDomainIdentityManagementServiceIncompatible"),
    ("C18", "SystemForCrossDomainIdentityManagementMultipleEntriesInResponse"),
    ("C19", "EntrySynchronizationSkipped"),
    ("C20", "\"code\": \"EncounteredEscrowProportionThreshold\", \"state\": \"Quarantined\""),
    ("C20", "provisioning is in quarantine"),
    ("C21", "externalId is mapped from mailNickname"),
    ("C22", "externalId is not returned by the server"),
    ("C23", "GET /scim/v2/ServiceProviderConfig 404"),
    ("C24", "{\"scimType\":\"invalidFilter\",\"status\":\"400\"}"),
    ("C24", "\"scimType\": \"mutability\""),
    ("C25", "members of nested groups are not provisioned"),
    ("C26", "user name with a special character fails"),
    ("C27", "we changed the scope to assigned users and nothing happens"),
    ("C28", "Okta group push: members never appear"),
    ("P01", "I tested it in my browser where I was already signed in"),
    ("P02", "All admins are locked out"),
    ("P03", "nobody got the reminder about certificate expiry"),
    ("P04", "sign-in stopped after we created a new certificate"),
];

#[test]
fn every_row_comes_first_for_what_people_have_in_hand() {
    let mut wrong = Vec::new();
    for (id, text) in EXAMPLES {
        let matches = explain(text).unwrap();
        if matches.first().is_none_or(|first| first.row.id != *id) {
            let found: Vec<_> = matches.iter().map(|one| (&one.row.id, one.score, &one.why)).collect();
            wrong.push(format!("{id}: {text}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let shown: BTreeSet<&str> = EXAMPLES.iter().map(|(id, _)| *id).collect();
    let rows: BTreeSet<&str> = Table::embedded().unwrap().rows().iter().map(|row| row.id.as_str()).collect();
    assert_eq!(shown, rows);
}

#[test]
fn a_finding_of_signpost_leads_to_the_row_it_is_about() {
    for row in Table::embedded().unwrap().rows() {
        for finding in &row.findings {
            for text in [
                finding.clone(),
                format!("finding-{finding}: AADSTS999999"),
                format!("{{\"findings\":[{{\"code\":\"{finding}\",\"severity\":\"error\"}}]}}"),
            ] {
                let found = explain(&text).unwrap();
                assert_eq!((&found[0].row.id, &found[0].why[0]), (&row.id, finding), "{text}");
            }
        }
    }
    assert_eq!(explain("txt-wrong-values").unwrap(), []);
}

#[test]
fn a_code_outranks_what_stands_around_it() {
    let page = "<p>Invalid signature? Required attribute missing? Check your clock, clock skew, reply URL mismatch.\
        </p><pre>Correlation ID: 50011\\nMessage: AADSTS50105: not assigned</pre>";
    let found = explain(page).unwrap();
    assert_eq!(found[0].row.id, "I04");
    assert!(found[0].score >= 1000 && found[1].score < 1000);
    assert_eq!(found[0].why[0], "AADSTS50105");
}

#[test]
fn a_number_that_no_row_has_is_named_before_what_the_page_looks_like() {
    let source = "<!DOCTYPE html>\n<html><head><title>Sign in to your account</title></head><body>\n\
        <div id=\"exceptionMessageContainer\">AADSTS7000999&#58; Something that is new here.</div>\n\
        <a href=\"https://login.microsoftonline.com/error?code=7000999\">More</a></body></html>";
    let found = explain(source).unwrap();
    assert_eq!(
        (found[0].row.id.as_str(), found[0].why.as_slice()),
        ("I25", &["AADSTS7000999".to_owned()][..])
    );
    assert!(found[0].row.fix.contains("https://login.microsoftonline.com/error"));
    assert!(found[1..].iter().all(|one| one.score < 1000));
    // What the table knows comes first, and no more than a few numbers are named.
    let both = explain("AADSTS50105 and aadsts7000999, AADSTS7000999").unwrap();
    assert_eq!(both.iter().map(|one| one.row.id.as_str()).collect::<Vec<_>>(), ["I04", "I25"]);
    let many: String = (0..50).map(|number| format!("AADSTS70009{number:02} ")).collect();
    assert_eq!(explain(&many).unwrap()[0].why.len(), 3);
}

#[test]
fn words_are_whole_and_nothing_is_made_up() {
    for text in [
        "",
        "-",
        "hello world",
        "XAADSTS501050",
        "AADSTS501",
        "AADSTS501050x",
        "port 50105 of process 50011 is free",
    ] {
        assert_eq!(explain(text).unwrap(), [], "{text}");
    }
}

#[test]
fn a_number_alone_is_the_number_of_an_error_only_when_little_else_is_there() {
    assert_eq!(explain("error 700016").unwrap()[0].row.id, "I01");
    assert_eq!(explain("took 700016 ms in 3 rounds of the loader").unwrap(), []);
}

#[test]
fn utf_16_read_as_bytes_is_read_all_the_same() {
    let wide: String = "AADSTS50105".chars().flat_map(|c| [c, '\0']).collect();
    assert_eq!(explain(&wide).unwrap()[0].row.id, "I04");
}

#[test]
fn only_the_beginning_of_what_is_too_long_is_looked_at() {
    let filler = "ü ".repeat(MAX_BYTES);
    assert_eq!(explain(&format!("AADSTS50105 {filler}")).unwrap()[0].row.id, "I04");
    assert_eq!(explain(&format!("{filler} AADSTS50105")).unwrap(), []);
}

#[test]
fn the_worst_text_takes_a_bounded_time() {
    for part in
        ["domain ", "certificate not ", "application with identifier a ", "%41", "\\u0041", "&amp;", "a"]
    {
        let text = part.repeat(MAX_BYTES / part.len());
        let begun = Instant::now();
        explain(&text).unwrap();
        assert!(begun.elapsed() < Duration::from_secs(30), "{part}: {:?}", begun.elapsed());
    }
}

#[test]
fn the_error_has_words() {
    let texts = texts::Texts::english().unwrap();
    for code in diagnosis::CODES {
        assert!(texts.text(&format!("error-{code}"), [("what", "w")]).is_some());
        assert!(texts.attribute(&format!("error-{code}"), "fix", [("what", "w")]).is_some());
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..4096)) {
        prop_assert!(explain(&String::from_utf8_lossy(&bytes)).unwrap().len() <= MOST_MATCHES);
    }

    #[test]
    fn arbitrary_text_around_a_code_hides_it_from_nobody(before in "\\PC{0,200}", after in "\\PC{0,200}") {
        let found = explain(&format!("{before} AADSTS50105 {after}")).unwrap();
        prop_assert!(found.iter().any(|one| one.row.id == "I04"));
    }

    #[test]
    fn escapes_cut_anywhere_never_panic(text in "[%&\\\\u0-9a-fü#;\u{0}€ ]{0,200}") {
        prop_assert!(explain(&text).unwrap().len() <= MOST_MATCHES);
    }
}
