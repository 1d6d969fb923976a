//! Whatever the program can say has words.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use texts::Texts;
use wizard::FailureCode;
use wizard::broker::Kind;

#[test]
fn every_failure_says_what_happened_and_what_to_do() {
    let texts = Texts::english().unwrap();
    for code in FailureCode::ALL {
        let id = format!("error-{}", code.as_str());
        assert!(texts.text(&id, []).is_some(), "{id} has no words");
        assert!(texts.attribute(&id, "fix", []).is_some(), "{id} does not say what to do");
    }
}

#[test]
fn every_finding_of_the_core_has_words() {
    let texts = Texts::english().unwrap();
    for (severity, code) in findings_in("src-tauri/crates/wizard/src") {
        let id = format!("finding-{code}");
        assert!(texts.text(&id, []).is_some(), "{id} has no words");
        let asks = severity != "info";
        assert!(!asks || texts.attribute(&id, "fix", []).is_some(), "{id} does not say what to do");
    }
}

#[test]
fn every_line_of_the_history_has_words() {
    let texts = Texts::english().unwrap();
    for source in sources("src-tauri/crates/wizard/src") {
        for call in source.split(".note(now, ").skip(1) {
            let codes = call.split(", &[").next().unwrap().split('"').skip(1).step_by(2);
            for code in codes.filter(|code| !code.is_empty()) {
                assert!(
                    texts.text(&format!("activity-{code}"), []).is_some(),
                    "activity-{code} has no words"
                );
            }
        }
    }
}

#[test]
fn what_is_said_of_every_broker_has_words() {
    let texts = Texts::english().unwrap();
    let said = |id: String| assert!(texts.text(&id, []).is_some(), "{id} has no words");
    for kind in Kind::ALL {
        let codes = kind.codes();
        for code in [
            codes.unsent,
            codes.has_values,
            codes.sp_values_missing,
            codes.sp_values_taken,
            codes.connection_off,
            codes.limit_rest,
            codes.limit_activation,
        ] {
            said(format!("finding-{code}"));
        }
        [codes.differs, codes.not_taken].iter().for_each(|code| said(format!("activity-{code}")));
        said(format!("switch-stays-{}", codes.connection));
        said(format!("switch-aside-{}", kind.secret_field()));
        said(format!("error-invalid-input-{}", kind.secret_field()));
    }
}

/// What an account's audit log can say, as the API describes it and as the service writes it.
#[test]
fn every_line_of_an_audit_log_has_words() {
    let texts = Texts::english().unwrap();
    let described: String = sources("src-tauri/crates/account-api/src").concat();
    let described =
        described.split("What: `account.created`").nth(1).unwrap().split("pub action").next().unwrap();
    let mut actions: BTreeSet<String> = described.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    for source in sources("src-tauri/crates/account-service/src") {
        for call in ["Line::about(\"", "Line::new(\""] {
            let written = source.split(call).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
            actions.extend(written.filter(|action| action.contains('.')));
        }
    }
    assert!(actions.len() > 20, "{actions:?}");
    for action in actions {
        let id = format!("audit-{}", action.replace('.', "-"));
        assert!(texts.text(&id, []).is_some(), "{id} has no words");
    }
}

/// The codes that stand in `Finding::SEVERITY("CODE")`.
fn findings_in(folder: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for source in sources(folder) {
        for call in source.split("Finding::").skip(1) {
            let Some((severity, rest)) = call.split_once("(\"") else { continue };
            if ["info", "warning", "error"].contains(&severity) {
                found.insert((severity.to_owned(), rest.split('"').next().unwrap().to_owned()));
            }
        }
    }
    assert!(found.len() > 20, "the codes were not found");
    found
}

fn sources(folder: &str) -> Vec<String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { walk(&path, found) } else { found.push(path) }
        }
    }
    let mut files = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

