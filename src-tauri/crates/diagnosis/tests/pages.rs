//! Whole error pages of identity providers and brokers, as an administrator selects and copies them: each leads to the
//! row it is about and to no neighbour, also when it was quoted in a mail, or taken from the page's source.

use diagnosis::{Match, explain};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use vocabulary::StepId::{self, AppRegistration, Groups, Saml, Users};

/// What is shown, with the row, the step and the field where it is put right.
struct Page {
    row: &'static str,
    place: (StepId, &'static str),
    text: String,
}

/// The page of Microsoft Entra ID: the sentence stands on it twice, among numbers that mean nothing here.
fn entra(row: &'static str, place: (StepId, &'static str), message: &str) -> Page {
    let code = message.split(':').next().unwrap_or_default().trim_start_matches("AADSTS");
    let text = format!(
        "Microsoft\nSign in\nSorry, but we\u{2019}re having trouble signing you in.\n\n{message}\n\n\
        Troubleshooting details\nIf you contact your administrator, send this info to them.\nCopy info to clipboard\n\n\
        Request Id: 5f75011a-16f2-41a9-8e3c-50105ac90400\nCorrelation Id: 90002d1e-5001-4c16-9b0e-75005f1d2a11\n\
        Timestamp: 2026-11-22T14:31:07Z\nMessage: {message}\n\n\
        Advanced diagnostics: Enable\nIf you plan on getting help for an issue, turn on this setting and try to \
        reproduce the error. This will collect additional information that will help troubleshoot the issue.\n\
        https://login.microsoftonline.com/error?code={code}\nTerms of use\nPrivacy & cookies\n"
    );
    Page { row, place, text }
}

fn page(row: &'static str, place: (StepId, &'static str), text: &str) -> Page {
    Page { row, place, text: text.to_owned() }
}

const SSO_URL: (StepId, &str) = (Saml, "Identity Provider SSO URL");

fn of_entra() -> Vec<Page> {
    vec![
        entra(
            "I01",
            (Saml, "Identifier (Entity ID)"),
            "AADSTS700016: Application with identifier 'https://account.example/saml/northwind/metadata/' was not \
            found in the directory 'Northwind'. This can happen if the application has not been installed by the \
            administrator of the tenant or consented to by any user in the tenant. You may have sent your \
            authentication request to the wrong tenant.",
        ),
        entra(
            "I01",
            (Saml, "Identifier (Entity ID)"),
            "AADSTS650056: Misconfigured application. This could be due to one of the following: the client has not \
            listed any permissions in its registration, or check the application identifier in the request to \
            ensure it matches the configured client application identifier.",
        ),
        entra(
            "I02",
            (Saml, "Reply URL (Assertion Consumer Service URL)"),
            "AADSTS50011: The reply URL 'http://account.example:443/saml/northwind/acs' specified in the request does \
            not match the reply URLs configured for the application 'https://account.example/saml/northwind/metadata'. \
            Make sure the reply URL sent in the request matches one added to your application in the Azure portal.",
        ),
        entra(
            "I03",
            (Saml, "RequestedAuthnContext"),
            "AADSTS75011: Authentication method 'X509, MultiFactor' by which the user authenticated with the service \
            doesn't match requested authentication method 'Password, ProtectedTransport'. Contact the application \
            owner.",
        ),
        entra(
            "I04",
            (Users, "Users and groups"),
            "AADSTS50105: Your administrator has configured the application Parallels My Account ('1f0c') to block \
            users unless they are specifically granted ('assigned') access to the application. The signed in user \
            'maria@northwind.example' is blocked because they are not a direct member of a group with access, nor \
            had access directly assigned by an administrator.",
        ),
        entra("I05", SSO_URL, "AADSTS75005: The request is not a valid Saml2 protocol message."),
        entra(
            "I05",
            SSO_URL,
            "AADSTS750054: SAMLRequest or SAMLResponse must be present as query string parameters in HTTP request for \
            SAML Redirect binding.",
        ),
        entra(
            "I05",
            SSO_URL,
            "AADSTS7500525: There was an XML error in the SAML message at line 1, position 2. Verify that the XML \
            content of the SAML messages conforms to the SAML protocol specifications.",
        ),
        entra(
            "I06",
            (Saml, "ProtocolBinding"),
            "AADSTS75003: The application returned an error related to unsupported Binding (SAML protocol response \
            cannot be sent by bindings other than HTTP POST).",
        ),
        entra(
            "I07",
            SSO_URL,
            "AADSTS75008: The request from the app was denied since the SAML request had an unexpected destination.",
        ),
        entra(
            "I08",
            (Saml, "NameIDPolicy"),
            "AADSTS75016: SAML2 Authentication Request has invalid NameIdPolicy.",
        ),
        entra(
            "I09",
            (Saml, "Require verification certificates"),
            "AADSTS76021: The request sent by client is not signed while the application requires signed requests.",
        ),
        entra(
            "I10",
            (Saml, "IssueInstant"),
            "AADSTS76026: The IssueTime in an SAML2 Authentication Request is expired.",
        ),
        entra(
            "I11",
            (Saml, "SAML Signing Certificate"),
            "AADSTS50146: This application is required to be configured with an application-specific signing key. It \
            is either not configured with one, or the key has expired or is not yet valid.",
        ),
        entra(
            "I11",
            (Saml, "SAML Signing Certificate"),
            "AADSTS50003: Sign-in failed because of a missing signing key or certificate.",
        ),
        entra(
            "I12",
            (Saml, "Unique User Identifier (Name ID)"),
            "AADSTS501241: Mandatory Input 'mail' missing from transformation ID 'ExtractMailPrefix'.",
        ),
        entra(
            "I13",
            (Users, ""),
            "AADSTS50020: User account 'maria@outlook.example' from identity provider 'live.com' does not exist in \
            tenant 'Northwind' and cannot access the application 'https://account.example/saml' in that tenant. The \
            account needs to be added as an external user in the tenant first. Sign out and sign in again with a \
            different Azure Active Directory user account.",
        ),
        entra(
            "I13",
            (Users, ""),
            "AADSTS16000: Either multiple user identities are available for the current request or selected account \
            is not supported for the scenario.",
        ),
        entra(
            "I14",
            (Saml, ""),
            "AADSTS900236: The SAML authentication request property 'Subject' is not supported and must not be set.",
        ),
        entra(
            "I15",
            SSO_URL,
            "AADSTS90002: Tenant 'northwind.example' not found. Check to make sure you have the correct tenant ID and \
            are signing into the correct cloud. Check with your subscription administrator, this may happen if there \
            are no active subscriptions for the tenant.",
        ),
        entra("I25", (Saml, ""), "AADSTS7000999: Something that is new here."),
        entra(
            "I24",
            (Saml, ""),
            "AADSTS50196: The server terminated an operation because it encountered a client request loop. Please \
            contact your app vendor.",
        ),
    ]
}