/// Findings that no row of the table of diagnoses is about: their own fix says all there is to say. A finding is in
/// a row's `findings` (`src-tauri/crates/diagnosis/data/rows.toml`) or it is listed here.
const FINDINGS_WITHOUT_ROW: &str = "
    acs-url-has-fragment acs-url-not-https address-not-https addresses-confirmed addresses-made
    app-name-blanks app-named backup-login-entered backup-login-missing backup-login-not-email
    backup-login-signed-in backup-login-suggested backup-login-unsent captive-portal certificate-of-project clock-off confirmation-missing
    customer-name-has-blanks customer-name-is-address customer-name-missing customer-name-odd-character
    customer-name-too-long delegation-unreachable dnssec-broken domain-accepted domain-consumer
    domain-empty domain-from-email domain-from-record domain-from-url domain-from-www domain-invalid
    domain-connect-no-address domain-connect-private domain-connect-refused domain-connect-silent
    domain-connect-too-long domain-connect-unknown domain-connect-unreadable domain-connect-untrusted
    domain-record-gone
    domain-is-ip domain-mixed-script domain-not-accepted domain-not-looked domain-not-verified-in-portal
    domain-on-hold domain-parked domain-private-suffix domain-problem domain-public-suffix
    domain-record-missing domain-record-seen domain-refused domain-single-label domain-too-long
    domain-unreachable domain-unregistered domain-unsent domain-verified-in-portal domain-waiting
    domains-none encrypted-dns-untrusted entity-id-has-blanks entity-id-missing entity-id-too-long
    group-id-missing group-ids-same group-name-blanks group-name-differs group-name-differs-in-blanks
    group-name-differs-in-case group-name-missing group-names-same groups-arrived groups-named
    logout-algorithm logout-destination logout-expired logout-issuer logout-malformed logout-name-id logout-none
    logout-not-signed logout-not-yet-valid logout-replayed logout-signature logout-unknown
    keycloak-group-missing keycloak-mapper-differs keycloak-mapper-type-missing keycloak-mapping-twice
    keycloak-role-missing keycloak-target-unseen keycloak-address-differs keycloak-alias-invalid keycloak-certificates-differ keycloak-certificates-none
    keycloak-endpoint-not-https keycloak-entity-id-differs keycloak-entity-id-other keycloak-import-differs
    keycloak-keys-by-address keycloak-metadata-several keycloak-provider-enabled keycloak-provider-exists
    keycloak-connection-off keycloak-has-saml-values keycloak-sp-values-missing keycloak-sp-values-taken keycloak-unsent
    limit-keycloak-activation limit-keycloak-rest
    keycloak-provider-none keycloak-provider-not-saml keycloak-realm-invalid keycloak-refused keycloak-signature-unchecked
    label-delegated limit-activation-by-word limit-polis-sign-in limit-polis-rest limit-arrivals-unseen limit-domains-by-word
    limit-set-up-by-support limit-settings-by-hand list-empty list-row-encoding list-row-quote
    list-too-long mark-unsent metadata-document-missing metadata-empty
    licence-key-missing metadata-endpoint-invalid metadata-entity-not-found metadata-excessive
    metadata-change-endpoint metadata-change-older metadata-is-certificate
    metadata-private-key metadata-provider-differs
    metadata-signature-broken metadata-signature-missing metadata-signature-no-key
    metadata-signature-not-checked metadata-signature-other-key metadata-signature-unconfirmed
    metadata-signature-unusual metadata-signature-weak
    metadata-too-large metadata-valid-until-unreadable no-network not-marked offline package-not-sent
    polis-address-differs polis-certificates-differ polis-connection-active polis-connection-exists polis-connection-none
    polis-connection-second polis-connection-several polis-directory-exists polis-directory-none polis-endpoint-not-https
    polis-entity-id-other polis-entity-id-taken polis-group-empty polis-metadata-wrapped polis-product-invalid polis-redirect-invalid
    polis-arrived polis-connection-gone polis-connection-off polis-connection-on-already polis-directory-gone polis-directory-off
    polis-directory-other polis-directory-there polis-redirects-differ polis-sp-values-missing polis-sp-values-taken polis-unsent polis-has-saml-values
    polis-refused polis-tenant-invalid polis-user-active-text polis-webhook-invalid
    package-outdated package-sent port-53-blocked port-53-intercepted portal-backup-is-you
    portal-certificate-valid portal-field-open portal-id-shape portal-name-same record-value-empty
    record-value-long record-value-unprintable resolver-fails resolver-limits resolver-rejects-signatures
    resolver-remembers-nothing resolver-remembers-old response-algorithm response-assertion-misplaced
    response-bearer-not-before response-condition-unknown response-decryption-key response-doctype
    response-encrypted-part response-encryption response-encryption-cbc response-id-twice
    response-is-request response-malformed response-no-assertion response-no-bearer response-no-expiry
    response-no-keys response-no-sign-in response-none response-not-base64 response-not-utf8
    response-not-xml response-session-ended response-several-assertions response-signature-misplaced
    response-signature-shape response-time-unreadable response-too-deep response-too-large
    response-value-divided response-version response-wrong-root rollover-field-both rollover-file-has-old rollover-file-only-new rollover-new-not-valid rollover-old-withdrawn rollover-refused-not-sent rollover-refused-not-valid rollover-same-key rollover-send rollover-send-call-off rollover-send-removal rollover-sign-in rollover-take-away saml-values-entered saml-values-missing
    saml-values-read saml-values-sent scim-base-url-missing scim-called scim-token-issued scim-token-kept
    scim-token-ending scim-token-missing scim-token-not-taken scim-url-has-resource scim-url-is-acs-url scim-url-is-page
    scim-url-is-token scim-url-not-https scim-url-without-scim serials-differ server-broken server-closed
    server-lame server-malformed server-no-address server-no-edns server-no-route server-rate-limited
    server-refused server-silent server-tcp-blocked servers-disagree service-blocks service-not-seen
    shared-newer shared-not-a-report shared-too-long sign-in-address sign-in-deactivated
    sign-in-domain-unknown sign-in-no-email sign-in-no-identity-provider sign-in-no-licence-key sign-in-no-per-user-key
    sign-in-not-active sign-in-not-provisioned sign-in-replayed sign-in-test-over
    sign-in-last-of-several sign-in-not-tested sign-in-service-unknown sign-in-tested sp-entity-id-has-blanks
    sp-entity-id-is-document sp-entity-id-no-uri sp-entity-id-too-long sp-metadata-is-idp
    sp-metadata-no-acs sp-metadata-several sp-values-missing sp-values-taken split-horizon sso-url-invalid
    sso-url-missing sso-url-not-https step-unsent support-confirmed support-confirmed-other
    support-mail-invalid support-unconfirmed test-too-early test-user-assigned token-empty
    token-has-bearer token-has-blanks token-is-masked token-is-url token-odd-characters token-short
    txt-at-former-servers txt-crowded txt-dname txt-earlier-code txt-host-has-domain txt-host-invalid
    slo-url-has-fragment slo-url-not-https txt-literal-at txt-present txt-second-code txt-split txt-value-is-host txt-value-is-row
    txt-value-is-url txt-value-odd-characters txt-value-quotes-removed txt-value-too-long txt-value-twice
    txt-wildcard txt-wrong-type users-added users-arrived users-later value-blanks-removed without-words
    zone-not-delegated zone-servers-differ
    rehearsal-attributes-kept rehearsal-clean-up rehearsal-clear-attribute rehearsal-connection
    rehearsal-create-group rehearsal-create-user rehearsal-deactivate rehearsal-deactivate-put
    rehearsal-delete-group rehearsal-delete-user rehearsal-duplicate-refused rehearsal-element-made
    rehearsal-extension-kept rehearsal-extension-path rehearsal-list-users rehearsal-lookup-email
    rehearsal-lookup-external-id rehearsal-lookup-reference rehearsal-manager-text
    rehearsal-members-remove-path rehearsal-put-user rehearsal-reactivate rehearsal-schemas
    rehearsal-two-primary rehearsal-unknown-user rehearsal-update-email-path rehearsal-update-pathless
";

#[test]
fn every_finding_is_explained_by_a_row_or_known_not_to_be() {
    let table = diagnosis::Table::embedded().unwrap();
    let explained: BTreeSet<&str> =
        table.rows().iter().flat_map(|row| &row.findings).map(String::as_str).collect();
    let sources = sources("ui/src/locales/en");
    let lines = sources.iter().flat_map(|source| source.lines());
    let all: BTreeSet<&str> =
        lines.filter_map(|line| line.strip_prefix("finding-")?.split([' ', '=']).next()).collect();
    let unknown: Vec<_> = explained.difference(&all).collect();
    assert!(unknown.is_empty(), "rows are about findings that do not exist: {unknown:?}");
    let listed: BTreeSet<&str> = FINDINGS_WITHOUT_ROW.split_whitespace().collect();
    let without: BTreeSet<&str> = all.difference(&explained).copied().collect();
    let (more, fewer) = (without.difference(&listed), listed.difference(&without));
    let (more, fewer): (Vec<_>, Vec<_>) = (more.collect(), fewer.collect());
    assert!(more.is_empty(), "neither in a row nor listed as having none: {more:?}");
    assert!(fewer.is_empty(), "listed as having no row, wrongly: {fewer:?}");
}

/// The straight one is for code, which stands between backquotes.
#[test]
fn there_is_one_kind_of_apostrophe() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let folders = ["ui/src/locales/en", "src-tauri/crates/guides/data"];
    let files = folders.iter().flat_map(|folder| files_in(format!("{root}{folder}").as_ref()));
    let mut straight = Vec::new();
    for file in files.filter(|file| file.extension().is_some_and(|kind| kind == "ftl" || kind == "toml")) {
        let text = std::fs::read_to_string(&file).unwrap();
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with('#'));
        let wrong = lines.filter(|(_, line)| line.split('`').step_by(2).any(has_straight_apostrophe));
        straight.extend(wrong.map(|(number, line)| format!("{}:{}: {line}", file.display(), number + 1)));
    }
    assert!(straight.is_empty(), "write ’ in\n{}", straight.join("\n"));
}

/// Within a word, or after the `s` of a plural.
fn has_straight_apostrophe(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.windows(3).any(|three| {
        three[1] == '\''
            && (three[0].is_alphabetic() && three[2].is_alphabetic() || three[0] == 's' && three[2] == ' ')
    })
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_in(&path) } else { vec![path] }).collect()
}