fn of_others() -> Vec<Page> {
    vec![
        page(
            "I16",
            (Users, "Assignments"),
            "northwind.okta.com\nSign in to Parallels My Account\n403\nApp Not Assigned\nYou do not have access to \
            this app. Contact your administrator.\nGo to Homepage\nPowered by Okta\nPrivacy Policy",
        ),
        page(
            "I16",
            (Users, "Assignments"),
            "Time,Actor,Event Info,Targets\n2026-11-22T14:31:07Z,Maria Lopez (User),User attempted unauthorized \
            access to app: failure,Parallels My Account (AppInstance)",
        ),
        page(
            "I17",
            (Saml, "NameID format"),
            "Okta\nUnable to sign in\nYour request resulted in an error.\nGENERAL_NONSUCCESS\nGo to Homepage",
        ),
        page(
            "I18",
            (Saml, "Entity ID"),
            "Google\n403. That\u{2019}s an error.\nError: app_not_configured\nThe SAML app is not configured.\nService \
            is not configured.\nThat\u{2019}s all we know.",
        ),
        page(
            "I19",
            (Saml, "Entity ID"),
            "Google\n403. That\u{2019}s an error.\nError: app_not_configured_for_user\nService is not configured for \
            this user.\nThat\u{2019}s all we know.",
        ),
        page(
            "I20",
            (Users, "Service status"),
            "Google\n403. That\u{2019}s an error.\nError: app_not_enabled_for_user\nService is not enabled for this \
            user.\nThat\u{2019}s all we know.",
        ),
        page(
            "I21",
            (Groups, "Group access"),
            "PingOne\nYour access to this application was denied.\nAn error occurred: AUTHZ_001\nContact your \
            administrator, and give them this reference: 7f2c-90002",
        ),
        page(
            "I22",
            (Saml, ""),
            "PingOne\nWe could not sign you on.\nAUTHN_005\nYour session could not be found.\nTry again from the \
            application.",
        ),
        page(
            "I22",
            (Saml, ""),
            "PingOne\nWe could not sign you on.\nAUTHN_209\nThe SAML response could not be decoded.",
        ),
        page(
            "I23",
            (Saml, "Validating X509 certificates"),
            "NORTHWIND\nWe are sorry...\nInvalid signature in response from identity provider.\n\u{ab} Back to \
            Application",
        ),
        page(
            "I24",
            (Saml, ""),
            "This page isn\u{2019}t working\naccount.example redirected you too many times.\nTry deleting your \
            cookies.\nERR_TOO_MANY_REDIRECTS\nReload",
        ),
        page(
            "I24",
            (Saml, ""),
            "The page isn\u{2019}t redirecting properly\nFirefox has detected that the server is redirecting the request \
            for this address in a way that will never complete.\nThis problem can sometimes be caused by disabling or \
            refusing to accept cookies.\nTry Again",
        ),
        page(
            "M12",
            (Saml, "Identity Provider Entity ID"),
            "HTTP/1.1 500 Internal Server Error\ncontent-type: application/json\n\n{\"error\":{\"message\":\"EntityID \
            already exists for different tenant/product\"}}",
        ),
        page(
            "M13",
            (Saml, "Identity Provider Entity ID"),
            "HTTP/1.1 400 Bad Request\ncontent-type: application/json\n\n{\"error\":{\"message\":\"Tenant/Product config \
            mismatch with IdP metadata\"}}",
        ),
        page(
            "M14",
            (Saml, "Identity Provider SSO URL"),
            "Configuration error: the identity provider's metadata has no HTTP-POST binding for SingleSignOnService.",
        ),
        page(
            "M17",
            (AppRegistration, "Entity ID"),
            "Google Admin\nAdd custom SAML app\nService provider details\nError 400: duplicate entity id\nBack\nContinue",
        ),
    ]
}

/// Quoted in a mail: broken at 64 columns, with a mark before each line.
fn quoted(text: &str) -> String {
    let mut out = String::from("On Sunday Maria wrote:\n");
    for line in text.lines() {
        let mut column = 0;
        for word in line.split(' ') {
            if column == 0 || column + word.len() > 64 {
                out.push_str(if column == 0 { "> " } else { "\n> " });
                column = 0;
            }
            // Writing to a String cannot fail.
            let _ = write!(out, "{word} ");
            column += word.len() + 1;
        }
        out.push('\n');
    }
    out
}

/// The source of the page, with everything that HTML escapes, and the text a second time in a script.
fn source(text: &str) -> String {
    let escaped =
        text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('\'', "&#39;");
    let in_script =
        text.replace('\\', "\\\\").replace('"', "\\\"").replace('\'', "\\u0027").replace('\n', "\\n");
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Sign in to your account</title>\
        <script>$Config={{\"strMessage\":\"{in_script}\",\"sErrorCode\":\"1\"}};</script></head><body>\n<div>{}</div>\n\
        </body></html>",
        escaped.replace('\n', "</div>\n<div class=\"row text-body\">")
    )
}

#[test]
fn each_leads_to_its_row_and_to_no_neighbour() {
    let pages: Vec<Page> = of_entra().into_iter().chain(of_others()).collect();
    let mut wrong = Vec::new();
    for Page { row, place: (step, field), text } in &pages {
        for (form, text) in [
            ("page", text.clone()),
            ("quoted", quoted(text)),
            ("source", source(text)),
            ("capitals", text.to_uppercase()),
        ] {
            let found = explain(&text).unwrap();
            let first = found.first().map(|one| &one.row);
            if first.is_none_or(|first| first.id != *row || !is_beaten(&found)) {
                let found: Vec<_> = found.iter().map(|one| (&one.row.id, one.score, &one.why)).collect();
                wrong.push(format!("{row} as {form}: {found:?}\n{text}"));
            }
            if let Some(first) = first.filter(|first| first.id == *row) {
                assert_eq!(
                    (first.step, first.field.as_deref().unwrap_or_default()),
                    (*step, *field),
                    "{row}"
                );
                assert!(!first.fix.is_empty() && !first.cause.is_empty(), "{row}");
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let shown: BTreeSet<&str> =
        pages.iter().map(|page| page.row).filter(|row| row.starts_with('I')).collect();
    let rows = diagnosis::Table::embedded().unwrap().rows().iter().map(|row| row.id.as_str());
    assert_eq!(shown, rows.filter(|row| row.starts_with('I')).collect());
}

/// Whether the first one is told apart from those after it: no other fits as well, and a code names no other.
fn is_beaten(found: &[Match]) -> bool {
    found.get(1).is_none_or(|second| second.score < found[0].score && second.score < 1000)
}
